"""查阅的表."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from ggzy.kernel.codes import CreditCode
from ggzy.oversight.powers.values import Reading


class ReadingRow(models.Model):
    """查阅: who read restricted material, why, and whom it concerns."""

    height = models.BigIntegerField("留痕序号", primary_key=True)
    what = models.CharField("材料编号", max_length=60, db_index=True)
    title = models.CharField("材料", max_length=200)
    person = models.CharField("查阅人编号", max_length=32)
    organisation = models.CharField("查阅单位", max_length=200)
    role = models.CharField("身份", max_length=60)
    reason = models.TextField("事由")
    at = models.DateTimeField("查阅时间")
    concerning = ArrayField(models.CharField(max_length=18), default=list, verbose_name="有关主体")

    class Meta:
        verbose_name = "查阅"
        indexes = [GinIndex(fields=["concerning"], name="readings_by_party")]

    def facts(self) -> Reading:
        return Reading(
            what=self.what,
            title=self.title,
            person=self.person,
            organisation=self.organisation,
            role=self.role,
            reason=self.reason,
            at=self.at,
            height=self.height,
            concerning=tuple(CreditCode(code) for code in self.concerning),
        )
