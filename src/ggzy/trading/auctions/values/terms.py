"""竞价条件: what the notice fixes about the contest. A room runs by these and by nothing else."""

from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal, localcontext
from enum import StrEnum
from functools import cached_property

from ggzy.kernel.money import Money
from ggzy.trading.auctions.values.amounts import PLACES, Amount, Measure
from ggzy.trading.auctions.values.scale import Scale, Steps

POINT = 10 ** PLACES[Measure.POINTS]


class Direction(StrEnum):
    """竞价方向."""

    UP = "up"  # 增价: the highest offer leads
    DOWN = "down"  # 反向: the lowest offer leads

    @property
    def sign(self) -> int:
        return 1 if self is Direction.UP else -1


class Entry(StrEnum):
    """限时竞价参加条件: who may offer once the timed contest has begun."""

    ANYONE = "anyone"  # 全体竞买人
    OFFERED = "offered"  # 挂牌期内有过有效报价的竞买人
    JOINED = "joined"  # 询问期内表示继续竞价的竞买人


class AtCeiling(StrEnum):
    """达到最高限价后的规则."""

    CLOSE = "close"  # 首个达到最高限价者竞得
    CONTEST = "contest"  # 转为竞自持、竞配建: a contest in another quantity
    DRAW = "draw"  # 在愿以最高限价成交者中摇号


class PriorityMode(StrEnum):
    """优先购买权的行使方式."""

    IN_ROOM = "in_room"  # 场内行权: the holder may match the leading offer, and others may go on
    AFTER = "after"  # 竞价结束后询问: the holder may take the price that was found


class TieRule(StrEnum):
    """最高报价相同时的规则."""

    EARLIER = "earlier"  # 先报者优先
    AGAIN = "again"  # 并列者再次一次性报价
    DRAW = "draw"  # 抽签


@dataclass(frozen=True, kw_only=True)
class Timing:
    """竞价时间. Seconds, but for the two moments of the first period; `ends_at` is exclusive.

    Where `timed_s` is 0 the first period is the contest itself; otherwise a timed contest follows it.
    An offer accepted in the last `window_s` of a contest moves its end to `length_s` after the offer.
    `resume_min_s`: after a pause the room runs on with the time left, and with no less than this.
    """

    starts_at: datetime
    ends_at: datetime
    asking_s: int = 0
    timed_s: int = 0
    window_s: int = 0
    length_s: int = 0
    extensions_max: int | None = None
    resume_min_s: int = 0


@dataclass(frozen=True, kw_only=True)
class SecondContest:
    """竞自持、竞配建: the quantity contested once the ceiling price is reached. Units of `measure`.

    The first to offer `cap` wins at once; None leaves it open.
    """

    name: str
    measure: Measure
    start: int
    step: int
    timed_s: int
    cap: int | None = None


@dataclass(frozen=True, kw_only=True)
class Ceiling:
    """最高限价 of a sale: nobody may go beyond it, and `rule` says what happens when it is reached."""

    amount: Amount
    rule: AtCeiling = AtCeiling.CLOSE
    second: SecondContest | None = None
    entering_s: int = 0


@dataclass(frozen=True, kw_only=True)
class PriorityTerms:
    """优先购买权: how its holders exercise it; `asking_s` is the time they have after the contest.

    `ends_when_answered`: the inquiry is over once nobody who was asked may still take the price.
    """

    mode: PriorityMode
    asking_s: int = 0
    ends_when_answered: bool = False


@dataclass(frozen=True, kw_only=True)
class Ties:
    """并列规则. A tie is offered again at most `rounds_max` times, each `round_s` long, then drawn."""

    rule: TieRule = TieRule.EARLIER
    rounds_max: int = 1
    round_s: int = 0


@dataclass(frozen=True, kw_only=True)
class Fall:
    """降价规则: the price falls one step every `interval_s` until somebody takes it or `floor` has stood."""

    interval_s: int
    floor: Amount


@dataclass(frozen=True, kw_only=True)
class WeightedItem:
    """权重项: earns `weight` of 100 points on the way from `base` to `best`, none below, no more above."""

    code: str
    name: str
    weight: Decimal
    base: Decimal
    best: Decimal
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class FormatTerms:
    """竞价条件. `start` is one unit price where `quantity` of `per` is sold (元/亩), else the whole price.

    `reserve` is the commitment to a secret reserve price, empty where there is none. In a weighted
    contest `items[0]` is the price and steps count millionths of a point.
    """

    start: Amount
    steps: Steps
    timing: Timing
    direction: Direction = Direction.UP
    reserve: str = ""
    ceiling: Ceiling | None = None
    entry: Entry = Entry.ANYONE
    has_proxies: bool = False
    may_raise_own: bool = False
    priority: PriorityTerms | None = None
    ties: Ties = Ties()
    fall: Fall | None = None
    items: tuple[WeightedItem, ...] = ()
    bidders_min: int = 1
    per: str = ""
    quantity: Decimal = Decimal(1)

    @cached_property
    def scale(self) -> Scale:
        """The ladder of the price, or of the points where items are weighed."""
        if self.items:
            return Scale(Measure.POINTS, 0, 1, self.steps, 100 * POINT)
        sign = self.direction.sign
        cap = None if self.ceiling is None else sign * (self.ceiling.amount.units - self.start.units)
        return Scale(self.start.measure, self.start.units, sign, self.steps, cap)

    @cached_property
    def second_scale(self) -> Scale:
        """The ladder of the second contest."""
        second = self.ceiling.second if self.ceiling else None
        assert second is not None, "no second contest was announced"
        cap = None if second.cap is None else second.cap - second.start
        return Scale(second.measure, second.start, 1, Steps(second.step), cap)

    def total(self, price: Amount) -> Money:
        """总价: the unit price times the quantity, rounded half up to the fen."""
        with localcontext(prec=60):
            return Money(int((price.units * self.quantity).to_integral_value(ROUND_HALF_UP)))
