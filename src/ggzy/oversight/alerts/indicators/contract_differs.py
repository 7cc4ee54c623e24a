"""合同与中标不一致: the contract says another sum than the award."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="P12",
    name="合同金额与中标价不一致",
    grade=Grade.RED,
    basis="招标投标法 §46；招标投标法实施条例 §57",
    why="先低价中标再在合同里加价，或者另订背离实质内容的协议。",
    quiet="中标价是费率或者单价，合同按实际工程量折算成总价；算术修正已经投标人确认。",
    kinds=("contract.drafted", "contract.signed"),
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    award, contract = record.award, record.contract
    if award is None or contract is None or award.amount is None or contract.amount is None:
        return
    difference = contract.amount.fen - award.amount.fen
    if not difference:
        return
    share = abs(Decimal(difference)) / max(award.amount.fen, 1)
    yield Finding(
        sentence=f"合同金额 {contract.amount}，中标价 {award.amount}，相差 {share * 100:.2f}%。",
        parties=(award.winner,),
        score=min(Decimal(1), Decimal("0.5") + share * 5),
        evidence=(
            Evidence("中标价", f"{award.amount}，{award.name}", award.height),
            Evidence("合同金额", str(contract.amount), contract.signed_height or contract.height),
        ),
    )
