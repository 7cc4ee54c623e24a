"""定标与合同的表."""

from django.db import models

from ggzy.foundation.fields import CanonField, CreditCodeField, MoneyField
from ggzy.kernel import events
from ggzy.trading.contracting.values import (
    AwardFacts,
    AwardState,
    ContractFacts,
    ContractForm,
    LetterFacts,
    Passed,
    Runner,
    Sale,
    Step,
    StepKind,
)
from ggzy.trading.tendering.values import Price


class Award(models.Model):
    """定标: one row per lot and round."""

    lot = models.ForeignKey("projects.Lot", models.PROTECT, related_name="+", verbose_name="标段")
    round = models.PositiveSmallIntegerField("轮次")
    state = models.CharField("状态", max_length=12)
    runners = CanonField("中标候选人")
    passed = CanonField("依法越过")
    notice = models.CharField("公示编号", max_length=64, default="")
    is_late = models.BooleanField("公示逾期", default=False)
    publicised_at = models.DateTimeField("公示开始")
    publicity_until = models.DateTimeField("公示截止")
    rank = models.PositiveSmallIntegerField("中标人名次", null=True)
    winner = CreditCodeField("中标人", null=True, db_index=True)
    awarded_at = models.DateTimeField("定标时间", null=True)
    reported_at = models.DateTimeField("书面报告时间", null=True)
    sale = CanonField("成交的合同条件", null=True)
    letter_number = models.CharField("通知书编号", max_length=64, default="")
    letter_code = models.CharField("通知书验证码", max_length=24, default="", db_index=True)
    letter_digest = models.CharField("通知书摘要", max_length=80, default="")
    letter_at = models.DateTimeField("通知书时间", null=True)

    class Meta:
        verbose_name = "定标"
        constraints = [models.UniqueConstraint(fields=["lot", "round"], name="one_award_per_round")]

    def facts(self, contract: "Contract | None", steps: tuple[Step, ...]) -> AwardFacts:
        """The row as a value."""
        letter = None
        if self.letter_at:
            letter = LetterFacts(self.letter_number, self.letter_code, self.letter_digest, self.letter_at)
        return AwardFacts(
            lot=self.lot_id,
            round=self.round,
            state=AwardState(self.state),
            runners=tuple(events.restore(Runner, item) for item in self.runners),
            publicised_at=self.publicised_at,
            publicity_until=self.publicity_until,
            is_late=self.is_late,
            notice=self.notice,
            passed=tuple(events.restore(Passed, item) for item in self.passed),
            rank=self.rank,
            awarded_at=self.awarded_at,
            reported_at=self.reported_at,
            letter=letter,
            contract=contract.facts() if contract else None,
            steps=steps,
            sale=events.restore(Sale, self.sale) if self.sale else None,
        )


class Contract(models.Model):
    """合同. Drafted by the owner, signed by the winner."""

    award = models.OneToOneField("contracting.Award", models.PROTECT, related_name="+", verbose_name="定标")
    number = models.CharField("合同编号", max_length=120)
    price = CanonField("合同价")
    amount = MoneyField("合同金额", null=True)
    security = MoneyField("履约保证金")
    period = models.TextField("工期")
    quality = models.TextField("质量")
    file = models.CharField("合同文本", max_length=80)
    drafted_at = models.DateTimeField("拟定时间")
    sign_by = models.DateTimeField("签订期限")
    signed_at = models.DateTimeField("签订时间", null=True)
    completed_at = models.DateTimeField("完结时间", null=True)

    class Meta:
        verbose_name = "合同"

    def facts(self) -> ContractFacts:
        """The row as a value."""
        form = ContractForm(
            number=self.number,
            price=events.restore(Price, self.price),
            amount=self.amount,
            security=self.security,
            period=self.period,
            quality=self.quality,
            file=self.file,
        )
        return ContractFacts(form, self.drafted_at, self.signed_at, self.sign_by, self.completed_at)


class Performance(models.Model):
    """履约登记, numbered from 1 within a contract."""

    award = models.ForeignKey("contracting.Award", models.PROTECT, related_name="+", verbose_name="定标")
    number = models.PositiveIntegerField("序号")
    kind = models.CharField("事项", max_length=12)
    text = models.TextField("内容")
    on = models.DateField("日期")
    amount = MoneyField("金额", null=True)
    due_on = models.DateField("期限", null=True)
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "履约登记"
        constraints = [models.UniqueConstraint(fields=["award", "number"], name="steps_are_numbered")]

    def facts(self) -> Step:
        """The row as a value."""
        return Step(StepKind(self.kind), self.text, self.on, self.amount, self.due_on)
