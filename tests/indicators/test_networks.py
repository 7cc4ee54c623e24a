"""Who meets whom and who wins when: the quiet cartel is found, honest small markets are not."""

import random
import time
from dataclasses import replace

import pytest

from ggzy.oversight.alerts.indicators import bid_rotation, co_bidding_ring, same_set_one_winner, steady_loser
from ggzy.oversight.alerts.rules import meetings
from tests.indicators.market import bid, concluded, contested, party, record


def open_market(lots: int, bidders: int, each: int, seed: int = 7):
    """Everybody comes at random, everybody may win."""
    chance = random.Random(seed)
    for number in range(1, lots + 1):
        came = chance.sample(range(1, bidders + 1), each)
        yield contested(number, came, chance.choice(came))


def with_ring(ring: list[int], winners, lots: int = 8, others: int = 2):
    """An open market of forty, and every third lot one where the ring comes with few others."""
    chance = random.Random(11)
    market = list(open_market(60, 40, 5))
    for number in range(lots):
        came = ring + chance.sample(range(1, 41), others)
        market.append(contested(101 + number, came, winners[number % len(winners)], day=7 * number))
    return market


def test_same_set_with_one_winner_is_found():
    (found,) = concluded(same_set_one_winner, with_ring([51, 52, 53], [51]))
    assert found.parties[0] == party(51) or party(51) in found.parties
    assert "全部由 望江第51建设公司 中标" in found.sentence and "单独不构成异常" in found.sentence
    assert found.picture is not None and {cell[3] for cell in found.picture.cells} == {"中", "投"}


@pytest.mark.parametrize("lots, found", [(2, 0), (3, 1), (6, 1)])
def test_three_meetings_are_the_boundary(lots, found):
    assert len(concluded(same_set_one_winner, with_ring([51, 52, 53], [51], lots))) == found


def test_a_set_that_loses_once_is_no_set_of_one_winner():
    assert not concluded(same_set_one_winner, with_ring([51, 52, 53], [51, 51, 52]))


@pytest.mark.parametrize("lots, found", [(6, 0), (7, 1)])
def test_three_who_only_meet_one_another_are_judged_by_who_wins(lots, found):
    assert (
        len(concluded(same_set_one_winner, [contested(n, [1, 2, 3], 1) for n in range(1, lots + 1)])) == found
    )


@pytest.mark.parametrize("lots, found", [(18, 0), (19, 1)])
def test_three_who_only_meet_one_another_are_judged_by_whose_turn_it_is(lots, found):
    alone = [contested(n, [1, 2, 3], 1 + n % 3) for n in range(1, lots + 1)]
    assert len(concluded(bid_rotation, alone)) == found


def test_rotation_is_found_once_and_shows_whose_turn_it_was():
    (found,) = concluded(bid_rotation, with_ring([51, 52, 53], [51, 52, 53]))
    assert "从不连中" in found.sentence and "望江第52建设公司 3 次" in found.sentence


def crowded(number: int, winner: int, day: int, ring=(51, 52, 53)):
    """A lot of fifteen where the whole ring came, too."""
    return contested(number, [*ring, *range(1, 13)], winner, day=day)


@pytest.mark.parametrize("winner, words", [(9, "例外 1 个"), (52, "例外 1 个"), (53, "从不连中")])
def test_one_odd_lot_does_not_make_a_rotation_vanish(winner, words):
    """The ring's last winner was 52: an outsider wins, or 52 again, or whose turn it is."""
    market = [*with_ring([51, 52, 53], [51, 52, 53]), crowded(190, winner, 60)]
    (found,) = concluded(bid_rotation, market)
    assert words in found.sentence and len(found.evidence) == 9
    assert sum("（例外）" in row.text for row in found.evidence) == ("例外" in words)


