"""竞价控制台、竞价监督和回放: who may open them, what they stop, what they show and from when."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client

from ggzy.foundation.journal import queries as journal
from ggzy.trading.auctions import queries, services
from ggzy.trading.auctions.values import AuctionState
from tests.pages.auction_walk import shown
from tests.pages.markup import faults
from tests.services.auctions.stage import (
    MINUTE,
    OPENS,
    SECOND,
    kinds,
    offer,
    opened,
    prepared_equipment,
    press,
)
from tests.world import World, browser, clock

HOUR = timedelta(hours=1)
AT = OPENS + 3 * MINUTE


def desk(lot, path: str = "room/") -> str:
    return f"/desk/lots/{lot}/auction/{path}"


def send(world: World, lot, verb: str, at=AT, **data: str):
    with clock(at):
        return browser(world.operator).post(desk(lot, f"room/{verb}/"), data)


def test_only_the_centre_opens_the_console_and_only_supervisors_watch(world: World, contest):
    lot, _, _ = contest
    everybody = {
        "owner": world.owner, "agency": world.agency, "operator": world.operator, "supervisor": world.supervisor,
        "inspector": world.inspector, "auditor": world.auditor, "bidder": world.bidders[0],
        "other owner": world.other_owner, "other supervisor": world.other_supervisor,
    }  # fmt: skip
    with clock(AT):
        codes = {
            path: {who: browser(player).get(desk(lot, path)).status_code for who, player in everybody.items()}
            for path in ("room/", "room/pause/", "watch/")
        }
    shut = dict.fromkeys(everybody, 403) | {"other owner": 404, "other supervisor": 404}
    assert codes["room/"] == codes["room/pause/"] == {**shut, "operator": 200}
    assert codes["watch/"] == {**shut, "supervisor": 200, "inspector": 200, "auditor": 200}
    for path in ("room/", "watch/"):
        assert "/sign-in/" in Client().get(desk(lot, path)).headers["Location"]


def test_a_pause_wants_a_reason_and_is_resumed(world: World, contest):
    lot, _, _ = contest
    answer = send(world, lot, "pause", reason=" ")
    assert answer.status_code == 422 and queries.auction(lot).state is AuctionState.OPEN
    answer = send(world, lot, "pause", reason="交易系统线路检修")
    assert (answer.status_code, answer.headers["Location"]) == (303, desk(lot))
    assert queries.auction(lot).state is AuctionState.PAUSED
    page = shown(browser(world.operator), desk(lot), AT + MINUTE)
    assert "竞价已经暂停" in page and "交易系统线路检修" in page and desk(lot, "room/resume/") in page
    answer = send(world, lot, "pause", AT + MINUTE, reason="再次")
    assert answer.status_code == 422 and "竞价已经暂停" in answer.content.decode()
    assert send(world, lot, "resume", AT + 10 * MINUTE).status_code == 303
    room = queries.room(lot)
    assert room is not None and room.end is not None and room.end - (OPENS + 70 * MINUTE) < 2 * SECOND
    assert kinds(lot).count("auction.paused") == kinds(lot).count("auction.resumed") == 1


def test_the_same_form_twice_pauses_once(world: World, contest):
    lot, _, _ = contest
    for _ in range(2):
        assert send(world, lot, "pause", reason="停电", request="form-pause-1").status_code == 303
    assert kinds(lot).count("auction.paused") == 1


@pytest.mark.parametrize(
    ("paddle", "words"),
    [("1", "本场没有 1 号牌"), ("abc", "缺少号牌号码或不是整数"), ("", "请填写本项"), ("99999999", "号牌")],
)
def test_a_paddle_that_is_none_is_refused_with_the_reason(world: World, contest, paddle, words):
    lot, _, _ = contest
    answer = send(world, lot, "bar", paddle=paddle, ground="frozen", reason="冒用他人证书")
    assert answer.status_code == 422 and words in answer.content.decode()


def test_a_paddle_is_stopped_and_cleared(world: World, contest):
    lot, paddles, _ = contest
    assert send(world, lot, "clear", paddle=str(paddles[0]), reason="误操作").status_code == 422
    full_width = str(paddles[0]).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert (
        send(world, lot, "bar", paddle=full_width, ground="frozen", reason="冒用他人证书").status_code == 303
    )
    page = shown(browser(world.operator), desk(lot), AT + MINUTE)
    assert f"{paddles[0]} 号牌</strong>" in page and "冒用他人证书" in page
    (answer,) = press(services.take(lot), AT + MINUTE, offer(paddles[0], 2))
    assert [reason.code for reason in answer.reasons] == ["frozen"]
    assert send(world, lot, "clear", AT + MINUTE, paddle=str(paddles[0]), reason="误操作").status_code == 303
    assert "<h3>停用的号牌" not in shown(browser(world.operator), desk(lot), AT + 2 * MINUTE)


def test_an_outage_stops_the_clock_from_its_beginning(world: World, contest):
    lot, _, _ = contest
    gap = {"since": "2026-06-22 09:10:05", "until": "2026-06-22 09:20:35"}
    assert (
        send(world, lot, "still", OPENS + 21 * MINUTE, since=gap["until"], until=gap["since"]).status_code
        == 422
    )
    assert send(world, lot, "still", OPENS + 21 * MINUTE, **gap).status_code == 303
    page = shown(Client(), f"/auctions/{lot}/", OPENS + 22 * MINUTE)
    assert "平台中断，竞价已停表" in page and "09:10:05" in page


def test_there_is_no_console_before_the_room_and_no_step_of_another_name(world: World, contest):
    from tests.services.auctions.stage import announced

    lot, _, _ = contest
    with clock(AT):
        assert browser(world.operator).get(desk(announced(world))).status_code == 404
        assert browser(world.operator).get(desk(lot, "room/shout/")).status_code == 404


def test_the_operator_sees_no_more_of_the_contest_than_the_public(world: World, contest):
    lot, paddles, seat = contest
    (answer,) = press(seat, OPENS + 2 * MINUTE, offer(paddles[0], 0))
    page = shown(browser(world.operator), desk(lot))
    assert answer.reasons and answer.reasons[0].text not in page
    assert [one.name for one in world.bidders if one.organisation_name in page] == []
    assert str(paddles[2]) not in page  # it has a paddle and has not offered


def test_refusals_and_names_are_told_to_supervisors_after_the_end_alone(world: World, contest):
    lot, paddles, seat = contest
    (answer,) = press(seat, OPENS + 2 * MINUTE, offer(paddles[0], 0))
    page = shown(browser(world.supervisor), desk(lot, "watch/"))
    assert "竞价结束后可以查看" in page and answer.reasons[0].text not in page
    assert world.bidders[0].organisation_name not in page
    with clock(OPENS + 2 * HOUR):
        services.take(lot).serve()
    page = shown(browser(world.supervisor), desk(lot, "watch/"), OPENS + 2 * HOUR + MINUTE)
    assert (
        answer.reasons[0].text in re.sub("<[^>]+>", "", page) and world.bidders[0].organisation_name in page
    )
    assert str(paddles[2]) in page


def test_what_is_unusual_is_shown_with_its_facts(world: World):
    lot, paddles, seat = opened(world)
    press(seat, OPENS + MINUTE, offer(paddles[0], 0), offer(paddles[1], 30))
    page = shown(browser(world.supervisor), desk(lot, "watch/"))
    assert "大幅报价" in page and "比最低可报数额多 29 个幅度" in page and "可能的正常原因" in page
    assert "大幅报价" not in shown(Client(), f"/auctions/{lot}/")


def test_the_film_tells_every_public_fact_with_its_height(over):
    lot, paddles = over
    at = OPENS + 3 * HOUR
    page = shown(Client(), f"/auctions/{lot}/film/", at)
    film = json.loads(shown(Client(), f"/auctions/{lot}/film.json", at))
    assert film["next"] is None
    public = [
        fact.height
        for fact in journal.facts(subject=queries.stream(lot, 1))
        if fact.audience.value == "public"
    ]
    assert [frame["height"] for frame in film["frames"]] == public
    for frame in film["frames"]:
        assert frame["text"] in page and f"/verify/?q={frame['height']}" in page
    assert film["frames"][-1]["leader"] == paddles[1] and film["frames"][-1]["phase"] == "已结束"


def test_the_film_is_read_in_pieces(over, monkeypatch):
    lot, _ = over
    whole = json.loads(shown(Client(), f"/auctions/{lot}/film.json", OPENS + 3 * HOUR))["frames"]
    monkeypatch.setattr("ggzy.trading.auctions.views.film.FRAMES", 2)
    frames, after = [], 0
    while after is not None:
        piece = json.loads(shown(Client(), f"/auctions/{lot}/film.json?after={after}", OPENS + 3 * HOUR))
        frames += piece["frames"]
        after = piece["next"]
    assert frames == whole and len(frames) > 3


def test_the_film_shows_refusals_to_supervisors_after_the_end_alone(world: World, contest):
    lot, paddles, seat = contest
    press(seat, OPENS + 2 * MINUTE, offer(paddles[0], 0))
    with clock(OPENS + 2 * HOUR):
        services.take(lot).serve()
    refused = f"{paddles[0]} 号的操作 2,590,000.00 元未接受"
    at = OPENS + 2 * HOUR + MINUTE
    assert refused in shown(browser(world.supervisor), f"/auctions/{lot}/film/", at)
    for visitor in (Client(), browser(world.bidders[0]), browser(world.operator), browser(world.owner)):
        assert refused not in shown(visitor, f"/auctions/{lot}/film/", at)


def test_there_is_no_film_before_anything_happened(world: World):
    from tests.services.auctions.stage import announced

    assert Client().get(f"/auctions/{announced(world)}/film/").status_code == 404


def test_pages_of_the_desk_and_the_film_are_well_formed(world: World, contest):
    lot, _, _ = contest
    operator = browser(world.operator)
    pages = [
        *((operator, desk(lot, path)) for path in ("room/", "room/pause/", "room/bar/", "room/still/")),
        (browser(world.supervisor), desk(lot, "watch/")),
        (Client(), f"/auctions/{lot}/film/"),
    ]
    wrong = {path: faults(shown(visitor, path)) for visitor, path in pages}
    assert {path: found for path, found in wrong.items() if found} == {}


def test_the_sealing_order_is_for_a_bidder_with_a_paddle(world: World):
    lot, paddles = prepared_equipment(world, "sealed_offer")
    with clock(OPENS + MINUTE):
        order = browser(world.bidders[0]).get(desk(lot, "seal.json")).json()
        codes = {
            who: browser(player).get(desk(lot, "seal.json")).status_code
            for who, player in {
                "fourth": world.bidders[3],
                "owner": world.owner,
                "operator": world.operator,
            }.items()
        }
    assert (order["bid"], order["bidder"]) == (str(paddles[0]), world.bidders[0].organisation)
    assert codes == {"fourth": 404, "owner": 403, "operator": 403}


def test_what_is_no_sealed_offer_is_refused_with_its_reason(world: World):
    lot, _ = prepared_equipment(world, "sealed_offer")
    with clock(OPENS + MINUTE):
        sender = browser(world.bidders[0])
        for body, status in ((b"", 422), (b"1" * 100, 422), (b"1" * 300_000, 413)):
            answer = sender.post(desk(lot, "sealed/"), body, content_type="application/octet-stream")
            assert answer.status_code == status and answer.json()["reasons"], body[:3]
        stranger = browser(world.bidders[3]).post(
            desk(lot, "sealed/"), b"1", content_type="application/octet-stream"
        )
        assert stranger.status_code == 422
    page = shown(browser(world.bidders[0]), f"/auctions/{lot}/")
    assert faults(page) == [] and "开启以前任何人不能查看报价和报价人数" in page
