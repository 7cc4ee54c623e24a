from django.db import migrations, models

import ggzy.foundation.fields


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_spot_checks"),
    ]

    operations = [
        migrations.CreateModel(
            name="PracticeRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("agency", ggzy.foundation.fields.CreditCodeField(verbose_name="代理机构")),
                ("lot", ggzy.foundation.fields.LotCodeField(verbose_name="统一交易标识码")),
                ("region", ggzy.foundation.fields.RegionCodeField(verbose_name="行政区划")),
                ("item", models.CharField(max_length=20, verbose_name="项目")),
                ("text", models.TextField(verbose_name="内容")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("height", models.BigIntegerField(verbose_name="留痕序号")),
                ("registered_at", models.DateTimeField(db_index=True, verbose_name="标段登记时间")),
            ],
            options={
                "verbose_name": "执业事实",
                "indexes": [models.Index(fields=["agency", "registered_at"], name="practice_by_agency")],
                "constraints": [
                    models.UniqueConstraint(fields=("height", "item"), name="one_practice_row_per_item")
                ],
            },
        ),
    ]
