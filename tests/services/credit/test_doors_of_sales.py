"""市场禁入的关口 of registration, money and sales: each through its own command refuses whoever is under a ban.

Take a door's question away and its test here fails. Every refusal names the entry and the law.
"""

from datetime import date, timedelta

import pytest

from ggzy.registers.credit import services
from ggzy.registers.credit.values import Decision
from ggzy.trading.auctions import services as auctions
from ggzy.trading.auctions.models import Auction
from ggzy.trading.deposits import services as deposits
from ggzy.trading.deposits.values import GuaranteeForm
from tests.services.auctions import stage as sale
from tests.services.auctions.sale import AFTER
from tests.services.credit.bans import ban, is_shut, outlaw
from tests.services.credit.cast import supervisor
from tests.services.deposits.stage import AMOUNT, VALID_UNTIL, asking_lot
from tests.world import START, World, clock

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_an_agency_registers_no_lot(world: World):
    project = world.project()
    entry = ban(world.agency.organisation, START, "agency_misconduct")
    with clock(START):
        assert is_shut(entry, world.lot, project)


def test_an_agency_barred_from_compulsory_work_may_do_other_work(world: World):
    project = world.project()
    ban(world.agency.organisation, START, "agency_misconduct")
    with clock(START):
        assert sale.land(world) and project


def test_a_ban_from_bidding_does_not_stop_an_agency(world: World):
    ban(world.agency.organisation, START)
    with clock(START):
        assert world.lot()


def test_an_agency_on_a_list_announces_no_sale(world: World):
    lot = sale.land(world)
    entry = outlaw(world.agency.organisation, START)
    with clock(sale.NOW):
        terms = sale.terms(world)
        assert is_shut(entry, auctions.announce, world.agency.acts(), lot, terms, at=sale.NOW)


def test_a_barred_party_opens_no_account(world: World):
    lot, bidder = asking_lot(world), world.bidders[0]
    entry = ban(bidder.organisation, START)
    with clock(START + DAY):
        assert is_shut(entry, deposits.open_account, bidder.acts(), lot)


def test_a_barred_member_opens_no_account_for_the_consortium(world: World):
    lot, (leader, member, *_) = asking_lot(world), world.bidders
    entry = ban(member.organisation, START)
    with clock(START + DAY):
        members = (member.organisation,)
        assert is_shut(entry, deposits.open_account, leader.acts(), lot, members=members)


def test_a_barred_party_places_no_guarantee(world: World):
    lot, bidder = asking_lot(world), world.bidders[0]
    entry = ban(bidder.organisation, START)
    letter = GuaranteeForm(
        "BH-2026-001", "江州农商银行", world.owner.organisation, AMOUNT, date(2026, 6, 20), VALID_UNTIL, True
    )
    with clock(START + DAY):
        assert is_shut(entry, deposits.place_guarantee, bidder.acts(), lot, letter)


def test_a_barred_party_applies_for_no_sale(world: World):
    lot = sale.announced(world)
    entry = outlaw(world.bidders[0].organisation, START)
    assert is_shut(entry, sale.apply, world, lot, world.bidders[0])


def test_a_barred_party_is_admitted_to_no_sale(world: World):
    lot, bidder = sale.announced(world), world.bidders[0]
    sale.apply(world, lot, bidder)
    sale.pay(world, lot, bidder)
    entry = outlaw(bidder.organisation, sale.NOW + 2 * DAY)
    with clock(sale.NOW + 3 * DAY):
        assert is_shut(entry, auctions.admit, world.operator.acts(), lot, bidder.organisation)


def test_a_barred_winner_confirms_no_sale(world: World):
    lot, _ = sale.closed(world)
    with clock(AFTER):
        auctions.settle(world.agency.acts(), lot, at=AFTER)
    entry = outlaw(world.bidders[1].organisation, AFTER)
    confirmation = Auction.objects.get(lot=lot).confirmation
    with clock(AFTER):
        assert is_shut(entry, auctions.sign, world.bidders[1].acts(), lot, confirmation, at=AFTER)


def test_a_ban_that_is_over_opens_the_door_again(world: World):
    lot, bidder = asking_lot(world), world.bidders[0]
    entry = ban(bidder.organisation, START)
    with clock(START + DAY):
        lifted = Decision("云岭省住房和城乡建设厅", "云建撤〔2026〕1号", "行政复议法", date(2026, 6, 1))
        services.lift(supervisor(), entry, lifted, "行政复议撤销", at=START + DAY)
        assert deposits.open_account(bidder.acts(), lot)
