"""竞价室的门 under abuse: what is no text, no press or no end is refused with its reason, and the line stays."""

import asyncio
import json
import socket
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any, cast
from urllib.parse import quote, urlsplit

import pytest
from starlette.requests import Request
from starlette.responses import Response
from websockets.sync.client import ClientConnection, connect

from bench._line import START
from ggzy.kernel.codes import CreditCode, LotCode, RegionCode
from ggzy.trading.auctions.live.doorman import Badge, Doorman, Stranger, may_call
from ggzy.trading.auctions.live.doors import AT_ONCE, Doors
from ggzy.trading.auctions.live.pace import BURST, KEPT_MAX, Pace
from ggzy.trading.auctions.values import Answer, Offer
from tests.services.auctions.door import Door, door, price

__all__ = ["door"]
LOT = "C02-12990100000000019C-20261021-000001-S"
CODE = CreditCode.make(authority="91", region=RegionCode("980100"), serial=1)


@pytest.fixture
def line(door: Door) -> Iterator[ClientConnection]:
    """The socket of a bidder."""
    address = door.url.replace("http", "ws") + f"/rooms/{quote(door.lot, safe='')}/bid"
    with connect(address, additional_headers={"Cookie": door.cookies[2]}) as line:
        yield line


def answer(line: ClientConnection, said: str | bytes) -> Any:
    """What the door says to it."""
    line.send(said)
    while True:
        told = json.loads(line.recv(timeout=30))
        if told["kind"] == "answer":
            return told


@pytest.mark.parametrize("said", [b"\xff\xfe\x00{", b"", b"[]", "{", "[1]"])
def test_a_socket_outlives_what_is_no_press(line: ClientConnection, said: str | bytes):
    told = answer(line, said)
    assert [reason["code"] for reason in told["reasons"]] == ["unreadable"] and not told["accepted"]
    after = answer(line, json.dumps(price(f"after-{time.monotonic_ns()}", START - 1)))
    assert "start" in {reason["code"] for reason in after["reasons"]} and after["receipt"]["code"]


def test_a_press_in_bytes_is_a_press(line: ClientConnection):
    told = answer(line, json.dumps(price(f"bytes-{time.monotonic_ns()}", -1)).encode())
    assert [reason["code"] for reason in told["reasons"]] == ["not_positive"] and told["receipt"]["code"]


class Counting:
    """A house that counts how many presses of each paddle it holds at once, and holds them until it is let go."""

    def __init__(self) -> None:
        self.held: Counter[int] = Counter()
        self.goes = asyncio.Event()

    def room(self, lot: str) -> None:
        """Every room is kept here."""

    async def press(self, lot: str, offer: Offer) -> Answer:
        self.held[offer.paddle] += 1
        await self.goes.wait()
        return Answer(offer.paddle, offer.press, (), None)


class Letting:
    """A doorman who knows everybody."""

    async def bidder(self, cookies: Any, lot: LotCode) -> Badge:
        return Badge("bidder", CODE, 1001)


def test_who_floods_a_room_waits_for_itself_alone():
    async def flood() -> tuple[Counter[int], int]:
        house = Counting()
        doors = Doors(cast(Any, lambda: house), Doorman())
        doors.pace.per_s = 1_000_000
        offers = [Offer(1001, f"flood-{number}") for number in range(100)] + [Offer(1002, "calm")]
        pressed = [asyncio.create_task(doors.press(LotCode(LOT), offer)) for offer in offers]
        for _ in range(10):
            await asyncio.sleep(0)
        held = house.held.copy()
        house.goes.set()
        return held, len(await asyncio.gather(*pressed))

    held, answered = asyncio.run(flood())
    assert held == {1001: AT_ONCE, 1002: 1} and answered == 101


def test_one_paddle_presses_so_often_and_no_more():
    pace = Pace(5)
    assert [pace.lets(1001, 0.0) for _ in range(BURST + 1)] == [True] * BURST + [False]
    assert pace.lets(1002, 0.0) and not pace.lets(1001, 0.1)
    assert pace.lets(1001, 0.25) and not pace.lets(1001, 0.25)
    assert [pace.lets(1001, 60.0) for _ in range(BURST + 1)] == [True] * BURST + [False]


def test_who_presses_too_often_is_told_so_by_the_name_of_the_press(settings: Any):
    settings.PRESSES_PER_S = 1

    async def flood() -> list[Answer]:
        house = Counting()
        house.goes.set()
        doors = Doors(cast(Any, lambda: house), Doorman())
        return [
            await doors.press(LotCode(LOT), Offer(1001, f"flood-{number}")) for number in range(BURST + 2)
        ]

    told = asyncio.run(flood())
    assert all(one.is_accepted for one in told[:BURST])
    assert [(one.press, one.reasons[0].code, one.receipt) for one in told[BURST:]] == [
        (f"flood-{number}", "too_often", None) for number in (BURST, BURST + 1)
    ]


def test_too_often_is_429_with_a_time_to_come_again(settings: Any):
    settings.PRESSES_PER_S = 1
    house, doorman = Counting(), Letting()
    house.goes.set()
    doors = Doors(cast(Any, lambda: house), cast(Any, doorman))

    async def body() -> dict[str, Any]:
        return {"type": "http.request", "body": json.dumps(price("press-again", START)).encode()}

    async def flood() -> list[Response]:
        scope = {"type": "http", "path_params": {"lot": LOT}, "headers": []}
        return [await doors.offers(Request(scope, body)) for _ in range(BURST + 1)]

    *first, last = asyncio.run(flood())
    assert {one.status_code for one in first} == {200}
    assert (last.status_code, last.headers["retry-after"]) == (429, "1")


def test_what_many_paddles_leave_behind_is_forgotten():
    pace = Pace(5)
    for paddle in range(KEPT_MAX + 1):
        pace.lets(paddle, paddle * 1.0)
    assert len(pace._left) < 10


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        ({"host": "a.example"}, "缺少代理标头"),
        ({"x-forwarded-for": "10.1.1.1", "origin": "null"}, "其他网站"),
        ({"x-forwarded-for": "10.1.1.1", "origin": "http://[", "host": "a.example"}, "其他网站"),
        ({"x-forwarded-for": "10.1.1.1", "origin": "http://a.example", "host": "["}, "其他网站"),
    ],
)
def test_who_is_turned_away_unknown_is_logged(
    settings: Any, caplog: pytest.LogCaptureFixture, headers: dict[str, str], words: str
):
    settings.BEHIND_PROXY = True
    with pytest.raises(Stranger, match=words):
        may_call(headers)
    assert words in caplog.text


def test_a_body_that_never_ends_is_not_waited_for(door: Door):
    place = urlsplit(door.url)
    head = (
        f"POST /rooms/{quote(door.lot, safe='')}/offers HTTP/1.1\r\nHost: {place.netloc}\r\n"
        f"Cookie: {door.cookies[1]}\r\nContent-Length: 500\r\nConnection: close\r\n\r\n"
    )
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=60) as slow:
        slow.sendall(head.encode() + b'{"press":')
        said = b"".join(iter(lambda: slow.recv(65536), b"")).decode()
    assert said.startswith("HTTP/1.1 400") and "too_slow" in said
