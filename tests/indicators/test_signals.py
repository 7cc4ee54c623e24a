"""E-bidding signals: each fires on what it is for, stays quiet on what looks like it, and knows its boundary."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from ggzy.foundation.sealing.trace import Device
from ggzy.oversight.alerts.indicators import models
from ggzy.oversight.alerts.values import Finding, Grade
from ggzy.trading.dossier.values.record import LotRecord
from ggzy.trading.dossier.values.sales import Auction
from ggzy.trading.dossier.values.stages import Bid
from ggzy.trading.tendering.values.traces import Common, Contact, Person
from tests.indicators.market import AT, bid, party, record, yuan
from tests.indicators.traced import (
    compared,
    deposits,
    device,
    file,
    letter,
    paid,
    prices,
    trace,
    traced,
    visit,
)


def found(code: str, of: LotRecord, **params: Any) -> list[Finding]:
    model = models()[code]
    assert model.inspect is not None
    return list(model.inspect(of, {**model.indicator.defaults(), **params}, AT))


def numbers(finding: Finding) -> list[int]:
    known = {str(party(n)): n for n in range(1, 10)}
    return sorted(known[one] for one in finding.parties)


SIGNALS = [f"B{n:02}" for n in (*range(1, 14), 27, 31, 32, 38)] + ["D01", "D02", "C01"]


@pytest.mark.parametrize("code", SIGNALS)
def test_bidders_with_nothing_in_common_are_left_alone(code: str) -> None:
    assert found(code, traced()) == []
    assert found(code, record()) == []


@pytest.mark.parametrize("code", SIGNALS)
def test_an_indicator_says_what_it_rests_on_and_what_excuses(code: str) -> None:
    indicator = models()[code].indicator
    assert "§" in indicator.basis and indicator.quiet and indicator.kinds and indicator.action
    assert all(param.source for param in indicator.params)


FIRST = device(1)
MARKED = ("mac:3497F65A001C", "cpu:BFEB", "disk:WD1")


@pytest.mark.parametrize(
    ("changes", "whole", "part"),
    [
        ({2: {"device": FIRST}}, True, False),
        ({2: {"device": replace(FIRST, macs=("f" * 16, *FIRST.macs))}}, True, False),
        ({2: {"device": replace(FIRST, macs=())}}, False, True),
        ({2: {"device": device(2, disks=FIRST.disks)}}, False, True),
        ({2: {"device": device(2, macs=FIRST.macs)}}, False, True),
        ({2: {"device": device(2, cpu=FIRST.cpu)}}, False, False),
        ({1: {"device": None}, 2: {"device": None}}, False, False),
        ({1: {"device": Device("", "")}, 2: {"device": Device("", "")}}, False, False),
        ({n: {"files": (file(machines=MARKED),)} for n in (1, 2)}, True, False),
        ({n: {"files": (file(machines=MARKED[1:2]),)} for n in (1, 2)}, False, True),
    ],
)
def test_a_machine_is_the_same_whole_or_in_part(changes: dict[int, Any], whole: bool, part: bool) -> None:
    of = traced(changes)
    assert [numbers(one) for one in found("B01", of)] == ([[1, 2]] if whole else [])
    assert [numbers(one) for one in found("B04", of)] == ([[1, 2]] if part else [])


def test_a_model_of_processor_counts_only_where_a_region_says_so() -> None:
    of = traced({2: {"device": device(2, cpu=FIRST.cpu)}})
    assert [numbers(one) for one in found("B04", of, cpu_alone=True)] == [[1, 2]]


def test_machines_of_the_centre_are_everybodys() -> None:
    visits = (visit(1, "10.8.0.5"), visit(2, "10.8.0.5", minute=3))
    of = traced({2: {"device": FIRST}}, visits=visits)
    assert found("B01", of, onsite="10.8.0.0/16") == []
    assert found("B05", of, onsite="10.8.0.0/16") == []
    assert len(found("B01", of)) == 1
    assert (
        len(found("B01", traced({2: {"device": FIRST}}, visits=(*visits, visit(2))), onsite="10.8.0.0/16"))
        == 1
    )


def test_evidence_names_who_and_shows_only_the_end() -> None:
    (one,) = found("B01", traced({2: {"device": FIRST}}))
    assert [row.label for row in one.evidence] == ["望江第1建设公司", "望江第2建设公司"]
    assert [row.height for row in one.evidence] == [131, 132]
    assert "尾号 0001" in one.evidence[0].text and FIRST.cpu not in repr(one)
    assert "线索" in one.sentence and one.score == Decimal("0.95")


LOCKED = (file("计价.xml", locks=("GL-7712345",)),)


@pytest.mark.parametrize(
    ("changes", "documents", "expected"),
    [
        ({1: {"files": LOCKED}, 3: {"files": LOCKED}}, (), [[1, 3]]),
        ({n: {"files": LOCKED} for n in (1, 2, 3)}, (), [[1, 2, 3]]),
        ({1: {"files": LOCKED}, 3: {"files": LOCKED}}, LOCKED, []),
        ({1: {"files": LOCKED}, 3: {"files": (file(locks=("GL-7712346",)),)}}, (), []),
    ],
)
def test_a_lock_is_shared(changes: dict[int, Any], documents: Any, expected: list[list[int]]) -> None:
    of = traced(changes, compared=compared(documents=documents))
    assert [numbers(one) for one in found("B02", of)] == expected


@pytest.mark.parametrize(
    ("mark", "documents", "grades"),
    [
        ({"ids": ("guid:{8F2A-1}",)}, (), [None]),
        ({"ids": ("rsidRoot:00A1B2C3",)}, (), [Grade.YELLOW]),
        ({"ids": ("rsidRoot:00A1B2C3",)}, (file(ids=("rsidRoot:00A1B2C3",)),), []),
        ({"machines": ("machine:9F3A77",)}, (), [None]),
    ],
)
def test_marks_of_creation_are_shared(
    mark: dict[str, Any], documents: Any, grades: list[Grade | None]
) -> None:
    of = traced({n: {"files": (file(**mark),)} for n in (1, 2)}, compared=compared(documents=documents))
    assert [one.grade for one in found("B03", of)] == grades


@pytest.mark.parametrize(("mark", "count"), [("rsidRoot:00A1B2C3", 0), ("guid:{8F2A-1}", 1)])
def test_an_everyday_mark_of_most_bids_says_nothing(mark: str, count: int) -> None:
    of = traced({n: {"files": (file(ids=(mark,)),)} for n in (1, 2, 3)})
    assert len(found("B03", of)) == count


def test_one_installation_of_the_tool_is_seen() -> None:
    (one,) = found("B03", traced({2: {"device": device(2, system=FIRST.system)}}))
    assert numbers(one) == [1, 2] and "机器码" in one.sentence


@pytest.mark.parametrize(
    ("visits", "expected"),
    [
        ((visit(1), visit(2, minute=30)), [[1, 2]]),
        ((visit(1), visit(2, minute=31)), []),
        ((visit(1), visit(2, "203.0.113.8")), []),
        ((visit(1, mark="ab" * 8), visit(2, "198.51.100.1", minute=900, mark="ab" * 8)), [[1, 2]]),
        ((visit(1, "2001:db8:1:2::5"), visit(2, "2001:db8:1:2:ffff::9")), [[1, 2]]),
        ((visit(1, "2001:db8:1:2::5"), visit(2, "2001:db8:1:3::5")), []),
        ((visit(1, "127.0.0.1"), visit(2, "127.0.0.1")), []),
        ((visit(1, ""), visit(2, "")), []),
        ((visit(1, "<script>"), visit(2, "<script>")), []),
        ((visit(1), visit(2, act="download")), []),
        ((visit(1), visit(9)), []),
    ],
)
def test_uploads_from_one_network_are_seen(visits: Any, expected: list[list[int]]) -> None:
    assert [numbers(one) for one in found("B05", traced(visits=visits))] == expected


def test_downloads_from_one_network_are_seen_at_any_distance() -> None:
    visits = (visit(1, act="download"), visit(2, act="download", minute=9_000))
    (one,) = found("B06", traced(visits=visits))
    assert "203.0.113.*" in one.evidence[0].text and "203.0.113.7" not in repr(one)
    assert "单独不足以认定" in one.sentence


@pytest.mark.parametrize(("users", "count"), [(5, 10), (6, 0)])
def test_a_network_of_a_whole_park_tells_nothing(users: int, count: int) -> None:
    of = traced(count=6, visits=tuple(visit(n) for n in range(1, users + 1)))
    assert len(found("B05", of)) == count


@pytest.mark.parametrize(
    ("money", "grades"),
    [
        (deposits((paid(1, "m"), paid(2, "m"))), [None]),
        (deposits((paid(1, "m"), paid(1, "m"))), []),
        (deposits((paid(1, "m"), paid(2, "n"))), []),
        (deposits((paid(1, ""), paid(2, ""))), []),
        (deposits((paid(1, "m"), paid(2, "m", "rejected"))), [Grade.YELLOW]),
        (deposits((), (letter(1, "p"), letter(2, "p"))), [None]),
        (deposits((), (letter(1, "p"), letter(2, "q"))), []),
        (deposits((), (letter(1, ""), letter(2, ""))), []),
    ],
)
def test_one_account_or_one_telephone_is_seen(money: Any, grades: list[Grade | None]) -> None:
    assert [one.grade for one in found("B07", traced(deposits=money))] == grades


def test_money_of_a_sale_is_told_as_such() -> None:
    money = deposits((paid(1, "m"), paid(2, "m")))
    sale = Auction(at=AT, height=20, format="listing", apply_from=AT, apply_until=AT, starts_at=AT, ends_at=AT,
                   deposit=yuan(20_000), start=yuan(1_000_000))  # fmt: skip
    assert [numbers(one) for one in found("B32", record(deposits=money, auction=sale))] == [[1, 2]]
    assert found("B32", record(deposits=money)) == []


CALLED = (Person("项目负责人", "赵一"), Person("联系电话", "0980-7771234"))


@pytest.mark.parametrize(
    ("changes", "grades"),
    [
        ({n: {"people": (Person("项目负责人", "赵一"),)} for n in (1, 2)}, [Grade.YELLOW]),
        (
            {1: {"people": (Person("项目负责人", "赵一"),)}, 2: {"people": (Person("安全员", "赵 一"),)}},
            [Grade.YELLOW],
        ),
        ({n: {"people": CALLED} for n in (1, 2)}, [None, Grade.YELLOW]),
        ({n: {"people": (Person("联系电话", "0980-7771234"),)} for n in (1, 2)}, [Grade.YELLOW]),
        ({n: {"people": (Person("联系电话", "123"),)} for n in (1, 2)}, []),
        ({n: {"people": (Person("邮箱", "A@b.cn"),)} for n in (1, 2)}, [Grade.YELLOW]),
        ({n: {"people": (Person("项目负责人", "张"),)} for n in (1, 2)}, []),
    ],
)
def test_people_and_telephones_are_shared(changes: dict[int, Any], grades: list[Grade | None]) -> None:
    assert [one.grade for one in found("B08", traced(changes))] == grades


@pytest.mark.parametrize(
    ("hands", "expected"),
    [
        ({1: "u10", 2: "u10", 3: "u30"}, [[1, 2]]),
        ({1: "u10", 2: "u10", 3: "u10"}, [[1, 2, 3]]),
        ({1: "u10", 2: "u20", 3: "u30"}, []),
        ({1: "", 2: "", 3: ""}, []),  # a record of another register does not say who handed them in
    ],
)
def test_one_hand_behind_several_bids_is_seen(hands: dict[int, str], expected: list[list[int]]) -> None:
    bids = tuple(bid(n, 1_000_000 + 31_337 * n * n, by=hands[n]) for n in hands)
    assert [numbers(one) for one in found("D02", traced(bids=bids))] == expected


@pytest.mark.parametrize("state", ["withdrawn", "late"])
def test_a_bid_that_does_not_count_has_no_hand(state: str) -> None:
    bids = (bid(1, 1_000_000, by="u10"), bid(2, 1_000_001, by="u10", state=state))
    assert found("D02", traced(bids=bids, count=2)) == []


def contact(number: int, **changes: Any) -> dict[str, Any]:
    (own,) = trace(number).contacts
    return {"contacts": (replace(own, **changes),)}


@pytest.mark.parametrize(
    ("changes", "grades"),
    [
        ({n: contact(n, representative="钱二") for n in (1, 2)}, [Grade.YELLOW]),
        ({n: contact(n, representative="钱二", phone="0980-1112222") for n in (1, 2)}, [None]),
        ({n: contact(n, representative="钱二", address="望江路 9 号") for n in (1, 2)}, [None]),
        ({n: contact(n, representative="") for n in (1, 2)}, []),
    ],
)
def test_one_representative_is_seen(changes: dict[int, Any], grades: list[Grade | None]) -> None:
    assert [one.grade for one in found("B09", traced(changes))] == grades


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({1: contact(1, above=("集团",)), 2: contact(2, above=("中间公司", "集团"))}, [[1, 2]]),
        ({1: contact(1, above=(str(party(2)),))}, [[1, 2]]),
        ({1: contact(1, above=(str(party(2)),)), 2: contact(2, above=(str(party(1)),))}, [[1, 2]]),
        ({1: contact(1, above=("甲",)), 2: contact(2, above=("乙",))}, []),
    ],
)
def test_control_is_seen_however_many_steps_above(changes: dict[int, Any], expected: list[list[int]]) -> None:
    assert [numbers(one) for one in found("B09", traced(changes))] == expected


def test_who_was_barred_is_named() -> None:
    barred = Contact(party(7), ban="禁止参加投标至 2027年5月2日")
    (one,) = found("B31", traced({2: {"contacts": (*trace(2).contacts, barred)}}))
    assert numbers(one) == [2] and "2027年5月2日" in one.sentence


@pytest.mark.parametrize(
    ("similarity", "fires"), [(None, False), (Decimal("0.7999"), False), (Decimal("0.8"), True)]
)
def test_alike_texts_are_seen(similarity: Decimal | None, fires: bool) -> None:
    common = Common("b1", "b2", similarity=similarity, passages=("本项目采用",))
    assert bool(found("B10", traced(compared=compared(common)))) is fires


@pytest.mark.parametrize(
    ("common", "fires"),
    [
        (Common("b1", "b2", slips=("a", "b")), False),
        (Common("b1", "b2", slips=("a", "b", "c")), True),
        (Common("b1", "b2", named=("b2",)), True),
        (Common("b1", "b9", slips=("a", "b", "c")), False),
    ],
)
def test_slips_and_rivals_names_are_seen(common: Common, fires: bool) -> None:
    assert bool(found("B11", traced(compared=compared(common)))) is fires


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, ""),
        ({"spread": Decimal("0.0019")}, "之比固定为 0.9800"),
        ({"spread": Decimal("0.002")}, ""),
        ({"step": Decimal("-2.5")}, "相差固定金额 2.5 元"),
        ({"equal": Decimal(1), "spread": Decimal(0)}, "完全相同"),
        ({"tails": Decimal("0.81")}, "末两位相同的占 81 %"),
        ({"tails": Decimal("0.8")}, ""),
        ({"spread": Decimal(0), "items": 19}, ""),
        ({"spread": Decimal(0), "by_control": True}, ""),
    ],
)
def test_unit_prices_that_follow_one_another_are_seen(changes: dict[str, Any], words: str) -> None:
    of = traced(compared=compared(Common("b1", "b2", prices=prices(**changes))))
    assert [words in one.sentence for one in found("B12", of)] == ([True] if words else [])


@pytest.mark.parametrize(
    ("amounts", "fires"),
    [
        ((1_000_000, 1_010_000, 1_020_000, 1_030_000), True),
        ((1_000_000, 1_010_400, 1_020_000, 1_030_000), True),
        ((1_000_000, 1_010_600, 1_020_000, 1_030_000), False),
        ((1_000_000, 1_010_000, 1_020_000), False),
        ((1_000_000, 1_000_100, 1_000_200, 1_000_300), False),
        ((1_000_000, 1_000_000, 1_000_000, 1_000_000), False),
    ],
)
def test_totals_in_even_steps_are_seen(amounts: tuple[int, ...], fires: bool) -> None:
    of = record(bids=tuple(bid(n, amount) for n, amount in enumerate(amounts, 1)))
    assert bool(found("B13", of)) is fires


def submitted(*seconds: int) -> tuple[Bid, ...]:
    return tuple(bid(n, at=AT + timedelta(seconds=after)) for n, after in enumerate(seconds, 1))


@pytest.mark.parametrize(
    ("bids", "expected"),
    [
        (submitted(0, 15, 30, 45, 60, 4_000), [[1, 2, 3, 4, 5]]),
        (submitted(0, 15, 30, 45, 61), []),
        (submitted(0, 15, 30, 45), []),
        (submitted(0, 1, 2, 3, 4, *(500 * n for n in range(1, 7))), []),
    ],
)
def test_bids_in_a_burst_are_seen(bids: tuple[Bid, ...], expected: list[list[int]]) -> None:
    assert [numbers(one) for one in found("B27", record(bids=bids))] == expected


@pytest.mark.parametrize(
    ("marks", "documents", "fires"),
    [
        ({"author": "王工"}, (), True),
        ({"changed_by": "wang "}, (), True),
        ({"author": "Administrator", "company": "Microsoft"}, (), False),
        ({"author": "王工"}, (file(author="王工"),), False),
        ({"company": "建设公司"}, (), False),
    ],
)
def test_authors_are_shared(marks: dict[str, str], documents: Any, fires: bool) -> None:
    of = traced({n: {"files": (file(**marks),)} for n in (1, 2)}, compared=compared(documents=documents))
    assert bool(found("D01", of)) is fires
