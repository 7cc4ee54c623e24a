"""What a published notice said about one lot, and what it left out."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from ggzy.kernel.money import Money, Rate

ABSENT = frozenset({"", "/", "-", "—", "无", "未提供", "详见公告", "None", "nan"})
_PERCENT = re.compile(r"(?:(?P<discount>[^0-9]*下浮[^0-9]*)|[^0-9]{0,12})(?P<number>\d+(?:\.\d+)?)\s*[%％]")
_LEADING_AMOUNT = re.compile(
    r"(?:投标总?报?价|总价|报价)?[:：]?\s*(?P<amount>\d[\d,]*(?:\.\d+)?\s*(?:万元|亿元|元|万|亿)?)(?:[（(].*)?"
)


@dataclass(frozen=True)
class PriceReading:
    """报价读数: the words as published, and the number in them if there is exactly one."""

    text: str
    amount: Money | None = None
    rate: Rate | None = None
    is_discount: bool = False

    @property
    def kind(self) -> str:
        if self.amount is not None:
            return "amount"
        return "rate" if self.rate is not None else "text"


@dataclass(frozen=True)
class BidderReading:
    """投标人读数. `price` is None where the notice gives none."""

    name: str
    price: PriceReading | None
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class LotReading:
    """标段读数: everything one record says about one lot."""

    source: str
    line: int
    title: str
    round: int = 1
    published_on: date | None = None
    publicity: tuple[datetime, datetime] | None = None
    opened_at: datetime | None = None
    bidders: tuple[BidderReading, ...] = ()
    bidder_count: int | None = None
    winner: str = ""
    ceiling: Money | None = None
    award_amount: Money | None = None
    owner: str = ""
    agency: str = ""
    is_failed: bool = False
    fields: tuple[tuple[str, str], ...] = field(default=())

    @property
    def count(self) -> int | None:
        """投标人数量: as published, never below the bidders named; None if the notice is silent."""
        if self.bidder_count is None:
            return None
        return max(self.bidder_count, len(self.bidders))


@dataclass(frozen=True)
class ParcelReading:
    """宗地读数: everything a land listing notice says about one parcel. None and "" where it is silent.

    `per`: the step is money for each 亩 or ㎡; empty for the whole. `has_hours`: hours, not only days, are given.
    """

    source: str
    line: int
    title: str
    start: Money
    deposit: Money | None = None
    step: Money | None = None
    per: str = ""
    area: Decimal | None = None
    use: str = ""
    years: str = ""
    location: str = ""
    opens: datetime | None = None
    closes: datetime | None = None
    apply: tuple[datetime, datetime] | None = None
    has_hours: bool = False
    free_minutes: int | None = None
    timed_minutes: int | None = None
    fields: tuple[tuple[str, str], ...] = field(default=())
    owner: str = ""
    agency: str = ""
    round: int = 1


@dataclass(frozen=True)
class Unreadable:
    """读不出的记录: where it stands and why."""

    source: str
    line: int
    reason: str


def read_round(title: str) -> int:
    """招标轮次 from 第2次招标, （第二次）, 重新招标 and the like; 1 if the title is silent."""
    found = re.search(r"第\s*([0-9]{1,2}|[一二三四五六七八九十])\s*次", title)
    if found:
        text = found.group(1)
        return int(text) if text.isdigit() else "一二三四五六七八九十".index(text) + 1
    return 2 if re.search(r"重新招标|二次招标|再次招标", title) else 1


def read_price(text: str) -> PriceReading | None:
    """报价: an amount, a percentage or a sentence. None where nothing was given."""
    words = re.sub(r"\s+", " ", text).strip()
    if words in ABSENT:
        return None
    if words.count("%") + words.count("％") == 1 and (found := _PERCENT.fullmatch(words.rstrip("。；; "))):
        number = Decimal(found["number"])
        return PriceReading(words, rate=Rate(number / 100), is_discount=found["discount"] is not None)
    found = _LEADING_AMOUNT.fullmatch(words.rstrip("。；; "))
    if not found:
        return PriceReading(words)
    try:
        return PriceReading(words, amount=Money.parse(_to_fen(found["amount"])))
    except ValueError:
        return PriceReading(words)


def settle_small_numbers(bidders: tuple[BidderReading, ...]) -> tuple[BidderReading, ...]:
    """元/% 同栏: a lot whose bare numbers are all at most 100 was priced in percent, not in yuan."""
    bare = [b.price for b in bidders if b.price and b.price.amount and re.fullmatch(r"[\d.]+", b.price.text)]
    if not bare or len(bare) != sum(b.price is not None for b in bidders):
        return bidders
    if any(price.amount and price.amount > Money.yuan("100") for price in bare):
        return bidders
    return tuple(
        BidderReading(b.name, _as_percentage(b.price) if b.price else None, b.fields) for b in bidders
    )


def _as_percentage(price: PriceReading) -> PriceReading:
    number = Decimal(price.text)
    return PriceReading(price.text, rate=Rate(number if number <= 1 else number / 100))


def _to_fen(text: str) -> str:
    """Published totals carry spreadsheet tails (…4995.525727): a fen is where money ends."""
    found = re.fullmatch(r"([\d,]+\.\d{2})\d+(\s*元?)", text)
    return found.group(1) + found.group(2) if found else text
