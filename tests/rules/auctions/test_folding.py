"""折叠: the facts of a lot tell what the rows must say; and who may know what, from when."""

from dataclasses import dataclass, replace
from typing import Any

import pytest

from ggzy.kernel.errors import Conflict
from ggzy.kernel.money import Money, Rate
from ggzy.trading.auctions import events, rules
from ggzy.trading.auctions.values import AuctionState, Side, Winner
from tests.rules.auctions.auction_setting import (
    ANNOUNCED,
    CODE,
    DOCUMENT,
    END,
    FIRM,
    NOTICE,
    OTHER,
    START,
    Hall,
    running,
    yuan,
)


@dataclass(frozen=True)
class Told:
    event: Any


def told(*facts: Any) -> list[Told]:
    return [Told(fact) for fact in facts]


def mark(kind, **fields):
    return kind(lot=CODE, round=1, **fields)


def before() -> list[Any]:
    return [
        mark(events.AuctionAnnounced, format="ascending", terms=NOTICE, notice="n1"),
        mark(events.ApplicationFiled, bidder=FIRM, documents=(DOCUMENT,)),
        mark(events.ApplicationFiled, bidder=OTHER, documents=(DOCUMENT,)),
        mark(events.ApplicationDeclined, bidder=OTHER, reasons=("不具备资质",)),
        mark(events.BidderAdmitted, bidder=FIRM, name="望江建设", paddle=1001),
    ]


def led() -> Hall:
    hall = running()
    hall.offer(1001, 2_600_000, START)
    hall.offer(1002, 2_605_000, START)
    hall.close(END)
    return hall


WINNER = Winner(1001, FIRM, "望江建设")
SOLD = mark(
    events.AuctionSold, winner=WINNER, price=yuan(2_600_000), total=Money.yuan(2_600_000), premium=Rate("0.003861"),
    second=None, confirm_by=END,
)  # fmt: skip


def test_a_whole_sale_folds_to_its_scalars():
    facts = [
        *before(), *led().facts, SOLD,
        mark(events.SaleSigned, side=Side.WINNER, digest="d"),
        mark(events.SaleSigned, side=Side.OWNER, digest="d"),
        mark(events.SaleConfirmed, digest="d", contract_by=END),
    ]  # fmt: skip
    found = rules.fold(told(*facts))
    assert {name: found[f"1.{name}"] for name in ("state", "format", "applications", "offers", "refused")} == {
        "state": "confirmed", "format": "ascending", "applications": 2, "offers": 1, "refused": 1,
    }  # fmt: skip
    assert (found["1.phase"], found["1.outcome"], found["1.leader"]) == ("closed", "led", 1001)
    assert (found["1.price"], found["1.winner"], found["1.signed"]) == (
        "260000000 money", FIRM, ["owner", "winner"],
    )  # fmt: skip
    assert found["1.end"] == "2026-06-22T02:00:00.000000Z"


def test_one_fact_more_or_less_shows():
    facts = [*before(), *led().facts, SOLD]
    whole = rules.fold(told(*facts))
    for place in range(1, len(facts)):
        assert rules.fold(told(*facts[:place])) != whole


def test_a_pause_and_a_default_show_in_the_state():
    hall = running()
    hall.take(rules.pause(hall.room, "系统维护", START))
    paused = rules.fold(told(*before(), *hall.facts))
    assert (paused["1.state"], paused["1.paused"]) == ("paused", True)
    gone = mark(events.SaleDefaulted, paddle=1001, cause="confirmation", reason="逾期", is_forfeited=True)
    assert rules.fold(told(*before(), *led().facts, SOLD, gone))["1.state"] == "defaulted"


def test_an_auction_with_too_few_bidders_fails_from_its_notice():
    hall = Hall(paddles=(1001,))
    hall.close(START)
    failed = mark(events.AuctionFailed, cause="too_few", reason="竞买人不足")
    found = rules.fold(told(*before(), *hall.facts, failed))
    assert (found["1.state"], found["1.outcome"]) == ("failed", "too_few")


def test_facts_in_an_impossible_order_are_our_mistake():
    with pytest.raises(Conflict):
        rules.fold(told(*before(), SOLD))


def test_facts_of_others_pass_by_and_rounds_stand_apart():
    second = [replace(before()[0], round=2)]
    found = rules.fold([Told(object()), *told(*before(), *second)])
    assert (found["1.applications"], found["2.applications"]) == (2, 0)


def test_refused_offers_and_the_clock_leave_no_other_trace():
    assert rules.fold([]) == {}


R, M = rules.Relation, rules.Moment
Item = rules.Item
FIRST = {
    (Item.APPLICANTS, R.OWNER): M.CLOSED,
    (Item.APPLICANTS, R.SELF): M.ANNOUNCED,
    (Item.APPLICANTS, R.SUPERVISOR): M.CLOSED,
    (Item.DEPOSITS, R.OWNER): M.CLOSED,
    (Item.DEPOSITS, R.SELF): M.ANNOUNCED,
    (Item.DEPOSITS, R.SUPERVISOR): M.CLOSED,
    (Item.REFUSALS, R.SELF): M.OPEN,
    (Item.REFUSALS, R.SUPERVISOR): M.CLOSED,
    (Item.PROXIES, R.SELF): M.OPEN,
    (Item.PROXIES, R.SUPERVISOR): M.CLOSED,
    (Item.IDENTITIES, R.OWNER): M.CLOSED,
    (Item.IDENTITIES, R.SELF): M.ANNOUNCED,
    (Item.IDENTITIES, R.BIDDER): M.CONCLUDED,
    (Item.IDENTITIES, R.SUPERVISOR): M.CLOSED,
    (Item.WINNER, R.OWNER): M.CLOSED,
    (Item.WINNER, R.SELF): M.CLOSED,
    (Item.WINNER, R.BIDDER): M.CONCLUDED,
    (Item.WINNER, R.SUPERVISOR): M.CLOSED,
    (Item.WINNER, R.SERVANT): M.CONCLUDED,
    (Item.WINNER, R.PUBLIC): M.CONCLUDED,
    (Item.RESERVE, R.SUPERVISOR): M.CONCLUDED,
} | {(Item.OFFERS, relation): M.OPEN for relation in R}


@pytest.mark.parametrize("item", list(Item))
def test_everyone_learns_each_thing_at_its_moment_and_never_before(item):
    for relation in R:
        first = FIRST.get((item, relation))
        for moment in (M.ANNOUNCED, M.OPEN, M.CLOSED, M.CONCLUDED):
            assert rules.may_see(item, relation, moment) is (first is not None and moment >= first)


@pytest.mark.parametrize(
    "state, moment",
    [
        (AuctionState.ANNOUNCED, M.ANNOUNCED),
        (AuctionState.OPEN, M.OPEN),
        (AuctionState.PAUSED, M.OPEN),
        (AuctionState.CLOSED, M.CLOSED),
        (AuctionState.SOLD, M.CONCLUDED),
        (AuctionState.FAILED, M.CONCLUDED),
        (AuctionState.DEFAULTED, M.CONCLUDED),
    ],
)
def test_the_state_says_which_moment_it_is(state, moment):
    assert M.of(replace(ANNOUNCED, state=state)) is moment
