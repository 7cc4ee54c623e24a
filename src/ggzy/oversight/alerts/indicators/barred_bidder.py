"""禁入主体参加投标: a ban was in force against a bidder when the bids were opened."""

from collections.abc import Iterable
from datetime import datetime

from ggzy.oversight.alerts.rules.signals import people
from ggzy.oversight.alerts.values import Finding, Grade, Indicator, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="B31",
    name="禁入主体参加投标",
    grade=Grade.RED,
    basis="招标投标法实施条例 §34、§67；政府采购法 §22",
    why="禁入期内的主体不得参加投标，其投标无效。",
    quiet="处罚在递交之后、开标之前作出；处罚已被撤销或者停止执行而登记尚未更新。",
    kinds=("bids.compared",),
    action="核对处罚决定的范围和期限，通知招标人",
    for_committee=True,
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    return (signal.finding() for signal in people.barred(record, params))
