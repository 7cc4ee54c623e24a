import django.db.models.deletion
from django.db import migrations, models

import ggzy.foundation.fields

AUTHORITIES = """
UPDATE cases_case SET organisation = party.code FROM parties_party AS party
WHERE cases_case.organisation IS NULL AND party.name = cases_case.authority
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_readings_move"),
        ("parties", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="organisation",
            field=ggzy.foundation.fields.CreditCodeField(
                null=True, verbose_name="办案机关的统一社会信用代码"
            ),
        ),
        migrations.RunSQL(AUTHORITIES, migrations.RunSQL.noop),
        migrations.CreateModel(
            name="CaseDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("decision", models.JSONField(verbose_name="拟决定")),
                ("grounds", models.JSONField(default=list, verbose_name="须审核的情形")),
                ("person", models.CharField(max_length=32, verbose_name="人员编号")),
                ("name", models.CharField(max_length=100, verbose_name="姓名")),
                ("at", models.DateTimeField(verbose_name="提出时间")),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draft_row",
                        to="cases.case",
                        verbose_name="案件",
                    ),
                ),
            ],
            options={
                "verbose_name": "处理意见",
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                (
                    "code",
                    models.CharField(
                        max_length=30, primary_key=True, serialize=False, verbose_name="岗位编号"
                    ),
                ),
                ("person", models.CharField(db_index=True, max_length=32, verbose_name="人员编号")),
                ("name", models.CharField(max_length=100, verbose_name="姓名")),
                (
                    "organisation",
                    ggzy.foundation.fields.CreditCodeField(db_index=True, verbose_name="统一社会信用代码"),
                ),
                ("kind", models.CharField(max_length=12, verbose_name="岗位")),
                ("paper", models.CharField(max_length=100, verbose_name="证件或者任职文号")),
                ("appointed_at", models.DateTimeField(verbose_name="任命时间")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="终止时间")),
            ],
            options={
                "verbose_name": "岗位任职",
                "ordering": ["code"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("person", "organisation", "kind"),
                        name="post_held_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseOfficer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("person", models.CharField(max_length=32, verbose_name="人员编号")),
                ("name", models.CharField(max_length=100, verbose_name="姓名")),
                ("joined_at", models.DateTimeField(verbose_name="参加时间")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="officer_rows",
                        to="cases.case",
                        verbose_name="案件",
                    ),
                ),
            ],
            options={
                "verbose_name": "承办人",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "person"), name="officer_once_a_case")
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseOpinion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_review", models.BooleanField(verbose_name="法制审核")),
                ("person", models.CharField(max_length=32, verbose_name="人员编号")),
                ("name", models.CharField(max_length=100, verbose_name="姓名")),
                ("is_agreed", models.BooleanField(verbose_name="同意")),
                ("text", models.TextField(verbose_name="意见")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="opinion_rows",
                        to="cases.casedraft",
                        verbose_name="处理意见",
                    ),
                ),
            ],
            options={
                "verbose_name": "审核和讨论意见",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("draft", "person"), name="one_seat_a_draft"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_review", True)), fields=("draft",), name="one_review_a_draft"
                    ),
                ],
            },
        ),
    ]
