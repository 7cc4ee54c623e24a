"""竞价室的门: state, stream, press and socket; all say the same and are answered by the same writer."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from weakref import WeakValueDictionary

from django.conf import settings
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Forbidden
from ggzy.kernel.verdict import Reason, Refused
from ggzy.trading.auctions.live.doorman import Doorman, Stranger, may_call
from ggzy.trading.auctions.live.house import House
from ggzy.trading.auctions.live.line import Away, NotHere
from ggzy.trading.auctions.live.pace import Pace
from ggzy.trading.auctions.live.showing import Showing, dumps, event
from ggzy.trading.auctions.rules import reading, telling
from ggzy.trading.auctions.values import Answer, Offer

HEALTHY_S, BODY_S = 5.0, 10.0
STATUS: Mapping[type[Exception], int] = {
    Stranger: 401,
    Forbidden: 403,
    NotHere: 421,
    Away: 503,
    Refused: 400,
}
REFUSED, TOO_OFTEN, AT_ONCE = 409, 429, 4
TOO_SLOW = Reason("too_slow", f"内容没有在 {BODY_S:.0f} 秒内发完", remedy="请检查网络后重新提交")
CLOSED_BY_US = 4000  # plus the status: what a socket is closed with
CHANGES_THE_SELF = frozenset({"proxy", "unproxy", "join", "waive"})
Handler = Callable[[Request], Awaitable[Response]]

log = logging.getLogger("ggzy.live")


def routes(house: Callable[[], House]) -> list[BaseRoute]:
    """The doors of one live process."""
    doors = Doors(house, Doorman())
    return [
        Route("/now", doors.guarded(doors.now)),
        Route("/health", doors.health),
        Route("/rooms/{lot}/state", doors.guarded(doors.state)),
        Route("/rooms/{lot}/watch", Watch(house)),
        Route("/rooms/{lot}/offers", doors.guarded(doors.offers), methods=["POST", "OPTIONS"]),
        WebSocketRoute("/rooms/{lot}/bid", doors.bid),
    ]


class Doors:
    def __init__(self, house: Callable[[], House], doorman: Doorman) -> None:
        self.house, self.doorman = house, doorman
        self.turns: WeakValueDictionary[tuple[LotCode, int], asyncio.Semaphore] = WeakValueDictionary()
        self.pace = Pace(settings.PRESSES_PER_S)
        self.too_often = Reason(
            "too_often",
            f"操作太密：每秒最多 {self.pace.per_s} 次，这一次没有受理，也没有留痕",
            remedy="请稍候再试",
        )

    def guarded(self, handle: Handler) -> Handler:
        """The page that calls is ours; what goes wrong is answered with its reason."""

        async def answer(request: Request) -> Response:
            origin = ""
            try:
                origin = may_call(request.headers)
                if request.method == "OPTIONS":
                    response = Response(status_code=204)
                else:
                    response = await handle(request)
            except tuple(STATUS) as error:
                response = said(wrong(error), _status(error))
            except Exception:
                log.exception("a door failed")
                response = said(wrong(Away()), _status(Away()))
            response.headers.update({name.decode(): value.decode() for name, value in shared(origin)})
            return response

        return answer

    async def now(self, request: Request) -> Response:
        """现在: for measuring how far the clock of a page is off."""
        return said({"now": telling.instant(self.house().now())})

    async def health(self, request: Request) -> Response:
        """健康: how long ago the writer did its last sound turn."""
        age = time.monotonic() - self.house().at
        is_well = age < HEALTHY_S
        told = {"ok": is_well, "age_s": round(age, 3), "rooms": len(self.house().kept)}
        return said(told, 200 if is_well else 503)

    async def state(self, request: Request) -> Response:
        """实况 now, with the last offers."""
        showing = self.house().room(request.path_params["lot"])
        return Response(showing.whole(), media_type="application/json")

    async def offers(self, request: Request) -> Response:
        """报价 by a plain request."""
        lot = LotCode(request.path_params["lot"])
        badge = await self.doorman.bidder(request.cookies, lot)
        text = (await _body(request)).decode("utf-8", "replace")
        answer = await self.press(lot, reading.offer_of(text, badge.paddle))
        response = said(telling.answer(answer), 200 if answer.is_accepted else REFUSED)
        if answer.reasons == (self.too_often,):
            response.status_code, response.headers["Retry-After"] = TOO_OFTEN, "1"
        return response

    async def press(self, lot: LotCode, offer: Offer) -> Answer:
        """受理一次操作. One who floods the room waits for itself alone: so many at once, then the next."""
        self.house().room(lot)
        if not self.pace.lets((lot, offer.paddle), time.monotonic()):
            return Answer(offer.paddle, offer.press, (self.too_often,), None)
        async with self.turns.setdefault((lot, offer.paddle), asyncio.Semaphore(AT_ONCE)):
            return await self.house().press(lot, offer)

    async def bid(self, socket: WebSocket) -> None:
        """报价 by a socket that also tells how the room stands."""
        lot = LotCode(socket.path_params["lot"])
        try:
            may_call(socket.headers)
            badge = await self.doorman.bidder(socket.cookies, lot)
            showing = self.house().room(lot)
        except (Stranger, Forbidden, NotHere, Away) as error:
            await socket.accept()
            await socket.close(CLOSED_BY_US + _status(error), str(error))
            return
        await socket.accept()
        await Line(self, socket, lot, showing, badge.paddle).run()


class Line:
    """一条连线 of a bidder: hears presses one after another, tells ticks and answers."""

    def __init__(self, doors: Doors, socket: WebSocket, lot: LotCode, showing: Showing, paddle: int) -> None:
        self.doors, self.socket, self.lot, self.showing, self.paddle = doors, socket, lot, showing, paddle

    async def run(self) -> None:
        await self.tell_own()
        await self.socket.send_text(self.showing.whole())
        teller = asyncio.create_task(self._tell())
        try:
            while True:
                text = await self._hear()
                if not await self._is_ping(text):
                    await self._answer(text)
        except (WebSocketDisconnect, RuntimeError):
            pass  # the bidder's line is gone; what it pressed is answered when it comes again
        finally:
            teller.cancel()

    async def _hear(self) -> str:
        """What came, as text: bytes too, so that what cannot be read is refused and the line stays."""
        said = await self.socket.receive()
        if said["type"] != "websocket.receive":
            raise WebSocketDisconnect
        text: str | None = said.get("text")
        return said["bytes"].decode("utf-8", "replace") if text is None else text

    async def tell_own(self) -> None:
        own = await self.doors.house().own(self.lot, self.paddle)
        if own is not None:
            await self.socket.send_text(dumps(own))

    async def _tell(self) -> None:
        """实况, the latest whenever it changed. A line that is slow misses what lay between."""
        while True:
            seen, changed = self.showing.version, self.showing.changed
            await changed.wait()
            if self.showing.is_over:
                gone = NotHere()
                await self.socket.close(CLOSED_BY_US + _status(gone), str(gone))
                return
            if self.showing.version != seen:
                await self.socket.send_text(self.showing.text)

    async def _is_ping(self, text: str) -> bool:
        if not text.startswith('{"ping"'):
            return False
        number = text[len('{"ping":') : -1].strip()
        now = telling.instant(self.doors.house().now())
        if number.isdecimal() and len(number) < 20:
            await self.socket.send_text(dumps({"kind": "pong", "ping": int(number), "now": now}))
        return True

    async def _answer(self, text: str) -> None:
        try:
            badge = await self.doors.doorman.bidder(self.socket.cookies, self.lot)
            self.paddle = badge.paddle
            offer = reading.offer_of(text, badge.paddle)
            answer = await self.doors.press(self.lot, offer)
            await self.socket.send_text(dumps(telling.answer(answer)))
            if offer.kind.value in CHANGES_THE_SELF:
                await self.tell_own()
        except NotHere as error:
            await self.socket.close(CLOSED_BY_US + _status(error), str(error))
        except tuple(STATUS) as error:
            await self.socket.send_text(dumps(wrong(error)))
        except (WebSocketDisconnect, RuntimeError):
            raise
        except Exception:
            log.exception("a door failed")
            await self.socket.send_text(dumps(wrong(Away())))


class Watch:
    """旁观: server-sent events, written with as little as the protocol needs, for there may be thousands."""

    def __init__(self, house: Callable[[], House]) -> None:
        self.house = house

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name.decode().lower(): value.decode("latin-1") for name, value in scope["headers"]}
        try:
            origin = may_call(headers)
            showing = self.house().room(scope["path_params"]["lot"])
        except (Stranger, NotHere) as error:
            response = said(wrong(error), _status(error))
            response.headers.update({n.decode(): v.decode() for n, v in shared(headers.get("origin", ""))})
            await response(scope, receive, send)
            return
        kind = (b"content-type", b"text/event-stream; charset=utf-8")
        await send({"type": "http.response.start", "status": 200, "headers": [kind, *shared(origin)]})
        first = event(showing.head, showing.whole())
        await send({"type": "http.response.body", "body": first, "more_body": True})
        watcher = asyncio.create_task(_watch(showing, send))
        try:
            while (await receive())["type"] != "http.disconnect":
                pass
        finally:
            watcher.cancel()


async def _watch(showing: Showing, send: Send) -> None:
    while not showing.is_over:
        await showing.changed.wait()
        await send({"type": "http.response.body", "body": showing.stream, "more_body": not showing.is_over})


async def _body(request: Request) -> bytes:
    """As much as a press may have, in the time it may take; one byte more tells that it is too long."""
    whole = b""
    try:
        async with asyncio.timeout(BODY_S):
            async for part in request.stream():
                whole += part
                if len(whole) > 4 * reading.RAW_MAX:
                    break
    except TimeoutError:
        raise Refused([TOO_SLOW]) from None
    return whole


def said(what: Mapping[str, Any], status: int = 200) -> Response:
    return Response(dumps(what), status, media_type="application/json")


def wrong(error: Exception) -> Mapping[str, Any]:
    """What stands in the way, every reason, in words."""
    if isinstance(error, Refused):
        reasons = [
            {"code": one.code, "text": one.text, "article": one.article, "remedy": one.remedy}
            for one in error.reasons
        ]
    else:
        reasons = [{"code": type(error).__name__.lower(), "text": str(error), "article": "", "remedy": ""}]
    return {
        "kind": "answer",
        "press": "",
        "accepted": False,
        "reasons": reasons,
        "duplicate": False,
        "receipt": None,
    }


def _status(error: Exception) -> int:
    return next(status for kind, status in STATUS.items() if isinstance(error, kind))


def shared(origin: str) -> list[tuple[bytes, bytes]]:
    """Headers by which a page of our own host may read what another port of it says; and none may keep it."""
    common = [(b"cache-control", b"no-store"), (b"x-accel-buffering", b"no")]
    if not origin:
        return common
    return [
        *common,
        (b"access-control-allow-origin", origin.encode("latin-1")),
        (b"access-control-allow-credentials", b"true"),
        (b"access-control-allow-headers", b"content-type"),
        (b"access-control-allow-methods", b"GET, POST"),
        (b"access-control-max-age", b"600"),
        (b"vary", b"origin"),
    ]
