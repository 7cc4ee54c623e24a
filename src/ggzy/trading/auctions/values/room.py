"""竞价室的值: the room, what is done in it, and what comes of that.

A room is small, frozen and replayable: it holds what the next offer is judged by and no history.
"""

from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from operator import attrgetter
from typing import Any

from ggzy.foundation.journal.values import Receipt
from ggzy.kernel.codes import LotCode
from ggzy.kernel.verdict import Reason, Verdict
from ggzy.trading.auctions.values.amounts import Amount
from ggzy.trading.auctions.values.scale import Scale
from ggzy.trading.auctions.values.terms import Direction, FormatTerms

PRESSES_KEPT = 32


class RoomPhase(StrEnum):
    """竞价阶段."""

    WAITING = "waiting"  # 未开始
    FREE = "free"  # 自由报价期、挂牌期: offers fall, nothing is extended
    ASKING = "asking"  # 询问期: who goes on?
    TIMED = "timed"  # 限时竞价: an offer moves the end
    SECOND = "second"  # 竞自持、竞配建: at the ceiling price
    ENTERING = "entering"  # 摇号报名: who takes the ceiling price?
    DRAWING = "drawing"  # 待摇号: the lots are drawn outside the room
    UNSEALING = "unsealing"  # 待开启: sealed offers wait to be opened
    PRIORITY = "priority"  # 优先购买权询问期
    CLOSED = "closed"  # 已结束

    @property
    def label(self) -> str:
        return PHASE_LABELS[self]


PHASE_LABELS = {
    RoomPhase.WAITING: "未开始",
    RoomPhase.FREE: "自由报价期",
    RoomPhase.ASKING: "询问期",
    RoomPhase.TIMED: "限时竞价",
    RoomPhase.SECOND: "限价后竞争",
    RoomPhase.ENTERING: "摇号报名",
    RoomPhase.DRAWING: "待摇号",
    RoomPhase.UNSEALING: "待开启报价",
    RoomPhase.PRIORITY: "优先购买权询问",
    RoomPhase.CLOSED: "已结束",
}


class Bar(StrEnum):
    """不得报价的情形: why a paddle may not offer."""

    UNQUALIFIED = "unqualified"  # 资格未确认
    DEPOSIT = "deposit"  # 保证金不足
    BANNED = "banned"  # 市场禁入
    INSIDER = "insider"  # 出让方一方的人
    FROZEN = "frozen"  # 资格冻结


@dataclass(frozen=True)
class Paddle:
    """号牌: a bidder as the room knows it. `priority` is the order of its 优先购买权, 1 first."""

    number: int
    priority: int | None = None
    bar: Bar | None = None
    note: str = ""
    has_offered: bool = False
    has_joined: bool = False
    has_waived: bool = False


@dataclass(frozen=True)
class Roster:
    """号牌册: the paddles by number, in rising order."""

    paddles: tuple[Paddle, ...] = ()

    def find(self, number: int) -> Paddle | None:
        return self._by_number.get(number)

    def put(self, paddle: Paddle) -> "Roster":
        """The roster with this paddle in its place."""
        place = bisect_left(self.paddles, paddle.number, key=attrgetter("number"))
        after = place + (paddle.number in self._by_number)
        changed = Roster((*self.paddles[:place], paddle, *self.paddles[after:]))
        changed.__dict__["_by_number"] = {**self._by_number, paddle.number: paddle}
        return changed

    @property
    def free(self) -> int:
        """How many paddles may offer."""
        return sum(paddle.bar is None for paddle in self.paddles)

    @cached_property
    def offered(self) -> int:
        """How many paddles have offered."""
        return sum(paddle.has_offered for paddle in self.paddles)

    @cached_property
    def _by_number(self) -> Mapping[int, Paddle]:
        return {paddle.number: paddle for paddle in self.paddles}


@dataclass(frozen=True)
class Standing:
    """领先报价: the offer to beat. `score` is what a weighted offer earns; `gain` is its place on the ladder."""

    paddle: int
    seq: int
    at: datetime
    amount: Amount
    gain: int
    items: tuple[Decimal, ...] = ()
    score: Amount | None = None
    priority: int | None = None


@dataclass(frozen=True)
class Proxy:
    """自动出价: the room answers for this paddle up to a gain. Sealed until the end; earlier `order` first."""

    paddle: int
    gain: int
    order: int


@dataclass(frozen=True)
class Sealed:
    """密封报价: by digest until it is opened; `order` is its place among those received."""

    paddle: int
    order: int
    digest: str


@dataclass(frozen=True)
class Pause:
    """暂停: the clock stands since `since` with `left_us` microseconds to go; None where none ran."""

    since: datetime
    left_us: int | None


class Outcome(StrEnum):
    """竞价结果."""

    LED = "led"  # 有最高报价人
    NO_OFFER = "no_offer"  # 无人报价
    TOO_FEW = "too_few"  # 竞买人不足

    @property
    def label(self) -> str:
        return {"led": "产生领先报价", "no_offer": "无有效报价", "too_few": "竞买人不足"}[self.value]


