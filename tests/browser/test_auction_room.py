"""The auction room as people meet it: offers by keyboard in two steps, a broken line, a phone, two stories."""

import json
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from ggzy.foundation.identity import services as identity
from ggzy.foundation.journal import queries as journal
from ggzy.trading.auctions import queries, services
from ggzy.trading.auctions.rules import telling
from ggzy.trading.auctions.values import POINT, Amount, Bar, Entry, Fall, Measure
from tests.browser.contrasts import CONTRASTS
from tests.browser.live_room import LATER, Live, entered, equity, kept, sale
from tests.browser.rooms import live
from tests.browser.served import Gate
from tests.services.auctions.stage import (
    DAY,
    MINUTE,
    OPENS,
    SECOND,
    certified,
    offer,
    prepared,
    price,
)
from tests.world import World, browser, clock

__all__ = ["live"]
DAY_AND_TENTH = re.compile(r"\d+月\d+日 \d\d:\d\d:\d\d\.\d")
pytestmark = pytest.mark.browser


@pytest.fixture
def bidder(world: World, live: Live, window) -> Callable[..., Page]:
    """The room as the first bidder sees it."""

    def enter(width: int = 1280, client: Client | None = None) -> Page:
        return entered(live, window, client or browser(world.bidders[0]), width)

    return enter


def test_an_offer_takes_two_strokes_of_the_keyboard_and_gives_a_receipt(live: Live, bidder):
    page = bidder()
    least = page.locator("[data-extra='0']")
    expect(least).to_have_text("报 2,620,000.00 元")
    least.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("#ask")
    expect(dialog).to_contain_text("2,620,000.00 元")
    expect(dialog).to_contain_text("贰佰陆拾贰万元整")
    expect(dialog.locator("[data-confirm]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-answer]")).to_contain_text("✓ 报价已接受：2,620,000.00 元")
    (sent,) = live.heard
    assert sent["amount"] == {"measure": "money", "units": 262_000_000} and len(sent["press"]) == 32
    code = page.locator("[data-answer] a").inner_text()
    assert journal.receipt(code).fact.event.press == sent["press"]
    expect(page.locator("[data-standing]")).to_have_text("✓ 您的报价领先")
    expect(page.locator(".ladder li").first).to_contain_text("第 4 次")
    expect(page.locator("[data-own] li").first).to_contain_text("✓ 已接受")
    expect(least).to_be_disabled()
    assert live.visitors[-1].complaints == []


def test_escape_leaves_without_an_offer(live: Live, bidder):
    page = bidder()
    page.locator("[data-extra='5']").click()
    expect(page.locator("#ask")).to_contain_text("2,670,000.00 元")
    page.keyboard.press("Escape")
    expect(page.locator("#ask")).to_be_hidden()
    expect(page.locator("[data-extra='5']")).to_be_focused()
    assert live.heard == []


@pytest.mark.parametrize(
    ("typed", "figure"),
    [
        ("263万", "2,630,000.00 元"),
        ("2，640，000", "2,640,000.00 元"),
        ("贰佰陆拾伍万元整", "2,650,000.00 元"),
    ],
)
def test_an_amount_is_typed_in_any_form_people_write(live: Live, bidder, typed, figure):
    page = bidder()
    field = page.locator("#bid-amount")
    field.fill(typed)
    field.press("Enter")
    expect(page.locator("[data-ask-figure]")).to_have_text(figure)
    page.keyboard.press("Enter")
    expect(page.locator("[data-answer]")).to_contain_text(f"已接受：{figure}")


@pytest.mark.parametrize(
    ("typed", "mistake"),
    [
        ("很多钱", "无法识别"),
        ("0", "报价应大于零，收到的是零"),
        ("90,000,000,000,000", "报价超出可受理的范围"),
        ("99,999,999,999,999,999,999", "过大"),
    ],
)
def test_what_cannot_be_read_is_said_at_the_field(live: Live, bidder, typed, mistake):
    page = bidder()
    page.locator("#bid-amount").fill(typed)
    page.locator("#bid-amount").press("Enter")
    expect(page.locator("#bid-free [data-mistake]")).to_contain_text(mistake)
    expect(page.locator("#ask")).to_be_hidden()
    expect(page.locator("#bid-amount")).to_be_focused()
    assert live.heard == []


