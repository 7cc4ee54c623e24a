"""部分设备特征相同: a disk or a network card alone is the same."""

from collections.abc import Iterable
from datetime import datetime

from ggzy.oversight.alerts.rules.signals import devices
from ggzy.oversight.alerts.values import Finding, Grade, Indicator, Param, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="B04",
    name="部分设备特征相同",
    grade=Grade.YELLOW,
    basis="招标投标法实施条例 §40(一)(二)；政府采购货物和服务招标投标管理办法 §37(一)(二)",
    why="硬盘或者网卡相同、其余不同，可能是更换部件后的同一设备。",
    quiet="处理器特征只说明型号，成批采购的电脑大多相同，默认不单独预警；扩展坞、外接网卡会借用。",
    params=(
        Param("onsite", "", "交易中心现场设备的网段，用逗号分隔", "各中心自行设定；空为没有"),
        Param("cpu_alone", False, "处理器型号单独相同也预警", "业内意见：仅处理器相同不能作为证据"),
    ),
    kinds=("bids.compared",),
    action="结合其他信号核对",
    for_committee=True,
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    return (signal.finding() for signal in devices.same_part(record, params))
