"""A room for sealed offers, opened through commands: custodians with their keys, bidders who seal as a tool does."""

import io
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ggzy.foundation.journal import queries as journal
from ggzy.foundation.sealing import custody, envelope, package, suites
from ggzy.foundation.sealing.content import Bundle
from ggzy.foundation.sealing.content import Offer as Told
from ggzy.foundation.sealing.envelope import Sealed
from ggzy.kernel.codes import LotCode
from ggzy.kernel.money import Money, Rate
from ggzy.trading.auctions import queries, services, timers
from ggzy.trading.auctions.values import Offer, OfferKind, Payment
from ggzy.trading.auctions.values.custody import PART, OfferShare
from tests.services.auctions.stage import (
    DAY,
    FLOOR,
    MINUTE,
    NOW,
    OPENS,
    STEP,
    apply,
    certified,
    keep_offers,
    paddle,
    press,
    terms,
)
from tests.world import Player, World, clock

END = OPENS + 60 * MINUTE


@dataclass
class Room:
    """A room for sealed offers that has opened, its custodians with their keys, its bidders certified."""

    world: World
    lot: LotCode
    keepers: list[tuple[Player, bytes]]
    bidders: list[Player]
    sealed: dict[str, Sealed] = field(default_factory=dict)

    def seal(self, bidder: Player, amount: Money | None, **change: Any) -> bytes:
        plan = queries.offer_plan(self.lot, 1)
        assert plan is not None
        told = Told("amount", amount=amount, text="报价") if amount else None
        made = envelope.seal(
            plan, {PART: Bundle.of(told)}, bid=str(paddle(self.lot, bidder)), gen=1, prev=None,
            bidder=change.get("party", bidder.organisation), documents="sha256:" + "d" * 64,
            certificate=bidder.certificate, signing_key=suites.private_from_pem(bidder.key), made=NOW,
        )  # fmt: skip
        file = io.BytesIO()
        package.write_package(made, file)
        self.sealed[made.manifest.digest] = made
        return file.getvalue()

    def hold(self, bidder: Player, amount: Money | None, **change: Any) -> str:
        data = self.seal(bidder, amount, **change)
        with clock(OPENS + MINUTE):
            return services.hold_offer(bidder.acts(), self.lot, data)

    def press(self, bidder: Player, digest: str) -> Any:
        number = paddle(self.lot, bidder)
        offer = Offer(number, f"sealed-{number}", kind=OfferKind.SEALED, digest=digest)
        (answer,) = press(services.take(self.lot), OPENS + 2 * MINUTE, offer)
        return answer

    def offer(self, bidder: Player, amount: Money | None) -> None:
        assert self.press(bidder, self.hold(bidder, amount)).is_accepted

    def end(self) -> None:
        with clock(END):
            services.take(self.lot).serve()

    def shares(self, x: int) -> tuple[OfferShare, ...]:
        """What the x-th custodian's tool releases."""
        private = self.keepers[x - 1][1]
        return tuple(
            OfferShare(digest, custody.release(made.manifest, PART, x, private))
            for digest, made in self.sealed.items()
        )

    def release(
        self, x: int, at: datetime = END + MINUTE, shares: tuple[OfferShare, ...] | None = None
    ) -> Any:
        with clock(at):
            given = self.shares(x) if shares is None else shares
            return services.release_offer_shares(self.keepers[x - 1][0].acts(), self.lot, given)


def sealed_lot(world: World) -> LotCode:
    """State assets, to be sold by one sealed offer each."""
    return world.lot(
        title="闲置设备一批",
        deal_category="C02",
        method="sealed_offer",
        scoring="",
        estimate=FLOOR,
        quality="",
    )


def opened_room(world: World, bidders: int = 3) -> Room:
    lot = sealed_lot(world)
    return open_room(world, lot, keep_offers(world, lot), bidders)


def open_room(world: World, lot: LotCode, keepers: list[tuple[Player, bytes]], bidders: int = 3) -> Room:
    """Announced, applied for, admitted and opened, once the custodians' keys are there."""
    with clock(NOW):
        found = terms(
            world, lasts=60 * MINUTE, timed_s=0, deposit=Money(0), has_proxies=False,
            payment=PAYMENT,
        )  # fmt: skip
        services.announce(world.agency.acts(), lot, found, at=NOW)
    players = [certified(bidder) for bidder in world.bidders[:bidders]]
    for bidder in players:
        apply(world, lot, bidder)
        with clock(NOW + 3 * DAY):
            services.admit(world.operator.acts(), lot, bidder.organisation)
    with clock(OPENS - 5 * MINUTE):
        services.prepare_room(world.system(), lot)
    with clock(OPENS):
        services.take(lot).serve()
    return Room(world, lot, keepers, players)


PAYMENT = Payment(first=Rate("0.5"), first_days=5, all_days=300)


def tick(at: datetime) -> None:
    with clock(at):
        for act in timers.due(at):
            act()


def yuan(steps: int) -> Money:
    return FLOOR + Money(steps * STEP.fen)


def told(lot: LotCode, kind: str) -> list[Any]:
    return [fact.event for fact in journal.facts(prefix=f"lot/{lot}", kinds=[kind])]
