"""招标的读取: the tender of a round, its documents, and what is due."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from django.db.models import F

from ggzy.foundation.journal import queries as journal
from ggzy.kernel import canon, events
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.plugins import discover
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects.values import LotFacts
from ggzy.trading.tendering.models import Documents, DocumentsTaken, Invitee, Question, Tender
from ggzy.trading.tendering.values import (
    DocumentFile,
    DocumentsVersion,
    Method,
    TenderFacts,
    TenderState,
    TenderTerms,
)

METHODS: Mapping[str, Method] = discover("ggzy.trading.tendering.methods", "METHOD")


def methods() -> Mapping[str, Method]:
    """招标方式, by code."""
    return METHODS


def method(code: str) -> Method:
    """一种招标方式. KeyError for a code without a module: a mistake of ours."""
    return METHODS[code]


def tendered(lot: LotFacts) -> LotFacts:
    """经招标的标段. Raises Missing for a lot that an open price decides: it has no tender and no page of one."""
    if lot.method not in METHODS:
        raise Missing()
    return lot


def tender(lot: LotCode, round: int | None = None, at: datetime | None = None) -> TenderFacts:
    """招标 of the current round, or of another. A round that nobody has prepared is DRAFTED and empty.

    Raises Missing for an unknown lot.
    """
    facts = projects.lot(lot)
    return of_lot(facts, facts.round if round is None else round, at)


def of_lot(lot: LotFacts, round: int, at: datetime | None = None) -> TenderFacts:
    """招标 of a lot already read."""
    row = row_of(lot.code, round)
    if row is None:
        return TenderFacts(lot=lot.code, round=round, state=TenderState.DRAFTED, method=lot.method)
    return facts_of(row, at or journal.now(), clarifications(row))


def row_of(lot: LotCode, round: int) -> Tender | None:
    """The row, for this app's own use."""
    return Tender.objects.filter(lot_id=lot, round=round).first()


def plan_text(lot: LotCode) -> bytes | None:
    """现行开标方案, canonical; None before the announcement. For this app's own use."""
    plan = Tender.objects.filter(lot_id=lot, round=F("lot__round")).values_list("plan", flat=True).first()
    return canon.dumps(plan) if plan else None


def terms(lot: LotCode, round: int) -> TenderTerms | None:
    """招标条件 of a round as announced; None before the announcement."""
    found = Tender.objects.filter(lot_id=lot, round=round).values_list("terms", flat=True).first()
    return events.restore(TenderTerms, found) if found else None


def facts_of(row: Tender, at: datetime, documents: tuple[DocumentsVersion, ...] = ()) -> TenderFacts:
    """招标 with the deadline in force: standing time pushes an open one back (README §4)."""
    if row.deadline is None or row.deadline_set_at is None or row.state != TenderState.ANNOUNCED:
        return row.facts(documents=documents)
    deadline = projects.effective(LotCode(row.lot_id), row.deadline, row.deadline_set_at, at)
    return row.facts(deadline, documents)


def issued(
    *, since: datetime | None = None, lot: LotCode | None = None
) -> Iterator[tuple[LotCode, DocumentFile]]:
    """已发出的招标文件 of one lot or since a moment, file by file, the first issued on top."""
    rows = Documents.objects.order_by("issued_at", "pk")
    rows = rows.filter(issued_at__gt=since) if since else rows
    rows = rows.filter(tender__lot_id=lot) if lot else rows
    for code, files in rows.values_list("tender__lot_id", "files"):
        yield from ((LotCode(code), events.restore(DocumentFile, file)) for file in files)


def clarifications(row: Tender) -> tuple[DocumentsVersion, ...]:
    """招标文件的各版本, the first one first."""
    rows = Documents.objects.filter(tender=row).order_by("version")
    return tuple(version.facts() for version in rows)


def tenders(*states: TenderState) -> tuple[TenderFacts, ...]:
    """招标 in these states, by deadline. Deadlines without standing time; for lists."""
    rows = Tender.objects.filter(state__in=states).order_by("deadline", "lot_id")
    return tuple(row.facts() for row in rows)


def due(at: datetime) -> tuple[LotCode, ...]:
    """到期未截止的标段, the longest waiting first. A suspended lot never falls due, one that ended is not asked."""
    rows = Tender.objects.filter(state=TenderState.ANNOUNCED, deadline__lte=at).order_by("deadline")
    rows = rows.filter(lot__terminated_at__isnull=True)
    found = []
    for row in rows:
        in_force = facts_of(row, at).deadline
        if in_force is not None and in_force <= at:
            found.append(LotCode(row.lot_id))
    return tuple(found)


def invitees(row: Tender) -> frozenset[CreditCode]:
    """受邀单位."""
    return frozenset(
        CreditCode(code) for code in Invitee.objects.filter(tender=row).values_list("party", flat=True)
    )


def questions(lot: LotCode, round: int) -> tuple[tuple[int, str, datetime, int | None], ...]:
    """疑问 as (number, text, asked at, version that answers it). Who asked is not told."""
    rows = Question.objects.filter(tender__lot_id=lot, tender__round=round).order_by("number")
    return tuple(rows.values_list("number", "text", "asked_at", "answered_in"))


def unanswered(lots: Iterable[LotCode]) -> Mapping[LotCode, int]:
    """待答复的疑问 of several lots, in number; one query. A lot without any is not there."""
    rows = Question.objects.filter(tender__lot_id__in=list(lots), answered_in__isnull=True)
    return Counter(LotCode(code) for code in rows.values_list("tender__lot_id", flat=True))


def taken(lot: LotCode, round: int) -> int:
    """下载招标文件的单位数. Sealed until the close: ask `rules.may_see` first."""
    rows = DocumentsTaken.objects.filter(tender__lot_id=lot, tender__round=round)
    return rows.values("party").distinct().count()


def versions_taken(lot: LotCode, round: int, party: CreditCode) -> frozenset[int]:
    """本单位已获取的招标文件版本; of oneself only, which is nobody's secret."""
    rows = DocumentsTaken.objects.filter(tender__lot_id=lot, tender__round=round, party=party)
    return frozenset(rows.values_list("version", flat=True))
