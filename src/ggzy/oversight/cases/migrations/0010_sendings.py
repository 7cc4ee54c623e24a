from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_weights"),
    ]

    operations = [
        migrations.CreateModel(
            name="Sending",
            fields=[
                (
                    "key",
                    models.CharField(
                        max_length=64, primary_key=True, serialize=False, verbose_name="来源的散列"
                    ),
                ),
                ("hour", models.DateTimeField(db_index=True, verbose_name="小时")),
                ("count", models.PositiveIntegerField(default=0, verbose_name="件数")),
            ],
            options={"verbose_name": "来件计数"},
        ),
        migrations.CreateModel(
            name="SendingKey",
            fields=[
                ("hour", models.DateTimeField(primary_key=True, serialize=False, verbose_name="小时")),
                ("secret", models.BinaryField(verbose_name="密钥")),
            ],
            options={"verbose_name": "计数密钥"},
        ),
    ]
