"""挂牌演练: each parcel of a land notice becomes a running listing that ends in the archive; what is invented is said."""

import io
import json
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from ggzy.desk.management.rehearsal import listing
from ggzy.desk.management.rehearsal.readers import read_file
from ggzy.desk.management.rehearsal.readings import ParcelReading, Unreadable
from ggzy.foundation.journal import queries as journal
from ggzy.kernel.instants import BEIJING
from ggzy.kernel.money import Money
from ggzy.trading.auctions.values import RoomPhase

LISTINGS = Path(__file__).parent / "listings.json"
PARCEL: dict[str, Any] = {"no": "G1", "area_m2": 1000, "use": "城镇住宅用地", "years": "70", "start_wan": 100}
NOTICE: dict[str, Any] = {
    "notice": "挂牌出让公告",
    "listing_from": "2025-09-15T09:00",
    "listing_to": "2025-09-30T10:00",
}


def read(tmp_path: Path, notice: object) -> list[Any]:
    path = tmp_path / "land.json"
    path.write_text(json.dumps([notice], ensure_ascii=False), encoding="utf-8")
    return list(read_file(path))


def parcel(tmp_path: Path, **change: Any) -> ParcelReading:
    of_notice = {
        key: change.pop(key)
        for key in list(change)
        if key in {"listing_from", "listing_to", "registration", "rule"}
    }
    (found,) = read(tmp_path, {**NOTICE, **of_notice, "parcels": [{**PARCEL, **change}]})
    assert isinstance(found, ParcelReading), found
    return found


def test_the_parcels_of_a_file_are_read_and_the_bad_one_is_listed():
    first, bad, second, rule = read_file(LISTINGS)
    assert isinstance(first, ParcelReading) and isinstance(second, ParcelReading)
    assert (first.title, first.start) == (
        "江州市国有建设用地使用权挂牌出让公告（2025）7号：G(2025)071",
        Money.yuan(6_400_000),
    )
    assert (first.deposit, first.step, first.has_hours) == (Money.yuan(1_280_000), Money.yuan(20_000), False)
    assert ("绿地率", "≥30%") in first.fields
    assert (second.per, second.step, second.timed_minutes) == ("亩", Money.yuan(2_000), 4)
    assert isinstance(bad, Unreadable) and (bad.line, bad.reason) == (
        1,
        "第 2 宗：土地面积不是数字：“约两公顷”",
    )
    assert isinstance(rule, Unreadable) and rule.reason == "只有竞价规则，没有宗地"


@pytest.mark.parametrize(
    "change, reason",
    [
        ({"parcels": None}, "宗地名单是空的"),
        ({"parcels": []}, "宗地名单是空的"),
        ({"parcels": {"no": "G1"}}, "宗地名单是空的"),
        ({"parcels": [PARCEL] * 1001}, "超过 1000"),
        ({"parcels": ["G1"]}, "第 1 宗：宗地不是一个对象"),
        ({"listing_to": "明天"}, "日期读不出"),
        ({"listing_to": "2025-13-45"}, "日期读不出"),
        ({"listing_from": "0001-01-01"}, "日期读不出"),
        ({"listing_from": "2025-09-15T99:00"}, "日期读不出"),
        ({"registration": "2025-09-15"}, "报名时间读不出"),
        ({"rule": {"timed_bidding_minutes": 0}}, "竞价时长读不出"),
        ({"rule": {"timed_bidding_minutes": True}}, "竞价时长不是数字"),
        ({"parcels": [{**PARCEL, "start_wan": None}]}, "没有起始价"),
        ({"parcels": [{**PARCEL, "start_wan": 0}]}, "起始价应大于零"),
        ({"parcels": [{**PARCEL, "start_wan": -5}]}, "起始价应大于零"),
        ({"parcels": [{**PARCEL, "start_wan": True}]}, "起始价不是数字"),
        ({"parcels": [{**PARCEL, "start_wan": float("nan")}]}, "起始价不是数字"),
        ({"parcels": [{**PARCEL, "start_wan": float("inf")}]}, "起始价不是数字"),
        ({"parcels": [{**PARCEL, "start_wan": 1e300}]}, "起始价应大于零且不超过"),
        ({"parcels": [{**PARCEL, "start_wan": [1]}]}, "起始价不是数字"),
        ({"parcels": [{**PARCEL, "deposit_wan": "很多"}]}, "保证金不是数字"),
        ({"parcels": [{**PARCEL, "area_m2": -1}]}, "土地面积应大于零"),
        ({"parcels": [{**PARCEL, "no": "G\u0000"}]}, "不能存储的字符"),
        ({"parcels": [{**PARCEL, "use": "住" * 501}]}, "文字有 501 个字"),
    ],
)
def test_a_hostile_notice_is_listed_with_its_reason(tmp_path, change, reason):
    (bad,) = read(tmp_path, {**NOTICE, "parcels": [PARCEL], **change})
    assert isinstance(bad, Unreadable) and reason in bad.reason


