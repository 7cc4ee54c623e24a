"""./ggzy bench auction: offers a second through the doors of the live process, and what kill -9 loses.

What counts are acknowledged offers: accepted, committed durably, then answered. The baselines, in the same run and
from the same clients, are one transaction an offer with the room's row locked: (a) Django, (b) async Python, see
_plain.py. Who races for a row is often late and refused, so all answers are counted too, beside the offers.
Then the storm (_storm.py): processes and database killed amid the presses, and the clients' own logs held
against the journal.
"""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
import psutil

from bench.journal import FORKED, fdatasync, require_durable
from tools.system import free_port

ROOT = Path(__file__).resolve().parents[1]
SECONDS, KILLS = 4.0, 10
HOT, ROOMS, CROWD, WATCHERS = 64, 20, 20, 1000
START_S = 30.0


def main() -> int:
    parser = argparse.ArgumentParser("./ggzy bench auction")
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of each measurement; 0 for none")
    parser.add_argument(
        "--kills",
        type=int,
        default=KILLS,
        help="kill -9, of a live process, of its writer and of the database in turn",
    )
    parser.add_argument("--rooms", type=int, default=ROOMS, help="rooms beside the hot one")
    parser.add_argument("--crowd", type=int, default=CROWD, help="bidders in each of them")
    parser.add_argument("--watchers", type=int, default=WATCHERS, help="of the hot room")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ggzy.settings")
    django.setup()
    figures = measured(options) if options.seconds else {}
    from bench._storm import storm

    found = storm(options.kills) if options.kills else {"faults": [], "acknowledged": 0}
    if options.json:
        print(json.dumps({**figures, "storm": found}, ensure_ascii=False))
    else:
        for name, value in figures.items():
            print(f"  {name:<28}{value:>14,}")
        print("\n".join(found["faults"]))
    print(summary(figures, found))
    return 1 if found["faults"] else 0


def measured(options: argparse.Namespace) -> dict[str, float]:
    """The hot room with each door, watched and unwatched, beside the baselines; then many rooms."""
    import uvloop

    from bench._line import Http, Socket
    from bench._load import load

    require_durable()
    with FORKED.Pool(1) as alone:  # so that nothing below inherits a connection
        made = alone.apply(_made, (options.rooms, options.crowd))
    hot, crowd = made["hot"], made["crowd"]
    figures: dict[str, float] = {"cores": os.cpu_count() or 1, "fdatasync_per_s": round(fdatasync(1.0))}

    def take(
        name: str, port: int, kind: Any, seats: Sequence[Any] = hot, watchers: Sequence[str] = ()
    ) -> Any:
        found = uvloop.run(load(port, seats, options.seconds, kind, watchers))
        figures[f"{name}_per_s"] = round(found.accepted / found.seconds)
        figures[f"{name}_answers_per_s"] = round(found.per_second)
        figures[f"{name}_p50_ms"] = found.percentile(0.5)
        figures[f"{name}_p99_ms"] = found.percentile(0.99)
        return found

    for name in ("django", "async"):
        with baseline(name, made["plain"]) as port:
            take(name, port, Http)
    with live(made["ready"]) as (port, process):
        take("http", port, Http)
        take("socket", port, Socket)
        before = process.memory_info().rss
        watched = take("watched", port, Socket, watchers=[hot[0].lot] * options.watchers)
        figures["watchers"] = options.watchers
        figures["watch_p50_ms"], figures["watch_p99_ms"] = watched.late(0.5), watched.late(0.99)
        figures["watcher_kb"] = round(
            (process.memory_info().rss - before) / 1024 / max(1, options.watchers), 1
        )
        take(f"rooms_{options.rooms}_bidders_{len(crowd)}", port, Socket, crowd)
    figures["doors_p99_apart_ms"] = round(abs(figures["http_p99_ms"] - figures["socket_p99_ms"]), 1)
    for name in ("django", "async"):
        for what in ("per_s", "answers_per_s"):
            ratio = figures[f"socket_{what}"] / max(1, figures[f"{name}_{what}"])
            figures[f"times_{name}_{what.removesuffix('per_s')}".rstrip("_")] = round(ratio, 1)
    return figures


