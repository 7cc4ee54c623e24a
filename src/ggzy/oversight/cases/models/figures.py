"""监督数据的表."""

from django.db import models

from ggzy.foundation.fields import CreditCodeField, LotCodeField, MoneyField, RegionCodeField
from ggzy.oversight.cases.values.figures import Outcome


class OutcomeRow(models.Model):
    """标段的结果. Derived from the lot's record; gone while a new round runs."""

    lot = LotCodeField("统一交易标识码", primary_key=True)
    region = RegionCodeField("行政区划", db_index=True)
    category = models.CharField("交易分类", max_length=32)
    at = models.DateTimeField("定标（流标）时间", db_index=True)
    is_failed = models.BooleanField("流标")
    is_sold = models.BooleanField("出让、转让")
    estimate = MoneyField("估算价")
    amount = MoneyField("成交价", null=True)
    winner = CreditCodeField("中标人代码", null=True)
    winner_name = models.TextField("中标人", default="")
    winner_region = RegionCodeField("中标人注册地", null=True)
    announced_at = models.DateTimeField("公告时间", null=True)
    bidders = models.PositiveIntegerField("投标人数", null=True)
    objections = models.PositiveIntegerField("异议", default=0)
    complaints = models.PositiveIntegerField("投诉", default=0)

    class Meta:
        verbose_name = "标段的结果"

    def facts(self) -> Outcome:
        return Outcome(**{name: getattr(self, name) for name in Outcome.__dataclass_fields__})