def test_a_refusal_gives_every_reason_and_what_to_do(live: Live, bidder):
    page = bidder()
    page.locator("#bid-amount").fill("2,605,000.01")
    page.locator("#bid-amount").press("Enter")
    expect(page.locator("[data-ask-note]")).to_contain_text("最低可报 2,620,000.00 元，这个数额不会被接受。")
    page.keyboard.press("Enter")
    refusal = page.locator("[data-refusal]")
    expect(refusal).to_contain_text("与当前报价相差不足一个幅度")
    expect(refusal).to_contain_text("报价应不低于 2,620,000.00 元")
    expect(refusal).to_contain_text("报价不是增减幅度的整数倍")
    expect(refusal.locator("a")).to_have_attribute("href", re.compile("/verify/"))


def test_a_price_that_moves_while_one_confirms_is_said(live: Live, bidder):
    page = bidder()
    page.locator("[data-extra='0']").click()
    live.rival(live.paddles[1], 4)
    note = page.locator("[data-ask-note]")
    expect(note).to_contain_text("刚刚有新的报价，当前价 2,630,000.00 元")
    expect(note).to_contain_text("这个数额不会被接受")


def test_a_press_without_answer_is_sent_again_under_its_own_name_and_counts_once(live: Live, bidder):
    page = bidder()
    live.is_deaf = True
    page.locator("[data-extra='0']").click()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('[data-answer]').textContent.includes('等待平台答复')")
    live.is_deaf = False
    live.lines[-1].close()
    expect(page.locator("[data-answer]")).to_contain_text("✓ 报价已接受")
    assert len({one["press"] for one in live.heard}) == 1 and len(live.heard) >= 2
    assert live.seat.room.seq == 4
    expect(page.locator("[data-lamp]")).to_contain_text("实时")
    expect(page.locator(".ladder li")).to_have_count(4)


def test_a_line_that_outlived_the_net_is_shown_alive_again(live: Live, bidder):
    page = bidder()
    lamp = page.locator("[data-lamp]")
    page.evaluate("dispatchEvent(new Event('offline'))")
    expect(lamp).to_contain_text("连接中断")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(lamp).to_contain_text("实时")
    assert len(live.lines) == 1, "the same line"


def test_a_missing_line_is_never_guessed(live: Live, bidder):
    page = bidder()
    live.seat.press([offer(live.paddles[1], 3)])
    live.told = 4  # its tick is lost
    live.rival(live.paddles[2], 4)
    expect(page.locator(".ladder li")).to_have_count(5)
    expect(page.locator("[data-gap]")).to_be_hidden()
    seqs = page.locator(".ladder li").evaluate_all("rows => rows.map((row) => row.value)")
    assert seqs == [5, 4, 3, 2, 1]


def test_what_is_asked_again_keeps_the_day_of_each_offer(live: Live, bidder):
    page = bidder()
    gate = Gate()
    page.route("**/offers.json*", gate.take)
    # The offers are of a later day than the one the page was told.
    page.locator(".ladder").evaluate("list => { list.dataset.day = '2020-01-01'; }")
    live.rival(live.paddles[1], 3)
    expect(page.locator(".ladder time").first).to_have_text(DAY_AND_TENTH)
    live.seat.press([offer(live.paddles[2], 4)])
    live.told = 5  # its tick is lost
    live.rival(live.paddles[1], 5)
    expect(page.locator("[data-gap]")).to_have_text(
        re.compile(r"^可能遗漏了 \d+月\d+日 \d\d:\d\d:\d\d 之后的报价，正在补齐。$")
    )
    gate.open()
    expect(page.locator(".ladder li")).to_have_count(6)
    expect(page.locator(".ladder time")).to_have_text([DAY_AND_TENTH] * 6)


def test_a_proxy_is_set_and_withdrawn(live: Live, bidder):
    page = bidder()
    page.locator(".bid-proxy summary").click()
    page.locator("#proxy-limit").fill("300万")
    page.locator("#proxy-limit").press("Enter")
    expect(page.locator("#ask")).to_contain_text("上限只有您自己看得到")
    page.keyboard.press("Enter")
    expect(page.locator("[data-proxy-now]")).to_have_text("3,000,000.00 元")
    expect(page.locator("[data-standing]")).to_contain_text("领先")
    live.rival(live.paddles[1], 8)
    expect(page.locator(".ladder li").first).to_contain_text("自动")
    page.get_by_role("button", name="撤销自动出价").click()
    page.keyboard.press("Enter")
    expect(page.locator("[data-proxy-now]")).to_have_text("未设定")


