"""招标人一方的页面: custodians, compose and check, clarify, extend, a new round."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.http import HttpResponse, QueryDict
from django.views.decorators.http import require_http_methods

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.ui import forms as ui_forms
from ggzy.foundation.ui import pages
from ggzy.foundation.ui.pages import Request
from ggzy.foundation.vault import queries as vault
from ggzy.foundation.vault import services as vault_services
from ggzy.kernel.actor import Actor
from ggzy.kernel.errors import Conflict
from ggzy.kernel.instants import BEIJING, local_date
from ggzy.kernel.roles import Role
from ggzy.kernel.verdict import Reason, Refused, Verdict
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.parties import queries as parties
from ggzy.registers.parties.values import PartyFacts
from ggzy.trading.notices import queries as notices
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects.values import CustodyPlan, Holder, HolderKind, LotFacts, holder_kind
from ggzy.trading.tendering import access, forms, queries, rules, services
from ggzy.trading.tendering.rules import drafting
from ggzy.trading.tendering.values import DocumentFile, TenderFacts, TenderTerms
from ggzy.trading.tendering.views import place

KIND_NAMES = {
    "centre": "交易中心",
    "supervisor": "监督部门",
    "notary": "公证、审计",
    "owner": "招标人一方",
    "audit": "审计",
    "other": "其他单位",
}
WINDOW_MINUTES = 30
CLOCK = re.compile(r"\d{1,2}:\d{2}$")


@require_http_methods(["GET", "POST"])
def custody(request: Request, code: str) -> HttpResponse:
    """指定开标密钥保管人, and whose key is still missing."""
    actor = place.actor(request)
    lot = access.lot_of_owner(actor, place.code(code))
    tender = queries.tender(lot.code, at=request.at)
    candidates = _candidates(lot)

    def run(actor: Actor, data: dict[str, Any]) -> object:
        chosen = [candidates[number] for number in data["holders"] if number in candidates]
        plan = CustodyPlan(int(data["k"]), tuple(replace(one, x=x) for x, one in enumerate(chosen, start=1)))
        return services.prepare(actor, lot.code, plan, at=request.at)

    choices = [(number, f"{one.name}（{KIND_NAMES[one.kind]}）") for number, one in candidates.items()]
    context = {
        "lot": lot,
        "tender": tender,
        "crumbs": place.crumbs(lot, "开标密钥保管人"),
        "holders": _holder_rows(tender),
        "is_open": tender.announced_at is None,
    }
    return pages.act(
        request,
        lambda *args, **kwargs: forms.CustodyForm(choices, *args, **kwargs),
        run,
        template="tendering/custody.html",
        context=context,
        done=f"/desk/lots/{lot.code}/custody/",
        words="已指定保管人，请他们用保管人工具提交本标段的公钥",
        initial={"k": "2"},
    )


def _candidates(lot: LotFacts) -> dict[str, Holder]:
    """Everybody who holds a custodian's membership, by the number of the membership."""
    held = [one for one in identity.serving(Role.CUSTODIAN) if one.organisation]
    known = parties.parties([one.organisation for one in held if one.organisation])
    return {
        str(one.id): Holder(0, one.person, _holder_name(known, one), one.organisation, _kind(known, one))
        for one in held
        if one.organisation is not None
    }


def _holder_name(known: dict[Any, PartyFacts], held: Any) -> str:
    party = known.get(held.organisation)
    return party.name if party else held.person_name


def _kind(known: dict[Any, PartyFacts], held: Any) -> HolderKind:
    roles = known[held.organisation].roles if held.organisation in known else ()
    return holder_kind(roles)


def _holder_rows(tender: TenderFacts) -> list[tuple[str, str, str]]:
    holders = tender.custody.holders if tender.custody else ()
    return [
        (one.name, KIND_NAMES[one.kind], "已提交" if one.x in tender.keys_posted else "未提交")
        for one in holders
    ]


@require_http_methods(["GET", "POST"])
def announce(request: Request, code: str) -> HttpResponse:
    """发布招标公告: compose → check → publish. Nothing typed is lost on the way."""
    actor = place.actor(request)
    lot = access.lot_of_owner(actor, place.code(code))
    tender = queries.tender(lot.code, at=request.at)
    is_public = queries.method(tender.method).is_public
    if request.method != "POST":
        form = forms.AnnounceForm(lot, is_public, initial=_defaults(lot, request.at))
        return _compose(request, lot, tender, form, ())
    data, files, refused = _received(request, actor)
    if "adopt" in request.POST:
        day = rules.earliest_deadline(lot, _typed(data, "sale_start", request.at), catalog.calendar())
        typed = CLOCK.search(data.get("deadline", ""))
        data["deadline"] = f"{day.isoformat()} {typed[0] if typed else '09:30'}"
    form = forms.AnnounceForm(lot, is_public, data)
    if refused or not form.is_valid() or request.POST.get("step") == "edit" or "adopt" in request.POST:
        form.refuse(refused)
        return _compose(request, lot, tender, form, files, 422 if refused or form.errors else 200)
    terms, invitees = form.terms(files), form.cleaned_data.get("invitees", ())
    if request.POST.get("step") != "publish":
        return _check(request, lot, tender, form, terms, invitees)
    return _publish(request, actor, lot, tender, form, terms, invitees)


