"""成交合同的共用场景: a sale confirmed, drafted, signed and performed, for tests of any layer."""

from dataclasses import replace
from datetime import timedelta

from ggzy.foundation.vault import services as vault
from ggzy.kernel.instants import local_date
from ggzy.kernel.money import Money
from ggzy.trading.auctions import services as auctions
from ggzy.trading.auctions.models import Auction
from ggzy.trading.contracting import queries, services, timers
from ggzy.trading.contracting.values import AwardFacts, ContractForm, Step, StepKind
from ggzy.trading.tendering.values import Price
from tests.services.auctions.stage import DAY, FLOOR, MINUTE, OPENS, STEP, closed
from tests.world import World, clock

AFTER = OPENS + timedelta(hours=3)
TOTAL = FLOOR + STEP


def award_of(lot) -> AwardFacts:
    found = queries.award(lot)
    assert found is not None
    return found


def tick(at) -> None:
    with clock(at):
        for act in timers.due(at):
            act()


def confirmed(world: World):
    """A sale both sides have signed, taken up by the clock."""
    lot, _ = closed(world)
    with clock(AFTER):
        auctions.settle(world.agency.acts(), lot, at=AFTER)
        for player in (world.owner, world.bidders[1]):
            auctions.sign(player.acts(), lot, Auction.objects.get(lot=lot).confirmation, at=AFTER)
    tick(AFTER + MINUTE)
    return lot


def form(world: World, **changes) -> ContractForm:
    file = vault.put("出让合同".encode(), name="出让合同.txt", owner=world.owner.organisation)
    price = Price("amount", amount=TOTAL, text=f"{TOTAL.figures()} 元")
    usual = ContractForm("出让合同 2026-046", price, TOTAL, Money.zero, "", "", file)
    return replace(usual, **changes)


def drafted(world: World):
    lot, at = confirmed(world), AFTER + DAY
    with clock(at):
        services.draft(world.owner.acts(), lot, form(world), at=at)
    return lot


def signed(world: World):
    lot, at = drafted(world), AFTER + 2 * DAY
    with clock(at):
        services.sign(world.bidders[1].acts(), lot, at=at)
    return lot


def perform(world: World, lot, kind: StepKind, at, amount: Money | None = None, player=None) -> None:
    with clock(at):
        step = Step(kind, kind.label, local_date(at), amount)
        services.perform((player or world.owner).acts(), lot, step, at=at)
