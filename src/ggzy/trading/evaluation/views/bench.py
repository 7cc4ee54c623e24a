"""评委席: the overview, one bid at a time, drafts that save themselves, and the two check pages."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.ui import forms, pages
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.actor import Actor
from ggzy.kernel.errors import Missing
from ggzy.registers.credit import queries as credit
from ggzy.registers.credit.values import Fixed
from ggzy.trading.evaluation import queries, services
from ggzy.trading.evaluation.forms import work
from ggzy.trading.evaluation.queries.table import Table
from ggzy.trading.evaluation.rules import panel, progress
from ggzy.trading.evaluation.rules import sitting as rules
from ggzy.trading.evaluation.rules.drafting import REVIEW
from ggzy.trading.evaluation.rules.pricing import PriceAlarm
from ggzy.trading.evaluation.values import (
    GROUNDS,
    Criterion,
    EvaluationState,
    MemberFacts,
    ReviewSheet,
    Sheet,
)
from ggzy.trading.evaluation.views import papers, place, step
from ggzy.trading.projects.values import LotFacts
from ggzy.trading.tendering.values import BidFacts

PER_PAGE = 100
STATES = {
    EvaluationState.CONVENING: "组建评标委员会",
    EvaluationState.REVIEWING: "初步评审",
    EvaluationState.SCORING: "详细评审",
    EvaluationState.CONCLUDED: "签署评标报告",
    EvaluationState.REPORTED: "评标报告已提交",
}
ALARMS = {
    PriceAlarm.HALF_OF_MEAN: "低于有效报价平均值的 50 %",
    PriceAlarm.HALF_OF_SECOND: "低于次低有效报价的 50 %",
    PriceAlarm.SHARE_OF_CEILING: "低于最高投标限价的 45 %",
}


@require_safe
def overview(request: Request, code: str) -> HttpResponse:
    """评标: where the work stands, all bids with my progress, what comes next."""
    _, lot, seat = place.member_page(request, code)
    place.must_be_seated(seat)
    table = queries.table(lot.code)
    drafts = queries.drafts(lot.code, seat.person)
    rows = progress.of_bids(table.sitting, table.scheme, drafts)
    common = _common(lot, seat, table)
    page = forms.whole_number(request.GET.get("page"), 1, 1, max(1, -(-len(rows) // PER_PAGE)))
    shown = rows[(page - 1) * PER_PAGE : page * PER_PAGE]
    by_bid = {bid.bid: bid for bid in table.bids}
    return pages.show(
        request,
        "evaluation/overview.html",
        {
            **common,
            "crumbs": place.crumbs(lot, "评标"),
            "scoring_name": queries.scorings()[table.scheme.scoring].name,
            "next": step.following(table, seat, rows, common),
            "rows": [(row, by_bid[row.bid], _alarms(table, row.bid)) for row in shown],
            "warned": warned(lot, [by_bid[row.bid] for row in shown], seat, request.at),
            "page": page,
            "pages": -(-len(rows) // PER_PAGE),
            "total": len(rows),
            "begin": work.BeginForm(sorted(table.sitting.seats())),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def bid(request: Request, code: str, number: int) -> HttpResponse:
    """评审一份投标: the bid on the left, the form of one criterion on the right. Saving is a plain post."""
    _, lot, seat = place.member_page(request, code)
    place.must_be_seated(seat)
    table = queries.table(lot.code)
    if not 1 <= number <= len(table.bids):
        raise Missing()
    facts = table.bids[number - 1]
    criterion = _criterion(request, table)
    drafts = queries.drafts(lot.code, seat.person)
    kept = drafts.get((facts.bid, criterion.code if criterion else REVIEW), ("", ""))
    here = f"{place.base(lot)}/evaluation/bids/{number}/"
    form = partial(work.PointsForm, criterion) if criterion else work.ReviewDraftForm
    answer = pages.act(
        request,
        form,
        partial(_save, lot, facts.bid, criterion, request),
        template="evaluation/bid.html",
        context={
            **_common(lot, seat, table),
            "crumbs": place.crumbs(lot, f"第 {number} 号投标", ("评标", f"{place.base(lot)}/evaluation/")),
            "bid": facts,
            "fixed": credit_of(lot, facts),
            "number": number,
            "total": len(table.bids),
            "criterion": criterion,
            "files": papers.shown(facts) if place.is_open(table) else [],
            "alarms": _alarms(table, facts.bid),
            "kept": kept,
            "tabs": _tabs(table, criterion, here),
            "saved": drafts,
            "now": request.at,
        },
        done=_after_saving(table, criterion, here, number, lot),
        words=f"已保存 {request.at.astimezone(forms.BEIJING):%H:%M:%S}",
        initial=_initial(criterion, kept),
    )
    answer.headers["Content-Security-Policy"] = papers.FRAMES
    return answer


def credit_of(lot: LotFacts, bid: BidFacts) -> list[Fixed]:
    """投标截止时固定的信用评价 of everybody behind a bid; nothing where the documents do not score credit."""
    told = credit.fixed(lot.code, lot.round)
    return [one for one in told.bidders if one.party in bid.bidder.parties] if told else []


def warned(
    lot: LotFacts, bids: Sequence[BidFacts], seat: MemberFacts, at: datetime
) -> dict[str, tuple[str, ...]]:
    """同名提示, by bid: whose representative bears the name of somebody on the owner's side, of somebody
    barred, or of this very member, who then asks himself whether to step back (实施条例 §46)."""
    parties = {party for bid in bids for party in bid.bidder.parties}
    me = identity.person(seat.person).name
    found = credit.namesakes(parties, at, side=(lot.owner, lot.agency), reader=me)
    return {
        bid.bid: tuple(line for party in bid.bidder.parties for line in found.get(party, ())) for bid in bids
    }


@require_http_methods(["GET", "HEAD", "POST"])
def submit_review(request: Request, code: str) -> HttpResponse:
    """提交初步评审意见: one page with everything that will count."""
    _, lot, seat = place.member_page(request, code)
    place.must_be_seated(seat)
    table = queries.table(lot.code)
    drafts = queries.drafts(lot.code, seat.person)
    rejections = progress.rejections(table.sitting, drafts)
    unseen = [row for row in progress.of_bids(table.sitting, table.scheme, drafts) if not row.opinion]

    def run(actor: Actor, data: dict[str, Any]) -> object:
        return services.submit_review(actor, lot.code, rejections, at=request.at)

    names = {bid.bid: (number, bid.bidder.name) for number, bid in enumerate(table.bids, 1)}
    return pages.act(
        request,
        work.PlainForm,
        run,
        template="evaluation/submit_review.html",
        context={
            **_common(lot, seat, table),
            "crumbs": place.crumbs(lot, "提交初步评审意见", ("评标", f"{place.base(lot)}/evaluation/")),
            "rejections": [
                (*names[r.bid], "；".join(GROUNDS[g].name for g in r.grounds), r.text) for r in rejections
            ],
            "passing": len(table.bids) - len(rejections),
            "unseen": len(unseen),
            "verdict": rules.may_review(table.sitting, ReviewSheet(seat=seat.seat, rejections=rejections)),
        },
        done=f"{place.base(lot)}/evaluation/",
        words="初步评审意见已提交",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def submit_scores(request: Request, code: str) -> HttpResponse:
    """提交评分: the sheet as it will count, with what the rules still ask."""
    _, lot, seat = place.member_page(request, code)
    place.must_be_seated(seat)
    table = queries.table(lot.code)
    marks, notes = progress.marks(table.sitting, table.scheme, queries.drafts(lot.code, seat.person))

    def run(actor: Actor, data: dict[str, Any]) -> object:
        return services.submit_scores(actor, lot.code, marks, notes, data["reason"], at=request.at)

    names = {bid.bid: (number, bid.bidder.name) for number, bid in enumerate(table.bids, 1)}
    sheet = Sheet(seat=seat.seat, marks=marks, notes=notes)
    return pages.act(
        request,
        work.SubmitScoresForm,
        run,
        template="evaluation/submit_scores.html",
        context={
            **_common(lot, seat, table),
            "crumbs": place.crumbs(lot, "提交评分", ("评标", f"{place.base(lot)}/evaluation/")),
            "rows": [(*names[mark.bid], mark.points) for mark in marks],
            "undone": sorted(
                {names[bid][0] for bid in table.sitting.passed} - {names[m.bid][0] for m in marks}
            ),
            "verdict": rules.may_submit_scores(table.sitting, table.scheme, sheet, "—"),
        },
        done=f"{place.base(lot)}/evaluation/",
        words="评分已提交",
    )


def _save(
    lot: LotFacts, bid: str, criterion: Criterion | None, request: Request, actor: Actor, data: dict[str, Any]
) -> None:
    if criterion:
        content, note = format(data["points"], "f"), data["note"]
    else:
        content = ",".join(data["grounds"]) if data["verdict"] == "reject" else progress.PASS
        note = data["text"]
    services.save_draft(
        actor, lot.code, bid, criterion.code if criterion else REVIEW, content, note, at=request.at
    )


def _initial(criterion: Criterion | None, kept: tuple[str, str]) -> dict[str, Any]:
    content, note = kept
    if criterion:
        return {"points": content, "note": note}
    if content in ("", progress.PASS):
        return {"verdict": "pass", "text": note}
    return {"verdict": "reject", "grounds": content.split(","), "text": note}


def _criterion(request: Request, table: Table) -> Criterion | None:
    """The criterion named, or the first one while scores are given; None in the preliminary review.

    Raises Missing for a name the scheme does not have: points must not land on another criterion.
    """
    if table.sitting.state is not EvaluationState.SCORING:
        return None
    criteria = panel.hand_criteria(table.scheme, table.sitting.price_by_hand)
    wanted = request.GET.get("criterion")
    if not criteria or wanted is None:
        return criteria[0] if criteria else None
    named = next((c for c in criteria if c.code == wanted), None)
    if named is None:
        raise Missing()
    return named


def _tabs(table: Table, criterion: Criterion | None, here: str) -> list[tuple[str, str, None, bool]]:
    if criterion is None:
        return []
    criteria = panel.hand_criteria(table.scheme, table.sitting.price_by_hand)
    return [(c.name, f"{here}?criterion={c.code}", None, c == criterion) for c in criteria]


def _after_saving(table: Table, criterion: Criterion | None, here: str, number: int, lot: LotFacts) -> str:
    """The next criterion, then the next bid, then the overview."""
    following = f"{place.base(lot)}/evaluation/bids/{number + 1}/" if number < len(table.bids) else ""
    if criterion:
        criteria = panel.hand_criteria(table.scheme, table.sitting.price_by_hand)
        place_of = criteria.index(criterion)
        if place_of + 1 < len(criteria):
            return f"{here}?criterion={criteria[place_of + 1].code}"
    return following or f"{place.base(lot)}/evaluation/"


def _common(lot: LotFacts, seat: MemberFacts, table: Table) -> dict[str, Any]:
    sitting = table.sitting
    criteria = panel.hand_criteria(table.scheme, sitting.price_by_hand)
    order = list(EvaluationState)
    return {
        "lot": lot,
        "seat": seat,
        "base": f"{place.base(lot)}/evaluation",
        "scheme": table.scheme,
        "criteria": criteria,
        "sitting": sitting,
        "is_chair": sitting.chair == seat.seat,
        "state_name": STATES[sitting.state],
        "steps": [
            (
                STATES[state],
                "current"
                if state is sitting.state
                else "done"
                if order.index(state) < order.index(sitting.state)
                else "coming",
            )
            for state in order
        ],
        "has_reviewed": seat.seat in {sheet.seat for sheet in sitting.reviews},
        "has_scored": seat.seat in {sheet.seat for sheet in sitting.sheets},
        "reviewed": len(sitting.reviews),
        "scored": len(sitting.sheets),
        "signed": sum(member.signed_at is not None for member in sitting.members),
    }


def _alarms(table: Table, bid: str) -> tuple[str, ...]:
    high: tuple[str, ...] = ("高于最高投标限价",) if bid in table.sitting.above_ceiling else ()
    high += ("低于起始价、底价",) if bid in table.sitting.below_floor else ()
    return (*high, *(ALARMS[alarm] for alarm in table.alarms.get(bid, ())))
