from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("auctions", "0003_rooms"),
    ]

    operations = [
        migrations.CreateModel(
            name="Pulse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="最近心跳")),
            ],
            options={"verbose_name": "平台心跳"},
        ),
        migrations.CreateModel(
            name="Outage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField(verbose_name="开始")),
                ("until", models.DateTimeField(verbose_name="结束")),
                ("is_done", models.BooleanField(default=False, verbose_name="已停表")),
            ],
            options={
                "verbose_name": "平台中断",
                "constraints": [models.UniqueConstraint(fields=("since",), name="one_outage_at_a_time")],
            },
        ),
    ]
