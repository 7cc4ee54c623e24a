"""The launcher's own words: verbs, missing packages, the check that can fail."""

import os
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest

from tools import check, launcher, system, verbs, world
from tools.installation import Unsettled

ROOT = Path(__file__).resolve().parents[2]


def test_without_a_verb_it_says_which_there_are() -> None:
    done = subprocess.run([str(ROOT / "ggzy")], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert all(f"./ggzy {verb}" in done.stdout for verb in launcher.VERBS)


def test_flags_start_without_the_launcher_once_it_has_made_the_ground(tmp_path: Path) -> None:
    (tmp_path / "venv").mkdir()
    (tmp_path / "release.json").write_text('{"ocid": "a"}')
    told = {**os.environ, "GGZY_VAR": str(tmp_path)}
    launcher.quicken(tmp_path / "venv")
    python, packages = (tmp_path / "venv" / "quick").read_text().splitlines()
    assert Path(python).exists()
    assert Path(packages).is_relative_to(tmp_path / "venv")
    Path(packages).parent.mkdir(parents=True)
    Path(packages).symlink_to(Path(msgspec.__file__).parents[1])
    command = [str(ROOT / "ggzy"), "flags", "release.json"]
    done = subprocess.run(command, cwd=tmp_path, env=told, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout[:9]) == (0, "共 1 个采购过程")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["release.json", "venv"]  # the launcher locks


def test_an_unknown_verb_is_refused() -> None:
    done = subprocess.run([str(ROOT / "ggzy"), "fly"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "'fly'" in done.stderr


def test_every_verb_of_the_first_half_is_carried_out_by_the_second() -> None:
    assert tuple(sorted(verbs.VERBS)) == tuple(sorted(launcher.VERBS))


def test_a_missing_package_is_named_with_its_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    needed = system.Need("libmissing", "the test", lambda: False, required=True)
    wanted = system.Need("fonts-missing", "letters", lambda: False, required=False)
    monkeypatch.setattr(system, "NEEDS", (needed, wanted))
    monkeypatch.setenv("GGZY_NO_INSTALL", "yes")
    with pytest.raises(system.GroundError):
        system.ensure("run")
    said = capsys.readouterr().err
    assert "apt-get install -y --no-install-recommends libmissing fonts-missing" in said


def test_what_it_can_do_without_only_earns_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = system.Need("fonts-missing", "letters", lambda: False, required=False)
    monkeypatch.setattr(system, "NEEDS", (wanted,))
    monkeypatch.setenv("GGZY_NO_INSTALL", "yes")
    system.ensure("run")
    assert "fonts-missing is missing: letters" in capsys.readouterr().err


def test_a_failing_step_is_shown_and_counts(capfd: pytest.CaptureFixture[str]) -> None:
    failed = check.step(
        "format", [sys.executable, "-c", "print('one file would be changed'); raise SystemExit(1)"]
    )
    assert not failed.ok
    assert "one file would be changed" in capfd.readouterr().out


def test_a_kept_step_is_quiet_and_gives_its_figures(capfd: pytest.CaptureFixture[str]) -> None:
    kept = check.step("contracts", [sys.executable, "-c", "print('Contracts: 8 kept, 0 broken.')"])
    assert (kept.ok, kept.words) == (True, " (8 kept, 0 broken)")
    assert "Contracts:" not in capfd.readouterr().out


def test_a_failing_test_fails_the_check(tmp_path: Path) -> None:
    broken = tmp_path / "test_broken.py"
    broken.write_text("def test_two_and_two():\n    assert 2 + 2 == 5\n")
    step, counts = check.tests([str(broken), "-p", "no:cacheprovider", "-c", str(ROOT / "pyproject.toml")])
    assert not step.ok
    assert counts["failed"] == 1


def test_the_secret_is_made_once_for_its_user_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GGZY_VAR", str(tmp_path))
    monkeypatch.delenv("GGZY_SECRET_KEY", raising=False)
    real = world.World("real", "real", None)
    first = real.secret()
    assert first == real.secret()
    assert len(first) > 50
    assert oct((tmp_path / "real" / "secret").stat().st_mode)[-3:] == "600"


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(system.GroundError, match=r"cannot be written .*GGZY_VAR"):
        launcher.ground(tmp_path / "file" / "var", checking=False)


def test_a_full_disk_is_named_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launcher.shutil, "disk_usage", lambda _: SimpleNamespace(free=300 * 2**20))
    with pytest.raises(system.GroundError, match="300 MB free and 600 MB are needed"):
        launcher.ground(tmp_path, checking=False)
    (tmp_path / "venv").mkdir()
    launcher.ground(tmp_path, checking=False)


@pytest.mark.parametrize("asked", ["eighty", "0", "65536", "-1"])
def test_an_unfit_port_is_refused(
    asked: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("GGZY_PORT", asked)
    with pytest.raises(Unsettled, match="must be a port number"):
        verbs.asked_port()


def test_a_rehearsal_of_nothing_throws_nothing_away(capsys: pytest.CaptureFixture[str]) -> None:
    assert verbs.rehearse(["--json"]) == 2
    assert "which notices?" in capsys.readouterr().err


def test_a_real_world_is_never_thrown_away() -> None:
    with pytest.raises(AssertionError):
        world.World("real", "real", None).fresh()


def test_a_verb_that_does_not_say_means_the_real_installation_if_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GGZY_VAR", str(tmp_path))
    monkeypatch.delenv("GGZY_MODE", raising=False)
    monkeypatch.delenv("GGZY_SECRET_KEY", raising=False)
    assert world.usual_mode() == "demo"
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "settings").touch()
    assert world.usual_mode() == "real"


def test_the_locks_name_no_address() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text()
        assert "://" not in text
        assert "--index" not in text
        assert text.count("--hash=sha256:") >= text.count("==") > 0


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """The steps that the launcher takes to make an environment, without their work."""
    taken: list[str] = []

    def take(command: list[str], sorry: str) -> None:
        taken.append(command[2])
        (tmp_path / "venv" / "bin").mkdir(parents=True, exist_ok=True)
        (tmp_path / "venv" / "bin" / "python").touch()

    monkeypatch.setattr(launcher, "run", take)
    monkeypatch.setattr(launcher, "works", lambda python: python.exists())
    return taken


def test_an_environment_is_made_once(steps: list[str], tmp_path: Path) -> None:
    for _ in range(2):
        launcher.environment(tmp_path, ROOT / "requirements.lock")
    assert steps == ["venv", "pip"]


@pytest.mark.parametrize(
    ("end", "then"), [(KeyboardInterrupt(), ["venv", "pip"]), (system.GroundError("no network"), ["pip"])]
)
def test_an_environment_left_in_the_middle_is_made_anew(
    steps: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: BaseException, then: list[str]
) -> None:
    whole = launcher.run

    def stop(command: list[str], sorry: str) -> None:
        whole(command, sorry)
        if command[2] == "pip":
            raise end

    monkeypatch.setattr(launcher, "run", stop)
    with pytest.raises(type(end)):
        launcher.environment(tmp_path, ROOT / "requirements.lock")
    monkeypatch.setattr(launcher, "run", whole)
    steps.clear()
    launcher.environment(tmp_path, ROOT / "requirements.lock")
    assert steps == then


def test_fonts_that_cannot_be_had_only_earn_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def refuse(var: Path, lock: Path, *flags: str) -> Path:
        assert lock.name == "requirements-fonts.lock" and flags == ("--no-deps",)
        raise system.GroundError("a package could not be installed")

    monkeypatch.setattr(launcher, "environment", refuse)
    launcher.fonts(tmp_path)
    said = capsys.readouterr().err
    assert "Chinese letters in PDF documents will be missing" in said
    assert "apt-get install -y --no-install-recommends fonts-noto-cjk" in said


def test_fonts_that_cannot_be_had_are_asked_for_once_a_day(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tries = []

    def refuse(var: Path, lock: Path, *flags: str) -> Path:
        tries.append(lock)
        raise system.GroundError("a package could not be installed")

    monkeypatch.setattr(launcher, "environment", refuse)
    for _ in range(3):
        launcher.fonts(tmp_path)
    assert len(tries) == 1
    yesterday = time.time() - launcher.A_DAY - 1
    os.utime(tmp_path / "fonts.failed", (yesterday, yesterday))
    launcher.fonts(tmp_path)
    assert len(tries) == 2
    monkeypatch.setattr(launcher, "environment", lambda *_: tries.append(Path()))
    os.utime(tmp_path / "fonts.failed", (yesterday, yesterday))
    launcher.fonts(tmp_path)
    assert not (tmp_path / "fonts.failed").exists()


def test_what_has_a_stand_in_earns_no_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fonts = system.Need("fonts-missing", "letters", lambda: False, required=False, has_stand_in=True)
    monkeypatch.setattr(system, "NEEDS", (fonts,))
    monkeypatch.setenv("GGZY_NO_INSTALL", "yes")
    system.ensure("run")
    assert capsys.readouterr().err == ""


def test_the_locks_name_what_the_project_asks_for() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    names = {"requirements.lock": project["dependencies"]}
    names["requirements-check.lock"] = project["dependencies"] + project["optional-dependencies"]["check"]
    for lock, wanted in names.items():
        locked = {
            line.split("==")[0].split("[")[0]
            for line in (ROOT / lock).read_text().splitlines()
            if "==" in line
        }
        asked = {name.split(">")[0].split("=")[0].split("[")[0].strip() for name in wanted}
        assert asked <= locked, asked - locked


def test_the_build_runs_what_everybody_runs() -> None:
    assert "exec ./ggzy check" in (ROOT / ".ci" / "run").read_text()
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
