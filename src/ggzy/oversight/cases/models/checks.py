"""双随机抽查的表."""

from datetime import datetime

from django.db import models

from ggzy.foundation.fields import CreditCodeField, RegionCodeField
from ggzy.kernel.codes import CreditCode
from ggzy.oversight.cases.rules import checks as rules
from ggzy.oversight.cases.values.checks import (
    CheckFacts,
    CheckState,
    Drawn,
    Finding,
    GiverFacts,
    Item,
    Leaf,
    ResultFacts,
    Seats,
)


class Check(models.Model):
    """抽查."""

    code = models.CharField("抽查编号", max_length=30, primary_key=True)
    item = models.CharField("抽查事项", max_length=20)
    region = RegionCodeField("行政区划", db_index=True)
    authority = models.CharField("检查机关", max_length=200)
    state = models.CharField("状态", max_length=12)
    planned_at = models.DateTimeField("计划时间")
    request = models.BinaryField("计划摘要")
    pool_root = models.BinaryField("候选池根")
    excluded_root = models.BinaryField("排除名单根")
    seats = models.JSONField("名额")
    seed = models.BinaryField("种子", null=True)
    head = models.BinaryField("截止时的链值", null=True)
    recused = models.JSONField("回避", default=list)
    publish_by = models.DateField("最迟公开日", null=True)
    published_at = models.DateTimeField("公开时间", null=True)

    class Meta:
        verbose_name = "抽查"

    def facts(self, item: Item, at: datetime) -> CheckFacts:
        """With its pool, givers and results, each from its own prefetched rows."""
        pool = list(self.pool_rows.all())
        return CheckFacts(
            code=self.code,
            item=item,
            region=self.region,
            authority=self.authority,
            state=CheckState(self.state),
            planned_at=self.planned_at,
            request=bytes(self.request),
            pool_root=bytes(self.pool_root),
            excluded_root=bytes(self.excluded_root),
            seats=tuple(Seats(*row) for row in self.seats),
            leaves=tuple((row.group, bytes(row.leaf), row.weight) for row in pool),
            givers=tuple(row.facts() for row in self.giver_rows.all()),
            seed=bytes(self.seed) if self.seed is not None else None,
            head=bytes(self.head) if self.head is not None else None,
            drawn=tuple(row.drawn() for row in pool if row.is_drawn),
            recused=tuple(self.recused),
            results=tuple(row.facts() for row in self.result_rows.all()),
            publish_by=self.publish_by,
            published_at=self.published_at,
            is_overdue=rules.is_overdue(CheckState(self.state), self.publish_by, at),
        )


class CheckLeaf(models.Model):
    """候选: the pool as it was fixed."""

    check_row = models.ForeignKey(Check, models.PROTECT, related_name="pool_rows", verbose_name="抽查")
    group = models.CharField("组", max_length=12)
    subject = models.CharField("对象", max_length=40)
    name = models.CharField("名称", max_length=200)
    salt = models.BinaryField("盐")
    leaf = models.BinaryField("叶子")
    weight = models.PositiveSmallIntegerField("签数", default=1)
    is_drawn = models.BooleanField("抽中", default=False)

    class Meta:
        verbose_name = "抽查候选"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["check_row", "group", "subject"], name="candidate_once_a_check")
        ]

    def value(self) -> Leaf:
        return Leaf(self.group, self.subject, self.name, bytes(self.salt), bytes(self.leaf), self.weight)

    def drawn(self) -> Drawn:
        return Drawn(self.group, self.subject, self.name, bytes(self.salt))


class CheckGiver(models.Model):
    """随机数提供方."""

    check_row = models.ForeignKey(Check, models.PROTECT, related_name="giver_rows", verbose_name="抽查")
    party = models.CharField("提供方", max_length=12)
    commitment = models.BinaryField("承诺")
    nonce = models.BinaryField("随机数", null=True)

    class Meta:
        verbose_name = "抽查随机数"
        ordering = ["party"]
        constraints = [models.UniqueConstraint(fields=["check_row", "party"], name="giver_once_a_check")]

    def facts(self) -> GiverFacts:
        return GiverFacts(
            self.party, bytes(self.commitment), bytes(self.nonce) if self.nonce is not None else None
        )


class CheckResult(models.Model):
    """检查结果 of one drawn object."""

    check_row = models.ForeignKey(Check, models.PROTECT, related_name="result_rows", verbose_name="抽查")
    party = CreditCodeField("统一社会信用代码", db_index=True)
    name = models.CharField("名称", max_length=200)
    risk = models.CharField("风险等级", max_length=12)
    finding = models.CharField("结果", max_length=12, blank=True)
    text = models.TextField("检查情况", blank=True)
    rectify_by = models.DateField("整改期限", null=True)
    recheck = models.TextField("复查情况", blank=True)
    recorded_at = models.DateTimeField("登记时间", null=True)

    class Meta:
        verbose_name = "检查结果"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["check_row", "party"], name="result_once_a_check")]

    def facts(self) -> ResultFacts:
        return ResultFacts(
            party=CreditCode(self.party),
            name=self.name,
            risk=self.risk,
            finding=Finding(self.finding) if self.finding else None,
            text=self.text,
            rectify_by=self.rectify_by,
            recheck=self.recheck,
            recorded_at=self.recorded_at,
        )
