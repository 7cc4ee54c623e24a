"""成交: it works · each refusal · who may not · what is recorded · twice the same request."""

from datetime import datetime, timedelta

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.kernel import digest as digests
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.trading.auctions import queries, rules, services
from ggzy.trading.auctions.models import Auction
from ggzy.trading.auctions.queries import sales, tasks
from ggzy.trading.auctions.rules import Breach
from ggzy.trading.auctions.values import (
    Amount,
    AtCeiling,
    AuctionState,
    Bar,
    Ceiling,
    Measure,
    Offer,
    Reserve,
    SecondContest,
    Winner,
)
from ggzy.trading.deposits import queries as deposits
from ggzy.trading.deposits.values import AccountState
from ggzy.trading.notices import queries as notices
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects import services as project_services
from ggzy.trading.projects.values import Order, Phase
from tests.services.auctions.stage import (
    DAY,
    FLOOR,
    MINUTE,
    OPENS,
    STEP,
    agrees,
    closed,
    kinds,
    offer,
    opened,
    prepared,
    press,
    price,
    refused,
    stream,
)
from tests.world import World, clock

AFTER = OPENS + timedelta(hours=3)
SALT = "a1b2c3d4e5f60718"


def settle(world: World, lot, player=None, request: str = "", **how):
    with clock(AFTER):
        return services.settle((player or world.agency).acts(request), lot, at=AFTER, **how)


def sold(world: World):
    lot, paddles = closed(world)
    settle(world, lot)
    return lot, paddles


def state(lot, bidder) -> AccountState:
    return deposits.account(lot, bidder.organisation, AFTER).state


def last(lot, kind: str):
    return list(journal.facts(prefix=f"lot/{lot}", kinds=[kind]))[-1].event


@pytest.mark.parametrize("rule", [AtCeiling.CLOSE, AtCeiling.CONTEST])
def test_what_is_won_beyond_the_ceiling_is_signed_and_published(world: World, rule):
    second = SecondContest(
        name="自持租赁住房面积", measure=Measure.AREA, start=50000, step=10000, timed_s=300
    )
    contests = rule is AtCeiling.CONTEST
    ceiling = Ceiling(amount=price(2), rule=rule, second=second if contests else None)
    lot, (one, two, _), seat = opened(world, ceiling=ceiling)
    press(seat, OPENS + MINUTE, offer(one, 2))
    if contests:
        held = Amount(Measure.AREA, 60000)
        press(seat, OPENS + 2 * MINUTE, Offer(two, "press-held", held))
    with clock(AFTER):
        seat.serve()
    settle(world, lot)
    fact, deal = last(lot, "auction.sold"), sales.deal(projects.lot(lot))
    assert deal is not None
    assert (fact.second, deal.second) == ((held, held) if contests else (None, None))
    assert deal.digest == digests.digest(deal.text.encode())
    assert ("自持租赁住房面积：600.00 ㎡" in deal.text) == contests
    told = notices.notices(lot=lot, newest_first=True)[0]
    assert ("自持租赁住房面积", "600.00 ㎡") in [(row.label, row.text) for row in told.facts] or not contests
    assert agrees(lot)


def test_the_highest_offer_wins_and_the_others_get_their_deposits_back(world: World):
    lot, (_, two, _) = sold(world)
    winner = world.bidders[1]
    fact = last(lot, "auction.sold")
    assert fact.winner == Winner(two, winner.organisation, winner.organisation_name)
    assert (fact.price, fact.total) == (price(1), FLOOR + STEP)
    assert queries.winner_of(lot, 1) == winner.organisation
    assert projects.lot(lot).phase is Phase.AWARDED
    assert notices.notices(lot=lot, newest_first=True)[0].kind == "sale_notice"
    assert state(lot, winner) is AccountState.SECURED
    assert {state(lot, bidder) for bidder in (world.bidders[0], world.bidders[2])} == {AccountState.RELEASED}
    assert agrees(lot)


def test_a_result_is_established_once_and_the_same_request_is_one_act(world: World):
    lot, _ = closed(world)
    first = settle(world, lot, request="settle-once")
    assert settle(world, lot, request="settle-once").height == first.height
    assert refused(settle, world, lot) == ["settled"]


