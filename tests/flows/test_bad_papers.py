"""坏的保证金与异议: sums, codes, days, files and words; all mistakes at once, nothing half done."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ggzy.kernel.codes import LotCode
from ggzy.kernel.instants import local_date
from ggzy.kernel.money import Money
from ggzy.trading.deposits import queries, services
from ggzy.trading.objections import queries as objections
from ggzy.trading.objections import services as objection_services
from ggzy.trading.objections.values import Stage
from ggzy.trading.projects import services as projects
from ggzy.trading.projects.values import Phase
from tests.flows.door import accepted, enter, refused
from tests.world import START, World, clock

DAY = timedelta(days=1)
DUE, VALID = START + 20 * DAY, local_date(START + 120 * DAY)


@pytest.fixture
def now(world: World) -> Iterator[World]:
    """The cast, on the day everything begins."""
    with clock(START):
        yield world


@pytest.fixture
def lot(now: World) -> LotCode:
    """A contested lot that asks for a deposit and takes objections to its document."""
    code = now.lot()
    projects.advance(code, Phase.CONTESTED, START)
    services.require(now.agency.acts(), code, Money.yuan("99600"), due=DUE, valid_until=VALID, at=START)
    objection_services.open_window(code, Stage.DOCUMENT, opens=START - DAY, closes=DUE, at=START)
    return code


@pytest.mark.parametrize(
    "members, words",
    [
        ("不是代码", ("第1行：统一社会信用代码应为18位",)),
        ("91980100000001019X", ("第1行：", "校验位不正确")),
        ("\n91980100OOOOO10190", ("第2行：", "不允许的字符“O”")),
        (
            "1\n\n22\n333",
            ("第1行：", "您填写的是1位", "第3行：", "您填写的是2位", "第4行：", "您填写的是3位"),
        ),
        ("长" * 2001, ("2000", "2001")),
    ],
)
def test_every_wrong_code_of_a_member_is_named_by_its_line(
    now: World, lot: LotCode, members: str, words: tuple[str, ...]
):
    client = enter(now.bidders[0].acts())
    refused(client, f"/desk/lots/{lot}/deposit/", {"members": members}, *words)
    assert queries.accounts(lot, START) == ()


def test_more_than_twenty_members_are_too_many(now: World, lot: LotCode):
    codes = "\n".join(str(now.bidders[1].organisation) for _ in range(21))
    form = {"members": codes}
    refused(enter(now.bidders[0].acts()), f"/desk/lots/{lot}/deposit/", form, "联合体成员最多20个")


def _guarantee(world: World, **changes: Any) -> dict[str, Any]:
    usual = {
        "number": "BH-1",
        "issuer": "江州农商银行",
        "beneficiary": str(world.owner.organisation),
        "amount": "99600",
        "valid_from": f"{local_date(START)}",
        "valid_until": f"{VALID}",
        "is_unconditional": "on",
    }
    return {name: value for name, value in (usual | changes).items() if value is not None}


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"number": " "}, ("保函编号：请填写本项",)),
        ({"beneficiary": "12345"}, ("受益人的统一社会信用代码：", "您填写的是5位")),
        ({"amount": "九万"}, ("保函金额不足",)),
        ({"amount": "9.96"}, ("保函金额不足",)),
        ({"amount": "十万美元"}, ("不是人民币",)),
        ({"valid_from": "2026-13-01"}, ("生效日期：日期请写成",)),
        ({"valid_until": "永久"}, ("失效日期：日期请写成",)),
        ({"valid_until": "2026-06-30"}, ("有效期应不早于",)),
        ({"is_unconditional": None}, ("无条件保函",)),
        (
            {"number": "", "issuer": "", "amount": "", "valid_from": "", "valid_until": ""},
            ("保函编号：请", "出具机构：请", "保函金额：请", "生效日期：请", "失效日期：请"),
        ),
        (
            {"amount": "1元", "valid_until": "2026-06-02", "is_unconditional": None},
            ("保函金额不足", "有效期应不早于", "无条件保函"),
        ),
    ],
)
def test_a_guarantee_that_does_not_stand_in_is_refused(
    now: World, lot: LotCode, changes: dict[str, Any], words: tuple[str, ...]
):
    client = enter(now.bidders[0].acts())
    refused(client, f"/desk/lots/{lot}/deposit/guarantee/", _guarantee(now, **changes), *words)
    assert not queries.is_secured(lot, now.bidders[0].organisation)


def test_a_guarantee_whose_file_is_not_one_is_refused(now: World, lot: LotCode):
    file = SimpleUploadedFile("保函.exe", b"MZ")
    form = _guarantee(now, file=file)
    path = f"/desk/lots/{lot}/deposit/guarantee/"
    refused(enter(now.bidders[0].acts()), path, form, "只接受 .pdf、.ofd 文件")


@pytest.mark.parametrize(
    "amount", ["99600", "9.96万", "玖万玖仟陆佰元整", "９９，６００．００", "九万九千六百"]
)
def test_a_guarantee_may_be_written_as_people_write_it(now: World, lot: LotCode, amount: str):
    days = {"valid_from": "2026年6月1日", "valid_until": f"{VALID:%Y/%m/%d}"}
    form = _guarantee(now, amount=amount, **days)
    accepted(enter(now.bidders[0].acts()), f"/desk/lots/{lot}/deposit/guarantee/", form)
    assert queries.is_secured(lot, now.bidders[0].organisation)


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"text": " \n "}, ("异议内容：请填写本项",)),
        ({"text": "长" * 5001}, ("5000", "5001")),
        ({"text": "为什么\0"}, ("异议内容：",)),
        ({"stage": "gossip"}, ("请在所列各项中选择",)),
        ({"stage": ""}, ("对什么提出异议：请选择一项",)),
        ({"stage": "result"}, ("现在不是对评标结果提出异议的时间",)),
        ({"stage": "", "text": ""}, ("对什么提出异议：请选择一项", "异议内容：请填写本项")),
        ({"file": SimpleUploadedFile("证据.html", b"<script>")}, ("只接受",)),
        ({"file": SimpleUploadedFile("证据.pdf", b"<script>")}, ("内容与扩展名不符",)),
        ({"file": SimpleUploadedFile("证据.pdf", b"")}, ("文件是空的",)),
    ],
)
def test_an_objection_is_not_raised_with(
    now: World, lot: LotCode, changes: dict[str, Any], words: tuple[str, ...]
):
    for given in changes.values():
        if not isinstance(given, str):
            given.seek(0)
    form = {"stage": "document", "text": "业绩要求过高"} | changes
    refused(enter(now.bidders[0].acts()), f"/desk/lots/{lot}/objections/raise/", form, *words)
    assert objections.objections(lot) == ()


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"upheld": "perhaps"}, ("请在所列各项中选择",)),
        ({"text": ""}, ("答复内容：请填写本项",)),
        ({"upheld": "", "text": ""}, ("异议是否成立：请选择一项", "答复内容：请填写本项")),
    ],
)
def test_an_objection_is_not_answered_with(
    now: World, lot: LotCode, changes: dict[str, str], words: tuple[str, ...]
):
    objection_services.raise_objection(now.bidders[0].acts(), lot, Stage.DOCUMENT, "业绩要求过高", at=START)
    form = {"upheld": "yes", "text": "将修改"} | changes
    refused(enter(now.agency.acts()), f"/desk/lots/{lot}/objections/1/answer/", form, *words)
    assert len(objections.open_objections(lot)) == 1
