"""命令: raise, answer, withdraw; and the windows that the stages above open."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Max

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.foundation.vault import services as vault
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.registers.catalog import queries as catalog
from ggzy.trading.objections import access, events, queries, rules
from ggzy.trading.objections.lifecycle import OBJECTION
from ggzy.trading.objections.models import Objection, Window
from ggzy.trading.objections.values import ObjectionState, Stage
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects import services as project_services
from ggzy.trading.projects.values import LotFacts


def open_window(
    lot: LotCode,
    stage: Stage,
    *,
    opens: datetime,
    closes: datetime,
    parties: Collection[CreditCode] | None = None,
    at: datetime,
) -> None:
    """开始异议期, or move it, inside the command of a stage that holds the lot."""
    round = projects.lot(lot).round
    Window.objects.update_or_create(
        lot_id=lot,
        round=round,
        stage=stage,
        defaults={
            "opens": opens,
            "closes": closes,
            "set_at": at,
            "closed_at": None,
            "parties": None if parties is None else sorted(parties),
        },
    )
    journal.record(
        events.ObjectionWindowOpened(lot=lot, round=round, stage=stage.value, opens=opens, closes=closes),
        actor=Actor.system(f"{lot}/{round}/window-{stage.value}"),
        at=at,
    )


def close_window(lot: LotCode, stage: Stage, at: datetime) -> None:
    """提前结束异议期. Nothing happens if it is not open."""
    round = projects.lot(lot).round
    open_rows = Window.objects.filter(lot_id=lot, round=round, stage=stage, closed_at=None, closes__gt=at)
    if not open_rows.update(closed_at=at):
        return
    journal.record(
        events.ObjectionWindowClosed(lot=lot, round=round, stage=stage.value),
        actor=Actor.system(f"{lot}/{round}/window-{stage.value}-closed"),
        at=at,
    )


@command
def raise_objection(
    actor: Actor,
    lot: LotCode,
    stage: Stage,
    text: str,
    files: tuple[str, ...] = (),
    *,
    at: datetime | None = None,
) -> Receipt:
    """提出异议. A question on the document stops the clock of the lot until it is answered.

    The moment is read under the lock, because it decides whether the objection is in time.
    """
    held, party = access.lot_to_object(actor, lot)
    window = queries.window(lot, stage)
    rules.may_raise(stage, window, party, text, _days(held.lot), held.at).require()
    row = _write(held.lot, stage, party, text.strip(), files, held.at)
    vault.share(files, [code for code in (held.lot.owner, held.lot.agency) if code])
    if rules.stops_clock(stage):
        project_services.pause(lot, _cause(row), held.at)
    return journal.record(
        events.ObjectionRaised(
            lot=lot,
            round=row.round,
            objection=row.id,
            stage=stage.value,
            raised_by=party,
            text=row.text,
            files=tuple(files),
            due_on=row.due_on,
        ),
        actor=actor,
        at=held.at,
    )


@command
def answer(actor: Actor, objection: str, text: str, upheld: bool, *, at: datetime) -> Receipt:
    """答复异议. A late answer is taken and shown as late, with the article."""
    row, held = access.objection_to_answer(actor, objection)
    rules.may_answer(row.facts(is_named=True), text).require()
    row.state = OBJECTION.after(ObjectionState(row.state), "answer")
    row.answer, row.upheld, row.answered_at = text.strip(), upheld, at
    row.is_late = rules.is_late(row.due_on, at)
    row.save(update_fields=["state", "answer", "upheld", "answered_at", "is_late"])
    project_services.unpause(row.lot_id, _cause(row), at)
    return journal.record(
        events.ObjectionAnswered(
            lot=held.lot.code,
            round=row.round,
            objection=row.id,
            stage=row.stage,
            answer=row.answer,
            upheld=upheld,
            is_late=row.is_late,
        ),
        actor=actor,
        at=at,
    )


@command
def withdraw_objection(actor: Actor, objection: str, *, at: datetime) -> Receipt:
    """撤回异议, by the one who raised it and before it is answered."""
    row, held = access.objection_to_withdraw(actor, objection)
    row.state = OBJECTION.after(ObjectionState(row.state), "withdraw")
    row.save(update_fields=["state"])
    project_services.unpause(row.lot_id, _cause(row), at)
    return journal.record(
        events.ObjectionWithdrawn(lot=held.lot.code, round=row.round, objection=row.id, stage=row.stage),
        actor=actor,
        at=at,
    )


def _write(
    lot: LotFacts, stage: Stage, party: CreditCode, text: str, files: tuple[str, ...], at: datetime
) -> Objection:
    number = (Objection.objects.filter(lot_id=lot.code).aggregate(last=Max("number"))["last"] or 0) + 1
    limit = lot.rulebook.get("objection.answer_days_max")
    days = int(limit.value) if limit else rules.ANSWER_DAYS_MAX
    return Objection.objects.create(
        id=f"{lot.code}-Y{number:03d}",
        lot_id=lot.code,
        round=lot.round,
        number=number,
        stage=stage,
        raised_by=party,
        raised_at=at,
        text=text,
        files=list(files),
        due_on=rules.answer_due(
            stage, at, days, catalog.calendar(), is_workdays=limit is not None and limit.unit == "wd"
        ),
        state=ObjectionState.PENDING,
    )


def _days(lot: LotFacts) -> int:
    limit = lot.rulebook.get("objection.document_days_before_min")
    return int(limit.value) if limit else rules.DAYS_BEFORE_MIN


def _cause(row: Objection) -> str:
    """Names the objection, not who raised it."""
    return f"objection-{row.number}"
