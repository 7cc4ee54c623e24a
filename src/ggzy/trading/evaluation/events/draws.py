"""抽取的事实: the pool, the promises, what was drawn, and who was called to which seat."""

from datetime import datetime

from ggzy.kernel.codes import ExpertCode, LotCode, RegionCode
from ggzy.kernel.events import Audience, event
from ggzy.trading.evaluation.values import (
    Coefficient,
    DrawnSeat,
    ExclusionCount,
    MemberKind,
    Purpose,
    SeatPlan,
    Vacancy,
)

DRAW = "draw/{lot}/{round}"


@event("draw.requested", Audience.PUBLIC, subject=DRAW)
class DrawRequested:
    """抽取已申请. The hash of this body is the request hash of the seed. `previous` names an abandoned draw."""

    lot: LotCode
    round: int
    draw: str
    purpose: Purpose
    serial: int
    seats: tuple[SeatPlan, ...]
    owner_seats: int
    region: RegionCode
    rulebook: str
    algorithm: str = "sha256"
    previous: str = ""


@event("draw.committed", Audience.PUBLIC, subject=DRAW)
class DrawCommitted:
    """候选池已固定. One per group; all leaf hashes are public and say nothing without their salts."""

    lot: LotCode
    round: int
    draw: str
    group: str
    count: int
    root: str
    leaves: tuple[bytes, ...]
    excluded: tuple[ExclusionCount, ...]
    excluded_root: str


@event("nonce.committed", Audience.PUBLIC, subject=DRAW)
class NonceCommitted:
    """随机数已承诺. `escrow` is the digest of the nonces sealed to the custodians, where there are any."""

    lot: LotCode
    round: int
    draw: str
    party: str
    commitments: tuple[bytes, ...]
    escrow: str = ""


@event("commits.closed", Audience.PUBLIC, subject=DRAW)
class CommitsClosed:
    """承诺已截止. Its place in the journal enters the seed: nobody knew it before."""

    lot: LotCode
    round: int
    draw: str
    parties: tuple[str, ...]
    pool_root: str
    excluded_root: str
    reveal_until: datetime


@event("nonce.revealed", Audience.PUBLIC, subject=DRAW)
class NonceRevealed:
    """随机数已公开."""

    lot: LotCode
    round: int
    draw: str
    party: str
    turn: int
    nonce: bytes


@event("reveal.missed", Audience.PUBLIC, subject=DRAW)
class RevealMissed:
    """未按时公开随机数. Silence is a fact with a name."""

    lot: LotCode
    round: int
    draw: str
    party: str
    turn: int


@event("draw.abandoned", Audience.PUBLIC, subject=DRAW)
class DrawAbandoned:
    """抽取已中止."""

    lot: LotCode
    round: int
    draw: str
    reason: str


@event("committee.drawn", Audience.PUBLIC, subject=DRAW)
class CommitteeDrawn:
    """评标专家已抽取."""

    lot: LotCode
    round: int
    draw: str
    turn: int
    head: bytes
    seed: bytes
    drawn: tuple[DrawnSeat, ...]


@event("member.replaced", Audience.PUBLIC, subject=DRAW)
class MemberReplaced:
    """评标专家已补抽. Fresh nonces: nobody could know whom a refusal would bring."""

    lot: LotCode
    round: int
    draw: str
    turn: int
    seed: bytes
    drawn: tuple[DrawnSeat, ...]


@event("coefficients.drawn", Audience.PUBLIC, subject=DRAW)
class CoefficientsDrawn:
    """系数已抽取."""

    lot: LotCode
    round: int
    draw: str
    turn: int
    head: bytes
    seed: bytes
    coefficients: tuple[Coefficient, ...]


@event("tie.drawn", Audience.PUBLIC, subject=DRAW)
class TieDrawn:
    """并列已抽签."""

    lot: LotCode
    round: int
    draw: str
    turn: int
    head: bytes
    seed: bytes
    order: tuple[str, ...]


@event("member.called", Audience.RESTRICTED, subject=DRAW)
class MemberCalled:
    """已发出评标邀请. The only fact that ties a seat to an expert before the award notice."""

    lot: LotCode
    round: int
    seat: int
    leaf: bytes
    expert: ExpertCode
    specialty: str


@event("representative.named", Audience.SEALED, subject=DRAW)
class RepresentativeNamed:
    """招标人代表已确定."""

    lot: LotCode
    round: int
    seat: int
    person: str


@event("member.accepted", Audience.SEALED, subject=DRAW)
class MemberAccepted:
    """评委已接受邀请."""

    lot: LotCode
    round: int
    seat: int


@event("seat.vacated", Audience.SEALED, subject=DRAW)
class SeatVacated:
    """评委席位空缺. `text` is the expert's own answer or the call record.

    `replaced_in` is the draw whose next turn fills the seat; it is empty where no draw can.
    """

    lot: LotCode
    round: int
    seat: int
    kind: MemberKind
    reason: Vacancy
    text: str
    replaced_in: str = ""
    turn: int = 0
