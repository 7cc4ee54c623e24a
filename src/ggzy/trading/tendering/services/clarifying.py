"""答疑、澄清、延期: questions from anyone, answers to all, and the deadline moved where the law moves it."""

from datetime import datetime

from django.db.models import Max

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel import events as kernel_events
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Permission
from ggzy.kernel.verdict import Reason, judge
from ggzy.registers.catalog import queries as catalog
from ggzy.trading.deposits import services as deposits
from ggzy.trading.objections import services as objections
from ggzy.trading.objections.values import Stage as ObjectionStage
from ggzy.trading.tendering import access, events, rules
from ggzy.trading.tendering.models import Documents, DocumentsTaken, Question
from ggzy.trading.tendering.rules import drafting
from ggzy.trading.tendering.services import publishing
from ggzy.trading.tendering.values import DocumentFile, TenderState

QUESTION_CHARACTERS_MAX = 5_000


@command
def ask(actor: Actor, lot: LotCode, text: str, *, at: datetime) -> Receipt:
    """提出疑问: anyone registered as a bidder may ask; nobody is told who asked."""
    grip = access.tender_for_bidding(actor, lot, Permission.BID_SUBMIT)
    judge(
        [
            (
                grip.facts.state is TenderState.ANNOUNCED and at < (grip.facts.deadline or at),
                Reason("not_announced", "项目未在公告期内，不能提问"),
            ),
            (bool(text.strip()), Reason("no_text", "请写明疑问")),
            (
                len(text) <= QUESTION_CHARACTERS_MAX,
                Reason("too_long", f"疑问最多 {QUESTION_CHARACTERS_MAX} 个字"),
            ),
        ]
    ).require()
    assert actor.organisation is not None, "access asked for it"
    last = Question.objects.filter(tender=grip.row).aggregate(last=Max("number"))["last"] or 0
    Question.objects.create(
        tender=grip.row, number=last + 1, text=text.strip(), party=actor.organisation, asked_at=at
    )
    fact = events.QuestionAsked(lot=lot, round=grip.row.round, question=last + 1, text=text.strip())
    return journal.record(fact, actor=actor, at=at)


@command
def take_documents(actor: Actor, lot: LotCode, version: int, *, at: datetime) -> Receipt:
    """下载招标文件 by a signed-in party: counted once a version, sealed until the close (电子招标投标办法 §21)."""
    grip = access.tender_for_bidding(actor, lot, Permission.BID_SUBMIT)
    if grip.facts.state is TenderState.DRAFTED or not 1 <= version <= grip.facts.documents_version:
        raise Missing()
    DocumentsTaken.objects.get_or_create(tender=grip.row, version=version, party=actor.organisation)
    assert actor.organisation is not None, "access asked for it"
    fact = events.DocumentsTaken(lot=lot, round=grip.row.round, version=version, party=actor.organisation)
    return journal.record(fact, actor=actor, at=at)


@command
def clarify(
    actor: Actor,
    lot: LotCode,
    text: str,
    files: tuple[DocumentFile, ...],
    *,
    is_material: bool,
    classification: str,
    answers: tuple[int, ...] = (),
    at: datetime,
) -> Receipt:
    """澄清、修改招标文件. `files` is the whole new version; a person says whether it is material, and why."""
    grip = access.tender_to_run(actor, lot, Permission.TENDER_CLARIFY)
    rules.may_clarify(grip.facts, files, text, classification, at).require()
    before = grip.facts.deadline
    assert before is not None, "announced"
    after = rules.deadline_after(
        grip.lot.rulebook, before, is_material=is_material, calendar=catalog.calendar(), at=at
    )
    draft = drafting.clarification(grip.lot, grip.facts, text, files, after)
    notice = publishing.publish(actor, draft, at=at)
    version = grip.row.documents_version + 1
    _new_version(grip, version, text, files, is_material=is_material, at=at)
    Question.objects.filter(tender=grip.row, number__in=answers).update(answered_in=version)
    said = events.TenderClarified(
        lot=lot,
        round=grip.row.round,
        version=version,
        documents=grip.row.documents_digest,
        files=files,
        text=text.strip(),
        is_material=is_material,
        classification=classification.strip(),
        answers=answers,
        notice=notice,
    )
    if after == before:
        return journal.record(said, actor=actor, at=at)
    _move_deadline(grip, after, at)
    moved = _moved(grip, before, after, "clarification", classification.strip(), notice)
    return journal.record_all([said, moved], actor=actor, at=at)


def _new_version(
    grip: access.Grip,
    version: int,
    text: str,
    files: tuple[DocumentFile, ...],
    *,
    is_material: bool,
    at: datetime,
) -> None:
    grip.row.documents_version, grip.row.documents_digest = version, rules.documents_digest(files)
    grip.row.save(update_fields=["documents_version", "documents_digest"])
    Documents.objects.create(
        tender=grip.row,
        version=version,
        digest=grip.row.documents_digest,
        files=[kernel_events.body(file) for file in files],
        issued_at=at,
        text=text.strip(),
        is_material=is_material,
    )


@command
def extend(actor: Actor, lot: LotCode, deadline: datetime, reason: str, *, at: datetime) -> Receipt:
    """延长投标截止时间: by the owner's side, in the open; bids already in stay valid."""
    grip = access.tender_to_run(actor, lot, Permission.TENDER_CLARIFY)
    rules.may_extend(grip.facts, deadline, reason, catalog.calendar(), at).require()
    before = grip.facts.deadline
    assert before is not None, "announced"
    notice = publishing.publish(actor, drafting.extension(grip.lot, grip.facts, deadline, reason), at=at)
    _move_deadline(grip, deadline, at)
    grip.row.notice = notice
    grip.row.save(update_fields=["notice"])
    return journal.record(
        _moved(grip, before, deadline, "extension", reason.strip(), notice), actor=actor, at=at
    )


def _move_deadline(grip: access.Grip, deadline: datetime, at: datetime) -> None:
    """The deadline, with the deposit's and the objections' own, which hang on it."""
    grip.row.deadline, grip.row.deadline_set_at = deadline, at
    grip.row.save(update_fields=["deadline", "deadline_set_at"])
    if grip.facts.terms is not None and grip.facts.terms.deposit.fen > 0:
        valid_until = drafting.valid_until(grip.facts.terms, deadline)
        deposits.move_due(grip.lot.code, deadline, valid_until=valid_until, at=at)
    announced = grip.facts.announced_at or at
    objections.open_window(
        grip.lot.code, ObjectionStage.DOCUMENT, opens=announced, closes=deadline, parties=None, at=at
    )


def _moved(
    grip: access.Grip, before: datetime, after: datetime, cause: str, reason: str, notice: str
) -> events.DeadlineMoved:
    return events.DeadlineMoved(
        lot=grip.lot.code,
        round=grip.row.round,
        before=before,
        after=after,
        cause="clarification" if cause == "clarification" else "extension",
        reason=reason,
        notice=notice,
    )
