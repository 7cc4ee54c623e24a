"""案件与预警: an alert that led to a case is handed on to it, and gets its answer from how the case ends."""

from datetime import datetime

from ggzy.kernel.actor import Actor
from ggzy.oversight.alerts import queries as alerts
from ggzy.oversight.alerts import services
from ggzy.oversight.alerts.values.alerts import AlertState, Target
from ggzy.oversight.cases.models import Case
from ggzy.oversight.cases.values.casework import Source


def hand_on(actor: Actor, source: str, alert: str, case: str, at: datetime) -> None:
    """预警转为案件. Raises Refused where the alert is decided already."""
    if source == Source.ALERT and alerts.is_known(alert):
        services.transfer(actor, alert, Target.CASE, f"立案查处，案号 {case}", document=case, at=at)


def answer(actor: Actor, case: Case, reason: str, *, is_confirmed: bool, at: datetime) -> None:
    """案件的结果回到预警: confirmed by the decision, or dismissed with the case. One decided since stays as it is.

    Whoever leads the case answers, whatever branches its authority has been given since.
    """
    alert = case.reference
    if case.source != Source.ALERT or not alerts.is_known(alert):
        return
    if alerts.alert(alert).state is AlertState.TRANSFERRED:
        decide = services.confirm if is_confirmed else services.dismiss
        decide(actor, alert, reason, leader=case.organisation, at=at)
