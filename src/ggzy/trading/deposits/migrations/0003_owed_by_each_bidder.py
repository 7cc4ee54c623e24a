from typing import Any

from django.db import migrations, models
from django.db.models import OuterRef, Q, Subquery

import ggzy.foundation.fields


def owe_what_was_asked(apps: Any, schema_editor: Any) -> None:
    """Until now every bidder owed what the round asked."""
    accounts = apps.get_model("deposits", "Account").objects
    asked = apps.get_model("deposits", "Requirement").objects.filter(
        lot=OuterRef("lot"), round=OuterRef("round")
    )
    accounts.update(owed=Subquery(asked.values("amount")[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("deposits", "0002_applied_to_price"),
    ]

    operations = [
        migrations.AddField(
            model_name="requirement",
            name="bounds",
            field=models.JSONField(null=True, verbose_name="随信用增减的上下限"),
        ),
        migrations.AddField(
            model_name="account",
            name="ground",
            field=models.JSONField(null=True, verbose_name="信用依据"),
        ),
        migrations.AddField(
            model_name="account",
            name="owed",
            field=ggzy.foundation.fields.MoneyField(null=True, verbose_name="应缴"),
        ),
        migrations.RunPython(owe_what_was_asked, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="account",
            name="owed",
            field=ggzy.foundation.fields.MoneyField(verbose_name="应缴"),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(condition=Q(owed__gt=0), name="account_owed_positive"),
        ),
    ]
