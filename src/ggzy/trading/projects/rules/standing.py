"""停表的规则: how long a lot stood still, and where its deadlines have moved."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from ggzy.kernel.instants import local_date
from ggzy.trading.projects.values import LotFacts, StandingStill, Still


def standing(stills: Iterable[Still]) -> StandingStill | None:
    """正在停表的情况; None while the clocks run."""
    running = [still for still in stills if still.until is None]
    if not running:
        return None
    return StandingStill(
        min(still.since for still in running), tuple(sorted({still.cause for still in running}))
    )


def standstill(stills: Iterable[Still], since: datetime, until: datetime) -> timedelta:
    """停表时长 between two moments; overlapping causes count once."""
    spans = _merged(stills, until)
    return sum((max(min(b, until) - max(a, since), timedelta()) for a, b in spans), timedelta())


def effective(stills: Iterable[Still], deadline: datetime, set_at: datetime, at: datetime) -> datetime:
    """顺延后的期限: the deadline set at `set_at`, moved by the time that stood still before it arrived.

    While the clock stands the answer lies in the future by what was left; it never arrives.
    """
    moved = deadline
    for start, end in _merged(stills, at):
        begun = max(start, set_at)
        if begun >= moved:
            break
        moved += max(end - begun, timedelta())
    return moved


def stood_since(stills: Iterable[Still], moment: datetime, at: datetime) -> datetime:
    """那一刻自何时起停表: the beginning of the standstill a moment fell into; else the moment itself."""
    return next((start for start, end in _merged(stills, at) if start <= moment < end), moment)


def is_past_long_stop(lot: LotFacts, at: datetime, days_max: int | None) -> bool:
    """久停不决: suspended longer than the region's rulebook tolerates. `None` when it sets no limit."""
    if not lot.suspended or lot.standing is None or days_max is None:
        return False
    return local_date(at) - local_date(lot.standing.since) > timedelta(days=days_max)


def _merged(stills: Iterable[Still], at: datetime) -> list[tuple[datetime, datetime]]:
    spans = sorted(
        (still.since, max(still.until or at, still.since)) for still in stills if still.since <= at
    )
    merged: list[tuple[datetime, datetime]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
