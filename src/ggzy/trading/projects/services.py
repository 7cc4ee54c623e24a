"""命令: register, advance, and the brake."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel import events as kernel_events
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode, ProjectCode
from ggzy.kernel.instants import local_date
from ggzy.kernel.roles import Permission
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.credit import queries as credit
from ggzy.registers.parties import queries as parties
from ggzy.trading.projects import access, events, queries, rules
from ggzy.trading.projects.lifecycle import PHASES
from ggzy.trading.projects.models import Lot, Project, Standstill
from ggzy.trading.projects.values import Held, LotOrder, NewLot, NewProject, Order, Phase


def hold(code: LotCode | str, allow: frozenset[str] = frozenset()) -> Held:
    """锁定标段. Refuses a suspended, terminated or archived lot, with every reason, unless allowed."""
    return access.hold(code, allow)


def stopped_among(codes: Collection[LotCode]) -> Callable[[], dict[LotCode, datetime]]:
    """并行锁定, for the writer of rooms: asks which lots do not run, and since when; that stays so until the commit."""
    return access.stopped_among(codes)


def hold_for(
    actor: Actor, code: LotCode | str, permission: Permission, allow: frozenset[str] = frozenset()
) -> Held:
    """以某项权限锁定标段: permission, lock, relation. A stranger gets `Missing`."""
    return access.hold_for(actor, code, permission, allow)


@command
def register_project(actor: Actor, new: NewProject, *, at: datetime) -> Receipt:
    """项目登记. The receipt's subject is "project/<code>"."""
    access.side_to_register(actor, new)
    rules.complete_project(
        new,
        is_known_region=catalog.may_work_in(new.region),
        is_known_owner=parties.is_registered(new.owner),
    ).require()
    year = local_date(at).year
    code = ProjectCode.make(region=new.region, year=year, serial=_next(f"project/{year}"))
    Project.objects.create(
        code=code,
        title=new.title.strip(),
        owner=new.owner,
        agency=new.agency,
        region=new.region,
        funding=new.funding.strip(),
        approval=new.approval.strip(),
        invest_code=new.invest_code.strip(),
        registered_at=at,
    )
    return journal.record(
        events.ProjectRegistered(
            project=code,
            title=new.title.strip(),
            owner=new.owner,
            agency=new.agency,
            region=new.region,
            funding=new.funding.strip(),
            approval=new.approval.strip(),
            invest_code=new.invest_code.strip(),
        ),
        actor=actor,
        at=at,
    )


@command
def register_lot(actor: Actor, new: NewLot, *, at: datetime) -> Receipt:
    """标段入场登记. The platform registers, it does not approve; the receipt's subject is "lot/<code>"."""
    project = access.project_to_extend(actor, new.project)
    on = local_date(at)
    found = catalog.classify(queries.subject(new, project), on)
    barred = credit.gate(
        (project.agency,), at, must_tender=found.must_tender, region=project.region,
        category=found.category, as_agency=True,
    )  # fmt: skip
    (queries.judge(new, project, found, on) & barred).require()
    rulebook = catalog.rulebook(found.rulebook, project.region, on)
    code = LotCode.make(
        category=new.deal_category,
        platform=CreditCode(settings.PLATFORM_CODE),
        on=on,
        serial=_next(f"lot/{on:%Y%m%d}"),
    )
    # What the row keeps and what the fact tells is one and the same.
    said: dict[str, Any] = {
        "title": new.title.strip(),
        "content": new.content.strip(),
        "owner": project.owner,
        "agency": project.agency,
        "region": project.region,
        "category": found.category,
        "classification": found.kind,
        "must_tender": found.must_tender,
        "nature": rules.nature_of(new, found),
        "method": new.method,
        "scoring": new.scoring,
        "estimate": new.estimate,
        "price_form": new.price_form,
        "period": new.period.strip(),
        "quality": new.quality.strip(),
    }
    told = tuple(replace(one, text=one.text.strip()) for one in new.particulars)
    Lot.objects.create(
        code=code,
        project_id=project.code,
        rulebook=rulebook.copy(),
        rulebook_digest=rulebook.digest,
        phase=Phase.REGISTERED,
        registered_at=at,
        particulars=[kernel_events.body(one) for one in told],
        **said,
    )
    registered = events.LotRegistered(
        lot=code, project=project.code, rulebook=rulebook.digest, particulars=told, **said
    )
    return journal.record(registered, actor=actor, at=at)


def advance(code: LotCode | str, phase: Phase, at: datetime) -> None:
    """推进阶段, inside the command of a stage. Nothing happens if the lot is already there."""
    row = access.locked(code)
    if row.phase == phase:
        return
    row.phase = PHASES.after(Phase(row.phase), phase.value)
    row.save(update_fields=["phase"])
    journal.record(
        events.LotAdvanced(lot=row.code, round=row.round, phase=phase.value),
        actor=_platform(row, phase),
        at=at,
    )


@command
def begin_round(actor: Actor, code: LotCode, reason: str, *, at: datetime) -> Receipt:
    """重新招标: the same lot, the next round."""
    held = access.hold_for(actor, code, Permission.TENDER_RETENDER)
    rules.may_begin_round(held.lot, reason).require()
    PHASES.after(held.lot.phase, Phase.REGISTERED.value)
    number = held.lot.round + 1
    Lot.objects.filter(pk=code).update(round=number, phase=Phase.REGISTERED)
    return journal.record(
        events.RoundBegun(lot=held.lot.code, round=number, reason=reason.strip()), actor=actor, at=at
    )


