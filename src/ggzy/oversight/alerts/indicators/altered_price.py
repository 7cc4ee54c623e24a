"""中标价、合同价走样: the award is not the bid, or the contract is not the award."""

from collections.abc import Iterable
from datetime import datetime

from ggzy.kernel.money import Money
from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="B29",
    name="中标价与报价、合同价与中标价不一致",
    grade=Grade.RED,
    basis="招标投标法 §43、§46、§59；招标投标法实施条例 §57；政府采购法 §46",
    why="中标之后再谈价格，等于另做了一次没有人看见的交易。",
    quiet="评标委员会依法修正的算术错误（在评标报告中有记录）；税率调整。",
    kinds=("award.made", "contract.drafted", "contract.signed", "price.corrected"),
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    award, contract = record.award, record.contract
    bid = record.bid_of(award.winner) if award else None
    if award and award.amount and bid and bid.amount and award.amount != bid.amount:
        yield _finding("award", "中标价", award.amount, award.height, "投标报价", bid.amount, bid.height)
    if award and award.amount and contract and contract.amount and contract.amount != award.amount:
        height = contract.signed_height or contract.height
        yield _finding("contract", "合同价", contract.amount, height, "中标价", award.amount, award.height)


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
