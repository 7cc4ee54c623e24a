"""A live process in front of the test's own seat, and rooms of the formats a browser meets."""

import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from threading import RLock
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, WebSocketRoute, expect

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.codes import LotCode
from ggzy.kernel.money import Money, Rate
from ggzy.trading.auctions import queries, services
from ggzy.trading.auctions.rules import telling
from ggzy.trading.auctions.services import Seat
from ggzy.trading.auctions.values import (
    POINT,
    Amount,
    Measure,
    Offer,
    OfferKind,
    Payment,
    Steps,
    Timing,
    WeightedItem,
)
from tests.browser.conftest import Window
from tests.services.auctions.stage import DAY, FLOOR, MINUTE, OPENS, apply, equipment, offer, paddle
from tests.services.auctions.stage import terms as announced_terms
from tests.world import START, World, clock

DOOR = "http://localhost:9001"
WIRE = re.compile("ws://localhost:9001/.*")
LATER = OPENS + 10 * DAY


@dataclass
class Live:
    """A door as the live process opens it, in front of the test's own seat. `is_deaf`: what comes is lost."""

    seat: Seat
    paddles: list[int]
    lines: list[WebSocketRoute] = field(default_factory=list)
    heard: list[dict[str, Any]] = field(default_factory=list)
    is_deaf: bool = False
    told: int = 0
    visitors: list[Window] = field(default_factory=list)
    busy: AbstractContextManager[Any] = field(
        default_factory=RLock
    )  # a server in a thread may use the same connection
    inside: Context = field(default_factory=copy_context)  # where the test's transaction and its clock live

    @property
    def path(self) -> str:
        return f"/auctions/{self.seat.lot}/"

    def open(self, line: WebSocketRoute, paddle: int) -> None:
        """A bidder's line; handlers run outside of the test's context."""
        self.lines.append(line)
        line.on_message(lambda text: self.alone(self.hear, line, paddle, json.loads(str(text))))
        line.on_close(lambda code, reason: self.lines.remove(line) if line in self.lines else None)
        self.alone(self.greet, line, paddle)

    def alone(self, run: Callable[..., None], *given: Any) -> None:
        """Inside the test's context, with the connection for itself."""
        with self.busy:
            self.inside.copy().run(run, *given)

    def greet(self, line: WebSocketRoute, paddle: int) -> None:
        own = self.seat.room.roster.find(paddle)
        assert own is not None
        line.send(json.dumps(telling.own(self.seat.room, own)))
        line.send(json.dumps(self.tick(0)))

    def hear(self, line: WebSocketRoute, paddle: int, said: dict[str, Any]) -> None:
        """One message of a bidder."""
        if "ping" in said:
            line.send(json.dumps({"kind": "pong", **said}))
            return
        self.heard.append(said)
        if self.is_deaf:
            return
        amount = said["amount"]
        given = Offer(
            paddle, said["press"], Amount(Measure(amount["measure"]), amount["units"]) if amount else None,
            OfferKind(said["kind"]), tuple(Decimal(one) for one in said["items"]), said["digest"],
        )  # fmt: skip
        (answer,) = self.seat.press([given])
        line.send(json.dumps(telling.answer(answer)))
        self.tell()
        own = self.seat.room.roster.find(paddle)
        assert own is not None
        line.send(json.dumps(telling.own(self.seat.room, own)))

    def rival(self, paddle: int, steps: int) -> None:
        """Somebody else offers."""
        self.seat.press([offer(paddle, steps)])
        self.tell()

    def tell(self) -> None:
        tick = self.tick(self.told)
        self.told = self.seat.room.seq
        for line in list(self.lines):
            line.send(json.dumps(tick))

    def tick(self, after: int) -> dict[str, Any]:
        lot, room = self.seat.lot, self.seat.room
        rows = [telling.line(one) for one in queries.offers(lot, room.round) if one.seq > after]
        chain = journal.entry(self.seat.head).chain
        return telling.tick(room, self.seat.head, chain, journal.now(), rows[-50:])


def kept(
    lot: LotCode, paddles: list[int], seat: Seat, monkeypatch: pytest.MonkeyPatch, busy: Any = None
) -> Live:
    """This room, with a door; `busy` where a server shares its connection."""
    monkeypatch.setattr(queries, "door", lambda asked, host, is_secure: DOOR if asked == lot else "")
    return Live(seat, paddles, busy=busy or RLock())


def entered(live: Live, window, client: Client, width: int = 1280) -> Page:
    """The room as its first bidder sees it, who has this browser."""
    visitor = window(client, width)
    visitor.page.route_web_socket(WIRE, lambda line: live.open(line, live.paddles[0]))
    page: Page = visitor.go(live.path)
    expect(page.locator("[data-lamp]")).to_contain_text("实时")
    live.visitors.append(visitor)
    return page


def sale(world: World, method: str, **terms: Any) -> tuple[LotCode, list[int], Seat]:
    """A room for state assets that has opened, by these terms."""
    return opened_by(world, equipment(world, method, **{"has_proxies": False, **terms}), OPENS)


def opened_by(world: World, lot: LotCode, opens: datetime) -> tuple[LotCode, list[int], Seat]:
    """Three bidders admitted, the room prepared and opened."""
    for one in world.bidders[:3]:
        apply(world, lot, one)
        with clock(OPENS - 10 * DAY):
            services.admit(world.operator.acts(), lot, one.organisation)
    with clock(opens - 5 * MINUTE):
        services.prepare_room(world.system(), lot)
    with clock(opens):
        seat = services.take(lot)
        seat.serve()
    return lot, [paddle(lot, one) for one in world.bidders[:3]], seat


def equity(world: World) -> tuple[LotCode, list[int], Seat]:
    """A share of a company, for which price and years of payment are weighed."""
    lot = world.lot(
        title="江州水务 30% 股权",
        deal_category="C01",
        method="weighted",
        scoring="",
        estimate=FLOOR,
        quality="",
    )
    timing = Timing(starts_at=LATER, ends_at=LATER + 60 * MINUTE, window_s=300, length_s=300)
    payment = Payment(first=Rate("0.5"), first_days=5, all_days=300)
    terms = announced_terms(
        world, timing=timing, items=ITEMS, steps=Steps(step=POINT, is_exact=False), deposit=Money(0),
        has_proxies=False, payment=payment, appraisal=FLOOR,
    )  # fmt: skip
    with clock(START):
        services.announce(world.agency.acts(), lot, terms, at=START)
    return opened_by(world, lot, LATER)


ITEMS = (
    WeightedItem(code="price", name="价格", weight=Decimal(80), base=Decimal(2_590_000), best=Decimal(3_390_000), unit="元"),
    WeightedItem(code="years", name="付款年限", weight=Decimal(20), base=Decimal(8), best=Decimal(4), unit="年"),
)  # fmt: skip
