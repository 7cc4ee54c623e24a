"""案件的表."""

from datetime import datetime

from django.db import models

from ggzy.foundation.fields import CreditCodeField, LotCodeField, RegionCodeField
from ggzy.kernel import events as kernel_events
from ggzy.kernel.codes import CreditCode
from ggzy.oversight.cases.rules import casework as rules
from ggzy.oversight.cases.values.casework import (
    CaseFacts,
    CaseState,
    EvidenceFacts,
    MeasureKind,
    Offence,
    OrderFacts,
    PartyFacts,
    Proposal,
    Source,
)


class Case(models.Model):
    """案件. The state is one word; the words of notice and decision are kept as they were said."""

    code = models.CharField("案件编号", max_length=30, primary_key=True)
    title = models.CharField("案件名称", max_length=200)
    text = models.TextField("涉嫌违法的事实")
    offence = models.CharField("违法情形", max_length=40)
    source = models.CharField("来源", max_length=12)
    reference = models.CharField("来源编号", max_length=80, blank=True)
    lot = LotCodeField("统一交易标识码", null=True, db_index=True)
    region = RegionCodeField("行政区划", db_index=True)
    authority = models.CharField("办案机关", max_length=200)
    organisation = CreditCodeField("办案机关的统一社会信用代码", null=True)
    state = models.CharField("状态", max_length=12, db_index=True)
    opened_at = models.DateTimeField("立案时间")
    decide_by = models.DateField("最迟决定日")
    proposal = models.JSONField("拟作出的处理", null=True)
    notified_at = models.DateTimeField("告知时间", null=True)
    state_by = models.DateField("最迟要求听证日", null=True)
    hearing_on = models.DateField("听证日期", null=True)
    hearing_text = models.TextField("听证笔录", blank=True)
    document = models.CharField("决定文号", max_length=100, blank=True)
    decision = models.JSONField("决定", null=True)
    decided_at = models.DateTimeField("决定时间", null=True)
    publish_by = models.DateField("最迟公开日", null=True)
    published_at = models.DateTimeField("公开时间", null=True)
    ending = models.TextField("结案情况", blank=True)
    ended_at = models.DateTimeField("办结时间", null=True)

    class Meta:
        verbose_name = "案件"

    def facts(self, offence: Offence, at: datetime) -> CaseFacts:
        """With its parties, evidence and orders, each from its own prefetched rows."""
        return CaseFacts(
            code=self.code,
            title=self.title,
            text=self.text,
            offence=offence,
            source=Source(self.source),
            reference=self.reference,
            lot=self.lot,
            region=self.region,
            authority=self.authority,
            state=CaseState(self.state),
            opened_at=self.opened_at,
            decide_by=self.decide_by,
            parties=tuple(row.facts() for row in self.party_rows.all()),
            evidence=tuple(row.facts() for row in self.evidence_rows.all()),
            orders=tuple(row.facts(at) for row in self.order_rows.all()),
            proposal=kernel_events.restore(Proposal, self.proposal) if self.proposal else None,
            notified_at=self.notified_at,
            state_by=self.state_by,
            hearing_on=self.hearing_on,
            hearing_text=self.hearing_text,
            document=self.document,
            decision=kernel_events.restore(Proposal, self.decision) if self.decision else None,
            decided_at=self.decided_at,
            publish_by=self.publish_by,
            published_at=self.published_at,
            ending=self.ending,
            ended_at=self.ended_at,
            is_overdue=rules.is_overdue(CaseState(self.state), self.decide_by, self.publish_by, at),
            organisation=self.organisation,
            officers=tuple(row.facts() for row in self.officer_rows.all()),
            draft=self.draft_row.facts() if hasattr(self, "draft_row") else None,
        )


class CaseParty(models.Model):
    """当事人."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="party_rows", verbose_name="案件")
    party = CreditCodeField("统一社会信用代码", db_index=True)
    name = models.CharField("名称", max_length=200)
    statement = models.TextField("陈述、申辩", blank=True)
    statements = models.PositiveSmallIntegerField("陈述次数", default=0)
    stated_at = models.DateTimeField("陈述时间", null=True)
    wants_hearing = models.BooleanField("要求听证", default=False)

    class Meta:
        verbose_name = "当事人"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["case", "party"], name="party_once_a_case")]

    def facts(self) -> PartyFacts:
        return PartyFacts(
            code=CreditCode(self.party),
            name=self.name,
            statement=self.statement,
            stated_at=self.stated_at,
            wants_hearing=self.wants_hearing,
        )


class CaseEvidence(models.Model):
    """证据: the bytes lie in the vault, the digest in the journal."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="evidence_rows", verbose_name="案件")
    digest = models.CharField("摘要", max_length=71)
    title = models.CharField("名称", max_length=200)
    kept_at = models.DateTimeField("入卷时间")

    class Meta:
        verbose_name = "证据"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["case", "digest"], name="evidence_once_a_case")]

    def facts(self) -> EvidenceFacts:
        return EvidenceFacts(self.digest, self.title, self.kept_at)


class LotOrder(models.Model):
    """责令事项: what a decision orders of a lot."""

    code = models.CharField("责令编号", max_length=40, primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="order_rows", verbose_name="案件")
    lot = LotCodeField("统一交易标识码", db_index=True)
    region = RegionCodeField("行政区划", db_index=True)
    kind = models.CharField("责令内容", max_length=12)
    reason = models.TextField("原因")
    until = models.DateField("限期")
    owner = CreditCodeField("招标人", null=True, db_index=True)
    agency = CreditCodeField("招标代理机构", null=True, db_index=True)
    reply = models.TextField("改正情况报告", blank=True)
    files = models.JSONField("报告的附件", default=list)
    replied_at = models.DateTimeField("报告时间", null=True)
    note = models.TextField("办结情况", blank=True)
    met_at = models.DateTimeField("办结时间", null=True)

    class Meta:
        verbose_name = "责令事项"
        ordering = ["code"]

    def facts(self, at: datetime) -> OrderFacts:
        return OrderFacts(
            code=self.code,
            kind=MeasureKind(self.kind),
            lot=self.lot,
            until=self.until,
            reason=self.reason,
            met_at=self.met_at,
            note=self.note,
            is_late=rules.local_date(self.met_at or at) > self.until,
            reply=self.reply,
            replied_at=self.replied_at,
            files=tuple(self.files),
        )
