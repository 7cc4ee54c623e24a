"""同一计价软件加密锁: two priced files were made with one lock."""

from collections.abc import Iterable
from datetime import datetime

from ggzy.oversight.alerts.rules.signals import devices
from ggzy.oversight.alerts.values import Finding, Grade, Indicator, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="B02",
    name="同一计价软件加密锁",
    grade=Grade.RED,
    basis="招标投标法实施条例 §40(一)；政府采购货物和服务招标投标管理办法 §37(一)",
    why="计价软件加密锁一把一号，两份计价文件锁号相同，说明出自同一单位或者个人。",
    quiet="锁号来自招标人提供的清单、公开的控制价文件（已排除）；多家单位合法委托同一家造价咨询单位，需核对委托合同。",
    kinds=("bids.compared",),
    action="核对计价文件原件和加密锁购买、借用记录",
    for_committee=True,
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    return (signal.finding() for signal in devices.same_lock(record, params))
