from django.db import migrations, models

import ggzy.foundation.fields


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_practice"),
    ]

    operations = [
        migrations.CreateModel(
            name="OutcomeRow",
            fields=[
                (
                    "lot",
                    ggzy.foundation.fields.LotCodeField(
                        primary_key=True, serialize=False, verbose_name="统一交易标识码"
                    ),
                ),
                ("region", ggzy.foundation.fields.RegionCodeField(db_index=True, verbose_name="行政区划")),
                ("category", models.CharField(max_length=32, verbose_name="交易分类")),
                ("at", models.DateTimeField(db_index=True, verbose_name="定标（流标）时间")),
                ("is_failed", models.BooleanField(verbose_name="流标")),
                ("is_sold", models.BooleanField(verbose_name="出让、转让")),
                ("estimate", ggzy.foundation.fields.MoneyField(verbose_name="估算价")),
                ("amount", ggzy.foundation.fields.MoneyField(null=True, verbose_name="成交价")),
                ("winner", ggzy.foundation.fields.CreditCodeField(null=True, verbose_name="中标人代码")),
                ("winner_name", models.TextField(default="", verbose_name="中标人")),
                ("bidders", models.PositiveIntegerField(null=True, verbose_name="投标人数")),
                ("objections", models.PositiveIntegerField(default=0, verbose_name="异议")),
                ("complaints", models.PositiveIntegerField(default=0, verbose_name="投诉")),
            ],
            options={"verbose_name": "标段的结果"},
        ),
    ]
