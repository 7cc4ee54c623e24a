"""办理的处所: whose lot a page is about, in what words it speaks of the two sides, and the frame it shares."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from ggzy.foundation.ui import pages
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.money import Rate
from ggzy.kernel.roles import Permission, Role
from ggzy.kernel.verdict import Verdict
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.catalog.values import Limit
from ggzy.trading.auctions import queries
from ggzy.trading.auctions.rules import wording
from ggzy.trading.auctions.values import AuctionFacts, Format
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects.values import LotFacts

METHODS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class Place:
    """处所: who asks, and the auction of this lot's present round."""

    actor: Actor
    lot: LotFacts
    auction: AuctionFacts
    format: Format
    at: datetime

    @property
    def party(self) -> CreditCode:
        """The organisation the actor acts for. Raises Forbidden."""
        if self.actor.organisation is None:
            raise Forbidden()
        return self.actor.organisation


def of(request: Request, code: str) -> Place:
    """Any auction the actor may see. Raises Missing for a lot that is no auction."""
    actor = pages.signed_in(request)
    return _place(actor, projects.seen(actor, lot_code(code)), request.at)


def of_keeper(request: Request, code: str) -> Place:
    """An auction before its notice too, for one of those who keep its keys: the page asks who they are."""
    actor = pages.signed_in(request)
    if actor.role is not Role.CUSTODIAN:
        raise Forbidden()
    return _place(actor, projects.lot(lot_code(code)), request.at)


def _place(actor: Actor, lot: LotFacts, at: datetime) -> Place:
    format = queries.formats().get(lot.method)
    if format is None:
        raise Missing()
    return Place(actor, lot, queries.auction(lot.code), format, at)


def with_permission(request: Request, code: str, permission: Permission) -> Place:
    """An auction the actor may see, with this permission. Raises Forbidden, Missing."""
    place = of(request, code)
    if not place.actor.has(permission):
        raise Forbidden(f"“{permission.label}”不属于{place.actor.role.label}身份可以办理的事项")
    return place


def of_bidder(request: Request, code: str) -> Place:
    """An auction a bidder looks at. Raises Forbidden for every other role."""
    place = of(request, code)
    if place.actor.role is not Role.BIDDER or place.actor.organisation is None:
        raise Forbidden()
    return place


def home(lot: LotFacts) -> str:
    """标段工作台."""
    return f"/desk/lots/{lot.code}/"


def frame(place: Place, title: str, **values: Any) -> dict[str, Any]:
    """What every page of this app shows, with nothing in the places a page does not use."""
    lot = place.lot
    return {
        "lot": lot,
        "auction": place.auction,
        "format": place.format,
        "words": wording_of(place),
        "now": place.at,
        "title": title,
        "submit": title,
        "style": "primary",
        "verdict": Verdict(),
        "cancel": home(lot),
        "rows": [],
        "text": "",
        "hint": "",
        "warnings": (),
        "crumbs": [("待办", "/desk/"), (lot.title, home(lot)), (title, "")],
        **values,
    }


def lot_code(text: str) -> LotCode:
    """标段编号 of an address. Raises Missing."""
    try:
        return LotCode.parse(text)
    except ValueError:
        raise Missing() from None


def wording_of(place: Place) -> wording.Wording:
    """用词 of this trade: the catalogue knows what it calls the owner."""
    say, category = wording.of_format(place.format), catalog.find_category(place.lot.category)
    return replace(say, owner=category.owner_word) if category else say


def percent(limit: Limit) -> str:
    """20%."""
    return Rate(limit.value).percent_text()