def _set_proxy(page: Page) -> None:
    page.locator(".bid-proxy summary").click()
    page.locator("#proxy-limit").fill("300万")
    page.locator("#proxy-limit").press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("[data-answer]")).to_contain_text("✓ 设定自动出价已接受")


def test_a_second_window_of_a_bidder_shows_what_was_done_in_the_first(world: World, live: Live, bidder):
    first, second = bidder(), bidder()
    _set_proxy(first)
    second.evaluate("dispatchEvent(new Event('focus'))")
    expect(second.locator("[data-proxy-now]")).to_have_text("3,000,000.00 元")
    expect(second.locator("[data-proxy-set]")).to_have_js_property("hidden", False)
    expect(second.locator("[data-own] li").first).to_contain_text("设定自动出价")
    actor = world.operator.acts()

    def bar() -> None:
        services.bar_paddle(actor, live.seat.lot, live.paddles[0], Bar.FROZEN, "核查中")

    live.alone(bar)
    second.evaluate("dispatchEvent(new Event('focus'))")
    expect(second.locator("[data-bar]")).to_have_text("号牌已停用：核查中，不能报价")
    expect(second.locator("[data-own] li").filter(has_text="设定自动出价")).to_have_count(1)
    expect(second.locator("[data-own] li").filter(has_text="2,590,000.00 元")).to_have_count(1)


def test_an_act_answered_by_a_plain_request_is_shown_as_it_stands(live: Live, bidder, monkeypatch):
    page = bidder()
    monkeypatch.setattr(
        telling, "own", lambda room, paddle: {"kind": "nothing"}
    )  # the request tells only the answer
    _set_proxy(page)
    expect(page.locator("[data-proxy-now]")).to_have_text("3,000,000.00 元")


def test_a_falling_price_is_computed_by_the_page_and_taken(world: World, window, monkeypatch):
    fall = Fall(interval_s=60, floor=price(-20))
    lot, paddles, seat = sale(world, "descending", fall=fall, lasts=21 * MINUTE)
    with clock(OPENS + 10 * MINUTE + 30 * SECOND):
        live = kept(lot, paddles, seat, monkeypatch)
        page = entered(live, window, browser(world.bidders[0]))
        expect(page.locator("[data-price]")).to_have_text("2,490,000.00 元")
        expect(page.locator("[data-next-fall]")).to_contain_text("秒后降价")
        page.get_by_role("button", name="应价 2,490,000.00 元").click()
        expect(page.locator("#ask")).to_contain_text("以平台收到时的价格成交")
        page.keyboard.press("Enter")
        expect(page.locator("[data-answer]")).to_contain_text("已接受")
        assert seat.room.leader is not None and seat.room.leader.amount == price(-10)
        expect(page.locator("[data-part=result]")).to_contain_text("2,490,000.00 元")
        assert live.visitors[-1].complaints == []


def test_a_weighted_offer_shows_its_points_before_it_is_made(world: World, window, monkeypatch):
    lot, paddles, seat = equity(world)
    with clock(LATER + 10 * MINUTE):
        live = kept(lot, paddles, seat, monkeypatch)
        page = entered(live, window, browser(world.bidders[0]))
        page.locator("#bid-price").fill("309万")
        page.locator("#bid-item-1").fill("5")
        expect(page.locator("[data-score]")).to_have_text("65.0000")
        page.locator("#bid-item-1").press("Enter")
        expect(page.locator("#ask")).to_contain_text("付款年限 5年")
        page.keyboard.press("Enter")
        expect(page.locator("[data-answer]")).to_contain_text("已接受：3,090,000.00 元")
        assert seat.room.leader is not None and seat.room.leader.items == (Decimal(5),)
        assert seat.room.leader.score == Amount(Measure.POINTS, 65 * POINT)
        assert live.visitors[-1].complaints == []


