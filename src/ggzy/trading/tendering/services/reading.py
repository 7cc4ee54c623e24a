"""唱标与开标记录: prices all at once, failures decided with reasons, the record public."""

import csv
import io
from collections.abc import Sequence

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.foundation.vault import services as vault
from ggzy.kernel import canon, merkle
from ggzy.kernel import events as kernel_events
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.money import Money
from ggzy.kernel.roles import Permission
from ggzy.kernel.verdict import Reason, Refused
from ggzy.registers.credit import queries as credit
from ggzy.trading.objections import queries as objections
from ggzy.trading.objections import services as objection_services
from ggzy.trading.objections.values import Stage as ObjectionStage
from ggzy.trading.tendering import access, events, queries, rules
from ggzy.trading.tendering.lifecycle import BID, TENDER
from ggzy.trading.tendering.models import Bid, Opening
from ggzy.trading.tendering.queries import ceremony
from ggzy.trading.tendering.rules import drafting
from ggzy.trading.tendering.services import publishing
from ggzy.trading.tendering.services.bidding import give_back
from ggzy.trading.tendering.values import (
    PARTS,
    BidFacts,
    BidState,
    Cause,
    DocumentFile,
    OpeningFacts,
    TenderState,
)

MOVES: dict[BidState, str] = {BidState.REVOKED: "revoke", BidState.LAPSED: "lapse"}


@command
def read_out(actor: Actor, lot: LotCode) -> Receipt:
    """唱标: every price at once, in order of delivery; what nothing opened is attributed with evidence."""
    grip = access.tender_to_run(actor, lot, Permission.OPENING_CONDUCT)
    opening = ceremony.of_tender(grip.row, grip.at)
    rules.may_read_out(grip.facts, opening, grip.at).require()
    assert opening is not None, "judged above"
    bids = list(ceremony.in_set(grip.row))
    unopened = _attribute(grip, bids, opening)
    _note_bans(grip, bids)
    Opening.objects.filter(tender=grip.row).update(read_out_at=grip.at)
    read = [_read_out(grip, bid) for bid in bids if bid.state == BidState.OPENED]
    if not unopened and not read:
        raise Refused([Reason("nothing", "没有可以唱标的投标文件")])
    return journal.record_all([*unopened, *read], actor=actor, at=grip.at)


def _attribute(grip: access.Grip, bids: Sequence[Bid], opening: OpeningFacts) -> list[object]:
    facts: list[object] = []
    silent = [bid for bid in bids if bid.state == BidState.SUBMITTED and not bid.finding]
    shares = ceremony.share_counts(grip.row) if silent else {}
    for bid in silent:
        bid.finding, bid.attributed_to, bid.evidence = rules.attribute(
            holders=len(opening.shares_released),
            good_shares=min(shares.get((bid.bid, part), 0) for part, _ in PARTS),
            k=opening.k,
            has_secret=bid.secrets is not None,
        )
        facts.append(
            events.BidNotOpened(
                lot=grip.lot.code,
                round=grip.row.round,
                bid=bid.bid,
                finding=bid.finding,
                attributed_to=Cause(bid.attributed_to),
                evidence=bid.evidence,
            )
        )
    Bid.objects.bulk_update(silent, ["finding", "attributed_to", "evidence"], batch_size=200)
    return facts


def _note_bans(grip: access.Grip, bids: Sequence[Bid]) -> None:
    """开标时的市场禁入核查: what came in time is read out (招标投标法 §36), and with it who is under a ban."""
    parties = {code for bid in bids for code in bid.bidder().parties}
    bans = credit.bans(
        parties, grip.at, must_tender=grip.lot.must_tender, region=grip.lot.region,
        category=grip.lot.category, as_agency=False,
    )  # fmt: skip
    noted = [bid for bid in bids if bans.keys() & set(bid.bidder().parties)]
    for bid in noted:
        found = [bans[code] for code in bid.bidder().parties if code in bans]
        said = "；".join(f"{ban.name}{ban.reason}，由评标委员会依法处理" for ban in found)
        bid.note = f"{bid.note}；{said}" if bid.note else said
    Bid.objects.bulk_update(noted, ["note"], batch_size=200)


def _read_out(grip: access.Grip, bid: Bid) -> events.BidReadOut:
    facts = bid.facts(shows_prices=True)
    return events.BidReadOut(
        lot=grip.lot.code,
        round=grip.row.round,
        bid=bid.bid,
        seq=bid.seq,
        bidder=facts.bidder,
        price=facts.price,
        period=facts.period,
        quality=facts.quality,
        leader=facts.leader,
        note=facts.note,
    )


