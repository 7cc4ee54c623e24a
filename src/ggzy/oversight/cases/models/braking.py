"""刹车的表."""

from datetime import datetime

from django.db import models

from ggzy.foundation.fields import RegionCodeField
from ggzy.oversight.cases.rules import braking as rules
from ggzy.oversight.cases.values.braking import BrakeFacts


class Brake(models.Model):
    """暂停令. One in force a lot."""

    lot = models.ForeignKey("projects.Lot", models.PROTECT, related_name="+", verbose_name="标段")
    lot_title = models.CharField("标段名称", max_length=200)
    region = RegionCodeField("行政区划", db_index=True)
    authority = models.CharField("作出机关", max_length=200)
    reason = models.TextField("原因")
    article = models.CharField("依据", max_length=200)
    review_on = models.DateField("复查日期", db_index=True)
    pulled_at = models.DateTimeField("暂停时间")
    released_at = models.DateTimeField("解除时间", null=True)

    class Meta:
        verbose_name = "暂停令"
        constraints = [
            models.UniqueConstraint(
                fields=["lot"], condition=models.Q(released_at__isnull=True), name="one_brake_in_force"
            ),
        ]

    def facts(self, at: datetime) -> BrakeFacts:
        return BrakeFacts(
            lot=self.lot_id,
            lot_title=self.lot_title,
            authority=self.authority,
            reason=self.reason,
            article=self.article,
            review_on=self.review_on,
            pulled_at=self.pulled_at,
            released_at=self.released_at,
            is_overdue=rules.is_overdue(self.review_on, self.released_at, at),
        )