@dataclass(frozen=True)
class Room:
    """竞价室. `end` is where the running phase ends, exclusive; None while no clock runs.

    `capped` is the offer that reached the ceiling price; after it `leader` may count another quantity.
    `entrants` are the paddles among which lots are drawn or who offer again; `turn` counts sealed rounds.
    """

    lot: LotCode
    round: int
    format: str
    terms: FormatTerms
    end: datetime | None
    roster: Roster = Roster()
    phase: RoomPhase = RoomPhase.WAITING
    at: datetime | None = None
    seq: int = 0
    leader: Standing | None = None
    capped: Standing | None = None
    extensions: int = 0
    stood_us: int = 0
    pause: Pause | None = None
    orders: int = 0
    proxies: tuple[Proxy, ...] = ()
    presses: tuple[str, ...] = ()
    sealed: tuple[Sealed, ...] = ()
    entrants: tuple[int, ...] = ()
    turn: int = 1
    outcome: Outcome | None = None

    @property
    def scale(self) -> Scale:
        """The ladder that offers climb now."""
        return self.terms.second_scale if self.phase is RoomPhase.SECOND else self.terms.scale

    @property
    def least(self) -> int:
        """最低可报: the least gain the next offer needs."""
        return self.scale.least_after(None if self.leader is None else self.leader.gain)

    @property
    def price(self) -> Amount | None:
        """当前价: the leading amount, or the ceiling price while another quantity is contested."""
        standing = self.capped or self.leader
        return None if standing is None else standing.amount

    @property
    def second(self) -> Amount | None:
        """限价后领先的数额; None where no other quantity is contested, or nobody has offered any."""
        leader = self.leader
        return leader.amount if self.capped and leader and leader != self.capped else None


class OfferKind(StrEnum):
    """竞买人在竞价室中的操作."""

    PRICE = "price"  # 报价
    PROXY = "proxy"  # 设定自动出价
    UNPROXY = "unproxy"  # 撤销自动出价
    JOIN = "join"  # 表示继续竞价、参加摇号
    SEALED = "sealed"  # 递交密封报价
    WAIVE = "waive"  # 放弃行使优先购买权


@dataclass(frozen=True)
class Offer:
    """报价: one press of one paddle. `press` is its identity: the same press twice is one offer.

    `digest` names the sealed file; `items` are the values beside the price where items are weighed. `raw` is
    what arrived where it could not be read whole: such a press is refused for that, and kept. `arrived` is when
    the door had it, by the database's clock as the platform knows it: evidence for who came late, no more.
    """

    paddle: int
    press: str
    amount: Amount | None = None
    kind: OfferKind = OfferKind.PRICE
    items: tuple[Decimal, ...] = ()
    digest: str = ""
    raw: str = ""
    arrived: datetime | None = None


@dataclass(frozen=True)
class Accepted:
    """已接受: the new room and the facts that led to it, in order."""

    room: Room
    facts: tuple[Any, ...]


@dataclass(frozen=True)
class Refusal:
    """未接受: every reason. `room` and `facts` hold what the clock alone had brought about before."""

    room: Room
    reasons: tuple[Reason, ...]
    facts: tuple[Any, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(reason.code for reason in self.reasons)


@dataclass(frozen=True)
class Answer:
    """答复: what one press came to. No reasons: accepted. The receipt is that of its own fact.

    `is_repeated`: the press had been answered before, and this is that answer.
    """

    paddle: int
    press: str
    reasons: tuple[Reason, ...]
    receipt: Receipt | None
    is_repeated: bool = False

    def signed(self, receipt: Receipt) -> "Answer":
        """The same answer with its receipt signed."""
        return replace(self, receipt=receipt)

    @property
    def is_accepted(self) -> bool:
        return not self.reasons


@dataclass(frozen=True)
class OfferLine:
    """报价记录的一行; `mark` is where reading goes on."""

    mark: int
    seq: int
    paddle: int
    amount: Amount | None
    at: datetime
    is_automatic: bool


@dataclass(frozen=True)
class Opened:
    """已解密的密封报价; None where the file holds no readable amount."""

    paddle: int
    amount: Amount | None
    items: tuple[Decimal, ...] = ()


@dataclass(frozen=True)
class Format:
    """竞价方式: what differs between formats.

    `flaws` judges the terms before they are announced; `offer` judges one press; `close` brings about
    what the clock has made due. `is_joined_late`: paddles are given out while the room is open.
    `free` is what it calls the days of free offers; a purchase has the direction down.
    """

    code: str
    name: str
    basis: str
    rule: str
    flaws: Callable[[FormatTerms], Verdict]
    offer: Callable[[Room, Offer, datetime], Accepted | Refusal]
    close: Callable[[Room, datetime], Accepted | Refusal]
    is_sealed: bool = False
    is_joined_late: bool = False
    direction: Direction = Direction.UP
    free: str = PHASE_LABELS[RoomPhase.FREE]
