"""异议逾期未答复: not answered by its last day, and the process goes on all the same."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from ggzy.kernel.instants import end_of_day
from ggzy.kernel.roles import Role
from ggzy.oversight.alerts.rules import limits
from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="P13",
    name="异议逾期未答复",
    grade=Grade.YELLOW,
    basis="招标投标法实施条例 §22、§44、§54",
    why="异议是投诉的前提；不答复而继续招标，投标人失去救济。",
    quiet="当日已当面答复，次日才登记；异议人补充材料，双方同意延后。",
    kinds=(
        "objection.raised", "objection.answered", "objection.withdrawn", "opening.began", "award.made",
        "bidding.closed",
    ),
    lead=timedelta(days=1),
    owed_by=Role.OWNER,
)  # fmt: skip


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    for one in record.objections:
        if one.withdrawn_at is not None:
            continue
        # The objection itself stops the clock: its own limit does not wait for it.
        ends = end_of_day(one.due_on)
        went_on = _went_on(record, ends)
        raised = Evidence("提出异议", limits.moment(one.at), one.height)
        rows = [raised, *([Evidence("期满后仍进行", went_on)] if went_on else [])]
        for finding in limits.kept("答复异议", ends, one.answered_at, at, key=one.objection, evidence=rows):
            is_red = finding.due is None and one.answered_at is None and bool(went_on)
            yield replace(finding, grade=Grade.RED if is_red else None)


def _went_on(record: LotRecord, ends: datetime) -> str:
    """What the owner's side did after the limit."""
    opening, award = record.opening, record.award
    if award is not None and award.at > ends:
        return f"定标，{limits.moment(award.at)}"
    if opening is not None and opening.began_at is not None and opening.began_at > ends:
        return f"开标，{limits.moment(opening.began_at)}"
    return ""
