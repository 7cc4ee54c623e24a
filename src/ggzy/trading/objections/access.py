"""谁可以提出、答复异议."""

from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.roles import Permission, Role
from ggzy.trading.objections import queries
from ggzy.trading.objections.models import Objection
from ggzy.trading.objections.values import ObjectionFacts
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects import services as project_services
from ggzy.trading.projects.values import Held

# A suspended lot may still be asked about and answered for.
STOPPED = frozenset({"suspended"})


def lot_to_object(actor: Actor, lot: LotCode) -> tuple[Held, CreditCode]:
    """可提出异议的标段: any bidder's organisation; standing is a rule."""
    if actor.organisation is None:
        raise Forbidden("请先选择所代表的单位")
    return project_services.hold_for(actor, lot, Permission.OBJECTION_RAISE, STOPPED), actor.organisation


def objection_to_answer(actor: Actor, id: str) -> tuple[Objection, Held]:
    """可答复的异议: the owner's side of its lot. Raises `Missing` for strangers."""
    row = _row(id)
    held = project_services.hold_for(actor, row.lot_id, Permission.OBJECTION_ANSWER, STOPPED)
    return _row(id), held


def objection_to_withdraw(actor: Actor, id: str) -> tuple[Objection, Held]:
    """可撤回的异议: one's own."""
    row = _row(id)
    if actor.organisation is None or row.raised_by != actor.organisation:
        raise Missing(queries.NO_OBJECTION)
    return _row(id), project_services.hold_for(actor, row.lot_id, Permission.OBJECTION_RAISE, STOPPED)


def objections_seen(actor: Actor, lot: LotCode) -> tuple[ObjectionFacts, ...]:
    """可见的异议: a bidder's own; the owner's side and officials see all, document objectors unnamed."""
    projects.seen(actor, lot)
    if actor.role is Role.BIDDER:
        return queries.objections_by(lot, actor.organisation) if actor.organisation else ()
    if actor.role in (Role.EXPERT, Role.CUSTODIAN):
        raise Missing(projects.NO_LOT)
    return queries.objections(lot)


def objection_seen(actor: Actor, lot: LotCode, number: int) -> ObjectionFacts:
    """可见的一项异议. Raises `Missing`."""
    found = next((one for one in objections_seen(actor, lot) if one.number == number), None)
    if found is None:
        raise Missing(queries.NO_OBJECTION)
    return found


def _row(id: str) -> Objection:
    row = Objection.objects.filter(pk=id).first()
    if row is None:
        raise Missing(queries.NO_OBJECTION)
    return row
