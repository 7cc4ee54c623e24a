"""System packages: named with the exact command, and installed at once for root on Debian and Ubuntu.

Standard library only: this runs before the virtual environment exists.
"""

import ctypes
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

INSTALL = ("apt-get", "install", "-y", "--no-install-recommends")
INSTALL_SECONDS = 1200
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
DRIVER_LIBRARY = "libatomic.so.1"  # what Playwright's own Node wants of the system
FONTS = "fonts-noto-cjk"
CHINESE_FONTS = ("NotoSansCJK*", "NotoSerifCJK*", "SourceHanSans*", "NotoSansSC*")
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")


def free_port() -> int:
    """A port of this machine alone on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class GroundError(RuntimeError):
    """Something the launcher cannot do without is missing; the message says what to do."""


@dataclass(frozen=True)
class Need:
    """A system package, what it is for, and how to see that it is there."""

    package: str
    purpose: str
    there: Callable[[], bool]
    required: bool
    verbs: tuple[str, ...] = ("run", "check")
    has_stand_in: bool = False  # the launcher brings another where this may not be installed


def chromium() -> str | None:
    """The browser for the browser tests: GGZY_CHROMIUM, or the system's own; None if it cannot be driven."""
    return _browser() if _loads(DRIVER_LIBRARY) else None


def _browser() -> str | None:
    named = os.environ.get("GGZY_CHROMIUM")
    return named or next((found for name in CHROMIUM if (found := shutil.which(name))), None)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_chinese_font() -> bool:
    """Whether PDF documents find Chinese letters on this system."""
    folders = [Path(folder).expanduser() for folder in FONT_FOLDERS]
    return any(
        next(folder.rglob(name), None) for folder in folders for name in CHINESE_FONTS if folder.is_dir()
    )


NEEDS = (
    Need(
        f"python3.{sys.version_info.minor}-venv",
        "the virtual environment",
        lambda: importlib.util.find_spec("ensurepip") is not None,
        required=True,
    ),
    Need(FONTS, "Chinese letters in PDF documents", has_chinese_font, required=False, has_stand_in=True),
    Need("libatomic1", "the browser tests", lambda: _loads(DRIVER_LIBRARY), required=False, verbs=("check",)),
    Need("chromium", "the browser tests", lambda: _browser() is not None, required=False, verbs=("check",)),
)


def ensure(purpose: str) -> None:
    """Installs what is missing if it may, else says what to type. Raises GroundError if it cannot do without."""
    missing = [need for need in NEEDS if purpose in need.verbs and not need.there()]
    if not missing:
        return
    if _may_install():
        command = [*INSTALL, *(need.package for need in missing)]
        _say(f"installing what the system lacks: {' '.join(command)}")
        _install(command)
        importlib.invalidate_caches()
        missing = [need for need in missing if not need.there()]
    missing = [need for need in missing if not need.has_stand_in]
    for need in missing:
        _say(f"{need.package} is missing: {need.purpose}")
    if missing:
        _say(f"as root: {' '.join(INSTALL)} {' '.join(need.package for need in missing)}")
    required = [need.package for need in missing if need.required]
    if required:
        raise GroundError(f"cannot go on without {', '.join(required)}")


def _may_install() -> bool:
    refused = os.environ.get("GGZY_NO_INSTALL") == "yes"
    return os.geteuid() == 0 and not refused and shutil.which("apt-get") is not None


def _install(command: list[str]) -> None:
    """A second try follows fresh package lists. What apt says is shown only if that failed too."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    said = ""
    for words in (command, ["apt-get", "update"], command):
        try:
            done = subprocess.run(
                words,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                env=environment,
                check=False,
                text=True,
                errors="replace",
                timeout=INSTALL_SECONDS,
            )
        except subprocess.TimeoutExpired:
            _say(f"{' '.join(words)} took longer than {INSTALL_SECONDS} s and was given up")
            return
        if words is command and done.returncode == 0:
            return
        said = done.stdout
    _say(said.strip())


def _say(words: str) -> None:
    print(f"ggzy: {words}", file=sys.stderr, flush=True)
