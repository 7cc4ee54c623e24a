"""措辞: days and moments as a reason says them, in Beijing time; the deposit as the notice says it."""

from datetime import date, datetime

from ggzy.kernel.instants import BEIJING
from ggzy.trading.auctions.values import AuctionTerms
from ggzy.trading.deposits.values import BY_CREDIT


def day(on: date) -> str:
    """2026年3月26日."""
    return f"{on.year}年{on.month}月{on.day}日"


def moment(at: datetime) -> str:
    """2026年3月26日 09:30:00, to the microsecond where the moment has one: a race is decided there."""
    local = at.astimezone(BEIJING)
    fraction = f".{local.microsecond:06d}" if local.microsecond else ""
    return f"{day(local.date())} {local:%H:%M:%S}{fraction}"


def duration(seconds: int) -> str:
    """5 分钟, 90 秒."""
    minutes, rest = divmod(seconds, 60)
    if minutes and not rest:
        return f"{minutes} 分钟"
    return f"{seconds} 秒"


def deposit(terms: AuctionTerms) -> str:
    """保证金 as the notice says it."""
    if not terms.deposit.fen:
        return "不收取"
    text = f"{terms.deposit.figures()} 元"
    return f"{text}；{BY_CREDIT}" if terms.deposit_by_credit else text
