"""公示不合规: the candidates are shown too late or for too short a time."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from ggzy.kernel.instants import local_date
from ggzy.kernel.roles import Role
from ggzy.oversight.alerts.rules import limits
from ggzy.oversight.alerts.values import Evidence, Finding, Grade, Indicator, Params
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="P08",
    name="中标候选人公示迟延或者期限不足",
    grade=Grade.RED,
    version=2,
    basis="招标投标法实施条例 §54",
    why="不公示或者公示期短，其他投标人来不及提出异议。",
    quiet="公示期跨法定节假日，届满日的计算方法不同。",
    kinds=("evaluation.reported", "candidates.publicised", "award.ended", "tender.failed"),
    lead=timedelta(days=2),
    owed_by=Role.OWNER,
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    yield from _started(record, at)
    publicity, limit = record.publicity, record.rulebook.get("tender.publicity_days_min")
    if publicity is None or limit is None:
        return
    last = local_date(publicity.until - timedelta(microseconds=1))
    due = record.ground.calendar.period_end(local_date(publicity.since), int(limit.value))
    is_whole = publicity.until - publicity.since >= timedelta(days=int(limit.value))
    if last < due or not is_whole:
        # The days were given, only the day off at their end was not moved: many owners count so, and say it openly.
        rest = f"，末日遇休息日，应顺延至 {due.month}月{due.day}日" if is_whole else ""
        yield Finding(
            sentence=f"公示自 {limits.moment(publicity.since)} 至 {limits.moment(publicity.until)}，"
            f"{limits.number(limit)}{rest}。",
            key="short",
            grade=Grade.YELLOW if is_whole else None,
            evidence=(
                Evidence("公示开始", limits.moment(publicity.since), publicity.height),
                Evidence("公示截止", limits.moment(publicity.until), publicity.height),
                limits.rule(limit),
            ),
        )


def _started(record: LotRecord, at: datetime) -> Iterable[Finding]:
    evaluation = record.evaluation
    if evaluation is None or evaluation.reported_at is None or evaluation.is_all_rejected or record.failure:
        return
    term = limits.term(record, "tender.publicity_start_days_max", evaluation.reported_at, at)
    if term is not None:
        begun = record.publicity.since if record.publicity else None
        report = Evidence("收到评标报告", limits.moment(evaluation.reported_at), evaluation.reported_height)
        yield from limits.kept(
            "公示中标候选人", term.ends, begun, at, key="start", evidence=[report, term.rule]
        )
