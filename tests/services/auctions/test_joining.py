"""报名与资格: it works · each refusal · who may not · what is recorded · twice the same request."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.money import Money
from ggzy.registers.parties.models import Party
from ggzy.trading.auctions import queries, rules, services, timers
from ggzy.trading.auctions.models import Application, Auction
from ggzy.trading.deposits import queries as deposits
from ggzy.trading.deposits import services as deposit_services
from ggzy.trading.deposits.values import AccountState, Owed
from ggzy.trading.projects import queries as projects_queries
from ggzy.trading.projects import services as projects
from ggzy.trading.projects.values import Order
from tests.services.auctions.stage import (
    DAY,
    DEPOSIT,
    ENDS,
    MINUTE,
    NOW,
    OPENS,
    admit,
    agrees,
    announced,
    apply,
    document,
    equipment,
    kinds,
    offer,
    pay,
    prepared,
    press,
    refused,
    terms,
)
from tests.services.deposits.stage import line
from tests.world import World, clock


def decline(world: World, lot, bidder, reasons=("没有提交资信证明",), at=NOW + 2 * DAY):
    with clock(at):
        return services.decline(world.operator.acts(), lot, bidder.organisation, reasons, at=at)


def test_an_application_is_filed_and_told_to_nobody(world: World):
    lot = announced(world)
    apply(world, lot, world.bidders[0])
    (fact,) = journal.facts(prefix=f"lot/{lot}", kinds=["application.filed"])
    assert (fact.audience, fact.event.bidder) == ("sealed", world.bidders[0].organisation)
    assert queries.auction(lot).admitted == 0 and agrees(lot)


@pytest.mark.parametrize(
    ("at", "reasons"),
    [(OPENS - DAY, ["over"]), (ENDS + DAY, ["over"]), (OPENS - DAY - MINUTE, [])],
)
def test_an_application_in_time(world: World, at, reasons):
    lot = announced(world)
    if not reasons:
        assert apply(world, lot, world.bidders[0], at).kind == "application.filed"
        return
    assert refused(apply, world, lot, world.bidders[0], at) == reasons


def test_one_application_a_party_until_it_is_withdrawn(world: World):
    lot, bidder = announced(world), world.bidders[0]
    apply(world, lot, bidder)
    assert refused(apply, world, lot, bidder) == ["applied"]
    with clock(NOW + DAY):
        services.withdraw(bidder.acts(), lot)
        assert refused(services.withdraw, bidder.acts(), lot) == ["not_withdrawable"]
    apply(world, lot, bidder, NOW + 2 * DAY)
    assert Application.objects.count() == 1 and agrees(lot)


def test_the_same_request_is_one_application(world: World):
    lot, bidder = announced(world), world.bidders[0]
    with clock(NOW + DAY):
        first = services.apply(bidder.acts("apply-once"), lot, ())
        assert services.apply(bidder.acts("apply-once"), lot, ()).height == first.height


def test_who_may_not_apply(world: World):
    lot = announced(world)
    with clock(NOW + DAY):
        for player in (world.owner, world.operator, world.supervisor):
            with pytest.raises(Forbidden):
                services.apply(player.acts(), lot, ())


def test_an_admitted_bidder_has_a_paddle_derived_from_the_secret(world: World):
    lot, bidder = announced(world), world.bidders[0]
    number = admit(world, lot, bidder)
    secret = bytes(Auction.objects.get().secret)
    assert number == rules.number_for(secret, bidder.organisation, ())
    assert queries.auction(lot).admitted == 1
    assert kinds(lot)[-1] == "bidder.admitted" and agrees(lot)


def test_who_has_not_paid_is_not_admitted(world: World):
    lot, bidder = announced(world), world.bidders[0]
    apply(world, lot, bidder)
    with clock(NOW + 2 * DAY):
        assert refused(services.admit, world.operator.acts(), lot, bidder.organisation) == ["deposit_missing"]
    assert refused(admit_unknown, world, lot) == ["no_application", "deposit_missing"]


def test_the_trusted_is_admitted_on_its_lowered_deposit(world: World):
    lot, bidder = equipment(world, deposit=DEPOSIT, deposit_by_credit=True), world.bidders[0]
    apply(world, lot, bidder)
    half = Money(DEPOSIT.fen // 2)
    at = NOW + 2 * DAY
    with clock(at):
        row = Auction.objects.get()
        facts = queries.applicant_facts(projects_queries.lot(lot), row, bidder.organisation, at)
        (missing,) = rules.may_admit(row.facts(), facts, at).reasons
        assert (missing.code, half.figures() in missing.text) == ("deposit_missing", True)
        deposit_services.open_account(bidder.acts(), lot)
        number = deposits.account(lot, bidder.organisation, at).number
        paid = line(number, bidder, amount=half, booked_at=at)
        deposit_services.receive(world.system(), [paid], at=at)
        services.admit(world.operator.acts(), lot, bidder.organisation)
    assert queries.auction(lot).admitted == 1 and agrees(lot)


def test_land_asks_a_fifth_of_everybody_whatever_the_credit(world: World):
    lot, bidder = announced(world, deposit_by_credit=True), world.bidders[0]
    assert deposits.owed(lot, bidder.organisation, NOW) == Owed(DEPOSIT)


def admit_unknown(world: World, lot):
    with clock(NOW + 2 * DAY):
        return services.admit(world.operator.acts(), lot, world.bidders[4].organisation)


def test_only_the_centre_decides_on_applications(world: World):
    lot, bidder = announced(world), world.bidders[0]
    apply(world, lot, bidder)
    for player in (world.owner, world.agency, bidder):
        with pytest.raises(Forbidden):
            services.admit(player.acts(), lot, bidder.organisation)
    with pytest.raises(Missing):
        services.admit(world.operator.acts(), LotCode("B01-none"), bidder.organisation)


def test_a_declined_application_may_be_put_in_order(world: World):
    lot, bidder = announced(world), world.bidders[0]
    apply(world, lot, bidder)
    assert refused(decline, world, lot, bidder, ()) == ["no_reason"]
    decline(world, lot, bidder)
    assert refused(decline, world, lot, bidder) == ["no_application"]
    apply(world, lot, bidder, NOW + 3 * DAY)
    assert Application.objects.get().reasons == [] and agrees(lot)


def test_a_bidder_who_comes_during_a_listing_gets_its_paddle_in_the_room(world: World):
    lot, _ = prepared(world, bidders=1, apply_until=ENDS - DAY, deposit_until=ENDS - DAY)
    seat = services.take(lot)
    late = world.bidders[3]
    apply(world, lot, late, OPENS + DAY)
    pay(world, lot, late, OPENS + DAY)
    with clock(OPENS + 2 * DAY):
        services.admit(world.operator.acts(), lot, late.organisation)
        number = queries.paddle_of(lot, 1, late.organisation)
        assert number is not None
        with pytest.raises(services.Fenced):
            seat.press([offer(number, 0)])
    (answer,) = press(services.take(lot), OPENS + 3 * DAY, offer(number, 0))
    assert answer.is_accepted and agrees(lot)


def test_nobody_joins_an_auction_that_has_begun(world: World):
    lot, _ = prepared(world, "ascending")
    late = world.bidders[3]
    apply(world, lot, late)
    pay(world, lot, late)
    with clock(OPENS + MINUTE):
        assert refused(services.admit, world.operator.acts(), lot, late.organisation) == ["started"]


def test_the_clock_admits_who_has_paid_and_declines_who_has_not(world: World):
    lot = announced(world)
    paid, unpaid = world.bidders[:2]
    for bidder in (paid, unpaid):
        apply(world, lot, bidder)
    pay(world, lot, paid)
    with clock(OPENS - DAY - MINUTE):
        assert list(timers.due(OPENS - DAY - MINUTE)) == []
    with clock(OPENS - DAY):
        for act in timers.due(OPENS - DAY):
            act()
    assert queries.paddle_of(lot, 1, paid.organisation) is not None
    assert Application.objects.get(party=unpaid.organisation).reasons == [
        "竞买保证金未到账（应缴 518,000.00 元）"
    ]
    assert agrees(lot)


def run_timers(at) -> None:
    with clock(at):
        for act in timers.due(at):
            act()


def test_the_materials_the_notice_asks_for_are_handed_in(world: World):
    lot, bidder = announced(world, materials=("营业执照", "资信证明")), world.bidders[0]
    given = [replace(document(world, text), material=text) for text in ("营业执照", "资信证明")]
    with clock(NOW + DAY):
        assert refused(services.apply, bidder.acts(), lot, (given[0],)) == ["materials"]
        services.apply(bidder.acts(), lot, tuple(given))
    pay(world, lot, bidder)
    run_timers(OPENS - DAY)
    assert queries.paddle_of(lot, 1, bidder.organisation) is not None and agrees(lot)


def test_parties_under_one_control_do_not_bid_against_each_other(world: World):
    lot, (one, other, *_) = announced(world), world.bidders
    Party.objects.filter(pk=other.organisation).update(address=Party.objects.get(pk=one.organisation).address)
    apply(world, lot, one)
    assert refused(apply, world, lot, other) == ["one_application"]
    Party.objects.filter(pk=one.organisation).update(
        address=Party.objects.get(pk=world.owner.organisation).address
    )
    with clock(NOW + 2 * DAY):
        assert refused(services.admit, world.operator.acts(), lot, one.organisation) == [
            "insider", "deposit_missing",
        ]  # fmt: skip


def test_the_ends_of_the_notice_move_with_a_standstill(world: World):
    lot, bidder = announced(world), world.bidders[0]
    order = Order("江州市自然资源局", "权属争议", "矿业权出让交易规则", review_on=(NOW + 40 * DAY).date())
    with clock(NOW + DAY):
        projects.suspend(world.supervisor.acts(), lot, order, at=NOW + DAY)
    with clock(NOW + 4 * DAY):
        projects.resume(world.supervisor.acts(), lot, order, at=NOW + 4 * DAY)
        auction = queries.auction(lot)
    assert auction.apply_end == auction.deposit_end == OPENS + 2 * DAY
    assert refused(apply, world, lot, bidder, OPENS + 2 * DAY) == ["over"]
    apply(world, lot, bidder, OPENS + 2 * DAY - MINUTE)
    with clock(OPENS + 2 * DAY - MINUTE):
        assert list(queries.overdue(OPENS + 2 * DAY - MINUTE)) == []
    pay(world, lot, bidder, OPENS + 2 * DAY - MINUTE)
    run_timers(OPENS + 2 * DAY)
    assert queries.paddle_of(lot, 1, bidder.organisation) is not None and agrees(lot)


def test_an_amended_end_is_not_moved_by_what_stood_before(world: World):
    lot = announced(world)
    order = Order("江州市自然资源局", "权属争议", "矿业权出让交易规则", review_on=(NOW + 40 * DAY).date())
    with clock(NOW + DAY):
        projects.suspend(world.supervisor.acts(), lot, order, at=NOW + DAY)
    with clock(NOW + 2 * DAY):
        projects.resume(world.supervisor.acts(), lot, order, at=NOW + 2 * DAY)
        changed = replace(terms(world), contact="新的联系人")
        services.amend(world.agency.acts(), lot, changed, "更换联系人", is_material=False, at=NOW + 2 * DAY)
        assert queries.auction(lot).apply_end == changed.apply_until


def test_who_was_not_decided_on_when_the_room_closed_is_told_and_paid_back(world: World):
    lot, _ = prepared(world, "listing", bidders=1, apply_until=ENDS - MINUTE, deposit_until=ENDS - MINUTE)
    late = world.bidders[1]
    apply(world, lot, late, OPENS + DAY)
    pay(world, lot, late, OPENS + 2 * DAY)
    with clock(ENDS + MINUTE):
        services.take(lot).serve()
    run_timers(ENDS + MINUTE)
    row = Application.objects.get(party=late.organisation)
    assert (row.state, row.paddle) == ("declined", None)
    assert row.reasons == ["竞价开始或者结束之前，竞买资格未能确认"]
    account = deposits.account(lot, late.organisation, ENDS + DAY)
    assert account.state is AccountState.RELEASED and agrees(lot)


def test_whoever_was_declined_gets_the_deposit_back_with_the_result(world: World):
    lot, _ = prepared(world, "ascending", bidders=3)
    gone = world.bidders[3]
    assert deposits.accounts(lot, OPENS) and gone
    with clock(OPENS):
        seat = services.take(lot)
        seat.serve()
    press(seat, OPENS + MINUTE, offer(seat.room.roster.paddles[0].number, 0))
    run_timers(OPENS + 3 * 60 * MINUTE)
    states = [one.state for one in deposits.accounts(lot, OPENS + DAY)]
    assert sorted(states) == ["released", "released", "secured"]


def test_a_viewing_is_booked_at_a_time_of_the_notice(world: World):
    lot, bidder = announced(world), world.bidders[0]
    with clock(NOW + MINUTE):
        services.book_viewing(bidder.acts(), lot, NOW + DAY + MINUTE)
        services.book_viewing(bidder.acts(), lot, NOW + DAY + MINUTE)
        found = refused(services.book_viewing, bidder.acts(), lot, NOW + DAY + timedelta(hours=9))
    assert found == ["no_viewing"]
    with clock(NOW + DAY + 2 * MINUTE):
        assert refused(services.book_viewing, bidder.acts(), lot, NOW + DAY) == ["gone_by"]
    assert kinds(lot)[-1] == "viewing.booked"
