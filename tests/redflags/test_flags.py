"""Each flag: where it fires, where it stays quiet, and the boundary between."""

from typing import Any

import pytest

from tests.redflags.made import award, bid, found, release

OPEN = {"procurementMethod": "open"}


def period(ends: str, starts: str = "2025-03-01T00:00:00Z", **more: Any) -> dict[str, Any]:
    return {"tender": {"tenderPeriod": {"startDate": starts, "endDate": ends}} | more}


def priced(*amounts: float, winner: str = "甲", **more: Any) -> dict[str, Any]:
    bids = [bid(name, amount) for name, amount in zip("甲乙丙丁", amounts, strict=False)]
    return {"bids": bids, "awards": [award(winner)]} | more


URGENT = "[R003.procurement_method_details]\n紧急 = 5"
LATE = {"date": "2025-03-20T10:00:00Z"}
CASES: list[tuple[str, str, dict[str, Any], float | None]] = [
    ("R003", "", period("2025-03-15T23:59:59Z"), 1.0),
    ("R003", "", period("2025-03-16T00:00:00Z"), None),
    ("R003", "", period("2025-03-16T07:59:59+08:00"), 1.0),
    ("R003", "threshold = 14", period("2025-03-15T00:00:00Z"), None),
    ("R003", "", period("2025-02-01T00:00:00Z"), 1.0),
    ("R003", "", period("2025-03-10"), None),
    ("R003", "", period("2025-02-30T00:00:00Z"), None),
    ("R003", "procurement_methods = open", period("2025-03-02T00:00:00Z"), None),
    ("R003", "procurement_methods = open", period("2025-03-02T00:00:00Z", **OPEN), 1.0),
    ("R003", URGENT, period("2025-03-08T00:00:00Z", procurementMethodDetails="紧急"), None),
    ("R003", URGENT, period("2025-03-05T00:00:00Z", procurementMethodDetails="紧急"), 1.0),
    ("R018", "", {"tender": OPEN | {"numberOfTenderers": 1}}, 1.0),
    ("R018", "", {"tender": OPEN | {"numberOfTenderers": 2}}, None),
    ("R018", "", {"tender": OPEN | {"numberOfTenderers": 1.0}}, None),
    ("R018", "", {"tender": OPEN | {"numberOfTenderers": True}}, None),
    ("R018", "", {"tender": {"procurementMethod": "limited", "numberOfTenderers": 1}}, None),
    ("R018", "procurement_methods =", {"tender": {"numberOfTenderers": 1}}, 1.0),
    ("R024", "threshold = 0.05", priced(100, 105), 0.05),
    ("R024", "threshold = 0.05", priced(100, 105.01), None),
    ("R024", "threshold = 0.05", priced(100, 99), None),
    ("R024", "threshold = 0.05", priced(100, 101, awards=[award(["甲", "乙"])]), None),
    ("R024", "threshold = 0.05", priced(100, 101, awards=[award("甲"), award("乙")]), None),
    ("R024", "threshold = 0.05", priced(100, 101, awards=[award("甲"), award("乙", "unsuccessful")]), 0.01),
    ("R024", "threshold = 0.05", priced(100, 101, awards=[award("甲"), award("乙", "pending")]), None),
    ("R028", "", {"bids": [bid("甲", 7), bid("乙", 7.0)]}, 1.0),
    ("R028", "", {"bids": [bid("甲", 7), bid("乙", 7.01)]}, None),
    ("R028", "", {"bids": [bid("甲", 7), bid("甲", 7)]}, None),
    ("R028", "", {"bids": [bid("甲", 7), bid(["甲", "乙"], 7)]}, 1.0),
    ("R028", "", {"bids": [bid("甲", 7), bid("乙", 7, "withdrawn")]}, None),
    ("R030", "", {"bids": [bid("甲", **LATE)], "awards": [award("甲")]} | period("2025-03-20T09:00:00Z"), 1.0),
    ("R030", "", {"bids": [bid("甲", **LATE)], "awards": [award("甲")]} | period("2025-03-20T10:00:00Z"), None),
    ("R030", "", {"bids": [bid("甲", **LATE)], "awards": [award("乙")]} | period("2025-03-19T00:00:00Z"), None),
    ("R035", "", {"bids": [bid("甲"), bid("乙", status="disqualified")], "awards": [award("甲")]}, 1.0),
    ("R035", "threshold = 2", {"bids": [bid("甲"), bid("乙", status="disqualified")], "awards": [award("甲")]}, None),
    ("R035", "threshold = 0", {"bids": [bid("甲")], "awards": [award("甲")]}, None),
    ("R035", "", {"bids": [bid("甲"), bid("甲", status="disqualified")], "awards": [award("甲")]}, None),
    ("R036", "", {"bids": [bid("甲", 9), bid("乙", 8, "disqualified")], "awards": [award("甲")]}, 1.0),
    ("R036", "", {"bids": [bid("甲", 8), bid("乙", 8, "disqualified")], "awards": [award("甲")]}, None),
    ("R036", "", {"bids": [bid("甲"), bid("乙", 8, "disqualified")], "awards": [award("甲")]}, None),
    ("R036", "", {"bids": [bid("甲", 9), bid("乙", 8, "disqualified")], "awards": [award("甲", "pending")]}, None),
    ("R058", "threshold = 0.5", priced(100, 150), 0.5),
    ("R058", "threshold = 0.5", priced(100, 149), None),
]  # fmt: skip


