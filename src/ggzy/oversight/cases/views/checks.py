"""双随机、一公开的页面: public from the plan to the result; the steps for those who run and those who watch."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods, require_safe

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.ui import forms as ui_forms
from ggzy.foundation.ui import pages
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.roles import Permission
from ggzy.oversight.cases import services
from ggzy.oversight.cases.forms import casework as common
from ggzy.oversight.cases.forms import checks as forms
from ggzy.oversight.cases.forms.complaints import SureForm, TextForm
from ggzy.oversight.cases.queries import checks as desk
from ggzy.oversight.cases.rules import checks as rules
from ggzy.oversight.cases.services.checks import GIVERS
from ggzy.oversight.cases.values.checks import CheckFacts, Finding
from ggzy.oversight.cases.views import frame
from ggzy.oversight.powers import queries as listed

LIST = ("双随机抽查", "/desk/checks/")


@require_safe
def shown(request: Request) -> HttpResponse:
    """双随机、一公开: the list of items, and every check."""
    context = {"items": list(desk.items().values()), "shares": desk.shares(), "rows": desk.checks(request.at)}
    return pages.show(request, "cases/checks.html", context)


@require_safe
def one_shown(request: Request, code: str) -> HttpResponse:
    """一次抽查: seats, leaves, nonces, the draw, the results: enough to run it again."""
    found = desk.check(code, request.at)
    return pages.show(request, "cases/check_public.html", {"one": found, "givers": rules.GIVERS})


@require_safe
def one_json(request: Request, code: str) -> JsonResponse:
    """重算材料 as data."""
    return JsonResponse(desk.replay(desk.check(code, request.at)))


@require_safe
def checks(request: Request) -> HttpResponse:
    """抽查 of the region, for those who run, give a nonce or watch."""
    actor = _watching(request)
    context = {
        "rows": desk.checks(request.at, region=actor.region),
        "may_run": actor.has(Permission.CHECK_RUN),
        "crumbs": frame.crumbs(("双随机抽查", "")),
    }
    return pages.show(request, "cases/check_desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: Request) -> HttpResponse:
    """抽查计划."""
    actor = pages.signed_in(request)
    identity.permit(actor, Permission.CHECK_RUN)
    return frame.act(
        request,
        forms.PlanForm,
        lambda who, data: services.plan_check(who, data["item"], data["region"], at=request.at),
        title="抽查计划",
        action="check.plan",
        back="/desk/checks/",
        trail=[LIST],
        initial={"region": actor.region},
        done=lambda receipt: f"/desk/checks/{receipt.subject.split('/')[1]}/",
        words="计划已公布，候选池已固定",
        note="提交后候选池即固定并公布；对象和检查人员由各方随机数共同决定，谁也不能挑选。",
    )


@require_safe
def check(request: Request, code: str) -> HttpResponse:
    """一次抽查 at the desk, with the steps this person may take."""
    actor = _watching(request)
    found = seen(actor, code, request.at)
    party = GIVERS.get(actor.role) if actor.has(Permission.CHECK_COMMIT) else None
    mine = next((one for one in found.givers if one.party == party), None)
    context = {
        "one": found,
        "givers": rules.GIVERS,
        "may_run": actor.has(Permission.CHECK_RUN),
        "may_commit": party is not None and mine is None and found.state.value == "planned",
        "may_reveal": mine is not None and mine.nonce is None and found.state.value == "revealing",
        "crumbs": frame.crumbs(LIST, (code, "")),
    }
    return pages.show(request, "cases/check.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: Request, code: str, step: str) -> HttpResponse:
    """提交承诺、公开随机数: computed on the giver's own machine."""
    actor = pages.signed_in(request)
    identity.permit(actor, Permission.CHECK_COMMIT)
    found = seen(actor, code, request.at)
    if step not in ("commit", "reveal"):
        raise Missing()
    is_commit = step == "commit"
    form: type[ui_forms.Form] = forms.CommitForm if is_commit else forms.RevealForm

    def run(who: Actor, data: dict[str, Any]) -> object:
        if is_commit:
            return services.commit_check(who, code, data["commitment"], at=request.at)
        return services.reveal_check(who, code, data["nonce"], at=request.at)

    title = "提交随机数承诺" if is_commit else "公开随机数"
    return pages.act(
        request,
        form,
        run,
        template="cases/check_nonce.html",
        context={
            "title": title,
            "one": found,
            "is_commit": is_commit,
            "party": GIVERS[actor.role],
            "power": listed.power_for(f"check.{step}"),
            "crumbs": frame.crumbs(LIST, (code, f"/desk/checks/{code}/"), (title, "")),
        },
        done=f"/desk/checks/{code}/",
        words="承诺已提交" if is_commit else "随机数已公开",
    )


