"""密封报价的页面: the order by which a browser or the offline tool seals an offer, and where the file is handed in."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST, require_safe

from ggzy.foundation.ui.pages import Request
from ggzy.kernel import digest
from ggzy.kernel.errors import Missing
from ggzy.kernel.verdict import Refused
from ggzy.trading.auctions import queries, services
from ggzy.trading.auctions.services.unsealing import BYTES_MAX
from ggzy.trading.auctions.values import Measure
from ggzy.trading.auctions.views import place as places

FILE_MAX = 4 * BYTES_MAX


@require_safe
def order(request: Request, code: str) -> JsonResponse:
    """加密单 (seal.json) for the paddle of this bidder. Raises Missing without one, or without custodians."""
    place = places.of_bidder(request, code)
    lot, round = place.lot.code, place.lot.round
    plan, paddle = queries.offer_plan(lot, round), queries.paddle_of(lot, round, place.party)
    if plan is None or paddle is None or place.auction.terms is None:
        raise Missing()
    papers = "\n".join(sorted(one.digest for one in place.auction.terms.documents))
    return JsonResponse(
        {
            "fmt": "ggzy.seal/1",
            "plan": plan.body(),
            "bid": str(paddle),
            "gen": 1,
            "prev": None,
            "documents": digest.digest(papers.encode()),
            "bidder": place.party,
            "price_form": "rate" if place.auction.terms.format.start.measure is Measure.RATE else "amount",
        }
    )


@require_POST
def hold(request: Request, code: str) -> HttpResponse:
    """交来密封报价文件: body = the sealed file. The digest of its manifest; it is no offer before it is pressed."""
    place = places.of_bidder(request, code)
    if int(request.headers.get("Content-Length") or 0) > FILE_MAX:
        return JsonResponse({"reasons": ["密封报价文件过大"]}, status=413)
    try:
        named = services.hold_offer(place.actor, place.lot.code, request.body)
    except Refused as refused:
        return JsonResponse({"reasons": [str(reason) for reason in refused.reasons]}, status=422)
    return JsonResponse({"digest": named})
