"""主任评委的页面: questions, corrections, measures, the summaries, silence."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from ggzy.foundation.ui import forms, pages
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.actor import Actor
from ggzy.kernel.errors import Missing
from ggzy.trading.evaluation import queries, services
from ggzy.trading.evaluation.forms import work
from ggzy.trading.evaluation.queries.table import Table
from ggzy.trading.evaluation.rules import panel
from ggzy.trading.evaluation.rules import sitting as rules
from ggzy.trading.evaluation.values import EvaluationState, Measure
from ggzy.trading.evaluation.views import place, step
from ggzy.trading.projects.values import LotFacts
from ggzy.trading.tendering.values import BidFacts, Price


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: Request, code: str, number: int) -> HttpResponse:
    """要求澄清、说明."""
    lot, table = _chair(request, code)
    bid = _bid(table, number)

    def run(actor: Actor, data: dict[str, Any]) -> object:
        return services.ask_bidder(
            actor, lot.code, bid.bid, data["text"], data["is_about_price"], at=request.at
        )

    context = {"questions": [q for q in table.sitting.questions if q.bid == bid.bid]}
    return _about_bid(request, lot, bid, number, work.QuestionForm, run, "要求澄清、说明", context)


@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: Request, code: str, number: int) -> HttpResponse:
    """算术修正."""
    lot, table = _chair(request, code)
    bid = _bid(table, number)

    def run(actor: Actor, data: dict[str, Any]) -> object:
        return services.correct_price(
            actor, lot.code, bid.bid, _price(bid, data), data["reason"], at=request.at
        )

    return _about_bid(request, lot, bid, number, work.CorrectionForm, run, "算术修正", {"questions": []})


@require_http_methods(["GET", "HEAD", "POST"])
def measures(request: Request, code: str) -> HttpResponse:
    """核定价格调整因素量值."""
    lot, table = _chair(request, code)

    def run(actor: Actor, data: dict[str, Any]) -> object:
        found = tuple(
            Measure(bid=_bid(table, line.number).bid, code=line.code, value=line.value)
            for line in data["lines"]
        )
        return services.record_measures(actor, lot.code, found, at=request.at)

    return pages.act(
        request,
        work.MeasuresForm,
        run,
        template="evaluation/measures.html",
        context={
            "lot": lot,
            "scheme": table.scheme,
            "bids": table.bids,
            "crumbs": place.crumbs(lot, "核定量值", _evaluation(lot)),
        },
        done=f"{place.base(lot)}/evaluation/",
        words="量值已核定",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def finish_review(request: Request, code: str) -> HttpResponse:
    """汇总初步评审: what the majority rejects, and whether competition remains."""
    lot, table = _chair(request, code)
    rejected = rules.majority(table.sitting)

    def run(actor: Actor, data: dict[str, Any]) -> object:
        command = services.reject_all if data["decision"] == "reject_all" else services.finish_review
        return command(actor, lot.code, data["competition"], at=request.at)

    names = {bid.bid: (number, bid.bidder.name) for number, bid in enumerate(table.bids, 1)}
    return pages.act(
        request,
        work.FinishReviewForm,
        run,
        template="evaluation/finish_review.html",
        context={
            "lot": lot,
            "sitting": table.sitting,
            "rejected": [(*names[r.bid], r.text) for r in rejected],
            "valid": len(table.bids) - len(rejected),
            "verdict": rules.may_finish_review(table.sitting, table.sitting.chair or 0, rejected, "—"),
            "crumbs": place.crumbs(lot, "汇总初步评审", _evaluation(lot)),
        },
        done=f"{place.base(lot)}/evaluation/",
        words="初步评审已汇总",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def conclude(request: Request, code: str) -> HttpResponse:
    """汇总评审结果: the platform computes, the chair presses once."""
    lot, table = _chair(request, code)

    def run(actor: Actor, data: dict[str, Any]) -> object:
        return services.conclude(actor, lot.code, at=request.at)

    return pages.act(
        request,
        work.PlainForm,
        run,
        template="evaluation/conclude.html",
        context={
            "lot": lot,
            "sitting": table.sitting,
            "verdict": step.may_sum_up(
                table, bool(panel.hand_criteria(table.scheme, table.sitting.price_by_hand))
            ),
            "crumbs": place.crumbs(lot, "汇总评审结果", _evaluation(lot)),
        },
        done=f"{place.base(lot)}/evaluation/sign/",
        words="评审结果已汇总",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: Request, code: str) -> HttpResponse:
    """撤回汇总, before the first signature."""
    lot, _ = _chair(request, code)

    def run(actor: Actor, data: dict[str, Any]) -> object:
        return services.reopen(actor, lot.code, data["ground"], data["text"], at=request.at)

    return pages.act(
        request,
        work.ReopenForm,
        run,
        template="evaluation/reason.html",
        context={
            "lot": lot,
            "title": "撤回汇总",
            "crumbs": place.crumbs(lot, "撤回汇总", _evaluation(lot)),
        },
        done=f"{place.base(lot)}/evaluation/",
        words="已回到详细评审",
    )


@require_http_methods(["POST"])
def silence(request: Request, code: str, seat: int) -> HttpResponse:
    """登记拒签: silence without a reason counts as consent."""
    lot, table = _chair(request, code)

    def run(actor: Actor, data: dict[str, Any]) -> object:
        return services.record_silence(actor, lot.code, seat, at=request.at)

    return pages.act(
        request,
        work.PlainForm,
        run,
        template="evaluation/conclude.html",
        context={
            "lot": lot,
            "sitting": table.sitting,
            "crumbs": place.crumbs(lot, "登记拒签", _evaluation(lot)),
        },
        done=f"{place.base(lot)}/evaluation/sign/",
        words=f"评委{seat}拒绝签字且未说明理由，视为同意",
    )


def _about_bid(
    request: Request,
    lot: LotFacts,
    bid: BidFacts,
    number: int,
    form: type[forms.Form],
    run: Any,
    title: str,
    more: dict[str, Any],
) -> HttpResponse:
    return pages.act(
        request,
        form,
        run,
        template="evaluation/about_bid.html",
        context={
            "lot": lot,
            "bid": bid,
            "number": number,
            "title": title,
            "crumbs": place.crumbs(lot, title, _evaluation(lot)),
            **more,
        },
        done=f"{place.base(lot)}/evaluation/bids/{number}/",
        words="已提交，等待投标人答复",
    )


def _price(bid: BidFacts, data: dict[str, Any]) -> Price:
    """The corrected price in the form of the bid's own; an empty field leaves it as it was."""
    if bid.price is not None and bid.price.kind == "rate" and data["rate"] is not None:
        return Price("rate", None, data["rate"], data["rate"].percent_text())
    if data["amount"] is not None:
        return Price("amount", data["amount"], None, f"{data['amount'].figures()}元")
    return bid.price or Price("text")


def _chair(request: Request, code: str) -> tuple[LotFacts, Table]:
    _, lot, seat = place.member_page(request, code)
    table = queries.table(lot.code)
    if table.sitting.chair != seat.seat or table.sitting.state is EvaluationState.CONVENING:
        raise Missing("此页面由评标委员会主任使用")
    return lot, table


def _bid(table: Table, number: int) -> BidFacts:
    if not 1 <= number <= len(table.bids):
        raise Missing()
    return table.bids[number - 1]


def _evaluation(lot: LotFacts) -> tuple[str, str]:
    return ("评标", f"{place.base(lot)}/evaluation/")
