"""预警的表. What was found is derived and may be rebuilt; alerts and settings are the present of their facts."""

from decimal import Decimal
from typing import Any

from django.db import models

from ggzy.foundation.fields import CreditCodeField, LotCodeField, MoneyField, RegionCodeField
from ggzy.kernel.events import body, restore
from ggzy.oversight.alerts import indicators
from ggzy.oversight.alerts.values import Evidence, Grade, Picture
from ggzy.oversight.alerts.values.alerts import AlertFacts, AlertState, Found, Question, Setting, Target


class Watch(models.Model):
    """在看的标段: how far its facts were heard, and when to look again. `version` is another after every change."""

    lot = LotCodeField("统一交易标识码", primary_key=True)
    height = models.BigIntegerField("高度")
    version = models.BigIntegerField("版次")
    region = RegionCodeField("行政区划", db_index=True)
    category = models.CharField("交易分类", max_length=32)
    registered_at = models.DateTimeField("登记时间", db_index=True)
    looks = models.JSONField("下次查看", default=dict)
    look_at = models.DateTimeField("最早的下次查看", null=True, db_index=True)

    class Meta:
        verbose_name = "在看的标段"


class Skipped(models.Model):
    """未能查看: a model failed at a lot."""

    indicator = models.CharField("指标", max_length=8)
    lot = LotCodeField("统一交易标识码", db_index=True)
    error = models.TextField("原因")
    since = models.DateTimeField("自")

    class Meta:
        verbose_name = "未能查看"
        constraints = [models.UniqueConstraint(fields=["indicator", "lot"], name="one_skip_per_lot")]


class NoteRow(models.Model):
    """记号."""

    indicator = models.CharField("指标", max_length=8)
    key = models.CharField("对象", max_length=400)
    lot = LotCodeField("统一交易标识码", db_index=True)
    ordinal = models.PositiveIntegerField("序号")
    at = models.DateTimeField("时间")
    figures = models.JSONField("数值")

    class Meta:
        verbose_name = "记号"
        indexes = [models.Index(fields=["indicator", "key"], name="notes_by_key")]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "lot", "ordinal"], name="one_note_per_place")
        ]


class Alert(models.Model):
    """预警. `height` is where it was told; None until the clock has told it."""

    code = models.CharField("编号", max_length=16, primary_key=True)
    indicator = models.CharField("指标", max_length=8, db_index=True)
    version = models.PositiveIntegerField("指标版本")
    group = models.CharField("归并键", max_length=32, db_index=True)
    grade = models.CharField("等级", max_length=8)
    lot = LotCodeField("统一交易标识码", null=True, db_index=True)
    region = RegionCodeField("行政区划", db_index=True)
    category = models.CharField("交易分类", max_length=32)
    authority = models.TextField("监督部门")
    sentence = models.TextField("一句话")
    state = models.CharField("状态", max_length=12, default=AlertState.OPEN)
    outcome = models.CharField("结论", max_length=12, default="")
    target = models.CharField("移送去向", max_length=12, default="")
    reason = models.TextField("理由", default="")
    decided_by = models.TextField("办理人", default="")
    decided_at = models.DateTimeField("办结时间", null=True)
    raised_at = models.DateTimeField("产生时间", db_index=True)
    changed_at = models.DateTimeField("最近变化")
    height = models.BigIntegerField("高度", null=True)

    class Meta:
        verbose_name = "预警"
        indexes = [models.Index(fields=["state", "-raised_at"], name="alerts_by_state")]

    def facts(self, parties: tuple[str, ...] = (), found: int = 1) -> AlertFacts:
        """The row as a value, with the parties asked for."""
        return AlertFacts(
            code=self.code,
            indicator=indicators.models()[self.indicator].indicator,
            group=self.group,
            grade=Grade(self.grade),
            lot=self.lot,
            region=self.region,
            category=self.category,
            authority=self.authority,
            parties=parties,
            sentence=self.sentence,
            state=AlertState(self.state),
            raised_at=self.raised_at,
            changed_at=self.changed_at,
            outcome=self.outcome,
            decided_at=self.decided_at,
            decided_by=self.decided_by,
            reason=self.reason,
            target=Target(self.target) if self.target else None,
            height=self.height,
            found=found,
        )


class AlertParty(models.Model):
    """预警涉及的主体. `is_told` whether the journal knows."""

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="parties", verbose_name="预警")
    party = models.CharField("主体", max_length=64, db_index=True)
    is_told = models.BooleanField("已留痕", default=False)

    class Meta:
        verbose_name = "预警涉及的主体"
        constraints = [models.UniqueConstraint(fields=["alert", "party"], name="one_party_per_alert")]


