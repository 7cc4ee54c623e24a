"""Where a winner is registered and since when a lot was announced, for figures about both."""

from django.db import migrations, models

import ggzy.foundation.fields


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_sendings")]

    operations = [
        migrations.AddField(
            "outcomerow",
            "winner_region",
            ggzy.foundation.fields.RegionCodeField(null=True, verbose_name="中标人注册地"),
        ),
        migrations.AddField(
            "outcomerow", "announced_at", models.DateTimeField(null=True, verbose_name="公告时间")
        ),
    ]
