"""再次交易的页面: the disclosure goes on, the approver consents, a new round is announced."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from ggzy.foundation.ui import pages
from ggzy.foundation.ui.offers import unless
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.actor import Actor
from ggzy.kernel.roles import Permission
from ggzy.kernel.verdict import Verdict
from ggzy.trading.auctions import queries, services
from ggzy.trading.auctions.forms import acts as forms
from ggzy.trading.auctions.lifecycle import AUCTION
from ggzy.trading.auctions.queries import sales
from ggzy.trading.auctions.rules import dating, words
from ggzy.trading.auctions.values import AuctionState, Consent
from ggzy.trading.auctions.views import papers
from ggzy.trading.auctions.views import place as places
from ggzy.trading.auctions.views.place import METHODS, Place


@require_http_methods(METHODS)
def extend(request: Request, code: str) -> HttpResponse:
    """延长信息披露: nobody came, the conditions stay."""
    place = places.with_permission(request, code, Permission.AUCTION_ANNOUNCE)
    terms, limit = place.auction.terms, place.lot.rulebook.get("relisting.extension_days_min")
    until = place.auction.apply_end

    def run(actor: Actor, data: dict[str, Any]) -> object:
        times = (data["apply_until"], data["starts_at"], data["ends_at"])
        return services.extend_disclosure(actor, place.lot.code, *times, at=place.at)

    rows = [("现行报名截止", words.moment(until)), ("竞价条件", "不变")] if until else []
    return pages.act(
        request,
        forms.ExtendForm,
        run,
        template="auctions/act.html",
        context=places.frame(
            place,
            "延长信息披露",
            submit="延长并发布公告",
            rows=rows,
            verdict=unless(
                terms is not None and AUCTION.may(place.auction.state, "extend"), "项目未在披露期内，不能延长"
            )
            & unless(limit is not None, "本类交易不设延长披露，未成交的应重新公告"),
            hint=f"每次延长不少于 {dating.period(limit)}（依据：{limit.article}）。保证金截止时间随报名截止时间顺延。"
            if limit
            else "",
        ),
        done=places.home(place.lot),
        words="信息披露已延长，公告已发布",
    )


@require_http_methods(METHODS)
def consent(request: Request, code: str) -> HttpResponse:
    """登记批准单位对本轮价格的书面同意."""
    place = places.with_permission(request, code, Permission.AUCTION_ANNOUNCE)
    limit = place.lot.rulebook.get("price.consent_rate_min")
    known = queries.consent(place.lot.code, place.lot.round)

    def run(actor: Actor, data: dict[str, Any]) -> object:
        return services.record_consent(actor, place.lot.code, _consent(actor, data), at=place.at)

    rows = [("已登记", f"{known.authority}，{words.day(known.on)}")] if known else []
    return pages.act(
        request,
        forms.ConsentForm,
        run,
        template="auctions/act.html",
        context=places.frame(
            place,
            "登记批准单位的同意",
            submit="登记书面同意",
            rows=rows,
            verdict=unless(AUCTION.may(place.auction.state, "announce"), "本轮公告已经发布"),
            hint=f"起始价低于评估结果的 {places.percent(limit)}的，须经批准单位书面同意（依据：{limit.article}）。"
            if limit
            else "",
        ),
        done=f"{places.home(place.lot)}auction/announce/",
        words="书面同意已登记",
    )


def _consent(actor: Actor, data: dict[str, Any]) -> Consent:
    return Consent(
        authority=data["authority"].strip(), document=papers.keep(actor, data["paper"]), on=data["on"]
    )


@require_http_methods(METHODS)
def relist(request: Request, code: str) -> HttpResponse:
    """再次公告: a new round of the same lot; its price is judged now and again at the announcement."""
    place = places.with_permission(request, code, Permission.AUCTION_ANNOUNCE)
    terms = place.auction.terms

    def run(actor: Actor, data: dict[str, Any]) -> object:
        return services.relist(
            actor,
            place.lot.code,
            data["start"],
            data["reason"],
            appraisal=data["appraisal"],
            consent=_consent(actor, data) if data["authority"] else None,
            at=place.at,
        )

    return pages.act(
        request,
        forms.RelistForm,
        run,
        template="auctions/act.html",
        context=places.frame(
            place,
            f"第 {place.lot.round + 1} 次公告",
            submit=f"开始第 {place.lot.round + 1} 次公告",
            text=sales.failure_of(place.lot.code, place.lot.round),
            rows=_before(place),
            verdict=_may_relist(place),
            hint="仍是同一标的、同一统一交易标识码，轮次加一；报名人须重新报名，各项日期重新确定。",
        ),
        initial={"start": terms.floor if terms else None},
        done=f"{places.home(place.lot)}auction/announce/",
        words=f"本标的进入第 {place.lot.round + 1} 次公告，请填写公告",
    )


def _may_relist(place: Place) -> Verdict:
    return unless(
        place.auction.state in (AuctionState.FAILED, AuctionState.DEFAULTED), "本轮没有失败，不能再次公告"
    )


def _before(place: Place) -> list[tuple[str, object]]:
    """What the new price is held against."""
    terms, book = place.auction.terms, place.lot.rulebook
    if terms is None:
        return []
    cut, share = book.get("relisting.cut_rate_max"), book.get("price.consent_rate_min")
    rows: list[tuple[str, object]] = [("本轮起始总价", f"{terms.floor.figures()} 元")]
    if terms.appraisal:
        rows.append(("评估结果", f"{terms.appraisal.figures()} 元"))
    if cut:
        rows.append(("降价上限", f"较本轮下降不超过 {places.percent(cut)}（{cut.article}）"))
    if share and terms.appraisal:
        rows.append(
            ("须经同意", f"低于评估结果的 {places.percent(share)}，须批准单位书面同意（{share.article}）")
        )
    return rows
