"""The launcher's second half: the verbs, inside the virtual environment."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from tools import check
from tools.database import DatabaseError
from tools.installation import Unsettled, settle
from tools.postgres import OWNER, PostgresError
from tools.supervisor import Child, Supervisor, say
from tools.world import ROOT, World, opened, settings_file, signing, usual_mode

PORT = 8000
WORLDS = ("demo", "rehearsal", "bench")
PORT_MAX = 65_535
PORTS_TRIED = 50
WORKERS, THREADS = 2, 4
LIVE_MAX = 64
UNCHECKED = "--skip-checks"  # Django's checks load every page; the tests run them
STALE = 75  # what the demo command answers when its present is past


def demo(words: list[str]) -> int:
    """An invented world on this machine: seeded once, then always the same until --fresh."""
    options = argparse.ArgumentParser(prog="ggzy demo", description=demo.__doc__)
    options.add_argument("--fresh", action="store_true", help="throw the old world away first")
    options.add_argument("--world", default="demo", choices=WORLDS, help="which invented world to look at")
    chosen = options.parse_args(words)
    with opened("demo", chosen.world) as world, world.alone() as found_at:
        if chosen.fresh:
            world.fresh()
        world.prepare()
        port = _free_port()
        address = f"http://localhost:{port}"
        os.environ.setdefault("GGZY_PLATFORM_URL", address)
        found_at.write_text(address)
        if chosen.world != "demo":
            return serve(world, port)
        code = build(world)
        return code or serve(world, port, _players(world, port))


def build(world: World) -> int:
    """The invented world; one left unfinished, or whose closing-soon lots have long closed, is made anew."""
    for _ in range(2):
        code = _built(world)
        if code != STALE:
            return code
        say("the demo was left unfinished, or its present has passed; making it anew")
        world.fresh()
        world.prepare()
    return code


def _built(world: World) -> int:
    begun, built = world.folder / "begun", world.folder / "built"
    if begun.exists() and not built.exists():
        return STALE
    begun.touch()
    with signing(world):
        code = world.manage("demo", UNCHECKED)
    if code == 0:
        built.touch()
    return code


def _players(world: World, port: int) -> list[Child]:
    """Who else acts in the demo: five custodians with programs and folders of their own, and the robots."""
    told = {**world.environment(), "PYTHONPATH": str(ROOT / "src")}
    serve_custody = ["serve", "--url", f"http://127.0.0.1:{port}", "--unattended", "--interval", "3"]
    keepers = [
        Child(
            folder.name,
            [sys.executable, "-m", "custodian", "--folder", str(folder), "--no-password", *serve_custody],
            told,
            waits=True,
        )
        for folder in sorted((world.folder / "custodians").glob("custodian-*"))
    ]
    robots = [sys.executable, str(ROOT / "manage.py"), "robots", UNCHECKED]
    return [*keepers, Child("robots", robots, told, waits=True)]


def run(words: list[str]) -> int:
    """A real installation: its settings lie in var/real/settings, which the first start makes."""
    argparse.ArgumentParser(prog="ggzy run", description=run.__doc__).parse_args(words)
    settle(settings_file())
    port = asked_port()
    taken = [one for one in range(port, port + _live_processes() + 1) if not _is_free(one)]
    if taken:
        say(f"port {taken[0]} is taken; name another with GGZY_PORT")
        return 1
    with opened("real") as world, world.alone() as found_at:
        world.prepare()
        found_at.write_text(os.environ["GGZY_PLATFORM_URL"])
        return serve(world, port)


def serve(world: World, port: int, players: Sequence[Child] = ()) -> int:
    """The processes of the platform, until it is told to stop."""
    host = os.environ.get("GGZY_HOST") or "127.0.0.1"
    told, django = world.environment(), [sys.executable, str(ROOT / "manage.py")]
    web = [
        sys.executable, "-m", "gunicorn", "ggzy.wsgi", "--preload", "--bind", f"{host}:{port}", "--worker-class", "gthread",
        "--workers", str(WORKERS), "--threads", str(THREADS), "--graceful-timeout", "10", "--log-level", "warning",
        "--max-requests", "20000", "--max-requests-jitter", "2000",
    ]  # fmt: skip
    children = [
        Child("signer", world.signer_command, told),
        Child("web", web, told),
        *_rooms(host, port, told),
        Child("tick", [*django, "tick", UNCHECKED], told, waits=True),
        Child("follow", [*django, "follow", UNCHECKED], told, waits=True),
        *players,
    ]
    supervisor = Supervisor(children, lambda: _mend(world))
    address = f"http://{'localhost' if host == '127.0.0.1' else host}:{port}/"
    return supervisor.run(
        ready=lambda: _answers(host, port),
        announce=lambda: print(f"\n  {address}\n\n  Ctrl-C 停止 (stops it).", flush=True),
    )


def _rooms(host: str, port: int, told: dict[str, str]) -> list[Child]:
    """The live processes: each on a port of its own, or under a path of the proxy in front."""
    behind = os.environ.get("GGZY_BEHIND_PROXY") == "yes"
    live = [sys.executable, "-m", "ggzy.live", "--host", host]
    return [
        Child(
            f"live-{number}",
            [
                *live,
                "--port",
                str(port + number),
                "--door",
                f"/live/{number}" if behind else f":{port + number}",
            ],
            told,
            waits=True,
        )
        for number in range(1, _live_processes() + 1)
    ]


def _live_processes() -> int:
    """How many processes keep auction rooms: GGZY_LIVE, one unless it says otherwise; 0 for none here."""
    asked = os.environ.get("GGZY_LIVE") or "1"
    if not asked.isdecimal() or int(asked) > LIVE_MAX:
        raise Unsettled(f"GGZY_LIVE is {asked!r}; it must be a number up to {LIVE_MAX}")
    return int(asked)


def verify(words: list[str]) -> int:
    """Walks the journal and folds its facts against the rows (--json for figures)."""
    with _usual() as world:
        world.require()
        say(f"verifying the {world.name} world")
        with signing(world):  # one that already runs keeps its lock, and answers
            return world.manage("verify", *words)


def rehearse(words: list[str]) -> int:
    """Drives published notices to their lawful end, in a world made for it; look at it with demo --world rehearsal."""
    files = [word for word in words if not word.startswith("-")]
    if not files:
        say("which notices? ./ggzy rehearse FILE… [--limit N] [--json]")
        return 2
    with opened("demo", "rehearsal") as world, world.alone():
        world.fresh()
        world.prepare()
        with signing(world):
            return world.manage("rehearse", *words)


def bench(words: list[str]) -> int:
    """Runs bench/<name>.py in a world made for it; without a name, says which there are."""
    known = sorted(file.stem for file in (ROOT / "bench").glob("*.py") if not file.stem.startswith("_"))
    if not words or words[0] not in known:
        say(f"which one? {' · '.join(known) or 'there is none yet'}")
        return 2
    with opened("demo", "bench") as world, world.alone():
        world.fresh()
        world.prepare()
        with signing(world):
            # -P: a bench may bear the name of what it measures
            return world.run([sys.executable, "-P", str(ROOT / "bench" / f"{words[0]}.py"), *words[1:]])


def screens(words: list[str]) -> int:
    """Price screens over files of auctions; a program beside the platform, in no world."""
    return subprocess.run([sys.executable, "-m", "screens", *words], check=False).returncode


def flags(words: list[str]) -> int:
    """Red flags over files of OCDS releases; a program beside the platform, in no world."""
    return subprocess.run([sys.executable, "-m", "redflags", *words], check=False).returncode


def manage(words: list[str]) -> int:
    """Django's own command line, as the owner of the tables; the platform's own commands as the app."""
    with _usual() as world:
        if words[:1] == ["live"]:
            # Rooms alone: another machine of this installation, without keys of its own.
            return world.run([sys.executable, "-m", "ggzy.live", *words[1:]])
        if words and (ROOT / "src/ggzy/desk/management/commands" / f"{words[0]}.py").exists():
            if world.mode != "real":
                say(f"in the {world.name} world")
            world.prepare()
            with signing(world):
                return world.manage(*words)
        if world.server is not None:
            world.server.ensure_database(world.database)
        return world.manage(*words, role=OWNER)


@contextmanager
def _usual() -> Iterator[World]:
    """The world of a verb that does not say: the real installation if there is one, else the demo."""
    mode = usual_mode()
    if mode == "real":
        settle(settings_file())
    with opened(mode, os.environ.get("GGZY_WORLD")) as world:
        yield world


def _mend(world: World) -> None:
    """A database that died is started again; the others find it by themselves."""
    if world.server is not None and world.server.mend():
        say("the database had ended; it runs again")


def _free_port() -> int:
    """The port asked for, or for a demo the next free one."""
    first = asked_port()
    tried = range(first, min(first + PORTS_TRIED, PORT_MAX + 1))
    needed = range(_live_processes() + 1)
    chosen = next((port for port in tried if all(_is_free(port + more) for more in needed)), first)
    if chosen != first:
        say(f"port {first} is taken; using {chosen}")
    return chosen


def asked_port() -> int:
    """The port asked for with GGZY_PORT."""
    asked = os.environ.get("GGZY_PORT") or str(PORT)
    if not asked.isdecimal() or not 0 < int(asked) <= PORT_MAX:
        raise Unsettled(f"GGZY_PORT is {asked!r}; it must be a port number")
    return int(asked)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _answers(host: str, port: int) -> bool:
    """Whether the web process speaks; it may refuse this name, but not be silent or broken."""
    asked = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # no name need be known for it
    try:
        with urllib.request.urlopen(f"http://{asked}:{port}/clock/", timeout=2):
            return True
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False


def _stopped(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


VERBS: dict[str, Callable[[list[str]], int]] = {
    "demo": demo,
    "check": check.main,
    "run": run,
    "verify": verify,
    "rehearse": rehearse,
    "bench": bench,
    "screens": screens,
    "flags": flags,
    "manage": manage,
}


def main(words: list[str]) -> int:
    signal.signal(signal.SIGTERM, _stopped)
    try:
        return VERBS[words[0]](words[1:])
    except (PostgresError, DatabaseError, Unsettled) as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