def _publish(
    request: Request,
    actor: Actor,
    lot: LotFacts,
    tender: TenderFacts,
    form: forms.AnnounceForm,
    terms: TenderTerms,
    invitees: tuple[Any, ...],
) -> HttpResponse:
    signed = replace(actor, request=form.cleaned_data["request"])
    try:
        receipt = services.announce(signed, lot.code, terms, invitees=invitees, at=request.at)
    except Refused as refused:
        form.refuse(refused.reasons)
    except Conflict as conflict:
        form.refuse((Reason("conflict", conflict.message),))
    else:
        return pages.redirect(f"/desk/lots/{lot.code}/", words="招标公告已发布", receipt=receipt)
    return _compose(request, lot, tender, form, terms.documents, 422)


def _defaults(lot: LotFacts, at: datetime) -> dict[str, object]:
    """The earliest lawful dates, computed; the owner may choose later ones."""
    start = at.astimezone(BEIJING).replace(second=0, microsecond=0)
    day = rules.earliest_deadline(lot, start, catalog.calendar())
    end = (start + timedelta(days=6)).replace(hour=17, minute=0)
    deadline = datetime(day.year, day.month, day.day, 9, 30, tzinfo=BEIJING)
    return {
        "sale_start": start,
        "sale_end": end,
        "deadline": deadline,
        "validity_days": 90,
        "consortium": "yes",
        "bidder_minutes": WINDOW_MINUTES,
        "custodian_minutes": WINDOW_MINUTES,
        "remedy": "plaintext-match",
    }


def _typed(data: Mapping[str, Any], name: str, otherwise: datetime) -> datetime:
    try:
        return ui_forms.InstantField().to_python(data.get(name)) or otherwise
    except ui_forms.forms.ValidationError:
        return otherwise


def _received(
    request: Request, actor: Actor
) -> tuple[QueryDict, tuple[DocumentFile, ...], tuple[Reason, ...]]:
    """What was typed, with every file that has ever arrived carried along."""
    data = request.POST.copy()
    held = forms.DocumentsForm({"carried": data.get("carried", "")})
    held.full_clean()
    files = list(held.cleaned_data.get("carried") or ())
    reasons: tuple[Reason, ...] = ()
    owner = str(actor.organisation)
    for name in forms.DOCUMENT_FIELDS:
        upload = request.FILES.get(name)
        if upload is None:
            continue
        try:
            kept = vault_services.put(
                upload, name=str(upload.name), owner=owner, cap=forms.DOCUMENT_BYTES_MAX
            )
        except Refused as refused:
            reasons += refused.reasons
            continue
        meta = vault.meta(kept)
        files.append(DocumentFile(str(upload.name), kept, meta.size, meta.media_type))
    data["carried"] = forms.carried(files)
    return data, tuple(files), reasons


def _compose(
    request: Request,
    lot: LotFacts,
    tender: TenderFacts,
    form: forms.AnnounceForm,
    files: tuple[DocumentFile, ...],
    status: int = 200,
) -> HttpResponse:
    missing = [row[0] for row in _holder_rows(tender) if row[2] == "未提交"]
    form.fields["documents"].required = not files  # what has arrived need not be chosen again
    earliest = rules.earliest_deadline(lot, _typed(form.data, "sale_start", request.at), catalog.calendar())
    context = {
        "lot": lot,
        "tender": tender,
        "form": form,
        "files": files,
        "missing": missing,
        "earliest": earliest,
        "limit": lot.rulebook.number("tender.bidding_days_min"),
        "crumbs": place.crumbs(lot, "发布招标公告"),
    }
    return pages.show(request, "tendering/announce.html", context, status=status)


