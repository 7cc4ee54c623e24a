"""正式运行: nothing invented, nothing simulated, no door that a demo has."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

ROOT = Path(__file__).resolve().parents[2]
REAL = {
    "GGZY_MODE": "real",
    "GGZY_SECRET_KEY": "s" * 50,
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nowhere",
    "GGZY_PLATFORM_CODE": "12990100000000019C",
    "GGZY_PLATFORM_URL": "https://exchange.example",
    "GGZY_DEPOSIT_GATEWAY": "some_bank",
    "DJANGO_SETTINGS_MODULE": "ggzy.settings",
}
SETUP = "import django; django.setup()\n"


def real(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A process of a real installation whose database is away: what it refuses, it refuses at once."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments],
        env={**kept, "PYTHONPATH": str(ROOT / "src"), "GGZY_VAR": str(tmp_path), **REAL},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def program(tmp_path: Path, text: str) -> str:
    done = real(tmp_path, "-c", SETUP + text)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("demo",), "只有演示环境才有演示世界"),
        (("robots",), "只有演示环境才有机器人"),
        (("rehearse", __file__), "正式运行的平台不得演练"),
    ],
)
def test_a_real_installation_refuses_what_invents(
    tmp_path: Path, command: tuple[str, ...], words: str
) -> None:
    done = real(tmp_path, str(ROOT / "manage.py"), *command)
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir()), "a refused command left something behind"


@pytest.mark.parametrize("command", ["demo", "robots"])
def test_outside_a_demo_there_is_no_invented_world(command: str) -> None:
    with pytest.raises(CommandError, match="只有演示环境才有"):
        call_command(command)


def test_a_real_installation_refuses_simulated_time(tmp_path: Path) -> None:
    told = program(
        tmp_path,
        "from datetime import timedelta\n"
        "from ggzy.foundation.journal import services\n"
        "from ggzy.kernel.errors import Forbidden\n"
        "try:\n"
        "    with services.simulate(timedelta()):\n"
        "        print('moved')\n"
        "except Forbidden as refused:\n"
        "    print(refused.message)",
    )
    assert told == "正式运行的平台不得使用模拟时间"


def test_a_real_installation_issues_no_certificates(tmp_path: Path) -> None:
    told = program(
        tmp_path,
        "from datetime import UTC, datetime\n"
        "from ggzy.foundation.identity import services\n"
        "try:\n"
        "    services.demo_certificate('云岭甲公司', None, datetime.now(UTC))\n"
        "except AssertionError as refused:\n"
        "    print(refused)",
    )
    assert told == "a real installation issues no certificates"
    assert not list(tmp_path.rglob("*.key"))


@pytest.mark.parametrize("address", ["/tour/as/", "/desk/me/certificate/"])
def test_a_real_installation_has_no_door_of_a_demo(tmp_path: Path, address: str) -> None:
    told = program(
        tmp_path,
        "from django.urls import Resolver404, resolve\n"
        "try:\n"
        f"    print(resolve('{address}').func.__module__)\n"
        "except Resolver404:\n"
        "    print('nowhere')",
    )
    assert told == "nowhere"


@pytest.mark.parametrize("address", ["/tour/", "/tour/keys/u1.key", "/tour/parts/"])
def test_a_real_installation_shows_nothing_of_a_demo(
    db: None, settings: Any, tmp_path: Path, address: str
) -> None:
    settings.SIGNER_STATE = tmp_path / "signer"
    (tmp_path / "bidders").mkdir()
    (tmp_path / "bidders" / "u1.key").write_bytes(b"secret")
    settings.REAL, settings.DEMO, settings.TEST = False, True, False
    assert Client().get(address).status_code == 200
    settings.REAL, settings.DEMO = True, False
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("address", ["/tour/as/", "/desk/me/certificate/"])
def test_these_doors_are_there_where_nothing_is_real(db: None, address: str) -> None:
    assert Client().get(address).status_code != 404
