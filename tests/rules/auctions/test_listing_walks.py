"""挂牌、拍卖、动态报价的走法: the worked examples of the domain notes, and every way a room can end."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ggzy.trading.auctions import events, rules
from ggzy.trading.auctions.values import (
    Accepted,
    Amount,
    AtCeiling,
    Bar,
    Ceiling,
    Entry,
    Measure,
    Outcome,
    PriorityMode,
    PriorityTerms,
    RoomPhase,
    SecondContest,
)
from tests.rules.auctions.auction_setting import (
    DOWN,
    END,
    LISTING,
    START,
    TERMS,
    Hall,
    codes,
    moment,
    running,
    yuan,
)

LISTED = LISTING.timing.ends_at
SECOND = timedelta(seconds=1)
MICROSECOND = timedelta(microseconds=1)
ASKED = replace(LISTING, entry=Entry.JOINED, timing=replace(LISTING.timing, asking_s=300))


def listed(terms=LISTING, **change) -> Hall:
    return running(terms=terms, code="listing", **change)


def test_the_worked_example_of_the_timed_contest():
    """Free bidding ends at 10:00:00; offers at 10:03:10, 10:07:55 and 10:12:54; over at 10:17:54."""
    hall = listed()
    hall.offer(1001, 2_590_000, START)
    ends = []
    for clock, price, paddle in (("03:10", 101, 1002), ("07:55", 102, 1001), ("12:54", 103, 1002)):
        hall.offer(paddle, 2_590_000 + (price - 100) * 10_000, moment(f"2026-07-02T10:{clock}"))
        ends.append(hall.room.end)
    assert ends == [moment(f"2026-07-02T10:{clock}") for clock in ("08:10", "12:55", "17:54")]
    late = hall.offer(1001, 2_630_000, moment("2026-07-02T10:17:54.001"))
    assert late.codes == ("ended",)
    assert (hall.room.leader.paddle, hall.room.price) == (1002, yuan(2_620_000))


def test_an_hour_of_free_offers_and_then_rounds_of_five_minutes():
    """The rule one city published: nobody goes on in the first round, so the highest free offer wins."""
    timing = replace(TERMS.timing, timed_s=300)
    hall = running(terms=replace(TERMS, timing=timing))
    hall.offer(1001, 2_590_000, START + timedelta(minutes=10))
    hall.offer(1002, 2_600_000, END - SECOND)
    hall.close(END)
    assert (hall.room.phase, hall.room.end) == (RoomPhase.TIMED, END + timedelta(minutes=5))
    hall.close(END + timedelta(minutes=5))
    assert (hall.room.outcome, hall.room.leader.paddle) == (Outcome.LED, 1002)
    empty = running(terms=replace(TERMS, timing=timing))
    empty.close(END + timedelta(minutes=5))
    assert empty.room.outcome is Outcome.NO_OFFER


def test_a_listing_without_an_offer_ends_without_a_contest():
    hall = listed()
    hall.close(LISTED)
    assert hall.room.outcome is Outcome.NO_OFFER
    assert events.PhaseBegan not in hall.kinds()[-1:]


def test_one_bidder_may_win_a_listing_at_the_start_price():
    hall = listed(paddles=(1001,))
    hall.offer(1001, 2_590_000, START)
    hall.close(LISTED + timedelta(minutes=5))
    assert (hall.room.outcome, hall.room.price) == (Outcome.LED, yuan(2_590_000))


def test_bidders_may_come_while_a_listing_runs_but_not_to_its_contest():
    hall = listed()
    assert isinstance(hall.give(1009, START + timedelta(days=3)), Accepted)
    hall.offer(1009, 2_590_000, START + timedelta(days=3))
    hall.close(LISTED)
    assert hall.give(1010, LISTED + SECOND).codes == ("contest_began",)


def test_nobody_goes_on_and_the_highest_offer_of_the_listing_wins():
    hall = listed(terms=ASKED)
    hall.offer(1001, 2_590_000, START)
    hall.close(LISTED)
    assert hall.room.phase is RoomPhase.ASKING
    hall.join(1001, LISTED + SECOND)  # the leader alone makes no contest
    hall.close(LISTED + timedelta(minutes=5))
    assert (hall.room.outcome, hall.room.leader.paddle) == (Outcome.LED, 1001)


def test_somebody_goes_on_and_only_they_and_the_leader_contest():
    hall = listed(terms=ASKED)
    hall.offer(1001, 2_590_000, START)
    hall.join(1002, LISTED + SECOND)
    contest = LISTED + timedelta(minutes=5)
    assert hall.offer(1003, 2_600_000, contest).codes == ("not_in_contest",)
    assert isinstance(hall.offer(1002, 2_600_000, contest), Accepted)
    assert isinstance(hall.offer(1001, 2_610_000, contest), Accepted)
    assert hall.room.end == contest + timedelta(minutes=5)


def test_a_barred_paddle_that_said_yes_makes_no_contest():
    hall = listed(terms=ASKED)
    hall.offer(1001, 2_590_000, START)
    hall.join(1002, LISTED + SECOND)
    hall.take(rules.bar(hall.room, 1002, Bar.FROZEN, "保证金冲正", LISTED + SECOND))
    hall.close(LISTED + timedelta(minutes=5))
    assert hall.room.phase is RoomPhase.CLOSED


def capped(rule: AtCeiling, **more) -> Ceiling:
    second = SecondContest(
        name="自持面积", measure=Measure.AREA, start=10_000, step=10_000, timed_s=300, cap=50_000
    )
    return Ceiling(amount=yuan(3_000_000), rule=rule, second=second, entering_s=600, **more)


def area(square_metres: int) -> Amount:
    return Amount(Measure.AREA, square_metres * 100)


def test_the_ceiling_price_in_a_listing_waits_for_the_end_of_the_listing():
    """Others may still come: the statutory days of a listing are not cut short."""
    hall = listed(terms=replace(LISTING, ceiling=capped(AtCeiling.CLOSE)))
    hall.offer(1001, 3_000_000, START)
    assert hall.room.phase is RoomPhase.FREE
    assert hall.offer(1002, 3_000_000, START + SECOND).codes == ("ceiling_reached",)
    hall.close(LISTED)
    assert (hall.room.outcome, hall.room.leader.paddle) == (Outcome.LED, 1001)


def test_the_ceiling_price_in_a_contest_decides_at_once_where_the_notice_says_so():
    hall = running(terms=replace(TERMS, ceiling=capped(AtCeiling.CLOSE)))
    outcome = hall.offer(1001, 3_000_000, START + SECOND)
    assert [type(fact) for fact in outcome.facts] == [
        events.OfferMade,
        events.CeilingReached,
        events.AuctionClosed,
    ]
    assert hall.room.end == START + SECOND


def test_at_the_ceiling_price_another_quantity_is_contested():
    hall = running(terms=replace(TERMS, ceiling=capped(AtCeiling.CONTEST)))
    at = START + timedelta(minutes=5)
    hall.offer(1001, 3_000_000, at)
    assert (hall.room.phase, hall.room.end) == (RoomPhase.SECOND, at + timedelta(minutes=5))
    assert hall.offer(1002, 3_000_000, at).codes == ("measure",)
    assert hall.offer(1002, area(50), at).codes == ("start",)
    assert hall.offer(1002, area(150), at).codes == ("ladder",)
    assert hall.offer(1002, area(600), at).codes == ("ceiling",)
    hall.offer(1002, area(100), at + timedelta(minutes=1))
    assert hall.room.end == at + timedelta(minutes=6)
    assert hall.room.price == yuan(3_000_000)
    hall.close(hall.room.end)
    closed = hall.facts[-1]
    assert (closed.paddle, closed.price, closed.second) == (1002, yuan(3_000_000), area(100))


def test_who_reached_the_ceiling_price_wins_if_nobody_offers_more_of_the_other_quantity():
    hall = running(terms=replace(TERMS, ceiling=capped(AtCeiling.CONTEST)))
    hall.offer(1001, 3_000_000, START + SECOND)
    hall.close(hall.room.end)
    closed = hall.facts[-1]
    assert (closed.paddle, closed.price, closed.second) == (1001, yuan(3_000_000), None)


def test_the_most_that_can_be_offered_of_the_other_quantity_decides_at_once():
    hall = running(terms=replace(TERMS, ceiling=capped(AtCeiling.CONTEST)))
    hall.offer(1001, 3_000_000, START + SECOND)
    hall.offer(1002, area(500), START + 2 * SECOND)
    assert hall.room.phase is RoomPhase.CLOSED
    assert hall.facts[-1].second == area(500)


SEED = bytes(range(32))
SALTS = {number: number.to_bytes(32) for number in (1001, 1002, 1003)}


def entered() -> Hall:
    hall = running(terms=replace(TERMS, ceiling=capped(AtCeiling.DRAW)))
    hall.offer(1001, 3_000_000, START + SECOND)
    return hall


def test_at_the_ceiling_price_lots_are_drawn_among_those_who_take_it():
    hall = entered()
    assert (hall.room.phase, hall.room.end) == (RoomPhase.ENTERING, START + SECOND + timedelta(minutes=10))
    assert hall.join(1001, START + 2 * SECOND).codes == ("joined",)
    hall.join(1003, START + 2 * SECOND)
    hall.join(1002, START + 3 * SECOND)
    hall.close(hall.room.end)
    assert (hall.room.phase, hall.room.end) == (RoomPhase.DRAWING, None)
    assert hall.close(END).codes == ("waiting",)
    hall.take(rules.draw_lots(hall.room, SEED, SALTS, END))
    drawn, closed = hall.facts[-2:]
    assert drawn.paddles == (1001, 1002, 1003)
    assert closed.paddle == drawn.winner == hall.room.leader.paddle
    assert closed.price == yuan(3_000_000)


def test_lots_are_drawn_the_same_way_by_anyone_and_by_another_seed_otherwise():
    winners = set()
    for number in range(40):
        hall = entered()
        for paddle in (1002, 1003):
            hall.join(paddle, START + 2 * SECOND)
        hall.close(hall.room.end)
        once = rules.draw_lots(hall.room, number.to_bytes(32), SALTS, END)
        again = rules.draw_lots(hall.room, number.to_bytes(32), SALTS, END)
        assert once == again
        hall.take(once)
        winners.add(hall.room.leader.paddle)
    assert winners == {1001, 1002, 1003}


def test_where_one_alone_takes_the_ceiling_price_nothing_is_drawn():
    hall = entered()
    hall.close(hall.room.end)
    assert (hall.room.outcome, hall.room.leader.paddle) == (Outcome.LED, 1001)


@pytest.mark.parametrize(
    "salts, at_end, reason",
    [(SALTS, False, "phase"), ({1001: SALTS[1001]}, True, "salts")],
)
def test_lots_are_not_drawn(salts, at_end, reason):
    hall = entered()
    hall.join(1002, START + 2 * SECOND)
    if at_end:
        hall.close(hall.room.end)
    assert codes(rules.draw_lots(hall.room, SEED, salts, END)) == [reason]


IN_ROOM = replace(TERMS, priority=PriorityTerms(mode=PriorityMode.IN_ROOM))
AFTER = replace(TERMS, priority=PriorityTerms(mode=PriorityMode.AFTER, asking_s=300))
RIGHTS = {1002: 1, 1003: 2}


def test_a_holder_of_a_right_of_pre_emption_may_match_in_the_room_and_others_may_go_on():
    hall = running(terms=IN_ROOM, priority=RIGHTS)
    at = START + SECOND
    hall.offer(1001, 2_600_000, at)
    assert isinstance(hall.offer(1003, 2_600_000, at), Accepted)
    assert hall.offer(1001, 2_600_000, at).codes == ("step",)
    assert isinstance(hall.offer(1002, 2_600_000, at), Accepted)  # of two rights the first goes before
    assert hall.offer(1003, 2_600_000, at).codes == ("step",)
    assert isinstance(hall.offer(1001, 2_610_000, at), Accepted)
    assert hall.room.leader.paddle == 1001


def test_a_match_moves_the_end_as_any_offer_does():
    hall = running(terms=IN_ROOM, priority=RIGHTS)
    hall.offer(1001, 2_600_000, END - timedelta(minutes=6))
    hall.offer(1002, 2_600_000, END - SECOND)
    assert hall.room.end == END - SECOND + timedelta(minutes=5)


def test_without_the_right_nobody_matches():
    hall = running(terms=TERMS, priority=RIGHTS)
    hall.offer(1001, 2_600_000, START)
    assert hall.offer(1002, 2_600_000, START).codes == ("step",)


def test_after_the_contest_the_holders_are_asked():
    hall = running(terms=AFTER, priority=RIGHTS)
    hall.offer(1001, 2_600_000, START)
    hall.close(END)
    assert (hall.room.phase, hall.room.end) == (RoomPhase.PRIORITY, END + timedelta(minutes=5))
    assert hall.offer(1001, 2_610_000, END).codes == ("leading", "priority")
    assert hall.offer(1003, 2_610_000, END).codes == ("priority",)
    assert isinstance(hall.offer(1003, 2_600_000, END), Accepted)
    assert isinstance(hall.offer(1002, 2_600_000, END), Accepted)
    assert hall.offer(1003, 2_600_000, END).codes == ("priority",)
    hall.close(END + timedelta(minutes=5))
    assert (hall.room.outcome, hall.room.leader.paddle) == (Outcome.LED, 1002)


def test_who_waives_its_right_takes_the_price_no_more():
    hall = running(terms=AFTER, priority=RIGHTS)
    hall.offer(1001, 2_600_000, START)
    assert hall.waive(1002, START + SECOND).codes == ("phase",)
    hall.close(END)
    assert hall.waive(1001, END).codes == ("not_holder",)
    assert isinstance(hall.waive(1002, END), Accepted)
    assert hall.waive(1002, END).codes == ("not_holder",)
    assert hall.offer(1002, 2_600_000, END).codes == ("priority",)
    assert isinstance(hall.offer(1003, 2_600_000, END), Accepted)
    assert hall.waive(1003, END).codes == ("not_holder",)
    hall.close(END + timedelta(minutes=5))
    assert (hall.room.outcome, hall.room.leader.paddle) == (Outcome.LED, 1003)
    assert rules.audit(hall.format, hall.facts) == ()


EARLY = replace(TERMS, priority=PriorityTerms(mode=PriorityMode.AFTER, asking_s=300, ends_when_answered=True))


@pytest.mark.parametrize(
    ("answers", "winner", "is_over"),
    [
        ((("waive", 1002),), 1001, False),
        ((("waive", 1003),), 1001, False),
        ((("waive", 1003), ("waive", 1002)), 1001, True),
        ((("take", 1002),), 1002, True),
        ((("take", 1003),), 1003, False),
        ((("take", 1003), ("waive", 1002)), 1003, True),
        ((("take", 1003), ("take", 1002)), 1002, True),
    ],
)
def test_by_its_notice_an_inquiry_ends_with_the_last_answer(answers, winner, is_over):
    hall = running(terms=EARLY, priority=RIGHTS)
    hall.offer(1001, 2_600_000, START)
    hall.close(END)
    for second, (how, paddle) in enumerate(answers, start=1):
        at = END + second * SECOND
        answer = hall.waive(paddle, at) if how == "waive" else hall.offer(paddle, 2_600_000, at)
        assert isinstance(answer, Accepted)
    assert (hall.room.phase is RoomPhase.CLOSED) == is_over
    if not is_over:
        hall.close(END + timedelta(minutes=5))
    assert (hall.facts[-1].paddle, hall.facts[-1].at) == (
        winner,
        at if is_over else END + timedelta(minutes=5),
    )
    assert rules.audit(hall.format, hall.facts) == ()


def test_a_holder_is_asked_at_the_ceiling_price_too():
    hall = running(terms=replace(AFTER, ceiling=capped(AtCeiling.CLOSE)), priority=RIGHTS)
    hall.offer(1001, 3_000_000, START)
    assert (hall.room.phase, hall.room.end) == (RoomPhase.PRIORITY, START + timedelta(minutes=5))
    assert isinstance(hall.offer(1002, 3_000_000, START + SECOND), Accepted)
    hall.close(hall.room.end)
    assert (hall.facts[-1].paddle, hall.facts[-1].price) == (1002, yuan(3_000_000))


@pytest.mark.parametrize("leader, rights", [(1001, {}), (1002, RIGHTS)])
def test_nobody_is_asked_where_no_better_right_is_left(leader, rights):
    hall = running(terms=AFTER, priority=rights)
    hall.offer(leader, 2_600_000, START)
    hall.close(END)
    assert hall.room.phase is RoomPhase.CLOSED


def test_a_purchase_goes_to_the_lowest_offer():
    hall = running(terms=DOWN, code="reverse")
    hall.offer(1001, 2_590_000, START)
    assert hall.offer(1002, 2_600_000, START).codes == ("step",)
    hall.offer(1002, 2_580_000, START + SECOND)
    refused = hall.offer(1003, 2_585_000, START + SECOND)
    assert refused.codes == ("step", "ladder")
    assert refused.reasons[0].remedy == "报价应不高于 2,570,000.00 元"
    hall.close(END)
    assert (hall.room.leader.paddle, hall.room.price) == (1002, yuan(2_580_000))


def test_a_dynamic_contest_takes_bidders_until_its_free_period_is_over():
    hall = running(terms=LISTING, code="dynamic", paddles=(1001,))
    hall.offer(1001, 2_590_000, START)
    assert isinstance(hall.give(1002, START + timedelta(days=2)), Accepted)
    hall.offer(1002, 2_600_000, START + timedelta(days=2))
    hall.close(LISTED)
    hall.offer(1001, 2_610_000, LISTED + SECOND)
    hall.close(LISTED + SECOND + timedelta(minutes=5))
    assert hall.room.leader.paddle == 1001


def test_an_offer_a_microsecond_before_the_end_counts_and_at_the_end_it_does_not():
    hall = running()
    hall.offer(1001, 2_590_000, START)
    assert isinstance(hall.offer(1002, 2_600_000, END - MICROSECOND), Accepted)
    assert hall.room.end == END - MICROSECOND + timedelta(minutes=5)
    assert hall.offer(1001, 2_610_000, hall.room.end).codes == ("ended",)


def test_the_whole_window_extends_its_first_moment_included():
    hall = running(terms=replace(TERMS, timing=replace(TERMS.timing, window_s=60, length_s=300)))
    hall.offer(1001, 2_590_000, END - timedelta(seconds=60) - MICROSECOND)
    assert hall.room.end == END
    hall.offer(1002, 2_600_000, END - timedelta(seconds=60))
    assert hall.room.end == END + timedelta(seconds=240)


def test_the_number_of_extensions_may_be_limited():
    hall = running(terms=replace(TERMS, timing=replace(TERMS.timing, extensions_max=1)))
    hall.offer(1001, 2_590_000, END - SECOND)
    end = hall.room.end
    hall.offer(1002, 2_600_000, end - SECOND)
    assert (hall.room.end, hall.room.extensions) == (end, 1)
