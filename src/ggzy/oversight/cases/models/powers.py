"""权责事项办理的表."""

from django.db import models

from ggzy.foundation.fields import LotCodeField, RegionCodeField
from ggzy.kernel.codes import CreditCode
from ggzy.oversight.cases.values.powers import Exercise


class PowerExercise(models.Model):
    """监管事项办理 (数据集 400). Derived from the journal: one row a fact."""

    height = models.BigIntegerField("留痕序号", primary_key=True)
    kind = models.CharField("事实", max_length=60)
    power = models.CharField("权责事项", max_length=10, db_index=True)
    item = models.CharField("监管事项", max_length=200)
    basis = models.TextField("依据")
    step = models.CharField("交易环节", max_length=60)
    lot = LotCodeField("统一交易标识码", null=True, db_index=True)
    lot_title = models.CharField("标段名称", max_length=200, blank=True)
    region = RegionCodeField("行政区划", db_index=True)
    organisation = models.CharField("监管单位代码", max_length=18, blank=True)
    authority = models.CharField("监管单位", max_length=200)
    person = models.CharField("办理人", max_length=100)
    opinion = models.TextField("监管意见", blank=True)
    is_passed = models.BooleanField("是否通过")
    is_public = models.BooleanField("是否公开")
    at = models.DateTimeField("监管时间", db_index=True)

    class Meta:
        verbose_name = "监管事项办理"

    def facts(self) -> Exercise:
        return Exercise(
            power=self.power,
            item=self.item,
            basis=self.basis,
            step=self.step,
            lot=self.lot,
            lot_title=self.lot_title,
            region=self.region,
            authority=self.authority,
            person=self.person,
            opinion=self.opinion,
            is_passed=self.is_passed,
            is_public=self.is_public,
            at=self.at,
            kind=self.kind,
            height=self.height,
            organisation=CreditCode(self.organisation) if self.organisation else None,
        )
