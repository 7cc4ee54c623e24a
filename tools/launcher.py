"""The launcher's first half: finds or makes what the second half stands on. Standard library only.

    ./ggzy demo      an invented world on this machine; prints one address
    ./ggzy check     formatting, linting, types, contracts, tests
    ./ggzy run       a real installation
    ./ggzy verify    walks the journal and folds its facts against the rows
    ./ggzy rehearse  drives published notices to their lawful end (FILE…)
    ./ggzy bench     measures (NAME…)
    ./ggzy screens   price screens over files of auctions (fit|predict FILE…)
    ./ggzy flags     red flags over files of OCDS releases (FILE…)
    ./ggzy manage    Django's own command line

Settings come from the environment: DATABASE_URL (another PostgreSQL than the embedded one), GGZY_PORT,
GGZY_VAR (where everything made at run time lies; ./var), GGZY_NO_INSTALL=yes (install nothing as root).
"""

import compileall
import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools import system

ROOM_MB, RUN_MB, CHECK_MB = 200, 400, 1200  # for a world; for the packages of the two locks
A_DAY = 24 * 3600
VERBS = ("demo", "check", "run", "verify", "rehearse", "bench", "screens", "flags", "manage")


def main(words: list[str]) -> int:
    """Prepares the ground for one verb and hands over to tools/verbs.py inside the environment."""
    if not words or words[0] in ("-h", "--help", "help"):
        print(__doc__)
        return 0
    if words[0] not in VERBS:
        say(f"there is no verb {words[0]!r}; there are: {' · '.join(VERBS)}")
        return 2
    var = Path(os.environ.get("GGZY_VAR") or ROOT / "var").resolve()
    checking = words[0] == "check"
    try:
        ground(var, checking)
        system.ensure("check" if checking else "run")
        python = environment(var, ROOT / ("requirements-check.lock" if checking else "requirements.lock"))
        if not system.has_chinese_font():
            fonts(var)
        if words[0] == "flags":
            quicken(python.parents[1].resolve())
    except system.GroundError as error:
        say(str(error))
        return 1
    os.environ["GGZY_VAR"] = str(var)
    os.environ["PYTHONPATH"] = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    os.execv(python, [str(python), "-m", "tools.verbs", *words])


def ground(var: Path, checking: bool) -> None:
    """The folder can be written and has room. Raises GroundError, saying how to name another."""
    asked = "name another folder with GGZY_VAR"
    try:
        var.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=var):
            pass
    except OSError as error:
        raise system.GroundError(f"{var} cannot be written ({error.strerror}); {asked}") from error
    is_made = (var / "venv").exists()
    needed = ROOM_MB if is_made else ROOM_MB + (CHECK_MB if checking else RUN_MB)
    free = shutil.disk_usage(var).free // 2**20
    if free < needed:
        raise system.GroundError(
            f"{var} has {free} MB free and {needed} MB are needed; make room, or {asked}"
        )


def environment(var: Path, lock: Path, *flags: str) -> Path:
    """The virtual environment with what the lock names; made or refreshed only if it changed."""
    folder = var / "venv"
    python, unfinished = folder / "bin" / "python", folder / "unfinished"
    with only_one(var):
        if unfinished.exists() or not works(python):
            say(f"making a virtual environment in {folder}")
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(exist_ok=True)
            unfinished.touch()
            run([sys.executable, "-m", "venv", str(folder)], "the virtual environment could not be made")
        stamp = folder / f"{lock.stem}.stamp"
        wanted = hashlib.sha256(sys.version.encode() + lock.read_bytes()).hexdigest()
        if not stamp.exists() or stamp.read_text() != wanted:
            say(f"installing what {lock.name} names (hash-locked; once, or when the file changes)")
            pip = [str(python), "-m", "pip", "install", "--require-hashes", "--disable-pip-version-check"]
            quiet = ["--quiet", "--quiet"]  # errors are said, warnings are not
            unfinished.touch()
            try:
                run([*pip, "--no-input", *quiet, *flags, "-r", str(lock)], "a package could not be installed")
            except system.GroundError:
                unfinished.unlink()  # what pip itself gives up is whole; what is killed is not
                raise
            stamp.write_text(wanted)
        unfinished.unlink(missing_ok=True)
    return python


def fonts(var: Path) -> None:
    """Chinese fonts from a wheel. Whoever cannot have them is told, and goes on: pages need none of them.

    A try that failed is not made again for a day: where there is no network, pip takes its time to say so.
    """
    failed = var / "fonts.failed"
    if failed.exists() and time.time() - failed.stat().st_mtime < A_DAY:
        return
    try:
        environment(var, ROOT / "requirements-fonts.lock", "--no-deps")
        failed.unlink(missing_ok=True)
    except system.GroundError as error:
        failed.touch()
        say(f"{error}; Chinese letters in PDF documents will be missing")
        say(f"as root: {' '.join(system.INSTALL)} {system.FONTS}")


def quicken(folder: Path) -> None:
    """What ./ggzy needs to start `flags` without this launcher: which Python, where its packages are, the code compiled."""
    compileall.compile_dir(ROOT / "src" / "redflags", quiet=2)
    packages = sysconfig.get_path("purelib", "venv", {"base": str(folder)})
    (folder / "quick").write_text(f"{Path(sys.executable).resolve()}\n{packages}\n")


def works(python: Path) -> bool:
    """Whether the environment is whole and of this Python: a system upgrade leaves a dead one behind."""
    if not python.exists():
        return False
    probe = "import sys; print(sys.version)"
    done = subprocess.run([str(python), "-S", "-c", probe], capture_output=True, text=True, check=False)
    return done.returncode == 0 and done.stdout.strip() == sys.version.strip()


@contextmanager
def only_one(var: Path) -> Iterator[None]:
    """Two launchers at once take turns at making the environment."""
    with (var / "setup.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def run(command: list[str], sorry: str) -> None:
    """Runs a step to its end, in a session of its own: Ctrl-C ends all of it at once, without its last words."""
    step = subprocess.Popen(command, stdout=sys.stderr, stdin=subprocess.DEVNULL, start_new_session=True)
    try:
        failed = step.wait()
    except BaseException:
        os.killpg(step.pid, signal.SIGKILL)
        raise
    if failed:
        raise system.GroundError(f"{sorry}; the lines above say why ({' '.join(command)})")


def say(words: str) -> None:
    print(f"ggzy: {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
