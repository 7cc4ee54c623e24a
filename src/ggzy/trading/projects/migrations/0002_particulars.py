from django.db import migrations, models

import ggzy.foundation.fields


class Migration(migrations.Migration):
    dependencies = [("projects", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="lot",
            name="particulars",
            field=ggzy.foundation.fields.CanonField(default=list, verbose_name="标的情况"),
        ),
        migrations.AlterField(
            model_name="lot",
            name="nature",
            field=models.CharField(
                choices=[
                    ("works", "工程施工"),
                    ("goods", "货物"),
                    ("services", "服务"),
                    ("asset", "权利、资产"),
                ],
                max_length=10,
                verbose_name="标的性质",
            ),
        ),
        migrations.AlterField(
            model_name="project",
            name="funding",
            field=models.TextField(blank=True, verbose_name="资金来源"),
        ),
    ]
