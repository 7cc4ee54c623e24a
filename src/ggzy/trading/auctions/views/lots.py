"""摇号随机数的页面: a party promises its nonce before anybody knows among whom, and tells it afterwards."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from ggzy.foundation.ui import pages
from ggzy.foundation.ui.offers import unless
from ggzy.foundation.ui.pages import Request
from ggzy.kernel import draw
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.trading.auctions import queries, services
from ggzy.trading.auctions.forms import lots as forms
from ggzy.trading.auctions.rules import lottery
from ggzy.trading.auctions.values import RoomPhase
from ggzy.trading.auctions.values.givers import giver_name
from ggzy.trading.auctions.views import place as places
from ggzy.trading.auctions.views import scene
from ggzy.trading.auctions.views.place import METHODS, Place

NONE_YET = b"\0" * draw.SIZE


@require_http_methods(METHODS)
def commit(request: Request, code: str) -> HttpResponse:
    """提交摇号随机数承诺: computed in the giver's own browser, or by any tool of its own."""
    place, party = _giver(request, code)
    room = queries.room(place.lot.code) if place.auction.is_prepared else None
    terms = place.auction.terms.format if place.auction.terms else None
    known = queries.givers(place.lot.code, place.lot.round)
    verdict = lottery.may_commit_nonce(terms, room, known, party, NONE_YET)
    return _page(
        request, place, party, forms.CommitForm, _run(services.commit_lot_nonce, place), verdict=verdict
    )


@require_http_methods(METHODS)
def reveal(request: Request, code: str) -> HttpResponse:
    """公开摇号随机数: the platform checks it against the promise."""
    place, party = _giver(request, code)
    room = queries.room(place.lot.code) if place.auction.is_prepared else None
    own = queries.givers(place.lot.code, place.lot.round).get(party)
    waits = room is not None and room.phase is RoomPhase.DRAWING and own is not None and own.nonce is None
    until = lottery.reveal_until(room) if room is not None and waits else None
    verdict = unless(waits, "您没有待公开的随机数：参加摇号的号牌确定以后，公开此前承诺的随机数")
    run = _run(services.reveal_lot_nonce, place)
    return _page(request, place, party, forms.RevealForm, run, verdict=verdict, until=until)


def _giver(request: Request, code: str) -> tuple[Place, str]:
    """Whose nonce this person may give. Raises Forbidden to everybody else."""
    place = places.of(request, code)
    party = queries.party_of(place.actor, place.lot.code, place.lot.round)
    if party is None:
        raise Forbidden()
    if place.auction.terms is None or not lottery.has_lottery(place.auction.terms.format):
        raise Missing("本场竞价的规则不摇号")
    return place, party


def _run(
    command: Callable[[Actor, LotCode, bytes], object], place: Place
) -> Callable[[Actor, dict[str, Any]], object]:
    return lambda actor, data: command(actor, place.lot.code, data["value"][0])


def _page(
    request: Request,
    place: Place,
    party: str,
    form: type[forms.CommitForm] | type[forms.RevealForm],
    run: Callable[[Actor, dict[str, Any]], object],
    **values: Any,
) -> HttpResponse:
    lot, is_commit = place.lot, form is forms.CommitForm
    title = "提交摇号随机数承诺" if is_commit else "公开摇号随机数"
    return pages.act(
        request,
        form,
        run,
        template="auctions/lots.html",
        context=places.frame(
            place,
            title,
            is_commit=is_commit,
            draw=lottery.lottery_name(lot.code, lot.round),
            party=party,
            party_name=giver_name(party),
            givers=scene.givers(lot.code, lot.round),
            **values,
        ),
        done=places.home(lot),
        words="承诺已提交，请保管好随机数文件" if is_commit else "随机数已公开",
    )
