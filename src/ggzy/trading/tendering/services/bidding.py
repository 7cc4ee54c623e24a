"""投标: submit, replace, withdraw. The envelope is checked outside the lock, the race is decided inside."""

from datetime import datetime

from ggzy.foundation.journal import queries as clock
from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Permission
from ggzy.registers.catalog import queries as catalog
from ggzy.trading.deposits import services as deposits
from ggzy.trading.tendering import access, events, queries, rules
from ggzy.trading.tendering.models import Bid, LateAttempt, Stand
from ggzy.trading.tendering.queries import envelopes
from ggzy.trading.tendering.queries.envelopes import Envelope
from ggzy.trading.tendering.rules.bidding import Sealing
from ggzy.trading.tendering.values import Bidder, BidState, SealedBid

NAME_CHARACTERS_MAX = 2_000


def submit_bid(actor: Actor, lot: LotCode, sealed: SealedBid) -> Receipt:
    """递交或替换投标文件. The last one in before the deadline counts; an earlier one holds until then."""
    plan = queries.plan_text(lot)
    if plan is None or actor.organisation is None:
        raise Missing()
    envelope = envelopes.check(sealed.package, plan, actor.organisation, clock.now())
    return place_bid(actor, lot, sealed, envelope)


@command
def place_bid(actor: Actor, lot: LotCode, sealed: SealedBid, envelope: Envelope) -> Receipt:
    """登记已核验的投标文件 (trust §8.2): one locked transaction reads the moment, judges and inserts."""
    grip = access.tender_for_bidding(actor, lot, Permission.BID_SUBMIT)
    assert actor.organisation is not None, "access asked for it"
    last = queries.own_bid(grip.row, actor.organisation)
    live = last if last is not None and last.state == BidState.SUBMITTED else None
    members = tuple(dict.fromkeys(code for code in sealed.members if code != actor.organisation))
    facts = queries.bidder_facts(grip.lot, grip.row, actor.organisation, grip.at, members=members, own=last)
    rules.may_submit(
        grip.facts,
        facts,
        queries.method(grip.row.method),
        grip.at,
        sealing=_sealing(envelope, last, is_consortium=bool(members)),
        previous=live.submitted_at if live else None,
    ).require()
    bidder = Bidder(actor.organisation, _name(facts.names, sealed.name), members)
    if live is not None:
        Bid.objects.filter(pk=live.pk).update(state=BidState.REPLACED, ended_at=grip.at)
    bid = _insert(grip, envelope, bidder)
    receipt = journal.record(
        events.BidSubmitted(
            lot=lot,
            round=grip.row.round,
            bid=envelope.bid,
            gen=envelope.gen,
            bidder=bidder,
            manifest=envelope.manifest,
            prev=envelope.prev,
            documents=envelope.documents,
            plan=envelope.plan,
            parts=envelope.parts,
        ),
        actor=actor,
        at=grip.at,
    )
    Bid.objects.filter(pk=bid.pk).update(height=receipt.height, code=receipt.code)
    return receipt


def _sealing(envelope: Envelope, last: Bid | None, *, is_consortium: bool) -> Sealing:
    """After a withdrawal too the next generation follows the last one, under the same bid id."""
    return Sealing(
        bid=envelope.bid,
        gen=envelope.gen,
        prev=envelope.prev,
        plan=envelope.plan,
        documents=envelope.documents,
        is_consortium=is_consortium,
        expected_bid=last.bid if last else envelope.bid,
        expected_gen=last.gen + 1 if last else 1,
        expected_prev=last.manifest if last else None,
    )


def _name(registered: tuple[str, ...], given: str) -> str:
    """A single bidder is called what the register calls it; a consortium signs with a name of its own."""
    if len(registered) == 1:
        return registered[0]
    return given.strip()[:NAME_CHARACTERS_MAX] or "、".join(registered) + "（联合体）"


def _insert(grip: access.Grip, envelope: Envelope, bidder: Bidder) -> Bid:
    bid = Bid.objects.create(
        tender=grip.row,
        bid=envelope.bid,
        gen=envelope.gen,
        party=bidder.leader,
        name=bidder.name,
        members=list(bidder.members),
        manifest=envelope.manifest,
        documents=envelope.documents,
        package=envelope.package,
        bytes=envelope.bytes,
        submitted_at=grip.at,
    )
    if envelope.gen > 1:
        Stand.objects.filter(tender=grip.row, bid=envelope.bid).delete()
    Stand.objects.bulk_create(
        Stand(tender=grip.row, party=party, bid=envelope.bid) for party in bidder.parties
    )
    return bid


@command
def withdraw_bid(actor: Actor, lot: LotCode) -> Receipt:
    """撤回投标文件, before the deadline only. The deposit goes back within the lawful days (实施条例 §35)."""
    grip = access.tender_for_bidding(actor, lot, Permission.BID_WITHDRAW)
    assert actor.organisation is not None, "access asked for it"
    bid = queries.own_bid(grip.row, actor.organisation)
    rules.may_withdraw(grip.facts, BidState(bid.state) if bid else None, grip.at).require()
    assert bid is not None, "judged above"
    refund_by = rules.refund_by(grip.lot.rulebook, catalog.calendar(), grip.at)
    Bid.objects.filter(pk=bid.pk).update(state=BidState.WITHDRAWN, ended_at=grip.at)
    Stand.objects.filter(tender=grip.row, bid=bid.bid).delete()
    give_back(grip, (actor.organisation,), "投标截止时间前撤回投标文件（实施条例 §35）", actor.request)
    fact = events.BidWithdrawn(
        lot=lot,
        round=grip.row.round,
        bid=bid.bid,
        gen=bid.gen,
        bidder=actor.organisation,
        manifest=bid.manifest,
        refund_by=refund_by,
    )
    return journal.record(fact, actor=actor, at=grip.at)


def give_back(grip: access.Grip, bidders: tuple[CreditCode, ...] | None, reason: str, request: str) -> None:
    """退还保证金, as the platform's duty, within a command. None means everyone who has paid."""
    if grip.facts.terms is not None and grip.facts.terms.deposit.fen > 0:
        deposits.release_many(Actor.system(request), grip.lot.code, bidders, reason, at=grip.at)


@command
def note_late_bid(
    actor: Actor, lot: LotCode, manifest: str, arrived_at: datetime, *, at: datetime
) -> Receipt:
    """记录逾期递交: the first refused attempt of a party is kept as evidence, later ones only refused.

    It is harmless: one fact a party and round, outside the bids' stream, sealed like a bid.
    """
    grip = access.tender_for_bidding(actor, lot, Permission.BID_SUBMIT)
    assert actor.organisation is not None, "access asked for it"
    deadline = grip.facts.deadline
    if deadline is None or arrived_at < deadline:
        raise Missing()
    LateAttempt.objects.get_or_create(
        tender=grip.row, party=actor.organisation, defaults={"arrived_at": arrived_at}
    )
    fact = events.BidRefused(
        lot=lot,
        round=grip.row.round,
        bidder=actor.organisation,
        arrived_at=arrived_at,
        deadline=deadline,
        manifest=manifest,
    )
    return journal.record(fact, actor=actor, at=at)
