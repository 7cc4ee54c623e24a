"""同一网络上传投标文件: two bids were carried here from one address within minutes, or from one browser."""

from collections.abc import Iterable
from datetime import datetime

from ggzy.oversight.alerts.rules.signals import network
from ggzy.oversight.alerts.values import Finding, Grade, Indicator, Param, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="B05",
    name="同一网络上传投标文件",
    grade=Grade.YELLOW,
    basis="招标投标法实施条例 §40(二)；政府采购货物和服务招标投标管理办法 §37(二)",
    why="由同一网络先后上传，可能由同一人办理投标事宜。",
    quiet="同一办公楼、产业园区、运营商共用出口、代理和虚拟专用网；在交易中心现场上传；网络地址单独不足以认定。",
    params=(
        Param("minutes", 30, "相隔不超过", "监管模型库 B05", "分钟"),
        Param("crowd", 6, "同一网络达到几家即不作区分（园区、写字楼出口）", "本平台设定", "家"),
        Param("onsite", "", "交易中心现场设备的网段，用逗号分隔", "各中心自行设定；空为没有"),
    ),
    kinds=("bidding.closed",),
    action="结合其他信号核对",
    for_committee=True,
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    return (signal.finding() for signal in network.same_upload(record, params))
