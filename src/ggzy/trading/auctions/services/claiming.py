"""优先购买权: claimed by the bidder with its proof, decided by the centre before the paddle is in the room."""

from dataclasses import replace

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel import events as kernel_events
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Permission
from ggzy.trading.auctions import access, events, queries, rules
from ggzy.trading.auctions.models import Application
from ggzy.trading.auctions.services.announcing import are_stored
from ggzy.trading.auctions.values import ApplicationState, Document, PriorityClaim


@command
def claim_priority(actor: Actor, lot: LotCode, grounds: str, documents: tuple[Document, ...]) -> Receipt:
    """主张优先购买权, with the application or after it; once it was not recognised, anew with better proof."""
    grip, party = access.auction_for_applicant(actor, lot, Permission.APPLICATION_FILE)
    row = queries.application(grip.row, party)
    state, known = (ApplicationState(row.state), row.claimed()) if row else (None, None)
    verdict = rules.may_claim(grip.facts, state, known) & rules.is_grounded(grounds, documents)
    (verdict & are_stored(documents)).require()
    claim = PriorityClaim(grounds=grounds.strip(), documents=documents, filed_at=grip.at)
    _keep(row, claim)
    told = events.PriorityClaimed(
        lot=lot, round=grip.row.round, bidder=party, grounds=claim.grounds, documents=documents
    )
    return journal.record(told, actor=actor, at=grip.at)


@command
def decide_priority(
    actor: Actor, lot: LotCode, party: CreditCode, reason: str, *, order: int | None = None
) -> Receipt:
    """认定优先购买权: recognised in this order, or not at all; the paddle carries the order into the room."""
    grip = access.auction_to_run(actor, lot, Permission.APPLICATION_DECIDE)
    row = queries.application(grip.row, party)
    state, claim = (ApplicationState(row.state), row.claimed()) if row else (None, None)
    verdict = rules.may_decide_claim(grip.facts, state, claim)
    (verdict & rules.is_decided(order, reason)).require()
    if row is None or claim is None:
        raise Missing()
    row.priority = order
    _keep(row, replace(claim, order=order, reason=reason.strip()))
    told = events.PriorityDecided(
        lot=lot, round=grip.row.round, bidder=party, order=order, reason=reason.strip()
    )
    return journal.record(told, actor=actor, at=grip.at)


def _keep(row: Application | None, claim: PriorityClaim) -> None:
    if row is None:
        raise Missing()
    row.claim = kernel_events.body(claim)
    row.save()
