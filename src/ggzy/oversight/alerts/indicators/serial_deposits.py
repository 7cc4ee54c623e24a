"""保证金流水连号: two bidders' deposits bear numbers in a row, where the bank gave many others meanwhile."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from ggzy.oversight.alerts.rules.signals import money
from ggzy.oversight.alerts.values import Finding, Grade, Indicator, Param, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="B38",
    name="保证金流水连号",
    grade=Grade.YELLOW,
    basis="招标投标法实施条例 §39(四)(五)、§40",
    why="不同投标人的保证金一笔紧接一笔转出，像是同一个人在同一处办理。",
    quiet="流水号是收款银行的：只给保证金编号、按子账户编号、整批入账的，连号不说明问题，已排除；"
    "同一营业厅排队的两家也会连号。付款银行的凭证号、网点本平台不掌握，需向银行核对。",
    params=(
        Param("serial_minutes", 10, "到账相隔不超过", "本平台设定：一人接连办两笔所需", "分钟"),
        Param("serial_gap", 1, "流水号相差不超过", "监管模型库 §4.2：连号", "号"),
        Param("serial_others", 2, "用来估计编号快慢的其余到账至少", "两点定出快慢", "笔"),
        Param("serial_chance", Decimal("0.01"), "这样近的到账碰巧连号的概率上限", "统计惯例 1 %"),
    ),
    kinds=("bidding.closed", "auction.closed", "deposit.received", "deposit.rejected"),
    action="向付款银行核对经办人、网点和凭证",
    for_committee=True,
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    return (signal.finding() for signal in money.in_a_row(record, params))