@pytest.mark.parametrize(
    "lots, odd, found", [(12, 3, 1), (12, 4, 0), (16, 4, 1), (16, 5, 0), (7, 1, 0), (8, 1, 1)]
)
def test_one_lot_in_four_may_be_odd(lots, odd, found):
    """Outsiders win the last ones; seven lots with one of them are no more than chance."""
    turns = [51 + n % 3 for n in range(lots - odd)]
    market = list(open_market(60, 40, 5))
    for n, winner in enumerate([*turns, *range(100 + lots - odd, 100 + lots)]):
        market.append(contested(201 + n, [51, 52, 53, 100 + n, 200 + n], winner, day=n))
    assert len(concluded(bid_rotation, market)) == found


@pytest.mark.parametrize(
    "model, at_most", [(bid_rotation, 3), (same_set_one_winner, 1), (steady_loser, 0), (co_bidding_ring, 0)]
)
def test_of_seventy_five_honest_markets_hardly_one_is_flagged(model, at_most):
    """Small markets where the same meet again and again: twelve who come by sixes, eight by fives, six by fours."""
    kinds = ((120, 12, 6), (100, 8, 5), (80, 6, 4))
    assert (
        sum(len(concluded(model, open_market(*kind, seed))) for kind in kinds for seed in range(25))
        <= at_most
    )


@pytest.mark.parametrize("winners", [[51], [51, 51, 52, 53]])
def test_one_winner_or_two_in_a_row_is_no_rotation(winners):
    assert not concluded(bid_rotation, with_ring([51, 52, 53], winners))


@pytest.mark.parametrize("model", [same_set_one_winner, bid_rotation, steady_loser, co_bidding_ring])
@pytest.mark.parametrize("lots, bidders, each", [(120, 40, 5), (60, 4, 3), (40, 3, 3), (150, 12, 6)])
def test_honest_markets_stay_quiet_also_with_few_suppliers(model, lots, bidders, each):
    assert not concluded(model, open_market(lots, bidders, each))


@pytest.mark.parametrize("losses, found", [(9, 0), (10, 1)])
def test_ten_losses_to_the_same_winner_are_the_boundary(losses, found):
    market = [contested(n, [1, 2, 10 + n], 1) for n in range(1, losses + 1)]
    assert len([f for f in concluded(steady_loser, market) if party(2) in f.parties]) == found


@pytest.mark.parametrize("lots, odd, found", [(5, 1, 1), (9, 2, 0), (10, 2, 1), (4, 1, 0)])
def test_one_lot_in_five_may_be_odd_in_a_set_of_one_winner(lots, odd, found):
    market = [*with_ring([51, 52, 53], [51], lots - odd), *(crowded(190 + n, 9, 80 + n) for n in range(odd))]
    result = concluded(same_set_one_winner, market)
    assert len(result) == found
    if found:
        assert f"在 {lots} 个标段中相遇，其中 {lots - odd} 个由 望江第51建设公司 中标" in result[0].sentence


@pytest.mark.parametrize("odd, found", [(0, 1), (2, 1), (3, 0)])
def test_one_loss_in_five_may_be_to_another(odd, found):
    lost = [contested(n, [1, 2, 10 + n], 1) for n in range(1, 11)]
    others = [contested(100 + n, [1, 2, 60 + n], 60 + n, day=3) for n in range(odd)]
    result = [f for f in concluded(steady_loser, lost + others) if party(2) in f.parties]
    assert len(result) == found


def test_losing_elsewhere_does_not_end_what_was_lost_to_the_same_one():
    """The hired loser looks in elsewhere, and loses there to strangers."""
    lost = [contested(n, [1, 2, 10 + n], 1) for n in range(1, 11)]
    elsewhere = [contested(100 + n, [2, 70, 71], 70, day=20 + n) for n in range(5)]
    (found,) = [f for f in concluded(steady_loser, lost + elsewhere) if party(2) in f.parties]
    assert found.parties == (party(2), party(1)) and len(found.evidence) == 10


def test_notes_of_old_that_do_not_say_who_came_are_read_as_before():
    lost = [contested(n, [1, 2, 10 + n], 1) for n in range(1, 11)]
    notes = [note for each in lost for note in steady_loser.collect(each) if note.key == party(2)]
    old = [replace(note, figures={**note.figures, "came": None}) for note in notes]
    assert len(list(steady_loser.conclude(old, steady_loser.INDICATOR.defaults()))) == 1