def test_who_is_asked_says_that_it_goes_on(world: World, window, monkeypatch):
    lot, paddles = prepared(world, asking_s=300, entry=Entry.JOINED, lasts=10 * DAY)
    with clock(OPENS):
        seat = services.take(lot)
        seat.serve()
        seat.press([offer(paddles[1], 0)])
    with clock(OPENS + 10 * DAY + MINUTE):
        seat.serve()
        live = kept(lot, paddles, seat, monkeypatch)
        page = entered(live, window, browser(world.bidders[0]))
        page.get_by_role("button", name="继续竞价").click()
        page.keyboard.press("Enter")
        expect(page.locator("[data-answer]")).to_contain_text("表示参加已接受")
        expect(page.get_by_text("✓ 您已表示继续竞价。")).to_be_visible()
        assert live.visitors[-1].complaints == []


def test_a_sealed_offer_is_encrypted_in_the_browser_and_named_by_its_digest(
    world: World, window, monkeypatch
):
    lot, paddles, seat = sale(world, "sealed_offer")
    bidder = certified(world.bidders[0])
    key = identity.demo_key_file(bidder.certificate, bidder.key, "correct horse")
    with clock(OPENS + 10 * MINUTE):
        live = kept(lot, paddles, seat, monkeypatch)
        page = entered(live, window, browser(bidder))
        page.locator("[data-key]").set_input_files({"name": "单位.key", "mimeType": "", "buffer": key})
        page.locator("[data-password]").fill("wrong horse")
        page.locator("#sealed-price").fill("268万")
        page.locator("#sealed-price").press("Enter")
        expect(page.locator("#ask")).to_contain_text("贰佰陆拾捌万元整")
        page.keyboard.press("Enter")
        expect(page.locator("[data-refusal]")).to_contain_text("口令不正确", timeout=60_000)
        page.locator("[data-password]").fill("correct horse")
        page.locator("#sealed-price").press("Enter")
        expect(page.locator("#ask")).to_be_visible()
        page.keyboard.press("Enter")
        expect(page.locator("[data-answer]")).to_contain_text("递交密封报价已接受", timeout=60_000)
        (sealed,) = seat.room.sealed
        (sent,) = live.heard
        assert sealed.digest == sent["digest"] and sent["amount"] is None
        assert "268000000" not in json.dumps(sent) and live.visitors[-1].complaints == []


def test_two_chains_for_one_height_raise_an_alarm_and_are_kept(live: Live, bidder):
    page = bidder()
    forged = live.tick(3)
    forged["state"]["chain"] = "ab" * 32
    live.lines[-1].send(json.dumps(forged))
    alarm = page.locator("[data-alarm]")
    expect(alarm).to_be_visible()
    expect(alarm).to_contain_text("abababababababab")
    (kept,) = json.loads(page.evaluate("localStorage.getItem('ggzy.equivocation')"))
    assert kept["head"] == live.seat.head and kept["second"]["chain"] == "ab" * 32


def test_a_pause_takes_the_offers_away_and_gives_them_back(world: World, live: Live, bidder):
    page = bidder()
    services.pause(world.operator.acts(), live.seat.lot, "线路检修")
    live.seat = services.take(live.seat.lot)
    live.tell()
    expect(page.locator("[data-part=bands]")).to_contain_text("线路检修")
    expect(page.locator("[data-extra='0']")).to_be_hidden()
    expect(page.locator("[data-part=now] [data-left]")).to_have_text("停止计时")
    services.resume(world.operator.acts(), live.seat.lot)
    live.seat = services.take(live.seat.lot)
    live.tell()
    expect(page.locator("[data-extra='0']")).to_be_visible()
    expect(page.locator("[data-part=bands]")).to_be_empty()


def test_a_watcher_without_a_live_process_reads_the_state_every_two_seconds(live: Live, window, monkeypatch):
    monkeypatch.setattr(queries, "door", lambda lot, host, is_secure: "")
    visitor = window(Client())
    page = visitor.go(live.path)
    expect(page.locator("[data-lamp]")).to_contain_text("每 2 秒更新一次")
    live.seat.press([offer(live.paddles[1], 3)])
    expect(page.locator(".ladder li").first).to_contain_text("第 4 次")
    expect(page.locator("[data-price]")).to_have_text("2,620,000.00 元")
    assert (visitor.complaints, visitor.outside) == ([], [])


