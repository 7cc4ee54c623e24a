"""Composition, pool, commitments, reveal, draw: one row per reason."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ggzy.kernel import draw as lottery
from ggzy.kernel.codes import CreditCode, ExpertCode, LotCode, RegionCode
from ggzy.kernel.verdict import Verdict
from ggzy.registers.catalog.values import Limit, Rulebook
from ggzy.trading.evaluation.rules import draws, pool
from ggzy.trading.evaluation.values import (
    GIVERS_REQUIRED,
    TURNS,
    Candidacy,
    CommitteePlan,
    DrawFacts,
    DrawState,
    EvaluationState,
    Exclusion,
    ExclusionCount,
    Giver,
    Purpose,
    SeatPlan,
)
from ggzy.trading.tendering.values import TenderState

CITY = RegionCode("980100")
AT = datetime(2026, 6, 23, 12, tzinfo=UTC)
LOT = LotCode("L" * 40)


def limit(name: str, value: str) -> Limit:
    return Limit(
        name=name, value=Decimal(value), unit="count", op="min", article="招标投标法 §37",
        severity="block", status="", row="", text="",
    )  # fmt: skip


def rulebook(*limits: Limit) -> Rulebook:
    return Rulebook(code="x", region=CITY, effective=date(2026, 1, 1), sources=(), limits=limits)


def codes(verdict: Verdict) -> list[str]:
    return [reason.code for reason in verdict.reasons]


def plan(experts: int = 4, owners: int = 1) -> CommitteePlan:
    return CommitteePlan(seats=(SeatPlan(specialty="A0801", count=experts),), region=CITY, owner_seats=owners)


@pytest.mark.parametrize(
    "experts, owners, reasons",
    [
        (4, 1, []),
        (5, 0, []),
        (5, 2, []),
        (6, 3, []),
        (3, 0, ["too_few"]),
        (5, 1, ["even"]),
        (3, 2, ["too_many_owners"]),
        (4, 3, ["too_many_owners"]),
        (5, 4, ["too_many_owners"]),
        (0, 5, ["too_many_owners", "seat_count"]),
    ],
)
def test_committee_is_odd_at_least_five_and_two_thirds_experts(
    experts: int, owners: int, reasons: list[str]
) -> None:
    assert codes(pool.may_compose(plan(experts, owners), rulebook())) == reasons


def test_rulebook_may_ask_for_a_larger_committee() -> None:
    seven = rulebook(limit("committee.members_min", "7"))
    assert codes(pool.may_compose(plan(), seven)) == ["too_few"]
    assert pool.may_compose(plan(6, 1), seven).ok


def test_specialty_is_asked_for_once() -> None:
    twice = CommitteePlan(
        seats=(SeatPlan(specialty="A08", count=2), SeatPlan(specialty="A08", count=3)), region=CITY
    )
    assert codes(pool.may_compose(twice, rulebook())) == ["specialty_twice"]


def test_pool_must_fill_every_specialty() -> None:
    wanted = (SeatPlan(specialty="A", count=2), SeatPlan(specialty="B", count=1))
    assert codes(pool.is_pool_enough(wanted, {"A": 2, "B": 1})) == []
    assert codes(pool.is_pool_enough(wanted, {"A": 1})) == ["pool_small", "pool_small"]


EXPERT = ExpertCode("Z980100000000017")
CANDIDATE = Candidacy(expert=EXPERT, person="p", specialty="A0801", employer="某院", region=CITY)


@pytest.mark.parametrize(
    "change, reason",
    [
        ({}, None),
        ({"candidate": replace(CANDIDATE, exclusion=Exclusion.INACTIVE)}, Exclusion.INACTIVE),
        ({"owner": frozenset({"某院"})}, Exclusion.EMPLOYER_OWNER),
        ({"agency": frozenset({"某院"})}, Exclusion.EMPLOYER_AGENCY),
        ({"bidders": frozenset({"某院"})}, Exclusion.EMPLOYER_BIDDER),
        ({"busy": frozenset({EXPERT})}, Exclusion.BUSY),
        ({"called_before": frozenset({EXPERT})}, Exclusion.CALLED_BEFORE),
    ],
)
def test_every_recusal_has_its_reason(change: dict, reason: Exclusion | None) -> None:
    nobody: frozenset[str] = frozenset()
    setting = {
        "candidate": CANDIDATE, "owner": nobody, "agency": nobody, "bidders": nobody,
        "busy": frozenset(), "called_before": frozenset(),
    } | change  # fmt: skip
    assert pool.excluded_for(**setting) is reason


def test_employer_is_known_by_code_and_by_name() -> None:
    code = CreditCode.make(region=CITY, serial=1)
    known = pool.employers([code, None], ["某 院", ""])
    assert known == {str(code), "某院"}


def test_new_or_retired_experts_are_not_drawn() -> None:
    week = rulebook(limit("committee.library_days_min", "7"))
    assert pool.inaptitude(False, AT, AT, week) is Exclusion.INACTIVE
    assert pool.inaptitude(True, AT - timedelta(days=6), AT, week) is Exclusion.TOO_NEW
    assert pool.inaptitude(True, AT - timedelta(days=7), AT, week) is None
    assert pool.inaptitude(True, AT, AT, rulebook()) is None


def test_excluded_leaves_are_counted_by_reason() -> None:
    leaves = [
        pool.expert_leaf(replace(CANDIDATE, exclusion=reason), bytes([number]) * 32)
        for number, reason in enumerate((Exclusion.BUSY, None, Exclusion.BUSY, Exclusion.INACTIVE))
    ]
    assert pool.exclusion_counts(leaves) == (
        ExclusionCount(reason=Exclusion.INACTIVE, count=1),
        ExclusionCount(reason=Exclusion.BUSY, count=2),
    )
    assert len({leaf.leaf for leaf in leaves}) == 4


NONCES = {party: tuple(bytes([n]) * 32 for n in range(TURNS)) for party in GIVERS_REQUIRED}


def giver(party: str, revealed: tuple[int, ...] = ()) -> Giver:
    commitments = tuple(lottery.commitment("d", party, t, n) for t, n in enumerate(NONCES[party]))
    return Giver(party=party, committed_at=AT, commitments=commitments, revealed=revealed)


def draw_facts(state: DrawState = DrawState.REQUESTED, *givers: Giver, turn: int = 0) -> DrawFacts:
    return DrawFacts(
        id="d", lot=LOT, round=1, purpose=Purpose.COMMITTEE, serial=1, state=state, turn=turn,
        requested_at=AT, groups=(), givers=givers, reveal_until=AT + timedelta(minutes=30),
    )  # fmt: skip


ALL = tuple(giver(party) for party in GIVERS_REQUIRED)
GOOD_COMMITS = tuple(bytes([n + 1]) * 32 for n in range(TURNS))


@pytest.mark.parametrize(
    "facts, commitments, reasons",
    [
        (draw_facts(), GOOD_COMMITS, []),
        (draw_facts(DrawState.REVEALING), GOOD_COMMITS, ["commits_closed"]),
        (draw_facts(DrawState.REQUESTED, giver("centre")), GOOD_COMMITS, ["committed"]),
        (draw_facts(), GOOD_COMMITS[:-1], ["commitments"]),
        (draw_facts(), GOOD_COMMITS[:-1] + GOOD_COMMITS[:1], ["commitments"]),
        (draw_facts(), (*GOOD_COMMITS[:-1], b"short"), ["commitment_size"]),
    ],
)
def test_commitment_is_given_once_and_whole(facts, commitments, reasons) -> None:
    assert codes(draws.may_commit(facts, "centre", commitments)) == reasons


@pytest.mark.parametrize(
    "facts, is_ripe, reasons",
    [
        (draw_facts(DrawState.REQUESTED, *ALL), True, []),
        (draw_facts(DrawState.REVEALING, *ALL), True, ["not_open"]),
        (draw_facts(DrawState.REQUESTED, *ALL[:2]), True, ["givers_missing"]),
        (draw_facts(DrawState.REQUESTED, *ALL), False, ["not_opened"]),
    ],
)
def test_commits_close_when_all_required_have_committed(facts, is_ripe, reasons) -> None:
    assert codes(draws.may_close_commits(facts, is_ripe)) == reasons


@pytest.mark.parametrize(
    "change, reasons",
    [
        ({}, []),
        ({"facts": draw_facts(DrawState.REQUESTED, *ALL)}, ["not_revealing"]),
        ({"party": "bidder:X"}, ["not_a_giver"]),
        ({"facts": draw_facts(DrawState.REVEALING, giver("centre", (0,)))}, ["revealed"]),
        ({"at": AT + timedelta(minutes=30)}, ["reveal_late"]),
        ({"nonce": NONCES["centre"][1]}, ["nonce_differs"]),
        ({"nonce": b"short"}, ["nonce_differs"]),
    ],
)
def test_nonce_is_revealed_in_time_and_as_committed(change: dict, reasons: list[str]) -> None:
    setting = {
        "facts": draw_facts(DrawState.REVEALING, *ALL), "party": "centre",
        "nonce": NONCES["centre"][0], "at": AT,
    } | change  # fmt: skip
    assert codes(draws.may_reveal(**setting)) == reasons


def test_draw_waits_for_every_nonce() -> None:
    revealed = tuple(giver(party, (0,)) for party in GIVERS_REQUIRED)
    assert codes(draws.may_draw(draw_facts(DrawState.REVEALING, *revealed))) == []
    assert codes(draws.may_draw(draw_facts(DrawState.REVEALING, *revealed[:2], ALL[2]))) == ["nonces_missing"]
    assert codes(draws.may_draw(draw_facts(DrawState.DRAWN, *revealed))) == ["not_revealing"]
    assert codes(draws.may_draw(draw_facts(DrawState.REVEALING, *revealed, turn=1))) == ["nonces_missing"]


@pytest.mark.parametrize(
    "facts, at, reasons",
    [
        (draw_facts(DrawState.REVEALING, *ALL), AT + timedelta(minutes=30), []),
        (draw_facts(DrawState.DRAWN, *ALL), AT + timedelta(minutes=30), ["not_revealing"]),
        (draw_facts(DrawState.REVEALING, *ALL), AT + timedelta(minutes=29), ["window_open"]),
        (draw_facts(DrawState.REVEALING, giver("centre", (0,))), AT + timedelta(hours=1), ["nobody_waiting"]),
    ],
)
def test_silence_past_the_window_ends_the_draw(facts, at, reasons) -> None:
    assert codes(draws.may_expire(facts, at)) == reasons


@pytest.mark.parametrize(
    "state, vacant, reason, reasons",
    [
        (DrawState.REQUESTED, {}, "填错专业", []),
        (DrawState.DRAWN, {"A08": (1,)}, "候选池用尽", []),
        (DrawState.DRAWN, {}, "不满意", ["drawn"]),
        (DrawState.REVEALING, {}, " ", ["reason_missing"]),
    ],
)
def test_finished_draw_is_not_abandoned(state, vacant, reason, reasons) -> None:
    assert codes(draws.may_abandon(draw_facts(state), vacant, reason)) == reasons


@pytest.mark.parametrize(
    "change, reasons",
    [
        ({}, []),
        ({"tender": TenderState.CLOSED}, ["not_opened"]),
        ({"has_scheme": False}, ["no_scheme"]),
        ({"has_live": True}, ["draw_live"]),
        ({"state": EvaluationState.SCORING}, ["stage"]),
        ({"wanted": ()}, ["no_vacancy"]),
    ],
)
def test_committee_is_drawn_after_the_opening(change: dict, reasons: list[str]) -> None:
    setting = {
        "tender": TenderState.OPENED, "state": EvaluationState.CONVENING, "has_scheme": True,
        "has_live": False, "wanted": (SeatPlan(specialty="A08", count=5),),
    } | change  # fmt: skip
    assert codes(draws.may_request(**setting)) == reasons


@pytest.mark.parametrize(
    "change, reasons",
    [
        ({}, []),
        ({"wanted": 0}, ["no_coefficients"]),
        ({"tender": TenderState.DRAFTED}, ["not_announced"]),
        ({"state": EvaluationState.REVIEWING}, ["stage"]),
        ({"has_live": True}, ["draw_live"]),
    ],
)
def test_coefficients_are_asked_for_before_the_evaluation(change: dict, reasons: list[str]) -> None:
    setting = {
        "tender": TenderState.ANNOUNCED, "state": EvaluationState.CONVENING, "wanted": 1, "has_live": False,
    } | change  # fmt: skip
    assert codes(draws.may_request_coefficients(**setting)) == reasons


@pytest.mark.parametrize(
    "state, tied, has_live, reasons",
    [
        (EvaluationState.SCORING, 2, False, []),
        (EvaluationState.CONCLUDED, 2, False, ["stage"]),
        (EvaluationState.SCORING, 0, False, ["no_tie"]),
        (EvaluationState.SCORING, 2, True, ["draw_live"]),
    ],
)
def test_ties_are_drawn_while_scoring(state, tied, has_live, reasons) -> None:
    assert codes(draws.may_request_ties(state=state, tied=tied, has_live=has_live)) == reasons


def test_seats_are_numbered_through_the_specialties_and_the_owner_comes_last() -> None:
    mixed = CommitteePlan(
        seats=(SeatPlan(specialty="A", count=2), SeatPlan(specialty="B", count=2)), region=CITY, owner_seats=1
    )
    assert pool.seat_specialties(mixed) == {1: "A", 2: "A", 3: "B", 4: "B", 5: ""}
    assert pool.vacant_seats(mixed, {1, 4}) == {"A": (2,), "B": (3,), "": (5,)}
    assert pool.to_draw(mixed, {1, 2, 4}) == (SeatPlan(specialty="B", count=1),)


@given(st.binary(min_size=32, max_size=32), st.randoms(use_true_random=False))
def test_draw_takes_the_lowest_tickets_whatever_the_order(seed: bytes, random) -> None:
    leaves = [pool.value_leaf("k", Decimal(n)) for n in range(9)] + [pool.bid_leaf(str(n)) for n in range(4)]
    wanted = {"k": 3, pool.TIE_GROUP: 4}
    before = pool.drawn(leaves, wanted, seed)
    shuffled = list(leaves)
    random.shuffle(shuffled)
    assert pool.drawn(shuffled, wanted, seed) == before
    tickets = lottery.tickets(seed, [leaf.leaf for leaf in leaves])
    worst = max(tickets[leaf.leaf] for leaf in before[:3])
    rest = {leaf.leaf for leaf in leaves if leaf.group == "k"} - {leaf.leaf for leaf in before}
    assert all(tickets[leaf] > worst for leaf in rest)
    assert {leaf.subject for leaf in before[3:]} == {"0", "1", "2", "3"}


def test_used_up_pool_is_said() -> None:
    leaves = [pool.value_leaf("A", Decimal(1))]
    assert codes(pool.is_pool_left({"A": 1}, leaves)) == []
    assert codes(pool.is_pool_left({"A": 2}, leaves)) == ["pool_used_up"]
