"""信用评价: the worked example, every bound, and the laws of the arithmetic."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.money import Money
from ggzy.registers.credit import queries, rules
from ggzy.registers.credit.values import (
    Decision,
    Gravity,
    Measure,
    Reckoned,
    RecordFacts,
    RecordKind,
)

PARTY = CreditCode.make(region=RegionCode("980100"), serial=1)
TODAY = date(2026, 12, 1)
MODEL, TERMS = queries.model(), dict(queries.terms())
REWARD, WORK, PENALTY = RecordKind.REWARD, RecordKind.PERFORMANCE, RecordKind.PENALTY


def record(number, kind, on, gravity=None, topic="", **change):
    return RecordFacts(
        code=f"{PARTY}-R{number:03d}",
        party=PARTY,
        name="江州某公司",
        kind=kind,
        title=f"第{number}条",
        text="事实",
        decision=Decision("机关", f"文号{number}", "依据", on),
        gravity=gravity,
        lot=None,
        recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
        topic=topic,
        **change,
    )


def rated(*records, on=TODAY):
    return rules.rate(MODEL, records, TERMS, on)


HALF_A_YEAR = date(2026, 6, 1)
GOOD = [record(number, WORK, date(2026, 3, number), topic="performed") for number in (1, 2, 3)]
AWARD = record(4, REWARD, date(2026, 2, 1), topic="award")


@pytest.mark.parametrize(
    "gravity, score, grade",
    [(Gravity.GENERAL, "97.39", "A"), (Gravity.SERIOUS, "86.79", "B"), (Gravity.MINOR, "108.00", "A")],
)
def test_the_worked_example(gravity, score, grade):
    found = rated(*GOOD, AWARD, record(5, PENALTY, HALF_A_YEAR, gravity))
    assert (found.score, found.grade) == (Decimal(score), grade)


def test_a_party_without_entries_has_the_base():
    found = rated()
    assert (found.score, found.grade, found.lines) == (Decimal(100), "A", ())


def test_every_line_says_how_it_came_about():
    (line,) = rated(record(5, PENALTY, HALF_A_YEAR, Gravity.GENERAL)).lines
    assert (line.points, line.factor, line.value) == (Decimal(-15), Decimal("0.7071"), Decimal("-10.61"))
    assert (line.entry, line.title, line.on) == (f"{PARTY}-R005", "第5条", HALF_A_YEAR)


def test_a_minor_entry_counts_without_being_named():
    (line,) = rated(record(5, PENALTY, date(2026, 11, 1), Gravity.MINOR)).lines
    assert (line.entry, line.title) == ("", "不公示的轻微记录")


@pytest.mark.parametrize("count, score", [(5, "110.00"), (6, "110.00"), (4, "108.00")])
def test_points_of_a_group_end_at_its_cap(count, score):
    works = [record(number, WORK, date(2026, 3, number), topic="performed") for number in range(1, count + 1)]
    found = rated(*works)
    assert found.score == Decimal(score)
    assert bool(found.lines[-1].note) is (count > 5)


@pytest.mark.parametrize(
    "change, on, is_counted",
    [
        ({}, date(2027, 5, 31), True),
        ({}, date(2027, 6, 1), False),
        ({}, date(2026, 5, 31), False),
        ({"repaired_on": date(2026, 9, 1)}, date(2026, 8, 31), True),
        ({"repaired_on": date(2026, 9, 1)}, date(2026, 9, 1), False),
        ({"withdrawn_on": date(2026, 9, 1)}, date(2026, 9, 1), False),
    ],
)
def test_an_entry_counts_from_its_decision_to_its_end(change, on, is_counted):
    facts = record(5, PENALTY, HALF_A_YEAR, Gravity.GENERAL, **change)
    assert bool(rated(facts, on=on).lines) is is_counted


@pytest.mark.parametrize(
    "cut, grade", [("90", "A"), ("89.99", "B"), ("80", "B"), ("60", "C"), ("59.99", "D")]
)
def test_a_grade_begins_at_its_cut(cut, grade):
    assert rules.rate(replace(MODEL, base=Decimal(cut)), (), TERMS, TODAY).grade == grade


def test_the_default_model_says_that_it_is_one():
    assert MODEL.is_default and "默认" in MODEL.source
    assert [cut.score for cut in MODEL.cuts] == sorted((cut.score for cut in MODEL.cuts), reverse=True)
    assert MODEL.cuts[-1].score == 0


KINDS = st.one_of(
    st.tuples(
        st.just(PENALTY), st.sampled_from(list(Gravity)), st.sampled_from(["", "wages", "false_complaint"])
    ),
    st.tuples(st.just(REWARD), st.none(), st.sampled_from(["award", "award_province", "award_national"])),
    st.tuples(st.just(WORK), st.none(), st.sampled_from(["performed", "performed_badly"])),
)
DAYS = st.dates(date(2023, 1, 1), TODAY)
FILES = st.lists(st.tuples(KINDS, DAYS), max_size=30).map(
    lambda drawn: [
        record(n, kind, on, gravity, topic) for n, ((kind, gravity, topic), on) in enumerate(drawn, 1)
    ]
)


@given(FILES)
def test_a_score_is_the_base_and_its_lines_and_never_below_nought(records):
    found = rated(*records)
    total = MODEL.base + sum((line.value for line in found.lines), Decimal(0))
    assert found.score == max(Decimal(0), total)
    assert found.score <= MODEL.base + 20


@given(FILES, st.randoms())
def test_the_order_of_entries_does_not_matter(records, chance):
    mixed = list(records)
    chance.shuffle(mixed)
    assert rated(*records) == rated(*mixed)


@given(FILES, st.sampled_from(list(Gravity)), DAYS)
def test_one_more_penalty_never_raises_a_score(records, gravity, on):
    assert rated(*records, record(99, PENALTY, on, gravity)).score <= rated(*records).score


@given(st.sampled_from(list(Gravity)), DAYS, DAYS)
def test_a_penalty_weighs_less_the_older_it_is(gravity, one, other):
    older, younger = sorted((one, other))
    assert (
        rated(record(1, PENALTY, older, gravity)).score >= rated(record(1, PENALTY, younger, gravity)).score
    )


def effects_of(*records):
    return rules.applied(queries.effects(), rated(*records), records, TODAY)


def test_every_effect_rests_on_an_entry_or_a_grade_and_on_a_law():
    serious = record(5, PENALTY, HALF_A_YEAR, Gravity.SERIOUS, shown_until=date(2029, 6, 1))
    found = {one.effect.code: one for one in effects_of(serious, AWARD)}
    assert set(found) == {"more_inspections", "green_channel", "no_honours"}
    assert found["no_honours"].entry == serious.code and found["green_channel"].entry == AWARD.code
    assert all(one.effect.article and one.because for one in found.values())
    assert {one.effect.code for one in effects_of()} == {"deposit_lowered", "fewer_inspections"}


def test_what_is_repaired_has_no_effect_any_more():
    repaired = record(5, PENALTY, HALF_A_YEAR, Gravity.SERIOUS, repaired_on=date(2026, 11, 1))
    assert {one.effect.code for one in effects_of(repaired)} == {"deposit_lowered", "fewer_inspections"}


def test_a_burden_goes_before_an_easing():
    worked = [record(number, WORK, date(2026, 3, number), topic="performed") for number in range(1, 6)]
    serious = record(9, PENALTY, date(2024, 1, 1), Gravity.SERIOUS, shown_until=date(2027, 1, 1))
    found = effects_of(*worked, serious)
    assert {"fewer_inspections", "more_inspections"} <= {one.effect.code for one in found}
    assert rules.factor(found, Measure.INSPECTION) == 2


BASES = st.integers(0, 10**12).map(Money)


@given(BASES, BASES, BASES, FILES)
def test_a_deposit_stays_between_the_least_and_the_most_of_the_law(base, least, most, records):
    asked = rules.deposit(base, least, most, effects_of(*records))
    assert min(least, base) <= asked.amount <= max(base, most)
    assert (asked.amount != base) == (asked.applied is not None)


def test_a_deposit_is_lowered_for_the_trusted_and_raised_for_the_others():
    base, cap = Money.yuan(100_000), Money.yuan(150_000)
    broken = [record(n, PENALTY, date(2026, 11, n), Gravity.SERIOUS) for n in (1, 2)]
    nought = Money.zero
    lowered = rules.deposit(base, nought, cap, effects_of())
    assert lowered.amount == Money.yuan(50_000)
    assert lowered.applied is not None and lowered.applied.effect.code == "deposit_lowered"
    assert rules.deposit(base, Money.yuan(80_000), cap, effects_of()).amount == Money.yuan(80_000)
    assert rules.deposit(base, base, cap, effects_of()) == Reckoned(base)
    assert rules.deposit(base, nought, cap, effects_of(*broken)).amount == cap
