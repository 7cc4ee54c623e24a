"""投标人的页面: may I bid, the documents, the sealed file, submit, replace, withdraw, receipt, questions."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ggzy.foundation.journal import queries as journal
from ggzy.foundation.ui import pages, visits
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.errors import Conflict, Forbidden, Missing
from ggzy.kernel.roles import Role
from ggzy.kernel.verdict import Reason, Refused, Verdict
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects.values import LotFacts
from ggzy.trading.tendering import forms, queries, rules, services
from ggzy.trading.tendering.values import BidderFacts, BidState, SealedBid, TenderFacts, TenderState
from ggzy.trading.tendering.views import place

SUBMIT_IDS = "submit-%s"  # two forms stand on one page


def _bidder(request: Request, code: str) -> tuple[Actor, CreditCode, LotFacts]:
    actor = place.actor(request)
    if actor.role is not Role.BIDDER or actor.organisation is None:
        raise Forbidden()
    return actor, actor.organisation, queries.tendered(projects.seen(actor, place.code(code)))


@require_safe
def bid(request: Request, code: str) -> HttpResponse:
    """投标: every condition with how to mend it, the sealed file, and where it stands."""
    _, party, lot = _bidder(request, code)
    return _page(request, party, lot, forms.UploadForm(), None)


@require_POST
def upload(request: Request, code: str) -> HttpResponse:
    """上传: the whole sealed file in one form. It has arrived; it is not yet submitted."""
    actor, party, lot = _bidder(request, code)
    form = forms.UploadForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["package"]
        try:
            kept = services.arrive(actor, lot.code, file, str(file.name), at=request.at)
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            place.note(request, actor, lot.code, "upload", kept)
            return pages.redirect(
                f"/desk/lots/{lot.code}/bid/",
                words="文件已完整到达平台，尚未递交。请核对后点击“递交投标文件”",
            )
    return _page(request, party, lot, form, None, status=422)


@require_POST
def submit(request: Request, code: str) -> HttpResponse:
    """递交 or 替换: one small request that cannot be slow."""
    actor, party, lot = _bidder(request, code)
    form = forms.SubmitForm(request.POST, auto_id=SUBMIT_IDS)
    if form.is_valid():
        data = form.cleaned_data
        signed = replace(actor, request=data["request"])
        sealed = SealedBid(data["package"], data["members"], data["name"])
        try:
            receipt = services.submit_bid(signed, lot.code, sealed)
        except Refused as refused:
            form.refuse(refused.reasons)
            _late(request, actor, lot, sealed, refused)
        except Conflict as conflict:
            form.refuse((Reason("conflict", conflict.message),))
        else:
            words = "投标文件已递交。截止时间前可以替换或撤回"
            return pages.redirect(f"/desk/lots/{lot.code}/bid/receipt/", words=words, receipt=receipt)
    return _page(request, party, lot, forms.UploadForm(), form, status=422)


def _late(request: Request, actor: Actor, lot: LotFacts, sealed: SealedBid, refused: Refused) -> None:
    """The first refusal for lateness is kept as evidence, and a close that is due is done."""
    if all(reason.code != "deadline_passed" for reason in refused.reasons):
        return
    note = replace(actor, request=f"late:{lot.code}:{lot.round}:{actor.organisation}")
    try:
        services.note_late_bid(note, lot.code, sealed.package, request.at, at=request.at)
    except (Refused, Missing, Conflict):
        return
    finally:
        services.close_if_due(Actor.system(f"close:{lot.code}:{lot.round}"), lot.code)


@require_http_methods(["GET", "POST"])
def withdraw(request: Request, code: str) -> HttpResponse:
    """撤回: a page that says what follows, then one button."""
    _, party, lot = _bidder(request, code)

    def run(actor: Actor, data: dict[str, Any]) -> object:
        return services.withdraw_bid(actor, lot.code)

    tender = queries.tender(lot.code, at=request.at)
    own = queries.my_bid(lot.code, party)
    context = {
        "lot": lot,
        "tender": tender,
        "bid": own,
        "verdict": rules.may_withdraw(tender, own.state if own else None, request.at),
        "crumbs": place.crumbs(lot, "撤回投标文件"),
    }
    return pages.act(
        request,
        forms.ConfirmForm,
        run,
        template="tendering/withdraw.html",
        context=context,
        done=f"/desk/lots/{lot.code}/bid/",
        words="投标文件已撤回，保证金将按期退还",
    )


@require_safe
def receipt(request: Request, code: str) -> HttpResponse:
    """回执 of the latest submission; anybody with its code can check it without an account."""
    _, party, lot = _bidder(request, code)
    own = queries.my_bid(lot.code, party)
    if own is None or own.height is None:
        raise Missing()
    view = journal.receipt_at(own.height)
    context = {
        "lot": lot,
        "bid": own,
        "receipt": view.receipt,
        "is_proven": view.is_proven,
        "opens_at": _opens_at(lot, request),
        "now": request.at,
        "address": request.build_absolute_uri(f"/verify/?q={view.receipt.code}"),
        "crumbs": place.crumbs(lot, "投标回执"),
    }
    return pages.show(request, "tendering/receipt.html", context)


def _opens_at(lot: LotFacts, request: Request) -> datetime | None:
    """When the bid will be opened, while that is still to come and no clock stands still."""
    tender = queries.tender(lot.code, at=request.at)
    is_coming = tender.state is TenderState.ANNOUNCED and lot.standing is None
    return tender.deadline if is_coming else None


@require_safe
def seal(request: Request, code: str) -> JsonResponse:
    """加密单 (seal.json): what the sealing tool or page needs, for the next generation."""
    _, party, lot = _bidder(request, code)
    tender, last = queries.tender(lot.code, at=request.at), queries.my_bid(lot.code, party)
    if tender.plan is None:
        raise Missing()
    order = {
        "fmt": "ggzy.seal/1",
        "plan": tender.plan.body(),
        "bid": last.bid if last else f"{lot.round}-{party}",
        "gen": last.gen + 1 if last else 1,
        "prev": last.manifest if last else None,
        "documents": tender.documents_digest,
        "bidder": party,
        "price_form": lot.price_form,
    }
    return JsonResponse(order)


@require_POST
def take(request: Request, code: str, version: int) -> HttpResponse:
    """下载招标文件: counted for nobody's eyes before the close, then the version's own page of files."""
    actor, _, lot = _bidder(request, code)
    services.take_documents(actor, lot.code, version, at=request.at)
    place.note(request, actor, lot.code, "download", str(version))
    return pages.redirect(
        f"/desk/lots/{lot.code}/bid/#documents", words=f"已记录：本单位获取了招标文件第 {version} 版"
    )


@require_http_methods(["GET", "POST"])
def ask(request: Request, code: str) -> HttpResponse:
    """提出疑问."""
    _, _, lot = _bidder(request, code)

    def run(actor: Actor, data: dict[str, Any]) -> object:
        return services.ask(actor, lot.code, data["text"], at=request.at)

    context = {
        "lot": lot,
        "questions": queries.questions(lot.code, lot.round),
        "crumbs": place.crumbs(lot, "提出疑问"),
    }
    return pages.act(
        request,
        forms.AskForm,
        run,
        template="tendering/ask.html",
        context=context,
        done=f"/desk/lots/{lot.code}/ask/",
        words="疑问已提交，答复会以澄清公告发给所有人",
    )


def _page(
    request: Request,
    party: CreditCode,
    lot: LotFacts,
    upload_form: forms.UploadForm,
    submit_form: forms.SubmitForm | None,
    *,
    status: int = 200,
) -> HttpResponse:
    row = queries.row_of(lot.code, lot.round)
    tender = queries.tender(lot.code, at=request.at)
    own = queries.own_bid(row, party)
    bidder = queries.bidder_facts(lot, row, party, request.at, own=own)
    verdict = rules.may_submit(tender, bidder, queries.method(tender.method), request.at)
    waiting = queries.waiting(lot.code, party)
    is_in = own is not None and own.state == BidState.SUBMITTED
    if submit_form is None and waiting is not None:
        submit_form = forms.SubmitForm(initial={"package": waiting.package}, auto_id=SUBMIT_IDS)
    context = {
        "lot": lot,
        "tender": tender,
        "now": request.at,
        "conditions": _conditions(tender, bidder, verdict),
        "verdict": verdict,
        "owed": bidder.owed,
        "own": own.facts() if own else None,
        "is_in": is_in,
        "is_stale": is_in and own is not None and own.documents != tender.documents_digest,
        "waiting": waiting,
        "taken": queries.versions_taken(lot.code, lot.round, party),
        "upload_form": upload_form,
        "submit_form": submit_form,
        "withdrawable": rules.may_withdraw(tender, BidState(own.state) if own else None, request.at),
        "is_open": tender.state is TenderState.ANNOUNCED,
        "crumbs": place.crumbs(lot, "投标"),
    }
    return visits.marked(request, pages.show(request, "tendering/bid.html", context, status=status))


CONDITIONS = (
    ("标段在公告期内", ("not_announced", "deadline_passed")),
    ("已登记投标人身份", ("not_registered",)),
    ("不是招标人或其代理机构", ("owner_side",)),
    ("不在市场禁入期", ("banned",)),
    ("投标保证金", ("deposit_missing",)),
    ("未在其他投标中出现", ("one_bid_only",)),
    ("受邀", ("not_invited",)),
)


def _conditions(tender: TenderFacts, bidder: BidderFacts, verdict: Verdict) -> list[dict[str, object]]:
    """“我能投标吗”: each condition, ours, yes or no, how to mend it."""
    against = {reason.code: reason for reason in verdict.reasons}
    amount = tender.terms.deposit if tender.terms else None
    ours = {
        "投标保证金": "本标段不收取"
        if amount is not None and not amount
        else ("已缴足" if bidder.is_secured else "未到账"),
        "已登记投标人身份": "、".join(bidder.names),
    }
    rows = []
    for name, codes in CONDITIONS:
        reason = next((against[code] for code in codes if code in against), None)
        if name == "受邀" and reason is None:
            continue
        rows.append(
            {
                "condition": name,
                "ours": reason.text if reason else ours.get(name, ""),
                "ok": reason is None,
                "remedy": reason.remedy if reason else "",
                "article": reason.article if reason else "",
            }
        )
    return rows
