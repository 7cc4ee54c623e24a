"""Owners and agencies: splitting, steady triples, disputes, offers made for one."""

import random
from datetime import timedelta
from decimal import Decimal

import pytest

from ggzy.kernel.codes import ProjectCode
from ggzy.oversight.alerts.indicators import (
    disputed_agency,
    made_for_one,
    split_by_time,
    steady_triple,
    untendered_lots,
)
from ggzy.registers.catalog.values import Limit, Rulebook
from ggzy.trading.dossier.values.disputes import Complaint, Objection
from ggzy.trading.dossier.values.record import Ground
from ggzy.trading.dossier.values.sales import Applicant, Auction
from tests.indicators.market import (
    AT,
    DAY,
    REGION,
    concluded,
    contested,
    inspected,
    party,
    record,
    registered,
    yuan,
)

PROJECT = ProjectCode.make(region=REGION, year=2026, serial=77)


def ground(funding: str = "财政资金", title: str = "", *, is_tendering: bool = True) -> Ground:
    limits = (
        (Limit(Decimal(20), "d", "招标投标法 §24", name="tender.bidding_days_min"),) if is_tendering else ()
    )
    return Ground(
        rulebook=Rulebook("any", REGION, AT.date(), (), limits), funding=funding, project_title=title
    )


def parts(*lots: tuple[int, str], nature: str = "works", **changes):
    """Lots of one project: (estimate in yuan, method)."""
    return [
        record(
            n, ground=ground(**changes), project=PROJECT, estimate=yuan(estimate), method=method, nature=nature,
            title=f"道路第{n}段", must_tender=method == "open_tender",
        )
        for n, (estimate, method) in enumerate(lots, 1)
    ]  # fmt: skip


@pytest.mark.parametrize(
    "lots, found",
    [
        (parts((2_000_000, "quotation"), (2_000_000, "quotation")), 1),
        (parts((2_000_000, "quotation"), (1_999_999, "quotation")), 0),
        (parts((3_000_000, "open_tender"), (1_500_000, "single_source")), 1),
        (parts((3_000_000, "open_tender"), (1_500_000, "open_tender")), 0),
        (parts((600_000, "quotation"), (400_000, "quotation"), nature="services"), 1),
        (parts((2_000_000, "quotation"), (2_000_000, "quotation"), funding="民营企业自筹"), 0),
        (parts((2_000_000, "quotation"), (2_000_000, "quotation"), is_tendering=False), 0),
    ],
)
def test_project_over_the_threshold_with_untendered_lots(lots, found):
    result = concluded(untendered_lots, lots)
    assert len(result) == found
    if found:
        assert len(result[0].evidence) == len(lots)


def bought(*lots: tuple[int, str, int], must: bool = False, method: str = "quotation"):
    """(estimate, title, day)"""
    return [
        record(
            n,
            registered=registered(
                n,
                at=AT + DAY * day,
                estimate=yuan(estimate),
                title=title,
                must_tender=must,
                nature="goods",
                method=method,
            ),
        )
        for n, (estimate, title, day) in enumerate(lots, 1)
    ]


DESKS = [("学校课桌椅采购项目（一期）", 0), ("学校课桌椅采购项目（二期）", 40), ("2026年学校课桌椅采购", 80)]


@pytest.mark.parametrize(
    "lots, found",
    [
        (bought(*((800_000, title, day) for title, day in DESKS)), 1),
        (bought(*((600_000, title, day) for title, day in DESKS)), 0),  # together below the threshold
        (bought(*((1_000_000, title, 100 * n) for n, (title, _) in enumerate(DESKS))), 0),  # years apart
        (bought((1_000_000, "学校课桌椅采购", 0), (1_000_000, "医院心电监护仪采购", 5)), 0),
        (bought((2_000_000, "学校课桌椅采购", 0), (2_000_000, "学校课桌椅采购", 5)), 0),  # not below it
        (bought(*((800_000, title, day) for title, day in DESKS), must=True), 0),  # tendered as the law asks
        (
            bought(*((800_000, title, day) for title, day in DESKS), method="open_tender"),
            0,
        ),  # or of free will
    ],
)
def test_same_thing_bought_in_small_pieces(lots, found):
    result = concluded(split_by_time, lots)
    assert len(result) == found


