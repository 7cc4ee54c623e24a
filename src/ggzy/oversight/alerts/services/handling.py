"""办理预警: ask, explain, dismiss, confirm, transfer. Whoever decides says why."""

from datetime import date, datetime

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode
from ggzy.oversight.alerts import access, events, rules
from ggzy.oversight.alerts.models import Alert, QuestionRow
from ggzy.oversight.alerts.services.telling import tell_row
from ggzy.oversight.alerts.values.alerts import AlertState, Target
from ggzy.oversight.powers.services import under


@command
@under("alert.ask")
def ask(actor: Actor, alert: str, party: CreditCode, text: str, due_on: date, *, at: datetime) -> Receipt:
    """要求说明: one party of the alert, by a day. Raises Refused. Basis: 招标投标法实施条例 §61."""
    row = access.alert_to_handle(actor, alert)
    is_party = row.parties.filter(party=party).exists()
    rules.may_ask(AlertState(row.state), is_party, text, due_on, at).require()
    tell_row(actor, row, at)
    QuestionRow.objects.create(alert=row, party=party, text=text.strip(), due_on=due_on, asked_at=at)
    _move(row, AlertState.ASKED, at)
    return journal.record(
        events.AlertAsked(alert=row.code, party=party, text=text.strip(), due_on=due_on), actor=actor, at=at
    )


@command
def explain(actor: Actor, alert: str, text: str, *, at: datetime) -> Receipt:
    """说明情况, by the party that was asked. Raises Refused."""
    row, asked = access.alert_to_explain(actor, alert)
    rules.may_explain(asked is not None, text).require()
    assert asked is not None
    asked.answer, asked.answered_at = text.strip(), at
    asked.save(update_fields=["answer", "answered_at"])
    if row.state == AlertState.ASKED:
        _move(row, AlertState.EXPLAINED, at)
    return journal.record(
        events.AlertExplained(alert=row.code, party=asked.party, text=text.strip()), actor=actor, at=at
    )


@command
@under("alert.dismiss")
def dismiss(
    actor: Actor, alert: str, reason: str, *, leader: CreditCode | None = None, at: datetime
) -> Receipt:
    """不予处置, with the reason; `leader` leads the case the alert led to. Raises Refused."""
    row = access.alert_to_handle(actor, alert, leader)
    rules.may_decide(AlertState(row.state), AlertState.DISMISSED, reason).require()
    tell_row(actor, row, at)
    _decide(row, AlertState.DISMISSED, "dismissed", actor, reason, at)
    return journal.record(events.AlertDismissed(alert=row.code, reason=reason.strip()), actor=actor, at=at)


@command
@under("alert.confirm")
def confirm(
    actor: Actor, alert: str, reason: str, *, leader: CreditCode | None = None, at: datetime
) -> Receipt:
    """认定属实, with the reason: by the supervisor, or by the decision of the case that followed. Raises Refused."""
    row = access.alert_to_handle(actor, alert, leader)
    rules.may_decide(AlertState(row.state), AlertState.CONFIRMED, reason).require()
    tell_row(actor, row, at)
    _decide(row, AlertState.CONFIRMED, "confirmed", actor, reason, at)
    return journal.record(events.AlertConfirmed(alert=row.code, reason=reason.strip()), actor=actor, at=at)


@command
@under("alert.transfer")
def transfer(
    actor: Actor,
    alert: str,
    target: Target,
    reason: str,
    *,
    office: str = "",
    document: str = "",
    at: datetime,
) -> Receipt:
    """移送: to a case (`document` is its code), or to another authority by name. Raises Refused."""
    row = access.alert_to_handle(actor, alert)
    rules.may_transfer(AlertState(row.state), target, office, reason).require()
    tell_row(actor, row, at)
    row.target, row.reason = target.value, reason.strip()
    _move(row, AlertState.TRANSFERRED, at)
    return journal.record(
        events.AlertTransferred(
            alert=row.code,
            target=target.value,
            office=office.strip(),
            reason=reason.strip(),
            document=document.strip(),
        ),
        actor=actor,
        at=at,
    )


def _decide(row: Alert, state: AlertState, outcome: str, actor: Actor, reason: str, at: datetime) -> None:
    row.outcome, row.reason, row.decided_by, row.decided_at = outcome, reason.strip(), actor.person, at
    _move(row, state, at)


def _move(row: Alert, state: AlertState, at: datetime) -> None:
    row.state, row.changed_at = state.value, at
    row.save()
