"""投诉的撤回申请和补正."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_outcomes_more")]

    operations = [
        migrations.AddField(
            model_name="complaint",
            name="withdrawal",
            field=models.JSONField(null=True, verbose_name="撤回申请"),
        ),
        migrations.AddField(
            model_name="complaint", name="correction", field=models.JSONField(null=True, verbose_name="补正")
        ),
    ]
