"""退还、不予退还: released, ordered, paid, bounced, kept · refusals · who may not · what is recorded."""

from datetime import date
from typing import Any

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.errors import Conflict, Forbidden, Missing
from ggzy.kernel.money import Money
from ggzy.kernel.verdict import Refused
from ggzy.trading.deposits import followers, queries, services, timers
from ggzy.trading.deposits.gateways.simulated_bank import GATEWAY
from ggzy.trading.deposits.values import AccountState, GuaranteeForm, ReturnState
from ggzy.trading.projects import services as project_services
from ggzy.trading.projects.values import Order
from tests.services.deposits.stage import (
    AMOUNT,
    DAY,
    DUE,
    VALID_UNTIL,
    account,
    asking_lot,
    codes,
    line,
    paid,
    receive,
    same,
)
from tests.world import START, World, clock

SIGNED = START + 60 * DAY


def run_clock(at) -> None:
    for run in list(timers.due(at)):
        run()


def guarantee(world: World, **changes) -> GuaranteeForm:
    known: dict[str, Any] = {
        "number": "BH-2026-001",
        "issuer": "江州农商银行",
        "beneficiary": world.owner.organisation,
        "amount": AMOUNT,
        "valid_from": date(2026, 6, 20),
        "valid_until": VALID_UNTIL,
        "is_unconditional": True,
    }
    return GuaranteeForm(**(known | changes))


def test_deposit_goes_back_with_interest_to_the_account_that_paid(world: World):
    lot, bidder = asking_lot(world), world.bidders[0]
    paid(world, lot, bidder)
    services.release(world.agency.acts(), lot, bidder.organisation, "合同已签订", at=SIGNED)
    assert queries.account(lot, bidder.organisation, SIGNED).state is AccountState.RELEASED and same(lot)
    run_clock(SIGNED)
    run_clock(SIGNED + DAY)
    found = queries.account(lot, bidder.organisation, SIGNED + DAY)
    (back,) = found.returns
    assert found.state is AccountState.RETURNED and back.state is ReturnState.PAID and not back.is_late
    assert (back.payee_tail, back.principal) == (bidder.account[-4:], AMOUNT)
    # 99,600 yuan × 0.05 % × 58 days / 360 = 8.02 yuan.
    assert back.interest == Money.yuan("8.02")
    assert same(lot) and queries.balance("bank", lot) == Money(0)
    kinds = [fact.kind for fact in journal.facts(subject=f"lot/{lot}/1/deposits")]
    assert kinds[-3:] == ["deposit.released", "deposit.return_ordered", "deposit.returned"]


def test_return_that_takes_longer_than_five_days_is_late(world: World):
    lot, bidder = asking_lot(world), world.bidders[0]
    paid(world, lot, bidder)
    services.release(world.agency.acts(), lot, bidder.organisation, "合同已签订", at=SIGNED)
    (going,) = queries.account(lot, bidder.organisation, SIGNED).returns
    assert (going.due_on - SIGNED.date()).days == 5
    assert queries.late_returns(SIGNED + 5 * DAY) == ()
    assert [late.number for late in queries.late_returns(SIGNED + 6 * DAY)] == [going.number]


def test_many_are_released_at_once_and_those_with_nothing_are_passed_over(world: World):
    lot = asking_lot(world)
    for bidder in world.bidders[:3]:
        paid(world, lot, bidder)
    parties = [bidder.organisation for bidder in world.bidders]
    assert services.release_many(world.system(), lot, parties, "未中标", at=SIGNED) is not None
    assert services.release_many(world.system(), lot, parties, "未中标", at=SIGNED) is None
    run_clock(SIGNED)
    run_clock(SIGNED + DAY)
    summary = queries.summary(lot)
    assert (summary.returned, summary.accounts, summary.late_returns) == (Money(AMOUNT.fen * 3), 3, 0)
    assert same(lot)


def test_part_payment_goes_back_too(world: World):
    lot, bidder = asking_lot(world), world.bidders[0]
    number = account(world, lot, bidder)
    receive(world, line(number, bidder, amount=Money.yuan("100")))
    services.release(world.agency.acts(), lot, bidder.organisation, "未投标", at=SIGNED)
    run_clock(SIGNED)
    run_clock(SIGNED + DAY)
    assert queries.account(lot, bidder.organisation, SIGNED).state is AccountState.RETURNED and same(lot)


