"""The rules of registration, the brake and standing time: one table per rule, one row per reason."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ggzy.kernel.codes import CreditCode, LotCode, ProjectCode, RegionCode
from ggzy.kernel.instants import Calendar
from ggzy.kernel.money import Money
from ggzy.kernel.roles import Permission
from ggzy.kernel.verdict import Reason
from ggzy.registers.catalog.values import Classification, Entry, Limit, Rulebook, Side
from ggzy.trading.projects import rules
from ggzy.trading.projects.lifecycle import PHASES
from ggzy.trading.projects.values import (
    LotFacts,
    LotOrder,
    Nature,
    NewLot,
    NewProject,
    Order,
    OrderKind,
    Phase,
    PriceForm,
    ProjectFacts,
    Still,
    Words,
)

REGION = RegionCode("990102")
OWNER = CreditCode.make(authority="12", region=REGION, serial=1)
AGENCY = CreditCode.make(region=REGION, serial=2)
PROJECT = ProjectCode.make(region=REGION, year=2026, serial=1)
AT = datetime(2026, 6, 1, 2, tzinfo=UTC)

NEW_PROJECT = NewProject(
    title="望江路改造工程",
    owner=OWNER,
    agency=AGENCY,
    region=REGION,
    funding="财政资金",
    approval="江发改〔2026〕1号",
)
PROJECT_FACTS = ProjectFacts(PROJECT, "望江路改造工程", OWNER, AGENCY, REGION, "财政资金", "", "", AT)
NEW_LOT = NewLot(
    project=PROJECT,
    title="一标段",
    content="道路及排水",
    nature=Nature.WORKS,
    deal_category="A02",
    method="open_tender",
    scoring="comprehensive",
    estimate=Money.yuan("1980000"),
)
FOUND = Classification(
    Entry.MUST,
    "construction",
    methods=("open_tender", "invited_tender"),
    scoring=("comprehensive", "lowest_price"),
)
LOT = LotFacts(
    code=LotCode.make(category="A02", platform=OWNER, on=date(2026, 6, 1), serial=1),
    title="一标段",
    project=PROJECT,
    project_title="望江路改造工程",
    owner=OWNER,
    agency=AGENCY,
    category="construction",
    nature="works",
    region=REGION,
    method="open_tender",
    scoring="comprehensive",
    estimate=Money.yuan("1980000"),
    price_form="amount",
    must_tender=True,
    rulebook=Rulebook("construction", REGION, date(2026, 6, 1), (), ()),
    round=1,
    phase=Phase.CONTESTED,
    registered_at=AT,
    terminated=False,
    standing=None,
)
ORDER = Order("江州市住房和城乡建设局", "收到投诉，需要核查", "招标投标法实施条例 §62", date(2026, 6, 10))


def codes(verdict) -> list[str]:
    return [reason.code for reason in verdict.reasons]


@pytest.mark.parametrize(
    "change, region, owner, expected",
    [
        ({}, True, True, []),
        ({"title": "  "}, True, True, ["title_missing"]),
        ({"title": "长" * 201}, True, True, ["title_too_long"]),
        ({}, True, False, ["owner_unknown"]),
        ({"agency": OWNER}, True, True, ["agency_is_owner"]),
        ({}, False, True, ["region_unknown"]),
        ({"funding": " "}, True, True, []),
        ({"funding": "钱" * 5001}, True, True, ["text_too_long"]),
        (
            {"title": "", "agency": OWNER, "funding": ""},
            False,
            False,
            ["title_missing", "owner_unknown", "agency_is_owner", "region_unknown"],
        ),
    ],
)
def test_project_is_complete_or_every_gap_is_named(change, region, owner, expected):
    verdict = rules.complete_project(
        replace(NEW_PROJECT, **change), is_known_region=region, is_known_owner=owner
    )
    assert codes(verdict) == expected


@pytest.mark.parametrize(
    "change, found, expected",
    [
        ({}, {}, []),
        ({"project": ProjectCode.make(region=REGION, year=2026, serial=9)}, {}, ["project_differs"]),
        ({"title": ""}, {}, ["title_missing"]),
        ({"title": "长" * 1000}, {}, ["title_too_long"]),
        ({"deal_category": "construction"}, {}, ["category_missing"]),
        ({"content": "\n"}, {}, ["content_missing"]),
        ({"estimate": Money(0)}, {}, ["estimate_missing"]),
        ({"period": "日" * 201}, {}, ["text_too_long"]),
        ({}, {"kind": Entry.OUTSIDE}, ["outside"]),
        ({}, {"is_open": False}, ["not_open"]),
        ({"method": "quotation"}, {}, ["method_not_allowed"]),
        ({}, {"scoring": ()}, ["tender_not_open"]),
        (
            {},
            {"scoring": (), "no_tender": Reason("no_tender", "不以招标方式处置", "行政处罚法 §74")},
            ["no_tender"],
        ),
        ({"scoring": "dice"}, {}, ["scoring_not_allowed"]),
        (
            {"title": "", "content": "", "estimate": Money(0), "method": "x", "scoring": "y"},
            {},
            [
                "title_missing",
                "content_missing",
                "estimate_missing",
                "method_not_allowed",
                "scoring_not_allowed",
            ],
        ),
    ],
)
def test_lot_is_registered_or_every_reason_is_named(change, found, expected):
    assert (
        codes(rules.may_register(replace(NEW_LOT, **change), PROJECT_FACTS, replace(FOUND, **found)))
        == expected
    )


@pytest.mark.parametrize(
    "side, funding, scoring, expected",
    [
        (Side.SELL, "", "", []),
        (Side.SELL, "", "comprehensive", ["scoring_not_allowed"]),
        (Side.BUY, "财政资金", "", []),
        (Side.BUY, " ", "", ["funding_missing"]),
    ],
)
def test_a_sale_needs_no_funding_and_an_open_price_no_scoring(side, funding, scoring, expected):
    project = replace(PROJECT_FACTS, funding=funding)
    found = replace(FOUND, side=side, methods=("listing",))
    new = replace(NEW_LOT, method="listing", scoring=scoring)
    assert codes(rules.may_register(new, project, found, is_scored=False)) == expected
    assert rules.nature_of(new, found) is (Nature.ASSET if side is Side.SELL else Nature.WORKS)


@pytest.mark.parametrize(
    "change, allow, expected",
    [
        ({}, set(), []),
        ({"suspended": True}, set(), ["suspended"]),
        ({"suspended": True}, {"suspended"}, []),
        ({"terminated": True}, set(), ["terminated"]),
        ({"terminated": True}, {"terminated"}, []),
        ({"phase": Phase.ARCHIVED}, set(), ["archived"]),
        ({"phase": Phase.ARCHIVED}, {"archived"}, []),
        (
            {"suspended": True, "terminated": True, "phase": Phase.ARCHIVED},
            set(),
            ["suspended", "terminated", "archived"],
        ),
    ],
)
def test_stopped_lot_is_not_worked_on(change, allow, expected):
    assert codes(rules.may_act(replace(LOT, **change), frozenset(allow))) == expected


@pytest.mark.parametrize(
    "lot, order, expected",
    [
        ({}, {}, []),
        ({"phase": Phase.REGISTERED}, {}, []),
        ({"suspended": True}, {}, ["already_suspended"]),
        ({"terminated": True}, {}, ["terminated"]),
        ({"phase": Phase.CONTRACTED}, {}, ["contract_signed"]),
        ({}, {"authority": ""}, ["authority_missing"]),
        ({}, {"reason": " "}, ["reason_missing"]),
        ({}, {"article": ""}, ["article_missing"]),
        ({}, {"reason": "因" * 5001}, ["text_too_long"]),
        ({}, {"review_on": None}, ["review_missing"]),
        ({}, {"review_on": date(2026, 6, 1)}, ["review_out_of_range"]),
        ({}, {"review_on": date(2026, 8, 31)}, ["review_out_of_range"]),
        ({}, {"review_on": date(2026, 8, 30)}, []),
    ],
)
def test_brake_needs_authority_reason_article_and_review_date(lot, order, expected):
    assert codes(rules.may_suspend(replace(LOT, **lot), replace(ORDER, **order), AT)) == expected


@pytest.mark.parametrize(
    "lot, order, expected",
    [
        ({"suspended": True}, {}, []),
        ({}, {}, ["not_suspended"]),
        ({"suspended": True}, {"reason": ""}, ["reason_missing"]),
    ],
)
def test_brake_is_released_with_a_reason(lot, order, expected):
    assert codes(rules.may_resume(replace(LOT, **lot), replace(ORDER, **order))) == expected


@pytest.mark.parametrize(
    "lot, by_owner, expected",
    [
        ({}, True, []),
        ({}, False, []),
        ({"terminated": True}, False, ["terminated"]),
        ({"phase": Phase.CONTRACTED}, False, ["contract_signed"]),
        ({"phase": Phase.AWARDED}, False, []),
        ({"phase": Phase.AWARDED}, True, ["awarded"]),
        ({"suspended": True}, True, ["suspended"]),
        ({"suspended": True}, False, []),
    ],
)
def test_termination_is_final_and_narrow(lot, by_owner, expected):
    assert codes(rules.may_terminate(replace(LOT, **lot), ORDER, by_owner=by_owner)) == expected


@pytest.mark.parametrize(
    "lot, reason, expected",
    [
        ({}, "投标人少于三个", []),
        ({"phase": Phase.AWARDED}, "中标人放弃", []),
        ({"phase": Phase.REGISTERED}, "再来", ["not_contested"]),
        ({"phase": Phase.CONTRACTED}, "再来", ["not_contested"]),
        ({"suspended": True}, "再来", ["suspended"]),
        ({}, "", ["reason_missing"]),
    ],
)
def test_new_round_follows_a_contest_without_contract(lot, reason, expected):
    assert codes(rules.may_begin_round(replace(LOT, **lot), reason)) == expected


def day(number: int, hour: int = 0) -> datetime:
    return datetime(2026, 6, number, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    "moment, since",
    [(4, 4), (5, 5), (7, 5), (8, 5), (9, 9), (15, 12), (30, 12)],
    ids=[
        "before",
        "its first moment",
        "within",
        "within both",
        "its end",
        "one that overlaps",
        "one that runs on",
    ],
)
def test_a_moment_within_a_standstill_is_told_since_when(moment, since):
    stills = [Still("brake", day(5), day(8)), Still("objection/1", day(7), day(9)), Still("brake", day(12))]
    assert rules.stood_since(stills, day(moment), day(30, 12)) == day(since)


@pytest.mark.parametrize(
    "stills, deadline, at, expected",
    [
        ([], day(20), day(10), day(20)),
        ([Still("brake", day(5), day(8))], day(20), day(10), day(23)),
        # Overlapping causes stop one clock once.
        ([Still("brake", day(5), day(8)), Still("objection/1", day(7), day(9))], day(20), day(10), day(24)),
        # While it stands, what was left stays left.
        ([Still("brake", day(5))], day(20), day(10), day(25)),
        ([Still("brake", day(5))], day(20), day(30), day(20) + timedelta(days=25)),
        # What happened after the deadline, or before it was set, does not move it.
        ([Still("brake", day(21), day(25))], day(20), day(26), day(20)),
        ([Still("brake", day(1, 1), day(1, 5))], day(20), day(10), day(20)),
        ([Still("brake", day(1, 1), day(4))], day(20), day(10), day(22)),
        # A pause that begins only because an earlier one moved the deadline counts too.
        ([Still("a", day(5), day(8)), Still("b", day(21), day(22))], day(20), day(25), day(24)),
    ],
)
def test_deadline_moves_by_the_time_that_stood_still(stills, deadline, at, expected):
    assert rules.effective(stills, deadline, day(2), at) == expected


moments = st.integers(0, 400).map(lambda hours: day(1) + timedelta(hours=hours))
spans = st.tuples(moments, st.integers(0, 200)).map(lambda s: Still("x", s[0], s[0] + timedelta(hours=s[1])))


@given(st.lists(spans, max_size=6), moments, st.integers(0, 400))
def test_deadline_never_moves_back_and_the_clock_runs_exactly_what_was_set(stills, set_at, hours):
    deadline, at = set_at + timedelta(hours=hours), day(1) + timedelta(days=60)
    moved = rules.effective(stills, deadline, set_at, at)
    assert moved >= deadline
    assert moved - set_at - rules.standstill(stills, set_at, moved) == deadline - set_at


@given(st.lists(spans, max_size=6), moments, moments, moments)
def test_standing_time_adds_up_whatever_the_causes(stills, one, two, three):
    first, middle, last = sorted((one, two, three))
    whole = rules.standstill(stills, first, last)
    assert whole == rules.standstill(stills, first, middle) + rules.standstill(stills, middle, last)
    assert timedelta(0) <= whole <= last - first


def test_running_causes_are_named_since_the_first():
    standing = rules.standing([Still("b", day(3)), Still("a", day(2)), Still("c", day(1), day(2))])
    assert standing is not None and (standing.since, standing.causes) == (day(2), ("a", "b"))
    assert rules.standing([Still("c", day(1), day(2))]) is None


@pytest.mark.parametrize(
    "suspended, days, limit, expected",
    [(True, 91, 90, True), (True, 90, 90, False), (True, 91, None, False), (False, 91, 90, False)],
)
def test_long_stop_is_the_regions_number(suspended, days, limit, expected):
    lot = replace(
        LOT, suspended=suspended, standing=rules.standing([Still("brake", AT)] if suspended else [])
    )
    assert rules.is_past_long_stop(lot, AT + timedelta(days=days), limit) is expected


def test_small_lots_that_add_up_to_the_threshold_are_pointed_out():
    small = replace(LOT, estimate=Money.yuan("2100000"))
    threshold = Money.yuan("4000000").fen
    assert "化整为零" in rules.splitting_hint(NEW_LOT, [small], threshold)
    assert rules.splitting_hint(NEW_LOT, [], threshold) == ""
    assert rules.splitting_hint(NEW_LOT, [replace(small, estimate=Money.yuan("2000000"))], threshold) == ""
    assert rules.splitting_hint(replace(NEW_LOT, estimate=Money.yuan("4000000")), [small], threshold) == ""


@pytest.mark.parametrize("phase", list(Phase))
def test_effects_of_the_brake_are_told_in_every_phase(phase):
    told = rules.effects(replace(LOT, phase=phase))
    assert [effect.title for effect in told] == ["期限", "公开", "通知", "不受影响"]
    assert all(effect.text for effect in told)


KINDS = {
    "retender": OrderKind("retender", "责令重新招标", "重新招标", "实施条例 §81", ("award.make",)),
    "correct": OrderKind("correct", "责令改正", "改正", "行政处罚法 §28", ()),
}


@pytest.mark.parametrize(
    "kind, round, permission, expected",
    [
        ("retender", 1, Permission.AWARD_MAKE, ["ordered"]),
        ("retender", 1, Permission.TENDER_RETENDER, []),
        ("retender", 2, Permission.AWARD_MAKE, []),
        ("retender", 2, Permission.DOSSIER_ARCHIVE, ["ordered"]),
        ("correct", 1, Permission.AWARD_MAKE, []),
        ("correct", 1, Permission.DOSSIER_ARCHIVE, ["ordered"]),
    ],
)
def test_an_open_order_forbids_its_acts_in_its_round_and_the_archive(kind, round, permission, expected):
    order = LotOrder("AJ-1", kind, round, "江州市住房和城乡建设局", date(2026, 8, 1))
    assert codes(rules.may_despite(replace(LOT, round=1, orders=(order,)), permission, KINDS)) == expected


@pytest.mark.parametrize(
    "changes, expected",
    [({}, []), ({"phase": Phase.ARCHIVED}, ["archived"]), ({"orders": "same"}, ["already_ordered"])],
)
def test_an_order_is_given_once_to_a_lot_that_can_obey(changes, expected):
    order = LotOrder("AJ-1", "correct", 1, "江州市住房和城乡建设局", date(2026, 8, 1))
    lot = replace(LOT, **{**changes, **({"orders": (order,)} if "orders" in changes else {})})
    assert codes(rules.may_order(lot, order)) == expected


def test_archived_is_the_end():
    assert PHASES.moves_from(Phase.ARCHIVED) == ()


def test_every_enumeration_has_words():
    assert all(one.label for enumeration in (Nature, PriceForm, Phase) for one in enumeration)


TABLE = (Words("a", ("道路", "排水")), Words("b", ("桥梁",)), Words("c", ("道路",)))


@pytest.mark.parametrize(
    "text, code",
    [
        ("望江路道路及排水", "a"),
        ("桥梁加固", "b"),
        ("道路", "a"),
        ("桥梁、道路", "a"),
        ("软件", ""),
        ("", ""),
    ],
)
def test_words_point_to_the_code_with_most_of_them(text, code):
    assert rules.suggested(text, TABLE) == code


def test_days_are_computed_forward_and_back_from_the_calendar():
    limits = (
        Limit(Decimal(5), "d", "条例 §16", name="tender.sale_days_min"),
        Limit(Decimal(20), "d", "招标投标法 §24", name="tender.bidding_days_min"),
        Limit(Decimal(15), "d", "招标投标法 §23", name="tender.clarification_days_min"),
        Limit(Decimal(10), "d", "条例 §22", name="objection.document_days_before_min"),
    )
    book = Rulebook("any", REGION, date(2026, 6, 1), (), limits)
    found = rules.milestones(book, Calendar(frozenset(), frozenset()), date(2026, 6, 1))
    # The twentieth day is a Sunday: the Monday after it; the others count back from there.
    assert [(one.on.day, one.article) for one in found] == [
        (1, ""),
        (6, "条例 §16"),
        (7, "招标投标法 §23"),
        (12, "条例 §22"),
        (22, "招标投标法 §24"),
    ]


def test_rulebook_without_numbers_promises_no_days():
    book = Rulebook("any", REGION, date(2026, 6, 1), (), ())
    found = rules.milestones(book, Calendar(frozenset(), frozenset()), date(2026, 6, 1))
    assert [one.label for one in found] == ["发布公告"]
