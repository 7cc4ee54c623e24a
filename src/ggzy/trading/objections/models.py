"""异议的表."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from ggzy.foundation.fields import CreditCodeField
from ggzy.kernel.codes import CreditCode
from ggzy.trading.objections.values import ObjectionFacts, ObjectionState, Stage


class Window(models.Model):
    """异议期 of one stage in one round. `parties` null means any registered bidder."""

    lot = models.ForeignKey("projects.Lot", models.PROTECT, related_name="+", verbose_name="标段")
    round = models.PositiveSmallIntegerField("招标次数")
    stage = models.CharField("异议事项", max_length=10, choices=[(s.value, s.label) for s in Stage])
    opens = models.DateTimeField("开始时间")
    closes = models.DateTimeField("结束时间")
    set_at = models.DateTimeField("设定时间")
    closed_at = models.DateTimeField("提前结束时间", null=True)
    parties = ArrayField(models.CharField(max_length=18), null=True, verbose_name="可提出异议的主体")

    class Meta:
        verbose_name = "异议期"
        constraints = [
            models.UniqueConstraint(fields=["lot", "round", "stage"], name="one_window_a_stage"),
        ]


class Objection(models.Model):
    """异议."""

    id = models.CharField("异议编号", max_length=50, primary_key=True)
    lot = models.ForeignKey("projects.Lot", models.PROTECT, related_name="+", verbose_name="标段")
    round = models.PositiveSmallIntegerField("招标次数")
    number = models.PositiveIntegerField("序号")
    stage = models.CharField("异议事项", max_length=10, choices=[(s.value, s.label) for s in Stage])
    raised_by = CreditCodeField("异议人", db_index=True)
    raised_at = models.DateTimeField("提出时间")
    text = models.TextField("异议内容")
    files = models.JSONField("证明材料", default=list)
    due_on = models.DateField("最迟答复日")
    state = models.CharField("状态", max_length=10, choices=[(s.value, s.label) for s in ObjectionState])
    answer = models.TextField("答复内容", blank=True)
    upheld = models.BooleanField("异议成立", null=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    is_late = models.BooleanField("逾期答复", default=False)

    class Meta:
        verbose_name = "异议"
        constraints = [
            models.UniqueConstraint(fields=["lot", "number"], name="objection_numbers_do_not_repeat")
        ]
        indexes = [models.Index(fields=["lot", "state"], name="objection_open")]

    def facts(self, *, is_named: bool) -> ObjectionFacts:
        """`is_named`: the reader may know who objects."""
        return ObjectionFacts(
            id=self.id,
            number=self.number,
            lot=self.lot_id,
            round=self.round,
            stage=Stage(self.stage),
            raised_by=CreditCode(self.raised_by) if is_named else None,
            raised_at=self.raised_at,
            text=self.text,
            files=tuple(self.files),
            due_on=self.due_on,
            state=ObjectionState(self.state),
            answer=self.answer,
            upheld=self.upheld,
            answered_at=self.answered_at,
            is_late=self.is_late,
        )