def test_money_that_arrives_after_the_release_goes_straight_back(world: World):
    lot, bidder = asking_lot(world), world.bidders[0]
    number = paid(world, lot, bidder)
    services.release(world.agency.acts(), lot, bidder.organisation, "撤回投标", at=START + 5 * DAY)
    receive(world, line(number, bidder), at=START + 6 * DAY)
    run_clock(START + 6 * DAY)
    run_clock(START + 7 * DAY)
    returns = queries.account(lot, bidder.organisation, SIGNED).returns
    assert [one.state for one in returns] == [ReturnState.PAID] * 2 and same(lot)


def test_bounced_return_waits_for_a_person_and_may_be_ordered_again(world: World):
    lot, bidder = asking_lot(world), world.bidders[0]
    paid(world, lot, bidder)
    GATEWAY.close_account(queries.Rows(GATEWAY.code), bidder.account)
    services.release(world.agency.acts(), lot, bidder.organisation, "合同已签订", at=SIGNED)
    run_clock(SIGNED)
    run_clock(SIGNED + DAY)
    (going,) = queries.account(lot, bidder.organisation, SIGNED).returns
    assert going.state is ReturnState.BOUNCED and same(lot)
    services.order_return(world.system(), going.number, at=SIGNED + 2 * DAY)
    with pytest.raises(Conflict):
        services.order_return(world.system(), going.number, at=SIGNED + 2 * DAY)


def test_release_twice_or_of_nothing_is_refused(world: World):
    lot, bidder = asking_lot(world), world.bidders[0]
    with pytest.raises(Refused) as refused:
        services.release(world.agency.acts(), lot, bidder.organisation, "", at=SIGNED)
    assert codes(refused) == ["no_account", "reason_missing"]
    paid(world, lot, bidder)
    services.release(world.agency.acts(), lot, bidder.organisation, "合同已签订", at=SIGNED)
    with pytest.raises(Refused) as refused:
        services.release(world.agency.acts(), lot, bidder.organisation, "合同已签订", at=SIGNED)
    assert codes(refused) == ["already_settled"]


def test_deposit_is_kept_on_an_article_and_the_surplus_goes_back(world: World):
    lot, bidder = asking_lot(world), world.bidders[0]
    number = account(world, lot, bidder)
    receive(world, line(number, bidder, amount=AMOUNT + Money.yuan("400")))
    article = "招标投标法实施条例 §74"
    services.forfeit(world.owner.acts(), lot, bidder.organisation, "中标后拒签合同", article, at=SIGNED)
    found = queries.account(lot, bidder.organisation, SIGNED)
    assert found.state is AccountState.FORFEITED and [one.principal for one in found.returns] == [
        Money.yuan("400")
    ]
    run_clock(SIGNED)
    run_clock(SIGNED + DAY)
    assert queries.balance("bank", lot) == AMOUNT and queries.balance("forfeited", lot) == -AMOUNT
    (fact,) = journal.facts(subject=f"lot/{lot}/1/deposits", kinds=["deposit.forfeited"])
    assert (fact.event.amount, fact.event.claimed, fact.event.article) == (AMOUNT, Money(0), article)
    assert same(lot)


def test_the_winners_deposit_becomes_a_part_of_the_price(world: World):
    lot, bidder = asking_lot(world), world.bidders[0]
    number = account(world, lot, bidder)
    receive(world, line(number, bidder, amount=AMOUNT + Money.yuan("400")))
    services.apply_to_price(world.system(), lot, bidder.organisation, at=SIGNED)
    found = queries.account(lot, bidder.organisation, SIGNED)
    assert found.state is AccountState.APPLIED and [one.principal for one in found.returns] == [
        Money.yuan("400")
    ]
    assert queries.balance("price", lot) == -AMOUNT and queries.summary(lot).applied == AMOUNT
    (fact,) = journal.facts(subject=f"lot/{lot}/1/deposits", kinds=["deposit.applied"])
    assert (fact.event.party, fact.event.amount) == (bidder.organisation, AMOUNT)
    with pytest.raises(Refused) as refused:
        services.apply_to_price(world.system(), lot, bidder.organisation, at=SIGNED)
    assert codes(refused) == ["not_secured"] and same(lot)


def test_a_letter_of_guarantee_is_no_part_of_the_price(world: World):
    lot, bidder = asking_lot(world), world.bidders[0]
    with clock(START + DAY):
        services.place_guarantee(bidder.acts(), lot, guarantee(world))
    with pytest.raises(Refused) as refused:
        services.apply_to_price(world.system(), lot, bidder.organisation, at=SIGNED)
    assert codes(refused) == ["no_money"]


def test_keeping_needs_an_article_and_a_whole_deposit(world: World):
    lot, bidder = asking_lot(world), world.bidders[0]
    account(world, lot, bidder)
    with pytest.raises(Refused) as refused:
        services.forfeit(world.owner.acts(), lot, bidder.organisation, "", "", at=SIGNED)
    assert codes(refused) == ["not_secured", "reason_missing", "article_missing"]


