"""公告的表. A published notice never changes."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from ggzy.foundation.fields import CreditCodeField, MoneyField, RegionCodeField
from ggzy.trading.notices.values import (
    KINDS,
    Attachment,
    Block,
    Finding,
    KeyFact,
    NoticeFacts,
    NoticeRow,
)


class Notice(models.Model):
    """公告."""

    id = models.CharField("公告编号", max_length=48, primary_key=True)
    lot = models.ForeignKey("projects.Lot", models.PROTECT, related_name="+", verbose_name="标段")
    round = models.PositiveSmallIntegerField("招标次数")
    number = models.PositiveIntegerField("序号")
    kind = models.CharField("公告种类", max_length=40)
    title = models.CharField("标题", max_length=300)
    facts_json = models.JSONField("关键信息")
    body_json = models.JSONField("正文")
    attachments_json = models.JSONField("附件")
    findings_json = models.JSONField("排斥性表述")
    amends = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="+", verbose_name="更正的公告"
    )
    version = models.PositiveSmallIntegerField("版本")
    published_at = models.DateTimeField("发布时间")
    publisher = CreditCodeField("发布单位", null=True)
    digest = models.CharField("摘要", max_length=80)
    # What lists filter and find by; fixed at publication like the rest.
    project_title = models.CharField("项目名称", max_length=200)
    owner = CreditCodeField("招标人", db_index=True)
    region = RegionCodeField("行政区划", db_index=True)
    category = models.CharField("交易分类", max_length=40)
    nature = models.CharField("标的性质", max_length=10)
    method = models.CharField("交易方式", max_length=40)
    estimate = MoneyField("估算价")
    plain = models.TextField("检索文本")
    grams = ArrayField(models.CharField(max_length=2), verbose_name="二字词组")

    class Meta:
        verbose_name = "公告"
        constraints = [models.UniqueConstraint(fields=["lot", "number"], name="notice_numbers_do_not_repeat")]
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="notice_newest"),
            models.Index(fields=["kind", "-published_at"], name="notice_kind"),
            # Two neighbouring Chinese characters are a word; a trigram index cannot find them.
            GinIndex(fields=["grams"], name="notice_grams"),
        ]

    def facts(self, amended_by: str | None) -> NoticeFacts:
        return NoticeFacts(
            id=self.id,
            lot=self.lot_id,
            round=self.round,
            number=self.number,
            kind=self.kind,
            kind_name=KINDS[self.kind].name,
            title=self.title,
            facts=tuple(KeyFact(*pair) for pair in self.facts_json),
            body=tuple(_block(block) for block in self.body_json),
            attachments=tuple(Attachment(*file) for file in self.attachments_json),
            amends=self.amends_id,
            amended_by=amended_by,
            version=self.version,
            published_at=self.published_at,
            publisher=self.publisher,
            digest=self.digest,
            findings=tuple(Finding(*finding) for finding in self.findings_json),
        )

    def row(self, is_amended: bool) -> NoticeRow:
        return NoticeRow(
            id=self.id,
            lot=self.lot_id,
            round=self.round,
            kind=self.kind,
            kind_name=KINDS[self.kind].name,
            title=self.title,
            project_title=self.project_title,
            owner=self.owner,
            region=self.region,
            category=self.category,
            nature=self.nature,
            method=self.method,
            estimate=self.estimate,
            published_at=self.published_at,
            version=self.version,
            is_amended=is_amended,
        )


def _block(block: dict[str, Any]) -> Block:
    return Block(block["heading"], block["text"], tuple(tuple(row) for row in block["table"]))
