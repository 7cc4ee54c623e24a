"""实况: what a room tells whoever watches it, as plain values; and what it answers a press.

Nobody's name is in it, no limit of an automatic offer, no press that was refused to another.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from ggzy.foundation.journal.values import Receipt
from ggzy.kernel import amounts
from ggzy.trading.auctions import events
from ggzy.trading.auctions.rules.judging import BARS
from ggzy.trading.auctions.values import Amount, Answer, Measure, OfferLine, Paddle, Room, RoomPhase

Told = dict[str, Any]
OFFERING = (RoomPhase.WAITING, RoomPhase.FREE, RoomPhase.TIMED, RoomPhase.SECOND)


def tick(room: Room, head: int, chain: bytes, now: datetime, lines: Sequence[Told]) -> Told:
    """实况: the state of the room after the fact of height `head`, and the offers since the tick before."""
    return {"kind": "tick", "now": instant(now), "state": state(room, head, chain), "lines": list(lines)}


def state(room: Room, head: int, chain: bytes) -> Told:
    """竞价室现状. `chain` is the chain value of its last fact: all screens of one height show the same."""
    leading = room.leader or room.capped
    offers_now = not room.terms.fall and room.phase in OFFERING
    return {
        "lot": room.lot,
        "round": room.round,
        "head": head,
        "chain": chain.hex(),
        "seq": room.seq,
        "phase": room.phase.value,
        "phase_label": room.phase.label,
        "ends_at": instant(room.end) if room.end else None,
        "paused": room.pause is not None,
        "price": amount(room.price),
        "second": amount(room.second),
        "leader": leading.paddle if leading else None,
        "least": amount(room.scale.amount(room.least)) if offers_now else None,
        "extensions": room.extensions,
        "paddles": room.roster.offered,
        "outcome": room.outcome.label if room.outcome else None,
    }


def lines(facts: Iterable[Any]) -> list[Told]:
    """报价记录 among these facts, in order."""
    return [line_of(fact) for fact in facts if isinstance(fact, events.OfferMade)]


def line_of(fact: events.OfferMade) -> Told:
    """报价记录的一行 of a fact."""
    return _line(fact.seq, fact.paddle, fact.amount, fact.at, is_automatic=fact.is_automatic)


def line(row: OfferLine) -> Told:
    """报价记录的一行 of a row."""
    return _line(row.seq, row.paddle, row.amount, row.at, is_automatic=row.is_automatic)


def _line(seq: int, paddle: int, given: Amount | None, at: datetime, *, is_automatic: bool) -> Told:
    return {
        "seq": seq, "paddle": paddle, "amount": amount(given), "at": instant(at), "automatic": is_automatic,
    }  # fmt: skip


def amount(given: Amount | None) -> Told | None:
    """数额, exact and as people read it."""
    if given is None:
        return None
    words = amounts.characters(given.units) if given.measure is Measure.MONEY else str(given)
    return {"measure": given.measure.value, "units": given.units, "text": str(given), "words": words}


def own(room: Room, paddle: Paddle) -> Told:
    """本号牌: what only its bidder is told."""
    proxy = next((one for one in room.proxies if one.paddle == paddle.number), None)
    return {
        "kind": "self",
        "paddle": paddle.number,
        "bar": BARS[paddle.bar][0] if paddle.bar else None,
        "proxy": amount(room.scale.amount(proxy.gain)) if proxy else None,
        "joined": paddle.has_joined or paddle.number in room.entrants,
        "waived": paddle.has_waived,
    }


def answer(given: Answer) -> Told:
    """答复 to one press."""
    return {
        "kind": "answer",
        "press": given.press,
        "accepted": given.is_accepted,
        "reasons": [
            {"code": one.code, "text": one.text, "article": one.article, "remedy": one.remedy}
            for one in given.reasons
        ],
        "duplicate": given.is_repeated,
        "receipt": receipt(given.receipt) if given.receipt else None,
    }


def receipt(given: Receipt) -> Told:
    """回执 as the bidder's page keeps it; the code is for its holder alone."""
    return {
        "code": given.code,
        "height": given.height,
        "at": instant(given.at),
        "seq": given.seq,
        "chain": given.chain.hex(),
        "note": given.signature,
    }


def address(door: str, host: str, *, is_secure: bool) -> str:
    """门的网址: another port (:8001) or a path (/live/1) of the host that the page came from."""
    base = f"http{'s' if is_secure else ''}://"
    if door.startswith(":"):
        name = urlsplit(f"//{host}").hostname or ""
        return f"{base}[{name}]{door}" if ":" in name else f"{base}{name}{door}"
    return f"{base}{host}{door}" if door.startswith("/") else door


def instant(at: datetime) -> str:
    """时刻 with its offset, to the microsecond."""
    return at.isoformat(timespec="microseconds")


def merged(older: Sequence[Told], newer: Sequence[Told], most: int) -> list[Told]:
    """The last `most` lines of both: who missed more asks for the whole record again."""
    return [*older, *newer][-most:]
