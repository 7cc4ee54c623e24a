"""读入银行对账单: what counts, what does not, what comes twice, what is taken back."""

from dataclasses import replace

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.errors import Forbidden
from ggzy.kernel.money import Money
from ggzy.kernel.verdict import Refused
from ggzy.trading.deposits import queries, services, timers
from ggzy.trading.deposits.gateways.simulated_bank import GATEWAY
from ggzy.trading.deposits.values import AccountState, LineKind, Outcome, ReturnState, Transfer
from tests.services.deposits.stage import AMOUNT, DAY, DUE, account, asking_lot, codes, line, receive, same
from tests.world import START, World, clock


def outcomes(lot, bidder) -> list[Outcome]:
    return [one.outcome for one in queries.account(lot, bidder.organisation, START).lines]


def test_whole_sum_from_the_basic_account_secures_the_bid(world: World):
    lot, bidder = asking_lot(world), world.bidders[0]
    number = account(world, lot, bidder)
    assert not queries.is_secured(lot, bidder.organisation)
    receive(world, line(number, bidder))
    assert queries.is_secured(lot, bidder.organisation)
    assert queries.secured_parties(lot) == {bidder.organisation}
    (fact,) = journal.facts(subject=f"lot/{lot}/1/deposits", kinds=["deposit.received"])
    assert (fact.audience, fact.event.amount, fact.event.is_secured) == ("sealed", AMOUNT, True)
    assert bidder.account not in repr(fact.event) and fact.event.payer_tail == bidder.account[-4:]
    assert len(fact.event.payer_mark) == 16 and fact.event.payer_mark not in bidder.account
    assert same(lot) and queries.balance("bank", lot) == AMOUNT


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("6200 0000 0001", "６２０００００００００１", True),
        ("620000000001", "620000000002", False),
        ("", "620000000001", False),
    ],
)
def test_a_mark_says_whether_two_accounts_are_one(one: str, other: str, same: bool):
    assert (queries.mark("account", one) == queries.mark("account", other)) is same
    assert queries.mark("account", "") == "" and queries.mark("phone", other) != queries.mark(
        "account", other
    )


def test_parts_add_up_and_the_last_one_secures(world: World):
    lot, bidder = asking_lot(world), world.bidders[0]
    number = account(world, lot, bidder)
    receive(world, line(number, bidder, amount=Money.yuan("99599.99")))
    assert queries.account(lot, bidder.organisation, START).missing == Money(1)
    assert not queries.is_secured(lot, bidder.organisation)
    receive(world, line(number, bidder, amount=Money(1)))
    assert queries.is_secured(lot, bidder.organisation) and same(lot)


@pytest.mark.parametrize(
    "changes, outcome",
    [
        ({"payer_name": "江州建工集团劳务有限公司"}, Outcome.WRONG_PAYER),
        ({"payer_account": "6222999900000000"}, Outcome.NOT_BASIC),
        ({"booked_at": DUE}, Outcome.LATE),
    ],
)
def test_money_that_does_not_count_is_sent_back_where_it_came_from(world: World, changes, outcome):
    lot, bidder = asking_lot(world), world.bidders[0]
    sent = line(account(world, lot, bidder), bidder, **changes)
    receive(world, sent, at=DUE + DAY)
    assert outcomes(lot, bidder) == [outcome] and not queries.is_secured(lot, bidder.organisation)
    (going,) = queries.account(lot, bidder.organisation, START).returns
    assert (going.principal, going.payee_name, going.state) == (AMOUNT, sent.payer_name, ReturnState.DUE)
    (fact,) = journal.facts(subject=f"lot/{lot}/1/deposits", kinds=["deposit.rejected"])
    assert fact.event.outcome == outcome.value and same(lot)


def test_brackets_and_spaces_of_a_name_are_how_banks_write(world: World):
    lot, bidder = asking_lot(world), world.bidders[0]
    number = account(world, lot, bidder)
    spaced = " ".join(bidder.organisation_name)
    receive(
        world,
        line(number, bidder, payer_name=spaced, payer_account=f"{bidder.account[:8]} {bidder.account[8:]}"),
    )
    assert queries.is_secured(lot, bidder.organisation)


