"""发布公告、澄清、延期的规则: one row per reason."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ggzy.kernel.instants import local_date
from ggzy.kernel.money import Money, Rate
from ggzy.trading.projects.values import CustodyPlan, Holder
from ggzy.trading.tendering import queries, rules
from ggzy.trading.tendering.values import Price, TenderState
from tests.rules.tendering.tender_setting import (
    AGENCY,
    AUTHORITY,
    CALENDAR,
    CENTRE,
    CUSTODY,
    DEADLINE,
    DRAFT,
    FILE,
    FIRM,
    HOLDERS,
    LOT,
    NOW,
    OTHER,
    TENDER,
    TERMS,
    THIRD,
    codes,
    moment,
)

OPEN, INVITED = queries.method("open_tender"), queries.method("invited_tender")


def may_announce(lot=LOT, tender=DRAFT, method=OPEN, invitees=(), at=NOW, **terms):
    return rules.may_announce(lot, tender, replace(TERMS, **terms), method, invitees, CALENDAR, at)


def test_lawful_terms_are_announced():
    assert may_announce().ok


@pytest.mark.parametrize(
    "change, reason",
    [
        ({"tender": TENDER}, "already_announced"),
        ({"tender": replace(DRAFT, custody=None)}, "custody_missing"),
        ({"tender": replace(DRAFT, keys_posted=(1, 3))}, "keys_missing"),
        ({"invitees": (FIRM,)}, "invitees"),
        ({"sale_start": NOW - timedelta(days=1)}, "sale_start_past"),
        ({"sale_end": moment("2026-06-05T17:00")}, "sale_too_short"),
        ({"deadline": moment("2026-06-19T09:30")}, "bidding_too_short"),
        ({"sale_end": moment("2026-06-23T09:30")}, "deadline_before_sale_end"),
        ({"deadline": moment("2026-06-27T09:30")}, "deadline_on_day_off"),
        ({"documents": ()}, "no_documents"),
        ({"venue": " "}, "no_venue"),
        ({"deposit": Money.yuan("400000.01")}, "deposit_too_high"),
        ({"validity_days": 0}, "validity"),
        ({"ceiling": Price("rate", rate=Rate("0.1"))}, "ceiling_form"),
        ({"base_price": "18800000"}, "base_price_open"),
        ({"base_price": "sha256:" + "0" * 63}, "base_price_open"),
        ({"base_price": "md5:" + "0" * 64}, "base_price_open"),
        ({"pad_bytes": 5000}, "pad"),
        ({"bidder_window_s": 599}, "window"),
    ],
)
def test_an_unlawful_announcement_is_refused(change, reason):
    assert codes(may_announce(**change)) == [reason]


def test_an_early_deadline_is_answered_with_the_article_and_the_earliest_lawful_day():
    (reason,) = may_announce(deadline=moment("2026-06-10T09:30")).reasons
    assert reason.article == "招标投标法 §24"
    assert reason.remedy == "最早 2026年6月22日（满 20 日）"


def test_a_deadline_on_a_day_off_is_answered_with_the_next_working_day():
    (reason,) = may_announce(deadline=moment("2026-06-27T09:30")).reasons
    assert reason.remedy == "下一个工作日是 2026年6月29日"


def test_the_owner_of_a_lot_that_need_not_be_tendered_is_only_warned_of_a_day_off():
    free, terms = replace(LOT, must_tender=False), replace(TERMS, deadline=moment("2026-06-27T09:30"))
    assert may_announce(lot=free, deadline=terms.deadline).ok
    (warning,) = rules.warnings(free, terms, CALENDAR, NOW)
    assert (warning.code, warning.remedy) == ("deadline_on_day_off", "下一个工作日是 2026年6月29日")


def test_the_twentieth_day_is_enough_and_the_strict_reading_is_warned_of():
    start = moment("2026-06-02T09:00")
    terms = replace(TERMS, sale_start=start, deadline=moment("2026-06-22T09:30"))
    assert rules.may_announce(LOT, DRAFT, terms, OPEN, (), CALENDAR, start).ok
    assert [reason.code for reason in rules.warnings(LOT, terms, CALENDAR, start)] == ["bidding_days_strict"]


def test_a_ceiling_above_the_estimate_is_warned_of():
    terms = replace(TERMS, ceiling=Price("amount", amount=Money.yuan(20_000_001)))
    assert [reason.code for reason in rules.warnings(LOT, terms, CALENDAR, NOW)] == ["ceiling_above_estimate"]


def test_a_tender_that_nobody_must_hold_is_bound_by_its_own_dates_only():
    free = replace(LOT, must_tender=False)
    assert may_announce(lot=free, sale_end=moment("2026-06-02T17:00"), deadline=moment("2026-06-03T09:30")).ok


def test_an_invited_tender_needs_three_different_parties():
    assert may_announce(method=INVITED, invitees=(FIRM, OTHER, THIRD)).ok
    assert codes(may_announce(method=INVITED, invitees=(FIRM, OTHER, OTHER))) == ["too_few_invitees"]


@pytest.mark.parametrize(
    "change, reason",
    [
        ({"tender": TENDER}, "not_drafted"),
        ({"custody": CustodyPlan(2, (HOLDERS[0], replace(HOLDERS[1], x=3)))}, "custody_places"),
        ({"custody": CustodyPlan(4, HOLDERS)}, "custody_threshold"),
        ({"custody": CustodyPlan(2, (*HOLDERS, replace(HOLDERS[2], x=4, person="q")))}, "custody_one"),
        (
            {"custody": CustodyPlan(2, (*HOLDERS, Holder(4, "q", "代理", AGENCY, "other")))},
            "custody_inside",
        ),
        (
            {"custody": CustodyPlan(2, (*HOLDERS, replace(HOLDERS[2], x=4, organisation=FIRM)))},
            "custody_person",
        ),
        ({"strangers": ("某某",)}, "custody_stranger"),
    ],
)
def test_unsound_custody_is_refused(change, reason):
    given = {"tender": DRAFT, "lot": LOT, "custody": CUSTODY, "strangers": ()} | change
    assert codes(rules.may_prepare(**given)) == [reason]


def test_sound_custody_is_accepted():
    assert rules.may_prepare(DRAFT, LOT, CUSTODY).ok
    assert {holder.organisation for holder in CUSTODY.holders} >= {CENTRE, AUTHORITY}


@pytest.mark.parametrize(
    "issued, is_material, moved_to",
    [
        ("2026-06-08T23:50", True, None),  # the fifteenth day before counts until midnight
        ("2026-06-09T00:10", True, "2026-06-24T09:30"),
        ("2026-06-12T09:00", True, "2026-06-29T09:30"),  # day fifteen is a Saturday
        ("2026-06-22T09:00", False, None),  # a typo moves nothing
    ],
)
def test_a_material_change_moves_the_deadline_to_the_earliest_lawful_day(issued, is_material, moved_to):
    after = rules.deadline_after(
        LOT.rulebook, DEADLINE, is_material=is_material, calendar=CALENDAR, at=moment(issued)
    )
    assert after == (moment(moved_to) if moved_to else DEADLINE)


@pytest.mark.parametrize(
    "change, reason",
    [
        ({"tender": DRAFT}, "not_announced"),
        ({"at": DEADLINE}, "deadline_passed"),
        ({"text": " "}, "no_text"),
        ({"files": ()}, "no_documents"),
        ({"why": ""}, "not_classified"),
    ],
)
def test_a_clarification_is_refused(change, reason):
    given = {
        "tender": TENDER,
        "files": (FILE,),
        "text": "第三章第2条改为…",
        "why": "只改错字",
        "at": NOW,
    } | change
    assert codes(rules.may_clarify(**given)) == [reason]


@pytest.mark.parametrize(
    "change, reasons",
    [
        ({}, []),
        ({"at": DEADLINE}, ["deadline_passed"]),
        ({"deadline": DEADLINE}, ["not_later"]),
        ({"deadline": moment("2026-06-27T09:30")}, ["deadline_on_day_off"]),
        ({"reason": ""}, ["no_reason"]),
    ],
)
def test_a_deadline_only_moves_later_and_onto_a_working_day(change, reasons):
    given = {
        "tender": TENDER,
        "deadline": moment("2026-06-30T09:30"),
        "reason": "场地调整",
        "calendar": CALENDAR,
        "at": NOW,
    } | change
    assert codes(rules.may_extend(**given)) == reasons


def test_the_base_price_is_bound_by_amount_and_salt():
    bound = rules.base_price_commitment(Money.yuan(19_000_000), "盐")
    assert bound == rules.base_price_commitment(Money.yuan(19_000_000), "盐")
    assert bound != rules.base_price_commitment(Money.yuan(19_000_001), "盐")
    assert bound != rules.base_price_commitment(Money.yuan(19_000_000), "其他")


def test_every_date_shows_its_earliest_lawful_day():
    lines = rules.dates(LOT, TERMS, CALENDAR, NOW)
    assert [line.earliest for line in lines] == [date(2026, 6, 1), date(2026, 6, 6), date(2026, 6, 22)]
    assert rules.earliest_deadline(LOT, NOW, CALENDAR) == date(2026, 6, 22)
    assert all(line.article for line in lines) and local_date(DEADLINE) > date(2026, 6, 22)


def test_documents_are_bound_by_name_and_content():
    other = replace(FILE, name="招标文件2.pdf")
    assert rules.documents_digest([FILE]) != rules.documents_digest([other])
    assert DRAFT.state == TenderState.DRAFTED