def _check(
    request: Request,
    lot: LotFacts,
    tender: TenderFacts,
    form: forms.AnnounceForm,
    terms: TenderTerms,
    invitees: tuple[Any, ...],
) -> HttpResponse:
    """检查页: everything that will be published, every date with its article, what is missing."""
    calendar, method = catalog.calendar(), queries.method(tender.method)
    verdict = rules.may_announce(lot, tender, terms, method, invitees, calendar, request.at)
    draft = (
        notices.whole(drafting.tender_notice(lot, terms, tender.custody))
        if tender.custody and method.is_public
        else None
    )
    checked = notices.check(draft) if draft else None
    if checked and lot.must_tender:
        verdict &= Verdict(
            tuple(Reason("item_missing", f"公告未载明“{gap.name}”", gap.article) for gap in checked.gaps)
        )
    context = {
        "lot": lot,
        "form": form,
        "terms": terms,
        "draft": draft,
        "dates": rules.dates(lot, terms, calendar, request.at),
        "warnings": rules.warnings(lot, terms, calendar, request.at),
        "findings": checked.findings if checked else (),
        "verdict": verdict,
        "invitees": len(set(invitees)),
        "crumbs": place.crumbs(lot, "检查招标公告"),
    }
    return pages.show(request, "tendering/announce_check.html", context)


@require_http_methods(["GET", "POST"])
def clarify(request: Request, code: str) -> HttpResponse:
    """答疑与澄清: the whole new version of the documents, and whether it is material."""
    actor = place.actor(request)
    lot = access.lot_of_owner(actor, place.code(code))
    tender = queries.tender(lot.code, at=request.at)
    asked = [
        (str(number), f"{number}. {text}")
        for number, text, _, answered in queries.questions(lot.code, lot.round)
        if answered is None
    ]
    current = tender.documents[-1].files if tender.documents else ()

    def run(actor: Actor, data: dict[str, Any]) -> object:
        _, files, refused = _received(request, actor)
        if refused:
            raise Refused(refused)
        return services.clarify(
            actor,
            lot.code,
            data["text"],
            _replaced(current, files),
            is_material=data["is_material"] == "yes",
            classification=data["classification"],
            answers=tuple(int(number) for number in data.get("answers", ())),
            at=request.at,
        )

    limit = lot.rulebook.number("tender.clarification_days_min")
    context = {
        "lot": lot,
        "tender": tender,
        "current": current,
        "limit": limit,
        "last_day": catalog.calendar().latest(local_date(tender.deadline), int(limit.value))
        if tender.deadline
        else None,
        "crumbs": place.crumbs(lot, "答疑与澄清"),
    }
    return pages.act(
        request,
        partial(forms.ClarifyForm, asked),
        run,
        template="tendering/clarify.html",
        context=context,
        done=f"/desk/lots/{lot.code}/",
        words="澄清已发布",
        initial={"is_material": "yes"},
    )


def _replaced(current: tuple[DocumentFile, ...], files: tuple[DocumentFile, ...]) -> tuple[DocumentFile, ...]:
    """A file of the same name takes the place of the old one; the others stay."""
    fresh = {file.name: file for file in files}
    kept = tuple(fresh.pop(file.name, file) for file in current)
    return kept + tuple(fresh.values())


@require_http_methods(["GET", "POST"])
def extend(request: Request, code: str) -> HttpResponse:
    """延长投标截止时间."""
    actor = place.actor(request)
    lot = access.lot_of_owner(actor, place.code(code))
    tender = queries.tender(lot.code, at=request.at)

    def run(actor: Actor, data: dict[str, Any]) -> object:
        return services.extend(actor, lot.code, data["deadline"], data["reason"], at=request.at)

    return pages.act(
        request,
        forms.ExtendForm,
        run,
        template="tendering/extend.html",
        context={"lot": lot, "tender": tender, "crumbs": place.crumbs(lot, "延长投标截止时间")},
        done=f"/desk/lots/{lot.code}/",
        words="投标截止时间已延长，更正公告已发布",
    )


@require_http_methods(["GET", "POST"])
def retender(request: Request, code: str) -> HttpResponse:
    """重新招标."""
    actor = place.actor(request)
    lot = access.lot_of_owner(actor, place.code(code))
    tender = queries.tender(lot.code, at=request.at)

    def run(actor: Actor, data: dict[str, Any]) -> object:
        return services.retender(actor, lot.code, data["reason"], at=request.at)

    context = {
        "lot": lot,
        "tender": tender,
        "verdict": rules.may_retender(tender, is_ordered=projects.is_ordered_anew(lot)),
        "crumbs": place.crumbs(lot, "重新招标"),
    }
    return pages.act(
        request,
        forms.ReasonForm,
        run,
        template="tendering/retender.html",
        context=context,
        done=f"/desk/lots/{lot.code}/",
        words=f"本标段进入第 {lot.round + 1} 次招标",
    )
