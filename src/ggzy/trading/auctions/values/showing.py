"""竞价页面的值: what a list or a page shows of a room, read and never judged by."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from ggzy.kernel.codes import LotCode, RegionCode
from ggzy.kernel.verdict import Reason
from ggzy.trading.auctions.values.amounts import Amount
from ggzy.trading.auctions.values.room import OfferKind, RoomPhase
from ggzy.trading.auctions.values.sale import AuctionState


class Turn(StrEnum):
    """竞价大厅的三栏."""

    LIVE = "live"  # 正在竞价
    SOON = "soon"  # 即将开始
    ENDED = "ended"  # 已结束


@dataclass(frozen=True, kw_only=True)
class HallRow:
    """竞价大厅的一行. `phase` is None before the room is prepared; `ends_at` is that of the phase."""

    lot: LotCode
    title: str
    region: RegionCode
    round: int
    format: str
    state: AuctionState
    starts_at: datetime
    start: Amount
    per: str
    phase: RoomPhase | None
    ends_at: datetime | None
    is_paused: bool
    price: Amount | None
    leader: int | None
    offers: int
    closed_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class OwnAct:
    """本号牌的一次操作: what was pressed, what came of it, and its receipt."""

    code: str
    height: int
    at: datetime
    kind: OfferKind
    seq: int | None
    amount: Amount | None
    reasons: tuple[Reason, ...]

    @property
    def is_accepted(self) -> bool:
        return not self.reasons


@dataclass(frozen=True)
class Frame:
    """一帧: one fact of the room as it is replayed, with its height."""

    height: int
    at: datetime
    fact: Any


@dataclass(frozen=True)
class Barred:
    """停用的号牌: since its offers are no longer taken, and why."""

    paddle: int
    reason: str


@dataclass(frozen=True)
class Refused:
    """未接受的操作, in the words its bidder was given."""

    paddle: int
    at: datetime
    amount: Amount | None
    reasons: tuple[str, ...]