def test_there_is_no_result_before_the_end(world: World):
    lot, _, _ = opened(world)
    with clock(OPENS + MINUTE):
        found = refused(services.settle, world.agency.acts(), lot, at=OPENS + MINUTE)
    assert found == ["not_closed"]


@pytest.mark.parametrize(
    ("who", "error"),
    [("operator", Forbidden), ("bidder", Forbidden), ("supervisor", Forbidden), ("other_owner", Missing)],
)
def test_only_the_owners_side_and_the_clock_settle(world: World, who, error):
    lot, _ = closed(world)
    player = world.bidders[0] if who == "bidder" else getattr(world, who)
    with pytest.raises(error):
        settle(world, lot, player)


def test_too_few_bidders_end_in_a_failure_and_everything_goes_back(world: World):
    lot, _ = prepared(world, "ascending", bidders=2)
    with clock(OPENS):
        services.take(lot).serve()
    settle(world, lot)
    auction = queries.auction(lot)
    assert auction.state is AuctionState.FAILED and last(lot, "auction.failed").cause == "too_few"
    assert state(lot, world.bidders[0]) is AccountState.RELEASED
    assert notices.notices(lot=lot, newest_first=True)[0].kind == "failure"
    assert agrees(lot)


def test_a_winner_who_was_barred_does_not_win(world: World):
    lot, (one, *_), seat = opened(world)
    press(seat, OPENS + MINUTE, offer(one, 0))
    with clock(OPENS + 2 * MINUTE):
        services.bar_paddle(world.operator.acts(), lot, one, Bar.INSIDER, "转让方的关联方")
    with clock(AFTER):
        services.take(lot).serve()
    settle(world, lot)
    assert last(lot, "auction.failed").cause == "winner_barred" and agrees(lot)


def with_reserve(world: World, steps: int):
    reserve = Reserve(price(steps), SALT)
    lot, _ = closed(world, reserve=rules.reserve_commitment(reserve.amount, reserve.salt))
    return lot, reserve


def test_a_reserve_that_was_met_is_opened(world: World):
    lot, reserve = with_reserve(world, 1)
    assert queries.to_settle() == ()
    assert refused(settle, world, lot) == ["reserve_missing"]
    assert refused(settle, world, lot, reserve=Reserve(price(0), SALT)) == ["reserve_differs"]
    settle(world, lot, reserve=reserve)
    assert last(lot, "reserve.opened").amount == price(1)
    assert queries.auction(lot).state is AuctionState.SOLD and agrees(lot)


def test_a_reserve_that_was_not_met_stays_secret(world: World):
    lot, reserve = with_reserve(world, 2)
    settle(world, lot, reserve=reserve)
    (told,) = journal.facts(subject=f"lot/{lot}", kinds=["reserve.unmet"])
    assert told.audience == "restricted" and told.event.amount == price(2)
    assert last(lot, "auction.failed").cause == "reserve_unmet"
    assert "2,610,000" not in notices.notices(lot=lot, newest_first=True)[0].fact("流标原因")
    assert agrees(lot)


def test_paddles_are_revealed_to_those_who_took_part_and_anyone_derives_them_again(world: World):
    lot, paddles = closed(world)
    run = services.reveal_paddles
    assert refused(run, world.system(), lot, at=AFTER) == ["not_concluded"]
    settle(world, lot)
    run(world.system(), lot, at=AFTER)
    (told,) = journal.facts(prefix=f"lot/{lot}", kinds=["paddles.revealed"])
    assert told.audience == "parties" and {one.paddle for one in told.event.bidders} == set(paddles)
    for one in told.event.bidders:
        assert rules.number_for(told.event.secret, one.party, ()) == one.paddle
    assert refused(run, world.system(), lot, at=AFTER) == ["revealed"]


def digest() -> str:
    return Auction.objects.get().confirmation


def sign(world: World, lot, player, text: str = ""):
    with clock(AFTER):
        return services.sign(player.acts(), lot, text or digest(), at=AFTER)


