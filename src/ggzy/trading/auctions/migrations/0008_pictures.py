import django.db.models.deletion
import ggzy.foundation.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("auctions", "0007_priority_claim"),
        ("projects", "0002_particulars"),
    ]

    operations = [
        migrations.CreateModel(
            name="PictureRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=80, verbose_name="文件摘要")),
                ("picture", ggzy.foundation.fields.CanonField(verbose_name="图片")),
                (
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="projects.lot",
                        verbose_name="标的",
                    ),
                ),
            ],
            options={
                "verbose_name": "标的图片",
                "constraints": [models.UniqueConstraint(fields=("lot", "digest"), name="one_picture_a_lot")],
            },
        ),
    ]
