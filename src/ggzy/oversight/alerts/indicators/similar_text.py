"""文本雷同: two bids say the same where the bidding documents did not say it for them."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from ggzy.oversight.alerts.rules.signals import documents
from ggzy.oversight.alerts.values import Finding, Grade, Indicator, Param, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="B10",
    name="文本雷同",
    grade=Grade.YELLOW,
    basis="招标投标法实施条例 §40(四)；政府采购货物和服务招标投标管理办法 §37(四)",
    why="去除招标文件原文后，独立编制的投标文件文本不会大面积相同。",
    quiet="引用同一标准规范、厂家说明书、公开范文；招标文件要求照抄的承诺（已去除）。",
    params=(Param("similarity", Decimal("0.8"), "相似度达到", "监管模型库 B10"),),
    kinds=("bids.compared",),
    action="逐段核对，由评标委员会评审",
    for_committee=True,
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    return (signal.finding() for signal in documents.similar(record, params))
