"""频次: how often one paddle may press. What is beyond is refused at the door, counted by nobody and not kept."""

from collections.abc import Hashable

BURST, KEPT_MAX = 10, 10_000


class Pace:
    """令牌桶: so many a second, and `BURST` at once."""

    def __init__(self, per_s: int) -> None:
        self.per_s = per_s
        self._left: dict[Hashable, tuple[float, float]] = {}

    def lets(self, who: Hashable, now: float) -> bool:
        """可否再来一次, at this moment in seconds; it is then taken."""
        left, at = self._left.get(who, (float(BURST), now))
        left = min(BURST, left + (now - at) * self.per_s)
        if left < 1:
            return False
        if len(self._left) >= KEPT_MAX:
            self._forget(now)
        self._left[who] = left - 1, now
        return True

    def _forget(self, now: float) -> None:
        """Whoever has had time for a whole burst again stands as one who never came."""
        self._left = {
            who: (left, at)
            for who, (left, at) in self._left.items()
            if left + (now - at) * self.per_s < BURST
        }
