"""投诉逾期: not accepted or refused, or not decided, within its working days."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from ggzy.kernel.instants import end_of_day
from ggzy.kernel.roles import Role
from ggzy.oversight.alerts.rules import limits
from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="P18",
    name="投诉逾期未受理或者未决定",
    grade=Grade.RED,
    basis="招标投标法实施条例 §61；政府采购法 §56",
    why="监督部门自己的期限：逾期不答复，投诉人的权利落空。",
    quiet="检验、检测、鉴定和专家评审的时间不计入，扣除期间尚未登记。",
    kinds=(
        "complaint.filed", "complaint.accepted", "complaint.stayed", "complaint.refused",
        "complaint.postponed", "complaint.withdrawn", "complaint.decided",
    ),
    lead=timedelta(days=5),
    owed_by=Role.SUPERVISOR,
)  # fmt: skip


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    for one in record.complaints:
        filed = Evidence("收到投诉", limits.moment(one.at), one.height)
        accepted = one.accepted_at or one.ended_at
        yield from limits.kept(
            "受理投诉",
            end_of_day(one.accept_by),
            accepted,
            at,
            key=f"{one.complaint}|accept",
            evidence=[filed],
        )
        if one.decide_by is not None:
            yield from limits.kept(
                "处理投诉", end_of_day(one.decide_by), one.ended_at, at, key=f"{one.complaint}|decide",
                evidence=[filed],
            )  # fmt: skip
