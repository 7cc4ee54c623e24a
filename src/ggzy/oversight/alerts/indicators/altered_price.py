"""中标价、合同价走样: the award is not the bid, or the contract is not the award."""

from collections.abc import Iterable
from datetime import datetime

from ggzy.kernel.money import Money
from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Params
from ggzy.trading.dossier.values.record import LotRecord
from ggzy.trading.dossier.values.stages import Bid

INDICATOR = Indicator(
    code="B29",
    name="中标价与报价、合同价与中标价不一致",
    grade=Grade.RED,
    basis="招标投标法 §43、§46、§59；招标投标法实施条例 §57；政府采购法 §46",
    why="中标之后再谈价格，等于另做了一次没有人看见的交易。",
    quiet="税率调整；经投标人确认的算术修正已按修正后的价格比较。",
    kinds=("award.made", "contract.drafted", "contract.signed", "correction.answered"),
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    award, contract = record.award, record.contract
    bid = record.bid_of(award.winner) if award else None
    offered = _offered(record, bid) if bid else None
    if award and award.amount and bid and offered and award.amount != offered:
        yield _finding("award", "中标价", award.amount, award.height, "投标报价", offered, bid.height)
    if award and award.amount and contract and contract.amount and contract.amount != award.amount:
        height = contract.signed_height or contract.height
        yield _finding("contract", "合同价", contract.amount, height, "中标价", award.amount, award.height)


def _offered(record: LotRecord, bid: Bid) -> Money | None:
    """The price of the bid; as corrected, where the bidder accepted a correction of its arithmetic."""
    corrected = record.evaluation.corrected if record.evaluation else ()
    return next((one.after for one in corrected if one.bid == bid.bid and one.is_accepted), bid.amount)


def _finding(
    key: str, later: str, after: Money, height: int, earlier: str, before: Money, before_height: int
) -> Finding:
    gap = after.fen - before.fen
    return Finding(
        key=key,
        sentence=(
            f"{later} {after.figures()} 元，与{earlier} {before.figures()} 元不一致，"
            f"{'多' if gap > 0 else '少'} {Money(abs(gap)).figures()} 元。"
        ),
        evidence=(
            Evidence(earlier, f"{before.figures()} 元", before_height),
            Evidence(later, f"{after.figures()} 元", height),
        ),
    )
