"""谁可以踩刹车: the supervisor of the region."""

from ggzy.foundation.identity import queries as identity
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.roles import Permission
from ggzy.oversight.cases.models import Brake
from ggzy.oversight.powers import queries as powers
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects import services as project_services
from ggzy.trading.projects.values import LotFacts

STOPPED = frozenset({"suspended"})


def lot_to_watch(actor: Actor, lot: LotCode | str) -> LotFacts:
    """可监督的标段. Raises `Missing` outside the region, `Forbidden` for other roles, `Refused` to another branch."""
    identity.permit(actor, Permission.LOT_SUSPEND)
    found = projects.seen(actor, lot)
    powers.permit_branch(actor, found.region, found.code)
    return found


def brake_to_review(actor: Actor, lot: LotCode) -> tuple[Brake | None, LotFacts]:
    """可复查的暂停令, with its lot locked."""
    lot_to_watch(actor, lot)
    held = project_services.hold_for(actor, lot, Permission.LOT_SUSPEND, STOPPED)
    return Brake.objects.filter(lot_id=lot, released_at=None).first(), held.lot
