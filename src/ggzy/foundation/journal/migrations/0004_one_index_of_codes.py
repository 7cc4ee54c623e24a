"""Receipts are asked for by their whole code: one index is enough."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_append_in_sets")]

    operations = [
        migrations.AlterField("payload", "code", models.TextField("回执编号")),
        migrations.AddConstraint(
            "payload", models.UniqueConstraint(fields=["code"], name="one_receipt_per_code")
        ),
    ]
