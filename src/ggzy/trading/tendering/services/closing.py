"""截止、流标、重新招标: the clock's acts, under the same lock as every submission."""

from datetime import datetime, timedelta

from ggzy.foundation.journal import queries as clock
from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.verdict import Refused
from ggzy.trading.objections import services as objections
from ggzy.trading.objections.values import Stage as ObjectionStage
from ggzy.trading.projects import queries as project_queries
from ggzy.trading.projects import services as projects
from ggzy.trading.tendering import access, events, queries, rules
from ggzy.trading.tendering.lifecycle import TENDER
from ggzy.trading.tendering.models import Bid, Opening
from ggzy.trading.tendering.rules import drafting
from ggzy.trading.tendering.services import publishing
from ggzy.trading.tendering.services.bidding import give_back
from ggzy.trading.tendering.values import BidState, TenderState

# 开标异议 is answered on the spot; the window is closed with the record, this is only its far end.
OPENING_OBJECTIONS = timedelta(days=2)
TOO_FEW = "too_few_bids"
ORDERED = "ordered"


@command
def close(actor: Actor, lot: LotCode) -> Receipt:
    """投标截止: the count, the last place in the stream, and either the opening or 流标.

    Fewer bids than the law asks for: nothing is ever decrypted, they go back as they came.
    """
    grip = access.tender_to_close(actor, lot)
    rules.may_close(grip.facts, grip.at).require()
    bids = list(Bid.objects.filter(tender=grip.row, state=BidState.SUBMITTED).order_by("height"))
    last_seq, chain = clock.stream(f"lot/{lot}/{grip.row.round}/bids")
    closed = events.BiddingClosed(
        lot=lot,
        round=grip.row.round,
        deadline=grip.facts.deadline or grip.at,
        count=len(bids),
        last_seq=last_seq,
        chain=chain,
    )
    grip.row.state = TENDER.after(TenderState(grip.row.state), "close")
    grip.row.deadline, grip.row.closed_at = closed.deadline, grip.at
    if not rules.is_enough(len(bids), grip.lot.rulebook):
        return _fail_unopened(actor, grip, bids, closed)
    grip.row.save(update_fields=["state", "deadline", "closed_at"])
    began = _begin(grip, bids)
    parties = [code for bid in bids for code in bid.bidder().parties]
    objections.open_window(
        lot,
        ObjectionStage.OPENING,
        opens=grip.at,
        closes=grip.at + OPENING_OBJECTIONS,
        parties=parties,
        at=grip.at,
    )
    return journal.record_all([closed, began], actor=actor, at=grip.at)


def _begin(grip: access.Grip, bids: list[Bid]) -> events.OpeningBegan:
    assert grip.facts.terms is not None and grip.facts.custody is not None, "announced"
    for seq, bid in enumerate(bids, start=1):
        bid.seq = seq
    Bid.objects.bulk_update(bids, ["seq"], batch_size=500)
    root = rules.opening_root((bid.bid, bid.gen, bid.manifest) for bid in bids)
    bidder_until = grip.at + timedelta(seconds=grip.facts.terms.bidder_window_s)
    custodian_until = grip.at + timedelta(seconds=grip.facts.terms.custodian_window_s)
    Opening.objects.create(
        tender=grip.row,
        submitted=len(bids),
        k=grip.facts.custody.k,
        root=root,
        began_at=grip.at,
        windows_set_at=grip.at,
        bidder_window_until=bidder_until,
        custodian_window_until=custodian_until,
    )
    return events.OpeningBegan(
        lot=grip.lot.code,
        round=grip.row.round,
        count=len(bids),
        root=root,
        bidder_window_until=bidder_until,
        custodian_window_until=custodian_until,
    )


def _fail_unopened(actor: Actor, grip: access.Grip, bids: list[Bid], closed: events.BiddingClosed) -> Receipt:
    required = int(grip.lot.rulebook.number("tender.bidders_min").value)
    reason = rules.closing_words(len(bids), required)
    Bid.objects.filter(tender=grip.row, state=BidState.SUBMITTED).update(state=BidState.RETURNED)
    failed = _failed(actor, grip, TOO_FEW, len(bids), reason)
    return journal.record_all([closed, failed], actor=actor, at=grip.at)


def _failed(actor: Actor, grip: access.Grip, cause: str, count: int, reason: str) -> events.TenderFailed:
    """The row, the notice and the deposits of a tender that failed; the fact is the caller's to record."""
    grip.row.state = TENDER.after(TenderState(grip.row.state), "fail")
    grip.row.failure = reason
    grip.row.save(update_fields=["state", "deadline", "closed_at", "failure"])
    platform = Actor.system(actor.request)
    notice = publishing.publish(platform, drafting.failure(grip.lot, reason), at=grip.at)
    give_back(grip, None, "本标段流标", actor.request)
    return events.TenderFailed(
        lot=grip.lot.code,
        round=grip.row.round,
        cause=cause,
        count=count,
        required=int(grip.lot.rulebook.number("tender.bidders_min").value),
        reason=reason,
        notice=notice,
    )


def close_if_due(actor: Actor, lot: LotCode) -> bool:
    """任何察觉截止时间已到的请求都可触发截止. True if this call closed it."""
    if lot not in queries.due(clock.now()):
        return False
    try:
        close(actor, lot)
    except Refused:
        return False
    return True


@command
def fail(actor: Actor, lot: LotCode, cause: str, reason: str, *, at: datetime) -> Receipt:
    """招标失败 after the opening: called by the floors above (all bids rejected, no candidate left).

    No page leads here: the act that caused it was judged where it was done.
    """
    grip = access.tender_to_close(actor, lot)
    TENDER.after(grip.facts.state, "fail")
    submitted = queries.opening(lot, grip.row.round)
    count = submitted.submitted if submitted else 0
    return journal.record(_failed(actor, grip, cause, count, reason), actor=actor, at=at)


@command
def retender(actor: Actor, lot: LotCode, reason: str, *, at: datetime) -> Receipt:
    """重新招标: the same lot, the next round; after this one has failed, or by order of the supervisor."""
    tender, ordered = queries.tender(lot), project_queries.is_ordered_anew(project_queries.lot(lot))
    rules.may_retender(tender, is_ordered=ordered).require()
    if tender.state is not TenderState.FAILED:
        fail(actor, lot, ORDERED, f"监督部门责令重新招标：{reason.strip()}", at=at)
    return projects.begin_round(actor, lot, reason, at=at)
