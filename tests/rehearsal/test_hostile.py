"""坏的记录: each is listed with its line and its reason; none stops the reading, none is half read."""

import gzip
import json
from datetime import datetime
from pathlib import Path

import pytest

from ggzy.desk.management.rehearsal.readers import Record, read_file
from ggzy.desk.management.rehearsal.readings import LotReading, Unreadable
from ggzy.kernel.instants import BEIJING

GOOD = {
    "date": "2025-06-13",
    "title": "江州市第一小学教学楼工程",
    "candidates": [{"bidder": "云岭甲建设有限公司", "price_text": "1799255.53"}],
}
HEAD = "项目名称,投标单位数量,控制价,开标时间"


def _read(tmp_path: Path, data: bytes) -> list[Record]:
    path = tmp_path / "published"
    path.write_bytes(data)
    return list(read_file(path))


def _notice(**change: object) -> str:
    return json.dumps({**GOOD, **change}, ensure_ascii=False)


def _candidate(**said: object) -> str:
    return _notice(candidates=[{"bidder": "云岭甲建设有限公司", **said}])


@pytest.mark.parametrize(
    "data, reason",
    [
        (b"\x1f\x8bnot gzip", "文件读不出"),
        (gzip.compress(_notice().encode() * 50, mtime=0)[:-20], "文件读不出"),
        (gzip.compress(b"", mtime=0)[:10] + b"\xff" * 50, "文件读不出"),
        (b"\xff\xfe\x00\x01", "文件读不出"),
        (b"", "文件是空的"),
        ("\ufeff \n".encode(), "文件是空的"),
        (b"[" * 100_000, "嵌套太深"),
        (b'<?xml version="1.0" encoding="gb2312"?><html><body>x</body></html>', "没有候选人表"),
        (bytes(range(256)), "文件读不出"),
        (b"12345", "表头里没有项目名称"),
        (b"a,b\n1,2\n", "表头里没有项目名称"),
        (b"<", "没有候选人表"),
        (b"<html><title>x</title></html>", "没有候选人表"),
        (f"{HEAD}\n{'云' * 200_000},3,,\n江州桥,3,,\n".encode(), "表格读不下去"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line_of_the_list(tmp_path, data, reason):
    (bad,) = _read(tmp_path, data)
    assert isinstance(bad, Unreadable)
    assert bad.source == "published"
    assert reason in bad.reason


@pytest.mark.parametrize(
    "record, reason",
    [
        ("{", "不是合法的 JSON"),
        ('{"title": tru}', "不是合法的 JSON"),
        (_notice()[:-1] + ', "x": ' + "9" * 5000 + "}", "不是合法的 JSON"),
        ('{"a":' * 100_000, "嵌套太深"),
        ("null", "记录不是一个对象"),
        ("[]", "记录不是一个对象"),
        ('"江州桥"', "记录不是一个对象"),
        ("17", "记录不是一个对象"),
        ("{}", "读不出标段"),
        (_notice(title=None, project=None), "没有项目名称"),
        (_notice(title=" \u3000", project=[]), "没有项目名称"),
        (_notice(candidates=None), "候选人名单是空的"),
        (_notice(candidates={"bidder": "甲"}), "候选人名单是空的"),
        (_notice(candidates="云岭甲"), "候选人名单是空的"),
        (_notice(candidates=[None]), "候选人不是一个对象"),
        (_notice(candidates=[["云岭甲"]]), "候选人不是一个对象"),
        (_notice(candidates=[{}]), "投标人没有名称"),
        (_notice(candidates=[{"bidder": float("nan")}]), "投标人没有名称"),
        (_notice(candidates=[{"bidder": "云" * 100_000}]), "100000 个字"),
        (_notice(title="nan", project=float("nan")), "没有项目名称"),
        (_notice(candidates=[{"bidder": "云岭\0甲"}]), "不能存储的字符"),
        (_notice()[:-1] + ', "candidates": [{"bidder": "\\ud800公司"}]}', "不能存储的字符"),
        (_notice(date="0001-01-01"), "日期读不出"),
        (_notice(date="9999-12-31"), "日期读不出"),
        (_notice(date="2025-13-45"), "日期读不出"),
        (_notice(publicity="2025年6月13日 25时00分至2025年6月16日 18时00分"), "时间读不出"),
        (_notice(date=20250613), "日期读不出"),
        (_notice(date={"year": 2025}), "日期读不出"),
        (_notice(publicity=[1, 2]), "读不出"),
        (_notice(publicity="2025年6月13日至2025年6月14日至2025年6月15日"), "公示期读不出"),
        ('{"title": "江州桥", "fields": [1]}', "结果字段不是一个对象"),
        ('{"title": "江州桥", "fields": null}', "结果字段不是一个对象"),
        ('{"title": "江州桥", "fields": {}}', "投标人没有名称"),
        ('{"title": "江州桥", "html": 5}', "没有候选人表"),
        ('{"title": "江州桥", "html": ""}', "正文不是网页"),
        (json.dumps({"title": "江州桥", "html": "<div>" * 20_000}), "没有候选人表"),
    ],
)
def test_a_hostile_record_is_listed_and_its_neighbours_are_read(tmp_path, record, reason):
    before, bad, after = _read(tmp_path, "\n".join((_notice(), record, _notice())).encode())
    assert isinstance(before, LotReading) and isinstance(after, LotReading)
    assert (before.line, after.line) == (1, 3)
    assert isinstance(bad, Unreadable)
    assert bad.line == 2
    assert reason in bad.reason


@pytest.mark.parametrize(
    "price",
    ["9" * 100_000, "-5", "1.2.3", "1e308", "inf", "一百", "0.00元起", "￥", "[1]", "%" * 50, "九折", "True"],
)
def test_a_price_that_is_no_number_stays_the_words_it_was(tmp_path, price):
    (lot,) = _read(tmp_path, _candidate(price_text=price).encode())
    assert isinstance(lot, LotReading)
    (bidder,) = lot.bidders
    assert bidder.price is not None
    assert (bidder.price.kind, bidder.price.text) == ("text", price)


@pytest.mark.parametrize("price", [None, "", "NaN", float("nan"), [], {}])
def test_a_price_that_is_none_is_not_invented(tmp_path, price):
    (lot,) = _read(tmp_path, _candidate(price=price).encode())
    assert isinstance(lot, LotReading)
    assert lot.bidders[0].price is None


@pytest.mark.parametrize(
    "row, reason",
    [
        ("江州桥,,,", "投标人数量不是数字"),
        ("江州桥", "投标人数量不是数字"),
        ("江州桥,-1,,", "投标人数量不是数字"),
        ("江州桥,1e9,,", "投标人数量不是数字"),
        ("江州桥,三,,", "投标人数量不是数字"),
        ("江州桥,99999999,,", "超过 100000"),
        (",3,,", "没有项目名称"),
        ("江州桥,3,NaN,", "金额不是数字"),
        ("江州桥,3,Infinity,", "金额不是数字"),
        ("江州桥,3,-5,", "金额不是数字"),
        ("江州桥,3,198万,", "金额不是数字"),
        ("江州桥,3,1e400,", "金额不是数字"),
        ("江州桥,3,,明天", "日期读不出"),
        ("江州桥,3,,2025/13/45", "日期读不出"),
        ("江州桥,3,,2025/6/1 99:99", "时间读不出"),
    ],
)
def test_a_hostile_row_is_listed_and_the_next_one_is_read(tmp_path, row, reason):
    bad, good = _read(tmp_path, f"{HEAD}\n{row}\n澜川路,3,,\n".encode())
    assert isinstance(bad, Unreadable)
    assert bad.line == 2
    assert reason in bad.reason
    assert isinstance(good, LotReading)
    assert (good.line, good.count) == (3, 3)


def test_midnight_may_be_written_as_twenty_four_hours(tmp_path):
    (lot,) = _read(tmp_path, _notice(publicity="2025年6月13日 0时0分至2025年6月16日 24时00分").encode())
    assert isinstance(lot, LotReading) and lot.publicity is not None
    assert lot.publicity[1] == datetime(2025, 6, 17, tzinfo=BEIJING)


def test_a_bidder_listed_twice_bids_once(tmp_path):
    rows = [{"bidder": "云岭甲建设有限公司", "price_text": t} for t in ("100000.00", "200000.00")]
    (lot,) = _read(tmp_path, _notice(candidates=rows).encode())
    assert isinstance(lot, LotReading)
    (bidder,) = lot.bidders
    assert bidder.price is not None and bidder.price.text == "100000.00"


def test_a_table_in_the_encoding_of_an_old_spreadsheet_is_read(tmp_path):
    (lot,) = _read(tmp_path, f"{HEAD}\n江州桥,３,1265.5,2023/8/30 9:30\n".encode("gb18030"))
    assert isinstance(lot, LotReading)
    assert (lot.title, lot.count) == ("江州桥", 3)
