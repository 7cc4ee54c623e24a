"""看与归并的规则: what is kept, when to look again, what vanishes, and which alert a finding belongs to."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from ggzy.oversight.alerts import lifecycle, rules
from ggzy.oversight.alerts.values import Finding, Grade, Indicator, Model, Note
from ggzy.oversight.alerts.values.alerts import AlertState
from ggzy.trading.dossier.values.record import Span
from tests.indicators.market import AT, DAY, lot, record

INDICATOR = Indicator(
    code="X01", name="示例", grade=Grade.YELLOW, basis="示例条款", why="示例", quiet="示例", lead=2 * DAY
)


def model(*findings: Finding) -> Model:
    return Model(INDICATOR, inspect=lambda record, params, at: findings)


def found(key: str = "a", **changes):
    looked = rules.look(model(Finding(sentence="一项", key=key)), record(), {}, AT)
    return replace(looked.found[0], **changes)


@pytest.mark.parametrize(
    "days, shown, again",
    [(5, 0, 3), (2, 1, 2), (1, 1, 1)],
)
def test_a_countdown_waits_for_its_lead(days, shown, again):
    looked = rules.look(model(Finding(sentence="将到期", due=AT + days * DAY)), record(), {}, AT)
    assert (len(looked.found), looked.again) == (shown, AT + again * DAY)


def test_while_the_lot_stands_still_nothing_is_waited_for():
    near = model(Finding(sentence="将到期", due=AT + DAY))
    still = record(stills=(Span(cause="brake", since=AT),))
    assert rules.look(near, still, {}, AT).again is None
    ran_on = record(stills=(Span(cause="brake", since=AT - DAY, until=AT),))
    assert rules.look(near, ran_on, {}, AT).again == AT + DAY


def test_the_nearest_moment_is_looked_at_first():
    both = model(
        Finding(sentence="甲", key="a", due=AT + 9 * DAY), Finding(sentence="乙", key="b", due=AT + DAY)
    )
    assert rules.look(both, record(), {}, AT).again == AT + DAY


@pytest.mark.parametrize(
    "bad", [lambda *_: 1 / 0, lambda *_: (Finding(sentence="过期", due=AT),), lambda *_: 5]
)
def test_a_model_that_fails_says_so_and_finds_nothing(bad):
    looked = rules.look(Model(INDICATOR, inspect=bad), record(), {}, AT)
    assert looked.found == () and looked.error


def test_a_finding_has_one_name_for_ever():
    later = rules.look(model(Finding(sentence="换了说法", key="a")), record(), {}, AT + DAY).found[0]
    assert later.uid == found().uid
    assert len({found("a").uid, found("b").uid, rules.uid("X01", str(lot(1)), "a", True)}) == 3


def test_what_is_found_again_keeps_its_first_moment_and_its_alert():
    known = found(alert="YJ1")
    assert rules.merged([known], [found()], AT + DAY) == ()
    (changed,) = rules.merged([known], [found(sentence="新的说法")], AT + DAY)
    assert (changed.first_at, changed.last_at, changed.alert) == (AT, AT + DAY, "YJ1")


def test_what_is_found_no_more_stays_on_record_and_may_come_back():
    (gone,) = rules.merged([found()], [], AT + DAY)
    assert gone.vanished_at == AT + DAY
    assert rules.merged([gone], [], AT + 2 * DAY) == ()
    (back,) = rules.merged([gone], [found()], AT + 3 * DAY)
    assert back.vanished_at is None and back.first_at == AT


def test_notes_of_one_key_are_concluded_together_and_dated_by_the_latest():
    def conclude(notes, params):
        yield Finding(sentence=f"{len(notes)} 次", key="together")

    many = Model(INDICATOR, collect=lambda record: (), conclude=conclude)
    notes = [Note(key="k", lot=lot(n), at=AT + n * DAY) for n in (1, 2)]
    (one,) = rules.conclude(many, "k", notes, {})
    assert (one.sentence, one.first_at, one.note_key, one.lot) == ("2 次", AT + 2 * DAY, "k", None)
    assert rules.conclude(many, "k", [], {}) == ()


@pytest.mark.parametrize(
    "changes, raises",
    [
        ({}, True),
        ({"grade": Grade.RED}, True),
        ({"grade": Grade.GREEN}, False),
        ({"due": AT + DAY}, False),
        ({"vanished_at": AT}, False),
    ],
)
def test_only_what_stands_and_weighs_raises_an_alert(changes, raises):
    assert rules.raises(found(**changes)) is raises


OPEN = rules.Standing("YJ1", AT)
DISMISSED = rules.Standing("YJ1", AT, AT + DAY, True)
CONFIRMED = rules.Standing("YJ1", AT, AT + DAY, False)


@pytest.mark.parametrize(
    "known, days, grade, answer",
    [
        ([], 1, Grade.YELLOW, ("", False)),
        ([OPEN], 1, Grade.YELLOW, ("YJ1", False)),
        ([OPEN], 180, Grade.YELLOW, ("YJ1", False)),
        ([OPEN], 181, Grade.YELLOW, ("", False)),
        ([DISMISSED], 2, Grade.YELLOW, ("YJ1", True)),
        ([DISMISSED], 91, Grade.YELLOW, ("YJ1", True)),
        ([DISMISSED], 92, Grade.YELLOW, ("", False)),
        ([DISMISSED], 2, Grade.RED, ("", False)),
        ([CONFIRMED], 2, Grade.YELLOW, ("", False)),
        ([DISMISSED], 0.5, Grade.YELLOW, ("YJ1", False)),
        ([replace(OPEN, raised_at=AT + 9 * DAY)], 1, Grade.YELLOW, ("", False)),
    ],
)
def test_a_finding_joins_an_open_alert_or_rests_under_a_decision(known, days, grade, answer):
    assert rules.answered(found(grade=grade), known, AT + timedelta(days=days)) == answer


def test_a_group_is_one_indicator_about_one_object_and_a_code_is_its_first_findings():
    assert rules.group(found("a")) == rules.group(found("b"))
    assert rules.group(found("a")) != rules.group(found("a", indicator="X02"))
    assert rules.group(found(note_key="k")) != rules.group(found(note_key="l"))
    assert rules.alert_code(found("a")) == rules.alert_code(found("a")) != rules.alert_code(found("b"))
    assert len(rules.alert_code(found())) == 14 and rules.alert_code(found()).startswith("YJ")


@pytest.mark.parametrize(
    "default, text, value",
    [
        (3, "4", 4),
        (3, "4.5", None),
        (3, "-1", None),
        (3, "很多", None),
        (Decimal("1.5"), "2", Decimal(2)),
        (Decimal("1.5"), "NaN", None),
        (True, "false", False),
        (True, "no", None),
        ("甲", "乙", "乙"),
        ("甲", " ", None),
    ],
)
def test_a_parameter_is_read_as_its_default_is(default, text, value):
    assert rules.parsed(default, text) == value


def test_what_is_dismissed_leads_nowhere_and_every_state_has_its_moves():
    assert set(lifecycle.MOVES) == set(AlertState)
    assert not any(lifecycle.leads(AlertState.DISMISSED, to) for to in AlertState)
    assert lifecycle.leads(AlertState.TRANSFERRED, AlertState.CONFIRMED)
