"""刹车的页面: for the supervisor of the region."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.ui import forms as ui_forms
from ggzy.foundation.ui import pages
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.roles import Permission
from ggzy.oversight.cases import access, queries, services
from ggzy.oversight.cases.forms import braking as forms
from ggzy.oversight.cases.queries import complaints
from ggzy.oversight.powers import queries as listed
from ggzy.registers.parties import queries as parties
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects.values import LotFacts

REASON_MAX = 500  # what a link from a case or an alert may write before the person does


@require_safe
def brakes(request: Request) -> HttpResponse:
    """在效的暂停令 of the region, the one to review first on top."""
    actor = pages.signed_in(request)
    identity.permit(actor, Permission.CASE_READ)
    context = {
        "rows": queries.in_force(actor.region, request.at, listed.remit(actor)),
        "may_act": actor.has(Permission.LOT_SUSPEND),
        "now": request.at,
    }
    return pages.show(request, "cases/brakes.html", context)


@require_safe
def brake(request: Request, code: str) -> HttpResponse:
    """一个标段的刹车: what is in force, what was, and what may be done now."""
    actor = pages.signed_in(request)
    lot = access.lot_to_watch(actor, code)
    now = queries.brake(lot.code, request.at)
    context = {
        **_frame(lot, ""),
        "brake": now,
        "past": [one for one in queries.brakes(lot.code, request.at) if one.released_at],
        "effects": queries.effects(lot.code),
        "verdicts": projects.braking(lot, request.at),
        "is_past_long_stop": projects.is_past_long_stop(lot, request.at),
        "now": request.at,
        "basis": complaints.regime_of(lot).suspend_article,
    }
    return pages.show(request, "cases/brake.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def pull(request: Request, code: str) -> HttpResponse:
    """暂停交易: the effect is listed before it is confirmed."""
    return _order(
        request,
        code,
        "暂停交易",
        "brake.pull",
        "pull",
        "suspend",
        words="标段已暂停，平台将发布暂停公告",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: Request, code: str) -> HttpResponse:
    """复查暂停令."""
    return _order(
        request,
        code,
        "复查暂停令",
        "brake.review",
        "review",
        "resume",
        words="已登记复查",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def release(request: Request, code: str) -> HttpResponse:
    """恢复交易."""
    return _order(
        request,
        code,
        "恢复交易",
        "brake.release",
        "release",
        "resume",
        words="标段已恢复，期限继续计算",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: Request, code: str) -> HttpResponse:
    """终止交易."""
    return _order(
        request,
        code,
        "终止交易",
        "brake.end",
        "end",
        "terminate",
        words="标段已终止，平台将发布终止公告",
    )


Run = Callable[[Actor, LotCode, dict[str, Any], datetime], object]
RUNS: dict[str, tuple[type[ui_forms.Form], Run]] = {
    "pull": (
        forms.PullForm,
        lambda who, lot, data, at: services.pull_brake(who, lot, forms.order(data), at=at),
    ),
    "review": (
        forms.ReviewForm,
        lambda who, lot, data, at: services.review_brake(who, lot, data["reason"], data["review_on"], at=at),
    ),
    "release": (
        forms.ReleaseForm,
        lambda who, lot, data, at: services.release_brake(who, lot, forms.order(data), at=at),
    ),
    "end": (forms.EndForm, lambda who, lot, data, at: services.end_lot(who, lot, forms.order(data), at=at)),
}


def _order(
    request: Request,
    code: str,
    title: str,
    action: str,
    step: str,
    verdict: str,
    words: str,
) -> HttpResponse:
    form, run = RUNS[step]
    actor = pages.signed_in(request)
    lot = access.lot_to_watch(actor, code)
    authority = parties.name(actor.organisation) if actor.organisation else ""
    return pages.act(
        request,
        form,
        lambda who, data: run(who, lot.code, data, request.at),
        template="cases/order.html",
        context={
            **_frame(lot, title),
            "effects": queries.effects(lot.code) if verdict == "suspend" else (),
            "verdict": getattr(projects.braking(lot, request.at), verdict),
            "brake": queries.brake(lot.code, request.at),
            "power": listed.power_for(action),
        },
        initial={
            "authority": authority,
            "article": complaints.regime_of(lot).suspend_article,
            "reason": request.GET.get("reason", "")[:REASON_MAX],
        },
        done=f"/desk/lots/{lot.code}/brake/",
        words=words,
    )


def _frame(lot: LotFacts, title: str) -> dict[str, Any]:
    crumbs = [("待办", "/desk/"), ("标段", "/desk/lots/"), (lot.title, f"/desk/lots/{lot.code}/")]
    if title:
        crumbs.append(("暂停与恢复", f"/desk/lots/{lot.code}/brake/"))
    return {"lot": lot, "title": title or "暂停与恢复", "crumbs": [*crumbs, (title or "暂停与恢复", "")]}