def test_what_the_notice_gives_is_kept(tmp_path):
    reading = parcel(tmp_path, deposit_wan=25, step_wan=1, registration="2025-09-15T09:00/2025-09-28T17:00")
    script = listing.write(reading, listing.plan(reading))
    timing = script.terms.format.timing
    assert (timing.starts_at, timing.ends_at) == (reading.opens, reading.closes)
    assert script.terms.deposit == Money.yuan(250_000) and script.subject.given["years"] == "70"
    assert script.terms.apply_until == datetime(2025, 9, 28, 17, tzinfo=BEIJING)


@pytest.mark.parametrize(
    "change, said",
    [
        ({"deposit_wan": 19}, "公告的保证金 190,000.00 元低于下限，定为 200,000.00 元"),
        ({}, "公告未给出保证金，定为 200,000.00 元"),
        ({}, "增价幅度公告未给出，定为 10,000.00 元"),
        ({"step": "举手加价"}, "增价幅度公告未给出，定为 10,000.00 元"),
        (
            {"listing_to": "2025-09-20T10:00"},
            "挂牌截止 2025-09-20 10:00 不合挂牌期的最短天数，移到 2025-09-24 10:00",
        ),
        ({"listing_to": "2025-09-01"}, "移到 2025-09-24 15:00"),
        ({"listing_to": None}, "公告未给出的挂牌截止 不合挂牌期的最短天数，移到 2025-09-24 09:00"),
        ({"listing_from": None}, "挂牌开始公告未给出，定为 2025-09-18"),
        ({"years": "99"}, "公告的出让年限“99”超过法定最高年限或者读不出，定为 70年"),
        ({"years": "70", "use": "一类工业"}, "定为 50年"),
        ({"years": ""}, "出让年限公告未给出，定为 70年"),
        ({"area_m2": None}, "土地面积公告未给出，已虚构"),
        ({"use": ""}, "规划用途公告未给出，已虚构"),
        ({"registration": "2024-01-01/2024-01-02"}, "公告的报名时间不合法"),
        ({"step": "3 元/平方米"}, "按㎡增价，按单价竞价：1000.0000 ㎡，起始单价 1,000.00 元/㎡"),
    ],
)
def test_what_is_invented_or_moved_is_said(tmp_path, change, said):
    reading = parcel(tmp_path, **change)
    script = listing.write(reading, listing.plan(reading))
    assert any(said in words for words in script.said), script.said


def test_a_price_by_the_mu_totals_the_published_start(tmp_path):
    reading = parcel(tmp_path, area_m2=5329, start_wan=95.922, step="0.2 万元/亩")
    format = listing.write(reading, listing.plan(reading)).terms.format
    assert (format.per, format.quantity) == ("亩", Decimal("7.9935"))
    assert (format.start.money, format.steps.step) == (Money.yuan(120_000), Money.yuan(2_000).fen)
    assert format.total(format.start) == Money.yuan(959_220)


def test_every_parcel_runs_to_its_archive(db: None):
    said = io.StringIO()
    call_command("rehearse", str(LISTINGS), "--json", "--jobs", "1", stdout=said, stderr=io.StringIO())
    lines = [json.loads(line) for line in said.getvalue().splitlines()]
    lots, figures = [one for one in lines if "problems" in one], lines[-1]
    assert [one["problems"] for one in lots] == [[], []]
    assert (figures["lots"], figures["archived"], figures["unreadable"], figures["verified"]) == (
        2,
        2,
        2,
        True,
    )
    assert any("定为 50年" in words for words in lots[1]["said"])
    for one in lots:
        told = [fact.event for fact in journal.facts(prefix=f"lot/{one['lot']}", kinds=("phase.began",))]
        assert [fact.phase for fact in told] == [RoomPhase.FREE, RoomPhase.ASKING, RoomPhase.TIMED]
        assert timedelta(days=10) <= told[1].at - told[0].at
