"""期限: the days of the law for publicity, letter, report and contract."""

from datetime import date, datetime, time, timedelta

from ggzy.kernel.instants import BEIJING, Calendar, end_of_day, local_date
from ggzy.registers.catalog.values import Rulebook

BL45, BL46, BL47 = "招标投标法 §45", "招标投标法 §46", "招标投标法 §47"
PUBLICITY = "tender.publicity_days_min"
BR54, BR55 = "招标投标法实施条例 §54", "招标投标法实施条例 §55"


def earliest_end(rulebook: Rulebook, calendar: Calendar, since: datetime) -> datetime:
    """公示期依法最早的截止: whole days after the first, rolled past holidays, 24:00 of the last."""
    return end_of_day(_last(rulebook, PUBLICITY, calendar, since))


def is_whole(rulebook: Rulebook, calendar: Calendar, since: datetime, until: datetime) -> bool:
    """公示期是否足够: as many times twenty-four hours as the law has days, into its last lawful day."""
    limit, last = rulebook.get(PUBLICITY), _last(rulebook, PUBLICITY, calendar, since)
    days = int(limit.value) if limit is not None and limit.unit == "d" else 0
    return until - since >= timedelta(days=days) and last_day(until) >= last


def last_day(until: datetime) -> date:
    """期限的最后一日: a midnight belongs to the day it ends."""
    return local_date(until - timedelta(microseconds=1))


def moment_text(at: datetime) -> str:
    """时刻的文字, in Beijing time; a midnight is written as 24:00 of the day it ends."""
    local = at.astimezone(BEIJING)
    if local.time() == time():
        return f"{last_day(at):%Y年%m月%d日} 24:00"
    return f"{local:%Y年%m月%d日 %H:%M}"


def start_by(rulebook: Rulebook, calendar: Calendar, reported_at: datetime) -> datetime:
    """公示依法最晚的开始: days after the report arrived."""
    return end_of_day(_last(rulebook, "tender.publicity_start_days_max", calendar, reported_at))


def sign_by(rulebook: Rulebook, calendar: Calendar, letter_at: datetime) -> datetime:
    """合同依法最晚的签订: days after the letter (招标投标法 §46)."""
    return end_of_day(_last(rulebook, "tender.contract_days_max", calendar, letter_at))


def report_by(rulebook: Rulebook, calendar: Calendar, awarded_at: datetime) -> datetime:
    """书面报告依法最晚的提交 (招标投标法 §47)."""
    return end_of_day(_last(rulebook, "tender.report_days_max", calendar, awarded_at))


def validity_end(deadline: datetime, days: int) -> date:
    """投标有效期的最后一日 (实施条例 §25)."""
    return local_date(deadline) + timedelta(days=days)


def _last(rulebook: Rulebook, name: str, calendar: Calendar, since: datetime) -> date:
    """The last day of a period that begins on that day; without a number of its own, that day."""
    limit, start = rulebook.get(name), local_date(since)
    if limit is not None and limit.unit == "wd":
        return calendar.add_workdays(start, int(limit.value))
    return calendar.period_end(start, int(limit.value) if limit is not None else 0)
