"""项目与标段的表."""

from __future__ import annotations

import json
from datetime import datetime
from functools import lru_cache

from django.db import models

from ggzy.foundation.fields import (
    CanonField,
    CreditCodeField,
    LotCodeField,
    MoneyField,
    ProjectCodeField,
    RegionCodeField,
)
from ggzy.kernel import events
from ggzy.registers.catalog.values import Particular, Rulebook
from ggzy.trading.projects import rules
from ggzy.trading.projects.values import (
    PHASE_LABELS,
    LotFacts,
    LotOrder,
    Nature,
    Phase,
    PriceForm,
    ProjectFacts,
    Still,
)


class Project(models.Model):
    """项目."""

    code = ProjectCodeField("项目编号", primary_key=True)
    title = models.CharField("项目名称", max_length=200)
    owner = CreditCodeField("招标人", db_index=True)
    agency = CreditCodeField("招标代理机构", null=True, db_index=True)
    region = RegionCodeField("行政区划", db_index=True)
    funding = models.TextField("资金来源", blank=True)
    approval = models.TextField("审批、核准文号", blank=True)
    invest_code = models.CharField("投资项目统一代码", max_length=40, blank=True)
    registered_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "项目"

    def facts(self) -> ProjectFacts:
        return ProjectFacts(
            code=self.code,
            title=self.title,
            owner=self.owner,
            agency=self.agency,
            region=self.region,
            funding=self.funding,
            approval=self.approval,
            invest_code=self.invest_code,
            registered_at=self.registered_at,
        )


class Lot(models.Model):
    """标段. The rulebook is the copy taken at registration and never changes."""

    code = LotCodeField("统一交易标识码", primary_key=True)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+", verbose_name="项目")
    title = models.CharField("标段名称", max_length=200)
    content = models.TextField("采购内容")
    # The relation decides who may see a lot; it is asked on every page, so it stands in the row.
    owner = CreditCodeField("招标人", db_index=True)
    agency = CreditCodeField("招标代理机构", null=True, db_index=True)
    region = RegionCodeField("行政区划", db_index=True)
    category = models.CharField("交易分类", max_length=40, db_index=True)
    classification = models.CharField("目录判定", max_length=20)
    must_tender = models.BooleanField("必须招标")
    nature = models.CharField("标的性质", max_length=10, choices=[(n.value, n.label) for n in Nature])
    method = models.CharField("交易方式", max_length=40)
    scoring = models.CharField("评审办法", max_length=40)
    estimate = MoneyField("估算价")
    price_form = models.CharField("报价形式", max_length=10, choices=[(f.value, f.label) for f in PriceForm])
    period = models.CharField("工期或交货期", max_length=200, blank=True)
    quality = models.CharField("质量要求", max_length=200, blank=True)
    particulars = CanonField("标的情况", default=list)
    rulebook = CanonField("交易规则（登记时版本）")
    rulebook_digest = models.CharField("交易规则摘要", max_length=80)
    round = models.PositiveSmallIntegerField("招标次数", default=1)
    phase = models.CharField(
        "阶段", max_length=12, choices=[(p.value, label) for p, label in PHASE_LABELS.items()]
    )
    suspended = models.BooleanField("已暂停", default=False)
    terminated_at = models.DateTimeField("终止时间", null=True)
    orders = CanonField("未办结的责令", default=list)
    registered_at = models.DateTimeField("登记时间", db_index=True)

    class Meta:
        verbose_name = "标段"
        constraints = [
            models.CheckConstraint(condition=models.Q(estimate__gt=0), name="lot_estimate_positive"),
            models.CheckConstraint(condition=models.Q(round__gte=1), name="lot_round_from_one"),
        ]

    def facts(self, stills: tuple[Still, ...]) -> LotFacts:
        """The lot as a value; `stills` are the running causes for which its clocks stand."""
        return LotFacts(
            code=self.code,
            title=self.title,
            project=self.project.code,
            project_title=self.project.title,
            owner=self.owner,
            agency=self.agency,
            category=self.category,
            nature=self.nature,
            region=self.region,
            method=self.method,
            scoring=self.scoring,
            estimate=self.estimate,
            price_form=self.price_form,
            must_tender=self.must_tender,
            rulebook=_rulebook(json.dumps(self.rulebook, sort_keys=True)),
            round=self.round,
            phase=Phase(self.phase),
            registered_at=self.registered_at,
            terminated=self.terminated_at is not None,
            standing=rules.standing(stills),
            suspended=self.suspended,
            content=self.content,
            funding=self.project.funding,
            approval=self.project.approval,
            period=self.period,
            quality=self.quality,
            particulars=tuple(events.restore(Particular, one) for one in self.particulars),
            orders=tuple(events.restore(LotOrder, one) for one in self.orders),
        )


class Standstill(models.Model):
    """停表: one cause for which the clocks of a lot stood still."""

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="+", verbose_name="标段")
    cause = models.CharField("原因", max_length=100)
    since = models.DateTimeField("开始时间")
    until = models.DateTimeField("结束时间", null=True)

    class Meta:
        verbose_name = "停表"
        constraints = [
            models.UniqueConstraint(
                fields=["lot", "cause"], condition=models.Q(until__isnull=True), name="one_running_cause"
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="standstill_ends_after_start",
            ),
        ]

    def facts(self) -> Still:
        return Still(self.cause, self.since, self.until)

    def end(self, at: datetime) -> None:
        self.until = max(at, self.since)
        self.save(update_fields=["until"])


class Serial(models.Model):
    """序号: the last number given out under a name; its row lock orders those who ask."""

    name = models.CharField("名称", max_length=40, primary_key=True)
    last = models.PositiveIntegerField("最后序号")

    class Meta:
        verbose_name = "序号"


@lru_cache(maxsize=256)
def _rulebook(text: str) -> Rulebook:
    """Most lots of a year share one rulebook; reading it again for each of them is waste."""
    return Rulebook.read(json.loads(text))
