"""交易公开检索: words, codes, filters, counts, pages."""

from datetime import date, timedelta

import pytest

from ggzy.kernel.codes import LotCode, RegionCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.money import Money
from ggzy.trading.notices import queries, services
from ggzy.trading.notices.values import Block, KeyFact, NoticeDraft, Wanted
from tests.world import DISTRICT, START, World

DAY = timedelta(days=1)


@pytest.fixture
def published(world: World) -> list[str]:
    """Three notices of two lots: a bridge, a school, and the end of the school."""
    bridge = world.lot(title="临溪大桥加固工程（第２标段）")
    school = world.lot(title="望江第一小学教学楼")
    drafts = (
        (bridge, "failure", "临溪大桥加固工程流标公告", "少于三家", START),
        (school, "failure", "望江第一小学流标公告", "少于三家", START + DAY),
        (school, "termination", "望江第一小学终止公告", "规划调整", START + 2 * DAY),
    )
    for lot, kind, title, reason, at in drafts:
        label = "流标原因" if kind == "failure" else "终止原因"
        body = (Block("说明", table=(("单位", "代码"), ("某某公司", "91X"))),)
        draft = NoticeDraft(lot, 1, kind, title, (KeyFact(label, reason),), body)
        services.publish(world.agency.acts(), draft, at=at)
    return [f"{bridge}-01", f"{school}-01", f"{school}-02"]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("大桥", [0]),
        ("小学", [2, 1]),
        ("小学 终止", [2]),
        ("第2标段", [0]),
        ("规划调整", [2]),
        ("某某公司", [2, 1, 0]),
        ("江", [2, 1, 0]),
        ("望江　小学，流标", [1]),
        ("地铁", []),
        ("大学", []),
        ("%", []),
        ("", [2, 1, 0]),
    ],
)
def test_chinese_words_are_found_newest_first(published: list[str], text: str, expected: list[int]):
    found = queries.search(Wanted(text=text))
    assert [row.id for row in found.rows] == [published[index] for index in expected]
    assert found.total == len(expected)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(amount_from=Money.yuan("4980000")), [2, 1, 0]),
        (Wanted(amount_from=Money.yuan("4980000.01")), []),
        (Wanted(amount_below=Money.yuan("4980000")), []),
        (Wanted(amount_below=Money.yuan("4980000.01")), [2, 1, 0]),
        (Wanted(method="open_tender"), [2, 1, 0]),
        (Wanted(method="invited_tender"), []),
        (Wanted(order="oldest"), [0, 1, 2]),
        (Wanted(order="amount"), [2, 1, 0]),
    ],
)
def test_amounts_and_methods_of_the_lot_filter_its_notices(
    published: list[str], wanted: Wanted, expected: list[int]
):
    assert [row.id for row in queries.search(wanted).rows] == [published[index] for index in expected]


def test_lots_come_in_the_order_they_are_named_in(published: list[str]):
    bridge, school = LotCode(published[0][:-3]), LotCode(published[1][:-3])
    for lots, expected in (((bridge, school), [0, 2, 1]), ((school, bridge), [2, 1, 0])):
        found = queries.search(Wanted(lots=lots, order="lots"))
        assert [row.id for row in found.rows] == [published[index] for index in expected]


def test_what_is_found_is_counted_by_method_and_owner(published: list[str], world: World):
    found = queries.search(Wanted())
    assert found.by_method == (("open_tender", 3),)
    assert found.by_owner == ((found.rows[0].owner, 3),)


def test_codes_are_found_as_they_are_written(published: list[str]):
    code = published[0][:40]
    for text in (code, code.lower(), code.replace("-", "－")):
        assert [row.id for row in queries.search(Wanted(text=text)).rows] == published[:1]


def test_filters_count_what_they_show(world: World, published: list[str]):
    found = queries.search(Wanted())
    assert [(code, count) for code, _, count in found.by_kind] == [("failure", 2), ("termination", 1)]
    assert found.by_region == ((DISTRICT, 3),)
    assert queries.search(Wanted(kinds=("failure",))).total == 2
    assert queries.search(Wanted(group="公示")).total == 0
    assert queries.search(Wanted(region=RegionCode("980100"))).total == 3
    assert queries.search(Wanted(region=RegionCode("980200"))).total == 0
    assert queries.search(Wanted(since=date(2026, 6, 2), until=date(2026, 6, 2))).total == 1
    assert queries.search(Wanted(owner=world.owner.organisation, nature="works")).total == 3
    assert queries.search(Wanted(category="no_such")).total == 0
    oldest = queries.search(Wanted(order="oldest")).rows
    assert [row.id for row in oldest] == published


def test_pages_hold_what_they_say(published: list[str]):
    first = queries.search(Wanted(), page=1, size=2)
    last = queries.search(Wanted(), page=99, size=2)
    assert (len(first.rows), first.total, first.pages) == (2, 3, 2)
    assert (last.page, [row.id for row in last.rows]) == (2, published[:1])


def test_search_asks_few_questions(published: list[str], django_assert_max_num_queries):
    with django_assert_max_num_queries(7):  # how many, the page, and one for each list of filters
        queries.search(Wanted(text="小学"))


def test_latest_and_missing(published: list[str]):
    assert [row.id for row in queries.latest(2)] == published[:0:-1]
    with pytest.raises(Missing):
        queries.notice("no-such-notice")
