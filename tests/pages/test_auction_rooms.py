"""竞价大厅和竞价室: what everybody sees, what only a bidder sees of itself, and what nobody sees before the end."""

import json
import re
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ggzy.trading.auctions import queries, services
from ggzy.trading.auctions.values import Bar, Offer, OfferKind
from tests.pages.auction_walk import shown
from tests.pages.markup import faults
from tests.services.auctions.stage import (
    MINUTE,
    NOW,
    OPENS,
    SECOND,
    announced,
    closed,
    land,
    offer,
    opened,
    prepared,
    prepared_equipment,
    press,
    price,
)
from tests.world import World, browser, clock

HOUR = timedelta(hours=1)
STATEMENTS, SECONDS = 30, 0.1


def timed(client: Client, path: str) -> float:
    """Seconds of the processor that one answer takes."""
    began = time.process_time()
    shown(client, path)
    return time.process_time() - began


def told(client: Client, path: str, at=OPENS + 2 * MINUTE) -> dict:
    return json.loads(shown(client, path, at))


def test_a_room_shows_the_price_in_figures_and_words_and_who_leads_by_paddle(contest):
    lot, paddles, _ = contest
    page = shown(Client(), f"/auctions/{lot}/")
    for words in (
        "2,600,000.00 元",
        "贰佰陆拾万元整",
        f"{paddles[1]} 号",
        "2 次",
        "2,610,000.00 元",
        "正在竞价",
    ):
        assert words in page, words
    assert "竞价结束前 5 分钟内有新报价的" in page and "57 分" in page
    assert page.index("第 2 次") < page.index("第 1 次") and "09:01:01.0" in page


def test_an_empty_room_says_what_the_first_offer_may_be(world: World):
    lot, _, _ = opened(world)
    page = shown(Client(), f"/auctions/{lot}/")
    assert "尚无报价。起始价 2,590,000.00 元，每次加价至少 10,000.00 元。" in page


def test_nobody_is_named_before_the_result(world: World, contest):
    lot, _, _ = contest
    visitors = [
        Client(),
        *(browser(one) for one in (world.owner, world.operator, world.supervisor, *world.bidders)),
    ]
    for visitor in visitors:
        for path in ("", "state.json", "offers.json"):
            page = shown(visitor, f"/auctions/{lot}/{path}")
            assert [one.name for one in world.bidders if one.name in page] == []
            assert [one.organisation for one in world.bidders if one.organisation in page] == []


def test_only_a_bidder_with_a_paddle_gets_the_panel(world: World, contest):
    lot, paddles, _ = contest
    for number, bidder in enumerate(world.bidders):
        page = shown(browser(bidder), f"/auctions/{lot}/")
        assert ("我的报价" in page) is (number < 3)
        if number < 3:
            assert f'data-paddle="{paddles[number]}"' in page
    for other in (world.owner, world.agency, world.operator, world.supervisor, world.inspector):
        assert "我的报价" not in shown(browser(other), f"/auctions/{lot}/")


def test_a_proxy_is_seen_by_its_bidder_alone(world: World, contest):
    lot, paddles, seat = contest
    press(seat, OPENS + 90 * SECOND, Offer(paddles[2], "press-proxy-1", price(777), OfferKind.PROXY))
    limit = str(price(777))
    assert limit in shown(browser(world.bidders[2]), f"/auctions/{lot}/")
    others = [
        Client(),
        *(browser(one) for one in (*world.bidders[:2], world.owner, world.operator, world.supervisor)),
    ]
    for visitor in others:
        assert limit not in shown(visitor, f"/auctions/{lot}/")
        assert limit not in shown(visitor, f"/auctions/{lot}/state.json")


def test_own_acts_stand_with_receipt_and_reasons_and_are_not_shown_to_others(world: World, contest):
    lot, paddles, seat = contest
    (answer,) = press(seat, OPENS + 90 * SECOND, offer(paddles[0], 1))
    assert answer.reasons and answer.receipt is not None
    page = shown(browser(world.bidders[0]), f"/auctions/{lot}/")
    assert answer.receipt.code in page and answer.reasons[0].text in page and "✓ 已接受" in page
    for visitor in (Client(), browser(world.bidders[1]), browser(world.supervisor)):
        assert answer.receipt.code not in shown(visitor, f"/auctions/{lot}/")


def test_a_barred_paddle_reads_why(world: World, contest):
    lot, paddles, _ = contest
    with clock(OPENS + 90 * SECOND):
        services.bar_paddle(world.operator.acts(), lot, paddles[0], Bar.FROZEN, "冒用他人证书")
    assert "号牌已停用：冒用他人证书，不能报价" in shown(browser(world.bidders[0]), f"/auctions/{lot}/")
    assert "冒用他人证书" not in shown(Client(), f"/auctions/{lot}/")


def test_a_paused_room_says_since_when_and_why(world: World, contest):
    lot, _, _ = contest
    with clock(OPENS + 90 * SECOND):
        services.pause(world.operator.acts(), lot, "交易系统线路检修")
    page = shown(Client(), f"/auctions/{lot}/")
    assert "竞价已暂停" in page and "交易系统线路检修" in page and "停止计时" in page and "09:01:30" in page


def test_the_result_stands_with_its_height_and_the_winner_is_named_when_it_is_certain(world: World, over):
    lot, paddles = over
    at = OPENS + 3 * HOUR
    page = shown(Client(), f"/auctions/{lot}/", at)
    assert "竞价结果" in page and f"{paddles[1]} 号" in page and "0.3861%" in page and "日志高度" in page
    assert world.bidders[1].organisation_name not in page
    with clock(at):
        services.settle(world.system(), lot, at=at)
    page = shown(Client(), f"/auctions/{lot}/", at + MINUTE)
    assert world.bidders[1].organisation_name in page and "已成交" in page and "成交确认书" in page