@command
def suspend(actor: Actor, code: LotCode, order: Order, *, at: datetime) -> Receipt:
    """暂停交易: the supervisor's brake. Every clock of the lot stands still from this moment."""
    row, found = access.lot_to_brake(actor, code, Permission.LOT_SUSPEND)
    rules.may_suspend(found, order, at).require()
    row.suspended = True
    row.save(update_fields=["suspended"])
    Standstill.objects.create(lot=row, cause=rules.BRAKE_CAUSE, since=at)
    return journal.record(
        events.LotSuspended(
            lot=row.code,
            authority=order.authority.strip(),
            reason=order.reason.strip(),
            article=order.article.strip(),
            review_on=order.review_on,
            since=at,
        ),
        actor=actor,
        at=at,
    )


@command
def resume(actor: Actor, code: LotCode, order: Order, *, at: datetime) -> Receipt:
    """恢复交易: the clocks run on with what was left."""
    row, found = access.lot_to_brake(actor, code, Permission.LOT_RESUME)
    rules.may_resume(found, order).require()
    row.suspended = False
    row.save(update_fields=["suspended"])
    _end_standstill(row, rules.BRAKE_CAUSE, at)
    return journal.record(
        events.LotResumed(
            lot=row.code,
            authority=order.authority.strip(),
            reason=order.reason.strip(),
            article=order.article.strip(),
            until=at,
        ),
        actor=actor,
        at=at,
    )


@command
def terminate(actor: Actor, code: LotCode, order: Order, *, at: datetime) -> Receipt:
    """终止交易. Final: by the supervisor, or by the owner's side before the award."""
    row, found = access.lot_to_brake(actor, code, Permission.LOT_TERMINATE)
    by_owner = actor.role in access.OWNER_SIDE
    rules.may_terminate(found, order, by_owner=by_owner).require()
    row.suspended, row.terminated_at = False, at
    row.save(update_fields=["suspended", "terminated_at"])
    for still in Standstill.objects.filter(lot=row, until__isnull=True):
        still.end(at)
    return journal.record(
        events.LotTerminated(
            lot=row.code,
            round=row.round,
            authority=order.authority.strip(),
            reason=order.reason.strip(),
            article=order.article.strip(),
        ),
        actor=actor,
        at=at,
    )


@command
def impose(
    actor: Actor, code: LotCode, order: LotOrder, reason: str, article: str, *, at: datetime
) -> Receipt:
    """责令: from now on the lot's owner's side is bound by it. Called by the floor that decided it."""
    row, found = access.lot_to_order(actor, code)
    rules.may_order(found, order).require()
    row.orders = [*row.orders, kernel_events.body(replace(order, round=found.round))]
    row.save(update_fields=["orders"])
    fact = events.LotOrdered(
        lot=row.code,
        round=found.round,
        order=order.code,
        kind=order.kind,
        authority=order.authority,
        reason=reason,
        article=article,
        until=order.until,
    )
    return journal.record(fact, actor=actor, at=at)


@command
def lift(actor: Actor, code: LotCode, order: str, note: str, *, at: datetime) -> Receipt:
    """责令事项办结: it binds no longer."""
    row, _ = access.lot_to_order(actor, code)
    row.orders = [one for one in row.orders if one["code"] != order]
    row.save(update_fields=["orders"])
    return journal.record(events.OrderMet(lot=row.code, order=order, note=note.strip()), actor=actor, at=at)


def pause(code: LotCode | str, cause: str, at: datetime) -> None:
    """停止计时 for a cause, inside a command. The lot itself is not suspended."""
    row = access.locked(code)
    if Standstill.objects.filter(lot=row, cause=cause, until__isnull=True).exists():
        return
    Standstill.objects.create(lot=row, cause=cause, since=at)
    journal.record(
        events.ClockPaused(lot=row.code, cause=cause, since=at), actor=_platform(row, f"pause-{cause}"), at=at
    )


def unpause(code: LotCode | str, cause: str, at: datetime) -> None:
    """继续计时. Nothing happens if the cause no longer holds."""
    row = access.locked(code)
    if not _end_standstill(row, cause, at):
        return
    journal.record(
        events.ClockUnpaused(lot=row.code, cause=cause, until=at),
        actor=_platform(row, f"unpause-{cause}"),
        at=at,
    )


def _end_standstill(row: Lot, cause: str, at: datetime) -> bool:
    still = Standstill.objects.filter(lot=row, cause=cause, until__isnull=True).first()
    if still is None:
        return False
    still.end(at)
    return True


def _platform(row: Lot, what: str) -> Actor:
    """A phase or a clock moves because something else was decided: the platform does it."""
    return Actor.system(f"{row.code}/{row.round}/{what}")


def _next(name: str) -> int:
    """取号: one number at a time; the row stays locked until the registration is committed."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO projects_serial (name, last) VALUES (%s, 1)
            ON CONFLICT (name) DO UPDATE SET last = projects_serial.last + 1
            RETURNING last
            """,
            [name],
        )
        number: int = cursor.fetchone()[0]
    return number
