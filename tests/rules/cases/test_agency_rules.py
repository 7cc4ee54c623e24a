"""代理机构执业评价的规则: which facts count, whose an alert is, how points are lost. One table a rule."""

from dataclasses import fields
from decimal import Decimal
from types import SimpleNamespace

import pytest

from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.events import KINDS
from ggzy.oversight.cases.queries import agencies as queries
from ggzy.oversight.cases.rules import agencies as rules
from ggzy.oversight.cases.values.agencies import HANDLED, PENALTY, Tally

AGENCY = CreditCode.make(authority="91", region=RegionCode("980100"), serial=1)
MODEL = queries.model()
TEN = 10


@pytest.mark.parametrize(
    ("kind", "fact", "items"),
    [
        ("lot.registered", {"title": "望江路"}, [(HANDLED, "望江路")]),
        ("tender.failed", {"reason": "投标人不足三家"}, [("failed", "投标人不足三家")]),
        ("auction.failed", {"reason": ""}, [("failed", "未产生结果")]),
        ("award.ended", {"reason": "全部放弃"}, [("failed", "全部放弃")]),
        ("round.begun", {"round": 2}, [("failed", "重新组织，第 2 次")]),
        ("notice.published", {"amends": "n-1", "title": "更正公告"}, [("corrected", "更正公告")]),
        ("notice.published", {"amends": None, "title": "招标公告"}, []),
        ("deadline.moved", {"cause": "extension", "reason": "场地"}, [("moved", "场地")]),
        ("deadline.moved", {"cause": "clarification", "reason": "澄清"}, []),
        ("deadline.moved", {"cause": "disturbance", "reason": "平台故障"}, []),
        ("objection.answered", {"upheld": True, "is_late": False, "answer": "成立"}, [("objection", "成立")]),
        ("objection.answered", {"upheld": False, "is_late": True, "answer": "不"}, [("answered_late", "不")]),
        (
            "objection.answered",
            {"upheld": True, "is_late": True, "answer": "成立"},
            [("objection", "成立"), ("answered_late", "成立")],
        ),
        ("objection.answered", {"upheld": False, "is_late": False, "answer": "不成立"}, []),
        (
            "complaint.decided",
            {"outcome": "upheld", "document": "1号", "text": "属实"},
            [("complaint", "1号：属实")],
        ),
        ("complaint.decided", {"outcome": "rejected", "document": "2号", "text": "驳回"}, []),
    ],
)
def test_a_fact_counts_under_its_items(kind: str, fact: dict[str, object], items: list[tuple[str, str]]):
    assert list(rules.items_of(kind, SimpleNamespace(**fact))) == items


def test_every_field_that_is_read_stands_in_its_fact():
    read = {
        "lot.registered": {"title"}, "tender.failed": {"reason"}, "auction.failed": {"reason"},
        "award.ended": {"reason"}, "round.begun": {"round"}, "notice.published": {"amends", "title"},
        "deadline.moved": {"cause", "reason"}, "objection.answered": {"upheld", "is_late", "answer"},
        "complaint.decided": {"outcome", "document", "text"}, "alert.confirmed": {"alert"},
    }  # fmt: skip
    assert queries.kinds() == read.keys()
    for kind, names in read.items():
        assert names <= {field.name for field in fields(KINDS[kind].cls)}, kind


@pytest.mark.parametrize(
    ("indicator", "parties", "is_its"),
    [("P09", (), True), ("B01", (), False), ("B01", ("x",), False), ("B01", (str(AGENCY),), True)],
)
def test_an_alert_is_the_agencys_by_procedure_or_by_name(
    indicator: str, parties: tuple[str, ...], is_its: bool
):
    assert rules.is_of_agency(AGENCY, indicator, parties) is is_its


@pytest.mark.parametrize(
    ("tallies", "points", "why"),
    [
        ({}, "100", "nothing happened"),
        ({"failed": Tally(5, 7)}, "90", "at the share of 50% all ten points are lost"),
        ({"failed": Tally(2, 2)}, "96.0", "20% of 50% is two fifths"),
        ({"failed": Tally(10, 10)}, "90", "more than the share loses no more"),
        ({"objection": Tally(1, 3)}, "92.5", "one lot in ten counts once, whatever its objections"),
        ({"complaint": Tally(1, 1)}, "80", "one upheld complaint in ten lots"),
        ({PENALTY: Tally(0, 1)}, "80", "each penalty its points"),
        ({PENALTY: Tally(0, 9)}, "60", "until the most is lost"),
        ({code: Tally(10, 10) for code in MODEL.items}, "0", "never below nothing"),
    ],
)
def test_points_are_lost_in_proportion(tallies: dict[str, Tally], points: str, why: str):
    found = rules.practice(MODEL, AGENCY, "江州代理", TEN, tallies)
    assert found.points == Decimal(points), why
    lost = sum(line.lost for line in found.lines)
    assert found.points == max(MODEL.start - lost, Decimal()), "the lines add up to the points"


@pytest.mark.parametrize(("lots", "is_scored"), [(0, False), (4, False), (5, True)])
def test_too_few_lots_say_nothing(lots: int, is_scored: bool):
    found = rules.practice(MODEL, AGENCY, "江州代理", lots, {})
    assert (found.points is not None) is is_scored


def test_the_best_stand_first_and_those_without_points_last():
    def of(name: str, lots: int, failed: int):
        return rules.practice(MODEL, AGENCY, name, lots, {"failed": Tally(failed, failed)})

    rows = [of("丙", 2, 0), of("乙", 10, 3), of("甲", 10, 0)]
    assert [one.name for one in sorted(rows, key=rules.order)] == ["甲", "乙", "丙"]


def test_the_model_says_that_it_is_local_and_how_each_item_counts():
    assert MODEL.source == "local" and MODEL.note
    for item in MODEL.items.values():
        assert item.most > 0 and item.why and (item.full is None) is not (item.each is None)