def _made(rooms: int, crowd: int) -> dict[str, Any]:
    from bench._load import Seat
    from bench._room import room, tokens
    from ggzy.foundation.identity import queries as identity
    from ggzy.trading.auctions.models import Auction

    def seats(paddles: int) -> list[Seat]:
        lot, _ = room(paddles)
        return [Seat(str(lot), f"{identity.COOKIE}={token}") for token in tokens(lot, paddles)]

    hot, (plain, _) = seats(HOT), room(2)
    others = [seat for _ in range(rooms) for seat in seats(crowd)]
    number = Auction.objects.get(lot_id=plain).pk
    return {"hot": hot, "crowd": others, "plain": number, "ready": hot[0].lot}


@contextmanager
def live(lot: str) -> Iterator[tuple[int, psutil.Process]]:
    """A live process that keeps the rooms, once it shows this one."""
    port = free_port()
    with served(
        [sys.executable, "-m", "ggzy.live", "--port", str(port), "--door", f":{port}"], {}
    ) as process:
        wait_for(f"http://127.0.0.1:{port}/rooms/{lot}/state")
        yield port, psutil.Process(process.pid)


@contextmanager
def baseline(name: str, auction: int) -> Iterator[int]:
    """One of the two plain servers, on a room of its own."""
    port = free_port()
    commands = {
        "django": [
            sys.executable, "-m", "gunicorn", "bench._plain:django_app", "--bind", f"127.0.0.1:{port}",
            "--worker-class", "gthread", "--workers", "2", "--threads", "16", "--keep-alive", "60", "--log-level", "warning",
        ],
        "async": [
            sys.executable, "-m", "uvicorn", "bench._plain:async_app", "--port", str(port), "--loop", "uvloop",
            "--http", "httptools", "--no-access-log", "--log-level", "warning",
        ],
    }  # fmt: skip
    with served(commands[name], {"BENCH_AUCTION": str(auction)}):
        wait_for_port(port)
        yield port


@contextmanager
def served(command: Sequence[str], told: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, env={**environment(), **told})
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def environment() -> dict[str, str]:
    """What a child of the bench is told."""
    told = {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "GGZY_LOG_LEVEL": "ERROR"}
    return {**os.environ, **told, "GGZY_PRESSES_PER_S": "1000000"}  # the engine is measured, not this limit


def wait_for_port(port: int) -> None:
    """Until somebody listens there: a baseline has nothing to say to a question."""
    limit = time.monotonic() + START_S
    while time.monotonic() < limit:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nobody listens on {port}")


def wait_for(address: str) -> None:
    """Until it answers."""
    limit = time.monotonic() + START_S
    while time.monotonic() < limit:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise TimeoutError(f"{address} does not answer")


def summary(figures: dict[str, float], found: dict[str, Any]) -> str:
    """The one line at the end."""
    told = (
        f"竞价室（{HOT} 个竞买人）：每秒受理 {figures['socket_per_s']:,} 次报价，p50 {figures['socket_p50_ms']}、"
        f"p99 {figures['socket_p99_ms']} 毫秒；同时测得 Django 行锁 {figures['django_per_s']:,}（{figures['times_django']} 倍）、"
        f"异步行锁 {figures['async_per_s']:,}（{figures['times_async']} 倍）；"
        f"{figures['watchers']:,} 个旁观者 p99 {figures['watch_p99_ms']} 毫秒；"
        if figures
        else ""
    )
    if not found["acknowledged"]:
        return told.rstrip("；")
    return told + (
        f"kill -9 值守进程 {found['process_kills']} 次、落笔进程 {found['writer_kills']} 次、"
        f"数据库 {found['database_kills']} 次，"
        f"已答复 {found['acknowledged']} 次报价，"
        f"接管最长 {found['takeover_max_s']} 秒，不符 {len(found['faults'])} 处"
    )


if __name__ == "__main__":
    sys.exit(main())
