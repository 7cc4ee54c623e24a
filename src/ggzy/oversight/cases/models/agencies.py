"""代理机构执业的表."""

from django.db import models

from ggzy.foundation.fields import CreditCodeField, LotCodeField, RegionCodeField
from ggzy.oversight.cases.values.agencies import PracticeFact


class PracticeRow(models.Model):
    """计入执业评价的事实. Derived from the journal; `registered_at` is the lot's, for a lot counts as a whole."""

    agency = CreditCodeField("代理机构")
    lot = LotCodeField("统一交易标识码")
    region = RegionCodeField("行政区划")
    item = models.CharField("项目", max_length=20)
    text = models.TextField("内容")
    at = models.DateTimeField("时间")
    height = models.BigIntegerField("留痕序号")
    registered_at = models.DateTimeField("标段登记时间", db_index=True)

    class Meta:
        verbose_name = "执业事实"
        constraints = [models.UniqueConstraint(fields=["height", "item"], name="one_practice_row_per_item")]
        indexes = [models.Index(fields=["agency", "registered_at"], name="practice_by_agency")]

    def facts(self) -> PracticeFact:
        return PracticeFact(self.item, self.lot, self.text, self.at, self.height)
