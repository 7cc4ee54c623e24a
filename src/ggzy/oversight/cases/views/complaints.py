"""投诉的页面: for the complainant, the respondent, the supervisor who handles it, and those who watch."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.http import FileResponse, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.ui import forms as ui_forms
from ggzy.foundation.ui import pages
from ggzy.foundation.ui.pages import Request
from ggzy.foundation.vault import queries as vault
from ggzy.foundation.vault import services as vault_services
from ggzy.foundation.vault.views import attached
from ggzy.kernel.actor import Actor
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.instants import local_date
from ggzy.kernel.roles import Permission, Role
from ggzy.kernel.verdict import Verdict
from ggzy.oversight.cases import services
from ggzy.oversight.cases.access import complaints as doors
from ggzy.oversight.cases.forms import complaints as forms
from ggzy.oversight.cases.queries import complaints as desk
from ggzy.oversight.cases.rules import amending
from ggzy.oversight.cases.rules import complaints as rules
from ggzy.oversight.cases.values.complaints import ComplaintFacts, NewComplaint
from ggzy.oversight.cases.views import frame
from ggzy.oversight.powers import queries as listed
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.parties import queries as parties

LIST = ("投诉", "/desk/complaints/")
SIDE = (Role.OWNER, Role.AGENCY)
Step = Callable[[Actor, ComplaintFacts, dict[str, Any], datetime], object]


@require_http_methods(["GET", "HEAD", "POST"])
def complain(request: Request, code: str) -> HttpResponse:
    """提起投诉 on a lot, with the clocks and the rule that objections come first."""
    actor = pages.signed_in(request)
    lot, party = doors.lot_to_complain(actor, code)
    regime = desk.regime_of(lot)
    first = [one.name for one in regime.matters.values() if one.must_object]
    unit = "个工作日" if regime.window_unit == "wd" else "日"
    since = "质疑答复或者答复期满" if regime.window_unit == "wd" else "知道或者应当知道"

    def run(who: Actor, data: dict[str, Any]) -> object:
        new = NewComplaint(
            lot=lot.code,
            matter=data["matter"],
            respondent=data["respondent"],
            known_on=data["known_on"],
            text=data["text"],
            request=data["request_text"],
            files=_kept(data["file"], str(party)),
        )
        return services.file_complaint(who, new, at=request.at)

    return frame.act(
        request,
        forms.complaint_form(regime),
        run,
        title="提起投诉",
        action="",
        back=f"/desk/lots/{code}/",
        trail=[(lot.title, f"/desk/lots/{code}/")],
        facts=[
            ("标段", lot.title),
            ("程序", f"{regime.name}（{regime.basis}）"),
            ("期限", f"自{since}之日起{regime.window}{unit}内（{regime.window_article}）"),
            (
                "先提异议（质疑）的事项",
                f"{'、'.join(first)}：没有先提出的，不予受理（{regime.object_article}）",
            ),
            (
                "受理和决定",
                f"{regime.accept_workdays}个工作日内决定是否受理，{regime.decide_workdays}个工作日内作出决定",
            ),
        ],
        initial={"respondent": parties.name(lot.owner)},
        done="/desk/complaints/",
        words="投诉书已收到",
        note="投诉应当实名。捏造事实、提供虚假材料的，依法处理并记入信用记录。不愿实名的，请到“投诉举报”页举报。",
    )


@require_safe
def complaints(request: Request) -> HttpResponse:
    """投诉: one's own, or those of the region."""
    actor = pages.signed_in(request)
    if actor.has(Permission.CASE_READ):
        rows = desk.complaints(actor.region, by=actor)
    elif actor.role in SIDE and actor.organisation:
        rows = desk.complaints_copied(actor.organisation)
    else:
        identity.permit(actor, Permission.COMPLAINT_FILE)
        rows = desk.complaints_by(actor.organisation) if actor.organisation else ()
    context = {
        "rows": [(one, rules.is_overdue(one, request.at)) for one in rows],
        "is_official": actor.has(Permission.CASE_READ),
        "crumbs": frame.crumbs(("投诉", "")),
    }
    return pages.show(request, "cases/complaints.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def complaint(request: Request, code: str) -> HttpResponse:
    """一件投诉, as far as this person may read it; an official's reading is journalled first."""
    actor = pages.signed_in(request)
    found = seen(actor, code)
    stopped = _unread(request, actor, found)
    if stopped is not None:
        return stopped
    raised = desk.raised(found.lot, found.by, found.matter.code)
    context = {
        "one": found,
        "files": _files(found),
        "is_mine": found.by == actor.organisation,
        "is_official": actor.has(Permission.CASE_READ),
        "is_side": actor.role in SIDE,
        "may_handle": actor.has(Permission.COMPLAINT_HANDLE),
        "flaws": rules.flaws(found, raised, catalog.calendar()),
        "raised": raised,
        "is_overdue": rules.is_overdue(found, request.at),
        "may_settle": amending.may_settle(found, "—").ok,
        "readings": listed.readings(code),
        "crumbs": frame.crumbs(LIST, (code, "")),
    }
    return pages.show(request, "cases/complaint.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: Request, code: str, step: str) -> HttpResponse:
    """办理投诉的一步."""
    actor = pages.signed_in(request)
    if step not in STEPS:
        raise Missing()
    title, action, permission, words = STEPS[step]
    identity.permit(actor, permission)
    found = seen(actor, code)
    stopped = _unread(request, actor, found)
    if stopped is not None:
        return stopped
    form, run, verdict = run_of(step, found, request.at)
    return frame.act(
        request,
        form,
        lambda who, data: run(who, found, data, request.at),
        title=title,
        action=action,
        is_procurement=found.regime.code == "procurement",
        back=f"/desk/complaints/{code}/",
        trail=[LIST, (code, f"/desk/complaints/{code}/")],
        facts=[("标段", found.lot_title), ("投诉事项", found.matter.name), ("程序", found.regime.name)],
        verdict=verdict,
        words=words,
    )


def _unread(request: Request, actor: Actor, found: ComplaintFacts) -> HttpResponse | None:
    """查阅之前, of an official; whose complaint it is, and who was sent a copy, need not say why."""
    if not actor.has(Permission.CASE_READ):
        return None
    what = f"投诉 {found.code}"
    return frame.unread(request, found.code, what, [found.by], request.at, back="/desk/complaints/")


@require_safe
def file(request: Request, code: str, digest: str) -> FileResponse:
    """投诉的证明材料, for those who may read the complaint."""
    actor = pages.signed_in(request)
    found = seen(actor, code)
    if digest not in found.files or (
        actor.has(Permission.CASE_READ) and not listed.has_read(actor, code, request.at)
    ):
        raise Missing()
    return attached(digest)


STEPS: dict[str, tuple[str, str, Permission, str]] = {
    "accept": ("受理投诉", "complaint.accept", Permission.COMPLAINT_HANDLE, "投诉已受理"),
    "refuse": ("不予受理", "complaint.refuse", Permission.COMPLAINT_HANDLE, "已决定不予受理"),
    "copy": ("发出投诉书副本", "complaint.copy", Permission.COMPLAINT_HANDLE, "副本已发出"),
    "stay": ("扣除期间", "complaint.stay", Permission.COMPLAINT_HANDLE, "决定期限已顺延"),
    "decide": ("作出处理决定", "complaint.decide", Permission.COMPLAINT_HANDLE, "处理决定已作出并公布"),
    "settle": ("决定撤回申请", "complaint.settle", Permission.COMPLAINT_HANDLE, "撤回申请已决定"),
    "ask": ("通知补正", "complaint.correct", Permission.COMPLAINT_HANDLE, "已一次性通知补正"),
    "withdraw": ("撤回投诉", "", Permission.COMPLAINT_FILE, "撤回已登记"),
    "correct": ("提交补正", "", Permission.COMPLAINT_FILE, "补正材料已提交"),
    "reply": ("作出说明", "", Permission.CASE_ANSWER, "说明已提交"),
}


def run_of(step: str, found: ComplaintFacts, at: datetime) -> tuple[type[ui_forms.Form], Step, Verdict]:
    raised = desk.raised(found.lot, found.by, found.matter.code)
    table: dict[str, tuple[type[ui_forms.Form], Step, Verdict]] = {
        "accept": (
            forms.SureForm,
            lambda who, one, data, at: services.accept_complaint(who, one.code, at=at),
            rules.may_accept(found, rules.flaws(found, raised, catalog.calendar())),
        ),
        "refuse": (
            forms.refuse_form(found.regime),
            lambda who, one, data, at: services.refuse_complaint(
                who, one.code, data["grounds"], data["text"], at=at
            ),
            rules.may_refuse(found, ["no_standing"], "—"),
        ),
        "copy": (
            forms.SureForm,
            lambda who, one, data, at: services.send_copy(who, one.code, at=at),
            rules.may_copy(found),
        ),
        "stay": (
            forms.StayForm,
            lambda who, one, data, at: services.stay_complaint(
                who, one.code, data["workdays"], data["reason"], at=at
            ),
            rules.may_stay(found, 1, "—"),
        ),
        "decide": (
            forms.decide_form(found.regime),
            lambda who, one, data, at: services.decide_complaint(
                who, one.code, data["outcome"], data["document"], data["text"], at=at
            ),
            rules.may_decide(found, next(iter(found.regime.outcomes)), "—", "—"),
        ),
        "withdraw": (
            forms.WithdrawForm,
            lambda who, one, data, at: services.withdraw_complaint(who, one.code, data["reason"], at=at),
            amending.may_withdraw(found, found.by, "—"),
        ),
        "settle": (
            forms.SettleForm,
            lambda who, one, data, at: services.settle_withdrawal(
                who, one.code, data["granted"] == "yes", data["text"], at=at
            ),
            amending.may_settle(found, "—"),
        ),
        "ask": (
            forms.AskForm,
            lambda who, one, data, at: services.ask_correction(
                who, one.code, data["notice"], data["until"], at=at
            ),
            amending.may_ask(found, "—", local_date(at) + timedelta(days=1), at),
        ),
        "correct": (
            forms.CorrectForm,
            lambda who, one, data, at: services.correct_complaint(
                who, one.code, data["text"], _kept(data["file"], str(one.by)), at=at
            ),
            amending.may_correct(found, "—", at),
        ),
        "reply": (
            forms.TextForm,
            lambda who, one, data, at: services.file_reply(who, one.code, data["text"], at=at),
            rules.may_reply(found, "—"),
        ),
    }
    return table[step]


def seen(actor: Actor, code: str) -> ComplaintFacts:
    """The complaint, for whom it is: its author, who was sent a copy, and officials of the region."""
    if actor.has(Permission.CASE_READ):
        return doors.complaint_to_read(actor, code)
    if actor.organisation is None:
        raise Forbidden("请先选择所代表的单位")
    mine = desk.complaints_copied if actor.role in SIDE else desk.complaints_by
    if actor.role not in (*SIDE, Role.BIDDER):
        raise Forbidden()
    found = next((one for one in mine(actor.organisation) if one.code == code), None)
    if found is None:
        raise Missing(desk.NO_COMPLAINT)
    return found


def _files(found: ComplaintFacts) -> list[dict[str, Any]]:
    return [
        {
            "name": meta.name,
            "bytes": meta.size,
            "digest": digest,
            "url": f"/desk/complaints/{found.code}/files/{digest}/",
        }
        for digest, meta in vault.metas(found.files).items()
    ]


def _kept(file: Any, owner: str) -> tuple[str, ...]:
    if not file:
        return ()
    return (vault_services.put(file, name=file.name, owner=owner, media_type="application/octet-stream"),)
