"""谁可以动这个标段: permission, relation, and the one lock a command takes."""

from collections.abc import Callable, Collection
from datetime import datetime

from django.db import connection

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.journal import queries as journal
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode, ProjectCode
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.roles import Permission, Role
from ggzy.trading.projects import queries, rules
from ggzy.trading.projects.models import Lot, Standstill
from ggzy.trading.projects.values import Held, LotFacts, NewProject, ProjectFacts

OWNER_SIDE = (Role.OWNER, Role.AGENCY)


def locked(code: LotCode | str) -> Lot:
    """锁定标段 until the end of the transaction. Raises `Missing`."""
    row = Lot.objects.select_for_update(of=("self",)).select_related("project").filter(pk=code).first()
    if row is None:
        raise Missing(queries.NO_LOT)
    return row


def facts(row: Lot) -> LotFacts:
    running = Standstill.objects.filter(lot=row, until__isnull=True)
    return row.facts(tuple(still.facts() for still in running))


def hold(code: LotCode | str, allow: frozenset[str] = frozenset()) -> Held:
    """锁定并取时: the lock first, the moment after, so nobody who waited slips past a deadline."""
    found = facts(locked(code))
    rules.may_act(found, allow).require()
    return Held(found, journal.now())


def stopped_among(codes: Collection[LotCode]) -> Callable[[], dict[LotCode, datetime]]:
    """并行锁定: many may hold these lots at once, nobody stops or ends them meanwhile.

    Asks at once; what is given reads the answer: which do not run, and since when.
    """
    cursor = connection.cursor()
    cursor.execute(
        "SELECT code, suspended, terminated_at FROM projects_lot WHERE code = ANY (%s) ORDER BY code FOR SHARE",
        [list(map(str, codes))],
    )

    def read() -> dict[LotCode, datetime]:
        with cursor:
            rows = cursor.fetchall()
        stopped = {LotCode(code): ended for code, suspended, ended in rows if ended and not suspended}
        braked = [code for code, suspended, _ in rows if suspended]
        if braked:
            running = Standstill.objects.filter(
                lot_id__in=braked, cause=rules.BRAKE_CAUSE, until__isnull=True
            )
            stopped |= {LotCode(lot): since for lot, since in running.values_list("lot_id", "since")}
        return stopped

    return read


def hold_for(
    actor: Actor, code: LotCode | str, permission: Permission, allow: frozenset[str] = frozenset()
) -> Held:
    """以某项权限锁定标段. A stranger gets `Missing`, the wrong role `Forbidden`, a stopped lot `Refused`."""
    identity.permit(actor, permission)
    found = facts(locked(code))
    if not queries.may_see(actor, found):
        raise Missing(queries.NO_LOT)
    (rules.may_act(found, allow) & rules.may_despite(found, permission, queries.order_kinds())).require()
    return Held(found, journal.now())


def lot_to_order(actor: Actor, code: LotCode | str) -> tuple[Lot, LotFacts]:
    """可责令的标段: within the supervisor's region, whatever state it is in."""
    identity.permit(actor, Permission.CASE_HANDLE)
    row = locked(code)
    found = facts(row)
    if not queries.may_see(actor, found):
        raise Missing(queries.NO_LOT)
    return row, found


def lot_to_brake(actor: Actor, code: LotCode | str, permission: Permission) -> tuple[Lot, LotFacts]:
    """可由该机关暂停、恢复的标段: within its region, whatever state it is in."""
    identity.permit(actor, permission)
    row = locked(code)
    found = facts(row)
    if not queries.may_see(actor, found):
        raise Missing(queries.NO_LOT)
    return row, found


def project_to_extend(actor: Actor, code: ProjectCode) -> ProjectFacts:
    """可增加标段的项目: the owner's side's own."""
    identity.permit(actor, Permission.LOT_REGISTER)
    return queries.project_seen(actor, code)


def side_to_register(actor: Actor, new: NewProject) -> None:
    """登记人与招标人的关系: the owner for itself, the agency for whom it acts."""
    identity.permit(actor, Permission.PROJECT_REGISTER)
    mine = {Role.OWNER: new.owner, Role.AGENCY: new.agency}.get(actor.role)
    if mine is None or actor.organisation != mine:
        raise Forbidden("只能登记本单位的项目，或者本单位受托代理的项目")