def test_before_the_notice_there_is_no_room_and_a_tender_has_none(world: World):
    for lot in (land(world), world.lot()):
        for path in ("", "state.json", "offers.json", "door.json"):
            assert Client().get(f"/auctions/{lot}/{path}").status_code == 404
    assert Client().get("/auctions/none/").status_code == 404


def test_before_it_is_prepared_the_room_counts_down_to_its_start(world: World):
    lot = announced(world)
    page = shown(Client(), f"/auctions/{lot}/", NOW + HOUR)
    assert "竞价开始" in page and "公告中" in page and "挂牌期" in page
    assert Client().get(f"/auctions/{lot}/state.json").status_code == 404


def test_the_state_is_what_the_live_process_would_tell(contest):
    lot, paddles, _ = contest
    tick = told(Client(), f"/auctions/{lot}/state.json")
    assert tick["kind"] == "tick" and [line["seq"] for line in tick["lines"]] == [1, 2]
    assert tick["state"]["leader"] == paddles[1] and tick["state"]["least"]["text"] == "2,610,000.00 元"
    assert told(Client(), f"/auctions/{lot}/door.json") == {"door": queries.door(lot)}


def test_the_ladder_is_read_whole_in_pieces(contest, monkeypatch):
    lot, paddles, seat = contest
    press(seat, OPENS + 90 * SECOND, *(offer(paddles[number % 3], number) for number in range(2, 7)))
    monkeypatch.setattr("ggzy.trading.auctions.views.room.PAGE", 3)
    seqs, after = [], 0
    while after is not None:
        piece = told(Client(), f"/auctions/{lot}/offers.json?after={after}")
        seqs += [line["seq"] for line in piece["lines"]]
        after = piece["next"]
    assert seqs == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("measure", "text", "units"),
    [
        ("money", "259万", 259_000_000),
        ("money", "贰佰伍拾玖万元整", 259_000_000),
        ("money", "２，５９０，０００", 259_000_000),
        ("rate", "12.5%", 1_250_000_000),
        ("money", "一堆", None),
        ("money", "", None),
        ("money", "-1", None),
        ("area", "300", 30_000),
    ],
)
def test_a_typed_amount_is_read_or_refused_with_the_reason(contest, measure, text, units):
    lot, _, _ = contest
    answer = Client().get(f"/auctions/{lot}/read.json", {"measure": measure, "text": text}).json()
    assert (answer["amount"] or {}).get("units") == units
    assert bool(answer["reasons"]) is (units is None)


def test_a_page_of_a_room_may_speak_to_the_live_process_and_to_nobody_else(contest):
    lot, _, _ = contest
    with clock(OPENS + 2 * MINUTE):
        policy = Client().get(f"/auctions/{lot}/").headers["Content-Security-Policy"]
    assert "connect-src 'self' http://testserver:* ws://testserver:*;" in policy
    assert "script-src 'self';" in policy and "default-src 'none'" in policy


def test_the_hall_has_its_three_columns(world: World):
    live, _, _ = opened(world)
    soon = announced(world)
    ended, _ = closed(world)
    page = shown(Client(), "/auctions/")
    places = [page.index(f'id="{name}"') for name in ("live", "soon", "ended")]
    links = [page.index(f"/auctions/{lot}/") for lot in (live, soon, ended)]
    assert places[0] < links[0] < places[1] < links[1] < places[2] < links[2]


def test_the_home_page_counts_what_is_contested_now(world: World):
    for number in range(3):
        figures = re.sub("<[^>]+>", " ", shown(Client(), "/"))
        assert re.search(rf"正在竞价\s+(?:\[\d+\]\s+)?{number}\s+个标的", figures)
        opened(world)
    page = shown(Client(), "/")
    assert page.count('href="/auctions/"') >= 2 and "竞价大厅" in page


def test_pages_of_rooms_are_well_formed_for_everybody(world: World, contest):
    lot, _, _ = contest
    waiting, _ = prepared_equipment(world, "ascending")
    listed, _ = prepared(world)
    visitors = [
        Client(),
        *(browser(one) for one in (world.bidders[0], world.owner, world.operator, world.supervisor)),
    ]
    paths = ["/auctions/", *(f"/auctions/{one}/" for one in (lot, waiting, listed))]
    wrong = {path: faults(shown(visitor, path)) for visitor in visitors for path in paths}
    assert {path: found for path, found in wrong.items() if found} == {}


def test_pages_of_rooms_ask_few_questions_and_answer_quickly(world: World, contest):
    lot, paddles, seat = contest
    press(seat, OPENS + 90 * SECOND, *(offer(paddles[number % 3], number) for number in range(2, 60)))
    slow = {}
    for visitor in (Client(), browser(world.bidders[0])):
        for path in (
            "/auctions/",
            f"/auctions/{lot}/",
            f"/auctions/{lot}/state.json",
            f"/auctions/{lot}/offers.json",
        ):
            shown(visitor, path)
            with CaptureQueriesContext(connection) as asked:
                shown(visitor, path)
            took = min(timed(visitor, path) for _ in range(3))
            if len(asked) > STATEMENTS or took > SECONDS:
                slow[path] = (len(asked), round(took, 3))
    assert slow == {}


def test_statements_of_the_hall_do_not_grow(world: World):
    counts = []
    for _ in range(2):
        opened(world)
        announced(world)
        with clock(OPENS + 2 * MINUTE), CaptureQueriesContext(connection) as asked:
            Client().get("/auctions/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
