"""保证金的表: what is asked, who has an account, what arrived, and a small ledger."""

from datetime import datetime

from django.db import models

from ggzy.foundation.fields import CreditCodeField, MoneyField
from ggzy.kernel import events
from ggzy.trading.deposits.rules import is_late, tail
from ggzy.trading.deposits.values import (
    AccountState,
    CreditGround,
    GuaranteeFacts,
    GuaranteeForm,
    LineFacts,
    Outcome,
    Owed,
    ReturnFacts,
    ReturnState,
)


class Requirement(models.Model):
    """保证金要求 of one round. The virtual accounts of the round count from one."""

    lot = models.ForeignKey("projects.Lot", models.PROTECT, related_name="+", verbose_name="标段")
    round = models.PositiveSmallIntegerField("招标次数")
    amount = MoneyField("金额")
    set_at = models.DateTimeField("设定时间")
    due = models.DateTimeField("缴纳截止时间", null=True)
    due_set_at = models.DateTimeField("截止时间的设定时间")
    valid_until = models.DateField("投标有效期届满日", null=True)
    bounds = models.JSONField("随信用增减的上下限", null=True)
    accounts = models.PositiveIntegerField("已开子账户数", default=0)

    class Meta:
        verbose_name = "保证金要求"
        constraints = [
            models.UniqueConstraint(fields=["lot", "round"], name="one_requirement_a_round"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="requirement_amount_positive"),
        ]


class Account(models.Model):
    """保证金子账户: one per lot, round and bidder. `paid` is what counts."""

    lot = models.ForeignKey("projects.Lot", models.PROTECT, related_name="+", verbose_name="标段")
    round = models.PositiveSmallIntegerField("招标次数")
    party = CreditCodeField("投标人", db_index=True)
    members = models.JSONField("联合体成员", default=list)
    number = models.CharField("子账户账号", max_length=40, unique=True)
    gateway = models.CharField("银行接口", max_length=40)
    state = models.CharField("状态", max_length=12, choices=[(s.value, s.label) for s in AccountState])
    owed = MoneyField("应缴")
    ground = models.JSONField("信用依据", null=True)
    paid = MoneyField("已认款")
    opened_at = models.DateTimeField("开立时间")

    class Meta:
        verbose_name = "保证金子账户"
        constraints = [
            models.UniqueConstraint(fields=["lot", "round", "party"], name="one_account_a_bidder"),
            models.CheckConstraint(condition=models.Q(paid__gte=0), name="account_paid_not_negative"),
            models.CheckConstraint(condition=models.Q(owed__gt=0), name="account_owed_positive"),
        ]

    def due(self) -> Owed:
        return Owed(self.owed, events.restore(CreditGround, self.ground) if self.ground else None)


class Line(models.Model):
    """来账: a credited line of a bank statement. The bank's serial makes it count once."""

    gateway = models.CharField("银行接口", max_length=40)
    serial = models.CharField("银行流水号", max_length=80)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="子账户")
    payer_name = models.TextField("付款户名")
    payer_account = models.CharField("付款账号", max_length=64)
    amount = MoneyField("金额")
    booked_at = models.DateTimeField("到账时间")
    outcome = models.CharField("认款结果", max_length=12, choices=[(o.value, o.label) for o in Outcome])

    class Meta:
        verbose_name = "来账"
        constraints = [models.UniqueConstraint(fields=["gateway", "serial"], name="a_line_counts_once")]
        indexes = [models.Index(fields=["account", "booked_at"], name="line_of_account")]

    def facts(self) -> LineFacts:
        return LineFacts(
            serial=self.serial,
            payer_name=self.payer_name,
            payer_tail=tail(self.payer_account),
            amount=self.amount,
            booked_at=self.booked_at,
            outcome=Outcome(self.outcome),
        )


