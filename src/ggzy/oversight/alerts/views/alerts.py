"""预警的页面: what waits, one alert in the order of its questions, and what may be done with it."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.ui import forms as ui_forms
from ggzy.foundation.ui import pages
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Permission
from ggzy.oversight.alerts import forms, indicators, queries, rules, services
from ggzy.oversight.alerts.values import Grade
from ggzy.oversight.alerts.values.alerts import AlertFacts, AlertState, Target
from ggzy.oversight.alerts.views import buttons, naming, reading
from ggzy.oversight.powers import queries as powers

PAGE, READINGS_SHOWN = 30, 20
LIST = ("预警", "/desk/alerts/")


@require_safe
def alerts(request: Request) -> HttpResponse:
    """预警清单 of the region, with filters; what waits unless asked otherwise. What an alert says is not in it."""
    actor = pages.signed_in(request)
    identity.permit(actor, Permission.ALERT_READ)
    asked = {name: request.GET.get(name, "")[:60] for name in ("state", "grade", "indicator", "authority")}
    remit = powers.remit(actor)
    wanted = queries.Wanted(
        region=actor.region,
        remit=remit,
        is_open={"": True, "decided": False}.get(asked["state"]),
        **{name: asked[name] for name in ("grade", "indicator", "authority")},
    )
    total = queries.count(wanted)
    page = ui_forms.whole_number(request.GET.get("page"), 1, 1, max(-(-total // PAGE), 1))
    rows = queries.alerts(wanted, offset=(page - 1) * PAGE, limit=PAGE)
    context = {
        "rows": naming.titled(rows),
        "unclaimed": {
            one.code for one in rows if powers.is_unclaimed(remit, one.region, one.lot, one.category)
        },
        "total": total,
        "page": page,
        "pages": -(-total // PAGE),
        "asked": asked,
        "filters": _filters(asked, queries.authorities(actor.region, remit)),
        "coverage": queries.coverage(actor.region),
        "countdowns": naming.located(queries.countdowns(actor.region, request.at, remit, limit=20))
        if page == 1
        else (),
        "now": request.at,
    }
    return pages.show(request, "alerts/alerts.html", context)


def _filters(
    asked: Mapping[str, str], authorities: tuple[str, ...]
) -> list[tuple[str, str, list[tuple[str, str]]]]:
    return [
        ("state", "状态", [("", "待处置"), ("decided", "已办结"), ("all", "全部")]),
        ("grade", "等级", [("", "不限"), *((one.value, one.label) for one in (Grade.RED, Grade.YELLOW))]),
        ("authority", "监督部门", [("", "不限"), *((name, name) for name in authorities)]),
        (
            "indicator",
            "指标",
            [
                ("", "不限"),
                *((code, f"{code} {one.indicator.name}") for code, one in indicators.models().items()),
            ],
        ),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def alert(request: Request, code: str) -> HttpResponse:
    """预警: the sentence, the facts, the picture, the rule, the base rate, the innocent explanation, what was before.

    That it is read is in the journal before any of it leaves.
    """
    actor = pages.signed_in(request)
    found = queries.seen(actor, code)
    lot = naming.lot(found.lot)
    stopped = reading.unread(request, found, lot)
    if stopped is not None:
        return stopped
    findings = queries.findings(code)
    names = naming.parties(found.parties)
    score = max((one.score for one in findings), default=Decimal())
    running = naming.still_open(found)
    target = found.lot or next((one.lot for one in running), None)
    context = {
        "alert": found,
        "unclaimed": powers.is_unclaimed(powers.remit(actor), found.region, found.lot, found.category),
        "findings": findings,
        "pictures": [one.picture for one in findings if one.picture is not None],
        "names": names,
        "lot": lot,
        "running": running,
        "rate": queries.rate(found, score, request.at),
        "precision": queries.precision(found.indicator.code, actor.region),
        "params": naming.parameters(found.indicator, queries.params(found.indicator, found.region)),
        "earlier": naming.titled(queries.earlier(found)),
        "questions": queries.questions(code),
        "readings": powers.readings(code, limit=READINGS_SHOWN),
        "buttons": buttons.of(found, target) if actor.has(Permission.ALERT_HANDLE) else (),
        "now": request.at,
        "crumbs": _crumbs(),
    }
    return pages.show(request, "alerts/alert.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: Request, code: str, step: str) -> HttpResponse:
    """办理: ask, dismiss, confirm or transfer."""
    actor = pages.signed_in(request)
    identity.permit(actor, Permission.ALERT_HANDLE)
    found = queries.seen(actor, code)
    if step not in _STEPS:
        raise Missing("没有找到这个页面，或者您没有查看它的权限")
    stopped = reading.unread(request, found, naming.lot(found.lot))
    if stopped is not None:
        return stopped
    title, to, form, run, words = _STEPS[step]
    made: Any = form
    if form is forms.AskForm:
        made = partial(form, parties=sorted(naming.parties(found.parties).items()))
    return pages.act(
        request,
        made,
        lambda who, data: run(who, found, data, request),
        template="alerts/step.html",
        context={
            "sentence": found.sentence,
            "title": title,
            "power": powers.power_for(f"alert.{step}"),
            "verdict": rules.may_move(found.state, to) & powers.may_exercise(f"alert.{step}"),
            "crumbs": _crumbs(("预警详情", f"/desk/alerts/{code}/"), (title, "")),
            "back": f"/desk/alerts/{code}/",
        },
        done=f"/desk/alerts/{code}/",
        words=words,
    )


def _ask(who: Actor, found: AlertFacts, data: dict[str, Any], request: Request) -> object:
    party = CreditCode(data["party"])
    return services.ask(who, found.code, party, data["text"], data["due_on"], at=request.at)


def _dismiss(who: Actor, found: AlertFacts, data: dict[str, Any], request: Request) -> object:
    return services.dismiss(who, found.code, data["reason"], at=request.at)


def _confirm(who: Actor, found: AlertFacts, data: dict[str, Any], request: Request) -> object:
    return services.confirm(who, found.code, data["reason"], at=request.at)


def _transfer(who: Actor, found: AlertFacts, data: dict[str, Any], request: Request) -> object:
    return services.transfer(
        who, found.code, Target(data["target"]), data["reason"], office=data["office"],
        document=data["document"], at=request.at,
    )  # fmt: skip


Run = Callable[[Actor, AlertFacts, dict[str, Any], Request], object]
_STEPS: Mapping[str, tuple[str, AlertState, type[ui_forms.Form], Run, str]] = {
    "ask": ("要求当事人说明", AlertState.ASKED, forms.AskForm, _ask, "已要求说明，对方工作台上可以看到"),
    "dismiss": ("不予处置", AlertState.DISMISSED, forms.ReasonForm, _dismiss, "已不予处置，理由已留痕"),
    "confirm": ("认定属实", AlertState.CONFIRMED, forms.ReasonForm, _confirm, "已认定属实，理由已留痕"),
    "transfer": ("移送", AlertState.TRANSFERRED, forms.TransferForm, _transfer, "已登记移送"),
}


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [("待办", "/desk/"), LIST, *(more or (("预警详情", ""),))]
