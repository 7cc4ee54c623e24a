"""谁可以办理一项预警: the supervisors of its region; who was asked may answer."""

from ggzy.foundation.identity import queries as identity
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Permission
from ggzy.oversight.alerts.models import Alert, QuestionRow
from ggzy.oversight.alerts.queries.alerts import NO_ALERT
from ggzy.oversight.powers import queries as powers


def alert_to_handle(actor: Actor, code: str, leader: CreditCode | None = None) -> Alert:
    """可办理的预警, locked. Raises Forbidden for other roles, Missing elsewhere, Refused where another branch supervises."""
    identity.permit(actor, Permission.ALERT_HANDLE)
    return _within(actor, code, leader)


def alert_to_explain(actor: Actor, code: str) -> tuple[Alert, QuestionRow | None]:
    """要求本单位说明的预警, locked. Raises Forbidden, Missing where this organisation was never asked."""
    identity.permit(actor, Permission.ALERT_EXPLAIN)
    asked = QuestionRow.objects.filter(alert_id=code, party=actor.organisation).order_by("-asked_at").first()
    if asked is None or actor.organisation is None:
        raise Missing(NO_ALERT)
    row = Alert.objects.select_for_update().get(pk=code)
    return row, asked if asked.answered_at is None else None


def _within(actor: Actor, code: str, leader: CreditCode | None) -> Alert:
    rows = Alert.objects.select_for_update().filter(pk=code, region__startswith=actor.region.prefix)
    row = rows.first()
    if row is None:
        raise Missing(NO_ALERT)
    powers.permit_branch(actor, row.region, row.lot, row.category, leader)
    return row
