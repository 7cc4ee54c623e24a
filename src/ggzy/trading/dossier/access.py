"""谁可以归档一份案卷."""

from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.roles import Permission
from ggzy.trading.projects import services as projects
from ggzy.trading.projects.values import Held


def lot_to_archive(actor: Actor, lot: LotCode) -> Held:
    """The lot under its lock, also if it was terminated. Raises Forbidden, Missing."""
    return projects.hold_for(actor, lot, Permission.DOSSIER_ARCHIVE, allow=frozenset({"terminated"}))
