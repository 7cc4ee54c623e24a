"""信用的规则: one row per reason, in the order the reasons are listed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.instants import Calendar, end_of_day, start_of_day
from ggzy.registers.credit import events, rules
from ggzy.registers.credit import queries as credit
from ggzy.registers.credit.values import (
    AppealKind,
    Ban,
    Correction,
    Decision,
    Gravity,
    NewBan,
    NewListing,
    NewRecord,
    RecordFacts,
    RecordKind,
    Scope,
)

CITY = RegionCode("980100")
PARTY = CreditCode.make(region=CITY, serial=1)
TODAY = date(2026, 6, 1)
DECISION = Decision("云岭省住房和城乡建设厅", "云建罚〔2026〕7号", "招标投标法 §53", date(2026, 5, 20))
RECORD = NewRecord(PARTY, RecordKind.PENALTY, "串通投标", "处中标金额千分之五罚款", DECISION, Gravity.GENERAL)
BAN = NewBan(PARTY, "collusion", date(2026, 6, 1), date(2027, 5, 31), DECISION)
LISTED = NewListing(PARTY, "江州某公司", "wages", "拖欠工资")


def codes(verdict):
    return [reason.code for reason in verdict.reasons]


@pytest.mark.parametrize(
    "change, told, expected",
    [
        ({}, {}, []),
        ({}, {"is_registered": False}, ["party_unknown"]),
        ({"title": " "}, {}, ["title_missing"]),
        ({"title": "长" * 201}, {}, ["title_too_long"]),
        ({"text": ""}, {}, ["text_missing"]),
        ({"text": "长" * 5001}, {}, ["text_too_long"]),
        ({"gravity": None}, {}, ["gravity"]),
        ({"kind": RecordKind.REWARD}, {}, ["gravity"]),
        ({"kind": RecordKind.REWARD, "gravity": None}, {}, []),
        ({"decision": replace(DECISION, authority="")}, {}, ["authority_missing"]),
        ({"decision": replace(DECISION, document="")}, {}, ["document_missing"]),
        ({"decision": replace(DECISION, article="")}, {}, ["article_missing"]),
        ({"decision": replace(DECISION, decided_on=date(2026, 6, 2))}, {}, ["decided_in_future"]),
        ({}, {"is_topic_known": False}, ["topic_unknown"]),
        ({}, {"is_known": True}, ["already_recorded"]),
        (
            {"title": "", "gravity": None, "decision": replace(DECISION, document="")},
            {"is_registered": False},
            ["party_unknown", "title_missing", "gravity", "document_missing"],
        ),
    ],
)
def test_a_record_is_refused_with_every_reason(change, told, expected):
    known = {"is_registered": True, "is_known": False, "today": TODAY} | told
    assert codes(rules.may_record(replace(RECORD, **change), **known)) == expected


@pytest.mark.parametrize(
    "change, told, expected",
    [
        ({}, {}, []),
        ({"end": date(2028, 6, 1)}, {}, []),
        ({}, {"is_registered": False}, ["party_unknown"]),
        ({"ground": "nonsense"}, {}, ["ground_unknown"]),
        ({"decision": replace(DECISION, document="")}, {}, ["document_missing"]),
        ({"start": date(2026, 5, 19), "end": date(2027, 5, 18)}, {}, ["start_before_decision"]),
        ({"end": date(2026, 5, 31)}, {}, ["end_before_start", "term"]),
        ({"end": date(2027, 5, 30)}, {}, ["term"]),
        ({"end": date(2028, 6, 2)}, {}, ["term"]),
        ({"ground": "breach_of_contract"}, {}, ["term"]),
        ({}, {"is_known": True}, ["already_banned"]),
    ],
)
def test_a_ban_is_refused_with_every_reason(change, told, expected):
    new = replace(BAN, **change)
    known = {"is_registered": True, "is_known": False, "today": TODAY} | told
    verdict = rules.may_ban(new, credit.grounds().get(new.ground), **known)
    assert codes(verdict) == expected
    assert all(reason.article for reason in verdict.reasons if reason.code == "term")


def in_force(**change):
    ban = Ban(
        code=f"{PARTY}-B001",
        party=PARTY,
        name="江州某公司",
        ground="collusion",
        scope=Scope.COMPULSORY,
        region=RegionCode.COUNTRY,
        start=date(2026, 6, 1),
        end=date(2027, 5, 31),
        decision=DECISION,
        imposed_at=datetime(2026, 5, 21, tzinfo=UTC),
    )
    return replace(ban, **change)


INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    "at, does_hold",
    [
        (start_of_day(date(2026, 6, 1)) - INSTANT, False),
        (start_of_day(date(2026, 6, 1)), True),
        (end_of_day(date(2027, 5, 31)) - INSTANT, True),
        (end_of_day(date(2027, 5, 31)), False),
    ],
)
def test_a_ban_holds_from_the_start_of_its_first_day_to_the_end_of_its_last(at, does_hold):
    assert rules.holds(in_force(), at) is does_hold


def test_a_ban_ends_when_it_is_lifted_and_not_before():
    lifted = datetime(2026, 12, 1, 3, tzinfo=UTC)
    assert rules.holds(in_force(lifted_at=lifted), lifted - INSTANT)
    assert not rules.holds(in_force(lifted_at=lifted), lifted)


@pytest.mark.parametrize(
    "change, lot, does_hold",
    [
        ({}, {"must_tender": True}, True),
        ({}, {"must_tender": False}, False),
        ({"scope": Scope.ALL}, {"must_tender": False}, True),
        ({"region": CITY}, {"region": RegionCode("980102")}, True),
        ({"region": CITY}, {"region": RegionCode("980221")}, False),
        ({"region": CITY}, {}, True),
    ],
)
def test_a_ban_reaches_as_far_as_its_scope_and_region(change, lot, does_hold):
    assert rules.holds(in_force(**change), start_of_day(date(2026, 7, 1)), **lot) is does_hold


@pytest.mark.parametrize(
    "change, at, text, expected",
    [
        ({}, datetime(2026, 7, 1, tzinfo=UTC), "撤销", []),
        (
            {"lifted_at": datetime(2026, 6, 2, tzinfo=UTC)},
            datetime(2026, 7, 1, tzinfo=UTC),
            "撤销",
            ["already_lifted"],
        ),
        ({}, end_of_day(date(2027, 5, 31)), "撤销", ["expired"]),
        ({}, datetime(2026, 7, 1, tzinfo=UTC), " ", ["text_missing"]),
    ],
)
def test_a_ban_is_lifted_only_while_it_runs(change, at, text, expected):
    assert codes(rules.may_lift(in_force(**change), DECISION, text, at)) == expected


def kept(**change):
    facts = RecordFacts(
        code=f"{PARTY}-R001",
        party=PARTY,
        name="江州某公司",
        kind=RecordKind.PENALTY,
        title="串通投标",
        text="罚款",
        decision=DECISION,
        gravity=Gravity.GENERAL,
        lot=None,
        recorded_at=datetime(2026, 5, 21, tzinfo=UTC),
        shown_until=date(2027, 5, 20),
    )
    return replace(facts, **change)


@pytest.mark.parametrize(
    "change, today, expected",
    [
        ({}, date(2026, 8, 20), []),
        ({}, date(2026, 8, 19), ["too_early"]),
        ({"gravity": Gravity.SERIOUS}, date(2027, 5, 19), ["too_early"]),
        ({"gravity": Gravity.SERIOUS}, date(2027, 5, 20), []),
        ({"gravity": Gravity.MINOR}, date(2026, 5, 20), []),
        ({"kind": RecordKind.REWARD, "gravity": None}, date(2026, 8, 20), ["not_adverse"]),
        ({"repaired_on": date(2026, 8, 20)}, date(2026, 8, 21), ["already_repaired"]),
    ],
)
def test_a_record_is_repaired_after_its_minimum_term(change, today, expected):
    record = kept(**change)
    term = credit.terms()[record.gravity] if record.gravity else None
    assert codes(rules.may_repair(record, term, DECISION, "义务已履行", today)) == expected


@pytest.mark.parametrize(
    "change, today, is_shown",
    [
        ({}, date(2027, 5, 19), True),
        ({}, date(2027, 5, 20), False),
        ({"repaired_on": date(2026, 9, 1)}, date(2026, 9, 1), False),
        ({"gravity": Gravity.MINOR}, TODAY, False),
        ({"kind": RecordKind.REWARD, "gravity": None, "shown_until": None}, date(2099, 1, 1), True),
    ],
)
def test_a_record_is_shown_for_its_term_and_no_longer(change, today, is_shown):
    assert rules.is_shown(kept(**change), today) is is_shown


@pytest.mark.parametrize(
    "gravity, until",
    [(Gravity.GENERAL, date(2027, 5, 20)), (Gravity.SERIOUS, date(2029, 5, 20)), (None, None)],
)
def test_the_term_of_publication_is_that_of_the_gravity(gravity, until):
    term = credit.terms()[gravity] if gravity else None
    assert rules.shown_until(replace(RECORD, gravity=gravity), term) == until


@pytest.mark.parametrize(
    "day, months, later",
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month(day, months, later):
    assert rules.add_months(day, months) == later


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2050, 1, 1)), st.integers(0, 120))
def test_months_run_forward(day, months):
    later = rules.add_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day <= day.day


def test_the_file_of_a_party_is_folded_from_its_facts():
    recorded = [
        events.CreditRecorded(party=PARTY, code="R1", record=RECORD),
        events.CreditNoted(party=PARTY, code="R2", record=replace(RECORD, gravity=Gravity.MINOR)),
        events.CreditRepaired(party=PARTY, code="R1", decision=DECISION, text="已履行"),
        events.BanImposed(party=PARTY, code="B1", ban=BAN),
        events.BanLifted(party=PARTY, code="B1", decision=DECISION, text="撤销", until=TODAY),
        events.CreditCorrected(party=PARTY, code="R1", correction=Correction("更正", "内容"), reason="笔误"),
        events.NoteWithdrawn(party=PARTY, code="R2", reason="有误"),
        events.ListingProposed(party=PARTY, code="L1", listing=LISTED),
        events.ListingDropped(party=PARTY, code="L1", reason="不足以列入"),
        events.AppealFiled(
            party=PARTY, code="A1", appeal=AppealKind.REPAIR, entry="R1", text="已履行", due_on=TODAY
        ),
    ]
    facts = [SimpleNamespace(event=event) for event in recorded]
    assert rules.fold(facts) == {
        "records": 2,
        "repaired": 1,
        "bans": 1,
        "lifted": 1,
        "banned_until": "2027-05-31",
        "withdrawn": 1,
        "titles": ["R1:更正", "R2:串通投标"],
        "states": ["A1:open", "L1:withdrawn"],
    }
    assert rules.fold([]) == {}


def test_every_ground_of_the_law_has_a_term_and_an_article():
    for ground in credit.grounds().values():
        assert 0 < ground.months_min < ground.months_max <= 60
        assert ground.article and ground.name


@pytest.mark.parametrize(
    "change, recorded_on, is_late",
    [
        ({}, date(2026, 5, 29), False),
        ({}, date(2026, 6, 1), True),
        ({"gravity": Gravity.MINOR}, date(2026, 6, 1), False),
        ({"kind": RecordKind.BREACH}, date(2026, 6, 1), False),
    ],
)
def test_a_penalty_is_published_within_seven_working_days(change, recorded_on, is_late):
    calendar = Calendar(frozenset(), frozenset())
    assert rules.is_published_late(kept(**change), recorded_on, calendar) is is_late
