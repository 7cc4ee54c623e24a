"""案卷的表: derived from the journal, thrown away and rebuilt at will, until a lot is archived."""

from typing import Any

from django.db import models

from ggzy.foundation.fields import CreditCodeField, LotCodeField, MoneyField, RegionCodeField
from ggzy.trading.dossier import values


class Summary(models.Model):
    """标段摘要: the row of every list. `height` is the last fact it has heard."""

    lot = LotCodeField("统一交易标识码", primary_key=True)
    stage = models.CharField("阶段", max_length=16, db_index=True)
    title = models.TextField("标段名称")
    owner = CreditCodeField("招标人", db_index=True)
    agency = CreditCodeField("招标代理机构", null=True)
    category = models.CharField("交易分类", max_length=32, db_index=True)
    region = RegionCodeField("行政区划", db_index=True)
    method = models.CharField("交易方式", max_length=32)
    nature = models.CharField("标的性质", max_length=16)
    estimate = MoneyField("估算价")
    registered_at = models.DateTimeField("登记时间")
    round = models.PositiveSmallIntegerField("轮次", default=1)
    is_suspended = models.BooleanField("暂停", default=False)
    announced_at = models.DateTimeField("公告时间", null=True)
    deadline = models.DateTimeField("投标截止时间", null=True, db_index=True)
    closed_at = models.DateTimeField("截止时间", null=True)
    submitted = models.PositiveIntegerField("投标文件数量", null=True)
    opened_at = models.DateTimeField("开标完成时间", null=True)
    publicity_until = models.DateTimeField("公示截止", null=True, db_index=True)
    winner = models.TextField("中标人", default="")
    winner_code = CreditCodeField("中标人代码", null=True)
    award_amount = MoneyField("中标价", null=True)
    award_text = models.TextField("中标价原文", default="")
    letter_code = models.CharField("通知书验证码", max_length=24, default="", db_index=True)
    letter_digest = models.CharField("通知书摘要", max_length=80, default="")
    contract_amount = MoneyField("合同价", null=True)
    height = models.BigIntegerField("高度", default=0)
    changed_at = models.DateTimeField("最近变化", null=True, db_index=True)

    class Meta:
        verbose_name = "标段摘要"

    def facts(self) -> values.Summary:
        """The row as a value."""
        names = values.Summary.__dataclass_fields__
        found: dict[str, Any] = {name: getattr(self, name) for name in names}
        return values.Summary(**{**found, "stage": values.Stage(self.stage)})


class Opening(models.Model):
    """开标计数: one row per lot, of its latest opening."""

    lot = LotCodeField("统一交易标识码", primary_key=True)
    round = models.PositiveSmallIntegerField("轮次")
    began_at = models.DateTimeField("开始时间", null=True)
    submitted = models.PositiveIntegerField("投标文件", default=0)
    released = models.PositiveIntegerField("已解密", default=0)
    decrypted = models.PositiveIntegerField("已开启", default=0)
    failed = models.PositiveIntegerField("未能开启", default=0)
    concluded_at = models.DateTimeField("结束时间", null=True)
    base_price = MoneyField("标底", null=True)
    window_until = models.DateTimeField("解密截止", null=True)

    class Meta:
        verbose_name = "开标计数"

    def facts(self, bids: tuple[values.OpenedBid, ...] = ()) -> values.OpeningChapter:
        """The row as a value, with the rows asked for."""
        names = values.OpeningChapter.__dataclass_fields__.keys() - {"bids"}
        return values.OpeningChapter(bids=bids, **{name: getattr(self, name) for name in names})


class OpenedBid(models.Model):
    """开标记录的一行."""

    lot = LotCodeField("统一交易标识码")
    seq = models.PositiveIntegerField("递交顺序")
    bid = models.CharField("投标文件", max_length=40)
    bidder = models.TextField("投标人")
    code = CreditCodeField("投标人代码", db_index=True)
    price = models.TextField("投标报价")
    amount = MoneyField("报价读数", null=True)
    period = models.TextField("工期")
    quality = models.TextField("质量")
    leader = models.TextField("项目负责人")
    note = models.TextField("备注")

    class Meta:
        verbose_name = "开标记录行"
        constraints = [models.UniqueConstraint(fields=["lot", "seq"], name="one_row_per_place")]

    def facts(self) -> values.OpenedBid:
        """The row as a value."""
        return values.OpenedBid(
            **{name: getattr(self, name) for name in values.OpenedBid.__dataclass_fields__}
        )


class Archive(models.Model):
    """归档: the digest of the exported dossier and the height it was compiled at. Final."""

    lot = LotCodeField("统一交易标识码", primary_key=True)
    digest = models.CharField("案卷摘要", max_length=80)
    height = models.BigIntegerField("高度")
    at = models.DateTimeField("归档时间")

    class Meta:
        verbose_name = "归档"


class ScannedDocument(models.Model):
    """已扫描的招标文件, or one that could not be read; not asked of again."""

    lot = LotCodeField("统一交易标识码")
    digest = models.CharField("摘要", max_length=80)
    at = models.DateTimeField("扫描时间")

    class Meta:
        verbose_name = "已扫描的招标文件"
        constraints = [models.UniqueConstraint(fields=["lot", "digest"], name="one_scan_per_document")]
