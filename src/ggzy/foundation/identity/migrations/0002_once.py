from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="once_hash",
            field=models.CharField(blank=True, max_length=64, verbose_name="一次性口令散列"),
        ),
        migrations.AddField(
            model_name="person",
            name="once_until",
            field=models.DateTimeField(blank=True, null=True, verbose_name="一次性口令有效期至"),
        ),
    ]
