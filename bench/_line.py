"""Clients for the benches that cost little themselves: a socket or a kept HTTP line, one press at a time; and watchers.

The load is made on the cores that are measured, so a client here is a protocol with a future and no more.
"""

import asyncio
import base64
import json
import os
import struct
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import cast

HEADERS_END = b"\r\n\r\n"
TEXT, CLOSE = 0x1, 0x8
START, STEP = 100_000_00, 100_00


class Lost(ConnectionError):
    """The line is gone; what it last pressed may have been taken."""


class Line(asyncio.Protocol, ABC):
    """One keep-alive line of a bidder. `press` sends a text and waits for its answer."""

    def __init__(self, lot: str, cookie: str) -> None:
        self.lot, self.cookie = lot, cookie
        self.buffer = b""
        self.waits: asyncio.Future[bytes] | None = None
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._answered(None)

    async def press(self, text: bytes) -> bytes:
        """The answer's JSON. Raises Lost."""
        assert self.transport is not None
        if self.transport.is_closing():
            raise Lost
        self.waits = asyncio.get_running_loop().create_future()
        self.transport.write(self.framed(text))
        return await self.waits

    def _answered(self, answer: bytes | None) -> None:
        waits, self.waits = self.waits, None
        if waits is None or waits.done():
            return
        if answer is None:
            waits.set_exception(Lost())
        else:
            waits.set_result(answer)

    @abstractmethod
    def framed(self, text: bytes) -> bytes:
        """The text as this kind of line sends it."""

    def close(self) -> None:
        if self.transport is not None:
            self.transport.abort()


class Http(Line):
    """POST by POST on one connection."""

    def framed(self, text: bytes) -> bytes:
        head = f"POST /rooms/{self.lot}/offers HTTP/1.1\r\nhost: localhost\r\ncookie: {self.cookie}\r\n"
        return f"{head}content-type: application/json\r\ncontent-length: {len(text)}\r\n\r\n".encode() + text

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head, end, rest = self.buffer.partition(HEADERS_END)
        if not end:
            return
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        if len(rest) >= length:
            self.buffer = rest[length:]
            self._answered(rest[:length])


class Socket(Line):
    """A WebSocket (RFC 6455): only text frames, unfragmented, as our doors send them."""

    is_open = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        key = base64.b64encode(os.urandom(16)).decode()
        assert self.transport is not None
        self.waits = self.opening = asyncio.get_running_loop().create_future()
        self.transport.write(
            f"GET /rooms/{self.lot}/bid HTTP/1.1\r\nhost: localhost\r\nconnection: Upgrade\r\nupgrade: websocket\r\n"
            f"cookie: {self.cookie}\r\nsec-websocket-key: {key}\r\nsec-websocket-version: 13\r\n\r\n".encode()
        )

    async def opened(self) -> None:
        """Until the room has said which paddle this is. Raises Lost."""
        await self.opening

    def framed(self, text: bytes) -> bytes:
        length = len(text)
        size = bytes([0x80 | length]) if length < 126 else b"\xfe" + struct.pack("!H", length)
        return b"\x81" + size + bytes(4) + text  # a mask of zeros masks nothing

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if not self.is_open:
            _, end, rest = self.buffer.partition(HEADERS_END)
            if not end:
                return
            self.is_open, self.buffer = True, rest
        while (frame := self._frame()) is not None:
            kind, payload = frame
            if kind == TEXT and payload.startswith((b'{"kind":"answer"', b'{"kind":"self"')):
                self._answered(payload)
            elif kind == CLOSE:
                self.close()

    def _frame(self) -> tuple[int, bytes] | None:
        buffer = self.buffer
        if len(buffer) < 2:
            return None
        length, start = buffer[1] & 0x7F, 2
        if length == 126:
            length, start = struct.unpack("!H", buffer[2:4])[0], 4
        elif length == 127:
            length, start = struct.unpack("!Q", buffer[2:10])[0], 10
        if len(buffer) < start + length:
            return None
        self.buffer = buffer[start + length :]
        return buffer[0] & 0x0F, buffer[start : start + length]


@dataclass
class Watcher(asyncio.Protocol):
    """Server-sent events of one room: how late each tick was."""

    lot: str
    delays: list[float] = field(default_factory=list)
    skip: int = 1  # the first tick tells how things stand, however long ago
    buffer: bytes = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.transport.write(f"GET /rooms/{self.lot}/watch HTTP/1.1\r\nhost: localhost\r\n\r\n".encode())

    def data_received(self, data: bytes) -> None:
        place = data.find(b'"now":"')
        if place < 0:
            return
        if self.skip:
            self.skip -= 1
            return
        now = time.time()
        told = data[place + 7 : place + 39].decode()
        self.delays.append(now - _seconds(told))


def _seconds(told: str) -> float:
    from datetime import datetime

    return datetime.fromisoformat(told.partition('"')[0]).timestamp()


def text_of(press: str, units: int) -> bytes:
    """One offer as a program sends it."""
    return json.dumps(
        {"press": press, "kind": "price", "amount": {"measure": "money", "units": units}}
    ).encode()
