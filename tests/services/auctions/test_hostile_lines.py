"""竞价室的门 under abuse: what is no text, no press or no end is refused with its reason, and the line stays."""

import json
import socket
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from websockets.sync.client import ClientConnection, connect

from bench._line import START
from tests.services.auctions.test_doors import Door, door, price

__all__ = ["door"]


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
