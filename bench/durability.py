"""./ggzy bench durability: kill -9 of the database and of its writers loses no acknowledged fact.

Writers record facts and note each receipt they were given. Again and again the whole database server or a
writer is killed in the middle of it. Afterwards every receipt must be in the journal, once, at its place; and
the same check must fail when the server answers before the disk has it (synchronous_commit off).
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tools.postgres import APP, OWNER, Server

ROOT = Path(__file__).resolve().parents[1]

KILLS = 20
SECONDS = 1.0
WRITERS = 4
DATABASE = "durability"
CONTROL_KILLS = 8
SILENCE_MAX = 30.0


@dataclass
class Outcome:
    """What happened: kills, receipts given, and receipts the journal does not keep."""

    database_kills: int = 0
    writer_kills: int = 0
    acknowledged: int = 0
    entries: int = 0
    lost: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def main() -> int:
    parser = argparse.ArgumentParser("./ggzy bench durability")
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    parser.add_argument(
        "--kills", type=int, default=KILLS, help="kill -9, of the database and of a writer in turn"
    )
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of load before each kill")
    parser.add_argument("--writer", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.writer:
        return write(options.writer)
    began = time.monotonic()
    with house() as home:
        safe = tried(home, options.kills, options.seconds)
        unsafe = control(home, options.seconds)
    figures = {
        "database_kills": safe.database_kills,
        "writer_kills": safe.writer_kills,
        "acknowledged": safe.acknowledged,
        "entries": safe.entries,
        "lost": len(safe.lost),
        "faults": safe.faults,
        "control_kills": unsafe.database_kills,
        "control_acknowledged": unsafe.acknowledged,
        "control_lost": len(unsafe.lost),
        "seconds": round(time.monotonic() - began, 1),
    }
    holds = not safe.lost and not safe.faults and safe.acknowledged > 0 and bool(unsafe.lost)
    print(
        json.dumps(figures, ensure_ascii=False)
        if options.json
        else "\n".join(map(str, safe.lost + safe.faults))
    )
    print(summary(figures, holds))
    return 0 if holds else 1


def summary(figures: dict[str, object], holds: bool) -> str:
    """The one line at the end."""
    return (
        f"{'通过' if holds else '不通过'}：kill -9 数据库 {figures['database_kills']} 次、写入方 {figures['writer_kills']} 次，"
        f"已回执 {figures['acknowledged']} 条，丢失 {figures['lost']} 条；"
        f"对照（synchronous_commit=off）：杀 {figures['control_kills']} 次，"
        f"已回执 {figures['control_acknowledged']} 条，丢失 {figures['control_lost']} 条"
    )


def tried(home: Path, kills: int, seconds: float) -> Outcome:
    """Load and kill, the database and a writer in turn; then the journal against the receipts."""
    outcome, receipts = Outcome(), _made(home / "safe")
    server = Server(home / "db")
    server.start()
    writers = [started(server, receipts / str(number)) for number in range(WRITERS)]
    try:
        for turn in range(kills):
            _wait_for_load(receipts, seconds)
            if turn % 2:
                _kill(writers[turn % WRITERS])
                writers[turn % WRITERS] = started(server, receipts / str(turn % WRITERS))
                outcome.writer_kills += 1
            else:
                kill_server(server)
                server.start()
                outcome.database_kills += 1
        _wait_for_load(receipts, seconds)
    finally:
        for writer in writers:
            _kill(writer)
    compare(server, receipts, outcome)
    server.stop()
    return outcome


def control(home: Path, seconds: float) -> Outcome:
    """The same check on a server that promises too early: it must find a loss, or it finds nothing at all."""
    whole = Outcome()
    for turn in range(CONTROL_KILLS):
        outcome, receipts = Outcome(), _made(home / f"unsafe-{turn}")
        server = Server(home / "db", settings={"synchronous_commit": "off"})
        server.start()
        writers = [started(server, receipts / str(number)) for number in range(WRITERS)]
        _wait_for_load(receipts, seconds)
        kill_server(server)
        for writer in writers:
            _kill(writer)
        server = Server(home / "db")
        server.start()
        compare(server, receipts, outcome)
        server.stop()
        whole.database_kills += 1
        whole.acknowledged += outcome.acknowledged
        whole.lost += outcome.lost
        if whole.lost:
            break
    return whole


def compare(server: Server, receipts: Path, outcome: Outcome) -> None:
    """Every receipt is in the journal, at its height, with its chain value; the journal itself is whole."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "shell", "-c", WALK],
        env=_environment(server, APP), capture_output=True, check=True, cwd=ROOT,
    )  # fmt: skip
    walked = json.loads(done.stdout.decode().splitlines()[-1])
    stored = {tuple(row) for row in walked["entries"]}
    given = [tuple(line.split()) for file in sorted(receipts.iterdir()) for line in _whole_lines(file)]
    outcome.acknowledged = len(given)
    outcome.entries = len(stored)
    outcome.lost = [" ".join(row) for row in given if row not in stored]
    outcome.faults = walked["faults"] + _doubled(walked["entries"])


