from django.db import migrations

import ggzy.foundation.fields


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0002_particulars"),
    ]

    operations = [
        migrations.AddField(
            model_name="lot",
            name="orders",
            field=ggzy.foundation.fields.CanonField(default=list, verbose_name="未办结的责令"),
        ),
    ]