@command
def decide_failure(actor: Actor, lot: LotCode, bid: str, cause: Cause, reason: str) -> Receipt:
    """认定未能解密的原因: the owner's side decides on the evidence shown; 撤销 or 撤回 follows by law."""
    grip = access.tender_to_run(actor, lot, Permission.OPENING_CONDUCT)
    row = ceremony.in_set(grip.row).filter(bid=bid).first()
    if row is None:
        raise Missing()
    rules.may_decide_failure(
        grip.facts,
        ceremony.of_tender(grip.row, grip.at),
        is_failed=bool(row.finding),
        is_decided=bool(row.decided),
        reason=reason,
    ).require()
    treated = rules.treatment(cause)
    row.state = BID.after(BidState(row.state), MOVES[treated])
    row.decided, row.reason = cause, reason.strip()
    row.save(update_fields=["state", "decided", "reason"])
    if treated is BidState.LAPSED:
        give_back(grip, (CreditCode(row.party),), "投标文件非因投标人原因未解密，视为撤回", actor.request)
    fact = events.FailureDecided(
        lot=lot, round=grip.row.round, bid=bid, bidder=row.bidder(), cause=cause, reason=reason.strip()
    )
    return journal.record(fact, actor=actor, at=grip.at)


@command
def announce_base_price(actor: Actor, lot: LotCode, amount: Money, salt: str) -> Receipt:
    """公布标底: opens the commitment of the announcement."""
    grip = access.tender_to_run(actor, lot, Permission.OPENING_CONDUCT)
    rules.may_announce_base_price(grip.facts, ceremony.of_tender(grip.row, grip.at), amount, salt).require()
    Opening.objects.filter(tender=grip.row).update(base_price=amount)
    fact = events.BasePriceAnnounced(lot=lot, round=grip.row.round, amount=amount, salt=salt)
    return journal.record(fact, actor=actor, at=grip.at)


@command
def confirm_record(actor: Actor, lot: LotCode) -> Receipt:
    """确认开标记录, by a bidder of the opening; who has an objection raises it instead."""
    grip = access.tender_for_bidding(actor, lot, Permission.KEY_RELEASE)
    bid = queries.own_bid(grip.row, actor.organisation) if actor.organisation else None
    opening = ceremony.of_tender(grip.row, grip.at)
    if bid is None or bid.seq == 0:
        raise Missing()
    if opening is None or opening.read_out_at is None:
        raise Refused([Reason("not_read_out", "唱标之后方可确认开标记录")])
    Bid.objects.filter(pk=bid.pk).update(confirmed_at=grip.at)
    return journal.record(
        events.RecordConfirmed(lot=lot, round=grip.row.round, bid=bid.bid), actor=actor, at=grip.at
    )


@command
def conclude_opening(actor: Actor, lot: LotCode) -> Receipt:
    """结束开标: objections answered, failures decided, the record published (电子招标投标办法 §32)."""
    grip = access.tender_to_run(actor, lot, Permission.OPENING_CONDUCT)
    opening = ceremony.of_tender(grip.row, grip.at)
    failures = queries.failures(lot, grip.row.round)
    pending = [one.id for one in objections.open_objections(lot, stage=ObjectionStage.OPENING)]
    undecided = sum(one.decided is None for one in failures)
    rules.may_conclude(grip.facts, opening, pending, undecided).require()
    assert opening is not None, "judged above"
    bids = queries.opened_bids(lot, grip.row.round)
    whole = _list_file(grip, bids) if drafting.is_long(bids) else None
    draft = drafting.opening_record(grip.lot, grip.facts, opening, bids, failures, whole)
    notice = publishing.publish(actor, draft, at=grip.at)
    grip.row.state, grip.row.opened_at = TENDER.after(TenderState(grip.row.state), "open"), grip.at
    grip.row.save(update_fields=["state", "opened_at"])
    Opening.objects.filter(tender=grip.row).update(concluded_at=grip.at, notice=notice)
    objection_services.close_window(lot, ObjectionStage.OPENING, at=grip.at)
    _let_owner_read(grip, bids)
    fact = events.BidsOpened(
        lot=lot,
        round=grip.row.round,
        deadline=grip.facts.deadline or grip.at,
        submitted=opening.submitted,
        opened=opening.decrypted,
        failed=opening.failed,
        root=record_root(bids),
        base_price=opening.base_price,
        notice=notice,
    )
    return journal.record(fact, actor=actor, at=grip.at)


def record_root(bids: Sequence[BidFacts]) -> str:
    """开标记录的根: over what was read out of every bid, in order of delivery."""
    leaves = [
        merkle.leaf_hash(
            canon.dumps(
                [
                    bid.seq,
                    bid.bid,
                    bid.bidder.name,
                    kernel_events.body(bid.price) if bid.price else None,
                    bid.period,
                    bid.quality,
                    bid.leader,
                    bid.note,
                ]
            )
        )
        for bid in bids
    ]
    return "sha256:" + merkle.root(leaves).hex()


def _list_file(grip: access.Grip, bids: Sequence[BidFacts]) -> DocumentFile:
    text = io.StringIO()
    csv.writer(text).writerows([drafting.HEAD, *(drafting.row(bid) for bid in bids)])
    data = ("\ufeff" + text.getvalue()).encode()
    name = f"{grip.lot.title}唱标清单.csv"[-200:]
    digest = vault.put(data, name=name, owner=grip.lot.owner, public_from=grip.at)
    return DocumentFile(name, digest, len(data), "text/csv")


def _let_owner_read(grip: access.Grip, bids: Sequence[BidFacts]) -> None:
    """投标文件内容 from now on lies open to the owner's side (trust §14.4)."""
    side = [code for code in (grip.lot.owner, grip.lot.agency) if code]
    vault.share([file.digest for bid in bids for file in bid.files], side)
