"""异议的页面: asked, answered, withdrawn."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from ggzy.foundation.ui import pages
from ggzy.foundation.ui.pages import Request
from ggzy.foundation.vault import queries as vault
from ggzy.foundation.vault import services as vault_services
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Forbidden
from ggzy.kernel.roles import Permission
from ggzy.registers.parties import queries as parties
from ggzy.trading.objections import access, forms, queries, rules, services
from ggzy.trading.objections.values import ObjectionFacts, ObjectionState, Stage
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects.values import LotFacts


@require_safe
def objections(request: Request, code: str) -> HttpResponse:
    """异议: a bidder's own, or all of a lot for those who answer and watch."""
    actor = pages.signed_in(request)
    found = access.objections_seen(actor, LotCode(code))
    lot = projects.seen(actor, code)
    context = {
        **_frame(lot, "异议"),
        "rows": [_row(one, actor) for one in found],
        "pending": [one for one in found if one.state is ObjectionState.PENDING],
        "windows": _windows(lot, request.at),
        "may_raise": actor.has(Permission.OBJECTION_RAISE),
        "may_answer": actor.has(Permission.OBJECTION_ANSWER),
        "now": request.at,
    }
    return pages.show(request, "objections/objections.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def raise_objection(request: Request, code: str) -> HttpResponse:
    """提出异议."""
    actor = pages.signed_in(request)
    if not actor.has(Permission.OBJECTION_RAISE):
        raise Forbidden()
    lot = projects.seen(actor, code)
    return pages.act(
        request,
        forms.RaiseForm,
        lambda who, data: services.raise_objection(
            who, lot.code, Stage(data["stage"]), data["text"], _kept(who, data["file"])
        ),
        template="objections/raise_objection.html",
        context={**_frame(lot, "提出异议"), "windows": _windows(lot, request.at), "now": request.at},
        initial={"stage": _open_stage(lot, request)},
        done=f"/desk/lots/{code}/objections/",
        words="异议已提出",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Request, code: str, number: int) -> HttpResponse:
    """答复异议."""
    actor = pages.signed_in(request)
    if not actor.has(Permission.OBJECTION_ANSWER):
        raise Forbidden()
    lot = projects.seen(actor, code)
    found = access.objection_seen(actor, lot.code, number)
    return pages.act(
        request,
        forms.AnswerForm,
        lambda who, data: services.answer(
            who, found.id, data["text"], data["upheld"] == "yes", at=request.at
        ),
        template="objections/answer.html",
        context={
            **_frame(lot, "答复异议"),
            "one": _row(found, actor),
            "verdict": rules.may_answer(found, "—"),
            "is_late": rules.is_late(found.due_on, request.at),
            "article": found.stage.article,
            "now": request.at,
        },
        done=f"/desk/lots/{code}/objections/",
        words="异议已答复",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: Request, code: str, number: int) -> HttpResponse:
    """撤回异议."""
    actor = pages.signed_in(request)
    if not actor.has(Permission.OBJECTION_RAISE):
        raise Forbidden()
    lot = projects.seen(actor, code)
    found = access.objection_seen(actor, lot.code, number)
    return pages.act(
        request,
        forms.WithdrawForm,
        lambda who, _: services.withdraw_objection(who, found.id, at=request.at),
        template="objections/withdraw.html",
        context={**_frame(lot, "撤回异议"), "one": _row(found, actor)},
        done=f"/desk/lots/{code}/objections/",
        words="异议已撤回",
    )


def _frame(lot: LotFacts, title: str) -> dict[str, Any]:
    crumbs = [("待办", "/desk/"), ("标段", "/desk/lots/"), (lot.title, f"/desk/lots/{lot.code}/")]
    if title != "异议":
        crumbs.append(("异议", f"/desk/lots/{lot.code}/objections/"))
    return {"lot": lot, "crumbs": [*crumbs, (title, "")]}


def _row(one: ObjectionFacts, actor: Actor) -> dict[str, Any]:
    is_mine = one.raised_by is not None and one.raised_by == actor.organisation
    return {
        "facts": one,
        "by": "本单位" if is_mine else parties.name(one.raised_by) if one.raised_by else "",
        "is_mine": is_mine,
        "is_pending": one.state is ObjectionState.PENDING,
        "files": [
            {"name": file.name, "bytes": file.size, "digest": digest, "url": f"/files/{digest}/"}
            for digest, file in vault.metas(one.files).items()
        ],
    }


def _windows(lot: LotFacts, at: datetime) -> list[dict[str, Any]]:
    days = queries.days_before(lot.code)
    return [
        {
            "stage": one.stage,
            "opens": one.opens,
            "last": rules.last_moment(one, days),
            # The end of a day is written as 24:00 of that day, not as the next one.
            "day": rules.last_day(one, days) if one.stage is Stage.DOCUMENT else None,
        }
        for one in queries.windows(lot.code, at)
    ]


def _open_stage(lot: LotFacts, request: Request) -> str:
    """The stage that is open now, the latest if there are several."""
    now = [one["stage"] for one in _windows(lot, request.at) if one["opens"] <= request.at < one["last"]]
    return now[-1].value if now else Stage.DOCUMENT.value


def _kept(actor: Actor, file: Any) -> tuple[str, ...]:
    if not file:
        return ()
    return (vault_services.put(file, name=file.name, owner=actor.organisation or actor.person),)
