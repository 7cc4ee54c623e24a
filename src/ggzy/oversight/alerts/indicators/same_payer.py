"""同一账户缴纳保证金: one account paid for several bidders, or one telephone asked for their guarantees."""

from collections.abc import Iterable
from datetime import datetime

from ggzy.oversight.alerts.rules.signals import money
from ggzy.oversight.alerts.values import Finding, Grade, Indicator, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="B07",
    name="同一账户缴纳保证金",
    grade=Grade.RED,
    basis="招标投标法实施条例 §40(六)；政府采购货物和服务招标投标管理办法 §37(六)",
    why="不同投标人的保证金从同一单位或者个人的账户转出，依法视为串通投标。",
    quiet="同一家银行、同一支行、同一保函出具机构不作为依据；母公司资金池代付需核对；未认款的来账只作预警。",
    kinds=(
        "bidding.closed",
        "deposit.received",
        "deposit.rejected",
        "guarantee.placed",
    ),
    action="向银行核对付款凭证",
    for_committee=True,
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    return (signal.finding() for signal in money.same_payer(record, params))
