"""谁可以投诉、处理投诉、办理来件."""

from dataclasses import replace

from ggzy.foundation.identity import queries as identity
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode, RegionCode
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.roles import Permission
from ggzy.oversight.cases.models import Complaint, Petition
from ggzy.oversight.cases.queries import complaints as queries
from ggzy.oversight.cases.values.complaints import ComplaintFacts
from ggzy.oversight.powers import queries as powers
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects.values import LotFacts


def organisation(actor: Actor, permission: Permission) -> CreditCode:
    """所代表的单位. Raises Forbidden."""
    identity.permit(actor, permission)
    if actor.organisation is None:
        raise Forbidden("请先选择所代表的单位")
    return actor.organisation


def lot_to_complain(actor: Actor, lot: LotCode | str) -> tuple[LotFacts, CreditCode]:
    """可投诉的标段. Raises Forbidden, Missing."""
    return projects.seen(actor, lot), organisation(actor, Permission.COMPLAINT_FILE)


def complaint_to_handle(actor: Actor, code: str) -> tuple[Complaint, ComplaintFacts]:
    """可处理的投诉, locked: of the supervisor's region. Raises Forbidden, Missing."""
    identity.permit(actor, Permission.COMPLAINT_HANDLE)
    row = queries.row_of(Complaint.objects.select_for_update(), code)
    if not actor.region.contains(row.region):
        raise Missing(queries.NO_COMPLAINT)
    powers.permit_branch(actor, row.region, row.lot)
    regime = queries.regime_of(projects.lot(row.lot))
    return row, replace(queries.facts_of(row), regime=regime)


def complaint_to_withdraw(actor: Actor, code: str) -> tuple[Complaint, ComplaintFacts]:
    """本单位的投诉, locked. Raises Forbidden, Missing."""
    party = organisation(actor, Permission.COMPLAINT_FILE)
    row = queries.row_of(Complaint.objects.select_for_update(), code)
    if row.by != party:
        raise Missing(queries.NO_COMPLAINT)
    return row, queries.facts_of(row)


def complaint_to_reply(actor: Actor, code: str) -> tuple[Complaint, ComplaintFacts, CreditCode]:
    """发给本单位副本的投诉, locked. Raises Forbidden, Missing."""
    party = organisation(actor, Permission.CASE_ANSWER)
    row = queries.row_of(Complaint.objects.select_for_update(), code)
    if party not in (row.owner, row.agency) or row.copied_at is None:
        raise Missing(queries.NO_COMPLAINT)
    return row, queries.facts_of(row), party


def complaint_to_read(actor: Actor, code: str) -> ComplaintFacts:
    """可查阅的投诉: supervisors, inspectors and auditors, of their region. Raises Forbidden, Missing."""
    identity.permit(actor, Permission.CASE_READ)
    found = queries.complaint(code)
    if not actor.region.contains(found.region):
        raise Missing(queries.NO_COMPLAINT)
    powers.permit_branch(actor, found.region, found.lot)
    return found


def petition_to_handle(actor: Actor, code: str, permission: Permission) -> Petition:
    """可办理的来件, locked: of the region, or of none. Raises Forbidden, Missing."""
    identity.permit(actor, permission)
    row = queries.petition_row(Petition.objects.select_for_update(), code)
    if row.region != RegionCode.COUNTRY and not actor.region.contains(row.region):
        raise Missing(queries.NO_PETITION)
    return row
