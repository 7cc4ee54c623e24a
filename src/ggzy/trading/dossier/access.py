"""谁可以归档一份案卷."""

from ggzy.foundation.identity import queries as identity
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Forbidden
from ggzy.kernel.roles import Permission, Role
from ggzy.trading.projects import queries as project_queries
from ggzy.trading.projects import services as projects
from ggzy.trading.projects.values import Held, LotFacts

WATCHERS = (Role.SUPERVISOR, Role.INSPECTOR, Role.AUDITOR)


def lot_to_archive(actor: Actor, lot: LotCode) -> Held:
    """The lot under its lock, also if it was terminated. Raises Forbidden, Missing."""
    return projects.hold_for(actor, lot, Permission.DOSSIER_ARCHIVE, allow=frozenset({"terminated"}))


def lot_to_scan(actor: Actor, lot: LotCode) -> Held:
    """可扫描招标文件的标段, under its lock, whatever stands still. Raises Forbidden, Missing."""
    return projects.hold_for(
        actor, lot, Permission.DOSSIER_READ, allow=frozenset({"suspended", "terminated"})
    )


def lot_to_export(actor: Actor, lot: LotCode, view: str) -> LotFacts:
    """可导出全卷的标段: of one's own side, or under one's eyes. Raises Forbidden, Missing."""
    identity.permit(actor, Permission.DOSSIER_EXPORT)
    if view == "supervision" and actor.role not in WATCHERS:
        raise Forbidden("只有监督、纪检监察和审计可以导出监督全卷")
    return project_queries.seen(actor, lot)
