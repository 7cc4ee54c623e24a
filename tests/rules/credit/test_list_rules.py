"""名单与申请的规则: one row per reason, in the order the reasons are listed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.errors import Conflict
from ggzy.kernel.instants import end_of_day
from ggzy.registers.credit import queries, rules
from ggzy.registers.credit.lifecycle import APPEAL, LISTING
from ggzy.registers.credit.values import (
    Appeal,
    AppealKind,
    AppealState,
    Correction,
    Decision,
    Gravity,
    Listing,
    ListState,
    NewListing,
    RecordFacts,
    RecordKind,
)

PARTY = CreditCode.make(region=RegionCode("980100"), serial=1)
TODAY = date(2026, 6, 10)
AT = datetime(2026, 6, 10, 1, tzinfo=UTC)
DECISION = Decision("云岭省财政厅", "云财采〔2026〕7号", "政府采购法 §77", date(2026, 6, 9))
NEW = NewListing(PARTY, "江州某公司", "procurement", "提供虚假材料谋取中标")
TERM = queries.terms()[Gravity.SERIOUS]


def codes(verdict):
    return [reason.code for reason in verdict.reasons]


@pytest.mark.parametrize(
    "change, is_listed, expected",
    [
        ({}, False, []),
        ({"list": "nonsense"}, False, ["list_unknown"]),
        ({"name": " "}, False, ["name_missing"]),
        ({"reason": ""}, False, ["reason_missing"]),
        ({"reason": "长" * 5001}, False, ["reason_too_long"]),
        ({}, True, ["listed"]),
        (
            {"list": "", "name": "", "reason": ""},
            True,
            ["list_unknown", "name_missing", "reason_missing", "listed"],
        ),
    ],
)
def test_a_proposal_is_refused_with_every_reason(change, is_listed, expected):
    new = replace(NEW, **change)
    assert codes(rules.may_propose(new, queries.blacklists().get(new.list), is_listed=is_listed)) == expected


def listing(state=ListState.NOTICED, **change):
    facts = Listing(f"{PARTY}-L001", PARTY, "江州某公司", "procurement", "事实", state, AT, date(2026, 6, 12))
    return replace(facts, **change)


@pytest.mark.parametrize(
    "facts, text, today, expected",
    [
        (listing(), "情况不实", TODAY, []),
        (listing(), "情况不实", date(2026, 6, 12), []),
        (listing(), "情况不实", date(2026, 6, 13), ["hearing_over"]),
        (listing(ListState.PROPOSED, hear_until=None), "情况不实", TODAY, ["not_noticed"]),
        (listing(plea="说过"), "情况不实", TODAY, ["pleaded"]),
        (listing(), " ", TODAY, ["text_missing"]),
    ],
)
def test_the_subject_is_heard_while_its_days_run(facts, text, today, expected):
    assert codes(rules.may_plead(facts, text, today)) == expected


@pytest.mark.parametrize(
    "facts, answer, today, expected",
    [
        (listing(), "", date(2026, 6, 13), []),
        (listing(), "", date(2026, 6, 12), ["hearing_runs"]),
        (listing(plea="情况不实"), "经核实不予采纳", TODAY, []),
        (listing(plea="情况不实"), " ", TODAY, ["plea_unanswered"]),
        (listing(ListState.PROPOSED, hear_until=None), "", TODAY, ["not_noticed"]),
        (listing(ListState.PUBLISHED), "", date(2026, 6, 13), ["not_noticed"]),
    ],
)
def test_nobody_is_listed_unheard(facts, answer, today, expected):
    assert codes(rules.may_decide(facts, DECISION, answer, today)) == expected


def test_a_decision_names_its_document():
    bare = replace(DECISION, document="", decided_on=date(2026, 7, 1))
    found = rules.may_decide(listing(), bare, "", date(2026, 6, 13))
    assert codes(found) == ["document_missing", "decided_in_future"]


@pytest.mark.parametrize("state", list(ListState))
def test_only_what_was_decided_is_published(state):
    assert rules.may_publish(listing(state)).ok is (state is ListState.DECIDED)


@pytest.mark.parametrize("state", list(ListState))
def test_what_is_over_cannot_be_withdrawn(state):
    assert rules.may_end(listing(state), "有误").ok is not state.is_over


@pytest.mark.parametrize(
    "state, today, expected",
    [
        (ListState.PUBLISHED, date(2027, 6, 9), []),
        (ListState.PUBLISHED, date(2027, 6, 8), ["too_early"]),
        (ListState.EXPIRED, date(2027, 6, 9), ["not_published"]),
    ],
)
def test_an_entry_of_a_list_is_repaired_after_a_year(state, today, expected):
    found = rules.may_repair_listing(listing(state, decision=DECISION), TERM, today)
    assert codes(found) == expected
    assert all("最早2027年6月9日" in str(reason) for reason in found.reasons if reason.code == "too_early")


INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    "change, at, is_in_force",
    [
        ({}, AT - INSTANT, False),
        ({}, AT, True),
        ({}, end_of_day(date(2027, 6, 9)) - INSTANT, True),
        ({}, end_of_day(date(2027, 6, 9)), False),
        ({"ended_at": AT + timedelta(days=5)}, AT + timedelta(days=5), False),
    ],
)
def test_a_listing_ends_by_itself_with_its_last_day(change, at, is_in_force):
    facts = listing(
        ListState.PUBLISHED, published_at=AT, start=TODAY, end=date(2027, 6, 9), decision=DECISION, **change
    )
    ban = facts.as_ban(queries.blacklists()["procurement"])
    assert ban is not None
    assert facts.is_in_force(at) is is_in_force
    assert ban.decision.article == "政府采购法 §22、§77"


def test_a_list_that_only_warns_bars_nobody():
    facts = listing(ListState.PUBLISHED, published_at=AT, start=TODAY, end=TODAY, decision=DECISION)
    assert facts.as_ban(queries.blacklists()["safety"]) is None


def test_every_list_that_bars_says_by_which_law():
    for kind in queries.blacklists().values():
        assert kind.article and kind.authority and 0 < kind.months_max <= 60
        assert 3 <= kind.hearing_days <= 10
        assert bool(kind.article_bar) is (kind.scope is not None)


def test_a_state_that_does_not_fit_is_a_conflict():
    with pytest.raises(Conflict):
        LISTING.after(ListState.PROPOSED, "publish")
    with pytest.raises(Conflict):
        APPEAL.after(AppealState.KEPT, "grant")


@pytest.mark.parametrize(
    "text, told, expected",
    [
        ("决定已被撤销", {}, []),
        (" ", {}, ["text_missing"]),
        ("决定已被撤销", {"is_over": True}, ["entry_over"]),
        ("决定已被撤销", {"is_open": True}, ["appeal_open"]),
    ],
)
def test_an_entry_is_objected_to_once_at_a_time(text, told, expected):
    assert codes(rules.may_object(text, **({"is_over": False, "is_open": False} | told))) == expected


def penalty(gravity=Gravity.GENERAL, **change):
    facts = RecordFacts(
        f"{PARTY}-R001",
        PARTY,
        "江州某公司",
        RecordKind.PENALTY,
        "串通投标",
        "罚款",
        DECISION,
        gravity,
        None,
        AT,
    )
    return replace(facts, **change)


@pytest.mark.parametrize(
    "facts, today, is_open, expected",
    [
        (penalty(), date(2026, 9, 9), False, []),
        (penalty(), date(2026, 9, 8), False, ["too_early"]),
        (penalty(Gravity.SERIOUS), date(2027, 6, 8), False, ["too_early"]),
        (penalty(Gravity.SERIOUS), date(2027, 6, 9), False, []),
        (penalty(Gravity.MINOR), TODAY, False, []),
        (penalty(), date(2026, 9, 9), True, ["appeal_open"]),
        (penalty(repaired_on=TODAY), date(2026, 9, 9), False, ["already_repaired"]),
        (penalty(withdrawn_on=TODAY), date(2026, 9, 9), False, ["withdrawn"]),
        (penalty(None, kind=RecordKind.REWARD), TODAY, False, ["not_adverse"]),
    ],
)
def test_repair_is_not_asked_for_before_its_day(facts, today, is_open, expected):
    term = queries.terms()[facts.gravity] if facts.gravity else None
    found = rules.may_apply(facts, term, "罚款已缴清", is_open=is_open, today=today)
    assert codes(found) == expected
    if expected == ["too_early"]:
        assert found.reasons[0].remedy.startswith("最早20")


def appeal(kind=AppealKind.OBJECTION, state=AppealState.OPEN):
    return Appeal(f"{PARTY}-A001", kind, PARTY, f"{PARTY}-R001", "有误", AT, TODAY, state)


RIGHT = Correction("标题", "内容")


@pytest.mark.parametrize(
    "about, state, answer, right, expected",
    [
        (appeal(), AppealState.KEPT, "属实", None, []),
        (appeal(), AppealState.CORRECTED, "笔误", RIGHT, []),
        (appeal(), AppealState.CORRECTED, "笔误", None, ["correction"]),
        (appeal(), AppealState.KEPT, "属实", RIGHT, ["correction"]),
        (appeal(), AppealState.CORRECTED, "笔误", Correction(" ", ""), ["title_missing", "text_missing"]),
        (appeal(), AppealState.WITHDRAWN, " ", None, ["answer_missing"]),
        (appeal(), AppealState.GRANTED, "可以", None, ["outcome"]),
        (appeal(), AppealState.OPEN, "可以", None, ["outcome"]),
        (appeal(AppealKind.REPAIR), AppealState.KEPT, "属实", None, ["outcome"]),
        (appeal(AppealKind.REPAIR), AppealState.DENIED, "义务未履行", None, []),
        (appeal(state=AppealState.KEPT), AppealState.WITHDRAWN, "有误", None, ["settled"]),
    ],
)
def test_an_appeal_is_settled_once_with_a_reason(about, state, answer, right, expected):
    assert codes(rules.may_settle(about, state, answer, right)) == expected


def test_a_repair_is_granted_by_a_decision():
    assert codes(rules.may_grant(None, TODAY)) == ["decision_missing"]
    assert rules.may_grant(DECISION, TODAY).ok


@pytest.mark.parametrize("today, is_late", [(TODAY, False), (date(2026, 6, 11), True)])
def test_an_appeal_settled_after_its_day_is_late(today, is_late):
    assert rules.is_late(appeal(), today) is is_late
