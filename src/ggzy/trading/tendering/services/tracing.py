"""投标痕迹: noted when a party comes, read out of the bids once they are open (招标投标法实施条例 §40).

The files of a bid may hold anything: a bounded program beside the platform reads them, outside any lock.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, BinaryIO, cast

from django.utils.crypto import salted_hmac

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.foundation.sealing import content
from ggzy.foundation.sealing.content import Contents
from ggzy.foundation.vault import queries as vault
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Permission
from ggzy.kernel.verdict import Reason, Refused
from ggzy.registers.parties import queries as parties
from ggzy.registers.parties.values import PartyFacts
from ggzy.trading.projects import queries as projects
from ggzy.trading.tendering import access, events, queries
from ggzy.trading.tendering.models import Bid, Documents, Opening, Tender
from ggzy.trading.tendering.queries import ceremony
from ggzy.trading.tendering.rules import tracing
from ggzy.trading.tendering.values import BidState
from ggzy.trading.tendering.values.traces import (
    Act,
    BidTrace,
    Common,
    Contact,
    FileTrace,
    PricePattern,
    Reading,
    Visit,
)
from imprint import asking

MARK_DIGITS = 16


@command
def note_visit(actor: Actor, lot: LotCode, act: Act, of: str, visit: Visit) -> Receipt:
    """记录来访 (电子招标投标办法 §49): beside the act itself, which has been done; nobody reads it before the
    close. The browser's mark is turned into one of this lot, so that nobody is followed from lot to lot."""
    grip = access.tender_for_bidding(actor, lot, Permission.BID_SUBMIT)
    assert actor.organisation is not None, "access asked for it"
    mark = salted_hmac(f"ggzy.trace/1 {lot}", visit.mark).hexdigest()[:MARK_DIGITS] if visit.mark else ""
    fact = events.VisitNoted(
        lot=lot,
        round=grip.row.round,
        act=act,
        party=actor.organisation,
        of=of,
        visit=replace(visit, mark=mark),
    )
    return journal.record(fact, actor=actor, at=grip.at)


@dataclass(frozen=True)
class _Opened:
    """One opened bid: what its parts hold, and where its files lie."""

    bid: Bid
    contents: tuple[Contents, ...]
    places: tuple[tuple[str, int, int, str], ...]


@dataclass(frozen=True)
class _Known:
    """What the registers know of everybody behind the bids."""

    parties: Mapping[CreditCode, PartyFacts]
    bans: Mapping[CreditCode, str]
    above: Mapping[CreditCode, tuple[str, ...]]


def trace_bids(actor: Actor, lot: LotCode) -> Receipt:
    """提取投标痕迹 of a concluded opening. Raises Missing where there is none, Refused where it was done."""
    row = queries.row_of(lot, projects.lot(lot).round)
    if row is None:
        raise Missing()
    opened = [_opened(bid) for bid in ceremony.in_set(row).filter(state=BidState.OPENED)]
    answer = _asked(opened, _documents(row))
    files = answer.get("files", {})
    traces = tuple(
        BidTrace(
            one.bid.bid,
            next((part.device for part in one.contents if part.device is not None), None),
            _files(files.get(one.bid.bid), one.places),
            tracing.people(next((part.offer for part in one.contents if part.offer is not None), None)),
        )
        for one in opened
    )
    read = Reading(
        _common(answer.get("pairs", ())),
        bool(answer.get("is_complete")),
        _files(answer.get("documents", ()), ()),
    )
    return enter_traces(actor, lot, traces, read)


