"""成交的页面: the result, the confirmation both sides sign, the default; and what each side may read of it."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from ggzy.foundation.ui import pages, show
from ggzy.foundation.ui.offers import unless
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.actor import Actor
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.roles import Permission, Role
from ggzy.kernel.verdict import Reason, Verdict
from ggzy.trading.auctions import access, queries, rules, services
from ggzy.trading.auctions.forms import acts as forms
from ggzy.trading.auctions.lifecycle import AUCTION
from ggzy.trading.auctions.queries import sales, showing
from ggzy.trading.auctions.rules import Item, Moment, Relation, conditions
from ggzy.trading.auctions.rules.selling import Breach
from ggzy.trading.auctions.values import AuctionState, Reserve, Side
from ggzy.trading.auctions.values.pages import Deal
from ggzy.trading.auctions.views import place as places
from ggzy.trading.auctions.views.place import METHODS, Place

OFFERS = 20
RESERVE_HINT = "所填保留价须与公告时的承诺一致。未达到保留价的，保留价仍不公开，本轮未成交。"


@require_safe
def overview(request: Request, code: str) -> HttpResponse:
    """竞价情况: the conditions, the course and the result, as far as this reader may know them now."""
    place = places.of(request, code)
    relation, moment = access.relation(place.actor, place.lot), Moment.of(place.auction)
    sees = {item.value: rules.may_see(item, relation, moment) for item in Item}
    deal = sales.deal(place.lot) if sees["winner"] else None
    context = places.frame(
        place,
        "竞价情况",
        terms=place.auction.terms,
        facts=conditions.key_facts(place.format, place.auction),
        viewings=conditions.viewings(place.auction.terms),
        sees=sees,
        applicants=_applicants(place, sees) if sees["applicants"] else [],
        deal=deal,
        result=conditions.result(place.auction, deal),
        failure=sales.failure_of(place.lot.code, place.lot.round)
        if place.auction.state in (AuctionState.FAILED, AuctionState.DEFAULTED)
        else "",
        offers=_offers(place) if sees["offers"] and place.auction.is_prepared else [],
        is_owner=relation is Relation.OWNER,
    )
    return pages.show(request, "auctions/overview.html", context)


def _applicants(place: Place, sees: dict[str, bool]) -> list[tuple[object, ...]]:
    """报名情况; who holds which paddle only where identities may be known."""
    return [
        (
            one.name,
            one.label,
            (one.paddle or "—") if sees["identities"] else "—",
            show.instant(one.filed_at),
            "；".join(one.reasons) or "—",
        )
        for one in sales.applicants(place.lot.code, place.lot.round)
    ]


def _offers(place: Place) -> list[tuple[object, ...]]:
    return [
        (
            one.seq,
            one.paddle,
            str(one.amount) if one.amount else "—",
            show.instant(one.at, seconds=True, year=False),
        )
        for one in showing.ladder(place.lot.code, place.lot.round, limit=OFFERS)
    ]


@require_http_methods(METHODS)
def settle(request: Request, code: str) -> HttpResponse:
    """确定竞价结果; a secret reserve is opened here by its keeper."""
    place = places.with_permission(request, code, Permission.AUCTION_SETTLE)
    terms = place.auction.terms
    asks = terms is not None and bool(terms.format.reserve) and place.auction.price is not None

    def run(actor: Actor, data: dict[str, Any]) -> object:
        reserve = Reserve(data["amount"], data["salt"].strip()) if asks else None
        return services.settle(actor, place.lot.code, reserve, at=place.at)

    def make(*args: Any, **kwargs: Any) -> Any:
        is_rate = place.lot.price_form == "rate"
        return (
            forms.ReserveForm(*args, is_rate=is_rate, **kwargs)
            if asks
            else forms.ConfirmForm(*args, **kwargs)
        )

    rows: list[tuple[str, object]] = []
    if place.auction.price is not None:
        rows = [
            (
                "最高报价" if terms and terms.format.direction.sign > 0 else "最低报价",
                str(place.auction.price),
            )
        ]
        rows.append(("领先号牌", place.auction.winner))
    if asks and terms is not None:
        rows.append(("保留价承诺", show.digest(terms.format.reserve)))
    return pages.act(
        request,
        make,
        run,
        template="auctions/act.html",
        context=places.frame(
            place,
            "公开保留价，确定结果" if asks else "确定竞价结果",
            rows=rows,
            verdict=_may_settle(place),
            style="seal",
            hint=RESERVE_HINT if asks else "没有保留价的，平台会自动确定结果。",
        ),
        done=places.home(place.lot),
        words="竞价结果已确定",
    )  # fmt: skip


def _may_settle(place: Place) -> Verdict:
    """The room is over; the words of the reserve are judged by the command."""
    room = queries.room(place.lot.code) if place.auction.is_prepared else None
    if room is None:
        return Verdict((Reason("not_closed", "竞价尚未结束"),))
    found = rules.may_settle(place.auction, room, None)
    return Verdict(tuple(reason for reason in found.reasons if reason.code != "reserve_missing"))


@require_http_methods(METHODS)
def sign(request: Request, code: str) -> HttpResponse:
    """签署成交确认书: each side once, the very text that was made."""
    place = places.of(request, code)
    deal, side = _side(place)
    return pages.act(
        request,
        forms.SignForm,
        lambda actor, data: services.sign(actor, place.lot.code, data["digest"], at=place.at),
        template="auctions/sign.html",
        context=places.frame(
            place,
            "签署成交确认书",
            deal=deal,
            sides=_sides(place, deal),
            verdict=rules.may_sign(place.auction, side, deal.digest, deal.digest),
            style="seal",
        ),
        initial={"digest": deal.digest},
        done=f"{places.home(place.lot)}auction/sign/",
        words="成交确认书已签署",
    )


def _sides(place: Place, deal: Deal) -> list[tuple[str, str]]:
    """双方, each with whether it has signed."""
    say = places.wording_of(place)
    names = {Side.OWNER: say.owner, Side.WINNER: say.winner}
    return [(names[one], "已签署" if one.value in deal.signed else "未签署") for one in Side]


def _side(place: Place) -> tuple[Deal, Side]:
    """Owner and winner only; nobody else learns of it here. Raises Missing, Forbidden."""
    if place.actor.role in (Role.OWNER, Role.BIDDER):
        deal = sales.deal(place.lot)
        if deal is not None and place.actor.role is Role.OWNER:
            return deal, Side.OWNER
        if deal is not None and deal.winner == place.actor.organisation:
            return deal, Side.WINNER
        raise Missing("还没有可以签署的成交确认书")
    raise Forbidden("成交确认书由出让（转让、采购）方和竞得人签署")


@require_http_methods(METHODS)
def default(request: Request, code: str) -> HttpResponse:
    """认定竞得人违约: the day has gone by, or it said so in writing. Its deposit is not returned."""
    place = places.with_permission(request, code, Permission.SALE_DEFAULT)
    deal = sales.deal(place.lot)

    def run(actor: Actor, data: dict[str, Any]) -> object:
        return services.declare_default(
            actor,
            place.lot.code,
            Breach(data["breach"]),
            data["reason"],
            refused=data["is_refused"],
            at=place.at,
        )

    rows: list[tuple[str, object]] = []
    if deal is not None:
        rows = [("竞得人", deal.name), ("成交总价", show.money(deal.total))]
        rows += [("签署期限", show.until(deal.confirm_by))] if deal.confirm_by else []
        rows += [("签约期限", show.until(deal.contract_by))] if deal.contract_by else []
    return pages.act(
        request,
        forms.DefaultForm,
        run,
        template="auctions/act.html",
        context=places.frame(
            place,
            "认定违约",
            rows=rows,
            verdict=unless(AUCTION.may(place.auction.state, "default"), "本轮没有成交，不存在违约"),
            style="seal",
            hint="认定后保证金不予退还，标的可以再次公告；再次成交价低于本次的，差额由违约人补足（拍卖法 §39）。",
        ),
        done=places.home(place.lot),
        words="已认定违约",
    )