WALK = """
import json
from bench import _facts
from ggzy.foundation.journal import queries
rows = [
    (entry.header.request, str(entry.header.height), entry.header.chain.hex())
    for entry in queries.disclosed("bench/")
]
print(json.dumps({"entries": rows, "faults": queries.audit().faults}))
"""


def _doubled(entries: list[list[str]]) -> list[str]:
    counts = Counter(row[0] for row in entries)
    return [f"{request} 记了 {number} 次" for request, number in counts.items() if number > 1]


def write(file: Path) -> int:
    """A writer: records facts for ever, and notes each receipt after it was given one. It retries what failed."""
    import django

    django.setup()
    from django.db import DatabaseError, connection

    from bench._facts import tell
    from ggzy.kernel.actor import Actor

    number = sum(1 for _ in file.open()) if file.exists() else 0
    with file.open("ab", buffering=0) as receipts:
        while True:
            actor = Actor.system(f"{file.parent.name}-{file.name}-{number}")
            try:
                receipt = tell(actor, f"{number % 3}", number)
            except DatabaseError:
                connection.close()
                time.sleep(0.05)
                continue
            receipts.write(f"{receipt.request} {receipt.height} {receipt.chain.hex()}\n".encode())
            number += 1


def started(server: Server, file: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, __file__, "--writer", str(file)],
        env=_environment(server, APP), stderr=subprocess.DEVNULL, cwd=ROOT,
    )  # fmt: skip


def kill_server(server: Server) -> None:
    """kill -9 of the postmaster and of every process it has made, none of which may still write."""
    assert server.process is not None, "the server runs"
    os.kill(server.process.pid, signal.SIGSTOP)
    for child in _children(server.process.pid):
        os.kill(child, signal.SIGKILL)
    server.kill()


def _children(parent: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(words[1]) == parent:
            found.append(int(status.parent.name))
    return found


def _kill(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()


def _wait_for_load(receipts: Path, seconds: float) -> None:
    """That many seconds in which receipts are really given."""
    before, limit = _given(receipts), time.monotonic() + SILENCE_MAX
    while _given(receipts) == before:
        assert time.monotonic() < limit, "no writer gets a receipt"
        time.sleep(0.02)
    time.sleep(seconds)


def _given(receipts: Path) -> int:
    return sum(file.stat().st_size for file in receipts.iterdir())


def _whole_lines(file: Path) -> Iterator[str]:
    """A writer killed in the middle of noting a receipt has not shown it to anybody."""
    return (line for line in file.read_text().split("\n")[:-1] if len(line.split()) == 3)


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


@contextmanager
def house() -> Iterator[Path]:
    """A folder on the disk of the real data, with a database in it that has the journal's tables."""
    place = Path(os.environ.get("GGZY_VAR") or ROOT / "var").resolve()
    place.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix="durability-", dir=place))
    home.chmod(0o711)
    try:
        server = Server(home / "db")
        server.start()
        server.ensure_database(DATABASE)
        subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), "migrate", "journal", "--skip-checks", "-v0"],
            env=_environment(server, OWNER), check=True, cwd=ROOT,
        )  # fmt: skip
        server.stop()
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _environment(server: Server, role: str) -> dict[str, str]:
    told = {"GGZY_MODE": "test", "DJANGO_SETTINGS_MODULE": "tests.settings", "GGZY_SIGNER_SOCKET": ""}
    return {
        **os.environ,
        **told,
        "DATABASE_URL": server.url(DATABASE, role),
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "GGZY_LOG_LEVEL": "ERROR",
    }


if __name__ == "__main__":
    sys.exit(main())
