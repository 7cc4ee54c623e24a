"""坏的登记: every mistake is named in words, what was typed stays, nothing is registered."""

from collections.abc import Iterator

import pytest

from ggzy.kernel.money import Money
from ggzy.trading.projects import queries as projects
from tests.flows.door import accepted, enter, refused
from tests.world import START, World, clock

LONG = "云岭" * 500


@pytest.fixture
def now(world: World) -> Iterator[World]:
    """The cast, on the day everything begins."""
    with clock(START):
        yield world


PROJECT = {"title": "望江路改造工程", "region": "980102", "funding": "财政资金", "approval": "", "agency": ""}
LOT = {
    "content": "望江路道路改造 1.2 公里及排水",
    "title": "施工标段",
    "estimate": "498万",
    "nature": "works",
    "deal_category": "A02",
    "method": "open_tender",
    "scoring": "comprehensive",
    "price_form": "amount",
}


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"title": ""}, ("项目名称：请填写本项",)),
        ({"title": "　 "}, ("项目名称：请填写本项",)),
        ({"title": "望江路\0工程"}, ("项目名称：",)),
        ({"title": "长" * 201}, ("项目名称最多200个字，现为201个字",)),
        ({"title": "长" * 1001}, ("1000", "1001")),
        ({"region": "110000"}, ("项目所在地：请在所列各项中选择",)),
        ({"region": "98"}, ("项目所在地：请在所列各项中选择",)),
        ({"agency": "不是代码"}, ("应为18位，您填写的是4位",)),
        ({"agency": "9198010000000101"}, ("应为18位，您填写的是16位",)),
        ({"agency": "91980100000001019I"}, ("不允许的字符“I”",)),
        ({"agency": "91980100000001019X"}, ("校验位不正确",)),
        (
            {"title": "", "region": "", "funding": "", "agency": "1"},
            ("项目名称：请填写本项", "项目所在地：", "您填写的是1位"),
        ),
    ],
)
def test_a_project_is_not_registered_with(now: World, changes: dict[str, str], words: tuple[str, ...]):
    refused(enter(now.owner.acts()), "/desk/projects/register/", PROJECT | changes, *words)


def test_an_owner_cannot_be_its_own_agency(now: World):
    own = {"agency": str(now.owner.organisation)}
    refused(enter(now.owner.acts()), "/desk/projects/register/", PROJECT | own, "招标代理机构与招标人相同")


def test_a_code_may_be_written_with_spaces_full_width_and_small_letters(now: World):
    code = str(now.agency.organisation)
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code[:9])
    typed = f" {wide} {code[9:].lower()} "
    accepted(enter(now.owner.acts()), "/desk/projects/register/", PROJECT | {"agency": typed})


AMOUNTS = (
    "4980000",
    "4,980,000.00",
    "￥4，980，000",
    "４９８００００",
    "498万",
    "498 万元",
    "４９８万元整",
    "人民币肆佰玖拾捌万元整",
    "四百九十八万",
    "肆佰玖拾捌万元正",
)


def test_an_amount_may_be_written_in_every_chinese_form(now: World):
    code, client = now.project(), enter(now.agency.acts())
    for number, amount in enumerate(AMOUNTS):
        form = LOT | {"estimate": amount, "title": f"{number}标段"}
        accepted(client, f"/desk/projects/{code}/lots/register/", form)
    estimates = {found.estimate for found in projects.lots(project=code)}
    assert estimates == {Money.yuan("4980000")}
    assert projects.count(project=code) == len(AMOUNTS)


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"estimate": "很多钱"}, ("无法识别金额“很多钱”",)),
        ({"estimate": "-498万"}, ("为负数，金额不能小于零",)),
        ({"estimate": "负肆佰万元"}, ("为负数，金额不能小于零",)),
        ({"estimate": "0"}, ("估算价应大于零",)),
        ({"estimate": "零元整"}, ("估算价应大于零",)),
        ({"estimate": "0.001"}, ("小于分的部分无法入账",)),
        ({"estimate": "500 USD"}, ("不是人民币",)),
        ({"estimate": "1e6"}, ("无法识别金额",)),
        ({"estimate": "NaN"}, ("无法识别金额",)),
        ({"estimate": "49,80,000"}, ("无法识别金额",)),
        ({"estimate": "498万万"}, ("无法识别金额",)),
        ({"estimate": "四九八万"}, ("无法识别金额",)),
        ({"estimate": "9" * 17}, ("过大，请核对单位",)),
        ({"estimate": "9" * 101}, ("估算价：",)),
        ({"title": LONG}, ("标段名称最多200个字，现为1000个字",)),
        ({"content": "长" * 5001}, ("5000", "5001")),
        ({"period": LONG, "quality": LONG}, ("工期或交货期最多200个字", "质量要求最多200个字")),
        ({"method": "dice"}, ("交易方式：请在所列各项中选择",)),
        ({"deal_category": "Z99"}, ("交易分类：请在所列各项中选择",)),
        (
            {"content": "", "title": "", "estimate": "", "price_form": ""},
            ("采购什么：请填写本项", "标段名称：请填写本项", "估算价：请填写本项", "报价形式：请选择一项"),
        ),
    ],
)
def test_a_lot_is_not_registered_with(now: World, changes: dict[str, str], words: tuple[str, ...]):
    code = now.project()
    refused(enter(now.agency.acts()), f"/desk/projects/{code}/lots/register/", LOT | changes, *words)
    assert projects.count(project=code) == 0
