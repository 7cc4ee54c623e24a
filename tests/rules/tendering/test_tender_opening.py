"""开标的规则, the disclosure table and the tables of moves."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ggzy.kernel.errors import Conflict
from ggzy.kernel.money import Money
from ggzy.trading.tendering import rules
from ggzy.trading.tendering.lifecycle import BID, TENDER
from ggzy.trading.tendering.rules import Item, Moment, Relation
from ggzy.trading.tendering.rules.disclosure import DISCLOSURE
from ggzy.trading.tendering.values import BidState, Cause, TenderState
from tests.rules.tendering import tender_setting as setting
from tests.rules.tendering.tender_setting import CLOSED, DEADLINE, OPENING, TERMS, codes

PENDING = replace(OPENING, decrypted=2)
READ = replace(OPENING, read_out_at=DEADLINE)
OVER = DEADLINE + timedelta(minutes=30)
SECRET = rules.base_price_commitment(Money.yuan(19_000_000), "盐")
WITH_BASE = replace(CLOSED, terms=replace(TERMS, base_price=SECRET))


@pytest.mark.parametrize(
    "change, reasons",
    [
        ({}, []),
        ({"tender": setting.TENDER}, ["not_opening"]),
        ({"opening": READ}, ["not_opening"]),
        ({"x": None}, ["not_holder"]),
        ({"x": 1}, ["already_released"]),
        ({"offered": 0}, ["no_shares"]),
    ],
)
def test_shares_are_released_once_for_all_bids_together(change, reasons):
    given = {"tender": CLOSED, "opening": OPENING, "x": 3, "offered": 6} | change
    assert codes(rules.may_release_shares(**given)) == reasons


@pytest.mark.parametrize(
    "change, reasons",
    [
        ({}, []),
        ({"tender": setting.TENDER}, ["not_opening"]),
        ({"bid": BidState.WITHDRAWN}, ["no_bid"]),
        ({"released": True}, ["already_released"]),
        ({"at": OVER}, ["window_over"]),
    ],
)
def test_a_bidder_releases_its_key_within_the_window(change, reasons):
    given = {
        "tender": CLOSED,
        "opening": OPENING,
        "bid": BidState.SUBMITTED,
        "at": DEADLINE,
        "released": False,
    }
    assert codes(rules.may_release_key(**(given | change))) == reasons


@pytest.mark.parametrize(
    "opening, at, reasons",
    [
        (OPENING, DEADLINE, []),
        (PENDING, OVER, []),
        (PENDING, OVER - timedelta(microseconds=1), ["still_decrypting"]),
        (READ, OVER, ["not_opening"]),
        (None, OVER, ["not_opening"]),
    ],
)
def test_prices_are_told_when_all_are_open_or_the_window_is_over(opening, at, reasons):
    assert codes(rules.may_read_out(CLOSED, opening, at)) == reasons


@pytest.mark.parametrize(
    "holders, shares, has_secret, finding, cause, state",
    [
        (1, 1, True, "F4", Cause.CUSTODY, BidState.LAPSED),
        (1, 1, False, "F4", Cause.CUSTODY, BidState.LAPSED),
        (2, 2, False, "F1", Cause.BIDDER, BidState.REVOKED),
        (2, 1, True, "F5", Cause.BIDDER, BidState.REVOKED),
    ],
)
def test_a_bid_nobody_opened_is_attributed_by_the_evidence(
    holders, shares, has_secret, finding, cause, state
):
    found, attributed, evidence = rules.attribute(
        holders=holders, good_shares=shares, k=2, has_secret=has_secret
    )
    assert (found, attributed) == (finding, cause) and evidence
    assert rules.treatment(attributed) is state


@pytest.mark.parametrize(
    "change, reasons",
    [
        ({}, []),
        ({"opening": OPENING}, ["not_read_out"]),
        ({"is_failed": False}, ["not_failed"]),
        ({"is_decided": True}, ["already_decided"]),
        ({"reason": " "}, ["no_reason"]),
    ],
)
def test_a_failure_is_decided_once_with_a_reason(change, reasons):
    given = {"tender": CLOSED, "opening": READ, "is_failed": True, "is_decided": False, "reason": "证据充分"}
    assert codes(rules.may_decide_failure(**(given | change))) == reasons


@pytest.mark.parametrize(
    "tender, opening, amount, salt, reasons",
    [
        (WITH_BASE, READ, 19_000_000, "盐", []),
        (WITH_BASE, OPENING, 19_000_000, "盐", ["not_read_out"]),
        (CLOSED, READ, 19_000_000, "盐", ["no_base_price"]),
        (WITH_BASE, replace(READ, base_price=Money.yuan(1)), 19_000_000, "盐", ["already_announced"]),
        (WITH_BASE, READ, 19_000_001, "盐", ["base_price_differs"]),
        (WITH_BASE, READ, 19_000_000, "糖", ["base_price_differs"]),
    ],
)
def test_the_announced_base_price_opens_its_commitment(tender, opening, amount, salt, reasons):
    assert codes(rules.may_announce_base_price(tender, opening, Money.yuan(amount), salt)) == reasons


@pytest.mark.parametrize(
    "change, reasons",
    [
        ({}, []),
        ({"opening": OPENING}, ["not_read_out"]),
        ({"undecided": 1}, ["failures_undecided"]),
        ({"objections": ("o1",)}, ["objections_open"]),
        ({"tender": WITH_BASE}, ["base_price_missing"]),
    ],
)
def test_an_opening_ends_when_nothing_is_open(change, reasons):
    given = {"tender": CLOSED, "opening": READ, "objections": (), "undecided": 0} | change
    assert codes(rules.may_conclude(**given)) == reasons


@pytest.mark.parametrize(
    "minutes, reason, reasons", [(30, "网络中断", []), (0, "网络中断", ["minutes"]), (30, " ", ["no_reason"])]
)
def test_a_window_is_extended_for_a_reason(minutes, reason, reasons):
    assert codes(rules.may_extend_window(CLOSED, OPENING, minutes, reason)) == reasons


# trust §14.4: owner, other bidders, experts, supervisor, servants of the hall, public.
TABLE = {
    Item.DOCUMENTS_TAKEN: ("closed", "never", "never", "closed", "never", "never"),
    Item.BIDDER_COUNT: ("closed", "began", "recorded", "closed", "began", "began"),
    Item.BIDDER_NAMES: ("closed", "began", "recorded", "closed", "read_out", "read_out"),
    Item.READ_OUT: ("read_out", "read_out", "recorded", "read_out", "read_out", "read_out"),
    Item.CONTENTS: ("recorded", "never", "recorded", "recorded", "never", "never"),
}
RELATIONS = (
    Relation.OWNER,
    Relation.BIDDER,
    Relation.EXPERT,
    Relation.SUPERVISOR,
    Relation.SERVANT,
    Relation.PUBLIC,
)


@pytest.mark.parametrize("item", Item)
@pytest.mark.parametrize("place, relation", list(enumerate(RELATIONS)))
def test_nothing_is_disclosed_before_its_moment(item, place, relation):
    opens = Moment[TABLE[item][place].upper()]
    for moment in (one for one in Moment if one is not Moment.NEVER):
        assert rules.may_see(item, relation, moment) == (moment >= opens)


def test_nobody_sees_anything_of_the_bids_before_the_deadline():
    before = Moment.of(setting.TENDER, None)
    assert not any(rules.may_see(item, relation, before) for item in Item for relation in Relation)
    assert set(DISCLOSURE) == set(Item)


@pytest.mark.parametrize(
    "tender, opening, moment",
    [
        (setting.DRAFT, None, Moment.BEFORE),
        (setting.TENDER, None, Moment.BEFORE),
        (replace(CLOSED, state=TenderState.FAILED), None, Moment.CLOSED),
        (CLOSED, OPENING, Moment.BEGAN),
        (CLOSED, READ, Moment.READ_OUT),
        (
            replace(CLOSED, state=TenderState.OPENED),
            replace(READ, concluded_at=DEADLINE),
            Moment.RECORDED,
        ),
    ],
)
def test_the_moment_follows_from_the_state(tender, opening, moment):
    assert Moment.of(tender, opening) is moment


@pytest.mark.parametrize(
    "state, move",
    [
        (TenderState.CLOSED, "announce"),
        (TenderState.CLOSED, "extend"),
        (TenderState.FAILED, "open"),
        (TenderState.OPENED, "close"),
        (TenderState.ANNOUNCED, "fail"),
    ],
)
def test_a_tender_does_not_go_back(state, move):
    with pytest.raises(Conflict):
        TENDER.after(state, move)


@pytest.mark.parametrize("state", [state for state in BidState if state is not BidState.SUBMITTED])
def test_only_a_live_bid_moves(state):
    assert BID.moves_from(state) == ()


def test_the_words_for_too_few_bids():
    assert rules.closing_words(2, 3).startswith("截止时间前收到 2 份投标文件，少于 3 份，本标段流标。")
    assert "流标" not in rules.closing_words(3, 3)


def test_the_root_of_the_opening_set_covers_the_order_of_delivery():
    bids = [("a", 1, "sha256:1"), ("b", 2, "sha256:2")]
    assert rules.opening_root(bids) != rules.opening_root(bids[::-1])
    assert rules.opening_root(bids) == rules.opening_root(tuple(bids))