@pytest.mark.parametrize(("code", "told", "fields", "value"), CASES)
def test_a_process_is_flagged_or_not(
    code: str, told: str, fields: dict[str, Any], value: float | None
) -> None:
    answer = found([release(**fields)], f"[{code}]\n{told}\n")
    assert answer.get("OCID", {}).get("o", {}).get(code) == value


def test_those_who_bid_often_and_win_little_are_flagged() -> None:
    lone = [release(f"o{n}", bids=[bid("甲"), bid("常败")], awards=[award("甲")]) for n in range(9)]
    once = [release("p", bids=[bid("常败")], awards=[award("常败")])]
    told = "[R025]\nthreshold = {}\npercentile = 100\n"
    assert found(lone + once, told.format("0.1")) == {"Tenderer": {"常败": {"R025": 0.1}}}
    assert found(lone + once, told.format("0.09")) == {}


def test_disqualifying_most_bids_is_flagged_for_everyone_concerned() -> None:
    tender = {"procuringEntity": {"id": "代理"}}
    many = [
        release(f"o{n}", buyer={"id": "采购人"}, tender=tender, bids=[bid("甲", status="disqualified")])
        for n in range(2)
    ]
    flagged = {"R038": 1.0}
    assert found(many, "[R038]\nthreshold = 1\n") == {
        "Buyer": {"采购人": flagged}, "ProcuringEntity": {"代理": flagged}, "Tenderer": {"甲": flagged}
    }  # fmt: skip
    assert (
        found(many, "[R038]\nthreshold = 1\nminimum_submitted_bids = 3\nminimum_contracting_processes = 3\n")
        == {}
    )


def test_a_supplier_of_many_kinds_is_flagged() -> None:
    sold = [release(f"o{n}", awards=[award("杂货", kinds=(f"{n}1", f"{n}2"))]) for n in range(3)]
    told = "[R048]\nminimum_contracting_processes = 3\ndigits = 1\nthreshold = {}\n"
    assert found(sold, told.format(3)) == {"Tenderer": {"杂货": {"R048": 3.0}}}
    assert found(sold, told.format(4)) == {}


def test_a_price_of_nothing_makes_an_endless_difference_and_no_crash() -> None:
    assert found([release(**priced(0, 5))], "[R058]\nthreshold = 1\n")["OCID"]["o"] == {"R058": None}
    assert found([release(**priced(0, 0))], "[R024]\n[R058]\n") == {}


def test_the_first_currency_compared_is_the_only_one() -> None:
    dear = [bid("甲", 9), bid("乙", 8, "disqualified") | {"value": {"amount": 1, "currency": "USD"}}]
    both = [release("o", bids=dear, awards=[award("甲")])]
    assert found(both, "[R036]\n") == {}
    assert found(both, "currency = USD\n[R036]\n") == {}


def test_what_was_called_off_or_excluded_is_not_counted() -> None:
    alone = OPEN | {"numberOfTenderers": 1, "procurementMethodDetails": "随机"}
    assert found([release(tender=alone | {"status": "cancelled"})]) == {}
    assert (
        found([release(tender=alone)], "[exclusions]\nprocurement_method_details = 随机|其他\n[R018]\n") == {}
    )
