"""交易方式与估算价 on the notice: what lists filter and sort by, without asking the lot."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery

import ggzy.foundation.fields


def from_the_lot(apps, schema_editor) -> None:
    lot = apps.get_model("projects", "Lot").objects.filter(pk=OuterRef("lot_id"))
    apps.get_model("notices", "Notice").objects.update(
        method=Subquery(lot.values("method")), estimate=Subquery(lot.values("estimate"))
    )


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0001_initial"),
        ("projects", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="method",
            field=models.CharField(max_length=40, null=True, verbose_name="交易方式"),
        ),
        migrations.AddField(
            model_name="notice",
            name="estimate",
            field=ggzy.foundation.fields.MoneyField(null=True, verbose_name="估算价"),
        ),
        migrations.RunPython(from_the_lot, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="notice",
            name="method",
            field=models.CharField(max_length=40, verbose_name="交易方式"),
        ),
        migrations.AlterField(
            model_name="notice",
            name="estimate",
            field=ggzy.foundation.fields.MoneyField(verbose_name="估算价"),
        ),
    ]
