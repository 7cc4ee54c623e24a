"""评标报告、签署、名单调阅，以及投标人的澄清与说明."""

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from ggzy.foundation.ui import forms, pages
from ggzy.foundation.ui.pages import Request, signed_in
from ggzy.kernel.actor import Actor
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Permission, Role
from ggzy.registers.experts import queries as experts
from ggzy.trading.evaluation import access, queries, services
from ggzy.trading.evaluation.forms import work
from ggzy.trading.evaluation.rules import disclosure
from ggzy.trading.evaluation.values import GROUNDS, CorrectionState, CriterionKind, ReportFacts, Scheme
from ggzy.trading.evaluation.views import place
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects.values import LotFacts
from ggzy.trading.tendering import queries as tendering

PER_PAGE = 100


@require_safe
@projects.reading()
def report(request: Request, code: str) -> HttpResponse:
    """评标报告, for those who may see it at this moment."""
    actor = signed_in(request)
    lot, viewer = access.lot_to_read(actor, place.code_of(code))
    found = queries.report(lot.code)
    if found is None or not disclosure.may_see_report(viewer, found.state, False):
        raise Missing("评标报告尚未提交，或者您没有查看它的权限")
    return pages.show(
        request,
        "evaluation/report.html",
        {
            **_report(request, lot, found),
            "crumbs": place.crumbs(lot, "评标报告"),
            "sheets": queries.sitting(lot.code) if disclosure.may_see_sheets(viewer, found.state) else None,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: Request, code: str) -> HttpResponse:
    """签署评标报告: what is signed stands above the button."""
    _, lot, seat = place.member_page(request, code)
    found = queries.report(lot.code)
    if found is None:
        raise Missing("评审结果尚未汇总")

    def run(actor: Actor, data: dict[str, Any]) -> object:
        return services.sign_report(actor, lot.code, data["dissent"], at=request.at)

    sitting = queries.sitting(lot.code)
    return pages.act(
        request,
        work.SignForm,
        run,
        template="evaluation/sign.html",
        context={
            **_report(request, lot, found),
            "seat": seat,
            "is_chair": sitting is not None and sitting.chair == seat.seat,
            "members": sitting.members if sitting else (),
            "base": f"{place.base(lot)}/evaluation",
            "crumbs": place.crumbs(lot, "签署评标报告", ("评标", f"{place.base(lot)}/evaluation/")),
        },
        done=f"{place.base(lot)}/evaluation/sign/",
        words="已签署评标报告",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def committee(request: Request, code: str) -> HttpResponse:
    """调阅评委名单: the reason is journalled first, then the names are shown for a quarter of an hour."""
    actor = signed_in(request)
    if not actor.has(Permission.COMMITTEE_READ):
        raise Missing()
    lot, _ = access.lot_to_read(actor, place.code_of(code))
    height = forms.whole_number(request.GET.get("read"), 0, 0, 10**7)
    members = queries.committee_read(actor, lot.code, height, request.at) if height else ()

    def run(actor: Actor, data: dict[str, Any]) -> object:
        return services.read_committee(actor, lot.code, data["reason"], data["case"], at=request.at)

    return pages.act(
        request,
        work.ReadForm,
        run,
        template="evaluation/committee.html",
        context={
            "lot": lot,
            "members": [(m, experts.specialty_name(m.specialty)) for m in members],
            "crumbs": place.crumbs(lot, "调阅评委名单"),
        },
        done=lambda receipt: f"{place.base(lot)}/committee/?read={receipt.height}",
        words="调阅已登记",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def explanations(request: Request, code: str) -> HttpResponse:
    """澄清与说明: the committee's questions to this bidder, and a correction to confirm."""
    actor = signed_in(request)
    lot_code = place.code_of(code)
    bid = (
        tendering.my_bid(lot_code, actor.organisation)
        if actor.role is Role.BIDDER and actor.organisation
        else None
    )
    if bid is None:
        raise Missing()
    lot, _ = access.lot_to_read(actor, lot_code)
    questions = queries.questions(lot.code, frozenset({bid.bid}))
    correction = queries.correction(lot.code, bid.bid)
    is_proposed = correction is not None and correction.state is CorrectionState.PROPOSED
    number = next((q.number for q in questions if q.answered_at is None), None)

    def run(actor: Actor, data: dict[str, Any]) -> object:
        if is_proposed:
            return services.answer_correction(actor, lot.code, data["accepts"] == "yes", at=request.at)
        return services.answer_question(actor, lot.code, number or 0, data["text"], at=request.at)

    return pages.act(
        request,
        work.ConfirmForm if is_proposed else work.ReplyForm,
        run,
        template="evaluation/explanations.html",
        context={
            "lot": lot,
            "questions": questions,
            "correction": correction,
            "is_proposed": is_proposed,
            "number": number,
            "crumbs": place.crumbs(lot, "澄清与说明"),
        },
        done=f"{place.base(lot)}/explanations/",
        words="已答复评标委员会",
    )


def _report(request: Request, lot: LotFacts, found: ReportFacts) -> dict[str, Any]:
    scheme = queries.scheme(lot.code, found.round)
    page = forms.whole_number(request.GET.get("page"), 1, 1, max(1, -(-len(found.lines) // PER_PAGE)))
    return {
        "lot": lot,
        "report": found,
        "scheme": scheme,
        "columns": _columns(scheme, found),
        "figures": _figures,
        "lines": found.lines[(page - 1) * PER_PAGE : page * PER_PAGE],
        "page": page,
        "pages": -(-len(found.lines) // PER_PAGE),
        "grounds": {ground: text.name for ground, text in GROUNDS.items()},
    }


def _columns(scheme: Scheme | None, found: ReportFacts) -> list[str]:
    has_points = bool(found.lines and found.lines[0].points)
    if scheme is None or not has_points:
        return []
    return ["报价得分" if c.kind is CriterionKind.PRICE else c.name for c in scheme.criteria]


def _figures(value: Decimal) -> str:
    """得分、基准价: two decimals at least, more only where the figure has them; thousands apart."""
    exact = value.normalize()
    places = max(2, -int(exact.as_tuple().exponent))
    return f"{exact:,.{places}f}"