def test_many_small_lots_of_an_owner_are_compared_in_bounds():
    lots = bought(*((10_000, f"零星维修{n:03d}号楼屋面", n // 10) for n in range(300)))
    notes = [note for one in lots for note in split_by_time.collect(one)]
    assert len(list(split_by_time.conclude(notes, split_by_time.INDICATOR.defaults()))) <= 1


@pytest.mark.parametrize(
    "bidders, wins, lots, found",
    [(5, 6, 6, 1), (5, 3, 3, 1), (3, 3, 3, 0), (5, 2, 2, 0), (5, 3, 12, 0)],
)
def test_owner_agency_and_winner_again_and_again(bidders, wins, lots, found):
    chance = random.Random(5)
    market = []
    for number in range(1, lots + 1):
        others = chance.sample(range(10, 60), bidders - 1)
        market.append(contested(number, [1, *others], 1 if number <= wins else others[0]))
    result = [f for f in concluded(steady_triple, market) if party(1) in f.parties]
    assert len(result) == found


def test_lots_without_an_agency_make_no_triple():
    assert not concluded(steady_triple, [contested(n, [1, 2, 3, 4, 5], 1, agency=None) for n in range(1, 9)])


def dispute(number: int) -> Objection:
    return Objection(at=AT, height=9, objection=f"o{number}", stage="award", due_on=AT.date())


def area(mine: int, disputes: int, others: int, theirs: int):
    """`mine` lots of one agency with `disputes`; `others` of ten agencies with `theirs`."""
    lots = [
        record(n, agency=party(700), objections=tuple(dispute(i) for i in range(disputes)) if n == 1 else ())
        for n in range(1, mine + 1)
    ]
    return lots + [
        record(1000 + n, agency=party(800 + n % 10), objections=(dispute(n),) if n < theirs else ())
        for n in range(others)
    ]


@pytest.mark.parametrize(
    "lots, found",
    [
        (area(10, 6, 100, 10), 1),
        (area(10, 2, 100, 1), 0),  # two disputes make no rate
        (area(10, 3, 100, 10), 0),  # three times the mean is the boundary and not beyond it
        (area(50, 6, 100, 10), 0),  # busy agencies meet more disputes
        (area(10, 6, 0, 0), 0),  # nobody to be compared with
    ],
)
def test_agency_with_many_disputes(lots, found):
    result = concluded(disputed_agency, lots)
    assert len(result) == found
    if found:
        assert result[0].parties == (party(700),)


def test_complaints_count_as_objections_do():
    complaint = Complaint(at=AT, height=9, complaint="c", regime="tender", stage="award", accept_by=AT.date())
    lots = [record(1, agency=party(700), complaints=(complaint,) * 6), *area(9, 0, 100, 10)[1:]]
    assert len(concluded(disputed_agency, lots)) == 1


def sale(applicants, amended=((AT + 3 * DAY, True, "调整竞买资格"),), ended=True) -> Auction:
    return Auction(
        at=AT, height=5, format="listing", apply_from=AT, apply_until=AT + 20 * DAY, starts_at=AT + 21 * DAY,
        ends_at=AT + 30 * DAY, deposit=yuan(0), start=yuan(1_000_000), conditions="须具有冷链仓储运营经验",
        amended=amended, applicants=applicants, ended_at=AT + 30 * DAY if ended else None,
    )  # fmt: skip


def applicant(number: int, *, day: int = 5, is_fit: bool = True) -> Applicant:
    return Applicant(
        at=AT + timedelta(days=day), height=20 + number, party=party(number), name=f"望江第{number}公司",
        paddle=number if is_fit else None, declined=() if is_fit else ("不具备运营经验",),
    )  # fmt: skip


@pytest.mark.parametrize(
    "of, words",
    [
        (sale((applicant(1),)), "之后提交"),
        (sale((applicant(1, day=1), applicant(2, is_fit=False))), "另有 1 家因条件不符"),
        (sale((applicant(1), applicant(2))), ""),
        (sale((applicant(1),), amended=()), ""),
        (sale((applicant(1),), amended=((AT, False, "更正笔误"),)), ""),
        (sale((applicant(1),), ended=False), ""),
        (sale(()), ""),
    ],
)
def test_sale_whose_conditions_left_one(of, words):
    result = inspected(made_for_one, record(auction=of))
    assert bool(result) == bool(words)
    assert not words or words in result[0].sentence
