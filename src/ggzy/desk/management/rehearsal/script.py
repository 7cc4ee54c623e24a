"""演练剧本: a reading made whole. What the notice lacks is invented here, once, and counted."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ggzy.desk.management.rehearsal.cast import invented_names
from ggzy.desk.management.rehearsal.readings import BidderReading, LotReading, PriceReading
from ggzy.desk.management.rehearsal.schedule import Schedule
from ggzy.kernel.money import Money, Rate

BIDDERS_MIN = 3
CANDIDATES_MAX = 3
ESTIMATE = Money.yuan("5000000")
SERVICES = re.compile("设计|监理|勘察|咨询|服务|代建|测绘|造价|评估|检测")
GOODS = re.compile("采购|设备|材料|家具|货物")


@dataclass(frozen=True)
class BidScript:
    """一份投标. `rank` is its place in the published result, None for bidders the notice does not rank."""

    name: str
    price: PriceReading
    rank: int | None
    is_invented: bool


@dataclass(frozen=True)
class Script:
    """一个标段的剧本. `said` tells what was invented or moved; `failed` are the rounds that come first."""

    reading: LotReading
    title: str
    nature: str
    estimate: Money
    ceiling: Money | None
    price_form: str
    scoring: str
    bids: tuple[BidScript, ...]
    failed: tuple[tuple[BidScript, ...], ...]
    schedule: Schedule
    said: tuple[str, ...]


def write(reading: LotReading, schedule: Schedule) -> Script:
    """写成剧本."""
    said = list(schedule.moved)
    named = _ranked(reading)
    too_few = reading.is_failed or (reading.count is not None and reading.count < BIDDERS_MIN)
    wanted = max(reading.count or 0, len(named), BIDDERS_MIN)
    ceiling, award = _limits(reading, said)
    form = _price_form(named)
    bids = tuple(_bids(reading, named, wanted, ceiling or ESTIMATE, award, said))
    first_failed = (_few(reading, bids, said),) if too_few else ()
    earlier = ((),) * (min(reading.round, 5) - 1)
    if earlier:
        said.append(f"公告是第 {reading.round} 次招标，此前 {len(earlier)} 次流标为虚构")
    has_ranks = any(bid.rank for bid in bids)
    return Script(
        reading=reading,
        title=reading.title,
        nature=_nature(reading.title),
        estimate=_estimate(bids, ceiling),
        ceiling=ceiling if form == "amount" else None,
        price_form=form,
        scoring="comprehensive" if has_ranks or form != "amount" else "lowest_price",
        bids=bids,
        failed=(*earlier, *first_failed),
        schedule=schedule,
        said=tuple(said),
    )


def _ranked(reading: LotReading) -> tuple[BidderReading, ...]:
    return reading.bidders


def _limits(reading: LotReading, said: list[str]) -> tuple[Money | None, Money | None]:
    """Ceiling and award as published; an award above its ceiling speaks against the ceiling."""
    ceiling, award = reading.ceiling, reading.award_amount
    if ceiling and award and award > ceiling:
        said.append(f"公告的限价 {ceiling.figures()} 元低于中标价 {award.figures()} 元，不作限价")
        return None, award
    return ceiling, award


def _price_form(named: Sequence[BidderReading]) -> str:
    kinds = {b.price.kind for b in named if b.price}
    return kinds.pop() if len(kinds) == 1 else ("text" if kinds else "amount")


def _bids(
    reading: LotReading,
    named: Sequence[BidderReading],
    wanted: int,
    around: Money,
    award: Money | None,
    said: list[str],
) -> Iterator[BidScript]:
    model = next((b.price for b in named if b.price), None)
    lacking = 0
    for number, bidder in enumerate(named):
        lacking += bidder.price is None
        price = bidder.price or _invented_price(number, wanted, model, around, award)
        yield BidScript(bidder.name, price, number + 1, is_invented=False)
    missing = wanted - len(named)
    names = invented_names(missing, frozenset(b.name for b in named))
    for number, name in enumerate(names, start=len(named)):
        price = _invented_price(number, wanted, model, around, award)
        yield BidScript(name, price, None, is_invented=True)
    if lacking:
        said.append(f"{lacking} 项报价公告未给出，已虚构")
    if missing > 0:
        said.append(f"虚构投标人 {missing} 家及其报价")
    if len(named) > CANDIDATES_MAX:
        said.append(f"公告列出 {len(named)} 家，依法只推荐前 {CANDIDATES_MAX} 名")
    if not reading.opened_at and not reading.publicity and not reading.published_on:
        said.append("公告没有日期，日程为虚构")


def _invented_price(
    number: int, wanted: int, model: PriceReading | None, around: Money, award: Money | None
) -> PriceReading:
    """虚构报价: the first is the published award if there is one, the others lie above it, close together."""
    if model is not None and model.amount is None:
        if model.rate is None:
            return PriceReading(f"{model.text}（虚构第{number + 1}份）")
        shift = Rate(max(model.rate.value * (100 + number % 7) / 100, model.rate.value))
        return replace(model, text=shift.percent_text(), rate=shift)
    base = award.fen if award else (model.amount.fen if model and model.amount else around.fen * 86 // 100)
    top = max(around.fen, base)
    fen = base + (top - base) * number // max(wanted * 2, 1) + (number if award or model else 0)
    price = Money(max(fen, 1))
    return PriceReading(f"{price.figures()} 元", amount=price)


def _few(reading: LotReading, bids: Sequence[BidScript], said: list[str]) -> tuple[BidScript, ...]:
    count = min(reading.count if reading.count is not None else 2, BIDDERS_MIN - 1)
    said.append(f"投标人 {count} 家，不足 {BIDDERS_MIN} 家，流标后进入新一轮")
    return tuple(bids[:count])


def _estimate(bids: Sequence[BidScript], ceiling: Money | None) -> Money:
    if ceiling is not None:
        return ceiling
    amounts = [bid.price.amount for bid in bids if bid.price.amount is not None]
    return Money(max(a.fen for a in amounts) * 105 // 100) if amounts else ESTIMATE


def _nature(title: str) -> str:
    if SERVICES.search(title):
        return "services"
    return "goods" if GOODS.search(title) else "works"
