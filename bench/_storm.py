"""The storm of the auction bench: kill -9 of live processes, of their writers and of the database while bidders press.

A database of its own, two live processes with folders of their own as on two machines, bidders who send some
presses twice, some late, and every unanswered one again under the same name. Afterwards each answer a bidder
was given must stand in the journal, once, at its height, and the room must stand its audit.
"""

import asyncio
import itertools
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from bench._line import START, STEP, Http, Line, Lost, Socket, text_of
from bench.durability import kill_server
from tools.postgres import APP, OWNER, Server
from tools.system import free_port

ROOT = Path(__file__).resolve().parents[1]
DATABASE = "ggzy_storm"
BIDDERS, TWICE, LATE = 8, 0.1, 0.1
CALM_S, ANSWER_S, AGAIN_S, PATIENCE_S = (0.5, 1.5), 3.0, 0.1, 60.0


@dataclass
class Group:
    """A live process with a folder of its own, as it would be on another machine."""

    home: Path
    told: dict[str, str]
    port: int
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "ggzy.live", "--port", str(self.port), "--door", f":{self.port}"]
        told = {**self.told, "GGZY_VAR": str(self.home)}
        self.process = subprocess.Popen(command, env=told, stderr=subprocess.DEVNULL, cwd=ROOT)

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def kill_writer(self) -> None:
        """The process behind the doors, which writes; they start another."""
        assert self.process is not None, "a group that was started"
        for writer in psutil.Process(self.process.pid).children():
            writer.kill()


@dataclass
class Weather:
    """What happened, and what each bidder noted of its answers: press, height, whether it was accepted."""

    process_kills: int = 0
    writer_kills: int = 0
    database_kills: int = 0
    answers: list[tuple[str, int, bool]] = field(default_factory=list)
    takeovers: list[float] = field(default_factory=list)
    turn: int = 0
    is_over: bool = False
    since: float = 0.0


def storm(kills: int) -> dict[str, Any]:
    """The figures, and every fault in words."""
    with house() as (home, server, told):
        made = _asked(told, "make", str(BIDDERS))
        groups = [Group(home / name, told, free_port()) for name in ("first", "second")]
        for group in groups:
            group.home.mkdir()
            group.start()
        try:
            weather = asyncio.run(_blow(kills, made, groups, server))
        finally:
            for group in groups:
                group.kill()
        faults = _asked(told, "compare", made["lot"], json.dumps(weather.answers))["faults"]
        # The same check must find an answer that nobody was given, or it finds nothing at all.
        more = _asked(
            told, "compare", made["lot"], json.dumps([*weather.answers, ("never-pressed", 1, True)])
        )
        assert len(more["faults"]) == len(faults) + 1, "the check misses an answer that is not there"
    return {
        "process_kills": weather.process_kills,
        "writer_kills": weather.writer_kills,
        "database_kills": weather.database_kills,
        "acknowledged": len(weather.answers),
        "accepted": sum(is_accepted for _, _, is_accepted in weather.answers),
        "takeover_max_s": round(max(weather.takeovers, default=0.0), 2),
        "faults": faults,
    }


async def _blow(kills: int, made: dict[str, Any], groups: list[Group], server: Server) -> Weather:
    weather, chance = Weather(), random.Random(7)
    bidders = [
        asyncio.create_task(_bid(weather, made, number, groups, random.Random(number)))
        for number in range(len(made["cookies"]))
    ]
    for turn in range(kills):
        await _answers(weather)
        await asyncio.sleep(chance.uniform(*CALM_S))
        weather.since = time.monotonic()
        if turn % 3 == 2:
            kill_server(server)
            server.start()  # not in a thread: the server dies with the thread that started it
            weather.database_kills += 1
            continue
        group = await _keeper(made["lot"], groups)
        if turn % 3 == 1:
            group.kill_writer()
            weather.writer_kills += 1
        else:
            await asyncio.to_thread(group.kill)
            weather.process_kills += 1
            await _answers(weather)
            group.start()
    await _answers(weather)
    weather.is_over = True
    await asyncio.wait_for(asyncio.gather(*bidders), PATIENCE_S)
    return weather


async def _answers(weather: Weather) -> None:
    """Until somebody is answered again; how long that took since the last kill."""
    before, limit = len(weather.answers), time.monotonic() + PATIENCE_S
    while len(weather.answers) == before:
        assert time.monotonic() < limit, "no bidder is answered"
        await asyncio.sleep(0.01)
    if weather.since:
        weather.takeovers.append(time.monotonic() - weather.since)
        weather.since = 0.0


