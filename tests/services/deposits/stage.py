"""What the tests of this folder share: a contested lot that asks for a deposit, and bank lines."""

import itertools
from datetime import date, timedelta
from typing import Any

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.codes import LotCode
from ggzy.kernel.instants import local_date
from ggzy.kernel.money import Money
from ggzy.trading.deposits import queries, rules, services
from ggzy.trading.deposits.values import BankLine, LineKind
from ggzy.trading.projects import services as project_services
from ggzy.trading.projects.values import Phase
from tests.world import START, Player, World, clock

DAY = timedelta(days=1)
DUE = START + 25 * DAY
# Two per cent of 4,980,000 yuan.
AMOUNT = Money.yuan("99600")
VALID_UNTIL = date(2026, 9, 24)
_serials = itertools.count(1)


def asking_lot(world: World, amount: Money = AMOUNT, **terms: Any) -> LotCode:
    lot = world.lot()
    project_services.advance(lot, Phase.CONTESTED, START)
    usual: dict[str, Any] = {"due": DUE, "valid_until": VALID_UNTIL}
    services.require(world.agency.acts(), lot, amount, **usual | terms, at=START)
    return lot


def account(world: World, lot: LotCode, bidder: Player, at=START + DAY) -> str:
    """The number of the bidder's virtual account, opened now."""
    with clock(at):
        services.open_account(bidder.acts(), lot)
        return queries.account(lot, bidder.organisation, at).number


def line(number: str, bidder: Player, **changes) -> BankLine:
    known: dict[str, Any] = {
        "serial": f"B{next(_serials):08d}",
        "kind": LineKind.CREDIT,
        "account": number,
        "payer_name": bidder.organisation_name,
        "payer_account": bidder.account,
        "amount": AMOUNT,
        "booked_at": START + 2 * DAY,
    }
    return BankLine(**(known | changes))


def receive(world: World, *lines: BankLine, at=START + 3 * DAY):
    return services.receive(world.system(), lines, at=at)


def paid(world: World, lot: LotCode, bidder: Player) -> str:
    """An account with the whole deposit on it."""
    number = account(world, lot, bidder)
    receive(world, line(number, bidder))
    return number


def same(lot: LotCode) -> bool:
    """The folded facts say what the rows say, and the ledger is zero."""
    balanced = queries.summary(lot).is_balanced
    return balanced and rules.fold(journal.facts(prefix=f"lot/{lot}")) == queries.standing(lot)


def codes(refused) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def today(at) -> date:
    return local_date(at)