def test_a_win_in_between_ends_the_losses():
    market = [contested(n, [1, 2, 10 + n], 2 if n == 6 else 1) for n in range(1, 15)]
    assert not concluded(steady_loser, market)


def test_ring_is_drawn_with_its_pairs():
    (found,) = concluded(co_bidding_ring, with_ring([51, 52, 53], [51, 52, 53]))
    assert set(found.parties) == {party(51), party(52), party(53)}
    assert found.picture is not None and len(found.picture.rows) == 3 and len(found.picture.cells) == 3
    assert [row.link for row in found.evidence].count("") == 3, "three pairs, and then the lots they met in"
    assert len({row.link for row in found.evidence if row.link}) == 8


def over_new_year(ring_days, last_day):
    """An open market over two years; the ring meets on these days, the last lot of all falls on `last_day`."""
    chance = random.Random(11)
    came = {n: chance.sample(range(1, 41), 5) for n in range(1, 90)}
    market = [contested(n, some, some[0], day=6 * n) for n, some in came.items() if 6 * n < last_day]
    rings = [
        contested(200 + n, [51, 52, *chance.sample(range(1, 41), 3)], 51 + n % 2, day=day)
        for n, day in enumerate(ring_days)
    ]
    return [*market, *rings, contested(900, [1, 2, 3], 1, day=last_day)]


# The market of the tests opens on 2 March 2026: day 304 is New Year's Eve.
@pytest.mark.parametrize(
    "days, last, months, found",
    [
        ((300, 302, 306, 308), 310, 12, True),  # two meetings on either side of New Year
        ((300, 302, 303, 304), 304, 12, True),  # within one year, told with that year
        ((10, 12, 14, 374), 374, 12, True),  # a day short of twelve months: the first meeting is still in
        ((10, 12, 14, 375), 375, 12, False),  # twelve months to the day: it has left the window
        ((10, 12, 14, 375), 375, 13, True),
        ((10, 12, 14, 375), 375, 24, True),
        ((10, 12, 14, 375), 375, 6, False),
    ],
)
def test_a_ring_is_seen_within_sliding_months_whatever_the_year(days, last, months, found):
    rings = concluded(co_bidding_ring, over_new_year(days, last), months=months)
    assert any({party(51), party(52)} <= set(one.parties) for one in rings) is found


def test_a_ring_that_did_not_meet_again_is_not_told_in_the_new_year():
    market = over_new_year((280, 284, 288, 292), 320)
    notes = [note for each in market for note in co_bidding_ring.collect(each)]
    of = {year: [one for one in notes if one.key.endswith(year)] for year in ("2026", "2027", "2028", "2029")}
    params = co_bidding_ring.INDICATOR.defaults()
    assert list(co_bidding_ring.conclude(of["2026"], params))
    assert not list(co_bidding_ring.conclude(of["2027"], params)), "told with the year it met in"
    assert not list(co_bidding_ring.conclude(of["2028"], params)), "no lot of that year yet"


def test_a_circle_of_pairs_is_one_ring_and_ends():
    pairs = [(str(n), str((n + 1) % 500)) for n in range(500)]
    (ring,) = co_bidding_ring.rings(pairs)
    assert len(ring) == 500


def test_no_pair_is_counted_where_a_thousand_come():
    many = contested(1, range(1, 1001), 1)
    assert meetings.meeting(many) is None and list(same_set_one_winner.collect(many)) == []


def test_lot_without_a_winner_or_with_one_bidder_is_no_meeting():
    assert meetings.meeting(record(bids=(bid(1), bid(2)))) is None
    assert meetings.meeting(contested(1, [1], 1)) is None


def test_a_full_market_costs_little():
    market = list(open_market(400, 60, 30))
    notes = [note for each in market for note in co_bidding_ring.collect(each)]
    notes = [note for note in notes if note.key == notes[0].key]
    started = time.process_time()
    list(co_bidding_ring.conclude(notes, co_bidding_ring.INDICATOR.defaults()))
    assert time.process_time() - started < 2