def test_line_sent_twice_counts_once(world: World):
    lot, bidder = asking_lot(world), world.bidders[0]
    sent = line(account(world, lot, bidder), bidder)
    receive(world, sent, sent)
    receive(world, sent)
    assert queries.account(lot, bidder.organisation, START).paid == AMOUNT
    read = [fact.event for fact in journal.facts(subject="bank/simulated_bank")]
    assert [(one.lines, one.repeated) for one in read] == [(2, 1), (1, 1)] and same(lot)


def test_same_serial_with_another_content_is_refused_whole(world: World):
    lot, bidder = asking_lot(world), world.bidders[0]
    number = account(world, lot, bidder)
    sent = line(number, bidder)
    receive(world, sent)
    head = journal.head()
    with pytest.raises(Refused) as refused:
        receive(world, line(number, bidder), replace(sent, amount=Money(1)))
    assert codes(refused) == ["serial_conflict"] and journal.head() == head and same(lot)


def test_line_to_an_unknown_account_is_named_and_moves_nothing(world: World):
    stray = line("0000", world.bidders[0])
    receive(world, stray)
    (fact,) = journal.facts(subject="bank/simulated_bank")
    assert fact.event.unmatched == (stray.serial,) and fact.audience == "restricted"
    assert queries.balance("bank") == Money(0)


def test_reversal_takes_the_credit_back_and_the_bid_is_no_longer_secured(world: World):
    lot, bidder = asking_lot(world), world.bidders[0]
    sent = line(account(world, lot, bidder), bidder)
    receive(world, sent)
    back = line(sent.account, bidder, kind=LineKind.REVERSAL, reference=sent.serial)
    receive(world, back)
    receive(world, replace(back, serial="B-again"))
    assert outcomes(lot, bidder) == [Outcome.REVERSED]
    assert not queries.is_secured(lot, bidder.organisation) and same(lot)
    assert queries.balance("bank", lot) == Money(0)


def test_reversal_of_rejected_money_cancels_its_return(world: World):
    lot, bidder = asking_lot(world), world.bidders[0]
    sent = line(account(world, lot, bidder), bidder, payer_name="别人")
    receive(world, sent)
    receive(world, line(sent.account, bidder, kind=LineKind.REVERSAL, reference=sent.serial))
    (going,) = queries.account(lot, bidder.organisation, START).returns
    assert going.state is ReturnState.CANCELLED and same(lot)
    assert queries.balance("suspense", lot) == queries.balance("bank", lot) == Money(0)


def test_consortium_is_secured_by_the_money_of_any_member(world: World):
    lot, leader, member = asking_lot(world), world.bidders[0], world.bidders[1]
    with clock(START + DAY):
        services.open_account(leader.acts(), lot, members=(member.organisation,))
    number = queries.account(lot, leader.organisation, START).number
    receive(world, line(number, member))
    assert queries.is_secured(lot, leader.organisation)
    assert not queries.is_secured(lot, member.organisation)


def test_one_statement_serves_many_lots_and_bidders(world: World):
    lots = [asking_lot(world), asking_lot(world)]
    sent = [line(account(world, lot, bidder), bidder) for lot in lots for bidder in world.bidders]
    receive(world, *sent)
    for lot in lots:
        assert len(queries.secured_parties(lot) or ()) == 5 and same(lot)


def test_only_the_platform_and_the_operator_load_a_statement(world: World):
    for player in (world.owner, world.bidders[0], world.supervisor):
        with pytest.raises(Forbidden):
            services.receive(player.acts(), [], at=START)


def test_same_statement_form_twice_is_one_act(world: World):
    lot, bidder = asking_lot(world), world.bidders[0]
    sent = line(account(world, lot, bidder), bidder)
    actor = world.operator.acts("statement-1")
    first = services.receive(actor, [sent], at=START)
    assert services.receive(actor, [sent], at=START).height == first.height


def test_clock_fetches_what_the_bank_has_to_say(world: World):
    lot, bidder = asking_lot(world), world.bidders[0]
    number = account(world, lot, bidder)
    memory = queries.Rows(GATEWAY.code)
    order = Transfer(bidder.organisation_name, bidder.account, number, AMOUNT)
    GATEWAY.transfer(memory, order, START + DAY)
    for at in (START + DAY, START + 2 * DAY, START + 3 * DAY):
        for run in timers.due(at):
            run()
        assert queries.is_secured(lot, bidder.organisation) is (at > START + DAY)
    assert queries.account(lot, bidder.organisation, START).state is AccountState.SECURED and same(lot)