class FindingRow(models.Model):
    """发现. Derived from facts; `alert` is where it was put, `is_told` whether the journal knows."""

    uid = models.CharField("恒定编号", max_length=32, primary_key=True)
    indicator = models.CharField("指标", max_length=8)
    lot = LotCodeField("统一交易标识码", null=True, db_index=True)
    note_key = models.CharField("对象", max_length=400, default="")
    key = models.TextField("键", default="")
    region = RegionCodeField("行政区划")
    category = models.CharField("交易分类", max_length=32)
    grade = models.CharField("等级", max_length=8)
    sentence = models.TextField("一句话")
    score = models.DecimalField("分值", max_digits=9, decimal_places=6)
    parties = models.JSONField("涉及主体", default=list)
    evidence = models.JSONField("证据", default=list)
    picture = models.JSONField("图", null=True)
    phrases = models.JSONField("原文", default=list)
    first_at = models.DateTimeField("首次发现")
    last_at = models.DateTimeField("最近变化")
    due = models.DateTimeField("期限", null=True, db_index=True)
    vanished_at = models.DateTimeField("不再成立", null=True)
    alert = models.ForeignKey(Alert, models.SET_NULL, null=True, related_name="found", verbose_name="预警")
    is_suppressed = models.BooleanField("已由前次决定覆盖", default=False)
    is_past = models.BooleanField("已有后续发现", default=False)
    is_told = models.BooleanField("已留痕", default=False)

    class Meta:
        verbose_name = "发现"
        indexes = [
            models.Index(fields=["indicator", "note_key"], name="findings_by_key"),
            models.Index(fields=["indicator", "region", "category"], name="findings_by_place"),
        ]

    def facts(self) -> Found:
        """The row as a value."""
        same = (
            "uid", "indicator", "lot", "note_key", "key", "sentence", "score", "first_at", "last_at", "due",
            "vanished_at", "is_suppressed", "is_past",
        )  # fmt: skip
        return Found(
            **{name: getattr(self, name) for name in same},
            grade=Grade(self.grade),
            parties=tuple(self.parties),
            evidence=tuple(restore(Evidence, item) for item in self.evidence),
            picture=restore(Picture, self.picture) if self.picture else None,
            phrases=tuple(self.phrases),
            alert=self.alert_id or "",
        )

    @classmethod
    def of(cls, found: Found, region: str, category: str) -> "FindingRow":
        """A row of a value."""
        same = (
            "uid", "indicator", "lot", "note_key", "key", "sentence", "first_at", "last_at", "due",
            "vanished_at", "is_suppressed", "is_past",
        )  # fmt: skip
        fields: dict[str, Any] = {name: getattr(found, name) for name in same}
        return cls(
            **fields,
            region=region,
            category=category,
            grade=found.grade.value,
            score=found.score.quantize(Decimal("0.000001")),
            parties=list(found.parties),
            evidence=[body(one) for one in found.evidence],
            picture=body(found.picture) if found.picture else None,
            phrases=list(found.phrases),
            alert_id=found.alert or None,
        )


class QuestionRow(models.Model):
    """要求说明."""

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="questions", verbose_name="预警")
    party = CreditCodeField("被要求说明的单位", db_index=True)
    text = models.TextField("问题")
    due_on = models.DateField("答复期限")
    asked_at = models.DateTimeField("提出时间")
    answer = models.TextField("说明", default="")
    answered_at = models.DateTimeField("说明时间", null=True)

    class Meta:
        verbose_name = "要求说明"

    def facts(self) -> Question:
        """The row as a value."""
        return Question(**{name: getattr(self, name) for name in Question.__dataclass_fields__})


class SettingRow(models.Model):
    """参数设定. Never changed: the next one takes its place."""

    indicator = models.CharField("指标", max_length=8, db_index=True)
    region = RegionCodeField("行政区划")
    name = models.CharField("参数", max_length=40)
    text = models.TextField("值")
    reason = models.TextField("理由")
    by = models.TextField("调整人")
    since = models.DateTimeField("自")

    class Meta:
        verbose_name = "参数设定"

    def facts(self) -> Setting:
        """The row as a value."""
        return Setting(**{name: getattr(self, name) for name in Setting.__dataclass_fields__})


class Run(models.Model):
    """模型运行: when each last looked."""

    indicator = models.CharField("指标", max_length=8, primary_key=True)
    last_at = models.DateTimeField("最近运行")

    class Meta:
        verbose_name = "模型运行"


class ContractEntry(models.Model):
    """合同登记 of another register. `verdict` is matched, apart (need not be traded here) or alerted."""

    id = models.CharField("恒定编号", max_length=32, primary_key=True)
    number = models.TextField("合同编号")
    owner = CreditCodeField("业主", db_index=True)
    title = models.TextField("合同名称")
    amount = MoneyField("金额")
    signed_on = models.DateField("签订日期")
    lot = models.TextField("登记的标识码", default="")
    verdict = models.CharField("结果", max_length=8)
    reported_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "合同登记"
