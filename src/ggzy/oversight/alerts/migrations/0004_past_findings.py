import hashlib

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def regroup(apps: Apps, schema: BaseDatabaseSchemaEditor) -> None:
    """归并键 by circle of parties: of the first finding each alert was raised for."""
    rows = apps.get_model("alerts", "FindingRow").objects.filter(alert__isnull=False, is_suppressed=False)
    alerts = apps.get_model("alerts", "Alert").objects
    for row in rows.exclude(note_key="").order_by("-first_at", "-uid"):
        alerts.filter(pk=row.alert_id).update(group=_group(row.indicator, row.note_key, row.key))


def _group(indicator: str, note_key: str, key: str) -> str:
    whom = note_key if indicator == "B23" or key in ("", note_key) else f"{note_key}\n{key}"
    if indicator in ("N02", "B34"):
        whom = f"{note_key.rpartition('|')[0]}\n{key}"
    return hashlib.sha256(f"{indicator}\n{whom}".encode()).hexdigest()[:32]


class Migration(migrations.Migration):
    dependencies = [
        ("alerts", "0003_told_parties"),
    ]

    operations = [
        migrations.AddField(
            model_name="findingrow",
            name="is_past",
            field=models.BooleanField(default=False, verbose_name="已有后续发现"),
        ),
        migrations.RunPython(regroup, migrations.RunPython.noop),
    ]
