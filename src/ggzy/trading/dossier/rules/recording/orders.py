"""监督指令、停表、轮次、公告与归档 in the record."""

from typing import Any

from ggzy.trading.dossier import events as dossier
from ggzy.trading.dossier.rules.recording.telling import Steps, Told, each, moved, place
from ggzy.trading.dossier.values.record import LotRecord, NoticeTold, OrderTold, Span
from ggzy.trading.notices import events as notices
from ggzy.trading.projects import events as projects

SUSPENSION = "brake"


def _stopped(kind: str, cause: str | None) -> Any:
    def step(record: LotRecord, fact: Any, told: Told) -> LotRecord:
        why = cause or fact.cause
        order = _order(kind, fact, told, fact.since)
        return moved(
            record, orders=(*record.orders, order), stills=(*record.stills, Span(cause=why, since=fact.since))
        )

    return step


def _runs_on(kind: str, cause: str | None) -> Any:
    def step(record: LotRecord, fact: Any, told: Told) -> LotRecord:
        why = cause or fact.cause
        spans = each(record.stills, lambda span: span.cause == why and span.until is None, until=fact.until)
        return moved(record, orders=(*record.orders, _order(kind, fact, told, fact.until)), stills=spans)

    return step


def _order(kind: str, fact: Any, told: Told, since: Any) -> OrderTold:
    words: dict[str, Any] = {name: getattr(fact, name, "") for name in ("authority", "reason", "article")}
    return OrderTold(**place(told), kind=kind, since=since, **words)


def _terminated(record: LotRecord, fact: projects.LotTerminated, told: Told) -> LotRecord:
    order = _order("terminated", fact, told, told.at)
    return moved(record, orders=(*record.orders, order), is_terminated=True)


def _next_round(record: LotRecord, fact: projects.RoundBegun, told: Told) -> LotRecord:
    """A new round starts empty; the orders and the time that stood still belong to the lot."""
    before = moved(record, earlier=())
    return LotRecord(
        lot=record.lot,
        ground=record.ground,
        registered=record.registered,
        opened=record.opened,
        height=told.height,
        at=told.at,
        round=fact.round,
        orders=record.orders,
        ordered=record.ordered,
        complaints=record.complaints,
        stills=record.stills,
        earlier=(*record.earlier, before),
    )


def _published(record: LotRecord, fact: notices.NoticePublished, told: Told) -> LotRecord:
    notice = NoticeTold(
        **place(told),
        notice=fact.notice,
        kind=fact.kind_code,
        title=fact.title,
        digest=fact.digest,
        amends=fact.amends,
        phrases=fact.findings,
    )
    return moved(record, notices=(*record.notices, notice))


STEPS: Steps = {
    projects.LotSuspended: _stopped("suspended", SUSPENSION),
    projects.LotResumed: _runs_on("resumed", SUSPENSION),
    projects.ClockPaused: _stopped("paused", None),
    projects.ClockUnpaused: _runs_on("unpaused", None),
    projects.LotTerminated: _terminated,
    projects.RoundBegun: _next_round,
    notices.NoticePublished: _published,
    dossier.DossierArchived: lambda record, fact, told: moved(record, archived_at=told.at),
}
