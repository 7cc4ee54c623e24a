"""What the tests of this folder share: a land listing and an auction, built through commands only."""

import itertools
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from ggzy.foundation.identity import services as identity
from ggzy.foundation.journal import queries as journal
from ggzy.foundation.sealing import suites
from ggzy.foundation.sealing.plan import state_key
from ggzy.foundation.vault import services as vault
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.instants import Period
from ggzy.kernel.money import Money, Rate
from ggzy.kernel.verdict import Refused
from ggzy.trading.auctions import queries, rules, services
from ggzy.trading.auctions.services import Seat
from ggzy.trading.auctions.values import (
    Amount,
    Answer,
    AtCeiling,
    AuctionTerms,
    Ceiling,
    Document,
    FormatTerms,
    Offer,
    OfferKind,
    Payment,
    Steps,
    Timing,
)
from ggzy.trading.deposits import services as deposits
from ggzy.trading.projects.values import CustodyPlan, Holder, HolderKind
from tests.services.deposits.stage import line
from tests.world import START as NOW
from tests.world import Player, World, clock

DAY, MINUTE, SECOND = timedelta(days=1), timedelta(minutes=1), timedelta(seconds=1)
# Monday the 22nd of June 2026; the contest begins at nine and its listing ends ten days later.
OPENS = NOW + 21 * DAY
ENDS = OPENS + 10 * DAY
FLOOR = Money.yuan(2_590_000)
DEPOSIT = Money.yuan(518_000)
STEP = Money.yuan(10_000)
_presses = itertools.count(1)


def document(world: World, text: str = "出让须知") -> Document:
    data = text.encode()
    return Document(
        "出让须知.txt", vault.put(data, name="出让须知.txt", owner=world.agency.organisation), len(data)
    )


def terms(
    world: World,
    *,
    lasts: timedelta = ENDS - OPENS,
    timed_s: int = 300,
    asking_s: int = 0,
    **change: Any,
) -> AuctionTerms:
    """A lawful listing; `change` replaces terms of the notice or of the format."""
    timing = Timing(
        starts_at=OPENS,
        ends_at=OPENS + lasts,
        timed_s=timed_s,
        asking_s=asking_s,
        window_s=300,
        length_s=300,
    )
    format = FormatTerms(
        start=Amount.of_money(FLOOR), steps=Steps(step=STEP.fen), timing=timing, has_proxies=True
    )
    of_format = {name: change.pop(name) for name in list(change) if hasattr(format, name)}
    usual = AuctionTerms(
        format=replace(format, **of_format),
        apply_from=NOW,
        apply_until=OPENS - DAY,
        deposit=DEPOSIT,
        deposit_until=OPENS - DAY,
        documents=(document(world),),
        payment=Payment(first=Rate("0.5"), first_days=30, all_days=365),
        contract_days=10,
        viewings=(Period(NOW + DAY, NOW + DAY + 8 * 60 * MINUTE),),
        conditions="境内外法人、自然人和其他组织",
    )
    return replace(usual, **change)


def land(world: World, method: str = "listing") -> LotCode:
    """A registered lot of building land."""
    return world.lot(
        title="望江区 G(2026)046 号地块",
        content="商服用地 1.2 公顷",
        deal_category="B01",
        method=method,
        scoring="",
        estimate=FLOOR,
        period="",
        quality="",
    )


def announced(world: World, method: str = "listing", **change: Any) -> LotCode:
    lot = land(world, method)
    if method == "ascending":
        change = {"lasts": timedelta(hours=1), "timed_s": 0, "bidders_min": 3, **change}
    with clock(NOW):
        services.announce(world.agency.acts(), lot, terms(world, **change), at=NOW)
    return lot


def equipment(world: World, method: str = "ascending", **change: Any) -> LotCode:
    """State assets, announced without a deposit; their disclosure may be extended."""
    lot = world.lot(
        title="闲置设备一批", deal_category="C02", method=method, scoring="", estimate=FLOOR, quality=""
    )
    change = {"lasts": timedelta(hours=1), "timed_s": 0, "deposit": Money(0), **change}
    if method == "sealed_offer":
        change["has_proxies"] = False
    payment = Payment(first=Rate("0.5"), first_days=5, all_days=300)
    if method == "sealed_offer":
        keep_offers(world, lot)
    with clock(NOW):
        services.announce(world.agency.acts(), lot, terms(world, payment=payment, **change), at=NOW)
    return lot


def certified(player: Player) -> Player:
    """The player with a certificate bound to its account."""
    certificate, key = identity.demo_certificate(player.name, player.organisation, NOW - DAY)
    number = next(_presses)
    identity.bind_certificate(Actor.system(f"bind-{number}"), player.person, certificate, at=NOW - DAY)
    return replace(player, certificate=certificate, key=key)


def keep_offers(world: World, lot: LotCode) -> list[tuple[Player, bytes]]:
    """Two of three custodians open the sealed offers: named, and their keys posted; each with its key."""
    kinds: tuple[HolderKind, ...] = ("centre", "supervisor", "notary")
    keepers = [certified(player) for player in world.custodians]
    holders = tuple(
        Holder(x, keeper.person, keeper.name, keeper.organisation, kind)
        for x, (keeper, kind) in enumerate(zip(keepers, kinds, strict=True), start=1)
    )
    held, suite = [], suites.suite("W1")
    with clock(NOW):
        services.name_custody(world.agency.acts(), lot, CustodyPlan(2, holders), at=NOW)
        for keeper in keepers:
            private = suite.new_key()
            who, identity_key = suites.fingerprint(keeper.certificate), suites.private_from_pem(keeper.key)
            statement = state_key(lot, 1, who, suite.public_of(private), identity_key)
            services.post_offer_key(keeper.acts(), lot, statement, at=NOW)
            held.append((keeper, private))
    return held


