"""书面报告逾期: not filed with the supervisors within the days after the award."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from ggzy.kernel.roles import Role
from ggzy.oversight.alerts.rules import limits
from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="P17",
    name="招标投标情况书面报告逾期",
    grade=Grade.YELLOW,
    basis="招标投标法 §47",
    why="不报告，监督部门就看不到招标的全貌。",
    quiet="报告已经线下送达，尚未登记。",
    kinds=("award.made", "award.reported", "award.ended", "award.refused"),
    lead=timedelta(days=3),
    owed_by=Role.OWNER,
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    award = record.award
    if award is None or award.ended_at is not None or not record.registered.must_tender:
        return
    term = limits.term(record, "tender.report_days_max", award.at, at)
    if term is not None:
        made = Evidence("定标", limits.moment(award.at), award.height)
        yield from limits.kept(
            "提交招标投标情况书面报告",
            term.ends,
            award.reported_at,
            at,
            key="report",
            evidence=[made, term.rule],
        )
