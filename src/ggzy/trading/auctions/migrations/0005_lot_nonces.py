import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("auctions", "0004_outages"),
    ]

    operations = [
        migrations.CreateModel(
            name="LotNonce",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("party", models.CharField(max_length=12, verbose_name="提供方")),
                ("commitment", models.BinaryField(verbose_name="承诺")),
                ("secret", models.BinaryField(null=True, verbose_name="平台保存的随机数")),
                ("nonce", models.BinaryField(null=True, verbose_name="已公开的随机数")),
                ("is_missed", models.BooleanField(default=False, verbose_name="未按时公开")),
                (
                    "auction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="auctions.auction",
                        verbose_name="竞价",
                    ),
                ),
            ],
            options={
                "verbose_name": "摇号随机数",
                "constraints": [
                    models.UniqueConstraint(fields=("auction", "party"), name="one_lot_nonce_a_party")
                ],
            },
        ),
    ]
