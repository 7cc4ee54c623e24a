"""错误雷同: rare slips that only two bids share, or a bid that names the other bidder."""

from collections.abc import Iterable
from datetime import datetime

from ggzy.oversight.alerts.rules.signals import documents
from ggzy.oversight.alerts.values import Finding, Grade, Indicator, Param, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="B11",
    name="错误雷同",
    grade=Grade.YELLOW,
    basis="招标投标法实施条例 §40(四)(五)；政府采购货物和服务招标投标管理办法 §37(四)(五)",
    why="相同的罕见错别字、错误的单位名称，很难由各自独立编制产生。",
    quiet="招标文件不同版本之间的用字差异；多数投标人都有的差错（已排除）；供应链、分包中正常提到对方名称。",
    params=(Param("slips_min", 3, "相同的罕见差错至少", "监管模型库 B11", "处"),),
    kinds=("bids.compared",),
    action="逐处核对，由评标委员会评审",
    for_committee=True,
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    return (signal.finding() for signal in documents.same_slips(record, params))