@command
def enter_traces(actor: Actor, lot: LotCode, traces: tuple[BidTrace, ...], read: Reading) -> Receipt:
    """登记投标痕迹, once: with the machine each bid tells of, and the register's word on who stands behind it."""
    grip = access.tender_to_run(actor, lot, Permission.OPENING_CONDUCT)
    row = Opening.objects.filter(tender=grip.row, concluded_at__isnull=False).first()
    if row is None:
        raise Missing()
    if row.traced_at is not None:
        raise Refused([Reason("traced_before", "投标痕迹已经登记")])
    bids = {bid.bid: bid for bid in ceremony.in_set(grip.row)}
    behind = {bid: bids[bid].bidder().parties for bid in bids}
    everyone = tuple({party for some in behind.values() for party in some})
    known = _Known(
        parties.parties(everyone), queries.bans_of(grip.lot, everyone, grip.at), parties.above(everyone)
    )
    Opening.objects.filter(pk=row.pk).update(traced_at=grip.at)
    told: list[object] = [
        events.BidTraced(
            lot=lot,
            round=grip.row.round,
            bid=trace.bid,
            device=trace.device,
            files=trace.files,
            people=trace.people,
            contacts=_contacts(behind[trace.bid], known),
        )
        for trace in traces
    ]
    compared = events.BidsCompared(
        lot=lot,
        round=grip.row.round,
        bids=len(traces),
        common=read.common,
        is_complete=read.is_complete,
        documents=read.documents,
    )
    return journal.record_all([*told, compared], actor=actor, at=grip.at)


def _contacts(some: Iterable[CreditCode], known: _Known) -> tuple[Contact, ...]:
    found = []
    for party in some:
        ban, above = known.bans.get(party, ""), known.above.get(party, ())
        facts = known.parties.get(party)
        told = (facts.representative, facts.phone, facts.address) if facts else ("", "", "")
        found.append(Contact(party, *told, ban=ban, above=above))
    return tuple(found)


def _opened(bid: Bid) -> _Opened:
    contents, places = [], []
    for part in bid.facts(shows_prices=True).files:
        found = _contents(part.digest)
        if found is not None:
            contents.append(found)
            path = str(vault.path_of(part.digest))
            places += [(path, file.offset, file.size, file.name) for file in found.files]
    return _Opened(bid, tuple(contents), tuple(places))


def _contents(digest: str) -> Contents | None:
    try:
        with vault.open_file(digest) as file:
            return content.read_bundle(cast(BinaryIO, file))
    except (Missing, Refused):
        return None  # kept as it is: the committee decides (F11)


def _documents(row: Tender) -> list[tuple[str, int, int, str]]:
    """招标文件 of every version: what may be copied from them explains what is alike."""
    found: dict[str, tuple[str, int, int, str]] = {}
    for version in Documents.objects.filter(tender=row):
        for file in version.files:
            path = vault.path_of(file["digest"])
            if path.exists():
                found[file["digest"]] = (str(path), 0, int(file["bytes"]), str(file["name"]))
    return list(found.values())


def _asked(opened: Sequence[_Opened], documents: Sequence[tuple[str, int, int, str]]) -> dict[str, Any]:
    """What the reading program says; empty where it did not answer."""
    request = {
        "bids": {one.bid.bid: {"name": one.bid.name, "files": one.places} for one in opened},
        "documents": documents,
    }
    return asking.ask(request)


def _files(
    told: Sequence[Mapping[str, Any]] | None, places: Sequence[tuple[str, int, int, str]]
) -> tuple[FileTrace, ...]:
    if told is None:
        return tuple(FileTrace(place[3], "", place[2], unread="读取程序中止，未读取") for place in places)
    return tuple(_file(one) for one in told)


def _file(told: Mapping[str, Any]) -> FileTrace:
    marks: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in told.items()
    }
    return FileTrace(**marks)


def _common(pairs: Sequence[Mapping[str, Any]]) -> tuple[Common, ...]:
    return tuple(
        Common(
            pair["one"],
            pair["other"],
            similarity=None if pair["similarity"] is None else Decimal(pair["similarity"]),
            passages=tuple(pair["passages"]),
            slips=tuple(pair["slips"]),
            named=tuple(pair["named"]),
            prices=_pattern(pair["prices"]),
        )
        for pair in pairs
    )


def _pattern(told: Mapping[str, Any] | None) -> PricePattern | None:
    if told is None:
        return None
    return PricePattern(
        items=told["items"],
        ratio=Decimal(told["ratio"]),
        spread=Decimal(told["spread"]),
        step=None if told["step"] is None else Decimal(told["step"]),
        equal=Decimal(told["equal"]),
        tails=Decimal(told["tails"]),
        by_control=told["by_control"],
    )
