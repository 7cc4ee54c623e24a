"""谁可以办理、查阅案件."""

from datetime import datetime

from django.db import connection, models

from ggzy.foundation.identity import queries as identity
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode, RegionCode
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.roles import Permission
from ggzy.oversight.cases.models import Case, LotOrder
from ggzy.oversight.cases.queries import casework as queries
from ggzy.oversight.cases.values.casework import CaseFacts, NewCase
from ggzy.oversight.powers import queries as powers
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects.values import LotFacts

NO_ORDER = "没有找到这项责令，或者您没有查看它的权限"


def region_to_open(actor: Actor, new: NewCase) -> LotFacts | None:
    """可立案的地区: one's own, and a lot in it. Raises `Missing` for a lot elsewhere, Forbidden for a region."""
    identity.permit(actor, Permission.CASE_HANDLE)
    lot = lot_to_open(actor, new.lot) if new.lot else None
    if not actor.region.contains(new.region):
        raise Forbidden("案件的行政区划不在您的监督范围内")
    return lot


def lot_to_open(actor: Actor, lot: LotCode | str) -> LotFacts:
    """可立案的标段. Raises `Missing` outside the region, Forbidden for other roles, Refused to another branch."""
    identity.permit(actor, Permission.CASE_HANDLE)
    found = projects.seen(actor, lot)
    powers.permit_branch(actor, found.region, found.code)
    return found


def numbered(kind: str, region: RegionCode, year: int, table: type[models.Model]) -> str:
    """编号 of a year in a region, one at a time until the commit."""
    prefix = f"{kind}{region}-{year}-"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"cases/{prefix}"])
    return f"{prefix}{table._default_manager.filter(pk__startswith=prefix).count() + 1:04d}"


def case_to_handle(actor: Actor, code: str, at: datetime) -> tuple[Case, CaseFacts]:
    """可办理的案件, locked: of the supervisor's region. Raises Forbidden, Missing."""
    identity.permit(actor, Permission.CASE_HANDLE)
    row = queries.row_of(Case.objects.select_for_update(), code)
    if not actor.region.contains(row.region):
        raise Missing(queries.NO_CASE)
    powers.permit_branch(actor, row.region, row.lot, leader=row.organisation)
    return row, queries.facts_of(row, at)


def case_to_state(actor: Actor, code: str, at: datetime) -> tuple[Case, CaseFacts, CreditCode]:
    """可陈述的案件, locked: of a party that was told of it. Raises Forbidden, Missing."""
    identity.permit(actor, Permission.CASE_ANSWER)
    if actor.organisation is None:
        raise Forbidden("请先选择所代表的单位")
    queries.told_case(actor.organisation, code, at)
    row = queries.row_of(Case.objects.select_for_update(), code)
    return row, queries.facts_of(row, at), actor.organisation


def case_to_read(actor: Actor, code: str, at: datetime) -> CaseFacts:
    """可查阅的案件: supervisors, inspectors and auditors, of their region. Raises Forbidden, Missing."""
    identity.permit(actor, Permission.CASE_READ)
    found = queries.case(code, at)
    if not actor.region.contains(found.region):
        raise Missing(queries.NO_CASE)
    powers.permit_branch(actor, found.region, found.lot, leader=found.organisation)
    return found


def order_to_meet(actor: Actor, code: str) -> LotOrder:
    """可登记办结的责令事项, locked."""
    identity.permit(actor, Permission.CASE_HANDLE)
    row = LotOrder.objects.select_for_update().filter(pk=code).first()
    if row is None or not actor.region.contains(row.region):
        raise Missing(NO_ORDER)
    powers.permit_branch(actor, row.region, row.lot, leader=row.case.organisation)
    return row


def order_to_reply(actor: Actor, code: str) -> tuple[LotOrder, CreditCode]:
    """可报告改正情况的责令, locked: by the owner or its agency. Raises Forbidden, Missing."""
    identity.permit(actor, Permission.CASE_ANSWER)
    row = LotOrder.objects.select_for_update().filter(pk=code).first()
    if row is None or actor.organisation is None or actor.organisation not in (row.owner, row.agency):
        raise Missing(NO_ORDER)
    return row, actor.organisation


def lot_to_trace(actor: Actor, lot: LotCode | str) -> LotFacts:
    """可倒查的标段."""
    identity.permit(actor, Permission.CASE_READ)
    found = projects.seen(actor, lot)
    powers.permit_branch(actor, found.region, found.code)
    return found
