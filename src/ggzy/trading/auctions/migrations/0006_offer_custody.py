import django.db.models.deletion
from django.db import migrations, models

import ggzy.foundation.fields

AUCTION = {"on_delete": django.db.models.deletion.PROTECT, "related_name": "+", "to": "auctions.auction"}


def auction() -> models.ForeignKey:
    return models.ForeignKey(verbose_name="竞价", **AUCTION)


def number() -> models.BigAutoField:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    dependencies = [
        ("auctions", "0005_lot_nonces"),
    ]

    operations = [
        migrations.AddField(
            model_name="auction",
            name="custody",
            field=ggzy.foundation.fields.CanonField(null=True, verbose_name="报价密钥保管方案"),
        ),
        migrations.AddField(
            model_name="auction",
            name="plan",
            field=ggzy.foundation.fields.CanonField(null=True, verbose_name="报价开启方案"),
        ),
        migrations.CreateModel(
            name="OfferKey",
            fields=[
                ("id", number()),
                ("x", models.PositiveSmallIntegerField(verbose_name="保管人序号")),
                ("statement", ggzy.foundation.fields.CanonField(verbose_name="公钥声明")),
                ("auction", auction()),
            ],
            options={
                "verbose_name": "保管人公钥",
                "constraints": [
                    models.UniqueConstraint(fields=("auction", "x"), name="one_offer_key_a_holder")
                ],
            },
        ),
        migrations.CreateModel(
            name="OfferFile",
            fields=[
                ("id", number()),
                ("party", ggzy.foundation.fields.CreditCodeField(verbose_name="竞买人")),
                ("manifest", models.CharField(max_length=80, verbose_name="清单摘要")),
                ("package", models.CharField(max_length=80, verbose_name="文件摘要")),
                ("auction", auction()),
            ],
            options={
                "verbose_name": "密封报价文件",
                "constraints": [
                    models.UniqueConstraint(fields=("auction", "manifest"), name="one_offer_file")
                ],
            },
        ),
        migrations.CreateModel(
            name="OfferRecord",
            fields=[
                ("id", number()),
                ("turn", models.PositiveSmallIntegerField(verbose_name="轮次")),
                ("x", models.PositiveSmallIntegerField(verbose_name="保管人序号")),
                ("manifest", models.CharField(blank=True, max_length=80, verbose_name="清单摘要")),
                ("record", models.BinaryField(verbose_name="份额")),
                ("auction", auction()),
            ],
            options={
                "verbose_name": "报价密钥份额",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("auction", "turn", "x", "manifest"), name="one_offer_record_a_holder"
                    )
                ],
            },
        ),
    ]
