"""解密时间的确定时间: what stood still is counted from here on."""

from django.db import migrations, models
from django.db.models import F


def from_the_beginning(apps, schema_editor) -> None:
    """A window that was extended before this was told counts from its beginning too: it ends no earlier."""
    apps.get_model("tendering", "Opening").objects.update(windows_set_at=F("began_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("tendering", "0002_arrival"),
    ]

    operations = [
        migrations.AddField(
            model_name="opening",
            name="windows_set_at",
            field=models.DateTimeField(null=True, verbose_name="解密时间的确定时间"),
        ),
        migrations.RunPython(from_the_beginning, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="opening",
            name="windows_set_at",
            field=models.DateTimeField(verbose_name="解密时间的确定时间"),
        ),
    ]
