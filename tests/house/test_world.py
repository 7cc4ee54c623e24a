"""A world is rows and files together: held by one launcher, thrown away whole, never mistaken for another."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tools import database, verbs
from tools.postgres import OWNER, Server
from tools.world import World

ROOT = Path(__file__).resolve().parents[2]
HOLD = """
import sys, time
from tools.world import World
with World("demo", "demo", None).alone() as found_at:
    found_at.write_text("http://localhost:8000")
    print("held", flush=True)
    time.sleep(60)
"""
LOGS = {
    "demo": "ggzy.invalid/demo/journal/1/simulated/sha256",
    "rehearsal": "ggzy.invalid/rehearsal/journal/1/simulated/sha256",
    "real": "exchange.example/journal/1/sha256",
}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="ggzy-pg-") as folder:
        Path(folder).chmod(0o711)
        made = Server(Path(folder) / "db", durable=False)
        made.start()
        yield made
        made.stop()


@pytest.fixture
def given(server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """A database of somebody else's server, named by DATABASE_URL."""
    server.drop_database("given")
    server.ensure_database("given")
    url = server.url("given", OWNER)
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("GGZY_VAR", str(tmp_path))
    return url


def write_log(url: str, origin: str, height: int = 7) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE journal_log (origin text)")
        connection.execute("INSERT INTO journal_log VALUES (%s)", [origin])
        connection.execute("CREATE TABLE journal_head (height bigint)")
        connection.execute("INSERT INTO journal_head VALUES (%s)", [height])
        connection.execute("CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql AS 'SELECT 2 * $1'")


def test_a_database_says_what_it_holds(given: str) -> None:
    assert database.held(given) == database.NOTHING
    with psycopg.connect(given) as connection:
        connection.execute("CREATE TABLE theirs (n int)")
    assert database.held(given) == database.STRANGE
    write_log(given, LOGS["real"])
    assert database.held(given) == LOGS["real"]


@pytest.mark.parametrize("url", ["postgresql://nobody@127.0.0.1:1/nothing", "nonsense"])
def test_a_server_that_is_not_there_is_named(url: str) -> None:
    with pytest.raises(database.DatabaseError, match="does not answer"):
        database.held(url)


def test_a_world_that_is_not_there_yet_is_not_verified(given: str) -> None:
    with pytest.raises(SystemExit, match="there is no demo world yet"):
        World("demo", "demo", None).require()


def test_an_invented_world_is_thrown_away_with_its_files(given: str, tmp_path: Path) -> None:
    write_log(given, LOGS["rehearsal"])
    (tmp_path / "rehearsal").mkdir()
    World("demo", "rehearsal", None).fresh()
    assert database.held(given) == database.NOTHING
    assert not (tmp_path / "rehearsal").exists()
    with psycopg.connect(given) as connection, pytest.raises(psycopg.errors.UndefinedFunction):
        connection.execute("SELECT twice(1)")


@pytest.mark.parametrize(("log", "mode", "name"), [
    (LOGS["real"], "demo", "demo"),
    (LOGS["demo"], "demo", "rehearsal"),
    ("", "demo", "demo"),
])  # fmt: skip
def test_what_another_world_holds_is_never_thrown_away(given: str, log: str, mode: str, name: str) -> None:
    if log:
        write_log(given, log)
    else:
        with psycopg.connect(given) as connection:
            connection.execute("CREATE TABLE theirs (n int)")
    before = database.held(given)
    with pytest.raises(SystemExit, match=f"not the {name} world"):
        World(mode, name, None).fresh()
    assert database.held(given) == before


def test_files_and_rows_of_two_worlds_are_not_mixed(
    given: str, server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(World, "run", lambda *_, **__: 0)
    World("demo", "demo", None).prepare()
    server.ensure_database("other")
    monkeypatch.setenv("DATABASE_URL", server.url("other", OWNER))
    with pytest.raises(SystemExit, match=r"belongs to the rows in .*/given, not to .*/other"):
        World("demo", "demo", None).prepare()
    World("demo", "demo", None).fresh()
    World("demo", "demo", None).prepare()
    assert (tmp_path / "demo" / "rows").read_text().endswith("/other")


def test_files_whose_rows_are_gone_go_too(
    given: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(World, "run", lambda *_, **__: 0)
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "left").touch()
    World("demo", "demo", None).prepare()
    assert not (tmp_path / "demo" / "left").exists()


def test_rows_whose_files_are_gone_go_too(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(World, "run", lambda *_, **__: 0)
    write_log(given, LOGS["demo"])
    World("demo", "demo", None).prepare()
    assert database.held(given) == database.NOTHING


@pytest.mark.parametrize("log", [LOGS["demo"], ""])
def test_a_real_installation_does_not_start_on_another_world(given: str, log: str) -> None:
    if log:
        write_log(given, log)
    else:
        with psycopg.connect(given) as connection:
            connection.execute("CREATE TABLE theirs (n int)")
    with pytest.raises(SystemExit, match="not the real world"):
        World("real", "real", None).prepare()


def test_a_journal_without_its_keys_is_neither_served_nor_verified(given: str, tmp_path: Path) -> None:
    write_log(given, LOGS["real"])
    real = World("real", "real", None)
    for verb in (real.prepare, real.require):
        with pytest.raises(SystemExit, match=r"keys are missing; bring .*real/signer back"):
            verb()
    (tmp_path / "real" / "signer").mkdir(parents=True)
    real.require()


def test_a_journal_that_was_never_written_needs_no_keys_yet(given: str) -> None:
    write_log(given, LOGS["real"], height=0)
    World("real", "real", None).require()


def test_a_world_is_held_by_one_launcher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GGZY_VAR", str(tmp_path))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
    first = subprocess.Popen([sys.executable, "-c", HOLD], env=environment, stdout=subprocess.PIPE, text=True)
    assert first.stdout is not None
    assert first.stdout.readline() == "held\n"
    try:
        with (
            pytest.raises(SystemExit, match="in use at http://localhost:8000"),
            World("demo", "demo", None).alone(),
        ):
            pass
        with World("demo", "rehearsal", None).alone():
            pass
    finally:
        first.send_signal(signal.SIGKILL)
        first.wait()
    with World("demo", "demo", None).alone() as found_at:
        assert found_at.read_text() == ""


def test_a_demo_left_unfinished_is_made_anew(
    given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = iter((137, 0, 0))
    monkeypatch.setattr(World, "run", lambda *_, **__: 0)
    monkeypatch.setattr(World, "manage", lambda *_, **__: next(codes))
    demo = World("demo", "demo", None)
    demo.prepare()
    assert verbs.build(demo) == 137
    (tmp_path / "demo" / "left").touch()
    assert verbs.build(demo) == 0
    assert not (tmp_path / "demo" / "left").exists()
    (tmp_path / "demo" / "kept").touch()
    assert verbs.build(demo) == 0
    assert (tmp_path / "demo" / "kept").exists()
