"""摇号随机数的页面: who promises and tells, what the page says when it is not the time, what everybody sees."""

import pytest
from django.test import Client

from ggzy.kernel import draw
from ggzy.trading.auctions import queries, services
from ggzy.trading.auctions.rules import lottery
from ggzy.trading.auctions.values import Room, RoomPhase
from tests.pages.auction_walk import address, shown
from tests.pages.markup import faults
from tests.services.auctions import stage
from tests.services.auctions.stage import MINUTE, OPENS, opened, paddle
from tests.world import World, browser, clock

KNOWN = OPENS + 7 * MINUTE
NONCE = bytes(range(32))


@pytest.fixture
def lot(world: World):
    return stage.at_ceiling(world)[0]


def room_of(lot) -> Room:
    found = queries.room(lot)
    assert found is not None
    return found


def send(lot, player, verb: str, value: bytes, at):
    with clock(at):
        return browser(player).post(address(lot, f"lots/{verb}/"), {"value": value.hex()})


def promise(lot, party: str) -> bytes:
    return draw.commitment(lottery.lottery_name(lot, 1), party, 0, NONCE)


def test_those_who_give_a_nonce_and_nobody_else_open_the_page(world: World, lot):
    everybody = {
        "owner": world.owner, "agency": world.agency, "operator": world.operator, "supervisor": world.supervisor,
        "bidder": world.bidders[0], "stranger": world.bidders[3], "inspector": world.inspector,
        "custodian": world.custodians[0], "other owner": world.other_owner,
    }  # fmt: skip
    with clock(OPENS + 3 * MINUTE):
        codes = {
            who: browser(player).get(address(lot, "lots/commit/")).status_code
            for who, player in everybody.items()
        }
    gives = dict.fromkeys(("owner", "agency", "operator", "supervisor", "bidder"), 200)
    assert codes == {**dict.fromkeys(everybody, 403), **gives, "other owner": 404}


def test_a_nonce_is_promised_and_told_on_the_pages(world: World, lot):
    bidder = next(one for one in world.bidders if paddle(lot, one) in room_of(lot).entrants)
    party = f"paddle/{paddle(lot, bidder)}"
    page = shown(browser(world.supervisor), f"/desk/lots/{lot}/", OPENS + 3 * MINUTE)
    assert address(lot, "lots/commit/") in page
    for player, name in [(world.supervisor, "supervisor"), (bidder, party)]:
        page = shown(browser(player), address(lot, "lots/commit/"), OPENS + 3 * MINUTE)
        assert f'data-party="{name}"' in page and faults(page) == []
        assert send(lot, player, "commit", promise(lot, name), OPENS + 3 * MINUTE).status_code == 303
    with clock(KNOWN):
        services.take(lot).serve()
    assert room_of(lot).phase is RoomPhase.DRAWING
    for player in (world.supervisor, bidder):
        board = shown(browser(player), "/desk/", KNOWN)
        assert "公开摇号随机数" in board and address(lot, "lots/reveal/") in board
    for player in (world.supervisor, bidder):
        page = shown(browser(player), address(lot, "lots/reveal/"), KNOWN)
        assert faults(page) == [] and "公开截止" in page
        assert send(lot, player, "reveal", NONCE, KNOWN + MINUTE).status_code == 303
    public = shown(Client(), f"/auctions/{lot}/", KNOWN + MINUTE)
    assert "摇号随机数" in public and "行政监督部门" in public and f"{paddle(lot, bidder)} 号牌" in public
    assert bidder.organisation_name not in public and faults(public) == []


@pytest.mark.parametrize(
    ("verb", "value", "at", "words"),
    [
        ("commit", b"\1" * 31, OPENS + 3 * MINUTE, "每行 64 位十六进制数"),
        ("commit", b"\1" * 32, KNOWN, "参加摇号的号牌已经确定"),
        ("reveal", b"\1" * 32, OPENS + 3 * MINUTE, "当前阶段不公开随机数"),
        ("reveal", b"\1" * 32, KNOWN, "没有提交过随机数承诺"),
    ],
)
def test_what_is_not_taken_is_told(world: World, lot, verb, value, at, words):
    answer = send(lot, world.supervisor, verb, value, at)
    assert answer.status_code == 422 and words in answer.content.decode()


def test_a_silent_bidder_is_told_why_it_must_wait(world: World, lot):
    silent = next(one for one in world.bidders[:3] if paddle(lot, one) not in room_of(lot).entrants)
    page = shown(browser(silent), address(lot, "lots/commit/"), OPENS + 3 * MINUTE)
    assert "现在提交承诺会透露您参加竞价" in page
    name = f"paddle/{paddle(lot, silent)}"
    answer = send(lot, silent, "commit", promise(lot, name), OPENS + 3 * MINUTE)
    assert answer.status_code == 422 and "透露您参加竞价" in answer.content.decode()


def test_an_auction_without_lots_has_no_such_page(world: World):
    lot, _, _ = opened(world)
    with clock(OPENS + MINUTE):
        assert browser(world.owner).get(address(lot, "lots/commit/")).status_code == 404
    page = shown(browser(world.owner), f"/desk/lots/{lot}/", OPENS + MINUTE)
    assert "摇号随机数" not in page
