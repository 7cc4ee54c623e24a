"""竞价、报名、竞价室与报价的表."""

from typing import Any

from django.db import models
from django.db.models import Q

from ggzy.foundation.fields import CanonField, CreditCodeField, MoneyField
from ggzy.kernel import events
from ggzy.kernel.codes import LotCode
from ggzy.trading.auctions.values import (
    Amount,
    ApplicationState,
    AuctionFacts,
    AuctionState,
    AuctionTerms,
    Consent,
    Measure,
    Outcome,
    PriorityClaim,
    RoomPhase,
)

ENDED = [AuctionState.SOLD, AuctionState.CONFIRMED, AuctionState.DEFAULTED]


class Auction(models.Model):
    """竞价: one round of one lot. `secret` is what the paddle numbers are derived from, told after the end."""

    lot = models.ForeignKey("projects.Lot", models.PROTECT, related_name="+", verbose_name="标的")
    round = models.PositiveSmallIntegerField("轮次")
    format = models.CharField("竞价方式", max_length=40)
    state = models.CharField("状态", max_length=12, default=AuctionState.DRAFTED)
    terms = CanonField("公告条件", null=True)
    consent = CanonField("批准单位的同意", null=True)
    custody = CanonField("报价密钥保管方案", null=True)
    plan = CanonField("报价开启方案", null=True)
    notice = models.CharField("公告编号", max_length=80, blank=True)
    secret = models.BinaryField("号牌密值")
    announced_at = models.DateTimeField("公告时间", null=True)
    terms_at = models.DateTimeField("条件设定时间", null=True)
    first_announced_on = models.DateField("首次公告日", null=True)
    starts_at = models.DateTimeField("竞价开始", null=True)
    closed_at = models.DateTimeField("竞价结束", null=True)
    outcome = models.CharField("竞价结果", max_length=12, blank=True)
    paddle = models.PositiveSmallIntegerField("领先号牌", null=True)
    price = CanonField("领先价", null=True)
    second = CanonField("限价后竞争的数额", null=True)
    winner = CreditCodeField("竞得人", null=True)
    total = MoneyField("成交总价", null=True)
    publicity_until = models.DateTimeField("成交公示截止", null=True)
    confirm_by = models.DateTimeField("签署期限", null=True)
    contract_by = models.DateTimeField("签约期限", null=True)
    confirmation = models.CharField("成交确认书摘要", max_length=80, blank=True)
    signed = CanonField("已签署", default=list)
    confirmed_at = models.DateTimeField("成交确认时间", null=True)
    revealed_at = models.DateTimeField("号牌公开时间", null=True)
    failure = models.TextField("未成交、违约的情形", blank=True)

    class Meta:
        verbose_name = "竞价"
        constraints = [
            models.UniqueConstraint(fields=["lot", "round"], name="one_auction_per_round"),
            models.CheckConstraint(
                condition=Q(state=AuctionState.DRAFTED) | Q(terms__isnull=False, starts_at__isnull=False),
                name="announced_with_terms",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=ENDED) | Q(winner__isnull=False, total__isnull=False),
                name="sold_to_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["starts_at"], condition=Q(state=AuctionState.ANNOUNCED), name="auction_starts"
            )
        ]

    def facts(self, admitted: int = 0, *, is_prepared: bool = False) -> AuctionFacts:
        """`admitted` counts the paddles given; `is_prepared`: the room runs by the terms as they stand."""
        return AuctionFacts(
            lot=LotCode(self.lot_id),
            round=self.round,
            state=AuctionState(self.state),
            format=self.format,
            terms=events.restore(AuctionTerms, self.terms) if self.terms else None,
            announced_at=self.announced_at,
            first_announced_on=self.first_announced_on,
            admitted=admitted,
            closed_at=self.closed_at,
            outcome=Outcome(self.outcome) if self.outcome else None,
            winner=self.paddle,
            price=amount_of(self.price),
            confirmed_at=self.confirmed_at,
            signed=tuple(self.signed),
            is_prepared=is_prepared,
        )

    def consented(self) -> Consent | None:
        """批准单位的同意 to the price of this round."""
        return events.restore(Consent, self.consent) if self.consent else None


def amount_of(kept: Any) -> Amount | None:
    """A kept amount."""
    return events.restore(Amount, kept) if kept else None


