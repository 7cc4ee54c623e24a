"""专家库的表."""

from django.db import models

from ggzy.foundation.fields import ExpertCodeField, RegionCodeField
from ggzy.kernel.codes import ExpertCode
from ggzy.registers.experts.values import ExpertFacts, ExpertState, PoolMember


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
