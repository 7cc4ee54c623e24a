"""保证金的页面: opened, paid, guaranteed, released and kept by hand; secret before the deadline; bad input."""

from datetime import datetime, timedelta

import pytest

from ggzy.kernel.codes import LotCode
from ggzy.kernel.instants import local_date
from ggzy.kernel.money import Money
from ggzy.trading.deposits import queries, services, timers
from ggzy.trading.deposits.values import AccountState
from ggzy.trading.projects import services as projects
from ggzy.trading.projects.values import Phase
from tests.pages.markup import faults
from tests.world import World, browser, clock

DAY = timedelta(days=1)
AMOUNT = Money.yuan("99600")


@pytest.fixture
def now() -> datetime:
    return queries.journal.now()


@pytest.fixture
def lot(world: World) -> LotCode:
    """A contested lot that asks for a deposit within twenty days."""
    code = world.lot()
    at = queries.journal.now()
    projects.advance(code, Phase.CONTESTED, at)
    last = local_date(at + 120 * DAY)
    services.require(world.agency.acts(), code, AMOUNT, due=at + 20 * DAY, valid_until=last, at=at)
    return code


def read_statement(at: datetime) -> None:
    for run in list(timers.due(at)):
        run()


def test_bidder_opens_pays_and_is_secured_by_hand(world: World, lot: LotCode, now: datetime):
    bidder = world.bidders[0]
    client, path = browser(bidder), f"/desk/lots/{lot}/deposit/"
    first = client.get(path).content.decode()
    assert "99,600.00" in first and "玖万玖仟陆佰元整" in first and faults(first) == []
    assert client.post(path, {"members": ""}).status_code == 303
    page = client.get(path).content.decode()
    number = queries.account(lot, bidder.organisation, now).number
    assert number[-3:] in page and "开标前，任何人不能查看投标人名称、数量和保证金缴纳情况" in page
    assert faults(page) == []
    form = {
        "amount": "九万九千六百元",
        "payer_name": bidder.organisation_name,
        "payer_account": bidder.account,
    }
    assert faults(client.get(path + "pay/").content.decode()) == []
    assert client.post(path + "pay/", form).status_code == 303
    read_statement(now + timedelta(hours=1))
    assert queries.is_secured(lot, bidder.organisation)
    paid = client.get(path).content.decode()
    assert "已缴足" in paid and f"尾号 {bidder.account[-4:]}" in paid and faults(paid) == []
    listed = client.get("/desk/deposits/").content.decode()
    assert "望江路改造工程施工" in listed and "已缴足" in listed and faults(listed) == []


def test_guarantee_is_placed_by_hand_and_every_gap_is_named(world: World, lot: LotCode, now: datetime):
    client, path = browser(world.bidders[1]), f"/desk/lots/{lot}/deposit/guarantee/"
    form = {
        "number": "BH-1",
        "issuer": "江州农商银行",
        "beneficiary": str(world.bidders[1].organisation),
        "amount": "1万",
        "valid_from": "2026-06-01",
        "valid_until": "2026-06-02",
    }
    refused = client.post(path, form)
    page = refused.content.decode()
    assert refused.status_code == 422 and faults(page) == []
    for words in ("受益人应为招标人", "保函金额不足", "有效期应不早于", "无条件保函"):
        assert words in page
    good = form | {
        "beneficiary": str(world.owner.organisation),
        "amount": "99600",
        "valid_until": f"{local_date(now + 121 * DAY)}",
        "is_unconditional": "on",
    }
    assert client.post(path, good).status_code == 303
    assert queries.is_secured(lot, world.bidders[1].organisation)
    assert "BH-1" in client.get(f"/desk/lots/{lot}/deposit/").content.decode()


@pytest.mark.parametrize(
    "members, words",
    [("不是代码", "第1行"), ("\n91000", "第2行：统一社会信用代码应为18位"), ("91980100000001019X", "校验位")],
)
def test_wrong_codes_of_members_are_named_by_line(world: World, lot: LotCode, members, words):
    answer = browser(world.bidders[0]).post(f"/desk/lots/{lot}/deposit/", {"members": members})
    assert answer.status_code == 422 and words in answer.content.decode()
    assert queries.accounts(lot, queries.journal.now()) == ()


def test_nobody_is_told_before_the_deadline_and_everything_after_it(
    world: World, lot: LotCode, now: datetime
):
    bidder = world.bidders[0]
    browser(bidder).post(f"/desk/lots/{lot}/deposit/", {"members": ""})
    path = f"/desk/lots/{lot}/deposit/"
    for player in (world.owner, world.agency, world.operator, world.supervisor, world.auditor):
        client = browser(player)
        page = client.get(path).content.decode()
        assert "投标截止前，任何人不能查看" in page and bidder.organisation_name not in page
        assert "figure-tile" not in page and faults(page) == [], player.name
        with clock(now + 21 * DAY):
            after = browser(player).get(path).content.decode()
        assert bidder.organisation_name in after and faults(after) == [], player.name


