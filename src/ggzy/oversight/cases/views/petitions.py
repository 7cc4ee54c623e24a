"""投诉举报台: one entry for everybody; calls and letters taken down; each answered, and followed by its code."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import FileResponse, HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods, require_safe

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.ui import pages, visits
from ggzy.foundation.ui.pages import Request
from ggzy.foundation.vault import queries as vault
from ggzy.foundation.vault import services as vault_services
from ggzy.foundation.vault.views import attached
from ggzy.kernel import events as kernel_events
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode, RegionCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Permission
from ggzy.kernel.verdict import Reason, Refused
from ggzy.oversight.cases import services
from ggzy.oversight.cases.forms import complaints as forms
from ggzy.oversight.cases.queries import complaints as desk
from ggzy.oversight.cases.rules import petitions as rules
from ggzy.oversight.cases.values.complaints import (
    Category,
    Channel,
    NewPetition,
    PetitionFacts,
    PetitionState,
)
from ggzy.oversight.cases.views import frame
from ggzy.oversight.powers import queries as listed
from ggzy.trading.projects import queries as projects

LIST = ("来电来信", "/desk/petitions/")
KEPT_BY = "petition"  # the owner of what an unnamed person hands in


@require_safe
def hub(request: Request) -> HttpResponse:
    """监督公开: what anybody may see of supervision."""
    return pages.show(request, "cases/hub.html")


@require_safe
def entry(request: Request) -> HttpResponse:
    """投诉举报: which way for which matter, how many there were, and what was decided."""
    context = {
        "regimes": list(desk.regimes().values()),
        "statistics": desk.statistics(),
        "petitions": desk.petition_counts(),
        "decided": desk.decided(),
    }
    return pages.show(request, "cases/entry.html", context)


@require_safe
def decided_json(request: Request) -> JsonResponse:
    """投诉处理决定 as data: what is public of dataset 404."""
    return JsonResponse(
        {
            "dataset": "404",
            "rows": [
                {
                    "UNIFIED_DEAL_CODE": str(one.lot),
                    "BID_SECTION_NAME": one.lot_title,
                    "COMPLAINT_DATE": kernel_events.instant_text(one.filed_at),
                    "ACCEPT_DATE": kernel_events.instant_text(one.accepted_at) if one.accepted_at else "",
                    "HANDLE_RESULT": one.answer,
                    "HANDLE_BASIS": one.regime.decide_article,
                    "HANDLE_DATE": kernel_events.instant_text(one.ended_at) if one.ended_at else "",
                    "document": one.document,
                    "outcome": one.outcome,
                }
                for one in desk.decided(limit=1000)
            ],
            "statistics": [
                dict(zip(("matter", "result", "count"), row, strict=True)) for row in desk.statistics()
            ],
        }
    )


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: Request) -> HttpResponse:
    """举报、咨询、意见建议, without signing in: nothing is kept of who sends it unless it is written down."""
    context = {"form": forms.PetitionForm(), "status": 200}
    if request.method != "POST":
        return pages.show(request, "cases/write.html", context)
    form = forms.PetitionForm(request.POST, request.FILES)
    if form.is_valid():
        data = form.cleaned_data
        key = services.key_for(data["request"])
        try:
            receipt = services.file_petition(
                Actor.system(data["request"]),
                _new(data, Channel.WEB),
                key,
                services.Sender(visits.address(request)),
                at=request.at,
            )
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            code = receipt.subject.split("/")[1]
            return pages.show(
                request, "cases/filed.html", {"key": key, "one": desk.petition(code, request.at)}
            )
    return pages.show(request, "cases/write.html", {"form": form}, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: Request) -> HttpResponse:
    """凭查询码查询: the state, the answer, and who read it."""
    form = forms.FollowForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            found = desk.followed(form.cleaned_data["key"], request.at)
        except Missing as missing:
            form.refuse([Reason("unknown", missing.message)])
        else:
            context = {"one": found, "readings": listed.readings(found.code)}
            return pages.show(request, "cases/followed.html", context)
    status = 422 if request.method == "POST" else 200
    return pages.show(request, "cases/follow.html", {"form": form}, status=status)


@require_safe
def petitions(request: Request) -> HttpResponse:
    """来电来信: for the supervisor and for those who watch it the list, for the centre the door to take one down."""
    actor = pages.signed_in(request)
    may_read, may_record = actor.has(Permission.CASE_READ), actor.has(Permission.PETITION_RECORD)
    identity.permit(actor, Permission.CASE_READ if may_read else Permission.PETITION_RECORD)
    context = {
        "rows": desk.petitions(actor.region, request.at) if may_read else (),
        "may_read": may_read,
        "may_record": may_record,
        "counts": desk.petition_counts(),
        "crumbs": frame.crumbs(("来电来信", "")),
    }
    return pages.show(request, "cases/petitions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: Request) -> HttpResponse:
    """登记来电来信."""
    actor = pages.signed_in(request)
    identity.permit(actor, Permission.PETITION_RECORD)

    def run(who: Actor, data: dict[str, Any]) -> object:
        new = _new(data, Channel(data["channel"]))
        new = new if new.lot else replace(new, region=who.region)
        return services.record_petition(who, new, services.key_for(who.request), at=request.at)

    return frame.act(
        request,
        forms.RecordForm,
        run,
        title="登记来电来信",
        action="petition.record",
        back="/desk/petitions/",
        trail=[LIST],
        words="来件已登记",
        note="照原话登记。来人不愿留名的，姓名和联系方式留空。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def petition(request: Request, code: str) -> HttpResponse:
    """一个来件: its reading is journalled, and shown to whoever holds the code."""
    actor = pages.signed_in(request)
    found = seen(actor, code, request.at)
    stopped = frame.unread(request, code, f"来件 {code}", (), request.at, back="/desk/petitions/")
    if stopped is not None:
        return stopped
    context = {
        "one": found,
        "files": _files(found),
        "may_handle": actor.has(Permission.COMPLAINT_HANDLE),
        "may_route": found.state is PetitionState.NEW,
        "is_open": found.state is not PetitionState.ANSWERED,
        "is_report": found.new.category is Category.REPORT,
        "readings": listed.readings(code),
        "crumbs": frame.crumbs(LIST, (code, "")),
    }
    return pages.show(request, "cases/petition.html", context)


RUNS: dict[str, Any] = {
    "route": (
        forms.RouteForm,
        lambda who, code, data, at: services.route_petition(who, code, data["to"], data["note"], at=at),
    ),
    "answer": (
        forms.TextForm,
        lambda who, code, data, at: services.answer_petition(who, code, data["text"], at=at),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def handle(request: Request, code: str, step: str) -> HttpResponse:
    """转办、答复."""
    actor = pages.signed_in(request)
    identity.permit(actor, Permission.COMPLAINT_HANDLE)
    found = seen(actor, code, request.at)
    if step not in RUNS:
        raise Missing()
    stopped = frame.unread(request, code, f"来件 {code}", (), request.at, back="/desk/petitions/")
    if stopped is not None:
        return stopped
    is_route = step == "route"
    form, run = RUNS[step]

    return frame.act(
        request,
        form,
        lambda who, data: run(who, code, data, request.at),
        title="转办" if is_route else "答复",
        action=f"petition.{step}",
        back=f"/desk/petitions/{code}/",
        trail=[LIST, (code, f"/desk/petitions/{code}/")],
        verdict=rules.may_route(found.state, "other", "—")
        if is_route
        else rules.may_answer(found.state, "—"),
        words="已转办" if is_route else "已答复",
    )


@require_safe
def file(request: Request, code: str, digest: str) -> FileResponse:
    """来件的材料, after the reading was journalled."""
    actor = pages.signed_in(request)
    found = seen(actor, code, request.at)
    if digest not in found.new.files or not listed.has_read(actor, code, request.at):
        raise Missing()
    return attached(digest)


def seen(actor: Actor, code: str, at: datetime) -> PetitionFacts:
    """A tip may be about the supervisors themselves: discipline and audit read it too."""
    identity.permit(actor, Permission.CASE_READ)
    found = desk.petition(code, at)
    if found.new.region != RegionCode.COUNTRY and not actor.region.contains(found.new.region):
        raise Missing(desk.NO_PETITION)
    return found


def _new(data: dict[str, Any], channel: Channel) -> NewPetition:
    """A code that names no lot of the house is refused in words, before anything is written."""
    lot: LotCode | None = data["lot"]
    try:
        region = projects.lot(lot).region if lot else RegionCode.COUNTRY
    except Missing:
        raise Refused([Reason("lot_unknown", "没有这个编号的标段", remedy="请核对，或者不填")]) from None
    kept: tuple[str, ...] = ()
    if data["file"]:
        name = data["file"].name
        kept = (
            vault_services.put(data["file"], name=name, owner=KEPT_BY, media_type="application/octet-stream"),
        )
    return NewPetition(
        category=Category(data["category"]),
        channel=channel,
        text=data["text"],
        region=region,
        lot=lot,
        name=data["name"],
        contact=data["contact"],
        files=kept,
    )


def _files(found: PetitionFacts) -> list[dict[str, Any]]:
    return [
        {
            "name": meta.name,
            "bytes": meta.size,
            "digest": digest,
            "url": f"/desk/petitions/{found.code}/files/{digest}/",
        }
        for digest, meta in vault.metas(found.new.files).items()
    ]
