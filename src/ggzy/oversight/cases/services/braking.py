"""命令: pull the brake, review it, release it, end the lot. The lot records what happened to it."""

from datetime import date, datetime

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.oversight.cases import access, events, rules
from ggzy.oversight.cases.models import Brake
from ggzy.oversight.cases.queries import complaints
from ggzy.oversight.powers.services import under
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects import services as project_services
from ggzy.trading.projects.values import Order


@command
@under("brake.pull")
def pull_brake(actor: Actor, lot: LotCode, order: Order, *, at: datetime) -> Receipt:
    """暂停交易. Every clock of the lot stands still; the public is told by a notice of the platform."""
    access.lot_to_watch(actor, lot)
    rules.may_last(complaints.regime_of(projects.lot(lot)), at, order.review_on).require()
    receipt = project_services.suspend(actor, lot, order, at=at)
    assert order.review_on is not None, "a brake without review date was let through"
    found = projects.lot(lot)
    Brake.objects.create(
        lot_id=lot,
        lot_title=found.title,
        region=found.region,
        authority=order.authority.strip(),
        reason=order.reason.strip(),
        article=order.article.strip(),
        review_on=order.review_on,
        pulled_at=at,
    )
    return receipt


@command
@under("brake.review")
def review_brake(actor: Actor, lot: LotCode, reason: str, review_on: date, *, at: datetime) -> Receipt:
    """复查: the brake stays on, for a reason, until the next review."""
    brake, held = access.brake_to_review(actor, lot)
    verdict = rules.may_review(brake is not None, reason, review_on, at)
    since = brake.pulled_at if brake else at
    (verdict & rules.may_last(complaints.regime_of(held), since, review_on)).require()
    assert brake is not None
    brake.review_on = review_on
    brake.save(update_fields=["review_on"])
    return journal.record(
        events.BrakeReviewed(lot=lot, authority=brake.authority, reason=reason.strip(), review_on=review_on),
        actor=actor,
        at=at,
    )


@command
@under("brake.release")
def release_brake(actor: Actor, lot: LotCode, order: Order, *, at: datetime) -> Receipt:
    """恢复交易: the clocks run on with what was left."""
    access.lot_to_watch(actor, lot)
    receipt = project_services.resume(actor, lot, order, at=at)
    Brake.objects.filter(lot_id=lot, released_at=None).update(released_at=at)
    return receipt


@command
@under("brake.end")
def end_lot(actor: Actor, lot: LotCode, order: Order, *, at: datetime) -> Receipt:
    """终止交易. Final; deposits go back."""
    access.lot_to_watch(actor, lot)
    receipt = project_services.terminate(actor, lot, order, at=at)
    Brake.objects.filter(lot_id=lot, released_at=None).update(released_at=at)
    return receipt
