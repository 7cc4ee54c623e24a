"""公告的规则: one row per reason; every date is answered with its article and the earliest lawful day."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from ggzy.kernel.instants import Period, local_date
from ggzy.kernel.money import Money, Rate
from ggzy.registers.catalog.values import Limit
from ggzy.trading.auctions import rules
from ggzy.trading.auctions.values import AuctionState, Consent, Payment
from tests.rules.auctions.auction_setting import (
    ANNOUNCED,
    CALENDAR,
    DOWN,
    DRAFTED,
    FORMATS,
    LOT,
    NOTICE,
    NOW,
    TERMS,
    TIMING,
    by,
    codes,
    moment,
    yuan,
)


def room(**change):
    """The notice with other terms of the room."""
    return replace(NOTICE, format=replace(NOTICE.format, **change))


def timed(**change):
    return room(timing=replace(NOTICE.format.timing, **change))


def may(lot=LOT, auction=DRAFTED, code="listing", terms=NOTICE, at=NOW, consent=None):
    lot = replace(lot, method=code)
    auction = replace(auction, format=code)
    return rules.may_announce(lot, auction, FORMATS[code], terms, CALENDAR, at, consent)


def test_lawful_terms_are_announced():
    assert may().ok
    assert rules.warnings(rules.Draft(LOT, FORMATS["listing"], NOTICE), CALENDAR, NOW) == ()


@pytest.mark.parametrize(
    "change, reason",
    [
        ({"auction": ANNOUNCED}, "already_announced"),
        ({"terms": room(has_proxies=True, steps=replace(TERMS.steps, step=0))}, "step"),
        ({"terms": timed(starts_at=moment("2026-06-19T09:00"))}, "notice_too_short"),
        ({"terms": timed(ends_at=moment("2026-06-30T17:00"))}, "listing_too_short"),
        ({"terms": replace(NOTICE, deposit=Money.yuan("517999.99"))}, "deposit_too_low"),
        ({"terms": replace(NOTICE, payment=Payment(first=Rate("0.49"), first_days=30, all_days=365))}, "first_payment"),
        ({"terms": replace(NOTICE, payment=Payment(first=Rate("0.5"), first_days=31, all_days=365))}, "first_payment_days"),
        ({"terms": replace(NOTICE, payment=Payment(first=Rate("0.5"), first_days=30, all_days=366))}, "payment_days"),
        ({"terms": replace(NOTICE, documents=())}, "no_documents"),
        ({"terms": replace(NOTICE, apply_from=NOW - timedelta(days=1))}, "apply_dates"),
        ({"terms": replace(NOTICE, apply_until=moment("2026-07-02T10:01"))}, "apply_after_end"),
        ({"terms": replace(NOTICE, payment=Payment(first=Rate(1), first_days=30, all_days=29))}, "payment"),
        ({"terms": replace(NOTICE, contract_days=0)}, "contract_days"),
    ],
)  # fmt: skip
def test_an_unlawful_notice_is_refused(change, reason):
    assert codes(may(**change)) == [reason]


def test_the_method_of_the_lot_is_the_method_of_the_notice():
    verdict = rules.may_announce(LOT, DRAFTED, FORMATS["ascending"], NOTICE, CALENDAR, NOW)
    assert "format" in codes(verdict)


def test_a_start_too_early_is_answered_with_the_article_and_the_earliest_lawful_day():
    """The twentieth day after 1 June is a Sunday."""
    (reason,) = may(terms=timed(starts_at=moment("2026-06-10T09:00"))).reasons
    assert reason.article == "招标拍卖挂牌出让国有建设用地使用权规定 §8"
    assert reason.text == "自公告发布之日起至竞价开始之日不足 20 日"
    assert reason.remedy == "最早 2026年6月22日"


def test_a_listing_too_short_is_answered_with_the_earliest_end():
    """Both days of a listing count: from the 22nd the tenth day is the 1st."""
    (reason,) = may(terms=timed(ends_at=moment("2026-06-30T17:00"))).reasons
    assert reason.article == "招标拍卖挂牌出让国有建设用地使用权规定 §18"
    assert reason.remedy == "最早 2026年7月1日 截止"


@pytest.mark.parametrize(
    "terms, warning",
    [
        (timed(ends_at=moment("2026-07-01T17:00")), "listing_days_strict"),
        (timed(ends_at=moment("2026-07-04T17:00")), "end_on_day_off"),
        (timed(starts_at=moment("2026-06-21T09:00")), "notice_days_strict"),
        (timed(starts_at=moment("2026-06-27T09:00"), ends_at=moment("2026-07-10T09:00")), "start_on_day_off"),
        (timed(starts_at=moment("2027-01-04T09:00"), ends_at=moment("2027-01-20T09:00")), "holidays_unknown"),
    ],
)
def test_what_is_lawful_and_odd_is_warned_of(terms, warning):
    draft = rules.Draft(LOT, FORMATS["listing"], terms)
    assert [reason.code for reason in rules.warnings(draft, CALENDAR, NOW)] == [warning]
    assert may(terms=terms).ok


def test_a_region_may_count_strictly():
    limit = Limit(Decimal(1), "flag", "地方规则", "block", "eq", "disclosure.strict_counting")
    strict = replace(LOT, rulebook=replace(LOT.rulebook, limits=(*LOT.rulebook.limits, limit)))
    assert may(lot=strict).ok
    assert codes(may(lot=strict, terms=timed(ends_at=moment("2026-07-01T17:00")))) == ["listing_too_short"]


def test_every_date_line_names_its_article():
    lines = rules.dates(LOT, FORMATS["listing"], NOTICE, CALENDAR, NOW)
    assert [(line.name, line.earliest) for line in lines] == [
        ("竞价（挂牌）开始", date(2026, 6, 22)),
        ("挂牌截止", date(2026, 7, 1)),
    ]
    assert all(line.article and line.reason is None for line in lines)


HALL = replace(
    NOTICE,
    format=TERMS,
    apply_until=moment("2026-06-20T17:00"),
    deposit_until=moment("2026-06-20T17:00"),
)


def test_an_auction_of_land_takes_three_bidders_who_are_known_beforehand():
    assert may(code="ascending", terms=HALL).ok
    few = replace(HALL, format=replace(TERMS, bidders_min=2))
    assert codes(may(code="ascending", terms=few)) == ["bidders_min"]
    late = replace(HALL, apply_until=moment("2026-06-22T09:30"))
    assert codes(may(code="ascending", terms=late)) == ["apply_after_start"]


def test_mining_rights_count_working_days():
    """Twenty working days after 1 June 2026, past 端午节: 30 June."""
    lot = by("mining")
    verdict = may(
        lot=lot, terms=timed(starts_at=moment("2026-06-29T09:00"), ends_at=moment("2026-07-20T10:00"))
    )
    assert [(reason.code, reason.remedy) for reason in verdict.reasons] == [
        ("notice_too_short", "最早 2026年6月30日")
    ]
    assert may(
        lot=lot, terms=timed(starts_at=moment("2026-06-30T09:00"), ends_at=moment("2026-07-13T10:00"))
    ).ok
    short = may(
        lot=lot, terms=timed(starts_at=moment("2026-06-30T09:00"), ends_at=moment("2026-07-10T10:00"))
    )
    assert codes(short) == ["listing_too_short"]


EQUITY = replace(HALL, appraisal=Money.yuan(2_590_000), deposit=Money.yuan(500_000))
CONSENT = Consent(authority="江州市国资委", document="sha256:" + "7" * 64, on=date(2026, 5, 30))


def later(**change):
    """Terms that leave twenty working days."""
    timing = replace(TIMING, starts_at=moment("2026-07-06T09:00"), ends_at=moment("2026-07-06T10:00"))
    return replace(EQUITY, format=replace(TERMS, timing=timing, bidders_min=2), **change)


def at_price(price: int):
    terms = later()
    return replace(terms, format=replace(terms.format, start=yuan(price)))


@pytest.mark.parametrize(
    "change, reason",
    [
        ({"terms": replace(later(), appraisal=None)}, "no_appraisal"),
        ({"terms": replace(EQUITY, format=TERMS)}, "notice_too_short"),
        ({"terms": at_price(2_580_000)}, "price_too_low"),
        ({"terms": at_price(2_330_000), "round": 2}, "consent_missing"),
        ({"terms": later(payment=Payment(first=Rate("0.29"), first_days=5, all_days=365))}, "first_payment"),
    ],
)
def test_equity_is_bound_by_its_own_numbers(change, reason):
    lot = by("soe_equity", round=change.pop("round", 1))
    assert codes(may(lot=lot, code="ascending", **change)) == [reason]


def test_a_second_round_may_go_to_nine_tenths_and_below_with_the_approvers_consent():
    lot = by("soe_equity", round=2)
    assert may(lot=lot, code="ascending", terms=at_price(2_331_000)).ok
    (reason,) = may(lot=lot, code="ascending", terms=at_price(2_330_000)).reasons
    assert reason.article == "企业国有资产交易监督管理办法 §18"
    assert reason.remedy == "不需同意的最低价为 2,331,000.00元"
    assert may(lot=lot, code="ascending", terms=at_price(2_000_000), consent=CONSENT).ok


def test_what_is_only_advised_warns():
    generous = later(deposit=Money.yuan(2_000_000))
    draft = rules.Draft(by("soe_equity"), FORMATS["ascending"], generous)
    assert [reason.code for reason in rules.warnings(draft, CALENDAR, NOW)] == ["deposit_too_high"]


@pytest.mark.parametrize("price, days", [(9_990_000, "2026-06-15"), (10_010_000, "2026-06-30")])
def test_assets_above_ten_million_are_disclosed_longer(price, days):
    terms = replace(HALL, format=replace(TERMS, start=yuan(price)))
    lines = rules.dates(by("soe_asset"), FORMATS["ascending"], terms, CALENDAR, NOW)
    assert lines[0].earliest == date.fromisoformat(days)


def test_a_court_sells_by_its_own_rule():
    lot = by("judicial_sale")
    timing = replace(TIMING, starts_at=moment("2026-07-06T10:00"), ends_at=moment("2026-07-07T10:00"))
    terms = replace(
        HALL, format=replace(TERMS, timing=timing), deposit=Money.yuan(259_000), is_immovable=True
    )
    assert may(lot=lot, code="ascending", terms=terms).ok
    quick = replace(timing, ends_at=moment("2026-07-07T09:00"), window_s=120)
    short = replace(terms, format=replace(TERMS, timing=quick))
    assert codes(may(lot=lot, code="ascending", terms=short)) == ["contest_too_short", "extension"]
    house = replace(
        terms, format=replace(TERMS, timing=replace(timing, starts_at=moment("2026-06-30T10:00")))
    )
    assert codes(may(lot=lot, code="ascending", terms=house)) == ["notice_too_short"]
    assert may(lot=lot, code="ascending", terms=replace(house, is_immovable=False)).ok
    poor = replace(terms, deposit=Money.yuan(129_499))
    assert codes(may(lot=lot, code="ascending", terms=poor)) == ["deposit_too_low"]
    rich = replace(terms, deposit=Money.yuan(518_001))
    assert codes(may(lot=lot, code="ascending", terms=rich)) == ["deposit_too_high"]


def test_a_car_of_an_office_is_shown_for_two_days():
    lot = by("public_asset")
    terms = replace(HALL, appraisal=Money.yuan(2_590_000))
    assert codes(may(lot=lot, code="ascending", terms=terms)) == ["viewing_too_short"]
    second = Period(moment("2026-06-11T09:00"), moment("2026-06-11T17:00"))
    shown = replace(terms, viewings=(*NOTICE.viewings, second))
    assert may(lot=lot, code="ascending", terms=shown).ok
    dear = replace(shown, commission=Rate("0.051"))
    assert codes(may(lot=lot, code="ascending", terms=dear)) == ["commission"]


def test_a_small_purchase_takes_three_suppliers():
    lot = by("small_purchase")
    terms = replace(HALL, format=replace(DOWN, bidders_min=3), deposit=Money.yuan(50_000))
    assert may(lot=lot, code="reverse", terms=terms).ok
    few = replace(terms, format=replace(DOWN, bidders_min=2))
    assert codes(may(lot=lot, code="reverse", terms=few)) == ["bidders_min"]


NEXT_DAY = moment("2026-06-02T09:00")


def amend(auction=ANNOUNCED, terms=NOTICE, is_material=True, reason="规划条件调整", at=NEXT_DAY):
    draft = rules.Draft(LOT, FORMATS["listing"], terms)
    return rules.may_amend(auction, draft, is_material=is_material, reason=reason, calendar=CALENDAR, at=at)


PUT_OFF = replace(
    timed(starts_at=moment("2026-06-24T09:00"), ends_at=moment("2026-07-06T10:00")),
    apply_from=moment("2026-06-02T09:00"),
)


@pytest.mark.parametrize(
    "change, reason",
    [
        ({"auction": DRAFTED, "terms": PUT_OFF, "at": NOW}, "not_announced"),
        ({"terms": PUT_OFF, "at": moment("2026-06-23T09:00"), "is_material": False}, "not_announced"),
        ({"terms": PUT_OFF, "reason": " "}, "no_reason"),
        ({"terms": timed(starts_at=moment("2026-06-19T09:00")), "is_material": False}, "not_earlier"),
        ({"terms": replace(NOTICE, apply_from=PUT_OFF.apply_from), "at": moment("2026-06-05T09:00")}, "notice_too_short"),
    ],
)  # fmt: skip
def test_a_change_of_the_notice_is_refused(change, reason):
    assert reason in codes(amend(**change))


def test_a_change_that_bears_on_the_price_starts_the_period_anew_and_a_typo_does_not():
    assert amend(terms=PUT_OFF).ok
    assert amend(terms=NOTICE, is_material=False, at=moment("2026-06-18T09:00")).ok


def test_a_reserve_is_bound_by_its_commitment():
    commitment = rules.reserve_commitment(yuan(3_000_000), "salt")
    assert commitment == "sha256:8d37e661f539ac35ed25d0c85dd45eb8e0ea091019c201232205cbff166e3ffc"
    assert commitment != rules.reserve_commitment(yuan(3_000_001), "salt")
    assert commitment != rules.reserve_commitment(yuan(3_000_000), "other")


def test_the_setting_is_what_it_says():
    assert local_date(NOW) == date(2026, 6, 1)
    assert ANNOUNCED.state is AuctionState.ANNOUNCED
