"""Children are kept alive, and stopped with their keeper."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KEEPER = """
import sys
sys.path.insert(0, {root!r})
from tools.supervisor import Child, Supervisor
count = "import os, time, pathlib; f = pathlib.Path({notes!r}); f.open('a').write(str(os.getpid()) + chr(10)); {then}"
child = Child("child", [sys.executable, "-c", count], {{}})
sys.exit(Supervisor([child], lambda: None).run(lambda: True, lambda: print("ready", flush=True)))
"""


def keep(notes: Path, then: str) -> subprocess.Popen[str]:
    program = KEEPER.format(root=str(ROOT), notes=str(notes), then=then)
    keeper = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert keeper.stdout is not None
    assert keeper.stdout.readline() == "ready\n"
    return keeper


def pids(notes: Path, at_least: int) -> list[int]:
    for _ in range(100):
        found = [int(line) for line in notes.read_text().split()] if notes.exists() else []
        if len(found) >= at_least:
            return found
        time.sleep(0.1)
    raise AssertionError(f"{at_least} starts were awaited")


def is_running(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stopped_keeper_stops_its_children(tmp_path: Path, number: int) -> None:
    keeper = keep(tmp_path / "notes", "time.sleep(60)")
    (child,) = pids(tmp_path / "notes", 1)
    keeper.send_signal(number)
    assert keeper.wait(10) == 0
    assert not is_running(child)


def test_a_dead_child_is_started_again(tmp_path: Path) -> None:
    keeper = keep(tmp_path / "notes", "time.sleep(60)")
    (first,) = pids(tmp_path / "notes", 1)
    os.kill(first, signal.SIGKILL)
    second = pids(tmp_path / "notes", 2)[1]
    assert second != first
    keeper.terminate()
    assert keeper.wait(10) == 0


def test_a_child_that_keeps_dying_is_started_ever_later(tmp_path: Path) -> None:
    keeper = keep(tmp_path / "notes", "raise SystemExit(1)")
    began = time.monotonic()
    pids(tmp_path / "notes", 4)
    assert time.monotonic() - began > 0.25 + 0.5
    keeper.terminate()
    assert keeper.wait(10) == 0


def test_a_child_that_waits_starts_when_the_platform_is_ready(tmp_path: Path) -> None:
    notes, ready = tmp_path / "notes", tmp_path / "ready"
    program = KEEPER.replace("{{}})", "{{}}, waits=True)")
    program = program.replace("lambda: True", f"lambda: __import__('os').path.exists({str(ready)!r})")
    source = program.format(root=str(ROOT), notes=str(notes), then="time.sleep(60)")
    keeper = subprocess.Popen([sys.executable, "-c", source], stdout=subprocess.PIPE, text=True)
    time.sleep(1.5)
    assert not notes.exists()
    ready.touch()
    assert len(pids(notes, 1)) == 1
    keeper.terminate()
    assert keeper.wait(10) == 0
