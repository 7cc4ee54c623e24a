"""评标委员会 in the record. An expert is a salted label, the same in every lot; a name only once published."""

import hashlib
import hmac
from typing import Any

from ggzy.trading.dossier.rules.recording.telling import Steps, Told, each, moved, part, place
from ggzy.trading.dossier.values.record import LotRecord
from ggzy.trading.dossier.values.stages import Committee, Member, Replacement
from ggzy.trading.evaluation import events as evaluation
from ggzy.trading.evaluation.values import MemberKind, Purpose

LABEL_BYTES = 6


def _requested(record: LotRecord, fact: evaluation.DrawRequested, told: Told) -> LotRecord:
    if fact.purpose is not Purpose.COMMITTEE:
        return record
    known = record.committee
    begun = Committee(
        **place(told),
        drawn_seats=sum(seat.count for seat in fact.seats),
        owner_seats=fact.owner_seats,
        draws=(*(known.draws if known else ()), fact.draw),
        abandoned=known.abandoned if known else 0,
    )
    return moved(record, committee=begun)


def _abandoned(record: LotRecord, fact: evaluation.DrawAbandoned, told: Told) -> LotRecord:
    known = record.committee
    if known is None or fact.draw not in known.draws:
        return record
    return part(record, "committee", abandoned=known.abandoned + 1)


def _replaced(record: LotRecord, fact: evaluation.MemberReplaced, told: Told) -> LotRecord:
    if record.committee is None:
        return record
    new = tuple(Replacement(**place(told), seat=seat.seat) for seat in fact.drawn)
    return part(record, "committee", replacements=(*record.committee.replacements, *new))


def _called(record: LotRecord, fact: evaluation.MemberCalled, told: Told) -> LotRecord:
    return _seat(
        record,
        Member(
            seat=fact.seat, kind=MemberKind.EXPERT.value, expert=label(record, fact.expert),
            specialty=fact.specialty, called_at=told.at, height=told.height,
        ),
    )  # fmt: skip


def _named(record: LotRecord, fact: evaluation.RepresentativeNamed, told: Told) -> LotRecord:
    person = label(record, fact.person)
    return _seat(
        record,
        Member(
            seat=fact.seat, kind=MemberKind.OWNER.value, expert=person, called_at=told.at, height=told.height
        ),
    )


def _seat(record: LotRecord, member: Member) -> LotRecord:
    """The latest call to a seat is who sits on it; who was called before stays with why the seat fell vacant."""
    known = record.committee
    return part(record, "committee", members=(*known.members, member)) if known else record


def _vacated(record: LotRecord, fact: evaluation.SeatVacated, told: Told) -> LotRecord:
    known = record.committee
    if known is None:
        return record
    sits = [one for one in known.members if one.seat == fact.seat and not one.vacated]
    members = each(known.members, lambda one: one in sits, vacated=fact.reason.value)
    return part(record, "committee", members=members)


def _published(record: LotRecord, fact: evaluation.CommitteePublished, told: Told) -> LotRecord:
    known = record.committee
    if known is None:
        return record
    members: tuple[Any, ...] = known.members
    for one in fact.members:
        here = [m for m in members if m.seat == one.seat and not m.vacated]
        members = each(members, here.__contains__, name=one.name, employer=one.employer)
    return part(record, "committee", members=members)


def label(record: LotRecord, code: str) -> str:
    """专家代号: the code under the platform's own salt."""
    return hmac.new(record.ground.salt, code.encode(), hashlib.sha256).digest()[:LABEL_BYTES].hex()


STEPS: Steps = {
    evaluation.DrawRequested: _requested,
    evaluation.DrawAbandoned: _abandoned,
    evaluation.CommitteeDrawn: lambda record, fact, told: part(record, "committee", drawn_at=told.at),
    evaluation.MemberReplaced: _replaced,
    evaluation.MemberCalled: _called,
    evaluation.RepresentativeNamed: _named,
    evaluation.SeatVacated: _vacated,
    evaluation.CommitteePublished: _published,
}
