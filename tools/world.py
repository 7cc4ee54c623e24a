"""What a verb stands in: the database of its world, the environment its children get, the ground prepared."""

import fcntl
import hashlib
import os
import secrets
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools import database
from tools.postgres import APP, OWNER, Server, short
from tools.supervisor import Child, Supervisor, say

ROOT = Path(__file__).resolve().parents[1]
DATABASES = {"real": "ggzy", "demo": "ggzy_demo"}


@dataclass(frozen=True)
class World:
    """One set of data: its mode (real or demo), its name, its folder, its database."""

    mode: str
    name: str
    server: Server | None

    @property
    def var(self) -> Path:
        return var_folder()

    @property
    def folder(self) -> Path:
        return self.var / self.name

    @property
    def signer_socket(self) -> Path:
        """Where the signer listens; a socket's path is short by law of the system."""
        return short(self.folder / "run", self.folder) / "signer.sock"

    @property
    def signer_command(self) -> list[str]:
        state, door = str(self.folder / "signer"), str(self.signer_socket)
        return [sys.executable, "-m", "ggzy.foundation.sealing.signer", "--state", state, "--socket", door]

    @property
    def database(self) -> str:
        return DATABASES.get(self.name, f"ggzy_{self.name}")

    def environment(self, role: str = APP) -> dict[str, str]:
        """What a child process is told; migrations run as the owner of the tables, all else as the app."""
        told = {"GGZY_MODE": self.mode, "GGZY_WORLD": self.name, "GGZY_VAR": str(self.var)}
        told["DJANGO_SETTINGS_MODULE"] = "ggzy.settings"
        told["GGZY_SIGNER_SOCKET"] = os.environ.get("GGZY_SIGNER_SOCKET") or str(self.signer_socket)
        told["DATABASE_URL"] = self.url(role)
        if self.mode == "real":
            told["GGZY_SECRET_KEY"] = self.secret()
        return told

    def url(self, role: str = APP) -> str:
        if self.server is not None:
            return self.server.url(self.database, role)
        given = os.environ["DATABASE_URL"]
        return os.environ.get("GGZY_OWNER_URL", given) if role == OWNER else given

    def secret(self) -> str:
        """The installation's secret: given, or made once and kept where only its user may read."""
        if os.environ.get("GGZY_SECRET_KEY"):
            return os.environ["GGZY_SECRET_KEY"]
        file = self.folder / "secret"
        if not file.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as opened:
                opened.write(secrets.token_urlsafe(48))
            say(f"made a secret for this installation in {file}; keep a copy, tell nobody")
        return file.read_text().strip()

    @contextmanager
    def alone(self) -> Iterator[Path]:
        """Holds the world for one launcher; gives the file in which it may say where it can be found."""
        file = self.var / f"{self.name}.lock"
        handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            where = file.read_text().strip()
            raise SystemExit(
                f"ggzy: the {self.name} world in {self.var} is in use{f' at {where}' if where else ''}; "
                "stop that one first, or name another folder with GGZY_VAR"
            ) from None
        os.truncate(handle, 0)
        try:
            yield file
        finally:
            os.close(handle)

    def fresh(self) -> None:
        """Throws the whole world away, rows and files; only worlds that were invented."""
        assert self.mode == "demo", "a real installation is never thrown away"
        if self.server is not None:
            self.server.drop_database(self.database)
        elif self._holds_something():
            database.empty(self.url(OWNER))
        shutil.rmtree(self.folder, ignore_errors=True)

    def _holds_something(self) -> bool:
        """Whether the database holds this world. Ends the launcher if it holds anything else."""
        found = database.held(self.url(OWNER))
        if found != database.NOTHING and not self._is_ours(found):
            what = "tables of another program" if found == database.STRANGE else f"the log {found}"
            raise SystemExit(f"ggzy: the database holds {what}, not the {self.name} world; name another one")
        return found != database.NOTHING

    def _is_ours(self, log: str) -> bool:
        """Whether this world wrote the log of this name; the name of an invented one says so."""
        is_invented = "/simulated/" in log
        if self.mode == "real":
            return log != database.STRANGE and not is_invented
        return is_invented and f"/{self.name}/" in log

    def prepare(self) -> None:
        """Migrations and static files, if they changed. Ends the launcher with the child's own words on failure."""
        self._ensure_database()
        has_rows = self._holds_something()
        if self.mode == "demo":
            self._pair(has_rows)
        elif has_rows:
            self._require_keys()
        for folder in (self.folder, self.signer_socket.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        stamp, wanted = self.folder / "prepared", self._version()
        if stamp.exists() and stamp.read_text() == wanted:
            return
        if self.run([sys.executable, "-m", "tools.prepare"], role=OWNER):
            raise SystemExit(
                f"ggzy: the database could not be prepared ({self.database}); the lines above say why"
            )
        stamp.write_text(wanted)

    def require(self) -> None:
        """Ends the launcher if there is nothing in this world yet."""
        self._ensure_database()
        if not self._holds_something():
            verb = {"real": "run", "rehearsal": "rehearse"}.get(self.name, "demo")
            raise SystemExit(f"ggzy: there is no {self.name} world yet; ./ggzy {verb} makes one")
        self._require_keys()

    def _require_keys(self) -> None:
        """The journal's keys. Ends the launcher if they are lost: new ones would belie every earlier signature."""
        keys = self.folder / "signer"
        if not keys.exists() and database.height(self.url(OWNER)):
            raise SystemExit(f"ggzy: the journal's keys are missing; bring {keys} back from its backup")

    def _ensure_database(self) -> None:
        if self.server is not None:
            self.server.ensure_database(self.database)

    def _pair(self, has_rows: bool) -> None:
        """An invented world's files and rows belong together. Ends the launcher if they are of two worlds."""
        mark, rows = self.folder / "rows", self.server.home if self.server else database.place(self.url())
        if mark.exists() and mark.read_text() != str(rows):
            raise SystemExit(
                f"ggzy: {self.folder} belongs to the rows in {mark.read_text()}, not to {rows}; "
                "name another folder with GGZY_VAR, or begin anew with ./ggzy demo --fresh"
            )
        if has_rows and not (self.folder / "signer").exists():
            say(f"the files of the {self.name} world are gone; making it anew")
            self.fresh()
            self._ensure_database()
        if not has_rows:
            shutil.rmtree(self.folder, ignore_errors=True)  # what was left by a world whose rows are gone
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        mark.write_text(str(rows))

    def _version(self) -> str:
        """What the database and the static files were made from: names, sizes, moments; and where they are."""
        source = ROOT / "src" / "ggzy"
        files = sorted((*source.glob("**/migrations/*.py"), *source.glob("**/static/**/*.*")))
        seen = [
            self.url(OWNER),
            *(f"{file} {file.stat().st_size} {file.stat().st_mtime_ns}" for file in files),
        ]
        return hashlib.sha256("\n".join(seen).encode()).hexdigest()

    def run(self, command: list[str], role: str = APP) -> int:
        """Runs a child in this world to its end; gives its exit code."""
        return subprocess.run(command, env={**os.environ, **self.environment(role)}, check=False).returncode

    def manage(self, *words: str, role: str = APP) -> int:
        return self.run([sys.executable, str(ROOT / "manage.py"), *words], role)


@contextmanager
def signing(world: World) -> Iterator[None]:
    """The world's signer, for a verb that records facts and serves nobody."""
    if _listens(world.signer_socket):  # a launcher that serves this world has it running
        yield
        return
    signer = Child("signer", world.signer_command, world.environment())
    signer.start()
    try:
        yield
    finally:
        Supervisor([signer], lambda: None).stop()


def _listens(door: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(door))
        except OSError:
            return False
    return True


@contextmanager
def opened(mode: str, name: str | None = None) -> Iterator[World]:
    """A world with its database up; the embedded server is stopped afterwards if it was started here."""
    server = None if os.environ.get("DATABASE_URL") else Server(var_folder() / "postgres")
    if server is not None:
        server.start()
    try:
        yield World(mode, name or mode, server)
    finally:
        if server is not None:
            server.stop()


def usual_mode() -> str:
    """The world a verb means that does not say: the real installation if there is one, else the demo."""
    if os.environ.get("GGZY_MODE"):
        return os.environ["GGZY_MODE"]
    is_real = os.environ.get("GGZY_SECRET_KEY") or settings_file().exists()
    return "real" if is_real else "demo"


def settings_file() -> Path:
    """Where a real installation keeps its settings."""
    return var_folder() / "real" / "settings"


def var_folder() -> Path:
    """Where everything made at run time lies."""
    return Path(os.environ.get("GGZY_VAR") or ROOT / "var").resolve()