Run = Callable[[Actor, CheckFacts, dict[str, Any], datetime], object]
STEPS: dict[str, tuple[str, str, str]] = {
    "close": ("截止承诺", "check.close", "承诺已截止，请各方公开随机数"),
    "draw": ("抽取", "check.draw", "已抽取"),
    "recuse": ("检查人员回避", "check.recuse", "已递补"),
    "publish": ("公开结果", "check.publish", "结果已公开"),
    "abandon": ("中止抽查", "check.abandon", "抽查已中止"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: Request, code: str, step: str) -> HttpResponse:
    """抽查的一步."""
    actor = pages.signed_in(request)
    identity.permit(actor, Permission.CHECK_RUN)
    found = seen(actor, code, request.at)
    if step not in STEPS:
        raise Missing()
    title, action, words = STEPS[step]
    form, run = run_of(step, found)
    return _act(request, found, title, action, words, form, run)


@require_http_methods(["GET", "HEAD", "POST"])
def result(request: Request, code: str, party: str, step: str) -> HttpResponse:
    """登记结果、复查 of one object."""
    actor = pages.signed_in(request)
    identity.permit(actor, Permission.CHECK_RUN)
    found = seen(actor, code, request.at)
    one = next((one for one in found.results if one.party == party), None)
    if one is None or step not in ("result", "recheck"):
        raise Missing()
    who = CreditCode(party)
    if step == "recheck":
        return _act(
            request, found, "登记复查", "check.recheck", "复查已登记", TextForm,
            lambda actor, check, data, at: services.recheck(actor, code, who, data["text"], at=at),
            facts=[("对象", one.name)],
        )  # fmt: skip
    return _act(
        request, found, "登记结果", "check.result", "结果已登记", forms.ResultForm,
        lambda actor, check, data, at: services.record_result(
            actor, code, who, Finding(data["finding"]), data["text"], data["rectify_by"], at=at
        ),
        facts=[("对象", one.name), ("检查要点", "、".join(found.item.points))],
    )  # fmt: skip


def _act(
    request: Request,
    found: CheckFacts,
    title: str,
    action: str,
    words: str,
    form: type[ui_forms.Form],
    run: Run,
    facts: Sequence[tuple[str, object]] = (),
) -> HttpResponse:
    base = f"/desk/checks/{found.code}/"
    return frame.act(
        request,
        form,
        lambda who, data: run(who, found, data, request.at),
        title=title,
        action=action,
        back=base,
        trail=[LIST, (found.code, base)],
        facts=[("抽查事项", found.item.name), *facts],
        words=words,
    )


def run_of(step: str, found: CheckFacts) -> tuple[type[ui_forms.Form], Run]:
    table: dict[str, tuple[type[ui_forms.Form], Run]] = {
        "close": (SureForm, lambda who, one, data, at: services.close_check(who, one.code, at=at)),
        "draw": (SureForm, lambda who, one, data, at: services.draw_check(who, one.code, at=at)),
        "publish": (SureForm, lambda who, one, data, at: services.publish_check(who, one.code, at=at)),
        "abandon": (
            common.ReasonForm,
            lambda who, one, data, at: services.abandon_check(who, one.code, data["reason"], at=at),
        ),
        "recuse": (
            forms.recuse_form(found),
            lambda who, one, data, at: services.recuse_inspector(
                who, one.code, data["inspector"], data["reason"], at=at
            ),
        ),
    }
    return table[step]


def _watching(request: Request) -> Actor:
    actor = pages.signed_in(request)
    if not (actor.has(Permission.CHECK_COMMIT) or actor.has(Permission.CASE_READ)):
        raise Forbidden()
    return actor


def seen(actor: Actor, code: str, at: datetime) -> CheckFacts:
    found = desk.check(code, at)
    if not actor.region.contains(found.region):
        raise Missing(desk.NO_CHECK)
    return found
