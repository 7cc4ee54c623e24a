"""信用库的表."""

from django.db import models
from django.db.models import F, Q

from ggzy.foundation.fields import CreditCodeField, LotCodeField, RegionCodeField
from ggzy.registers.credit.values import (
    Appeal,
    AppealKind,
    AppealState,
    Ban,
    Decision,
    Gravity,
    Listing,
    ListState,
    RecordFacts,
    RecordKind,
    Scope,
)


class _Decided(models.Model):
    """What every entry rests on: a party and a decision about it."""

    code = models.CharField("编号", max_length=24, primary_key=True)
    party = models.ForeignKey("parties.Party", models.PROTECT, related_name="+", verbose_name="主体")
    authority = models.TextField("决定机关")
    document = models.TextField("决定文号")
    article = models.TextField("法律依据")
    decided_on = models.DateField("决定日期")

    class Meta:
        abstract = True

    @property
    def decision(self) -> Decision:
        return Decision(self.authority, self.document, self.article, self.decided_on)


class CreditRecord(_Decided):
    """信用记录. Never deleted; a repair is added to it."""

    kind = models.CharField("类别", max_length=12)
    gravity = models.CharField("严重程度", max_length=8, default="")
    title = models.TextField("标题")
    text = models.TextField("事实和结果")
    lot = LotCodeField("统一交易标识码", null=True)
    recorded_at = models.DateTimeField("记入时间")
    shown_until = models.DateField("公示截止", null=True)
    repaired_on = models.DateField("修复日期", null=True)
    topic = models.CharField("评价项目", max_length=40, default="")
    withdrawn_on = models.DateField("撤销日期", null=True)

    class Meta:
        verbose_name = "信用记录"
        constraints = [
            models.UniqueConstraint(fields=["party", "authority", "document"], name="one_record_per_decision")
        ]
        indexes = [models.Index(fields=["-decided_on"], name="records_by_day")]

    def facts(self) -> RecordFacts:
        """The row as a value; the party's name comes with it."""
        return RecordFacts(
            code=self.code,
            party=self.party.code,
            name=self.party.name,
            kind=RecordKind(self.kind),
            title=self.title,
            text=self.text,
            decision=self.decision,
            gravity=Gravity(self.gravity) if self.gravity else None,
            lot=self.lot,
            recorded_at=self.recorded_at,
            shown_until=self.shown_until,
            repaired_on=self.repaired_on,
            topic=self.topic,
            withdrawn_on=self.withdrawn_on,
        )


class MarketBan(_Decided):
    """市场禁入. Never deleted; lifting it early is added to it."""

    ground = models.CharField("情形", max_length=40)
    scope = models.CharField("范围", max_length=12)
    region = RegionCodeField("适用地区")
    start = models.DateField("开始日期")
    end = models.DateField("结束日期")
    imposed_at = models.DateTimeField("记入时间")
    lifted_at = models.DateTimeField("解除时间", null=True)

    class Meta:
        verbose_name = "市场禁入"
        constraints = [
            models.UniqueConstraint(fields=["party", "authority", "document"], name="one_ban_per_decision"),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="ban_runs_forward"),
        ]
        indexes = [models.Index(fields=["party", "end"], name="bans_of_a_party")]

    def facts(self) -> Ban:
        """The row as a value; the party's name comes with it."""
        return Ban(
            code=self.code,
            party=self.party.code,
            name=self.party.name,
            ground=self.ground,
            scope=Scope(self.scope),
            region=self.region,
            start=self.start,
            end=self.end,
            decision=self.decision,
            imposed_at=self.imposed_at,
            lifted_at=self.lifted_at,
        )


class ListEntry(models.Model):
    """严重失信主体名单条目. The subject need not be registered here: it may come tomorrow."""

    code = models.CharField("编号", max_length=24, primary_key=True)
    party = CreditCodeField("主体", db_index=True)
    name = models.TextField("主体名称")
    list = models.CharField("名单", max_length=20)
    reason = models.TextField("事实和理由")
    state = models.CharField("状态", max_length=10, choices=[(s.value, s.label) for s in ListState])
    proposed_at = models.DateTimeField("提出时间")
    hear_until = models.DateField("陈述申辩截止", null=True)
    plea = models.TextField("陈述申辩", default="")
    authority = models.TextField("决定机关", default="")
    document = models.TextField("决定文号", default="")
    article = models.TextField("法律依据", default="")
    decided_on = models.DateField("决定日期", null=True)
    answer = models.TextField("对申辩的答复", default="")
    start = models.DateField("开始日期", null=True)
    end = models.DateField("结束日期", null=True)
    published_at = models.DateTimeField("公布时间", null=True)
    ended_at = models.DateTimeField("移出时间", null=True)
    ended_why = models.TextField("移出理由", default="")

    class Meta:
        verbose_name = "名单条目"
        constraints = [
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")), name="listing_runs_forward"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in ListState]), name="listing_state_known"
            ),
        ]
        indexes = [models.Index(fields=["state", "end"], name="listings_by_state")]

    def facts(self) -> Listing:
        """The row as a value."""
        decided = (
            Decision(self.authority, self.document, self.article, self.decided_on)
            if self.decided_on
            else None
        )
        return Listing(
            code=self.code,
            party=self.party,
            name=self.name,
            list=self.list,
            reason=self.reason,
            state=ListState(self.state),
            proposed_at=self.proposed_at,
            hear_until=self.hear_until,
            plea=self.plea,
            decision=decided,
            answer=self.answer,
            start=self.start,
            end=self.end,
            published_at=self.published_at,
            ended_at=self.ended_at,
            ended_why=self.ended_why,
        )


class EntryAppeal(models.Model):
    """异议、修复申请. `entry` is the number of a record, a ban or a listing."""

    code = models.CharField("编号", max_length=24, primary_key=True)
    kind = models.CharField("种类", max_length=10)
    party = CreditCodeField("申请人", db_index=True)
    entry = models.CharField("信用编号", max_length=24, db_index=True)
    text = models.TextField("事实和理由")
    filed_at = models.DateTimeField("提出时间")
    due_on = models.DateField("最迟处理日")
    state = models.CharField("状态", max_length=10, choices=[(s.value, s.label) for s in AppealState])
    answer = models.TextField("核实情况和理由", default="")
    decided_at = models.DateTimeField("处理时间", null=True)
    is_late = models.BooleanField("逾期处理", default=False)

    class Meta:
        verbose_name = "信用申请"
        constraints = [
            models.UniqueConstraint(
                fields=["entry"], condition=Q(state="open"), name="one_open_appeal_an_entry"
            )
        ]

    def facts(self) -> Appeal:
        """The row as a value."""
        return Appeal(
            code=self.code,
            kind=AppealKind(self.kind),
            party=self.party,
            entry=self.entry,
            text=self.text,
            filed_at=self.filed_at,
            due_on=self.due_on,
            state=AppealState(self.state),
            answer=self.answer,
            decided_at=self.decided_at,
            is_late=self.is_late,
        )
