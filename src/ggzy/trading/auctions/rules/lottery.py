"""摇号的规则: who promises a nonce until when, who tells it when, and the seed that follows.

A nonce is promised before the entrants are known. The platform always promises one and tells it last, in
the act that draws: whoever keeps silent learns nothing by it, and the platform cannot choose.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from ggzy.kernel import canon, digest, draw
from ggzy.kernel.codes import LotCode
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.trading.auctions.rules.unsealing import lot_leaf
from ggzy.trading.auctions.values import AtCeiling, FormatTerms, Room, RoomPhase, TieRule
from ggzy.trading.auctions.values.givers import PADDLE, PLATFORM

REVEAL_WINDOW = timedelta(minutes=30)
NO_SALT = bytes(draw.SIZE)
"""Paddles hide their bidders already, and a salt somebody chooses late would choose the winner."""
OVER = (RoomPhase.DRAWING, RoomPhase.CLOSED)


@dataclass(frozen=True)
class Giver:
    """随机数提供方: its promise, and its nonce once told."""

    party: str
    commitment: bytes
    nonce: bytes | None = None
    is_missed: bool = False


def has_lottery(terms: FormatTerms) -> bool:
    """公告的规则是否可能摇号: at the ceiling price, or among equal sealed offers."""
    at_ceiling = terms.ceiling is not None and terms.ceiling.rule is AtCeiling.DRAW
    return at_ceiling or terms.ties.rule in (TieRule.DRAW, TieRule.AGAIN)


def lottery_name(lot: LotCode, round: int) -> str:
    """摇号名称, that every promise names."""
    return f"lots/{lot}/{round}"


def may_commit_nonce(
    terms: FormatTerms | None, room: Room | None, givers: Mapping[str, Giver], party: str, commitment: bytes
) -> Verdict:
    """承诺随机数的条件: the notice may come to lots, and nobody knows yet among whom."""
    return judge(
        [
            (terms is not None and has_lottery(terms), Reason("no_lottery", "本场竞价的规则不摇号")),
            (
                room is None or room.phase not in OVER,
                Reason("entrants_known", "参加摇号的号牌已经确定，不再接受随机数承诺"),
            ),
            (party not in givers, Reason("committed", "您已经提交了随机数承诺，不能更换")),
            (
                not party.startswith(PADDLE) or _is_known(room, int(party.removeprefix(PADDLE))),
                Reason(
                    "paddle_unknown",
                    "您的号牌还没有公开报价，现在提交承诺会透露您参加竞价",
                    remedy="请在报价或者表示参加摇号之后、摇号报名结束之前提交",
                ),
            ),
            (len(commitment) == draw.SIZE, Reason("commitment", "随机数承诺应为 32 字节")),
        ]
    )


def _is_known(room: Room | None, number: int) -> bool:
    """Whether everybody knows that this paddle takes part: it has offered, or takes part in the lots."""
    paddle = room.roster.find(number) if room else None
    is_seen = paddle is not None and (paddle.has_offered or paddle.has_joined)
    return room is not None and (is_seen or number in room.entrants)


def may_reveal_nonce(
    room: Room, givers: Mapping[str, Giver], party: str, nonce: bytes, at: datetime
) -> Verdict:
    """公开随机数的条件: the room waits for lots, the nonce is the promised one, within the window."""
    own = givers.get(party)
    return judge(
        [
            (room.phase is RoomPhase.DRAWING, Reason("phase", "当前阶段不公开随机数")),
            (own is not None, Reason("not_committed", "您没有提交过随机数承诺")),
            (own is None or own.nonce is None, Reason("revealed", "您的随机数已经公开")),
            (at < reveal_until(room), Reason("late", "公开随机数的时间已过")),
            (
                own is None or _is_promised(room, own, nonce),
                Reason("differs", "随机数与您的承诺不符", remedy="请使用提交承诺时保存的随机数"),
            ),
        ]
    )


def _is_promised(room: Room, own: Giver, nonce: bytes) -> bool:
    name = lottery_name(room.lot, room.round)
    return len(nonce) == draw.SIZE and draw.commitment(name, own.party, 0, nonce) == own.commitment


def reveal_until(room: Room) -> datetime:
    """公开随机数的截止: so long after the entrants were known."""
    assert room.at is not None, "a room that waits for lots has begun"
    return room.at + REVEAL_WINDOW


def waiting_for(givers: Mapping[str, Giver]) -> tuple[str, ...]:
    """尚未公开随机数的各方; the platform's own comes last and is not waited for."""
    return tuple(sorted(p for p, one in givers.items() if one.nonce is None and p != PLATFORM))


def may_draw_now(room: Room, givers: Mapping[str, Giver], at: datetime) -> Verdict:
    """此刻能否摇号: every promised nonce is told, or its time is over."""
    waiting = waiting_for(givers)
    return judge(
        [
            (room.phase is RoomPhase.DRAWING, Reason("phase", "当前阶段不摇号")),
            (PLATFORM in givers, Reason("no_nonce", "没有平台的随机数承诺")),
            (
                not waiting or room.phase is not RoomPhase.DRAWING or at >= reveal_until(room),
                Reason("waiting", f"还有 {len(waiting)} 方没有公开随机数"),
            ),
        ]
    )


def seed_of(room: Room, head: bytes, nonces: Mapping[str, bytes]) -> bytes:
    """摇号种子: from who takes part, the chain value of the fact that settled it, and every nonce told.

    `head` was known to nobody when the nonces were promised.
    """
    paddles = sorted(room.entrants)
    said = canon.dumps({"lot": str(room.lot), "paddles": paddles, "round": room.round})
    return draw.seed(
        request=digest.function("sha256")(said),
        pool=draw.root([lot_leaf(NO_SALT, paddle) for paddle in paddles]),
        excluded=draw.root([]),
        head=head,
        nonces=nonces,
    )