def test_what_credit_moves_is_shown_with_its_ground_to_the_bidder_then_to_the_owner(
    world: World, now: datetime
):
    code, bidder = world.lot(), world.bidders[0]
    projects.advance(code, Phase.CONTESTED, now)
    last, due = local_date(now + 120 * DAY), now + 20 * DAY
    services.require(
        world.agency.acts(), code, Money.yuan(60_000), due=due, valid_until=last, by_credit=True, at=now
    )
    client, path = browser(bidder), f"/desk/lots/{code}/deposit/"
    for _ in range(2):  # before the account is opened, and with it
        page = client.get(path).content.decode()
        for words in ("30,000.00", "60,000.00", "减收投标保证金，信用等级A（100分）", "发改法规〔2023〕27号"):
            assert words in page, words
        assert faults(page) == []
        client.post(path, {"members": ""})
    placing = client.get(f"{path}guarantee/").content.decode()
    assert '不少于 <span class="nowrap">30,000.00 元' in placing and faults(placing) == []
    assert "30,000.00" in client.get("/desk/deposits/").content.decode()
    owner = browser(world.owner)
    assert "信用等级A" not in owner.get(path).content.decode()
    with clock(now + 21 * DAY):
        after = owner.get(path).content.decode()
    assert "按信用核定的" in after and "信用等级A（100分）" in after and faults(after) == []


def test_owner_releases_one_and_keeps_another_by_hand(world: World, lot: LotCode, now: datetime):
    one, two = world.bidders[0], world.bidders[1]
    for bidder in (one, two):
        client = browser(bidder)
        client.post(f"/desk/lots/{lot}/deposit/", {"members": ""})
        form = {"amount": "99600", "payer_name": bidder.organisation_name, "payer_account": bidder.account}
        client.post(f"/desk/lots/{lot}/deposit/pay/", form)
    read_statement(now + timedelta(hours=1))
    with clock(now + 30 * DAY):
        owner = browser(world.owner)
        path = f"/desk/lots/{lot}/deposits/{one.organisation}/release/"
        assert faults(owner.get(path).content.decode()) == []
        assert owner.post(path, {"reason": ""}).status_code == 422
        assert owner.post(path, {"reason": "合同已签订"}).status_code == 303
        keep = f"/desk/lots/{lot}/deposits/{two.organisation}/forfeit/"
        form = {"reason": "中标后拒签合同", "article": "招标投标法实施条例 §74"}
        assert owner.post(keep, form).status_code == 422
        assert owner.post(keep, form | {"sure": "on"}).status_code == 303
        again = owner.get(keep).content.decode()
        assert "不能作不予退还处理" in again and faults(again) == []
        assert faults(owner.get(f"/desk/lots/{lot}/deposit/").content.decode()) == []
    states = [queries.account(lot, bidder.organisation, now).state for bidder in (one, two)]
    assert states == [AccountState.RELEASED, AccountState.FORFEITED]


def test_pages_answer_every_role_as_the_matrix_says(world: World, lot: LotCode, now: datetime):
    owners, readers = {world.owner, world.agency}, {world.operator, world.supervisor, world.auditor}
    first = world.bidders[0]
    browser(first).post(f"/desk/lots/{lot}/deposit/", {"members": ""})
    pages = {
        "/desk/deposits/": {first, world.bidders[1]},
        f"/desk/lots/{lot}/deposit/": {first, world.bidders[1], *owners, *readers},
        f"/desk/lots/{lot}/deposit/guarantee/": {first, world.bidders[1]},
        f"/desk/lots/{lot}/deposit/pay/": {first},
        f"/desk/lots/{lot}/deposits/{first.organisation}/release/": owners,
        f"/desk/lots/{lot}/deposits/{first.organisation}/forfeit/": owners,
        f"/desk/lots/{lot}/returns/R1/order/": set(),
    }
    people = {first, world.bidders[1], *owners, *readers, world.other_owner, world.experts[0]}
    with clock(now + 21 * DAY):
        for player in people:
            client = browser(player)
            for path, allowed in pages.items():
                answer = client.get(path)
                assert (answer.status_code == 200) is (player in allowed), (player.name, path)
                assert player in allowed or answer.status_code in (403, 404)


def test_settling_pages_are_shut_before_the_deadline(world: World, lot: LotCode):
    browser(world.bidders[0]).post(f"/desk/lots/{lot}/deposit/", {"members": ""})
    path = f"/desk/lots/{lot}/deposits/{world.bidders[0].organisation}/release/"
    answer = browser(world.owner).get(path)
    assert answer.status_code == 422 and world.bidders[0].organisation_name not in answer.content.decode()


def test_offers_ask_few_questions(world: World, lot: LotCode, now: datetime, django_assert_max_num_queries):
    for player in (world.bidders[0], world.owner):
        with django_assert_max_num_queries(5):
            queries.offers(player.acts(), lot, now)
