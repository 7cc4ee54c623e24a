"""竞价室的门 for tests: a live process of its own, a room behind it, and what is sent there."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tools.postgres import APP, OWNER, Server
from tools.system import free_port

ROOT = Path(__file__).parents[3]
DATABASE = "ggzy_doors"
BOUNDARY_S = 40.0


@dataclass
class Door:
    """A live process and the room behind it."""

    url: str
    lot: str
    cookies: list[str]
    database: str
    process: int

    def ask(self, path: str, said: str | None = None, **headers: str) -> tuple[int, Any]:
        """Status and JSON of an answer."""
        data = None if said is None else said.encode()
        request = urllib.request.Request(self.url + path, data, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            body = error.read()
            return error.code, json.loads(body) if body.startswith(b"{") else body.decode()

    def press(self, said: Any, bidder: int = 0, **headers: str) -> tuple[int, Any]:
        text = said if isinstance(said, str) else json.dumps(said)
        told = {"Content-Type": "application/json", "Cookie": self.cookies[bidder], **headers}
        return self.ask(f"/rooms/{self.lot}/offers", text, **told)

    def children(self) -> list[int]:
        """The processes that the doors started: the writer."""
        return [
            int(pid) for pid in Path(f"/proc/{self.process}/task/{self.process}/children").read_text().split()
        ]

    def refused(self) -> int:
        """How many refusals the journal keeps."""
        with psycopg.connect(self.database) as connection:
            row = connection.execute(
                "SELECT count(*) FROM journal_entry WHERE kind = 'offer.refused'"
            ).fetchone()
        assert row is not None
        return int(row[0])


@pytest.fixture(scope="module")
def door(postgres: Server | None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    if postgres is None:
        pytest.skip("needs the embedded database")
    postgres.drop_database(DATABASE)
    postgres.ensure_database(DATABASE)
    told = {
        **os.environ,
        "GGZY_MODE": "demo",
        "DJANGO_SETTINGS_MODULE": "ggzy.settings",
        "GGZY_VAR": str(tmp_path_factory.mktemp("doors")),
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "GGZY_LOG_LEVEL": "CRITICAL",
        "GGZY_PRESSES_PER_S": "1000000",
        "DATABASE_URL": postgres.url(DATABASE, OWNER),
    }
    _run(["manage.py", "migrate", "--skip-checks", "-v0"], told)
    told["DATABASE_URL"] = postgres.url(DATABASE, APP)
    made = json.loads(_run(["-m", "bench._storm", "make"], told, b"3").splitlines()[-1])
    port = free_port()
    words = ["-m", "ggzy.live", "--port", str(port), "--door", f":{port}"]
    process = subprocess.Popen([sys.executable, *words], env=told, cwd=ROOT)
    found = Door(
        f"http://127.0.0.1:{port}", made["lot"], made["cookies"], postgres.url(DATABASE, OWNER), process.pid
    )
    try:
        until_shown(found)
        yield found
    finally:
        process.terminate()
        process.wait(20)


def price(press: str, units: object, **more: object) -> dict[str, object]:
    """A press as it is sent."""
    return {"press": press, "kind": "price", "amount": {"measure": "money", "units": units}, **more}


def _run(words: list[str], told: dict[str, str], said: bytes = b"") -> str:
    done = subprocess.run(
        [sys.executable, *words],
        env=told,
        cwd=ROOT,
        input=said,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    return done.stdout.decode()


def until_shown(door: Door) -> None:
    """Waits until the doors show the room."""
    limit = time.monotonic() + BOUNDARY_S
    while time.monotonic() < limit:
        try:
            if door.ask(f"/rooms/{door.lot}/state")[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise TimeoutError("the live process does not show the room")
