from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("auctions", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="auction",
            name="terms_at",
            field=models.DateTimeField(null=True, verbose_name="条件设定时间"),
        ),
        migrations.AddField(
            model_name="auction",
            name="publicity_until",
            field=models.DateTimeField(null=True, verbose_name="成交公示截止"),
        ),
    ]
