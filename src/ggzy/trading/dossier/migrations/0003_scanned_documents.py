from django.db import migrations, models

import ggzy.foundation.fields


class Migration(migrations.Migration):
    dependencies = [
        ("dossier", "0002_letter_of_award"),
    ]

    operations = [
        migrations.CreateModel(
            name="ScannedDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lot", ggzy.foundation.fields.LotCodeField(verbose_name="统一交易标识码")),
                ("digest", models.CharField(max_length=80, verbose_name="摘要")),
                ("at", models.DateTimeField(verbose_name="扫描时间")),
            ],
            options={
                "verbose_name": "已扫描的招标文件",
                "constraints": [
                    models.UniqueConstraint(fields=("lot", "digest"), name="one_scan_per_document")
                ],
            },
        ),
    ]