async def _bid(
    weather: Weather, made: dict[str, Any], number: int, groups: list[Group], chance: random.Random
) -> None:
    """One bidder: presses, and presses the same again until it is answered."""
    kind: type[Line] = Http if number % 2 else Socket
    line: Line | None = None
    while not weather.is_over:
        turn, weather.turn = weather.turn, weather.turn + 1
        press = f"storm-{turn:08d}"
        text = text_of(press, START + turn * STEP)
        if chance.random() < LATE:
            await asyncio.sleep(chance.uniform(0, 1))
        answers = 0
        while answers < 1 + (chance.random() < TWICE):
            if line is None:
                line = await _line(kind, made, number, groups, chance)
            try:
                told = json.loads(await asyncio.wait_for(line.press(text), ANSWER_S))
            except (Lost, TimeoutError):
                line.close()
                line = None
                continue
            if told.get("press") != press or not told["receipt"]:
                line.close()
                line = None
                await asyncio.sleep(AGAIN_S)
                continue
            answers += 1
            weather.answers.append((press, told["receipt"]["height"], told["accepted"]))
    if line is not None:
        line.close()


async def _line(
    kind: type[Line], made: dict[str, Any], number: int, groups: list[Group], chance: random.Random
) -> Line:
    """A line to whichever process lets it in."""
    loop = asyncio.get_running_loop()
    while True:
        group = chance.choice(groups)
        with suppress(OSError, Lost, TimeoutError):
            _, line = await loop.create_connection(
                lambda: kind(made["lot"], made["cookies"][number]), "127.0.0.1", group.port
            )
            if isinstance(line, Socket):
                await asyncio.wait_for(line.opened(), ANSWER_S)
            return line
        await asyncio.sleep(AGAIN_S)


async def _keeper(lot: str, groups: list[Group]) -> Group:
    """The process that shows the room; any when none does."""
    for group in groups:
        with suppress(OSError):
            reader, writer = await asyncio.open_connection("127.0.0.1", group.port)
            writer.write(
                f"GET /rooms/{lot}/state HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n".encode()
            )
            first = await reader.readline()
            writer.close()
            if b" 200 " in first:
                return group
    return groups[0]


@contextmanager
def house() -> Iterator[tuple[Path, Server, dict[str, str]]]:
    """A database of its own on the disk of the real data, with every table in it."""
    place = Path(os.environ.get("GGZY_VAR") or ROOT / "var").resolve()
    place.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix="storm-", dir=place))
    home.chmod(0o711)
    server = Server(home / "db")
    try:
        server.start()
        server.ensure_database(DATABASE)
        told = {
            **os.environ, "GGZY_MODE": "demo", "GGZY_PRESSES_PER_S": "1000000", "DJANGO_SETTINGS_MODULE": "ggzy.settings",
            "GGZY_SIGNER_SOCKET": str(home / "none"), "GGZY_VAR": str(home),
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "GGZY_LOG_LEVEL": "ERROR",
        }  # fmt: skip
        owner = {**told, "DATABASE_URL": server.url(DATABASE, OWNER)}
        migrate = [sys.executable, str(ROOT / "manage.py"), "migrate", "--skip-checks", "-v0"]
        subprocess.run(migrate, env=owner, check=True, cwd=ROOT)
        yield home, server, {**told, "DATABASE_URL": server.url(DATABASE, APP)}
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)


def _asked(told: dict[str, str], *words: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "bench._storm", *words[:1]], input="\n".join(words[1:]).encode(),
        env=told, cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    answer: dict[str, Any] = json.loads(done.stdout.decode().splitlines()[-1])
    return answer


def make(bidders: int) -> dict[str, Any]:
    """A room that is open now, and a session for each of its bidders."""
    from bench._room import room, tokens
    from ggzy.foundation.identity import queries as identity

    lot, _ = room(bidders)
    return {"lot": str(lot), "cookies": [f"{identity.COOKIE}={token}" for token in tokens(lot, bidders)]}


def compare(lot: str, answers: list[tuple[str, int, bool]]) -> dict[str, Any]:
    """Each answer stands at its height, each offer once and above the last; the room and the journal are whole."""
    from ggzy.foundation.journal import queries as journal
    from ggzy.kernel.codes import LotCode
    from ggzy.trading.auctions import queries, rules

    code = LotCode(lot)
    facts = list(journal.facts(subject=queries.stream(code, 1)))
    stood = {
        (fact.event.press, fact.height): fact.kind == "offer.made"
        for fact in facts
        if hasattr(fact.event, "press")
    }
    faults = [
        f"已答复而不在留痕中：{one}"
        for one in sorted(set(map(tuple, answers)))
        if stood.get((one[0], one[1])) is not one[2]
    ]
    made = [fact.event for fact in facts if fact.kind == "offer.made"]
    if len({press for press, _ in stood}) != len(stood):
        faults.append("同一操作记了两次")
    if any(after.amount.units <= before.amount.units for before, after in itertools.pairwise(made)):
        faults.append("报价不是递增的")
    events = [fact.event for fact in facts]
    faults += [f"核验：{flaw}" for flaw in rules.audit(queries.formats()["ascending"], events)]
    if rules.fold(journal.facts(prefix=f"lot/{lot}")) != queries.standing(code):
        faults.append("折叠与现状不一致")
    return {"faults": faults + list(journal.audit().faults)}


def main(words: list[str]) -> int:
    import django

    django.setup()
    said = sys.stdin.read().split("\n")
    told = make(int(said[0])) if words[0] == "make" else compare(said[0], json.loads(said[1]))
    print(json.dumps(told, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
