"""读: objections and the windows in which they may be raised."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Count, F, QuerySet

from ggzy.foundation.journal import queries as journal
from ggzy.foundation.ui.offers import Offer
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Permission
from ggzy.trading.objections import rules
from ggzy.trading.objections.models import Objection, Window
from ggzy.trading.objections.values import ObjectionFacts, ObjectionState, Stage, WindowFacts
from ggzy.trading.projects import queries as projects

NO_OBJECTION = "没有找到这项异议，或者您没有查看它的权限"


def open_objections(
    lot: LotCode | str, stage: Stage | None = None, round: int | None = None
) -> tuple[ObjectionFacts, ...]:
    """待答复的异议 of a lot, the earliest due first. Who objected to the document is named only afterwards."""
    rows = _of(lot, stage, round).filter(state=ObjectionState.PENDING).order_by("due_on", "number")
    return _facts(lot, rows)


def open_among(lots: Collection[LotCode]) -> tuple[ObjectionFacts, ...]:
    """待答复的异议 of several lots, the earliest due first. It names nobody."""
    rows = Objection.objects.filter(lot_id__in=lots, state=ObjectionState.PENDING).order_by(
        "due_on", "number"
    )
    return tuple(row.facts(is_named=False) for row in rows)


def objections(
    lot: LotCode | str, stage: Stage | None = None, round: int | None = None
) -> tuple[ObjectionFacts, ...]:
    """全部异议 of a lot, in the order they were raised."""
    return _facts(lot, _of(lot, stage, round).order_by("number"))


def objections_by(lot: LotCode | str, party: CreditCode) -> tuple[ObjectionFacts, ...]:
    """本单位提出的异议."""
    rows = Objection.objects.filter(lot_id=lot, raised_by=party).order_by("number")
    return tuple(row.facts(is_named=True) for row in rows)


def objection(id: str) -> ObjectionFacts:
    """异议, as the owner may see it now. Raises `Missing`."""
    row = Objection.objects.filter(pk=id).first()
    if row is None:
        raise Missing(NO_OBJECTION)
    return _facts(row.lot_id, Objection.objects.filter(pk=id))[0]


def window(lot: LotCode | str, stage: Stage) -> WindowFacts | None:
    """异议期 of the current round; None while the stage has not come."""
    return next((one for one in windows(lot, journal.now()) if one.stage is stage), None)


def windows(lot: LotCode | str, at: datetime) -> tuple[WindowFacts, ...]:
    """全部异议期 of the current round, moved by the time the clock stood still."""
    found = _windows(lot, Window.objects.filter(lot_id=lot, round=F("lot__round")), at)
    return tuple(sorted(found, key=lambda one: list(Stage).index(one.stage)))


def open_until(lot: LotCode | str, at: datetime) -> tuple[tuple[Stage, datetime], ...]:
    """现在可以提出的异议, each with its last moment."""
    days = days_before(lot)
    found = [(one.stage, one.opens, rules.last_moment(one, days)) for one in windows(lot, at)]
    return tuple((stage, until) for stage, opens, until in found if opens <= at < until)


def _windows(lot: LotCode | str, rows: QuerySet[Window], at: datetime) -> list[WindowFacts]:
    """A window closed early ends at that moment."""
    found = list(rows)
    closes = projects.effective_all(lot, [(row.closes, row.set_at) for row in found], at)
    return [
        WindowFacts(
            lot=row.lot_id,
            round=row.round,
            stage=Stage(row.stage),
            opens=row.opens,
            closes=min(moved, row.closed_at) if row.closed_at else moved,
            parties=None if row.parties is None else frozenset(CreditCode(code) for code in row.parties),
        )
        for row, moved in zip(found, closes, strict=True)
    ]


def offers(actor: Actor, lot: LotCode, at: datetime) -> tuple[Offer, ...]:
    """可办事项: raise, answer."""
    if actor.has(Permission.OBJECTION_RAISE) and actor.organisation is not None:
        return (_raising(actor.organisation, lot, at),)
    if actor.has(Permission.OBJECTION_ANSWER):
        pending = open_objections(lot)
        path = f"/desk/lots/{lot}/objections/"
        return (
            Offer(
                label="答复异议",
                path=path,
                is_turn=bool(pending),
                until=min((one.due for one in pending), default=None),
                note=f"待答复 {len(pending)} 项" if pending else "没有待答复的异议",
            ),
        )
    return ()


def standing(lot: LotCode | str) -> dict[str, object]:
    """现状: what the rows say, to be compared with the folded facts."""
    rows = Objection.objects.filter(lot_id=lot)
    count = dict(rows.order_by().values_list("state").annotate(count=Count("pk")))
    found: dict[str, object] = {f"objections.{state.value}": count.get(state, 0) for state in ObjectionState}
    return found | {"objections.upheld": rows.filter(upheld=True).count()}


def _raising(party: CreditCode, lot: LotCode, at: datetime) -> Offer:
    """The stage that is open now, else the document, with its reasons."""
    path = f"/desk/lots/{lot}/objections/raise/"
    now = [one for one in windows(lot, at) if one.opens <= at < one.closes]
    if not now:
        verdict = rules.may_raise(Stage.DOCUMENT, None, party, "—", rules.DAYS_BEFORE_MIN, at)
        return Offer(label="提出异议", path=path, verdict=verdict)
    days = days_before(lot)
    judged = [(one, rules.may_raise(one.stage, one, party, "—", days, at)) for one in now]
    one, verdict = next(((window, verdict) for window, verdict in judged if verdict.ok), judged[-1])
    return Offer(
        label=f"对{one.stage.label}提出异议", path=path, verdict=verdict, until=rules.last_moment(one, days)
    )


def days_before(lot: LotCode | str) -> int:
    """对招标文件的异议最迟提前的日数, from the lot's rulebook."""
    limit = projects.lot(lot).rulebook.get("objection.document_days_before_min")
    return int(limit.value) if limit else rules.DAYS_BEFORE_MIN


def _of(lot: LotCode | str, stage: Stage | None, round: int | None) -> QuerySet[Objection]:
    rows = Objection.objects.filter(lot_id=lot)
    rows = rows.filter(stage=stage) if stage else rows
    return rows.filter(round=round) if round else rows


def _facts(lot: LotCode | str, rows: QuerySet[Objection]) -> tuple[ObjectionFacts, ...]:
    found = list(rows)
    if not found:
        return ()
    hidden = _hidden_rounds(lot) if any(row.stage == Stage.DOCUMENT for row in found) else frozenset()
    return tuple(row.facts(is_named=row.stage != Stage.DOCUMENT or row.round not in hidden) for row in found)


def _hidden_rounds(lot: LotCode | str) -> frozenset[int]:
    """Rounds whose bid deadline has not come: who objects to the document is likely to bid."""
    at = journal.now()
    rows = Window.objects.filter(lot_id=lot, stage=Stage.DOCUMENT)
    return frozenset(one.round for one in _windows(lot, rows, at) if at < one.closes)
