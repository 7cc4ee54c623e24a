"""竞买保证金同源: in a sale of land or assets, one account financed several bidders."""

from collections.abc import Iterable
from datetime import datetime

from ggzy.oversight.alerts.rules.signals import money
from ggzy.oversight.alerts.values import Finding, Grade, Indicator, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="B32",
    name="竞买保证金同源",
    grade=Grade.YELLOW,
    basis="招标拍卖挂牌出让国有建设用地使用权规定 §25；企业国有资产交易监督管理办法 §58",
    why="多家竞买人的保证金出自同一账户，可能串通压价。",
    quiet="联合竞买的成员；同一集团资金池代付需核对；同一家银行不作为依据。",
    kinds=(
        "auction.closed",
        "deposit.received",
        "deposit.rejected",
    ),
    action="向银行核对付款凭证",
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    return (signal.finding() for signal in money.financed(record, params))
