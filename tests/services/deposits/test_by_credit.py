"""按信用核定保证金: fixed with the account, paid, guaranteed, kept and given back as what that bidder owes."""

from dataclasses import replace
from datetime import date

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.kernel import events
from ggzy.kernel.instants import local_date
from ggzy.kernel.money import Money
from ggzy.kernel.verdict import Refused
from ggzy.registers.credit import services as credit
from ggzy.registers.credit.values import Decision, Gravity, NewRecord, RecordKind
from ggzy.trading.deposits import queries, rules, services
from ggzy.trading.deposits.values import AccountState, Bounds, CreditGround, GuaranteeForm, Owed
from tests.services.credit.cast import supervisor
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
from tests.world import START, Player, World, clock

pytestmark = pytest.mark.django_db
ASKED, HALF = Money.yuan(60_000), Money.yuan(30_000)
SIGNED = START + 60 * DAY
TRUSTED = CreditGround(
    measure="招标公告约定的，减收投标保证金",
    article="关于完善招标投标交易担保制度进一步降低招标投标交易成本的通知（发改法规〔2023〕27号）",
    because="信用等级A（100分）",
)


def penalised(bidder: Player, at=START) -> None:
    """Two serious penalties of these days: grade D."""
    with clock(at):
        for number in (1, 2):
            made = Decision("云岭省住建厅", f"云建罚〔2026〕{number}号", "招标投标法 §53", local_date(at))
            new = NewRecord(
                bidder.organisation, RecordKind.PENALTY, "串通投标", "罚款", made, Gravity.SERIOUS
            )
            credit.record(supervisor(), new, at=at)


def owed(lot, bidder: Player, at=START + DAY) -> Money:
    found = queries.owed(lot, bidder.organisation, at)
    assert found is not None
    return found.amount


def test_the_trusted_owes_half_the_others_up_to_the_cap_of_the_law(world: World):
    lot, (good, bad, *_) = asking_lot(world, ASKED, by_credit=True), world.bidders
    penalised(bad)
    assert queries.owed(lot, good.organisation, START + DAY) == Owed(HALF, TRUSTED)
    # Twice as much would be 120,000; two per cent of the estimate are 99,600.
    assert owed(lot, bad) == AMOUNT
    assert queries.owed(asking_lot(world, ASKED), good.organisation, START + DAY) == Owed(ASKED)


def test_half_is_paid_in_full_and_a_fen_less_is_not(world: World):
    lot, bidder = asking_lot(world, ASKED, by_credit=True), world.bidders[0]
    number = account(world, lot, bidder)
    receive(world, line(number, bidder, amount=HALF - Money(1)))
    found = queries.account(lot, bidder.organisation, START + 3 * DAY)
    assert (found.state, found.required, found.missing) == (AccountState.OPEN, HALF, Money(1))
    receive(world, line(number, bidder, amount=Money(1)))
    assert queries.is_secured(lot, bidder.organisation) and same(lot)
    (mine,) = queries.deposits_of(bidder.organisation, START + 3 * DAY)
    assert mine.required == HALF


def test_what_fixes_it_is_journalled_with_its_ground(world: World):
    lot, bidder = asking_lot(world, ASKED, by_credit=True), world.bidders[0]
    account(world, lot, bidder)
    (asked,) = journal.facts(subject=f"lot/{lot}", kinds=["deposit.required"])
    assert asked.event.bounds == Bounds(Money.zero, AMOUNT)
    (fact,) = journal.facts(subject=f"lot/{lot}/1/deposits", kinds=["deposit.account_opened"])
    assert (fact.audience, fact.event.owed, fact.event.ground) == ("sealed", HALF, TRUSTED)


