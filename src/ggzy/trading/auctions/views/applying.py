"""竞买人的页面: may I apply, the papers, the deposit, the paddle, a viewing, the way into the room."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ggzy.foundation.ui import pages, show
from ggzy.foundation.ui.offers import unless
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.actor import Actor
from ggzy.kernel.errors import Conflict
from ggzy.kernel.instants import Period
from ggzy.kernel.verdict import Reason, Refused, Verdict
from ggzy.trading.auctions import queries, rules, services
from ggzy.trading.auctions.forms import acts as forms
from ggzy.trading.auctions.lifecycle import RUNNING
from ggzy.trading.auctions.queries import sales
from ggzy.trading.auctions.rules import conditions, wording
from ggzy.trading.auctions.values import ApplicantFacts, ApplicationState, AuctionState
from ggzy.trading.auctions.views import claiming, papers
from ggzy.trading.auctions.views import place as places
from ggzy.trading.auctions.views.place import METHODS, Place

SLOT = timedelta(hours=1)
SLOTS_MAX = 60


@require_safe
def application(request: Request, code: str) -> HttpResponse:
    """报名: every condition with how to mend it, one's own application, its paddle, and the next step."""
    place = places.of_bidder(request, code)
    return _page(request, place, _form(place), ())


def _materials(place: Place) -> tuple[str, ...]:
    return place.auction.terms.materials if place.auction.terms else ()


def _form(place: Place, *args: Any) -> forms.ApplyForm:
    return forms.ApplyForm(_materials(place), *args)


@require_POST
def apply(request: Request, code: str) -> HttpResponse:
    """提交竞买申请. What has arrived stays, whatever is refused."""
    place = places.of_bidder(request, code)
    names = forms.material_fields(_materials(place))
    data, files, refused = papers.received(request, place.actor, names)
    form = _form(place, data)
    if not refused and form.is_valid() and "send" in request.POST:
        actor = replace(place.actor, request=form.cleaned_data["request"])
        try:
            receipt = services.apply(actor, place.lot.code, files)
        except Refused as reasons:
            form.refuse(reasons.reasons)
        except Conflict as conflict:
            form.refuse((Reason("conflict", conflict.message),))
        else:
            return pages.redirect(_home(place), words="竞买申请已提交", receipt=receipt)
    else:
        form.refuse(refused)
    return _page(request, place, form, files, status=422)


@require_http_methods(METHODS)
def withdraw(request: Request, code: str) -> HttpResponse:
    """撤回竞买申请."""
    place = places.of_bidder(request, code)
    return pages.act(
        request,
        forms.ConfirmForm,
        lambda actor, data: services.withdraw(actor, place.lot.code),
        template="auctions/act.html",
        context=places.frame(
            place,
            "撤回竞买申请",
            verdict=rules.may_withdraw(place.auction, _facts(place), place.at),
            hint="报名截止前可以重新提交。已到账的保证金按规定退还。",
            cancel=_home(place),
        ),
        done=_home(place),
        words="竞买申请已撤回",
    )


@require_http_methods(METHODS)
def viewing(request: Request, code: str) -> HttpResponse:
    """预约现场踏勘, at a time the notice offers."""
    place = places.of_bidder(request, code)
    times = slots(place.auction.terms.viewings if place.auction.terms else (), place.at)

    def run(actor: Actor, data: dict[str, Any]) -> object:
        return services.book_viewing(actor, place.lot.code, datetime.fromisoformat(data["on"]))

    booked = sales.bookings(place.lot.code, place.lot.round, place.party)
    return pages.act(
        request,
        lambda *args, **kwargs: forms.ViewingForm(
            [(at.isoformat(), show.instant(at).striptags()) for at in times], *args, **kwargs
        ),
        run,
        template="auctions/act.html",
        context=places.frame(
            place,
            "预约踏勘",
            rows=[("已预约", show.instant(at)) for at in booked],
            verdict=unless(bool(times), "公告没有安排以后的踏勘时间")
            & unless(place.auction.state is AuctionState.ANNOUNCED, "公告期内方可预约踏勘"),
            hint="谁预约了踏勘，在竞价结束前对任何人保密。",
            cancel=_home(place),
        ),
        done=_home(place),
        words="踏勘时间已预约",
    )


def slots(viewings: tuple[Period, ...], at: datetime) -> list[datetime]:
    """可预约的时间: each hour of the announced periods that is still to come."""
    found: list[datetime] = []
    for period in viewings:
        time = period.start
        while time in period and len(found) < SLOTS_MAX:
            if time > at:
                found.append(time)
            time += SLOT
    return found


