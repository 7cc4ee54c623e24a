"""竞价条件的完整性: one row per flaw, for every format."""

from dataclasses import replace
from decimal import Decimal

import pytest

from ggzy.trading.auctions.values import (
    AtCeiling,
    Ceiling,
    Direction,
    Entry,
    Fall,
    Measure,
    PriorityMode,
    PriorityTerms,
    Rung,
    SecondContest,
    Steps,
    TieRule,
    Ties,
)
from tests.rules.auctions.auction_setting import (
    DOWN,
    END,
    FALLING,
    FORMATS,
    ITEMS,
    LISTING,
    SEALED,
    START,
    TERMS,
    WEIGHTED,
    codes,
    yuan,
)

DYNAMIC = LISTING
SECOND = SecondContest(
    name="自持面积", measure=Measure.AREA, start=10_000, step=10_000, timed_s=300, cap=90_000
)
CEILING = Ceiling(amount=yuan(3_000_000), rule=AtCeiling.CONTEST, second=SECOND)
WHOLE = {
    "ascending": TERMS,
    "listing": LISTING,
    "dynamic": DYNAMIC,
    "reverse": DOWN,
    "descending": FALLING,
    "sealed_offer": SEALED,
    "weighted": WEIGHTED,
}


@pytest.mark.parametrize("code", WHOLE)
def test_whole_terms_have_no_flaw(code):
    assert FORMATS[code].flaws(WHOLE[code]).ok
    assert set(WHOLE) == set(FORMATS)


@pytest.mark.parametrize("code", WHOLE)
def test_a_format_says_what_it_is_in_words(code):
    format = FORMATS[code]
    assert format.code == code and format.name and format.basis and format.rule


def timing(**change):
    return {"timing": replace(TERMS.timing, **change)}


def steps(**change):
    return {"steps": replace(TERMS.steps, **change)}


@pytest.mark.parametrize(
    "change, reason",
    [
        ({"start": yuan(0)}, ["start"]),
        ({"direction": Direction.DOWN}, ["direction"]),
        ({"quantity": Decimal(0)}, ["quantity", "per"]),
        ({"quantity": Decimal("7.9935")}, ["per"]),
        (timing(ends_at=START), ["ends"]),
        (timing(resume_min_s=-1), ["seconds"]),
        ({"bidders_min": 0}, ["bidders_min"]),
        ({"priority": PriorityTerms(mode=PriorityMode.AFTER)}, ["priority"]),
        (steps(step=0), ["step"]),
        (steps(ladder=(Rung(500_000_00, 1_000_000), Rung(100_000_00, 2_000_000))), ["ladder_order"]),
        (steps(ladder=(Rung(15_000_00, 20_000_00),)), ["ladder_edge"]),
        (steps(leap_max=0), ["leap_max"]),
        ({"ceiling": replace(CEILING, amount=yuan(2_590_000))}, ["ceiling"]),
        ({"ceiling": replace(CEILING, rule=AtCeiling.DRAW)}, ["entering"]),
        ({"ceiling": replace(CEILING, second=None)}, ["second"]),
        ({"ceiling": replace(CEILING, second=replace(SECOND, cap=95_000))}, ["second"]),
        (
            {"ceiling": CEILING, "priority": PriorityTerms(mode=PriorityMode.AFTER, asking_s=300)},
            ["priority_ceiling"],
        ),
        (
            {
                "ceiling": replace(CEILING, rule=AtCeiling.CLOSE),
                "priority": PriorityTerms(mode=PriorityMode.IN_ROOM),
            },
            ["priority_ceiling"],
        ),
        (timing(window_s=0), ["extension"]),
        (timing(window_s=301), ["extension"]),
        (timing(timed_s=120), ["timed"]),
        ({"entry": Entry.OFFERED}, ["entry"]),
        (timing(asking_s=60), ["asking"]),
        ({"fall": Fall(interval_s=60, floor=yuan(1))}, ["fall"]),
        ({"items": ITEMS}, ["items"]),
    ],
)
def test_flawed_terms_of_an_open_contest_are_named(change, reason):
    assert codes(FORMATS["ascending"].flaws(replace(TERMS, **change))) == reason


@pytest.mark.parametrize("code", ["listing", "dynamic"])
def test_a_listing_and_a_dynamic_contest_need_a_timed_contest(code):
    flat = replace(WHOLE[code], timing=replace(WHOLE[code].timing, timed_s=0))
    assert codes(FORMATS[code].flaws(flat)) == ["timed_missing"]


def test_a_reverse_contest_goes_down():
    assert codes(FORMATS["reverse"].flaws(TERMS)) == ["direction"]


@pytest.mark.parametrize(
    "change, reason",
    [
        ({"fall": None}, ["fall"]),
        ({"fall": Fall(interval_s=60, floor=yuan(2_590_000))}, ["floor"]),
        ({"timing": replace(FALLING.timing, ends_at=END)}, ["ends"]),
        ({"timing": replace(FALLING.timing, timed_s=300)}, ["timed"]),
        ({"ceiling": Ceiling(amount=yuan(3_000_000))}, ["ceiling"]),
        ({"has_proxies": True}, ["proxies"]),
        ({"priority": PriorityTerms(mode=PriorityMode.IN_ROOM)}, ["priority"]),
    ],
)
def test_flawed_terms_of_a_falling_price_are_named(change, reason):
    assert codes(FORMATS["descending"].flaws(replace(FALLING, **change))) == reason


@pytest.mark.parametrize(
    "change, reason",
    [
        ({"ties": Ties(rule=TieRule.AGAIN)}, ["ties"]),
        ({"timing": replace(TERMS.timing, timed_s=300)}, ["timed"]),
        ({"has_proxies": True}, ["proxies"]),
        ({"ceiling": Ceiling(amount=yuan(1))}, ["ceiling"]),
    ],
)
def test_flawed_terms_of_a_sealed_offer_are_named(change, reason):
    assert codes(FORMATS["sealed_offer"].flaws(replace(SEALED, **change))) == reason


@pytest.mark.parametrize(
    "change, reason",
    [
        ({"items": ITEMS[:1]}, ["items", "weights"]),
        ({"items": (*ITEMS[:2], replace(ITEMS[2], weight=Decimal(11)))}, ["weights"]),
        ({"items": (*ITEMS[:2], replace(ITEMS[2], best=Decimal(0)))}, ["range"]),
        ({"items": (replace(ITEMS[0], base=Decimal(1)), *ITEMS[1:])}, ["price_item"]),
        ({"steps": Steps(step=500_000)}, ["ladder"]),
        ({"ceiling": Ceiling(amount=yuan(3_000_000))}, ["ceiling"]),
        ({"has_proxies": True}, ["proxies"]),
        ({"priority": PriorityTerms(mode=PriorityMode.IN_ROOM)}, ["priority"]),
    ],
)
def test_flawed_terms_of_a_weighted_offer_are_named(change, reason):
    assert codes(FORMATS["weighted"].flaws(replace(WEIGHTED, **change))) == reason
