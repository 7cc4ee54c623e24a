"""同一文件创建标识或编制工具: marks of creation that only copies of one file, or one installation, share."""

from collections.abc import Iterable
from datetime import datetime

from ggzy.oversight.alerts.rules.signals import devices
from ggzy.oversight.alerts.values import Finding, Grade, Indicator, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="B03",
    name="同一文件创建标识或编制工具",
    grade=Grade.RED,
    basis="招标投标法实施条例 §40(一)(二)；政府采购货物和服务招标投标管理办法 §37(一)(二)",
    why="文件创建标识在首次建立文件时产生，复制、改名、修改都保留；编制工具的机器码对应一台设备。",
    quiet="标识来自招标文件、格式模板（已排除招标文件自带的标识）；行业协会公开的范本；Office 与 PDF 的标识只作预警。",
    kinds=("bids.compared",),
    action="核对文件来源和编制过程",
    for_committee=True,
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    return (signal.finding() for signal in devices.same_creation(record, params))
