"""相遇: who bid in the same lots, and whether that is more than chance.

A meeting is a lot with its bidders and its winner. Lots with more than `CROWD` bidders are left out: where
everybody comes, to meet says nothing, and nobody's pairs need be counted. So a lot costs at most `CROWD`
notes of `CROWD` names, however many bid.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import combinations
from types import MappingProxyType

from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.instants import BEIJING, add_months
from ggzy.oversight.alerts.rules import chance
from ggzy.oversight.alerts.values import Note, Picture, Shape, Value
from ggzy.trading.dossier.values.record import LotRecord

CROWD = 30
RIVALS_MAX = 60
COLUMNS_MAX = 24


@dataclass(frozen=True)
class Meeting:
    """一次相遇: `names` by code; the winner is one of them."""

    lot: LotCode
    at: datetime
    names: Mapping[str, str]
    winner: str

    @property
    def bidders(self) -> frozenset[str]:
        return frozenset(self.names)


@dataclass(frozen=True)
class Group:
    """一伙: those who met in all of these meetings, in the order of time."""

    members: tuple[str, ...]
    meetings: tuple[Meeting, ...]

    @property
    def names(self) -> Mapping[str, str]:
        told = {code: name for met in self.meetings for code, name in met.names.items()}
        return {member: told[member] for member in self.members}

    @property
    def wins(self) -> Counter[str]:
        """How often each of the group won."""
        return Counter(met.winner for met in self.meetings if met.winner in self.members)


def meeting(record: LotRecord) -> Meeting | None:
    """一个标段的相遇, once it has a winner and a crowd that can be told apart."""
    names, winner, at = _contested(record)
    if winner is None or at is None or str(winner) not in names or not 2 <= len(names) <= CROWD:
        return None
    return Meeting(record.lot, at, names, str(winner))


def _contested(record: LotRecord) -> tuple[dict[str, str], CreditCode | None, datetime | None]:
    if record.auction is not None:
        names = {str(a.party): _plain(a.name) for a in record.auction.applicants if a.paddle is not None}
        return names, record.auction.winner, record.auction.sold_at
    award = record.award
    names = {str(bid.bidder): _plain(bid.name) for bid in record.bids if bid.state == "opened"}
    return names, award.winner if award else None, award.at if award else None


def _plain(name: str) -> str:
    return " ".join(name.split())[:40]


def notes_by_bidder(record: LotRecord) -> Iterator[Note]:
    """每家投标人一条记号: all that its own question needs, so that a new lot touches only its bidders."""
    if met := meeting(record):
        figures = _figures(met)
        yield from (Note(key=code, lot=met.lot, at=met.at, figures=figures) for code in sorted(met.names))


def note_of(record: LotRecord, key: str) -> Iterator[Note]:
    """一个标段一条记号, under a key of its market or its owner."""
    if met := meeting(record):
        yield Note(key=key, lot=met.lot, at=met.at, figures=_figures(met))


def _figures(met: Meeting) -> Mapping[str, Value]:
    return {
        "bidders": "\n".join(f"{code} {name}" for code, name in sorted(met.names.items())),
        "winner": met.winner,
    }


def told(notes: Sequence[Note], days: int) -> list[Meeting]:
    """The meetings of the window that ends with the last of them, in the order of time."""
    return _after(notes, max(note.at for note in notes) - timedelta(days=days))


def told_in_months(notes: Sequence[Note], months: int) -> list[Meeting]:
    """The meetings of as many calendar months, up to the last of them: a window that slides, whatever the year."""
    last = max(note.at for note in notes).astimezone(BEIJING)
    since = add_months(last.date(), -months)
    return _after(notes, datetime.combine(since, last.timetz()))


def _after(notes: Sequence[Note], since: datetime) -> list[Meeting]:
    within = sorted((note for note in notes if note.at > since), key=lambda note: (note.at, str(note.lot)))
    return [
        Meeting(note.lot, note.at, _names(str(note.figures["bidders"])), str(note.figures["winner"]))
        for note in within
    ]


@lru_cache(maxsize=4096)
def _names(bidders: str) -> Mapping[str, str]:
    """Names by code. Kept: the same lot is read again for each of its bidders."""
    lines = (line.partition(" ") for line in bidders.split("\n"))
    return MappingProxyType({code: name for code, _, name in lines})


def groups(of: str, met: Sequence[Meeting], *, size: int, times: int) -> list[Group]:
    """The largest sets around one bidder that met at least `times` times. Widest first.

    Only its `RIVALS_MAX` most frequent rivals are joined, so the search is bounded whatever the notes say.
    """
    often = Counter(code for m in met for code in m.names if code != of)
    rivals = sorted((c for c, n in often.items() if n >= times), key=lambda c: (-often[c], c))[:RIVALS_MAX]
    seats = {code: frozenset(i for i, m in enumerate(met) if code in m.names) for code in rivals}
    together = {
        lots
        for few in combinations(rivals, min(size - 1, 2))
        if len(lots := frozenset.intersection(*(seats[code] for code in few))) >= times
    }
    found: dict[tuple[str, ...], frozenset[int]] = {}
    for lots in together:  # many pairs, few different sets of lots
        members = frozenset.intersection(*(met[i].bidders for i in lots))
        if len(members) >= size:
            found[tuple(sorted(members))] = lots
    order = sorted(found, key=lambda members: (-len(members), -len(found[members]), members))
    return [Group(members, tuple(met[i] for i in sorted(found[members]))) for members in order]


def coincidence(of: str, group: Group, met: Sequence[Meeting]) -> Decimal:
    """How many such groups chance alone would make among all this bidder's rivals: small is suspicious.

    Were rivals to come at random, each would be in a lot with the chance (rivals per lot ÷ rivals there
    are; those never seen are estimated from those seen once). In a market of few suppliers that chance is
    near one, and the answer is large: meeting is no news there.
    """
    often = Counter(code for m in met for code in m.names if code != of)
    rivals = max(chance.pool(list(often.values())), 1)
    share = Decimal(often.total()) / len(met) / rivals
    others = len(group.members) - 1
    alone = chance.binomial_tail(len(group.meetings), len(met), min(chance.ONE, share) ** others)
    return chance.sets(rivals, others) * alone


def luck(of: str, group: Group) -> Decimal:
    """How likely this one of equal bidders would win as many of these lots."""
    return chance.any_tail(group.wins[of], [chance.ONE / len(m.names) for m in group.meetings])


def matrix(group: Group, title: str) -> Picture:
    """矩阵: bidders × lots, the latest `COLUMNS_MAX`; 中 won, 投 bid."""
    shown = group.meetings[-COLUMNS_MAX:]
    columns = tuple(f"{number}. {m.at:%Y-%m-%d}" for number, m in enumerate(shown, 1))
    names = group.names
    cells = tuple(
        (names[code], column, Decimal(1), "中" if code == m.winner else "投")
        for column, m in zip(columns, shown, strict=True)
        for code in group.members
        if code in m.names
    )
    return Picture(Shape.MATRIX, title, tuple(names[code] for code in group.members), columns, cells)
