"""公告的日期: every date is computed from the calendar and held against the lot's own rulebook."""

from datetime import date, datetime, timedelta

from ggzy.kernel.instants import Calendar, local_date
from ggzy.kernel.money import Money
from ggzy.kernel.verdict import Reason
from ggzy.registers.catalog.values import Limit, Rulebook
from ggzy.trading.auctions.rules import words
from ggzy.trading.auctions.values import AuctionTerms, DateLine, Format
from ggzy.trading.projects.values import LotFacts

DAY = timedelta(days=1)


def dates(
    lot: LotFacts, format: Format, terms: AuctionTerms, calendar: Calendar, at: datetime
) -> tuple[DateLine, ...]:
    """法定日期核对: every date chosen, its earliest lawful day and what stands against it."""
    notice = notice_limit(lot.rulebook, terms)
    running = lot.rulebook.get(f"{format.code}.days_min")
    viewing = lot.rulebook.get("viewing.days_min")
    return (
        *((_notice(lot.rulebook, notice, terms, calendar, at),) if notice else ()),
        *((_running(lot.rulebook, running, terms, calendar),) if running else ()),
        *((_viewing(viewing, terms),) if viewing else ()),
    )


def notice_limit(rulebook: Rulebook, terms: AuctionTerms) -> Limit | None:
    """适用的公告期: longer for what cannot be moved and for what is worth more, where the rules say so."""
    above = rulebook.get("disclosure.large_above_yuan")
    if above and terms.floor > Money.yuan(above.value):
        return rulebook.number("disclosure.large_days_min")
    immovable = rulebook.get("disclosure.immovable_days_min")
    return immovable if immovable and terms.is_immovable else rulebook.get("disclosure.days_min")


def _notice(
    rulebook: Rulebook, limit: Limit, terms: AuctionTerms, calendar: Calendar, at: datetime
) -> DateLine:
    """公告期: from the day of the notice, which is not counted, to the day the contest begins."""
    starts_at = terms.format.timing.starts_at
    published, start = local_date(at), local_date(starts_at)
    earliest = calendar.next_workday(days_after(published, limit, calendar, strict=is_strict(rulebook)))
    against = warning = None
    if start < days_after(published, limit, calendar, strict=is_strict(rulebook)):
        text = f"自公告发布之日起至竞价开始之日不足 {period(limit)}"
        against = Reason("notice_too_short", text, limit.article, f"最早 {words.day(earliest)}")
    elif start < days_after(published, limit, calendar, strict=True):
        text = f"首日与开始之日均不计入时，不满 {period(limit)}"
        warning = Reason("notice_days_strict", text, limit.article)
    elif not calendar.is_workday(start):
        warning = Reason("start_on_day_off", f"{words.day(start)}不是工作日", remedy="请确认当日有人值守")
    return _line("竞价（挂牌）开始", starts_at, earliest, limit, against, warning)


def _running(rulebook: Rulebook, limit: Limit, terms: AuctionTerms, calendar: Calendar) -> DateLine:
    """挂牌期: a period that runs, so its first and its last day both count; warned of where one would not."""
    timing = terms.format.timing
    start, end = local_date(timing.starts_at), local_date(timing.ends_at)
    earliest = days_after(start - DAY, limit, calendar, strict=is_strict(rulebook))
    against = warning = None
    if end < earliest:
        remedy = f"最早 {words.day(earliest)} 截止"
        against = Reason("listing_too_short", f"挂牌期不足 {period(limit)}", limit.article, remedy)
    elif end < days_after(start, limit, calendar):
        warning = Reason("listing_days_strict", f"首日不计入时，挂牌期不满 {period(limit)}", limit.article)
    elif not calendar.is_workday(end):
        warning = Reason("end_on_day_off", f"挂牌截止日{words.day(end)}不是工作日", "民法典 §203")
    return _line("挂牌截止", timing.ends_at, earliest, limit, against, warning)


def _viewing(limit: Limit, terms: AuctionTerms) -> DateLine:
    """展示时间: so many days on which the thing can be looked at, before the contest begins."""
    starts_at = terms.format.timing.starts_at
    days = {local_date(viewing.start) for viewing in terms.viewings if viewing.start < starts_at}
    first = min(days, default=local_date(starts_at))
    against = None
    if len(days) < limit.value:
        against = Reason("viewing_too_short", f"标的展示时间不足 {period(limit)}", limit.article)
    return _line("标的展示", starts_at, first + DAY * int(limit.value), limit, against, None)


def _line(
    name: str,
    chosen: datetime,
    earliest: date,
    limit: Limit,
    against: Reason | None,
    warning: Reason | None,
) -> DateLine:
    """A number that is only advised warns and does not stop."""
    if limit.severity == "block":
        return DateLine(name, chosen, earliest, limit.article, against, warning)
    return DateLine(name, chosen, earliest, limit.article, None, against or warning)


def days_after(day: date, limit: Limit, calendar: Calendar, *, strict: bool = False) -> date:
    """期满日: so many calendar or working days after a day that is not counted."""
    days = int(limit.value) + (1 if strict else 0)
    return calendar.add_workdays(day, days) if limit.unit == "wd" else day + days * DAY


def period(limit: Limit) -> str:
    """20 日, 20 个工作日."""
    return f"{limit.value} {'个工作日' if limit.unit == 'wd' else '日'}"


def is_strict(rulebook: Rulebook) -> bool:
    """从严计算: a region whose rules do not count the last day either."""
    limit = rulebook.get("disclosure.strict_counting")
    return limit is not None and limit.value == 1
