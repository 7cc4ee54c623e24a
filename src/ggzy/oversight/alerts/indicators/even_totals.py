"""总价等差: the totals of all bids lie in even steps."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from ggzy.oversight.alerts.rules.signals import prices
from ggzy.oversight.alerts.values import Finding, Grade, Indicator, Param, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="B13",
    name="总价等差",
    grade=Grade.YELLOW,
    basis="招标投标法实施条例 §40(四)；政府采购货物和服务招标投标管理办法 §37(四)",
    why="各家独立报价，四家以上总价恰好等距的可能很小。",
    quiet="投标人少、报价取整时偶然等距：真实开标数据（日本土浦市 798 个四家以上标段）中有 1.4 % 满足；费率报价折算而成。",
    params=(
        Param("bids_min", 4, "投标人至少", "监管模型库 B13", "家"),
        Param("residual_max", Decimal("0.0005"), "偏差不超过平均价的", "监管模型库 B13：0.05 %"),
    ),
    kinds=("bids.opened",),
    action="结合其他信号核对",
    for_committee=True,
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    return (signal.finding() for signal in prices.totals(record, params))
