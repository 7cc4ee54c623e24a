from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def mark(apps: Apps, schema: BaseDatabaseSchemaEditor) -> None:
    """What was told named every party there was."""
    rows = apps.get_model("alerts", "AlertParty").objects.filter(alert__height__isnull=False)
    rows.update(is_told=True)


class Migration(migrations.Migration):
    dependencies = [
        ("alerts", "0002_contract_register"),
    ]

    operations = [
        migrations.AddField(
            model_name="alertparty",
            name="is_told",
            field=models.BooleanField(default=False, verbose_name="已留痕"),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
