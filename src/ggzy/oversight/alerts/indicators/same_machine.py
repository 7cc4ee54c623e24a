"""同一设备编制: two bids were made on one machine: network card, processor and disk all the same."""

from collections.abc import Iterable
from datetime import datetime

from ggzy.oversight.alerts.rules.signals import devices
from ggzy.oversight.alerts.values import Finding, Grade, Indicator, Param, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="B01",
    name="同一设备编制",
    grade=Grade.RED,
    basis="招标投标法实施条例 §40(一)(二)；政府采购货物和服务招标投标管理办法 §37(一)(二)；政府采购法实施条例 §74",
    why="不同投标人的投标文件由同一台电脑编制，依法视为由同一单位或者个人编制、办理投标事宜。",
    quiet="在交易中心现场公用设备上编制、上传；联合体成员之间；虚拟机由同一镜像克隆（应核对网卡、硬盘）。",
    params=(Param("onsite", "", "交易中心现场设备的网段，用逗号分隔", "各中心自行设定；空为没有"),),
    kinds=("bids.compared",),
    action="核对原始文件和设备情况，听取投标人说明，移送评标委员会或者立案",
    for_committee=True,
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    return (signal.finding() for signal in devices.same_machine(record, params))
