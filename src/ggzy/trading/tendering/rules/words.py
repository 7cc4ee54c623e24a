"""措辞: days and moments as a reason says them, in Beijing time."""

from datetime import date, datetime

from ggzy.kernel.instants import BEIJING


def day(on: date) -> str:
    """2026年3月26日."""
    return f"{on.year}年{on.month}月{on.day}日"


def moment(at: datetime) -> str:
    """2026年3月26日 09:30, with seconds only where there are any."""
    local = at.astimezone(BEIJING)
    clock = local.strftime("%H:%M:%S") if local.second else local.strftime("%H:%M")
    return f"{day(local.date())} {clock}"


def clock(at: datetime) -> str:
    """09:30:00, to the millisecond where the moment has one."""
    local = at.astimezone(BEIJING)
    thousandths = f".{local.microsecond // 1000:03d}" if local.microsecond else ""
    return local.strftime("%H:%M:%S") + thousandths
