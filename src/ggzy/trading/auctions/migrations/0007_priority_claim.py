from django.db import migrations

import ggzy.foundation.fields


class Migration(migrations.Migration):
    dependencies = [
        ("auctions", "0006_offer_custody"),
    ]

    operations = [
        migrations.AddField(
            model_name="application",
            name="claim",
            field=ggzy.foundation.fields.CanonField(null=True, verbose_name="优先购买权主张"),
        ),
    ]