def test_guarantee_secures_is_claimed_or_released(world: World):
    lot = asking_lot(world)
    one, two = world.bidders[0], world.bidders[1]
    with clock(START + DAY):
        services.place_guarantee(one.acts(), lot, guarantee(world, phone="0980-1234 5678"))
        services.place_guarantee(
            two.acts(), lot, guarantee(world, number="BH-2026-002", phone="098012345678")
        )
    assert queries.secured_parties(lot) == {one.organisation, two.organisation} and same(lot)
    services.forfeit(world.owner.acts(), lot, one.organisation, "中标后拒签合同", "条例 §74", at=SIGNED)
    services.release(world.owner.acts(), lot, two.organisation, "未中标", at=SIGNED)
    states = [queries.account(lot, bidder.organisation, SIGNED).guarantees[0].state for bidder in (one, two)]
    assert states == [AccountState.FORFEITED, AccountState.RELEASED] and same(lot)
    assert queries.account(lot, two.organisation, SIGNED).state is AccountState.RETURNED
    (fact,) = journal.facts(subject=f"lot/{lot}/1/deposits", kinds=["deposit.forfeited"])
    assert fact.event.claimed == AMOUNT
    first, second = journal.facts(subject=f"lot/{lot}/1/deposits", kinds=["guarantee.placed"])
    assert first.event.phone_tail == "5678" and "1234" not in repr(first.event)
    assert first.event.phone_mark == second.event.phone_mark != ""


@pytest.mark.parametrize(
    "changes, at, expected",
    [
        ({"amount": Money.yuan("99599.99")}, START, ["amount_short"]),
        ({"valid_until": date(2026, 9, 23)}, START, ["ends_early"]),
        ({"is_unconditional": False, "number": ""}, START, ["number_missing", "conditional"]),
        ({}, DUE, ["deadline_passed"]),
    ],
)
def test_unfit_guarantee_is_refused_with_every_reason(world: World, changes, at, expected):
    lot = asking_lot(world)
    with clock(at), pytest.raises(Refused) as refused:
        services.place_guarantee(world.bidders[0].acts(), lot, guarantee(world, **changes))
    assert codes(refused) == expected and same(lot)


def test_one_letter_does_not_stand_for_two_deposits(world: World):
    lot = asking_lot(world)
    with clock(START + DAY):
        services.place_guarantee(world.bidders[0].acts(), lot, guarantee(world))
        with pytest.raises(Refused) as refused:
            services.place_guarantee(world.bidders[1].acts(), lot, guarantee(world))
    assert codes(refused) == ["guarantee_used"]


def test_terminated_lot_gives_everything_back_once(world: World):
    lot = asking_lot(world)
    for bidder in world.bidders[:2]:
        paid(world, lot, bidder)
    order = Order("江州市城市建设管理处", "规划调整", "招标投标法实施条例 §31")
    project_services.terminate(world.owner.acts(), lot, order, at=START + 9 * DAY)
    for _ in range(2):
        for fact in list(journal.facts(subject=f"lot/{lot}", kinds=tuple(followers.FOLLOWERS))):
            followers.FOLLOWERS[fact.kind](fact)
    run_clock(START + 9 * DAY)
    run_clock(START + 10 * DAY)
    states = {one.state for one in queries.accounts(lot, SIGNED)}
    assert states == {AccountState.RETURNED} and same(lot)


def test_who_may_not(world: World):
    lot, bidder = asking_lot(world), world.bidders[0]
    paid(world, lot, bidder)
    for player in (bidder, world.operator, world.supervisor, world.auditor):
        with pytest.raises(Forbidden):
            services.release(player.acts(), lot, bidder.organisation, "合同已签订", at=SIGNED)
        with pytest.raises(Forbidden):
            services.forfeit(player.acts(), lot, bidder.organisation, "因", "条", at=SIGNED)
    with pytest.raises(Missing):
        services.release(world.other_owner.acts(), lot, bidder.organisation, "合同已签订", at=SIGNED)
    with pytest.raises(Missing):
        services.order_return(world.system(), "R0", at=SIGNED)


def test_same_form_twice_is_one_release(world: World):
    lot, bidder = asking_lot(world), world.bidders[0]
    paid(world, lot, bidder)
    actor = world.agency.acts("release-form")
    first = services.release(actor, lot, bidder.organisation, "合同已签订", at=SIGNED)
    assert services.release(actor, lot, bidder.organisation, "合同已签订", at=SIGNED).height == first.height
