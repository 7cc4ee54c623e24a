"""演练剧本: what the notice lacks is invented once, and said."""

from datetime import date, datetime

import pytest

from ggzy.desk.management.rehearsal.cast import REGION, traded
from ggzy.desk.management.rehearsal.readings import BidderReading, LotReading, read_price
from ggzy.desk.management.rehearsal.schedule import plan
from ggzy.desk.management.rehearsal.script import Script, write
from ggzy.kernel.instants import BEIJING
from ggzy.kernel.money import Money, Rate
from ggzy.registers.catalog import queries as catalog

ON = date(2025, 6, 13)
SUNDAY = datetime(2025, 6, 15, 9, 30, tzinfo=BEIJING)


def _named(*prices: str) -> tuple[BidderReading, ...]:
    return tuple(BidderReading(f"云岭{n}号公司", read_price(p)) for n, p in enumerate(prices, start=1))


def _script(**said: object) -> Script:
    usual: dict[str, object] = {"title": "江州一小教学楼工程", "published_on": ON}
    reading = LotReading("test", 1, **(usual | said))  # type: ignore[arg-type]
    book = catalog.rulebook(traded().rulebook, REGION, ON)
    return write(reading, plan(reading, catalog.calendar(), book))


def _prices(script: Script) -> list[str]:
    return [bid.price.text for bid in script.bids]


def test_published_amounts_are_bid_as_they_stand():
    script = _script(bidders=_named("1799255.53", "1809900.75", "1801325.31"))
    assert _prices(script) == ["1799255.53", "1809900.75", "1801325.31"]
    assert [bid.rank for bid in script.bids] == [1, 2, 3]
    assert not any(bid.is_invented for bid in script.bids)
    assert (script.price_form, script.scoring, script.said) == ("amount", "comprehensive", ())
    assert script.estimate == Money(180990075 * 105 // 100)


@pytest.mark.parametrize(
    "prices, form",
    [
        (("54.65%", "60%", "61%"), "rate"),
        (("下浮率20.50%", "下浮率29.00%", "未提供"), "rate"),
        (("按收费标准的49.9%计取，计费额以评审为准。", "未提供", "/"), "text"),
        (("1150.00元/亩", "1200.00元/亩", "1300.00元/亩"), "text"),
        (("1799255.53", "下浮率20%", "1801325.31"), "text"),
        (("未提供", "/", ""), "amount"),
    ],
)
def test_the_price_form_is_that_of_the_published_prices(prices, form):
    script = _script(bidders=_named(*prices))
    assert script.price_form == form
    assert all(bid.price.text for bid in script.bids)
    given = [p for p in prices if p not in ("未提供", "/", "")]
    assert [text for text in _prices(script) if text in given] == given
    if form != "amount":
        assert script.ceiling is None


def test_an_invented_percentage_lies_not_below_the_published_one():
    script = _script(bidders=_named("54.65%"))
    rates = [bid.price.rate for bid in script.bids]
    assert rates[0] == Rate.percent("54.65")
    assert all(rate is not None and rate.value >= Rate.percent("54.65").value for rate in rates)
    assert [bid.is_invented for bid in script.bids] == [False, True, True]
    assert "虚构投标人 2 家及其报价" in script.said


def test_an_invented_sentence_says_that_it_is_invented():
    script = _script(bidders=_named("按收费标准的49.9%计取，以评审为准。"))
    assert all("（虚构第" in text for text in _prices(script)[1:])
    assert len(set(_prices(script))) == 3


def test_a_price_that_is_missing_is_invented_and_counted():
    script = _script(bidders=_named("1799255.53", "未提供", "/"))
    assert "2 项报价公告未给出，已虚构" in script.said
    amounts = [bid.price.amount for bid in script.bids]
    assert all(amount is not None and amount >= Money.yuan("1799255.53") for amount in amounts)


def test_a_consortium_is_one_bid_under_its_whole_name():
    name = "云岭甲建设有限公司（联合体牵头人）、江州丙设计院（联合体成员）联合体"
    script = _script(bidders=(BidderReading(name, read_price("1799255.53")),))
    assert [bid.name for bid in script.bids if not bid.is_invented] == [name]


@pytest.mark.parametrize("round_, failed", [(1, 0), (2, 1), (3, 2), (5, 4), (99, 4)])
def test_a_repeated_tender_has_failed_before(round_, failed):
    script = _script(bidders=_named("1799255.53"), round=round_)
    assert script.failed == ((),) * failed
    said = f"公告是第 {round_} 次招标，此前 {failed} 次流标为虚构"
    assert (said in script.said) is (failed > 0)


@pytest.mark.parametrize(
    "said, few",
    [
        ({"bidder_count": 0}, 0),
        ({"bidder_count": 1}, 1),
        ({"bidder_count": 2}, 2),
        ({"bidder_count": 7, "is_failed": True}, 2),
        ({"is_failed": True}, 2),
    ],
)
def test_fewer_than_three_bidders_fail_a_round_and_then_three_come(said, few):
    script = _script(**said)
    assert [len(bids) for bids in script.failed] == [few]
    assert len(script.bids) >= 3
    assert script.failed[0] == script.bids[:few]
    assert f"投标人 {few} 家，不足 3 家，流标后进入新一轮" in script.said


@pytest.mark.parametrize("said", [{"bidder_count": 3}, {"bidder_count": 12}, {}])
def test_enough_or_unknown_bidders_fail_nothing(said):
    assert _script(**said).failed == ()


def test_a_count_below_the_names_is_not_believed():
    script = _script(bidders=_named("100000", "200000", "300000", "400000"), bidder_count=1)
    assert len(script.bids) == 4
    assert script.failed == ()
    assert "公告列出 4 家，依法只推荐前 3 名" in script.said


def test_a_counted_crowd_has_names_and_prices_of_its_own():
    script = _script(bidder_count=1905, ceiling=Money.yuan("5000000"), award_amount=Money.yuan("4300000.07"))
    assert len({bid.name for bid in script.bids}) == 1905
    amounts = [bid.price.amount for bid in script.bids]
    assert amounts[0] == Money.yuan("4300000.07") == min(a for a in amounts if a is not None)
    assert len(set(amounts)) == 1905
    assert all(amount is not None and amount <= Money.yuan("5000000") for amount in amounts)
    assert (script.scoring, script.ceiling) == ("lowest_price", Money.yuan("5000000"))


def test_an_invented_bidder_never_bears_a_published_name():
    taken = "云岭0001号市政工程有限公司（虚构）"
    script = _script(bidders=(BidderReading(taken, None),))
    assert len({bid.name for bid in script.bids}) == 3


def test_a_ceiling_below_the_award_is_no_ceiling():
    script = _script(bidder_count=3, ceiling=Money.yuan("4000000"), award_amount=Money.yuan("4300000"))
    assert script.ceiling is None
    assert script.said[0] == "公告的限价 4,000,000.00 元低于中标价 4,300,000.00 元，不作限价"


@pytest.mark.parametrize(
    "title, nature",
    [
        ("江州一小教学楼施工", "works"),
        ("江州一小教学楼监理", "services"),
        ("江州一小设备采购及安装", "goods"),
        ("江州一小教学楼设计施工总承包", "services"),
    ],
)
def test_the_title_tells_what_is_bought(title, nature):
    assert _script(title=title).nature == nature


def test_what_the_schedule_moved_is_said_by_the_script():
    script = _script(published_on=None)
    assert "公告没有日期，日程为虚构" in script.said
    moved = _script(published_on=None, opened_at=SUNDAY)
    assert moved.said[0].startswith("开标日 2025-06-15 不是工作日")
