"""案件的页面: for those who handle and those who watch."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import FileResponse, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.journal.values import Receipt
from ggzy.foundation.ui import pages, show
from ggzy.foundation.ui.pages import Request
from ggzy.foundation.vault import queries as vault
from ggzy.foundation.vault import services as vault_services
from ggzy.foundation.vault.views import attached
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Permission
from ggzy.oversight.cases import access, queries, services
from ggzy.oversight.cases.forms import casework as forms
from ggzy.oversight.cases.queries import casework
from ggzy.oversight.cases.rules import measures
from ggzy.oversight.cases.rules.wording import TEXT_MAX
from ggzy.oversight.cases.values.casework import CaseFacts, NewCase, Proposal, Source
from ggzy.oversight.cases.views import deciding, frame
from ggzy.oversight.powers import queries as listed
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects.values import LotFacts

LIST = ("案件", "/desk/cases/")


@require_safe
def cases(request: Request) -> HttpResponse:
    """案件 of the region, the one to decide first on top."""
    actor = pages.signed_in(request)
    identity.permit(actor, Permission.CASE_READ)
    words = request.GET.get("q", "")[:100]
    found = queries.cases(actor.region, request.at, words=words, by=actor)
    context = {
        "words": words,
        "running": [one for one in found if not one.state.is_over],
        "over": [one for one in found if one.state.is_over],
        "may_open": actor.has(Permission.CASE_HANDLE),
        "crumbs": frame.crumbs(("案件", "")),
    }
    return pages.show(request, "cases/cases.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def open_case(request: Request) -> HttpResponse:
    """立案, from an alert, a complaint, a petition, a check, or by one's own motion."""
    actor = pages.signed_in(request)
    identity.permit(actor, Permission.CASE_HANDLE)
    lot = access.lot_to_open(actor, request.GET["lot"]) if request.GET.get("lot") else None
    source = _source(request)
    reference = request.GET.get("ref", "")[:80]

    def run(who: Any, data: dict[str, Any]) -> object:
        return services.open_case(who, _new(who, data, lot, source, reference), at=request.at)

    facts: list[tuple[str, object]] = [("来源", f"{source.label} {reference}".strip())]
    if lot is not None:
        facts.append(("标段", lot.title))
    return frame.act(
        request,
        forms.OpenForm,
        run,
        title="立案",
        action="case.open",
        back="/desk/cases/",
        trail=[LIST],
        facts=facts,
        initial={
            "title": f"关于{lot.title}涉嫌违法一案" if lot else "",
            "text": request.GET.get("text", "")[:TEXT_MAX],
            "parties": request.GET.get("parties", "")[:400].replace(",", "\n"),
        },
        done=lambda receipt: f"/desk/cases/{receipt.subject.split('/')[1]}/",
        words="已立案，九十日内作出决定",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def case(request: Request, code: str) -> HttpResponse:
    """案卷: everything of one case, after the reading is in the journal."""
    actor = pages.signed_in(request)
    found = access.case_to_read(actor, code, request.at)
    stopped = _unread(request, found)
    if stopped is not None:
        return stopped
    context = {
        "case": found,
        "lot": projects.lot(found.lot) if found.lot else None,
        "files": _files(found),
        "may_handle": actor.has(Permission.CASE_HANDLE),
        "readings": listed.readings(code, limit=20),
        "proposal": measure_rows(found, is_decision=False),
        "decision": measure_rows(found, is_decision=True),
        "draft": draft_rows(found),
        "course": deciding.course_rows(found),
        "open_steps": deciding.open_steps(actor, found),
        "now": request.at,
        "crumbs": frame.crumbs(LIST, (code, "")),
    }
    return pages.show(request, "cases/case.html", context)


@require_safe
def evidence(request: Request, code: str, digest: str) -> FileResponse:
    """证据文件: to whom the case was opened for reading, and nobody else."""
    actor = pages.signed_in(request)
    found = access.case_to_read(actor, code, request.at)
    is_kept = digest in {one.digest for one in found.evidence}
    if not is_kept or not listed.has_read(actor, code, request.at):
        raise Missing()
    return attached(digest)


STEPS: dict[str, tuple[str, str, str]] = {
    "evidence": ("证据入卷", "case.keep", "证据已入卷封存"),
    "notify": ("事先告知", "case.notify", "已告知当事人，可以陈述、申辩"),
    "call": ("通知听证", "case.hear", "已通知听证"),
    "hearing": ("登记听证笔录", "case.hear", "听证笔录已入卷"),
    "publish": ("公开决定", "case.publish", "决定已公开，已记入信用记录"),
    "drop": ("不予处罚", "case.drop", "案件已撤销"),
    "transfer": ("移送", "case.transfer", "已登记移送"),
    "close": ("结案", "case.close", "已结案"),
    **deciding.STEPS,
}


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: Request, code: str, step: str) -> HttpResponse:
    """办理案件的一步: each bound to a row of the list."""
    actor = pages.signed_in(request)
    identity.permit(actor, Permission.CASE_HANDLE)
    found = access.case_to_read(actor, code, request.at)
    if step not in STEPS:
        raise Missing()
    stopped = _unread(request, found)
    if stopped is not None:
        return stopped
    title, action, words = STEPS[step]
    form, run = RUNS[step]
    at = request.at
    return frame.act(
        request,
        form,
        lambda who, data: run(who, found, data, at),
        title=title,
        action=action,
        back=f"/desk/cases/{code}/",
        trail=[LIST, (code, f"/desk/cases/{code}/")],
        facts=_told(found, step),
        initial=_initial(found, step),
        words=words,
        style="seal" if step in ("decide", "publish") else "primary",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def meet(request: Request, code: str, order: str) -> HttpResponse:
    """登记责令事项办结."""
    actor = pages.signed_in(request)
    identity.permit(actor, Permission.CASE_HANDLE)
    found = access.case_to_read(actor, code, request.at)
    one = next((one for one in found.orders if one.code == order), None)
    if one is None:
        raise Missing()
    stopped = _unread(request, found)
    if stopped is not None:
        return stopped
    return frame.act(
        request,
        forms.NoteForm,
        lambda who, data: services.meet_order(who, order, data["note"], at=request.at),
        title="登记办结",
        action="order.meet",
        back=f"/desk/cases/{code}/",
        trail=[LIST, (code, f"/desk/cases/{code}/")],
        facts=[
            ("责令内容", one.kind.label),
            ("限期", show.day(one.until)),
            ("改正情况报告", one.reply or "没有报告"),
        ],
        words="责令事项已办结",
    )


def _unread(request: Request, found: CaseFacts) -> HttpResponse | None:
    """查阅之前, whichever page of the case it is that shows something of it."""
    parties = _parties(found)
    return frame.unread(request, found.code, f"案件 {found.code}", parties, request.at, back="/desk/cases/")


def opening(actor: Actor, at: datetime) -> tuple[type[forms.OpenForm], Callable[..., Receipt]]:
    """立案 without a page before it: lot, source and reference are fields."""

    def run(who: Actor, data: dict[str, Any]) -> Receipt:
        lot = access.lot_to_open(who, data["lot"]) if data["lot"] else None
        new = _new(who, data, lot, Source(data["source"] or Source.OWN), data["reference"])
        return services.open_case(who, new, at=at)

    return forms.OpenWholeForm, run


def meeting(order: str, at: datetime) -> tuple[type[forms.NoteForm], Callable[..., Receipt]]:
    """登记办结 without a page before it."""
    return forms.NoteForm, lambda who, data: services.meet_order(who, order, data["note"], at=at)


def measure_rows(found: CaseFacts, *, is_decision: bool) -> list[tuple[str, str]]:
    """措施的文字: whom it meets, and what it is."""
    return _rows(found, found.decision if is_decision else found.proposal)


def draft_rows(found: CaseFacts) -> list[tuple[str, str]]:
    """处理意见的文字."""
    return _rows(found, found.draft.decision if found.draft else None)


def _rows(found: CaseFacts, chosen: Proposal | None) -> list[tuple[str, str]]:
    names = {party.code: party.name for party in found.parties}
    if chosen is None:
        return []
    return [(names[one.party] if one.party else "标段", measures.words_of(one)) for one in chosen.measures]


def _keep(who: Any, found: CaseFacts, data: dict[str, Any], at: Any) -> object:
    digest = vault_services.put(
        data["file"],
        name=data["file"].name,
        owner=f"case:{found.code}"[:32],
        media_type="application/octet-stream",
    )
    return services.keep_evidence(who, found.code, digest, data["title"], at=at)


def _new(who: Actor, data: dict[str, Any], lot: LotFacts | None, source: Source, reference: str) -> NewCase:
    return NewCase(
        title=data["title"],
        text=data["text"],
        offence=data["offence"],
        parties=data["parties"],
        region=lot.region if lot else who.region,
        source=source,
        reference=reference,
        lot=lot.code if lot else None,
    )


def _parties(found: CaseFacts) -> tuple[CreditCode, ...]:
    return tuple(party.code for party in found.parties)


RUNS: dict[str, Any] = {
    "evidence": (forms.EvidenceForm, _keep),
    "notify": (
        forms.ProposalForm,
        lambda who, found, data, at: services.notify(
            who, found.code, forms.proposal(data, _parties(found)), at=at
        ),
    ),
    "call": (
        forms.HearingDayForm,
        lambda who, found, data, at: services.call_hearing(who, found.code, data["on"], at=at),
    ),
    "hearing": (
        forms.HearingForm,
        lambda who, found, data, at: services.hold_hearing(who, found.code, data["text"], at=at),
    ),
    **deciding.RUNS,
    "publish": (forms.PublishForm, lambda who, found, data, at: services.publish(who, found.code, at=at)),
    "drop": (
        forms.ReasonForm,
        lambda who, found, data, at: services.drop(who, found.code, data["reason"], at=at),
    ),
    "transfer": (
        forms.TransferForm,
        lambda who, found, data, at: services.transfer(who, found.code, data["to"], data["reason"], at=at),
    ),
    "close": (
        forms.ReasonForm,
        lambda who, found, data, at: services.close(who, found.code, data["reason"], at=at),
    ),
}


def _told(found: CaseFacts, step: str) -> list[tuple[str, object]]:
    """What stands above the form of a step."""
    if step in ("review", "voice", "return", "decide"):
        return [("案件", found.title), *draft_rows(found), *deciding.told(found)]
    if step not in ("notify", "propose"):
        return [("案件", found.title)]
    ranges = measures.fine_range(found.offence, None)
    share = found.offence.per_mille
    fine = f"{ranges[0].figures()} 至 {ranges[1].figures()} 元" if ranges else "本情形没有罚款"
    ban = casework.months(found.offence)
    return [
        ("违法情形", f"{found.offence.name}（{found.offence.article}）"),
        ("当事人", "、".join(party.name for party in found.parties)),
        ("可以采取", "、".join(kind.label for kind in found.offence.measures)),
        ("罚款幅度", f"金额的千分之{share[0]}至千分之{share[1]}" if share else fine),
        ("市场禁入", f"{ban.least} 至 {ban.most} 个月（{ban.article}）" if ban else "本情形没有市场禁入"),
    ]


def _initial(found: CaseFacts, step: str) -> dict[str, Any]:
    if step == "propose" and found.proposal is not None:
        told = found.proposal
        return {
            "text": told.text,
            "measures": list(dict.fromkeys(one.kind.value for one in told.measures)),
            "base": told.base,
            "amount": next((one.amount for one in told.measures if one.amount), None),
            "months": next((str(one.months) for one in told.measures if one.months), ""),
        }
    return {}


def _files(found: CaseFacts) -> list[dict[str, Any]]:
    kept = vault.metas(one.digest for one in found.evidence)
    return [
        {
            "name": one.title,
            "bytes": kept[one.digest].size if one.digest in kept else 0,
            "digest": one.digest,
            "url": f"/desk/cases/{found.code}/evidence/{one.digest}/",
        }
        for one in found.evidence
    ]


def _source(request: Request) -> Source:
    asked = request.GET.get("source", "")
    return Source(asked) if asked in set(Source) else Source.OWN
