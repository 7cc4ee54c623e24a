from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0008_order_replies"),
    ]

    operations = [
        migrations.AddField(
            model_name="checkleaf",
            name="weight",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="签数"),
        ),
    ]
