"""报价信号: unit prices that follow one another, totals in even steps."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ggzy.oversight.alerts.rules.signals.documents import compared
from ggzy.oversight.alerts.rules.signals.pairing import CLUE, Signal, names, parties, row
from ggzy.oversight.alerts.values import Evidence, Params
from ggzy.trading.dossier.values.record import LotRecord
from ggzy.trading.dossier.values.stages import Bid
from ggzy.trading.dossier.values.traces import PricePattern

FAMILY = "prices"


def unit_prices(record: LotRecord, params: Params) -> Iterator[Signal]:
    """单价规律: a constant ratio or difference over many items, or last figures that agree.

    Where both lists are one share of the published control prices, that explains it.
    """
    for one, other, common in compared(record):
        found = common.prices
        if found is None or found.by_control or found.items < int(params["items_min"]):
            continue
        if words := _regular(found, params):
            yield Signal(
                "B12",
                FAMILY,
                parties((one, other)),
                f"{names((one, other))}的 {found.items} 项清单单价{words}。{CLUE}",
                (
                    row(one, f"与{other.bid.name}逐项相比：{words}"),
                    Evidence("单价相同的项目", f"{found.equal * 100:.1f} %"),
                    Evidence("单价末两位相同的项目", f"{found.tails * 100:.1f} %"),
                ),
                Decimal("0.8"),
            )


def _regular(found: PricePattern, params: Params) -> str:
    if found.equal == 1:
        return "逐项完全相同"
    if found.step is not None:
        return f"逐项相差固定金额 {abs(found.step)} 元"
    if found.spread < Decimal(params["spread_max"]):
        return f"之比固定为 {found.ratio:.4f}（变异系数 {found.spread:.4f}）"
    if found.tails > Decimal(params["tails_min"]):
        return f"末两位相同的占 {found.tails * 100:.0f} %"
    return ""


def totals(record: LotRecord, params: Params) -> Iterator[Signal]:
    """总价等差: all totals lie evenly, each within so small a share of the mean of its place."""
    bids = sorted(
        (bid for bid in record.bids if bid.state == "opened" and bid.amount),
        key=lambda bid: (_fen(bid), bid.bid),
    )
    if len(bids) < int(params["bids_min"]):
        return
    step, off = _fit([_fen(bid) for bid in bids])
    limit = Decimal(params["residual_max"])
    if off < limit and step > limit * 4:
        yield Signal(
            "B13",
            FAMILY,
            tuple(sorted(str(bid.bidder) for bid in bids)),
            f"{len(bids)} 家投标总价成等差数列，公差为平均价的 {step * 100:.2f} %，偏差不超过 {off * 100:.3f} %。{CLUE}",
            tuple(Evidence(bid.name, f"{bid.price or bid.amount}", height=bid.read_height) for bid in bids),
            Decimal("0.4"),
        )


def _fen(bid: Bid) -> int:
    assert bid.amount is not None, "asked before"
    return bid.amount.fen


def _fit(amounts: Sequence[int]) -> tuple[Decimal, Decimal]:
    """Step, and the largest distance from the even place, both as shares of the mean."""
    first, count = Decimal(amounts[0]), len(amounts)
    step = (Decimal(amounts[-1]) - first) / (count - 1)
    mean = Decimal(sum(amounts)) / count
    off = max(abs(amount - (first + step * place)) for place, amount in enumerate(amounts))
    return step / mean, off / mean
