"""自动出价: two answers at most, the highest limit leads, and the order of arrival decides only ties."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ggzy.trading.auctions import events, rules
from ggzy.trading.auctions.values import (
    Accepted,
    AtCeiling,
    Bar,
    Ceiling,
    Offer,
    OfferKind,
    RoomPhase,
)
from tests.rules.auctions.auction_setting import DOWN, START, TERMS, Hall, running, yuan

AT = START + timedelta(minutes=5)
STEP = 10_000


def at_step(number: int) -> int:
    """The price so many steps above the start."""
    return 2_590_000 + number * STEP


def steps(hall: Hall) -> list[tuple[int, int]]:
    """The ladder as (paddle, steps above the start)."""
    return [(paddle, int(price - 2_590_000) // STEP) for paddle, price in hall.ladder]


def test_the_first_proxy_offers_the_start_price_and_no_more():
    hall = running()
    hall.proxy(1001, at_step(50), AT)
    assert steps(hall) == [(1001, 0)]


def test_a_proxy_answers_a_rival_with_one_step_more():
    hall = running()
    hall.proxy(1001, at_step(50), AT)
    hall.offer(1002, at_step(7), AT)
    assert steps(hall) == [(1001, 0), (1002, 7), (1001, 8)]
    assert [fact.is_automatic for fact in hall.facts if isinstance(fact, events.OfferMade)] == [
        True,
        False,
        True,
    ]


def test_a_rival_may_go_beyond_the_limit():
    hall = running()
    hall.proxy(1001, at_step(5), AT)
    hall.offer(1002, at_step(5), AT)
    assert steps(hall) == [(1001, 0), (1002, 5)]
    assert hall.room.leader.paddle == 1002


@pytest.mark.parametrize(
    "limits, ladder",
    [
        ([(1001, 20), (1002, 30)], [(1001, 0), (1001, 20), (1002, 21)]),
        ([(1002, 30), (1001, 20)], [(1002, 0), (1001, 20), (1002, 21)]),
        ([(1001, 20), (1002, 20)], [(1001, 0), (1002, 19), (1001, 20)]),
        ([(1001, 20), (1002, 21)], [(1001, 0), (1001, 20), (1002, 21)]),
        ([(1001, 1), (1002, 1)], [(1001, 0), (1001, 1)]),
        ([(1001, 9), (1002, 5), (1003, 7)], [(1001, 0), (1002, 5), (1001, 6), (1003, 7), (1001, 8)]),
    ],
)
def test_two_limits_are_settled_at_once(limits, ladder):
    hall = running()
    for paddle, limit in limits:
        hall.proxy(paddle, at_step(limit), AT)
    assert steps(hall) == ladder


def test_a_withdrawn_proxy_answers_no_more_and_what_it_offered_stands():
    hall = running()
    hall.proxy(1001, at_step(50), AT)
    hall.do(Offer(1001, hall.press(), kind=OfferKind.UNPROXY), AT)
    hall.offer(1002, at_step(7), AT)
    assert steps(hall) == [(1001, 0), (1002, 7)]


def test_a_barred_paddle_loses_its_proxy():
    hall = running()
    hall.proxy(1001, at_step(50), AT)
    hall.take(rules.bar(hall.room, 1001, Bar.FROZEN, "保证金冲正", AT))
    hall.offer(1002, at_step(7), AT)
    assert steps(hall) == [(1001, 0), (1002, 7)]


def test_a_proxy_may_reach_the_ceiling_price_and_the_earlier_of_two_does():
    terms = replace(TERMS, ceiling=Ceiling(amount=yuan(2_594_000 + 10 * STEP), rule=AtCeiling.CLOSE))
    hall = running(terms=terms)
    hall.proxy(1001, 2_594_000 + 10 * STEP, AT)
    hall.proxy(1002, 2_594_000 + 10 * STEP, AT)
    assert hall.ladder[-2:] == [(1002, at_step(10)), (1001, 2_594_000 + 10 * STEP)]
    assert hall.room.phase is RoomPhase.CLOSED and hall.room.leader.paddle == 1001


def test_an_amount_between_the_rungs_is_answered_from_the_next_rung():
    terms = replace(TERMS, steps=replace(TERMS.steps, is_exact=False))
    hall = running(terms=terms)
    hall.proxy(1001, at_step(50), AT)
    hall.offer(1002, at_step(7) + 3, AT)
    assert steps(hall)[-1] == (1001, 9)


def test_an_automatic_answer_extends_as_any_other_offer_does():
    hall = running()
    hall.proxy(1001, at_step(50), AT)
    late = hall.room.end - timedelta(seconds=1)
    hall.offer(1002, at_step(7), late)
    assert hall.room.end == late + timedelta(seconds=300)
    assert hall.room.extensions == 1


LIMITS = st.lists(st.integers(min_value=1, max_value=60), min_size=2, max_size=5, unique=True)


@given(LIMITS, st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_no_leader_and_the_price_by_one_step_at_most(limits, shuffle):
    """The highest pays a step above the next limit; just that limit if it stood there when the next one came."""
    given_limits = list(enumerate(limits, start=1001))
    first, second = sorted(limits, reverse=True)[:2]
    for _ in range(3):
        shuffle.shuffle(given_limits)
        hall = running(paddles=(1001, 1002, 1003, 1004, 1005))
        for paddle, limit in given_limits:
            hall.proxy(paddle, at_step(limit), AT)
        assert hall.room.leader.paddle == 1001 + limits.index(first)
        assert hall.room.price in (yuan(at_step(second)), yuan(at_step(min(first, second + 1))))


@given(st.lists(st.tuples(st.integers(1001, 1004), st.integers(1, 40), st.booleans()), max_size=14))
def test_after_every_press_no_rival_limit_reaches_the_next_step(presses):
    hall = running(paddles=(1001, 1002, 1003, 1004))
    for paddle, number, is_proxy in presses:
        outcome = (hall.proxy if is_proxy else hall.offer)(paddle, at_step(number), AT)
        room = hall.room
        if isinstance(outcome, Accepted):
            made = [fact for fact in outcome.facts if isinstance(fact, events.OfferMade)]
            assert len(made) <= 3
        if room.leader:
            rivals = [proxy for proxy in room.proxies if proxy.paddle != room.leader.paddle]
            assert all(proxy.gain < room.least for proxy in rivals)


def test_a_falling_contest_is_settled_the_same_way():
    hall = running(terms=DOWN, code="reverse")
    hall.proxy(1001, 2_590_000 - 20 * STEP, AT)
    hall.proxy(1002, 2_590_000 - 30 * STEP, AT)
    assert steps(hall) == [(1001, 0), (1001, -20), (1002, -21)]


def test_ties_go_to_whoever_set_the_limit_first_in_every_order():
    for order in permutations((1001, 1002, 1003)):
        hall = running()
        for paddle in order:
            hall.proxy(paddle, at_step(12), AT)
        assert hall.room.leader.paddle == order[0]
        assert hall.room.price == yuan(at_step(12))
