"""负责人相同或控股管理关系: bidders of one lot that the register shows under one person."""

from collections.abc import Iterable
from datetime import datetime

from ggzy.oversight.alerts.rules.signals import people
from ggzy.oversight.alerts.values import Finding, Grade, Indicator, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="B09",
    name="负责人相同或控股管理关系",
    grade=Grade.RED,
    basis="招标投标法实施条例 §34；政府采购法实施条例 §18",
    why="单位负责人为同一人或者存在控股、管理关系的不同单位，不得参加同一标段投标。",
    quiet="法定代表人同名而非同一人；登记信息变更后没有更新；联合体成员之间。",
    kinds=("bids.compared",),
    action="核对登记机关的股东和负责人信息",
    for_committee=True,
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    return (signal.finding() for signal in people.same_control(record, params))
