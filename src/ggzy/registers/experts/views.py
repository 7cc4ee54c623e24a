"""专家信用的页面: entered by the supervisor, read by the expert itself; never public."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.ui import pages
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Permission
from ggzy.registers.experts import forms, queries, services
from ggzy.registers.experts.values import Mark

HOME = "/desk/expert-marks/"


@require_safe
def marks(request: Request) -> HttpResponse:
    """专家信用: the marks of the region's experts, by their numbers and without names."""
    actor = pages.signed_in(request)
    identity.permit(actor, Permission.CREDIT_RECORD)
    found = queries.recent_marks(actor.region)
    context = {"rows": [_row(mark, request) for mark in found], "is_mine": False}
    return pages.show(request, "experts/marks.html", context)


def _row(mark: Mark, request: Request) -> dict[str, object]:
    known = queries.conducts().get(mark.mark.conduct)
    return {
        "facts": mark,
        "mark": mark.mark,
        "conduct": known.name if known else "",
        "bars": mark.bars(request.at),
        "may_clear": mark.mark.start is not None and mark.lifted_at is None,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: Request) -> HttpResponse:
    """记入专家信用记录."""
    identity.permit(pages.signed_in(request), Permission.CREDIT_RECORD)
    return pages.act(
        request,
        forms.MarkForm,
        lambda actor, data: services.mark(actor, forms.new_mark(data), at=request.at),
        template="experts/enter.html",
        context={"title": "记入专家信用记录", "submit": "记入"},
        done=HOME,
        words="已记入，即时生效",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def clear(request: Request, code: str) -> HttpResponse:
    """提前解除禁止."""
    actor = pages.signed_in(request)
    identity.permit(actor, Permission.CREDIT_RECORD)
    facts = queries.mark(code)
    return pages.act(
        request,
        forms.ClearForm,
        lambda actor, data: services.clear(actor, code, data["reason"], data["document"], at=request.at),
        template="experts/enter.html",
        context={"title": "提前解除禁止", "submit": "解除", "about": facts.reason},
        done=HOME,
        words="已解除",
    )


@require_safe
def mine(request: Request) -> HttpResponse:
    """本人的专家信用."""
    actor = pages.signed_in(request)
    identity.permit(actor, Permission.MEMBER_ANSWER)
    expert = queries.of_person(actor.person)
    if expert is None:
        raise Missing("您还没有登记为评标评审专家")
    found = queries.marks_of(expert.code)
    context = {"rows": [_row(mark, request) for mark in found], "is_mine": True, "expert": expert}
    return pages.show(request, "experts/marks.html", context)