def prepared_equipment(world: World, method: str, bidders: int = 3) -> tuple[LotCode, list[int]]:
    """A room for state assets that waits for its start."""
    lot = equipment(world, method)
    for bidder in world.bidders[:bidders]:
        apply(world, lot, bidder)
        with clock(NOW + 3 * DAY):
            services.admit(world.operator.acts(), lot, bidder.organisation)
    with clock(OPENS - 5 * MINUTE):
        services.prepare_room(world.system(), lot)
    return lot, [paddle(lot, bidder) for bidder in world.bidders[:bidders]]


def apply(world: World, lot: LotCode, bidder: Player, at: datetime = NOW + DAY) -> Any:
    with clock(at):
        return services.apply(bidder.acts(), lot, (document(world, f"{bidder.name}的申请"),))


def pay(world: World, lot: LotCode, bidder: Player, at: datetime = NOW + 2 * DAY) -> None:
    """The deposit arrives on the bidder's own account."""
    from ggzy.trading.deposits import queries as deposit_queries

    with clock(at):
        deposits.open_account(bidder.acts(), lot)
        number = deposit_queries.account(lot, bidder.organisation, at).number
        deposits.receive(world.system(), [line(number, bidder, amount=DEPOSIT, booked_at=at)], at=at)


def admit(world: World, lot: LotCode, bidder: Player, at: datetime = NOW + 3 * DAY, **how: Any) -> int:
    """Applied, paid, admitted: the number of the paddle."""
    apply(world, lot, bidder)
    pay(world, lot, bidder)
    with clock(at):
        services.admit(world.operator.acts(), lot, bidder.organisation, **how)
    return paddle(lot, bidder)


def paddle(lot: LotCode, bidder: Player) -> int:
    number = queries.paddle_of(lot, queries.auction(lot).round, bidder.organisation)
    assert number is not None
    return number


def prepared(
    world: World, method: str = "listing", bidders: int = 3, **change: Any
) -> tuple[LotCode, list[int]]:
    """A room that waits for its start, and the paddles of so many bidders."""
    lot = announced(world, method, **change)
    paddles = [admit(world, lot, bidder) for bidder in world.bidders[:bidders]]
    with clock(OPENS - 5 * MINUTE):
        services.prepare_room(world.system(), lot)
    return lot, paddles


def opened(world: World, method: str = "ascending", **how: Any) -> tuple[LotCode, list[int], Seat]:
    """A room that has opened, and its seat."""
    lot, paddles = prepared(world, method, **how)
    with clock(OPENS):
        seat = services.take(lot)
        seat.serve()
    return lot, paddles, seat


def price(steps: int) -> Amount:
    return Amount.of_money(FLOOR + Money(steps * STEP.fen))


def offer(paddle: int, steps: int, press: str = "") -> Offer:
    return Offer(paddle, press or f"press-{next(_presses):06d}", price(steps))


def join(paddle: int) -> Offer:
    return Offer(paddle, f"press-{next(_presses):06d}", kind=OfferKind.JOIN)


def press(seat: Seat, at: datetime, *offers: Offer) -> tuple[Answer, ...]:
    with clock(at):
        return seat.press(offers)


def closed(world: World, **how: Any) -> tuple[LotCode, list[int]]:
    """An auction that the second bidder leads, and whose time is over."""
    lot, paddles, seat = opened(world, **how)
    press(seat, OPENS + MINUTE, offer(paddles[0], 0), offer(paddles[1], 1))
    with clock(OPENS + timedelta(hours=2)):
        seat.serve()
    return lot, paddles


def kinds(lot: LotCode) -> list[str]:
    return [fact.kind for fact in journal.facts(prefix=f"lot/{lot}")]


def stream(lot: LotCode) -> list[Any]:
    """The facts of the room, in order."""
    round = queries.auction(lot).round
    return [fact.event for fact in journal.facts(subject=queries.stream(lot, round))]


def agrees(lot: LotCode) -> bool:
    """The folded facts say what the rows say; the room's stream passes the audit."""
    told = stream(lot)
    flaws = rules.audit(queries.formats()[told[0].format], told) if told else ()
    assert flaws == (), flaws
    folded, standing = rules.fold(journal.facts(prefix=f"lot/{lot}")), queries.standing(lot)
    assert folded == standing
    return True


def refused(run: Any, *args: Any, **kwargs: Any) -> list[str]:
    with pytest.raises(Refused) as caught:
        run(*args, **kwargs)
    return [reason.code for reason in caught.value.reasons]


def at_ceiling(world: World) -> tuple[LotCode, list[int]]:
    """Two paddles have taken the ceiling price; who else comes is asked until six minutes past, then lots are drawn."""
    ceiling = Ceiling(amount=price(2), rule=AtCeiling.DRAW, entering_s=300)
    lot, (one, two, _), seat = opened(world, ceiling=ceiling)
    press(seat, OPENS + MINUTE, offer(one, 2))
    press(seat, OPENS + 2 * MINUTE, join(two))
    return lot, sorted((one, two))
