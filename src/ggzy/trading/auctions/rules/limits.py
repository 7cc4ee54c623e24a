"""公告的数额与规则: what the notice sets, held against each number of the lot's own rulebook."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

from ggzy.kernel.money import Money, Rate
from ggzy.kernel.verdict import Reason
from ggzy.registers.catalog.values import Limit
from ggzy.trading.auctions.values import AuctionTerms, Consent, Format
from ggzy.trading.projects.values import LotFacts

ONE = Decimal(1)


@dataclass(frozen=True)
class Draft:
    """待发布的公告, with the consent to its price, if there is one."""

    lot: LotFacts
    format: Format
    terms: AuctionTerms
    consent: Consent | None = None

    def of_floor(self, share: Decimal) -> Money:
        """That share of the start price."""
        return self.terms.floor.times(Rate(share))

    def of_appraisal(self, share: Decimal) -> Money:
        """That share of the appraised value; nothing where none was made."""
        return self.terms.appraisal.times(Rate(share)) if self.terms.appraisal else Money.zero

    @property
    def window(self) -> tuple[int, int]:
        return (self.terms.format.timing.window_s, self.terms.format.timing.length_s)

    @property
    def length(self) -> timedelta:
        return self.terms.format.timing.ends_at - self.terms.format.timing.starts_at


class Line(NamedTuple):
    """一项限额: its name in the rulebook, what must hold, and the words for when it does not.

    The words may use {value}, {percent}, and {amount}, which is the share of what `amount` gives.
    """

    name: str
    holds: Callable[[Draft, Decimal], bool]
    code: str
    text: str
    remedy: str = ""
    amount: Callable[[Draft, Decimal], Money] = Draft.of_floor


LINES = (
    Line(
        "deposit.rate_min",
        lambda it, share: it.terms.deposit >= it.of_floor(share),
        "deposit_too_low",
        "竞买保证金低于起始价的 {percent}",
        "不得低于 {amount}",
    ),
    Line(
        "deposit.rate_max",
        lambda it, share: it.terms.deposit <= it.of_floor(share),
        "deposit_too_high",
        "竞买保证金超过起始价的 {percent}",
        "不得高于 {amount}",
    ),
    Line(
        "price.appraisal_needed",
        lambda it, _: it.terms.appraisal is not None,
        "no_appraisal",
        "请填写评估结果",
    ),
    Line(
        "price.first_rate_min",
        lambda it, share: it.lot.round > 1 or it.terms.floor >= it.of_appraisal(share),
        "price_too_low",
        "首次公告的起始价低于评估结果的 {percent}",
        "不得低于 {amount}",
        Draft.of_appraisal,
    ),
    Line(
        "price.consent_rate_min",
        lambda it, share: it.consent is not None or it.terms.floor >= it.of_appraisal(share),
        "consent_missing",
        "起始价低于评估结果的 {percent}，应取得批准单位的书面同意",
        "不需同意的最低价为 {amount}",
        Draft.of_appraisal,
    ),
    Line(
        "payment.first_rate_min",
        lambda it, share: it.terms.payment.first.value >= share,
        "first_payment",
        "首期付款低于总价的 {percent}",
    ),
    Line(
        "payment.first_days_max",
        lambda it, days: it.terms.payment.first_days <= days,
        "first_payment_days",
        "首期付款期限超过 {value} 日",
    ),
    Line(
        "payment.all_days_max",
        lambda it, days: it.terms.payment.all_days <= days,
        "payment_days",
        "全部价款的付款期限超过 {value} 日",
    ),
    Line(
        "commission.rate_max",
        lambda it, share: it.terms.commission.value <= share,
        "commission",
        "佣金超过成交价的 {percent}",
    ),
    Line(
        "{format}.bidders_min",
        lambda it, count: it.terms.format.bidders_min >= count,
        "bidders_min",
        "最少竞买人数低于 {value} 人",
    ),
    Line(
        "contest.hours_min",
        lambda it, hours: it.length >= timedelta(hours=int(hours)),
        "contest_too_short",
        "竞价时间少于 {value} 小时",
    ),
    Line(
        "contest.extension_minutes",
        lambda it, minutes: it.window == (int(minutes) * 60,) * 2,
        "extension",
        "竞价结束前 {value} 分钟内有人出价的，应自该次出价起顺延 {value} 分钟",
    ),
)


def broken(draft: Draft) -> Iterator[tuple[Limit, Reason]]:
    """不合规的数额: each number that is not kept, with the reason. What is only advised is among them."""
    for line in LINES:
        limit = draft.lot.rulebook.get(line.name.format(format=draft.format.code))
        if limit is not None and not line.holds(draft, limit.value):
            yield limit, _reason(line, draft, limit)


def _reason(line: Line, draft: Draft, limit: Limit) -> Reason:
    given = {
        "value": limit.value,
        "percent": Rate(limit.value).percent_text(),
        "amount": line.amount(draft, limit.value),
    }
    return Reason(line.code, line.text.format(**given), limit.article, line.remedy.format(**given))
