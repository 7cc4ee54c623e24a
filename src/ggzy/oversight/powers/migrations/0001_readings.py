import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    """The table was made by `cases` and given over by its 0006."""

    initial = True

    dependencies = [
        ("cases", "0006_readings_move"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="ReadingRow",
                    fields=[
                        (
                            "height",
                            models.BigIntegerField(
                                primary_key=True, serialize=False, verbose_name="留痕序号"
                            ),
                        ),
                        ("what", models.CharField(db_index=True, max_length=60, verbose_name="材料编号")),
                        ("title", models.CharField(max_length=200, verbose_name="材料")),
                        ("person", models.CharField(max_length=32, verbose_name="查阅人编号")),
                        ("organisation", models.CharField(max_length=200, verbose_name="查阅单位")),
                        ("role", models.CharField(max_length=60, verbose_name="身份")),
                        ("reason", models.TextField(verbose_name="事由")),
                        ("at", models.DateTimeField(verbose_name="查阅时间")),
                        (
                            "concerning",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=18),
                                default=list,
                                size=None,
                                verbose_name="有关主体",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "查阅",
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["concerning"], name="readings_by_party"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
