"""投标痕迹提取时间: openings of before are read too, when the clock comes to them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tendering", "0003_windows_set_at"),
    ]

    operations = [
        migrations.AddField(
            model_name="opening",
            name="traced_at",
            field=models.DateTimeField(null=True, verbose_name="投标痕迹提取时间"),
        ),
    ]
