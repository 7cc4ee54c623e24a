"""信用库的表."""

from django.db import models
from django.db.models import F, Q

from ggzy.foundation.fields import LotCodeField, RegionCodeField
from ggzy.registers.credit.values import Ban, Decision, Gravity, RecordFacts, RecordKind, Scope


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