class Serial(models.Model):
    """已读流水: every line of every statement, so that each is taken once however often it is sent."""

    gateway = models.CharField("银行接口", max_length=40)
    serial = models.CharField("银行流水号", max_length=80)
    digest = models.CharField("内容摘要", max_length=80)
    matched = models.BooleanField("已认到子账户")

    class Meta:
        verbose_name = "已读流水"
        constraints = [models.UniqueConstraint(fields=["gateway", "serial"], name="a_serial_is_read_once")]


class Guarantee(models.Model):
    """电子保函."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="子账户")
    number = models.CharField("保函编号", max_length=100)
    issuer = models.CharField("出具机构", max_length=200)
    beneficiary = CreditCodeField("受益人")
    amount = MoneyField("保函金额")
    valid_from = models.DateField("生效日")
    valid_until = models.DateField("失效日")
    is_unconditional = models.BooleanField("见索即付")
    file = models.CharField("文件摘要", max_length=80, blank=True)
    placed_at = models.DateTimeField("提交时间")
    state = models.CharField("状态", max_length=12, choices=[(s.value, s.label) for s in AccountState])

    class Meta:
        verbose_name = "电子保函"
        constraints = [
            models.UniqueConstraint(fields=["issuer", "number"], name="a_guarantee_is_used_once"),
        ]

    def form(self) -> GuaranteeForm:
        return GuaranteeForm(
            number=self.number,
            issuer=self.issuer,
            beneficiary=self.beneficiary,
            amount=self.amount,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
            is_unconditional=self.is_unconditional,
            file=self.file,
        )

    def facts(self) -> GuaranteeFacts:
        return GuaranteeFacts(self.form(), self.placed_at, AccountState(self.state))


class Return(models.Model):
    """退款: one sum to one account, the one it came from. `rejected` says that it never counted."""

    number = models.CharField("退款编号", max_length=40, primary_key=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="子账户")
    rejected = models.BooleanField("不予认款的来账")
    payee_name = models.TextField("收款户名")
    payee_account = models.CharField("收款账号", max_length=64)
    principal = MoneyField("本金")
    interest = MoneyField("利息")
    lines = models.ManyToManyField(Line, related_name="+", verbose_name="所退来账")
    reason = models.TextField("原因")
    due_on = models.DateField("最迟退还日", db_index=True)
    state = models.CharField("状态", max_length=12, choices=[(s.value, s.label) for s in ReturnState])
    paid_at = models.DateTimeField("退款时间", null=True)

    class Meta:
        verbose_name = "退款"
        indexes = [models.Index(fields=["state"], name="return_state")]

    def facts(self, at: datetime) -> ReturnFacts:
        return ReturnFacts(
            number=self.number,
            party=self.account.party,
            payee_name=self.payee_name,
            payee_tail=tail(self.payee_account),
            principal=self.principal,
            interest=self.interest,
            reason=self.reason,
            due_on=self.due_on,
            state=ReturnState(self.state),
            paid_at=self.paid_at,
            is_late=self.state != ReturnState.CANCELLED and is_late(self.due_on, self.paid_at or at),
        )


class Posting(models.Model):
    """分录. The postings of one entry add up to nothing; rows are only ever added."""

    entry = models.CharField("凭证", max_length=120, db_index=True)
    lot = models.ForeignKey("projects.Lot", models.PROTECT, related_name="+", verbose_name="标段")
    account = models.CharField("科目", max_length=80, db_index=True)
    fen = models.BigIntegerField("金额（分）")
    at = models.DateTimeField("记账时间")

    class Meta:
        verbose_name = "分录"
        constraints = [models.CheckConstraint(condition=~models.Q(fen=0), name="posting_moves_money")]


class GatewayMemory(models.Model):
    """网关记忆: what a gateway keeps between calls; opaque to the platform."""

    gateway = models.CharField("银行接口", max_length=40)
    key = models.CharField("键", max_length=200, db_collation="C")
    body = models.JSONField("值")

    class Meta:
        verbose_name = "网关记忆"
        constraints = [models.UniqueConstraint(fields=["gateway", "key"], name="one_memory_a_key")]
