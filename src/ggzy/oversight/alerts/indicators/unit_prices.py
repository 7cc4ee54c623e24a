"""单价规律性差异: unit prices of two bids follow one another over the whole list."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from ggzy.oversight.alerts.rules.signals import prices
from ggzy.oversight.alerts.values import Finding, Grade, Indicator, Param, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="B12",
    name="单价规律性差异",
    grade=Grade.YELLOW,
    basis="招标投标法实施条例 §40(四)；政府采购货物和服务招标投标管理办法 §37(四)",
    why="两份清单逐项成固定比例、固定差额，说明由一份改成另一份。",
    quiet="都按公开的控制价文件同比例下浮（已排除）；政府定价、暂估价项目本来相同；同一套定额和信息价自动组价。",
    params=(
        Param("items_min", 20, "共同的清单项目至少", "监管模型库 B12", "项"),
        Param("spread_max", Decimal("0.002"), "比值的变异系数低于", "监管模型库 B12"),
        Param("tails_min", Decimal("0.8"), "末两位相同的比例高于", "监管模型库 §6"),
    ),
    kinds=("bids.compared",),
    action="逐项核对计价文件，由评标委员会评审",
    for_committee=True,
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    return (signal.finding() for signal in prices.unit_prices(record, params))
