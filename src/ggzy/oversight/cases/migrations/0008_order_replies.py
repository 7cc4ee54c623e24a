from django.db import migrations, models

import ggzy.foundation.fields

SIDES = """
UPDATE cases_lotorder SET owner = lot.owner, agency = lot.agency FROM projects_lot AS lot
WHERE lot.code = cases_lotorder.lot
"""
BOUND = """
UPDATE projects_lot SET orders = open.orders FROM (
    SELECT one.lot, jsonb_agg(jsonb_build_object(
        'code', one.code, 'kind', one.kind, 'round', found.round, 'authority', whole.authority,
        'until', to_char(one.until, 'YYYY-MM-DD')
    ) ORDER BY one.code) AS orders
    FROM cases_lotorder AS one JOIN cases_case AS whole ON whole.code = one.case_id
    JOIN projects_lot AS found ON found.code = one.lot
    WHERE one.met_at IS NULL GROUP BY one.lot
) AS open WHERE open.lot = projects_lot.code
"""


class Migration(migrations.Migration):
    """Orders bind their lots; those that are open already bind from now on, in the round the lot is in."""

    dependencies = [
        ("cases", "0007_deciding"),
        ("projects", "0003_orders"),
    ]

    operations = [
        migrations.AddField(
            model_name="lotorder",
            name="owner",
            field=ggzy.foundation.fields.CreditCodeField(db_index=True, null=True, verbose_name="招标人"),
        ),
        migrations.AddField(
            model_name="lotorder",
            name="agency",
            field=ggzy.foundation.fields.CreditCodeField(
                db_index=True, null=True, verbose_name="招标代理机构"
            ),
        ),
        migrations.AddField(
            model_name="lotorder",
            name="reply",
            field=models.TextField(blank=True, verbose_name="改正情况报告"),
        ),
        migrations.AddField(
            model_name="lotorder",
            name="files",
            field=models.JSONField(default=list, verbose_name="报告的附件"),
        ),
        migrations.AddField(
            model_name="lotorder",
            name="replied_at",
            field=models.DateTimeField(null=True, verbose_name="报告时间"),
        ),
        migrations.RunSQL(SIDES, migrations.RunSQL.noop),
        migrations.RunSQL(BOUND, migrations.RunSQL.noop),
    ]
