"""专家库的表."""

from django.db import models

from ggzy.foundation.fields import ExpertCodeField, LotCodeField, RegionCodeField
from ggzy.kernel.codes import ExpertCode
from ggzy.registers.experts.values import ExpertFacts, ExpertState, Mark, MarkKind, NewMark, PoolMember


class Expert(models.Model):
    """评标专家. The name lives with the person."""

    code = ExpertCodeField("专家编号", primary_key=True)
    person = models.CharField("人员", max_length=64, unique=True)
    employer = models.TextField("工作单位")
    region = RegionCodeField("所在地区", db_index=True)
    title = models.CharField("职称", max_length=20)
    years = models.PositiveSmallIntegerField("从业年限")
    state = models.CharField("状态", max_length=10, choices=[(s.value, s.value) for s in ExpertState])
    term_until = models.DateField("聘期截止日")
    registered_at = models.DateTimeField("入库时刻")

    class Meta:
        verbose_name = "评标专家"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[s.value for s in ExpertState]), name="expert_state_known"
            )
        ]

    def facts(self, name: str, specialties: tuple[str, ...]) -> ExpertFacts:
        return ExpertFacts(
            code=ExpertCode(self.code),
            person=self.person,
            name=name,
            specialties=specialties,
            employer=self.employer,
            region=self.region,
            title=self.title,
            state=ExpertState(self.state),
            term_until=self.term_until,
            registered_at=self.registered_at,
        )

    def pool_member(self, specialty: str) -> PoolMember:
        return PoolMember(
            expert=ExpertCode(self.code),
            person=self.person,
            specialty=specialty,
            employer=self.employer,
            region=self.region,
            state=ExpertState(self.state),
            term_until=self.term_until,
            registered_at=self.registered_at,
        )


class ExpertSpecialty(models.Model):
    """专家专业."""

    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="+")
    specialty = models.CharField("专业", max_length=7)

    class Meta:
        verbose_name = "专家专业"
        constraints = [models.UniqueConstraint(fields=["expert", "specialty"], name="expert_specialty_once")]
        indexes = [models.Index(fields=["specialty", "expert"], name="expert_by_specialty")]


class ExpertMark(models.Model):
    """专家信用记录. Never deleted; lifting a ban early is added to it."""

    code = models.CharField("编号", max_length=32, primary_key=True)
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="+", verbose_name="专家")
    kind = models.CharField("奖惩类型", max_length=10)
    text = models.TextField("事实和结果")
    authority = models.TextField("决定机关")
    document = models.TextField("决定文号")
    decided_on = models.DateField("决定日期")
    conduct = models.CharField("失信行为", max_length=20, default="")
    article = models.TextField("法律依据", default="")
    start = models.DateField("禁止开始日期", null=True)
    end = models.DateField("禁止结束日期", null=True)
    lot = LotCodeField("统一交易标识码", null=True)
    marked_at = models.DateTimeField("记入时间")
    lifted_at = models.DateTimeField("解除时间", null=True)

    class Meta:
        verbose_name = "专家信用记录"
        constraints = [
            models.UniqueConstraint(
                fields=["expert", "authority", "document"], name="one_expert_mark_per_decision"
            )
        ]

    def facts(self) -> Mark:
        """The row as a value."""
        mark = NewMark(
            expert=ExpertCode(self.expert_id),
            kind=MarkKind(self.kind),
            text=self.text,
            authority=self.authority,
            document=self.document,
            decided_on=self.decided_on,
            conduct=self.conduct,
            start=self.start,
            end=self.end,
            lot=self.lot,
        )
        return Mark(
            code=self.code,
            mark=mark,
            article=self.article,
            marked_at=self.marked_at,
            lifted_at=self.lifted_at,
        )
