"""谁可以发布公告: the owner's side for its own lots, the supervisor in its region, the platform for what falls due."""

from ggzy.foundation.identity import queries as identity
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.roles import Permission, Role
from ggzy.trading.projects import services as projects
from ggzy.trading.projects.values import LotFacts

# A brake or an end is announced too; an archived lot has nothing left to say, unless the platform is behind
# with what was decided before.
STOPPED = frozenset({"suspended", "terminated"})


def lot_to_announce(actor: Actor, lot: LotCode) -> LotFacts:
    """可发布公告的标段, locked. A stranger gets `Missing`."""
    identity.permit(actor, Permission.NOTICE_PUBLISH)
    allow = STOPPED | {"archived"} if actor.role is Role.SYSTEM else STOPPED
    return projects.hold_for(actor, lot, Permission.NOTICE_PUBLISH, allow).lot
