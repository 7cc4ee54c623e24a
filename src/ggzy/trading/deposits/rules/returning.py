"""办结的规则: what goes back and when, with what interest; what is kept."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal

from ggzy.kernel.instants import Calendar, local_date
from ggzy.kernel.money import Money, Rate
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.registers.catalog.values import Limit, Rulebook
from ggzy.trading.deposits.values import AccountState, LineFacts

RETURN_UNITS = {"d": "日", "wd": "个工作日", "h": "小时"}
DAYS_OF_YEAR = 360
TEXT_MAX = 2000


def may_release(state: AccountState | None, reason: str) -> Verdict:
    """退还保证金条件."""
    return judge(
        [
            (state is not None, Reason("no_account", "该投标人没有缴纳保证金")),
            (
                state in (None, AccountState.OPEN, AccountState.SECURED),
                Reason("already_settled", "该投标人的保证金已经办结"),
            ),
            *_worded("退还原因", reason),
        ]
    )


def may_forfeit(state: AccountState | None, reason: str, article: str) -> Verdict:
    """保证金不予退还条件. Basis: 招标投标法实施条例 §35, §74: only what the law names."""
    return judge(
        [
            (
                state is AccountState.SECURED,
                Reason("not_secured", "该投标人没有已缴足且未办结的保证金，不能作不予退还处理"),
            ),
            *_worded("不予退还的原因", reason),
            (
                bool(article.strip()),
                Reason("article_missing", "未写明不予退还所依据的条款", "招标投标法实施条例 §35、§74"),
            ),
        ]
    )


def may_apply_to_price(state: AccountState | None, paid: Money) -> Verdict:
    """保证金转作价款条件: money that is there. A letter of guarantee is given back instead."""
    return judge(
        [
            (state is AccountState.SECURED, Reason("not_secured", "没有已缴足且未办结的保证金")),
            (paid.fen > 0, Reason("no_money", "保证金以保函缴纳，没有可以转作价款的款项")),
        ]
    )


def return_limit(rulebook: Rulebook) -> Limit:
    """退还期限 of the lot, with its article; hours where its law counts in hours."""
    return rulebook.get("deposit.refund_hours_max") or rulebook.number("deposit.refund_days_max")


def return_period(limit: Limit) -> str:
    """退还期限 in words."""
    return f"{limit.value} {RETURN_UNITS[limit.unit]}内"


def return_due(limit: Limit, calendar: Calendar, at: datetime) -> date:
    """最迟退还日: the day of the event is not counted; hours run from the event itself."""
    count = int(limit.value)
    if limit.unit == "h":
        return local_date(at + timedelta(hours=count))
    day = local_date(at)
    return calendar.add_workdays(day, count) if limit.unit == "wd" else day + timedelta(days=count)


def bears_interest(rulebook: Rulebook) -> bool:
    """退还时是否计付银行同期存款利息: yes, unless the law of the trade says no."""
    limit = rulebook.get("deposit.interest")
    return limit is None or limit.value == 1


def is_late(due_on: date, at: datetime) -> bool:
    """逾期: the last day has ended."""
    return local_date(at) > due_on


def interest(lines: Iterable[LineFacts], rate: Rate, until: date) -> Money:
    """银行同期存款利息: by days of arrival, 360 days to the year, each sum rounded half up to the fen."""
    total = Money(0)
    for line in lines:
        days = max((until - local_date(line.booked_at)).days, 0)
        total += line.amount.times(Rate(rate.value * Decimal(days) / DAYS_OF_YEAR))
    return total


def _worded(what: str, text: str) -> Iterable[tuple[bool, Reason]]:
    yield bool(text.strip()), Reason("reason_missing", f"未写明{what}")
    yield len(text) <= TEXT_MAX, Reason("reason_too_long", f"{what}最多{TEXT_MAX}个字，现为{len(text)}个字")
