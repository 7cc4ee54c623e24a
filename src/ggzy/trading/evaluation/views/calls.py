"""组建评标委员会的页面: the invitation, sign-in, recusal, the owner's representative."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.ui import pages
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.actor import Actor
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Role
from ggzy.registers.experts import queries as experts
from ggzy.trading.evaluation import queries, services
from ggzy.trading.evaluation.forms import work
from ggzy.trading.evaluation.values import MemberState, Vacancy
from ggzy.trading.evaluation.views import place


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: Request, code: str) -> HttpResponse:
    """评标邀请与签到. Before sign-in nothing on the page names the project."""
    _, lot, seat = place.member_page(request, code)
    if seat.state is MemberState.SEATED:
        return pages.redirect(f"{place.base(lot)}/evaluation/")
    is_called = seat.state is MemberState.CALLED

    def run(actor: Actor, data: dict[str, Any]) -> object:
        if is_called:
            return services.answer_call(
                actor, lot.code, data["accepts"] == "yes", data["text"], at=request.at
            )
        return services.sign_in(actor, lot.code, at=request.at)

    return pages.act(
        request,
        work.AnswerForm if is_called else work.SignInForm,
        run,
        template="evaluation/invitation.html",
        context={
            "seat": seat,
            "is_called": is_called,
            "specialty": experts.specialty_name(seat.specialty) if seat.specialty else "招标人代表",
        },
        done="/desk/" if is_called else f"{place.base(lot)}/evaluation/",
        words="已应答" if is_called else "已签到",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def recuse(request: Request, code: str) -> HttpResponse:
    """回避或者不能继续评标."""
    _, lot, seat = place.member_page(request, code)

    def run(actor: Actor, data: dict[str, Any]) -> object:
        return services.recuse(actor, lot.code, data["text"], Vacancy(data["reason"]), at=request.at)

    bids = queries.table(lot.code).bids if seat.state is MemberState.SEATED else ()
    return pages.act(
        request,
        work.RecuseForm,
        run,
        template="evaluation/recuse.html",
        context={"lot": lot, "seat": seat, "bids": bids, "crumbs": place.crumbs(lot, "回避")},
        done="/desk/",
        words="已退出评标委员会",
    )


@require_http_methods(["POST"])
def begin(request: Request, code: str) -> HttpResponse:
    """推选主任，开始评标."""
    _, lot, seat = place.member_page(request, code)
    if seat.state is not MemberState.SEATED:
        raise Missing()
    sitting = queries.table(lot.code).sitting

    def run(actor: Actor, data: dict[str, Any]) -> object:
        return services.begin(actor, lot.code, int(data["chair"]), at=request.at)

    return pages.act(
        request,
        partial(work.BeginForm, sorted(sitting.seats())),
        run,
        template="evaluation/begin.html",
        context={"lot": lot, "crumbs": place.crumbs(lot, "开始评标")},
        done=f"{place.base(lot)}/evaluation/",
        words="评标已开始",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def representative(request: Request, code: str) -> HttpResponse:
    """确定招标人代表, from the owner's own people."""
    actor, lot = place.owner_page(request, code)
    if actor.role is not Role.OWNER:
        raise Missing()
    people = [(m.person, m.person_name) for m in identity.members(lot.owner, Role.OWNER)]

    def run(actor: Actor, data: dict[str, Any]) -> object:
        return services.name_representative(actor, lot.code, data["person"], at=request.at)

    return pages.act(
        request,
        partial(work.RepresentativeForm, people),
        run,
        template="evaluation/representative.html",
        context={"lot": lot, "crumbs": place.crumbs(lot, "确定招标人代表")},
        done=f"{place.base(lot)}/",
        words="招标人代表已确定",
    )
