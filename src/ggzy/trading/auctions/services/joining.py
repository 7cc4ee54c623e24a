"""报名: apply, be looked at, be given a paddle that tells nothing."""

from dataclasses import replace
from datetime import datetime

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel import events as kernel_events
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Permission
from ggzy.kernel.verdict import Refused
from ggzy.registers.parties import queries as parties
from ggzy.trading.auctions import access, events, queries, rules
from ggzy.trading.auctions.lifecycle import APPLICATION
from ggzy.trading.auctions.models import Application, Viewing
from ggzy.trading.auctions.services.announcing import are_stored
from ggzy.trading.auctions.services.lapsing import lapse
from ggzy.trading.auctions.services.seats import Seat
from ggzy.trading.auctions.values import ApplicationState, Document, Refusal
from ggzy.trading.deposits import services as deposits


@command
def apply(actor: Actor, lot: LotCode, documents: tuple[Document, ...]) -> Receipt:
    """提交竞买申请. The moment is read under the lock: nobody slips past the end of the applications."""
    grip, party = access.auction_for_applicant(actor, lot, Permission.APPLICATION_FILE)
    facts = queries.applicant_facts(grip.lot, grip.row, party, grip.at)
    asked = grip.facts.terms.materials if grip.facts.terms else ()
    facts = replace(facts, missing=rules.missing(asked, documents))
    (rules.may_apply(grip.facts, facts, grip.at) & are_stored(documents)).require()
    Application.objects.update_or_create(
        auction=grip.row,
        party=party,
        defaults={
            "name": parties.name(party),
            "state": ApplicationState.FILED,
            "documents": [kernel_events.body(file) for file in documents],
            "filed_at": grip.at,
            "reasons": [],
        },
    )
    filed = events.ApplicationFiled(lot=lot, round=grip.row.round, bidder=party, documents=documents)
    return journal.record(filed, actor=actor, at=grip.at)


@command
def withdraw(actor: Actor, lot: LotCode) -> Receipt:
    """撤回竞买申请, before it is confirmed and before the applications close."""
    grip, party = access.auction_for_applicant(actor, lot, Permission.APPLICATION_FILE)
    facts = queries.applicant_facts(grip.lot, grip.row, party, grip.at)
    rules.may_withdraw(grip.facts, facts, grip.at).require()
    _move(_application(grip, party), "withdraw")
    gone = events.ApplicationWithdrawn(lot=lot, round=grip.row.round, bidder=party)
    return journal.record(gone, actor=actor, at=grip.at)


@command
def decline(
    actor: Actor, lot: LotCode, party: CreditCode, reasons: tuple[str, ...], *, at: datetime
) -> Receipt:
    """不予确认竞买资格, for conditions of the notice that are not met, each in words.

    Who can no longer put its application in order gets its deposit back at once, else with the result.
    """
    grip = access.auction_to_run(actor, lot, Permission.APPLICATION_DECIDE)
    facts = queries.applicant_facts(grip.lot, grip.row, party, grip.at)
    rules.may_decline(grip.facts, facts, reasons).require()
    said = tuple(reason.strip() for reason in reasons)
    row = _application(grip, party)
    row.reasons = list(said)
    _move(row, "decline")
    _give_back(grip, party, at)
    told = events.ApplicationDeclined(lot=lot, round=grip.row.round, bidder=party, reasons=said)
    return journal.record(told, actor=actor, at=at)


@command
def decide(actor: Actor, lot: LotCode, party: CreditCode) -> Receipt:
    """到期确认: the applications are over, so the facts decide: admitted, or declined for what stands against it.

    Once the room gives no more paddles nobody is admitted.
    """
    grip = access.auction_to_run(actor, lot, Permission.APPLICATION_DECIDE)
    facts = queries.applicant_facts(grip.lot, grip.row, party, grip.at)
    row = queries.room_row(lot, grip.row.round)
    room = queries.restored(row, lot, grip.row.round)[0] if row else None
    verdict = rules.may_still_admit(
        grip.facts, facts, room, grip.at, is_joined_late=grip.format.is_joined_late
    )
    if verdict.ok:
        own = _application(grip, party)
        if not rules.may_seat(grip.facts, own.claimed()).ok:
            journal.record_all(lapse([own], grip.row), actor=actor, at=grip.at)
        return admit(actor, lot, party)
    return decline(actor, lot, party, tuple(reason.text for reason in verdict.reasons), at=grip.at)


@command
def admit(actor: Actor, lot: LotCode, party: CreditCode) -> Receipt:
    """确认竞买资格: the paddle is derived from the secret, and given in the room if there is one already."""
    grip = access.auction_to_run(actor, lot, Permission.APPLICATION_DECIDE)
    facts = queries.applicant_facts(grip.lot, grip.row, party, grip.at)
    rules.may_admit(grip.facts, facts, grip.at).require()
    row = _application(grip, party)
    rules.may_seat(grip.facts, row.claimed()).require()
    taken = [one.number for one in queries.paddles(grip.row)]
    row.paddle = rules.number_for(bytes(grip.row.secret), party, taken)
    _move(row, "admit")
    admitted = events.BidderAdmitted(
        lot=lot,
        round=grip.row.round,
        bidder=party,
        name=row.name,
        paddle=row.paddle,
        priority=row.priority,
    )
    if not grip.facts.is_prepared:
        return journal.record(admitted, actor=actor, at=grip.at)
    return _give(actor, grip, admitted)


def _give(actor: Actor, grip: access.Grip, admitted: events.BidderAdmitted) -> Receipt:
    """The room is already there: the clock's facts first, then the paddle."""
    seat = Seat.of(grip.row)
    batch = seat.batch()
    batch.advance()
    outcome = rules.give(
        batch.room,
        admitted.paddle,
        batch.at,
        priority=admitted.priority,
        is_joined_late=grip.format.is_joined_late,
    )
    if isinstance(outcome, Refusal):
        raise Refused(outcome.reasons)
    batch.take(outcome)
    batch.facts.insert(0, admitted)  # the head of a room is always a fact of its own
    return seat.tell(batch, actor)


@command
def book_viewing(actor: Actor, lot: LotCode, on: datetime) -> Receipt:
    """预约现场踏勘, at a time the notice offers."""
    grip, party = access.auction_for_applicant(actor, lot, Permission.APPLICATION_FILE)
    rules.may_book_viewing(grip.facts, on, grip.at).require()
    Viewing.objects.get_or_create(auction=grip.row, visitor=party, on=on)
    booked = events.ViewingBooked(lot=lot, round=grip.row.round, visitor=party, on=on)
    return journal.record(booked, actor=actor, at=grip.at)


def _give_back(grip: access.Grip, party: CreditCode, at: datetime) -> None:
    end = grip.facts.apply_end
    if end is not None and at >= end:
        actor = Actor.system(f"{grip.lot.code}/{grip.row.round}/declined/{party}")
        deposits.release_many(actor, grip.lot.code, (party,), "未取得竞买资格", at=at)


def _application(grip: access.Grip, party: CreditCode) -> Application:
    row = queries.application(grip.row, party)
    if row is None:
        raise Missing()
    return row


def _move(row: Application, move: str) -> None:
    row.state = APPLICATION.after(ApplicationState(row.state), move)
    row.save()
