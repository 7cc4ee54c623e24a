"""优先购买权的页面: the bidder claims it with its proof, the centre decides it with a reason."""

from typing import Any

from django.http import HttpResponse
from django.utils.html import format_html_join
from django.views.decorators.http import require_http_methods

from ggzy.foundation.ui import pages, show
from ggzy.foundation.ui.pages import Request
from ggzy.foundation.vault import queries as vault
from ggzy.kernel.actor import Actor
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Permission
from ggzy.trading.auctions import rules, services
from ggzy.trading.auctions.forms import acts as forms
from ggzy.trading.auctions.queries import sales
from ggzy.trading.auctions.rules import captions
from ggzy.trading.auctions.values import Document, PriorityClaim
from ggzy.trading.auctions.values.pages import Applied
from ggzy.trading.auctions.views import papers
from ggzy.trading.auctions.views import place as places
from ggzy.trading.auctions.views.place import METHODS, Place

PROOF = "优先购买权证明材料"


@require_http_methods(METHODS)
def claim(request: Request, code: str) -> HttpResponse:
    """主张优先购买权: on what grounds, and the document that proves them."""
    place = places.of_bidder(request, code)
    mine = sales.own(place.lot.code, place.lot.round, place.party)
    back = f"{places.home(place.lot)}auction/apply/"

    def run(actor: Actor, data: dict[str, Any]) -> object:
        kept = papers.keep(actor, data["proof"])
        proof = Document(str(data["proof"].name), kept, vault.meta(kept).size, PROOF)
        return services.claim_priority(actor, place.lot.code, data["grounds"], (proof,))

    return pages.act(
        request,
        forms.ClaimForm,
        run,
        template="auctions/act.html",
        context=places.frame(
            place,
            "主张优先购买权",
            rows=result(mine.claim) if mine and mine.claim else [],
            verdict=rules.may_claim(
                place.auction, mine.state if mine else None, mine.claim if mine else None
            ),
            hint="由交易中心审核认定，须在号牌进入竞价室之前办结。竞价结束前，主张对其他人保密。",
            cancel=back,
        ),
        done=back,
        words="优先购买权的主张已提交，等待交易中心认定",
    )


@require_http_methods(METHODS)
def decide(request: Request, code: str, party: str) -> HttpResponse:
    """认定优先购买权, in an order or not at all, with the reason."""
    place = places.with_permission(request, code, Permission.APPLICATION_DECIDE)
    one, claim = _waiting(place, party)
    back = f"{places.home(place.lot)}auction/applications/"
    return pages.act(
        request,
        forms.ClaimDecisionForm,
        lambda actor, data: services.decide_priority(
            actor, place.lot.code, one.party, data["reason"], order=data["order"]
        ),
        template="auctions/act.html",
        context=places.frame(
            place,
            "认定优先购买权",
            rows=[
                ("主张人", one.name),
                ("统一社会信用代码", one.party),
                ("主张时间", show.instant(claim.filed_at)),
                ("依据", claim.grounds),
                ("证明材料", _links(claim.documents)),
            ],
            verdict=rules.may_decide_claim(place.auction, one.state, claim),
            hint=captions.priority(place.auction.terms.format) if place.auction.terms else "",
            cancel=back,
        ),
        done=back,
        words="优先购买权的认定已告知主张人",
    )


def result(claim: PriorityClaim) -> list[tuple[str, object]]:
    """主张和认定, as its bidder reads them."""
    known: list[tuple[str, object]] = [("主张时间", show.instant(claim.filed_at)), ("依据", claim.grounds)]
    if claim.is_waiting:
        return [*known, ("认定", "等待交易中心认定")]
    order = "不予认定" if claim.order is None else f"第 {claim.order} 顺位"
    return [*known, ("认定", order), ("理由", claim.reason)]


def _waiting(place: Place, party: str) -> tuple[Applied, PriorityClaim]:
    """A claim that still waits. Raises Missing for every other."""
    for one in sales.claims(place.lot.code, place.lot.round):
        if one.party == party and one.claim is not None:
            return one, one.claim
    raise Missing("没有这份待认定的主张，可能已经办理")


def _links(files: tuple[Document, ...]) -> object:
    return format_html_join("、", '<a href="/files/{}/">{}</a>', ((file.digest, file.name) for file in files))
