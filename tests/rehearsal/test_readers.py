"""读入: what the readers take from notices shaped like published ones, and what they refuse."""

import gzip
import json
from datetime import datetime
from pathlib import Path

import pytest

from ggzy.desk.management.rehearsal.readers import read_file
from ggzy.desk.management.rehearsal.readings import LotReading, Unreadable, read_price, read_round
from ggzy.kernel.instants import BEIJING
from ggzy.kernel.money import Money, Rate


def _file(tmp_path: Path, *records: object, name: str = "notices.jsonl") -> Path:
    path = tmp_path / name
    path.write_text(
        "\n".join(r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in records)
    )
    return path


def _notice(**change: object) -> dict[str, object]:
    return {
        "id": "1",
        "date": "2025-06-13",
        "title": "江州市第一小学教学楼工程(第2次招标)中标候选人公示",
        "project": "江州市第一小学教学楼工程(第2次招标)",
        "publicity": "2025年06月13日 18时00分至2025年06月16日 18时00分",
        "candidates": [
            {"bidder": "云岭甲建设有限公司", "price_text": "1799255.53", "price": 1799255.53},
            {"bidder": "云岭乙建设有限公司、江州丙设计院联合体", "price_text": "下浮率20.50%", "price": None},
            {"bidder": "云岭丁建设有限公司", "price_text": "未提供", "price": None},
        ],
        **change,
    }


def test_a_candidate_notice_is_read_with_all_its_fields(tmp_path):
    (lot,) = read_file(_file(tmp_path, _notice()))
    assert isinstance(lot, LotReading)
    assert lot.title == "江州市第一小学教学楼工程(第2次招标)"
    assert lot.round == 2
    assert lot.publicity == (
        datetime(2025, 6, 13, 18, tzinfo=BEIJING),
        datetime(2025, 6, 16, 18, tzinfo=BEIJING),
    )
    amount, discount, missing = (b.price for b in lot.bidders)
    assert amount is not None and amount.amount == Money.yuan("1799255.53")
    assert discount is not None and discount.rate == Rate.percent("20.50") and discount.is_discount
    assert missing is None


@pytest.mark.parametrize(
    "text, kind",
    [
        ("1799255.53", "amount"),
        ("40281786.00元", "amount"),
        ("100138764.77元（设计费：2681860.00元，建安及配套工程费97456904.77元）", "amount"),
        ("投标总价：13462736.39（设计费报价：116522.00元）", "amount"),
        ("198万元", "amount"),
        ("54.65%", "rate"),
        ("价格系数：97.97%", "rate"),
        ("下浮率29.00%", "rate"),
        ("1150.00元/亩", "text"),
        ("按收费标准的49.9%计取，计费额以预算评审为准。", "text"),
        ("设计投标报价：下浮38%；测量投标报价：下浮5%", "text"),
    ],
)
def test_a_price_is_an_amount_a_percentage_or_a_sentence(text, kind):
    price = read_price(text)
    assert price is not None
    assert price.kind == kind
    assert price.text == text


@pytest.mark.parametrize("text", ["", "/", "未提供", "无"])
def test_a_price_that_is_not_given_is_not_invented_by_the_reader(text):
    assert read_price(text) is None


@pytest.mark.parametrize(
    "title, round_",
    [
        ("甲工程", 1),
        ("甲工程(第2次招标)", 2),
        ("甲工程（第三次）", 3),
        ("甲工程（重新招标）", 2),
        ("甲工程第一标段", 1),
    ],
)
def test_the_round_is_read_from_the_title(title, round_):
    assert read_round(title) == round_


def test_bare_numbers_up_to_one_hundred_are_percentages(tmp_path):
    rows = [
        {"bidder": f"云岭{n}号监理公司", "price_text": t, "price": float(t)}
        for n, t in enumerate(["58.9", "55.0"])
    ]
    (lot,) = read_file(_file(tmp_path, _notice(candidates=rows)))
    assert isinstance(lot, LotReading)
    assert [b.price.rate for b in lot.bidders if b.price] == [Rate.percent("58.9"), Rate.percent("55")]


@pytest.mark.parametrize(
    "record, reason",
    [
        ('{"broken": ', "不是合法的 JSON"),
        ("[1, 2]", "不是一个对象"),
        (_notice(candidates=[]), "候选人名单是空的"),
        (_notice(candidates=[{"bidder": " ", "price_text": "1"}]), "投标人没有名称"),
        (_notice(candidates=[{"bidder": "云" * 2001, "price_text": "1"}]), "2001 个字"),
        (_notice(date="明天"), "日期读不出"),
        (_notice(date="2025-13-45"), "日期读不出"),
        (_notice(title="", project=""), "没有项目名称"),
        ({"id": "2", "title": "无正文"}, "读不出标段"),
    ],
)
def test_a_bad_record_is_listed_and_the_next_one_is_read(tmp_path, record, reason):
    bad, good = read_file(_file(tmp_path, record, _notice()))
    assert isinstance(bad, Unreadable)
    assert bad.line == 1
    assert reason in bad.reason
    assert isinstance(good, LotReading)
    assert good.line == 2


def test_an_opening_table_gives_counts_times_and_ceilings(tmp_path):
    path = tmp_path / "openings.csv.gz"
    rows = (
        "项目编号,项目名称,投标单位数量,开标时间,预算",
        "A1,江州桥,1905,2023/8/30 9:30,1265.6383",
        "A2,澜川路,很多,,",
    )
    path.write_bytes(gzip.compress(("\ufeff" + "\n".join(rows)).encode()))
    bridge, road = read_file(path)
    assert isinstance(bridge, LotReading)
    assert bridge.count == 1905
    assert bridge.opened_at == datetime(2023, 8, 30, 9, 30, tzinfo=BEIJING)
    assert bridge.ceiling == Money.yuan("12656383.00")
    assert ("项目编号", "A1") in bridge.fields
    assert isinstance(road, Unreadable)
    assert "投标人数量不是数字" in road.reason


def test_an_html_notice_is_read_from_its_table(tmp_path):
    html = (
        "<table><tr><td>中标候选人名称</td><td>云岭甲公司</td><td>云岭乙公司</td></tr>"
        "<tr><td>投标报价(元/%)</td><td>2049213.00</td><td>2288754.00</td></tr></table>"
        "<p>公示期为2025年06月12日 17时30分至2025年06月15日 17时30分</p>"
    )
    (lot,) = read_file(
        _file(tmp_path, {"title": "热水系统工程中标候选人公示", "date": "2025-06-12", "html": html})
    )
    assert isinstance(lot, LotReading)
    assert [b.name for b in lot.bidders] == ["云岭甲公司", "云岭乙公司"]
    assert lot.publicity is not None


def test_a_file_that_is_no_notice_is_one_bad_record(tmp_path):
    path = tmp_path / "x.bin"
    path.write_bytes(b"\x1f\x8bnot gzip")
    (bad,) = read_file(path)
    assert isinstance(bad, Unreadable)