class Application(models.Model):
    """竞买申请: who is behind a paddle. Told to nobody before the end."""

    auction = models.ForeignKey(Auction, models.PROTECT, related_name="+", verbose_name="竞价")
    party = CreditCodeField("竞买人")
    name = models.TextField("竞买人名称")
    state = models.CharField("状态", max_length=12, default=ApplicationState.FILED)
    documents = CanonField("申请材料", default=list)
    filed_at = models.DateTimeField("提交时间")
    reasons = CanonField("不符合的条件", default=list)
    paddle = models.PositiveSmallIntegerField("号牌", null=True)
    priority = models.PositiveSmallIntegerField("优先购买权顺位", null=True)
    claim = CanonField("优先购买权主张", null=True)

    def claimed(self) -> PriorityClaim | None:
        """优先购买权的主张; None where none was made."""
        return events.restore(PriorityClaim, self.claim) if self.claim else None

    class Meta:
        verbose_name = "竞买申请"
        constraints = [
            models.UniqueConstraint(fields=["auction", "party"], name="one_application_per_party"),
            models.UniqueConstraint(fields=["auction", "paddle"], name="one_bidder_per_paddle"),
            models.CheckConstraint(
                condition=Q(state=ApplicationState.ADMITTED, paddle__isnull=False)
                | ~Q(state=ApplicationState.ADMITTED) & Q(paddle__isnull=True),
                name="admitted_with_paddle",
            ),
        ]


class PictureRow(models.Model):
    """标的的图片和平面图, of every round, in the order of their arrival."""

    lot = models.ForeignKey("projects.Lot", models.PROTECT, related_name="+", verbose_name="标的")
    digest = models.CharField("文件摘要", max_length=80)
    picture = CanonField("图片")

    class Meta:
        verbose_name = "标的图片"
        constraints = [models.UniqueConstraint(fields=["lot", "digest"], name="one_picture_a_lot")]


class Viewing(models.Model):
    """现场踏勘的预约."""

    auction = models.ForeignKey(Auction, models.PROTECT, related_name="+", verbose_name="竞价")
    visitor = CreditCodeField("单位")
    on = models.DateTimeField("时间")

    class Meta:
        verbose_name = "踏勘预约"
        constraints = [
            models.UniqueConstraint(fields=["auction", "visitor", "on"], name="one_viewing_a_time")
        ]


class RoomRow(models.Model):
    """竞价室: what the next offer is judged by, as of `height`, and what is shown of it now.

    Whoever writes here holds `epoch`; `head` is the height of the last fact, `height` of the last in the
    snapshot.
    """

    auction = models.OneToOneField(Auction, models.PROTECT, primary_key=True, related_name="+")
    epoch = models.PositiveIntegerField("席位次数", default=0)
    head = models.BigIntegerField("末条高度", default=0)
    height = models.BigIntegerField("快照高度", default=0)
    snapshot = CanonField("快照")
    seq = models.PositiveIntegerField("报价序号", default=0)
    phase = models.CharField("阶段", max_length=12, default=RoomPhase.WAITING)
    ends_at = models.DateTimeField("阶段结束", null=True)
    is_paused = models.BooleanField("暂停", default=False)
    leader = models.PositiveSmallIntegerField("领先号牌", null=True)
    price = CanonField("当前价", null=True)
    extensions = models.PositiveIntegerField("延长次数", default=0)
    refused = models.PositiveIntegerField("未接受次数", default=0)
    keeper = models.ForeignKey(
        "Keeper", models.SET_NULL, null=True, related_name="+", verbose_name="值守进程"
    )

    class Meta:
        verbose_name = "竞价室"
        constraints = [
            models.CheckConstraint(
                condition=Q(height__lte=models.F("head")), name="snapshot_not_ahead_of_facts"
            )
        ]
        indexes = [
            models.Index(
                fields=["ends_at"],
                condition=~Q(phase=RoomPhase.CLOSED) & Q(is_paused=False),
                name="room_due",
            )
        ]


class OfferKey(models.Model):
    """报价密钥保管人的公钥, made for this auction alone."""

    auction = models.ForeignKey(Auction, models.PROTECT, related_name="+", verbose_name="竞价")
    x = models.PositiveSmallIntegerField("保管人序号")
    statement = CanonField("公钥声明")

    class Meta:
        verbose_name = "保管人公钥"
        constraints = [models.UniqueConstraint(fields=["auction", "x"], name="one_offer_key_a_holder")]


