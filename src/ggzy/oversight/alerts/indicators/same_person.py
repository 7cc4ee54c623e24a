"""投标人员或联系方式相同: one person stands in two bids, or one telephone answers for two bidders."""

from collections.abc import Iterable
from datetime import datetime

from ggzy.oversight.alerts.rules.signals import people
from ggzy.oversight.alerts.values import Finding, Grade, Indicator, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="B08",
    name="投标人员或联系方式相同",
    grade=Grade.RED,
    basis="招标投标法实施条例 §40(三)；政府采购货物和服务招标投标管理办法 §37(三)",
    why="项目管理成员或者联系人为同一人，依法视为串通投标。",
    quiet="同名不等于同一人，只有姓名相同时作预警；招标人、代理机构的电话被抄入（已排除）；园区总机。",
    kinds=("bids.compared",),
    action="核对身份证件、劳动合同、社会保险缴纳单位",
    for_committee=True,
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    return (signal.finding() for signal in people.same_person(record, params))