def test_without_script_the_state_at_load_is_shown(world: World, live: Live, window):
    page = window(Client(), script=False).go(live.path)
    text = page.locator("main").inner_text()
    assert "2,610,000.00 元" in text and "第 3 次" in text and "5 分" in text
    page = window(browser(world.bidders[0]), script=False).go(live.path)
    assert "报价需要浏览器脚本" in page.locator("#panel").inner_text()
    expect(page.locator("#panel button:visible")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_the_room_fits(world: World, live: Live, bidder, window, width: int):
    bidder(width)
    large = browser(world.bidders[0])
    large.cookies["ui_type"] = "large"
    visitors = [window(Client(), width), window(large, width)]
    paths = [live.path, "/auctions/"]
    assert (
        live.visitors[-1].wide(live.path)
        + [found for one in visitors for path in paths for found in one.wide(path)]
        == []
    )


def test_the_offer_stays_within_reach_of_the_thumb(live: Live, bidder):
    page = bidder(360)
    for where in (0, 10_000):
        page.evaluate(f"scrollTo(0, {where})")
        box = page.locator("[data-extra='0']").bounding_box()
        assert box and box["y"] + box["height"] <= 800 and box["y"] > 500 and box["height"] >= 44


@pytest.mark.parametrize("contrast", ["", "high", "dark"])
def test_the_room_stands_out_from_its_ground(world: World, live: Live, bidder, contrast: str):
    client = browser(world.bidders[0])
    client.cookies["ui_contrast"] = contrast
    page = bidder(client=client)
    assert page.evaluate(CONTRASTS) == []
    page.locator("[data-extra='0']").click()
    assert page.evaluate(CONTRASTS) == []


def test_every_stop_of_the_keyboard_is_seen_in_the_room(live: Live, bidder):
    page = bidder()
    unseen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        name, style = page.evaluate(
            "() => { const a = document.activeElement, s = getComputedStyle(a);"
            " return [a.tagName + a.textContent.slice(0, 12), s.outlineStyle]; }"
        )
        if name.startswith("BODY"):
            break
        unseen += [name] if style == "none" else []
    assert unseen == []


def test_the_price_is_spoken_and_the_countdown_runs_by_the_platform(live: Live, bidder):
    page = bidder()
    expect(page.locator("[data-part=now] [data-left]")).to_have_text(re.compile("5 分|6 分"))
    live.rival(live.paddles[1], 3)
    expect(page.locator("[data-voice]")).to_have_text(f"当前价 2,620,000.00 元，{live.paddles[1]} 号")


def test_who_may_not_offer_any_more_is_told_and_goes_on_watching(live: Live, bidder):
    page = bidder()
    live.lines[-1].close(code=4403, reason="只有竞买人可以报价，请切换到投标人身份")
    expect(page.locator("[data-bar]")).to_contain_text("只有竞买人可以报价")
    expect(page.locator("[data-lamp]")).not_to_contain_text("实时")


def test_an_answer_about_the_line_ends_what_is_in_flight(live: Live, bidder):
    page = bidder()
    live.is_deaf = True
    page.locator("[data-extra='0']").click()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('[data-answer]').textContent.includes('等待平台答复')")
    reason = {"code": "stranger", "text": "请先登录", "article": "", "remedy": ""}
    lost = {
        "kind": "answer",
        "press": "",
        "accepted": False,
        "reasons": [reason],
        "duplicate": False,
        "receipt": None,
    }
    live.lines[-1].send(json.dumps(lost))
    expect(page.locator("[data-refusal]")).to_contain_text("请先登录")
    assert live.seat.room.seq == 3


def test_an_extension_is_shown_and_spoken(live: Live, bidder):
    page = bidder()
    expect(page.locator("[data-until]")).to_contain_text("10:00:00 结束")
    with clock(OPENS + 58 * MINUTE):
        live.rival(live.paddles[1], 3)
    expect(page.locator("[data-until]")).to_contain_text("已延长至 6月22日 10:03:00 结束")
    expect(page.locator("[data-extensions]")).to_have_text("1 次")
    expect(page.locator("[data-voice]")).to_contain_text("竞价时间已延长至")
