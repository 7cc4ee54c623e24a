"""临近截止变更文件: a material change came too close to the deadline and the deadline was not moved."""

from collections.abc import Iterable
from datetime import datetime

from ggzy.oversight.alerts.rules import limits
from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="P04",
    name="临近截止变更招标文件未顺延",
    grade=Grade.RED,
    basis="招标投标法 §23；招标投标法实施条例 §21",
    why="临近截止改变实质内容，其余投标人来不及修改，事先知情的人占便宜。",
    quiet="改动已由招标人书面说明不影响投标文件编制，只是登记时勾选为实质性。",
    # The deadline is moved in the same command, a fact later: judged when that fact or the close comes.
    kinds=("tender.clarified", "deadline.moved", "bidding.closed"),
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    terms, limit = record.terms, record.rulebook.get("tender.clarification_days_min")
    if terms is None or limit is None or record.opening is None:
        return
    for change in record.clarified:
        days = limits.days_between(change.at, terms.deadline)
        if change.is_material and days < limit.value:
            yield Finding(
                sentence=f"第 {change.version} 版实质性修改距投标截止 {days} 日，{limits.number(limit)}，截止时间未顺延到位。",
                key=str(change.version),
                evidence=(
                    Evidence("修改发出", limits.moment(change.at), change.height),
                    Evidence("投标截止", limits.moment(terms.deadline), record.opening.height),
                    limits.rule(limit),
                ),
            )
