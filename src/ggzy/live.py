"""The live process: auction rooms and those who watch them. A small Starlette application of the apps' live doors.

    python -m ggzy.live --port 8001 --door :8001

Any number may run, on any machine that reaches the database: each keeps the rooms that nobody living keeps.
Each starts a second process, which writes for its rooms (--writer): the doors do not slow the one writer.
"""

import argparse
import gc
import os
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import django
import uvicorn
from starlette.applications import Starlette

STOP_S = 5
MESSAGE_BYTES_MAX = 16 * 1024
SILENCE_S = 20.0


def application(door: str) -> Starlette:
    """The doors of one live process; `door` is where browsers find them."""
    from ggzy.trading.auctions.live import House, routes

    keeping: dict[str, Any] = {}

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        house = keeping["house"] = House(door)
        house.start()
        yield
        await house.stop()

    return Starlette(routes=routes(lambda: keeping["house"]), lifespan=lifespan)


def write(line: int, keeper: UUID, door: str) -> None:
    """The writer behind the doors: until its line says so, or ends."""
    from ggzy.trading.auctions.live import Committer, Line

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # the doors end first, and then tell
    with socket.socket(fileno=line) as ours:
        Committer(keeper, door, Line(ours)).run()


def main() -> None:
    parser = argparse.ArgumentParser(prog="live", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="where it listens")
    parser.add_argument("--port", type=int, help="its port")
    parser.add_argument(
        "--door", required=True, help="where browsers find it: :PORT or /PATH of the page's host"
    )
    parser.add_argument("--writer", type=int, metavar="LINE", help="be the writer, at this end of a line")
    parser.add_argument("--keeper", type=UUID, help="under which name the writer keeps rooms")
    chosen = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ggzy.settings")
    django.setup()
    gc.collect()
    gc.freeze()  # what was loaded stays: nobody waits for it to be looked through again
    if chosen.writer is not None:
        write(chosen.writer, chosen.keeper, chosen.door)
        return
    uvicorn.run(
        application(chosen.door), host=chosen.host, port=chosen.port, loop="uvloop", http="httptools",
        ws="websockets-sansio", ws_max_size=MESSAGE_BYTES_MAX, ws_ping_interval=SILENCE_S, ws_ping_timeout=SILENCE_S,
        ws_per_message_deflate=False, timeout_graceful_shutdown=STOP_S, access_log=False, log_level="warning",
        server_header=False,
    )  # fmt: skip


if __name__ == "__main__":
    main()