class OfferFile(models.Model):
    """密封报价文件: the package in the vault, under the digest of its manifest, which the press names."""

    auction = models.ForeignKey(Auction, models.PROTECT, related_name="+", verbose_name="竞价")
    party = CreditCodeField("竞买人")
    manifest = models.CharField("清单摘要", max_length=80)
    package = models.CharField("文件摘要", max_length=80)

    class Meta:
        verbose_name = "密封报价文件"
        constraints = [models.UniqueConstraint(fields=["auction", "manifest"], name="one_offer_file")]


class OfferRecord(models.Model):
    """已释放的份额 of one sealed offer; `manifest` is empty on the row that says a holder has released."""

    auction = models.ForeignKey(Auction, models.PROTECT, related_name="+", verbose_name="竞价")
    turn = models.PositiveSmallIntegerField("轮次")
    x = models.PositiveSmallIntegerField("保管人序号")
    manifest = models.CharField("清单摘要", max_length=80, blank=True)
    record = models.BinaryField("份额")

    class Meta:
        verbose_name = "报价密钥份额"
        constraints = [
            models.UniqueConstraint(
                fields=["auction", "turn", "x", "manifest"], name="one_offer_record_a_holder"
            )
        ]


class LotNonce(models.Model):
    """摇号随机数: promised by one party; `secret` is the platform's own, until it is told."""

    auction = models.ForeignKey(Auction, models.PROTECT, related_name="+", verbose_name="竞价")
    party = models.CharField("提供方", max_length=12)
    commitment = models.BinaryField("承诺")
    secret = models.BinaryField("平台保存的随机数", null=True)
    nonce = models.BinaryField("已公开的随机数", null=True)
    is_missed = models.BooleanField("未按时公开", default=False)

    class Meta:
        verbose_name = "摇号随机数"
        constraints = [models.UniqueConstraint(fields=["auction", "party"], name="one_lot_nonce_a_party")]


class Pulse(models.Model):
    """心跳: one row, the moment at which somebody last said that offers can be taken."""

    at = models.DateTimeField("最近心跳")

    class Meta:
        verbose_name = "平台心跳"


class Outage(models.Model):
    """平台中断. `is_done` once every room that ran then has stood still for it."""

    since = models.DateTimeField("开始")
    until = models.DateTimeField("结束")
    is_done = models.BooleanField("已停表", default=False)

    class Meta:
        verbose_name = "平台中断"
        constraints = [models.UniqueConstraint(fields=["since"], name="one_outage_at_a_time")]


class OfferRow(models.Model):
    """操作与报价: what was answered to one press, so that the same press twice is one act; and every offer.

    An offer has a `seq`, dense from 1; what was unsealed counts by itself. What the room told without a
    press (an automatic offer, an unsealed one) bears none. The database need not look for the auction of
    each row again: who writes here holds its room.
    """

    auction = models.ForeignKey(
        Auction, models.PROTECT, related_name="+", verbose_name="竞价", db_index=False, db_constraint=False
    )
    paddle = models.IntegerField("号牌")
    press = models.CharField("操作标识", max_length=64, blank=True)
    said = models.CharField("内容摘要", max_length=80, blank=True)
    height = models.BigIntegerField("事实高度", default=0)
    reasons = CanonField("未接受的理由", default=list)
    seq = models.PositiveIntegerField("报价序号", null=True)
    measure = models.CharField("计量", max_length=8, blank=True)
    units = models.BigIntegerField("数额", null=True)
    at = models.DateTimeField("时刻")
    is_automatic = models.BooleanField("自动出价", default=False)
    is_unsealed = models.BooleanField("开启所得", default=False)

    class Meta:
        verbose_name = "报价"
        constraints = [
            models.UniqueConstraint(
                fields=["auction", "is_unsealed", "seq"],
                condition=Q(seq__isnull=False),
                name="one_offer_per_seq",
            ),
            models.UniqueConstraint(
                fields=["auction", "press", "paddle"], condition=~Q(press=""), name="one_answer_per_press"
            ),
            models.CheckConstraint(
                condition=Q(units__gt=0) | Q(is_unsealed=True) | Q(seq__isnull=True),
                name="offer_above_nothing",
            ),
        ]

    @property
    def amount(self) -> Amount | None:
        return None if self.units is None else Amount(Measure(self.measure), self.units)


class Keeper(models.Model):
    """值守进程: a live process that keeps rooms, where it is found, and when it last said that it lives."""

    id = models.UUIDField(primary_key=True)
    door = models.CharField("地址", max_length=300)
    beat_at = models.DateTimeField("最近心跳")

    class Meta:
        verbose_name = "值守进程"
