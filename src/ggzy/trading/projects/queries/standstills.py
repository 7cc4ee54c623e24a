"""停表的读取: how long a lot stood still, and where that moves its moments."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from ggzy.kernel.codes import LotCode
from ggzy.trading.projects import rules
from ggzy.trading.projects.models import Standstill
from ggzy.trading.projects.queries.lots import once
from ggzy.trading.projects.values import (
    Still,
)


def stills(code: LotCode | str) -> tuple[Still, ...]:
    """停表记录, in order."""
    rows = Standstill.objects.filter(lot_id=code).order_by("since", "id")
    found: tuple[Still, ...] = once("stills", str(code), lambda: tuple(row.facts() for row in rows))
    return found


def standstill(code: LotCode | str, since: datetime, until: datetime) -> timedelta:
    """停表时长 between two moments."""
    return rules.standstill(stills(code), since, until)


def standing_still(codes: Iterable[LotCode]) -> frozenset[LotCode]:
    """正在停表的标段 among these: their deadlines are not counted down."""
    rows = Standstill.objects.filter(lot_id__in=list(codes), until__isnull=True)
    return frozenset(LotCode(code) for code in rows.values_list("lot_id", flat=True))


def effective(code: LotCode | str, deadline: datetime, set_at: datetime, at: datetime) -> datetime:
    """顺延后的期限: see `rules.effective`."""
    return rules.effective(stills(code), deadline, set_at, at)


def after_standstill(code: LotCode | str, moment: datetime, set_at: datetime, at: datetime) -> datetime:
    """停表期间到来的时刻: as much later as was left of the way to it when the clocks stopped.

    The clocks may have stopped before the moment was fixed for the last time.
    """
    still = stills(code)
    return rules.effective(still, moment, min(set_at, rules.stood_since(still, moment, at)), at)


def effective_all(
    code: LotCode | str, deadlines: Iterable[tuple[datetime, datetime]], at: datetime
) -> tuple[datetime, ...]:
    """多个期限的顺延, each as (deadline, set_at): one read for all of them."""
    still = stills(code)
    return tuple(rules.effective(still, deadline, set_at, at) for deadline, set_at in deadlines)


def effective_among(
    wanted: Iterable[tuple[LotCode, datetime, datetime]], at: datetime
) -> tuple[datetime, ...]:
    """期限的顺延 over many lots, each as (lot, deadline, set_at): one read for all of them."""
    asked = list(wanted)
    by_lot: dict[LotCode, list[Still]] = {code: [] for code, _, _ in asked}
    for row in Standstill.objects.filter(lot_id__in=list(by_lot)).order_by("since", "id"):
        by_lot[row.lot_id].append(row.facts())
    return tuple(rules.effective(by_lot[code], deadline, set_at, at) for code, deadline, set_at in asked)
