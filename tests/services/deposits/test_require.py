"""设定与办理保证金: it works · each refusal · who may not · what is recorded · twice the same request."""

from datetime import timedelta

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.errors import Conflict, Forbidden, Missing
from ggzy.kernel.money import Money
from ggzy.kernel.verdict import Refused
from ggzy.trading.deposits import access, queries, services
from ggzy.trading.deposits.values import AccountState
from ggzy.trading.projects import services as project_services
from tests.services.deposits.stage import AMOUNT, DAY, DUE, VALID_UNTIL, account, asking_lot, codes, same
from tests.world import START, World, clock


def test_deposit_of_two_per_cent_is_asked_and_public(world: World):
    lot = asking_lot(world)
    facts = queries.requirement(lot)
    assert facts is not None and (facts.amount, facts.due, facts.valid_until) == (AMOUNT, DUE, VALID_UNTIL)
    (fact,) = journal.facts(subject=f"lot/{lot}", kinds=["deposit.required"])
    assert fact.audience == "public" and fact.event.amount == AMOUNT and same(lot)


def test_more_than_two_per_cent_is_refused_with_the_highest_amount(world: World):
    lot = world.lot()
    with pytest.raises(Refused) as refused:
        services.require(world.agency.acts(), lot, Money.parse("10万"), due=DUE, at=START)
    assert codes(refused) == ["above_cap"] and "99,600.00元" in str(refused.value)
    assert queries.requirement(lot) is None and same(lot)


def test_nothing_asked_means_everybody_is_secured(world: World):
    lot = world.lot()
    assert queries.is_secured(lot, world.bidders[0].organisation)
    assert queries.secured_parties(lot) is None


def test_amount_stays_once_somebody_has_an_account(world: World):
    lot = asking_lot(world)
    account(world, lot, world.bidders[0])
    with pytest.raises(Refused) as refused:
        services.require(world.agency.acts(), lot, Money.parse("5万"), due=DUE, at=START)
    assert codes(refused) == ["accounts_opened"]
    services.require(world.agency.acts(), lot, AMOUNT, due=DUE + DAY, at=START)


def test_due_moves_with_the_deadline_and_with_the_clock(world: World):
    lot = asking_lot(world)
    services.move_due(lot, DUE + 7 * DAY, at=START + DAY)
    project_services.pause(lot, "objection-1", START + 2 * DAY)
    project_services.unpause(lot, "objection-1", START + 5 * DAY)
    with clock(START + 6 * DAY):
        facts = queries.requirement(lot)
    assert facts is not None and facts.due == DUE + 10 * DAY


def test_every_bidder_gets_an_account_of_its_own(world: World):
    lot = asking_lot(world)
    numbers = {account(world, lot, bidder) for bidder in world.bidders}
    assert len(numbers) == 5 and same(lot)
    opened = list(journal.facts(subject=f"lot/{lot}/1/deposits"))
    assert [fact.audience for fact in opened] == ["sealed"] * 5
    mine = queries.account(lot, world.bidders[0].organisation, START)
    assert (mine.state, mine.required, mine.missing) == (AccountState.OPEN, AMOUNT, AMOUNT)


def test_many_accounts_are_opened_at_once(world: World):
    lot = asking_lot(world)
    parties = [bidder.organisation for bidder in world.bidders]
    with clock(START):
        services.open_accounts(world.operator.acts(), lot, parties, at=START)
    assert len(queries.accounts(lot, START)) == 5 and same(lot)
    with clock(START), pytest.raises(Refused):
        services.open_accounts(world.operator.acts(), lot, parties, at=START)


def test_second_account_and_a_late_one_are_refused(world: World):
    lot = asking_lot(world)
    account(world, lot, world.bidders[0])
    with clock(START + 2 * DAY), pytest.raises(Refused) as refused:
        services.open_account(world.bidders[0].acts(), lot)
    assert codes(refused) == ["account_exists"]
    with clock(DUE), pytest.raises(Refused) as refused:
        services.open_account(world.bidders[1].acts(), lot)
    assert codes(refused) == ["deadline_passed"]


def test_account_is_not_opened_where_nothing_is_asked(world: World):
    lot = world.lot()
    project_services.advance(lot, project_services.Phase.CONTESTED, START)
    with clock(START), pytest.raises(Refused) as refused:
        services.open_account(world.bidders[0].acts(), lot)
    assert codes(refused) == ["not_required"]


def test_who_may_not(world: World):
    lot = asking_lot(world)
    for player in (world.bidders[0], world.operator, world.supervisor):
        with pytest.raises(Forbidden):
            services.require(player.acts(), lot, AMOUNT, due=DUE, at=START)
    with pytest.raises(Missing):
        services.require(world.other_owner.acts(), lot, AMOUNT, due=DUE, at=START)
    for player in (world.owner, world.agency, world.operator, world.experts[0]):
        with clock(START), pytest.raises(Forbidden):
            services.open_account(player.acts(), lot)


def test_nobody_learns_who_paid_before_the_deadline(world: World):
    lot = asking_lot(world)
    account(world, lot, world.bidders[0])
    readers = (world.owner, world.agency, world.operator, world.supervisor, world.auditor)
    for player in readers:
        with clock(DUE - DAY), pytest.raises(Refused) as refused:
            access.accounts(player.acts(), lot, DUE - DAY)
        assert codes(refused) == ["sealed_until_deadline"]
    for player in (world.bidders[0], world.experts[0]):
        with pytest.raises(Forbidden):
            access.accounts(player.acts(), lot, DUE)
    with clock(DUE):
        assert len(access.accounts(world.owner.acts(), lot, DUE)) == 1
    with pytest.raises(Missing):
        access.own_account(world.owner.acts(), lot)
    with pytest.raises(Missing):
        access.own_account(world.bidders[1].acts(), lot)
    assert access.own_account(world.bidders[0].acts(), lot).party == world.bidders[0].organisation


def test_same_form_twice_is_one_account(world: World):
    lot, actor = asking_lot(world), world.bidders[0].acts("account-form")
    with clock(START + DAY):
        first = services.open_account(actor, lot)
        assert services.open_account(actor, lot).height == first.height
    with pytest.raises(Conflict):
        services.open_account(actor, lot, members=(world.bidders[1].organisation,))


def test_suspended_lot_takes_no_deposit(world: World):
    lot = asking_lot(world)
    order = project_services.Order("局", "因", "条", today_plus(5))
    project_services.suspend(world.supervisor.acts(), lot, order, at=START)
    with clock(START + DAY), pytest.raises(Refused) as refused:
        services.open_account(world.bidders[0].acts(), lot)
    assert codes(refused) == ["suspended"]


def today_plus(days: int):
    return (START + timedelta(days=days)).date()
