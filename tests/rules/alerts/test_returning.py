"""决定之后: what is news, what is kept as it was, what stays quiet, and what asks for an alert of its own."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from importlib import import_module

import pytest

from ggzy.oversight.alerts import indicators, rules
from ggzy.oversight.alerts.values import Evidence, Grade
from ggzy.oversight.alerts.values.alerts import Found
from tests.indicators.market import AT, DAY

MOVED = import_module("ggzy.oversight.alerts.migrations.0004_past_findings")._group
OPEN = rules.Standing("YJ1", AT)
DISMISSED = rules.Standing("YJ1", AT, AT + DAY, True, frozenset("AB"))
CONFIRMED = replace(DISMISSED, is_dismissed=False)
LATER = AT + timedelta(days=20)


def lots(*numbers: int) -> tuple[Evidence, ...]:
    return tuple(Evidence("一次", "相遇", link=f"/lots/{n}/") for n in numbers)


BEFORE = Found(
    uid="u" * 32, indicator="X01", lot=None, note_key="A", key="A", grade=Grade.YELLOW, sentence="两次",
    score=Decimal(1), parties=("A", "B"), evidence=lots(1, 2), picture=None, phrases=(), first_at=AT, last_at=AT,
    alert="YJ1",
)  # fmt: skip
WORDS = Evidence("期限", "已过 3 天")


@pytest.mark.parametrize(
    "before, now, is_news",
    [
        ({}, {"sentence": "换了说法", "score": Decimal("0.5")}, False),
        ({}, {"evidence": lots(2)}, False),  # less than before
        ({}, {"evidence": (*lots(1, 2), WORDS)}, False),  # words beside what is pointed to
        ({}, {"evidence": lots(1, 2, 3)}, True),
        ({}, {"evidence": (*lots(1, 2), Evidence("原文", "相同", height=0))}, True),
        ({}, {"parties": ("A",)}, False),
        ({}, {"parties": ("A", "C")}, True),
        ({"parties": ("A",)}, {"parties": ("A", "B")}, False),  # the alert names B already
        ({}, {"grade": Grade.RED}, True),
        ({"grade": Grade.RED}, {"grade": Grade.YELLOW}, False),
        ({}, {"vanished_at": LATER}, False),
        ({}, {"grade": Grade.GREEN, "evidence": lots(3)}, False),  # raises nothing
        ({"evidence": (WORDS,)}, {"evidence": (replace(WORDS, text="已过 9 天"),)}, True),  # words are all it has
        ({"vanished_at": LATER}, {"evidence": lots(1, 2)}, False),
        ({"vanished_at": LATER}, {"evidence": lots(1, 3)}, True),
    ],
)  # fmt: skip
def test_what_is_news_after_a_decision(before, now, is_news):
    old = replace(BEFORE, **before)
    kept = rules.carried(old, replace(BEFORE, **now), DISMISSED, LATER)
    assert (len(kept) == 2) is is_news
    if is_news:
        past, fresh = kept
        assert past == replace(old, is_past=True)
        assert (fresh.alert, fresh.is_suppressed, fresh.first_at) == ("", False, LATER)
        assert fresh.uid != old.uid and len(fresh.uid) == len(old.uid)


def test_without_news_only_whether_it_still_holds_is_noted():
    assert (
        rules.carried(BEFORE, replace(BEFORE, sentence="换了说法", evidence=lots(2)), DISMISSED, LATER) == ()
    )
    gone = replace(BEFORE, sentence="换了说法", vanished_at=LATER)
    assert rules.carried(BEFORE, gone, DISMISSED, LATER) == (replace(BEFORE, vanished_at=LATER),)
    assert rules.carried(replace(BEFORE, vanished_at=AT), BEFORE, DISMISSED, LATER) == (BEFORE,)


@pytest.mark.parametrize(
    "before, of", [(None, None), (replace(BEFORE, alert=""), None), (BEFORE, OPEN), (BEFORE, CONFIRMED)]
)
def test_until_it_is_decided_a_finding_changes_in_place(before, of):
    now = replace(BEFORE, evidence=lots(1, 2, 3))
    assert rules.carried(before, now, of, AT + DAY / 2) == (now,)


@pytest.mark.parametrize(
    "was, grade, rows",
    [
        ({}, Grade.RED, 2),
        ({}, Grade.YELLOW, 1),
        ({"grade": Grade.RED}, Grade.YELLOW, 1),
        (
            {"grade": Grade.GREEN},
            Grade.RED,
            1,
        ),  # it had raised nothing: its alert was told of what it was before
        ({"vanished_at": AT}, Grade.RED, 1),
    ],
)
def test_what_becomes_graver_is_told_beside_what_was_told(was, grade, rows):
    old = replace(BEFORE, **was)
    kept = rules.carried(old, replace(BEFORE, grade=grade), OPEN, LATER)
    assert len(kept) == rows
    if rows == 2:
        assert kept[0] == replace(old, is_past=True) and (kept[1].alert, kept[1].grade) == ("", grade)
        assert rules.answered(kept[1], [OPEN], LATER) == ("YJ1", False), "in the same alert"


def test_what_is_kept_quiet_changes_in_place_and_asks_again_with_news():
    quiet = replace(BEFORE, is_suppressed=True)
    other = replace(quiet, sentence="换了说法")
    assert rules.carried(quiet, other, DISMISSED, LATER) == (other,)
    (again,) = rules.carried(quiet, replace(quiet, evidence=lots(1, 2, 3)), DISMISSED, LATER)
    assert (again.uid, again.alert, again.is_suppressed) == (quiet.uid, "", False)


@pytest.mark.parametrize(
    "of, parties, days, answer",
    [
        (DISMISSED, ("A", "B"), 91, ("YJ1", True)),
        (DISMISSED, ("A", "B"), 92, ("", False)),
        (DISMISSED, ("A", "C"), 2, ("", False)),  # nobody has answered for C
        (DISMISSED, (), 2, ("YJ1", True)),
        (CONFIRMED, ("A", "B"), 2, ("", False)),
    ],
)
def test_a_dismissal_covers_whom_its_alert_named(of, parties, days, answer):
    assert rules.answered(replace(BEFORE, parties=parties), [of], AT + days * DAY) == answer


def test_what_is_past_is_compared_with_nothing():
    past = replace(BEFORE, is_past=True)
    live = replace(BEFORE, uid="v" * 32, evidence=lots(1, 2, 3))
    assert rules.merged([past, live], [replace(live, uid=past.uid)], LATER) == ()
    (gone,) = rules.merged([past, live], [], LATER)
    assert (gone.uid, gone.vanished_at) == (live.uid, LATER)


@pytest.mark.parametrize(
    "code, one, other, is_same",
    [
        ("N02", ("4101|工程|2026", "A"), ("4101|工程|2027", "A"), True),  # New Year makes no new ring
        ("N02", ("4101|工程|2026", "A"), ("4101|工程|2026", "B"), False),  # nor does its market hide one
        ("B34", ("4101|2026 年第 1 季度", "A"), ("4101|2026 年第 2 季度", "A"), True),
        ("B34", ("4101|2026 年第 1 季度", "A"), ("4101|2026 年第 1 季度", "B"), False),
        ("B26", ("业主|代理", "A"), ("业主|代理", "B"), False),
        ("B23", ("业主|goods", "标段1"), ("业主|goods", "标段2"), True),  # its first lot leaves the window
    ],
)
def test_a_circle_is_whom_it_is_about(code, one, other, is_same):
    def group(keys: tuple[str, str]) -> str:
        found = replace(BEFORE, indicator=code, note_key=keys[0], key=keys[1])
        return rules.group(found, indicators.models()[code].circle)

    assert (group(one) == group(other)) is is_same
    for keys in (one, other, ("A", "A"), ("A|x", "")):
        assert MOVED(code, *keys) == group(keys), "what was grouped before is found again"