def test_what_is_fixed_stays_whatever_becomes_of_the_grade(world: World):
    lot, bidder = asking_lot(world, ASKED, by_credit=True), world.bidders[0]
    number = account(world, lot, bidder)
    penalised(bidder, START + 2 * DAY)
    receive(world, line(number, bidder, amount=HALF))
    assert queries.is_secured(lot, bidder.organisation) and owed(lot, bidder, START + 5 * DAY) == HALF
    assert owed(asking_lot(world, ASKED, by_credit=True), bidder, START + 5 * DAY) == AMOUNT


def test_a_penalised_member_makes_the_consortium_owe_more(world: World):
    lot, (leader, member, *_) = asking_lot(world, ASKED, by_credit=True), world.bidders
    penalised(member)
    with clock(START + DAY):
        services.open_account(leader.acts(), lot, members=(member.organisation,))
    found = queries.account(lot, leader.organisation, START + DAY)
    assert found.required == AMOUNT and found.ground and found.ground.because.startswith("信用等级D")


def test_a_letter_for_half_is_taken_and_for_less_is_not(world: World):
    lot, bidder = asking_lot(world, ASKED, by_credit=True), world.bidders[0]
    form = GuaranteeForm(
        "BH-1", "江州农商银行", world.owner.organisation, HALF, date(2026, 6, 20), VALID_UNTIL, True
    )
    with clock(START + DAY):
        with pytest.raises(Refused) as refused:
            services.place_guarantee(bidder.acts(), lot, replace(form, amount=HALF - Money(1)))
        assert codes(refused) == ["amount_short"] and "30,000.00元" in str(refused.value)
        services.place_guarantee(bidder.acts(), lot, form)
    assert queries.is_secured(lot, bidder.organisation) and same(lot)
    services.forfeit(world.owner.acts(), lot, bidder.organisation, "拒签合同", "条例 §74", at=SIGNED)
    (fact,) = journal.facts(subject=f"lot/{lot}/1/deposits", kinds=["deposit.forfeited"])
    assert (fact.event.amount, fact.event.claimed) == (Money.zero, HALF)


@pytest.mark.parametrize("settle", ["forfeit", "apply"])
def test_no_more_is_kept_than_that_bidder_owed(world: World, settle: str):
    lot, bidder = asking_lot(world, ASKED, by_credit=True), world.bidders[0]
    number = account(world, lot, bidder)
    receive(world, line(number, bidder, amount=ASKED))
    if settle == "forfeit":
        services.forfeit(world.owner.acts(), lot, bidder.organisation, "拒签合同", "条例 §74", at=SIGNED)
    else:
        services.apply_to_price(world.system(), lot, bidder.organisation, at=SIGNED)
    (back,) = queries.account(lot, bidder.organisation, SIGNED).returns
    kept = queries.balance({"forfeit": "forfeited", "apply": "price"}[settle], lot)
    assert back.principal == ASKED - HALF and kept == Money(-HALF.fen) and same(lot)


def test_whether_credit_counts_stays_once_somebody_has_an_account(world: World):
    lot = asking_lot(world, ASKED, by_credit=True)
    account(world, lot, world.bidders[0])
    agency = world.agency
    with pytest.raises(Refused) as refused:
        services.require(agency.acts(), lot, ASKED, due=DUE, at=START)
    assert codes(refused) == ["accounts_opened"]
    services.require(agency.acts(), lot, ASKED, due=DUE + DAY, by_credit=True, at=START)


def test_facts_from_before_still_read_and_owe_what_the_lot_asked(world: World):
    lot = asking_lot(world)
    paid(world, lot, world.bidders[0])
    (fact,) = journal.facts(subject=f"lot/{lot}/1/deposits", kinds=["deposit.account_opened"])
    body = events.body(fact.event)
    old = {name: value for name, value in body.items() if name not in ("owed", "ground")}
    facts = [
        replace(one, event=events.read(one.kind, old)) if one == fact else one
        for one in journal.facts(prefix=f"lot/{lot}")
    ]
    assert rules.fold(facts) == queries.standing(lot) and queries.standing(lot)["deposits.owed"] == AMOUNT.fen
