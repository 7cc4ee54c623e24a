"""案件的规则: one table a rule, one row a reason."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from ggzy.kernel.instants import BEIJING, Calendar
from ggzy.kernel.money import Money
from ggzy.oversight.cases.rules import casework as rules
from ggzy.oversight.cases.rules import deciding, measures
from ggzy.oversight.cases.values.casework import (
    CaseState,
    Measure,
    MeasureKind,
    NewCase,
    Offence,
    OrderFacts,
    PartyFacts,
    Proposal,
)
from tests.rules.cases.setting import (
    AT,
    BAN,
    CITY,
    COLLUSION,
    FINE,
    FIRM,
    LOT,
    MONTHS,
    OTHER,
    STATED,
    TOLD,
    WARN,
    case,
    codes,
    notified,
)

DAY = timedelta(days=1)
WEEKDAYS = Calendar(frozenset(), frozenset())
AGENCY = Offence("agency", "代理机构泄密", "招标投标法 §50", (MeasureKind.FINE,), yuan=(50000, 250000))


NEW = NewCase("串通投标案", "线索", "collusion", (FIRM,), CITY)


@pytest.mark.parametrize(
    "new, offence, expected",
    [
        (NEW, COLLUSION, []),
        (replace(NEW, title=" "), COLLUSION, ["title_missing"]),
        (replace(NEW, title="案" * 201), COLLUSION, ["title_too_long"]),
        (replace(NEW, text=""), COLLUSION, ["text_missing"]),
        (NEW, None, ["offence_unknown"]),
        (replace(NEW, parties=()), COLLUSION, ["parties_missing"]),
        (replace(NEW, parties=(OTHER,)), COLLUSION, ["party_unknown"]),
        (replace(NEW, parties=(FIRM, FIRM)), COLLUSION, ["party_twice"]),
    ],
)
def test_case_is_opened_on_words_an_article_and_known_parties(new, offence, expected):
    assert codes(rules.may_open(new, offence, {FIRM})) == expected


@pytest.mark.parametrize(
    "found, proposal, expected",
    [
        (case(), TOLD, []),
        (case(evidence=()), TOLD, ["evidence_missing"]),
        (case(state=CaseState.DECIDED), TOLD, ["not_open"]),
        (case(), replace(TOLD, measures=()), ["measures_missing"]),
        (case(), replace(TOLD, text=""), ["text_missing"]),
        (case(offence=AGENCY), replace(TOLD, measures=(BAN,)), ["not_in_article"]),
        (case(), replace(TOLD, measures=(replace(WARN, party=OTHER),)), ["no_party"]),
        (case(lot=None), replace(TOLD, measures=(Measure(MeasureKind.RETENDER),)), ["no_lot"]),
        (case(), replace(TOLD, measures=(replace(FINE, amount=None),)), ["amount_missing"]),
        (case(), replace(TOLD, measures=(FINE,), base=None), ["base_missing"]),
        (case(), replace(TOLD, measures=(replace(FINE, amount=Money.yuan("49999.99")),)), ["fine_range"]),
        (case(), replace(TOLD, measures=(replace(FINE, amount=Money.yuan(50_000)),)), []),
        (case(), replace(TOLD, measures=(replace(FINE, amount=Money.yuan(100_000)),)), []),
        (case(), replace(TOLD, measures=(replace(FINE, amount=Money.yuan("100000.01")),)), ["fine_range"]),
        (case(), replace(TOLD, measures=(replace(BAN, months=None),)), ["months_missing"]),
        (case(), replace(TOLD, measures=(replace(BAN, months=11),)), ["ban_range"]),
        (case(), replace(TOLD, measures=(replace(BAN, months=24),)), []),
        (case(), replace(TOLD, measures=(replace(BAN, months=25),)), ["ban_range"]),
    ],
)
def test_party_is_told_only_what_the_article_allows(found, proposal, expected):
    assert codes(rules.may_notify(found, proposal, MONTHS)) == expected


@pytest.mark.parametrize(
    "found, party, hearing, at, expected",
    [
        (notified(), FIRM, True, AT, []),
        (notified(), OTHER, False, AT, ["no_party"]),
        (case(), FIRM, False, AT, ["not_notified"]),
        (notified(), FIRM, True, AT + 7 * DAY, []),
        (notified(), FIRM, True, AT + 8 * DAY, ["too_late"]),
        (notified(), FIRM, False, AT + 8 * DAY, []),
        (notified(proposal=replace(TOLD, measures=(WARN,))), FIRM, True, AT, ["no_hearing"]),
        (notified(proposal=replace(TOLD, measures=(FINE,))), FIRM, True, AT, ["no_hearing"]),
        (
            notified(proposal=replace(TOLD, measures=(replace(FINE, amount=Money.yuan(100_000)),))),
            FIRM, True, AT, [],
        ),
    ],
)  # fmt: skip
def test_party_speaks_and_asks_for_a_hearing_in_time(found, party, hearing, at, expected):
    assert codes(rules.may_state(found, party, "我单位没有串通", hearing, at)) == expected


WANTS = (PartyFacts(FIRM, "江州建工", "没有串通", AT, True),)


@pytest.mark.parametrize(
    "found, on, expected",
    [
        (notified(parties=WANTS), date(2026, 6, 10), []),
        (notified(parties=WANTS), date(2026, 6, 9), ["too_soon"]),
        (notified(), date(2026, 6, 10), ["not_asked"]),
        (notified(parties=WANTS, hearing_text="已举行"), date(2026, 6, 10), ["not_asked"]),
        (case(parties=WANTS), date(2026, 6, 10), ["not_notified"]),
    ],
)
def test_hearing_leaves_seven_working_days(found, on, expected):
    assert codes(rules.may_call(found, on, AT, WEEKDAYS)) == expected


@pytest.mark.parametrize(
    "found, decision, at, expected",
    [
        (notified(parties=STATED), TOLD, AT, []),
        (notified(), TOLD, AT + 7 * DAY, ["being_heard"]),
        (notified(), TOLD, AT + 8 * DAY, []),
        (case(), TOLD, AT, ["not_notified", "not_told"]),
        (case(), Proposal("改正", (Measure(MeasureKind.CORRECT),)), AT, []),
        (notified(parties=WANTS), TOLD, AT + 8 * DAY, ["hearing_open"]),
        (notified(parties=WANTS, hearing_text="已举行"), TOLD, AT + 8 * DAY, []),
        (notified(parties=STATED), replace(TOLD, measures=(WARN,)), AT, ["not_told"]),
        (
            notified(parties=STATED),
            replace(TOLD, measures=(replace(FINE, amount=Money.yuan(60_001)),)),
            AT,
            ["heavier"],
        ),
        (
            notified(parties=STATED),
            replace(TOLD, measures=(replace(BAN, months=13),)),
            AT,
            ["heavier"],
        ),
        (
            notified(parties=STATED),
            replace(TOLD, measures=(replace(FINE, amount=Money.yuan(50_000)),)),
            AT,
            [],
        ),
        (notified(state=CaseState.DROPPED, parties=STATED), TOLD, AT, ["not_open", "not_notified"]),
    ],
)
def test_penalty_is_decided_after_hearing_and_never_heavier_than_told(found, decision, at, expected):
    assert codes(deciding.is_ripe(found, decision, MONTHS, at)) == expected


ORDER = OrderFacts("AJ-1", MeasureKind.RETENDER, LOT, date(2026, 7, 1), "原因", None, "", False)


@pytest.mark.parametrize(
    "found, reason, expected",
    [
        (case(state=CaseState.PUBLISHED), "罚款已缴纳", []),
        (case(state=CaseState.DECIDED), "罚款已缴纳", ["not_published"]),
        (case(state=CaseState.PUBLISHED, orders=(ORDER,)), "罚款已缴纳", ["orders_open"]),
        (case(state=CaseState.PUBLISHED, orders=(replace(ORDER, met_at=AT),)), "罚款已缴纳", []),
        (case(state=CaseState.PUBLISHED), "", ["reason_missing"]),
    ],
)
def test_case_is_closed_when_published_and_every_order_is_met(found, reason, expected):
    assert codes(rules.may_close(found, reason)) == expected


@pytest.mark.parametrize(
    "what, expected",
    [
        (rules.decide_by(date(2026, 6, 1), WEEKDAYS), date(2026, 8, 31)),  # the ninetieth day is a Sunday
        (rules.state_by(date(2026, 6, 1), WEEKDAYS), date(2026, 6, 8)),
        (rules.publish_by(date(2026, 6, 5), WEEKDAYS), date(2026, 6, 16)),
        (measures.end_of_ban(date(2026, 6, 1), 12), date(2027, 5, 31)),
        (measures.end_of_ban(date(2024, 2, 29), 12), date(2025, 2, 27)),
        (measures.end_of_ban(date(2026, 12, 31), 2), date(2027, 2, 27)),
    ],
)
def test_days_of_the_law(what, expected):
    assert what == expected


@pytest.mark.parametrize(
    "state, on, expected",
    [
        (CaseState.OPEN, date(2026, 8, 31), False),
        (CaseState.NOTIFIED, date(2026, 9, 1), True),
        (CaseState.DECIDED, date(2026, 6, 10), False),
        (CaseState.DECIDED, date(2026, 6, 11), True),
        (CaseState.CLOSED, date(2027, 1, 1), False),
    ],
)
def test_what_is_overdue(state, on, expected):
    at = datetime(on.year, on.month, on.day, 9, tzinfo=BEIJING)
    assert rules.is_overdue(state, date(2026, 8, 31), date(2026, 6, 10), at) is expected