def _home(place: Place) -> str:
    return f"{places.home(place.lot)}auction/apply/"


def _facts(place: Place) -> ApplicantFacts:
    row = queries.row_of(place.lot.code, place.lot.round)
    if row is None:
        return ApplicantFacts()
    return queries.applicant_facts(place.lot, row, place.party, place.at)


def _page(
    request: Request, place: Place, form: forms.ApplyForm, files: tuple[Any, ...], *, status: int = 200
) -> HttpResponse:
    lot, auction = place.lot, place.auction
    facts = _facts(place)
    verdict = rules.may_apply(auction, facts, place.at)
    mine = sales.own(lot.code, lot.round, place.party)
    stands = mine is not None and mine.state in (ApplicationState.FILED, ApplicationState.ADMITTED)
    deal = sales.deal(lot)
    is_winner = deal is not None and deal.winner == place.party
    context = places.frame(
        place,
        f"报名：{lot.title}",
        form=form,
        files=files,
        mine=mine,
        stands=stands,
        facts=facts,
        terms=auction.terms,
        verdict=verdict,
        conditions=_conditions(place, facts, verdict),
        admission=rules.may_admit(auction, facts, place.at) if stands else Verdict(),
        claim=claiming.result(mine.claim) if mine and mine.claim else [],
        claimable=rules.may_claim(auction, mine.state, mine.claim) if mine else None,
        withdrawable=rules.may_withdraw(auction, facts, place.at),
        key_facts=conditions.key_facts(place.format, auction),
        viewings=conditions.viewings(auction.terms),
        bookings=sales.bookings(lot.code, lot.round, place.party),
        slots=slots(auction.terms.viewings if auction.terms else (), place.at),
        room=f"/auctions/{lot.code}/",
        is_room=auction.state in RUNNING and mine is not None and mine.paddle is not None,
        deal=deal if is_winner else None,
        must_sign=is_winner and auction.state is AuctionState.SOLD,
        result=_result(place, is_winner=is_winner, took_part=mine is not None and mine.paddle is not None),
    )
    return pages.show(request, "auctions/apply.html", context, status=status)


def _result(place: Place, *, is_winner: bool, took_part: bool) -> str:
    """本单位的结果 in a sentence; empty before there is one."""
    say = wording.of_format(place.format)
    match place.auction.state:
        case AuctionState.CLOSED:
            return "竞价已经结束，等待确定结果。"
        case AuctionState.SOLD | AuctionState.CONFIRMED if is_winner:
            return f"您是{say.winner}。"
        case AuctionState.SOLD | AuctionState.CONFIRMED if took_part:
            return f"您未成为{say.winner}，保证金按规定退还。"
        case AuctionState.DEFAULTED if is_winner:
            return f"已认定违约：{sales.failure_of(place.lot.code, place.lot.round)}"
        case AuctionState.FAILED:
            return f"本轮未成交：{sales.failure_of(place.lot.code, place.lot.round)}"
    return ""


CONDITIONS = (
    ("在报名时间内", ("not_announced", "not_begun", "over")),
    ("已登记竞买人身份", ("not_registered",)),
    ("不是出让（转让）方、采购人或其代理", ("owner_side",)),
    ("与出让（转让）方、采购人没有利害关系", ("insider",)),
    ("不在市场禁入期", ("banned",)),
    ("没有关联单位同时报名", ("one_application",)),
)


def _conditions(place: Place, facts: ApplicantFacts, verdict: Verdict) -> list[dict[str, object]]:
    """“我能报名吗”: each condition, yes or no, how to mend it; the deposit decides only the admission."""
    against = {reason.code: reason for reason in verdict.reasons}
    found = []
    for name, codes in CONDITIONS:
        reason = next((against[code] for code in codes if code in against), None)
        found.append(_row(name, reason))
    terms = place.auction.terms
    if terms is not None and terms.deposit.fen:
        missing = None if facts.is_secured else Reason("deposit", "未到账", remedy="到账后方可确认资格")
        found.append({**_row("保证金", missing), "ours": "已到账" if facts.is_secured else "未到账"})
    return found


def _row(name: str, reason: Reason | None) -> dict[str, object]:
    return {
        "condition": name,
        "ours": reason.text if reason else "",
        "ok": reason is None,
        "remedy": reason.remedy if reason else "",
        "article": reason.article if reason else "",
    }
