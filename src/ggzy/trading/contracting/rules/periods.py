"""期限: the days of the law for publicity, letter, report and contract."""

from datetime import date, datetime, time, timedelta

from ggzy.kernel.instants import BEIJING, Calendar, end_of_day, local_date
from ggzy.registers.catalog.values import Rulebook

BL45, BL46, BL47 = "招标投标法 §45", "招标投标法 §46", "招标投标法 §47"
BR54, BR55 = "招标投标法实施条例 §54", "招标投标法实施条例 §55"


def earliest_end(rulebook: Rulebook, calendar: Calendar, since: datetime) -> datetime:
    """公示期依法最早的截止: whole days after the first, rolled past holidays, 24:00 of the last."""
    return end_of_day(calendar.period_end(local_date(since), _days(rulebook, "tender.publicity_days_min")))


def is_whole(rulebook: Rulebook, calendar: Calendar, since: datetime, until: datetime) -> bool:
    """公示期是否足够: as many times twenty-four hours as the law has days, into its last lawful day."""
    days = _days(rulebook, "tender.publicity_days_min")
    last = calendar.period_end(local_date(since), days)
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
    days = _days(rulebook, "tender.publicity_start_days_max")
    return end_of_day(calendar.period_end(local_date(reported_at), days))


def sign_by(rulebook: Rulebook, calendar: Calendar, letter_at: datetime) -> datetime:
    """合同依法最晚的签订: days after the letter (招标投标法 §46)."""
    return end_of_day(calendar.period_end(local_date(letter_at), _days(rulebook, "tender.contract_days_max")))


def report_by(rulebook: Rulebook, calendar: Calendar, awarded_at: datetime) -> datetime:
    """书面报告依法最晚的提交 (招标投标法 §47)."""
    return end_of_day(calendar.period_end(local_date(awarded_at), _days(rulebook, "tender.report_days_max")))


def validity_end(deadline: datetime, days: int) -> date:
    """投标有效期的最后一日 (实施条例 §25)."""
    return local_date(deadline) + timedelta(days=days)


def _days(rulebook: Rulebook, name: str) -> int:
    limit = rulebook.get(name)
    return int(limit.value) if limit is not None else 0
