"""The embedded PostgreSQL: made, shared, killed, found again."""

import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.postgres import APP, OWNER, PostgresError, Server, short

ROOT = Path(__file__).resolve().parents[2]
ABANDON = """
import os, sys
sys.path.insert(0, {root!r})
from pathlib import Path
from tools.postgres import Server
server = Server(Path({home!r}), durable=False)
server.start()
print(server.process.pid, flush=True)
os.kill(os.getpid(), 9)
"""


@pytest.fixture
def home() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="ggzy-pg-") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder) / "db"


@pytest.fixture
def server(home: Path) -> Iterator[Server]:
    made = Server(home, durable=False)
    made.start()
    yield made
    made.stop()


def test_a_server_keeps_its_rows_over_stop_and_kill(server: Server) -> None:
    server.ensure_database("ggzy")
    server.sql("CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)", database="ggzy")
    server.stop()
    server.start()
    server.sql("INSERT INTO kept VALUES (2)", database="ggzy")
    server.sql("CHECKPOINT")
    server.kill()
    server.start()
    assert server.sql("SELECT sum(n) FROM kept", database="ggzy") == "3"


def test_a_durable_server_is_durable(home: Path) -> None:
    durable = Server(home)
    durable.start()
    try:
        shown = durable.sql("SELECT string_agg(setting, ',' ORDER BY name) FROM pg_settings WHERE name IN "
                            "('fsync', 'full_page_writes', 'synchronous_commit')")  # fmt: skip
        assert shown == "on,on,on"
    finally:
        durable.stop()


def test_nobody_else_gets_in(server: Server) -> None:
    assert stat.S_IMODE(server.socket.stat().st_mode) == 0o700
    assert server.sql("SHOW listen_addresses") == ""


def test_the_app_may_write_rows_but_not_make_tables(server: Server) -> None:
    server.ensure_database("ggzy")
    server.sql(f"SET ROLE {OWNER}; CREATE TABLE t (n int)", database="ggzy")
    server.sql(f"SET ROLE {APP}; INSERT INTO t VALUES (1)", database="ggzy")
    with pytest.raises(PostgresError, match="permission denied"):
        server.sql(f"SET ROLE {APP}; CREATE TABLE u (n int)", database="ggzy")
    with pytest.raises(PostgresError, match="must be owner"):
        server.sql(f"SET ROLE {APP}; DROP TABLE t", database="ggzy")


def test_a_second_launcher_uses_the_server_of_the_first(server: Server, home: Path) -> None:
    second = Server(home, durable=False)
    assert second.start() is False
    assert second.sql("SELECT 1") == "1"
    second.stop()
    assert server.alive()


def test_the_server_of_a_killed_launcher_is_replaced(home: Path) -> None:
    program = ABANDON.format(root=str(ROOT), home=str(home))
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    abandoned = int(said.stdout)
    server = Server(home, durable=False)
    try:
        assert server.start() is True
        assert server.sql("SELECT 1") == "1"
        assert server.process is not None
        assert server.process.pid != abandoned
        assert not is_running(abandoned)
    finally:
        server.stop()


def is_running(pid: int) -> bool:
    for _ in range(50):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return False
        if state == "Z":
            return False
        time.sleep(0.1)
    return True


def test_a_server_is_taken_over_from_a_launcher_that_went(server: Server, home: Path) -> None:
    second = Server(home, durable=False)
    second.start()
    assert second.mend() is False
    server.stop()
    try:
        assert second.mend() is True
        assert second.sql("SELECT 1") == "1"
    finally:
        second.stop()


def test_a_server_that_died_is_mended(server: Server) -> None:
    assert server.mend() is False
    assert server.process is not None
    os.killpg(server.process.pid, signal.SIGKILL)
    server.process.wait()
    assert server.mend() is True
    assert server.sql("SELECT 1") == "1"


def test_a_name_that_is_no_name_makes_no_database(server: Server) -> None:
    with pytest.raises(PostgresError, match="no database name"):
        server.ensure_database("x; DROP DATABASE ggzy")


def test_a_deep_folder_gets_a_short_door() -> None:
    deep = Path("/") / "/".join(["a-long-name"] * 12)
    assert short(deep / "socket", deep).parent == Path(tempfile.gettempdir())
    assert short(Path("/srv/ggzy/socket"), Path("/srv/ggzy")) == Path("/srv/ggzy/socket")


def test_the_server_is_never_run_by_root(server: Server) -> None:
    assert server.process is not None
    owner = Path(f"/proc/{server.process.pid}").stat().st_uid
    assert owner != 0
    assert os.geteuid() in (0, owner)