def test_a_sale_is_confirmed_by_the_second_signature(world: World):
    lot, _ = sold(world)
    owner, winner = world.owner, world.bidders[1]
    assert refused(sign, world, lot, owner, "sha256:" + "0" * 64) == ["differs"]
    sign(world, lot, winner)
    assert queries.auction(lot).state is AuctionState.SOLD
    assert refused(sign, world, lot, winner) == ["signed"]
    sign(world, lot, owner)
    auction = queries.auction(lot)
    assert (auction.state, auction.signed) == (AuctionState.CONFIRMED, ("owner", "winner"))
    assert kinds(lot)[-2:] == ["sale.signed", "sale.confirmed"] and agrees(lot)
    assert last(lot, "sale.confirmed").contract_by > AFTER


def test_only_the_owner_and_the_winner_sign(world: World):
    lot, _ = sold(world)
    with pytest.raises(Missing):
        sign(world, lot, world.bidders[0])
    for player in (world.agency, world.operator, world.supervisor):
        with pytest.raises(Forbidden):
            sign(world, lot, player)


def default(world: World, lot, breach=Breach.CONFIRMATION, reason="逾期未签", at=AFTER + 40 * DAY, **how):
    with clock(at):
        return services.declare_default(world.owner.acts(), lot, breach, reason, at=at, **how)


def test_a_winner_who_does_not_sign_loses_the_deposit(world: World):
    lot, (_, two, _) = sold(world)
    assert refused(default, world, lot, at=AFTER + MINUTE) == ["not_due"]
    assert refused(default, world, lot, reason=" ") == ["no_reason"]
    default(world, lot)
    fact = last(lot, "sale.defaulted")
    assert (fact.paddle, fact.cause, fact.is_forfeited) == (two, "confirmation", True)
    assert state(lot, world.bidders[1]) is AccountState.FORFEITED
    assert queries.auction(lot).state is AuctionState.DEFAULTED and agrees(lot)
    assert refused(default, world, lot) == ["not_sold", "confirmed"]


def test_a_winner_who_refuses_in_writing_need_not_be_waited_for(world: World):
    lot, _ = sold(world)
    default(world, lot, at=AFTER + MINUTE, refused=True)
    with clock(AFTER + DAY):
        services.relist(world.owner.acts(), lot, FLOOR, "竞得人违约，再次公告", at=AFTER + DAY)
    assert queries.auction(lot).round == 2
    assert rules.fold(journal.facts(prefix=f"lot/{lot}")) == queries.standing(lot)


def confirm_by(lot) -> datetime:
    found = sales.deal(projects.lot(lot))
    assert found is not None and found.confirm_by is not None
    return found.confirm_by


def test_what_is_due_is_shown_by_the_moved_day(world: World):
    lot, _ = sold(world)
    day, last_day = AFTER + DAY, AFTER + 4 * DAY
    order = Order("江州市自然资源局", "权属争议", "矿业权出让交易规则", review_on=(AFTER + 40 * DAY).date())
    with clock(day):
        set_for = confirm_by(lot)
        project_services.suspend(world.supervisor.acts(), lot, order, at=day)
    with clock(last_day):
        project_services.resume(world.supervisor.acts(), lot, order, at=last_day)
        moved = set_for + (last_day - day)
        assert confirm_by(lot) == moved
        (signing,) = tasks.of_owner(world.owner.acts(), [(lot, 1)], last_day)
        winner = queries.winner_of(lot, 1)
        assert winner is not None
        (mine,) = tasks.of_bidder(winner, last_day)
        assert (signing.until, mine.until) == (moved, moved)
    assert refused(default, world, lot, at=moved - MINUTE) == ["not_due"]
    default(world, lot, at=moved)


def test_only_the_owners_side_declares_a_default(world: World):
    lot, _ = sold(world)
    for player in (world.operator, world.bidders[1], world.supervisor):
        with pytest.raises(Forbidden):
            services.declare_default(player.acts(), lot, Breach.FALSEHOOD, "虚假材料", at=AFTER)
    assert stream(lot)[-1].price == price(1)
