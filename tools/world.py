"""What a verb stands in: the database of its world, the environment its children get, the ground prepared."""

import hashlib
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

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
        return Path(os.environ.get("GGZY_VAR") or ROOT / "var").resolve()

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
        told["GGZY_SIGNER_SOCKET"] = str(self.signer_socket)
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

    def fresh(self) -> None:
        """Throws the whole world away, rows and files; only worlds that were invented."""
        assert self.mode == "demo", "a real installation is never thrown away"
        if self.server is None:
            raise SystemExit("ggzy: with DATABASE_URL the database is yours; empty it yourself to begin anew")
        self.server.drop_database(self.database)
        shutil.rmtree(self.folder, ignore_errors=True)

    def prepare(self) -> None:
        """Migrations and static files, if they changed. Ends the launcher with the child's own words on failure."""
        if self.server is not None:
            self.server.ensure_database(self.database)
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
    signer = Child("signer", world.signer_command, world.environment())
    signer.start()
    try:
        yield
    finally:
        Supervisor([signer], lambda: None).stop()


@contextmanager
def opened(mode: str, name: str | None = None) -> Iterator[World]:
    """A world with its database up; the embedded server is stopped afterwards if it was started here."""
    server = None if os.environ.get("DATABASE_URL") else _server()
    started = server is not None and server.start()
    try:
        yield World(mode, name or mode, server)
    finally:
        if server is not None and started:
            server.stop()


def usual_mode() -> str:
    """The world a verb means that does not say: the real installation if there is one, else the demo."""
    if os.environ.get("GGZY_MODE"):
        return os.environ["GGZY_MODE"]
    var = Path(os.environ.get("GGZY_VAR") or ROOT / "var")
    return "real" if os.environ.get("GGZY_SECRET_KEY") or (var / "real" / "secret").exists() else "demo"


def _server() -> Server:
    var = Path(os.environ.get("GGZY_VAR") or ROOT / "var").resolve()
    return Server(var / "postgres")
