"""程序指标 that judge what was done: each fires, stays quiet, and knows its boundary."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ggzy.oversight.alerts.indicators import (
    award_past_first,
    bidding_period_short,
    change_too_late,
    committee_irregular,
    contract_differs,
    deposit_excessive,
    method_differs,
    notice_period_short,
    opening_irregular,
    sale_period_short,
)
from ggzy.oversight.alerts.values import Grade
from ggzy.trading.dossier.values.record import Clarified
from ggzy.trading.dossier.values.sales import Auction
from ggzy.trading.dossier.values.stages import (
    Committee,
    Contract,
    Deposits,
    Evaluation,
    Payment,
    Replacement,
)
from tests.indicators.market import award, inspected, party, yuan
from tests.indicators.procedure import DAY, START, ground, lot, opening, terms


def keys(model, record, at=START):
    return [finding.key for finding in inspected(model, record, at)]


@pytest.mark.parametrize("days, found", [(4, 1), (5, 0), (6, 0)])
def test_documents_are_sold_for_five_days(days, found):
    said = inspected(sale_period_short, lot(terms=terms(sale_end=START + days * DAY)))
    assert len(said) == found
    assert all(f"{days} 日" in finding.sentence and "不少于 5 日" in finding.sentence for finding in said)


@pytest.mark.parametrize(
    "days, must_tender, found", [(19, True, 1), (20, True, 0), (19, False, 0)],
)  # fmt: skip
def test_bids_are_prepared_for_twenty_days(days, must_tender, found):
    record = lot(terms=terms(deadline=START + days * DAY), must_tender=must_tender)
    assert len(inspected(bidding_period_short, record)) == found


@pytest.mark.parametrize(
    "days_before, is_material, found", [(14, True, ["2"]), (15, True, []), (14, False, [])],
)  # fmt: skip
def test_a_material_change_moves_the_deadline(days_before, is_material, found):
    change = Clarified(
        at=START + (21 - days_before) * DAY,
        height=20,
        version=2,
        text="改工期",
        is_material=is_material,
        answers=0,
    )
    record = lot(terms=terms(), clarified=(change,), opening=opening())
    assert keys(change_too_late, record) == found


def test_a_change_is_judged_when_the_deadline_has_come():
    change = Clarified(at=START + 20 * DAY, height=20, version=2, text="改", is_material=True, answers=0)
    assert keys(change_too_late, lot(terms=terms(), clarified=(change,))) == []


@pytest.mark.parametrize("days, round, found", [(25, 1, 1), (28, 1, 0), (25, 2, 0)])
def test_a_sale_is_announced_for_twenty_working_days(days, round, found):
    end = START + days * DAY
    auction = Auction(
        at=START, height=10, format="listing", apply_from=START, apply_until=end, starts_at=end, ends_at=end,
        deposit=yuan(1), start=yuan(100),
    )  # fmt: skip
    assert len(inspected(notice_period_short, lot(auction=auction, round=round))) == found


@pytest.mark.parametrize(
    "minutes, count, found",
    [(1, 3, []), (60, 3, []), (61, 3, ["late"]), (1, 2, ["few"]), (90, 2, ["late", "few"])],
)
def test_an_opening_is_on_time_and_has_three_bidders(minutes, count, found):
    close = START + 21 * DAY
    record = lot(opening=opening(count=count, began_at=close + timedelta(minutes=minutes)))
    assert keys(opening_irregular, record) == found


def committee(drawn=4, owner=1, **changes):
    fields = {"at": START, "height": 30, "drawn_seats": drawn, "owner_seats": owner, "drawn_at": START}
    return Committee(**fields | changes)


@pytest.mark.parametrize(
    "drawn, owner, found",
    [
        (4, 1, []),
        (2, 1, ["few"]),
        (5, 1, ["even"]),
        (3, 2, ["experts"]),
        (5, 2, []),
        (4, 3, ["experts"]),
    ],
)
def test_a_committee_is_odd_five_and_two_thirds_experts(drawn, owner, found):
    assert keys(committee_irregular, lot(committee=committee(drawn, owner))) == found


@pytest.mark.parametrize("seats, hours, found", [(3, 2, ["late"]), (2, 2, []), (3, 25, [])])
def test_seats_drawn_again_at_the_last_moment_are_told(seats, hours, found):
    begun = START + 21 * DAY
    again = tuple(Replacement(at=begun - timedelta(hours=hours), height=40, seat=n) for n in range(seats))
    record = lot(committee=committee(replacements=again), evaluation=Evaluation(at=begun, height=60))
    assert keys(committee_irregular, record) == found


def test_experts_nobody_drew_are_told():
    record = lot(committee=committee(drawn_at=None), evaluation=Evaluation(at=START, height=60))
    assert keys(committee_irregular, record) == ["undrawn"]


@pytest.mark.parametrize(
    "rank, passed, grades",
    [
        (1, (), []),
        (2, (), [Grade.RED]),
        (2, ((1, "gave_up"),), [Grade.GREEN]),
        (3, ((1, "gave_up"),), [Grade.RED]),
    ],
)
def test_who_passes_the_first_candidate_says_why(rank, passed, grades):
    said = inspected(award_past_first, lot(award=award(1, rank=rank, passed=passed)))
    assert [finding.grade for finding in said] == grades


@pytest.mark.parametrize("amount, found", [("1000000.00", 0), ("1000000.01", 1), ("900000", 1), (None, 0)])
def test_a_contract_says_what_was_awarded(amount, found):
    contract = Contract(
        at=START, height=90, number="1", amount=yuan(amount) if amount else None, price="", security=yuan(1)
    )
    assert len(inspected(contract_differs, lot(award=award(1), contract=contract))) == found


@pytest.mark.parametrize("deposit, found", [(100_000, []), ("100000.01", ["deposit"])])
def test_a_deposit_is_two_hundredths_of_the_estimate(deposit, found):
    record = lot(deposits=Deposits(at=START, height=11, required=yuan(deposit)), estimate=yuan(5_000_000))
    assert keys(deposit_excessive, record) == found


@pytest.mark.parametrize("security, found", [(100_000, []), ("100000.01", ["security"])])
def test_a_security_is_a_tenth_of_the_contract(security, found):
    contract = Contract(
        at=START, height=90, number="1", amount=yuan(1_000_000), price="", security=yuan(security)
    )
    assert keys(deposit_excessive, lot(contract=contract)) == found


@pytest.mark.parametrize("kind, found", [("wrong_payer", 1), ("not_basic", 1), ("late", 0), ("received", 0)])
def test_a_deposit_from_a_strange_account_is_told(kind, found):
    paid = Payment(
        at=START, height=12, kind=kind, party=party(1), serial="s1", amount=yuan(50_000), payer="某公司",
        account="1234", booked_at=START,
    )  # fmt: skip
    said = inspected(deposit_excessive, lot(deposits=Deposits(
        at=START, height=11, required=yuan(50_000), payments=(paid,)
    )))  # fmt: skip
    assert len(said) == found
    assert all(finding.parties == (party(1),) for finding in said)


@pytest.mark.parametrize(
    "registered, announced, approval, found",
    [
        ("open_tender", "open_tender", "", []),
        ("open_tender", "invited_tender", "发改〔2026〕1号", ["announced"]),
        ("invited_tender", "invited_tender", "", ["approval"]),
        ("invited_tender", "invited_tender", "发改〔2026〕1号", []),
    ],
)
def test_a_method_is_the_registered_one_and_open_where_it_must_be(registered, announced, approval, found):
    record = lot(method=registered, terms=terms(method=announced), ground=ground(approval=approval))
    assert keys(method_differs, record) == found


def test_without_its_number_a_rulebook_says_nothing():
    book = replace(ground().rulebook, limits=())
    bare = lot(ground=replace(ground(), rulebook=book), terms=terms(sale_end=START, deadline=START + DAY))
    for model in (sale_period_short, bidding_period_short, change_too_late, opening_irregular):
        assert inspected(model, bare) == []
