"""集中递交: most bids of a lot came within one minute."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from ggzy.oversight.alerts.rules.signals import network
from ggzy.oversight.alerts.values import Finding, Grade, Indicator, Param, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="B27",
    name="集中递交",
    grade=Grade.YELLOW,
    basis="招标投标法实施条例 §40(二)；政府采购货物和服务招标投标管理办法 §37(二)",
    why="一伙投标人往往由同一人接连递交。",
    quiet="临近截止集中递交是常见习惯；投标人多的标段不作比较（须占半数以上）。",
    params=(
        Param("uploads_min", 5, "递交份数至少", "监管模型库 B27", "份"),
        Param("seconds", 60, "时间窗", "监管模型库 B27", "秒"),
        Param("share_min", Decimal("0.5"), "占全部投标文件的比例至少", "本平台设定"),
    ),
    kinds=("bidding.closed",),
    action="结合其他信号核对",
    for_committee=True,
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    return (signal.finding() for signal in network.burst(record, params))
