"""法定期限: where a limit of the lot's own rulebook ends, and whether it was kept. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ggzy.kernel.instants import BEIJING, end_of_day, local_date
from ggzy.oversight.alerts.values import Evidence, Finding
from ggzy.registers.catalog.values import Limit
from ggzy.trading.dossier.values.record import LotRecord

WORKDAYS = "wd"


@dataclass(frozen=True)
class Term:
    """期限: its last moment, and the number and article that set it."""

    ends: datetime
    limit: Limit

    @property
    def rule(self) -> Evidence:
        """依据的一行."""
        return rule(self.limit)


def rule(limit: Limit) -> Evidence:
    """规则与条款, as the lot's own copy has them."""
    return Evidence("规则", f"{limit.text}，{number(limit)}（{limit.article}）")


def number(limit: Limit) -> str:
    """限值的文字: 不少于 20 日, 不超过 2%."""
    word = {"min": "不少于", "max": "不超过"}.get(limit.op, "")
    if limit.unit == "ratio":
        return f"{word} {limit.value * 100:f}".rstrip("0").rstrip(".") + "%"
    unit = {"d": "日", WORKDAYS: "个工作日", "count": "", "hours": "小时"}.get(limit.unit, limit.unit)
    return f"{word} {limit.value:f} {unit}".rstrip()


def term(record: LotRecord, name: str, since: datetime, at: datetime) -> Term | None:
    """期限的届满 of a number of the rulebook, counted from `since`; None where this lot knows no such limit."""
    limit = record.rulebook.get(name)
    if limit is None:
        return None
    calendar, days, first = record.ground.calendar, int(limit.value), local_date(since)
    last = calendar.add_workdays(first, days) if limit.unit == WORKDAYS else calendar.period_end(first, days)
    return Term(record.effective(end_of_day(last), since, at), limit)


def by_day(record: LotRecord, day: date, set_at: datetime, at: datetime) -> datetime:
    """某日届满 of a day the facts name, moved by the time the lot stood still since it was set."""
    return record.effective(end_of_day(day), set_at, at)


def kept(
    what: str,
    ends: datetime,
    done_at: datetime | None,
    at: datetime,
    *,
    key: str,
    evidence: Iterable[Evidence],
) -> tuple[Finding, ...]:
    """期限是否守住: a countdown before it, a finding once it has passed; nothing where it was done in time."""
    rows = (Evidence("期限", moment(ends)), *evidence)
    if done_at is not None:
        if done_at < ends:
            return ()
        late = days_after(ends, done_at)
        done = Evidence("实际完成", moment(done_at))
        return (
            Finding(
                sentence=f"{what}应在 {moment(ends)} 前完成，实际晚了 {late} 日。",
                key=key,
                evidence=(*rows, done),
            ),
        )
    if at < ends:
        return (
            Finding(sentence=f"{what}将于 {moment(ends)} 到期，尚未完成。", key=key, due=ends, evidence=rows),
        )
    return (Finding(sentence=f"{what}已于 {moment(ends)} 到期，仍未完成。", key=key, evidence=rows),)


def moment(at: datetime) -> str:
    """时刻的文字, in Beijing; a midnight is 24:00 of the day it ends."""
    local = at.astimezone(BEIJING)
    if (local.hour, local.minute) == (0, 0):
        day = local - timedelta(days=1)
        return f"{day.year}年{day.month}月{day.day}日 24:00"
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


def days_after(ends: datetime, done_at: datetime) -> int:
    """逾期天数: at least one."""
    last = local_date(ends - timedelta(microseconds=1))
    return max((local_date(done_at) - last).days, 1)


def days_between(since: datetime, until: datetime) -> int:
    """两日之间的日数, the first not counted."""
    return (local_date(until) - local_date(since)).days
