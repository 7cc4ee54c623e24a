"""The platform refuses to start on what is missing or does not fit."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REAL = {
    "GGZY_MODE": "real",
    "GGZY_SECRET_KEY": "s" * 50,
    "DATABASE_URL": "postgresql:///ggzy",
    "GGZY_PLATFORM_CODE": "12990100000000019C",
    "GGZY_PLATFORM_URL": "https://exchange.example",
    "GGZY_DEPOSIT_GATEWAY": "some_bank",
}


def start(told: dict[str, str], show: str = "MODE") -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    program = f"from ggzy import settings; print(settings.{show})"
    return subprocess.run(
        [sys.executable, "-c", program],
        env={**kept, "PYTHONPATH": str(ROOT / "src"), **told},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_real_installation_starts_with_its_secrets() -> None:
    assert start(REAL).stdout.strip() == "real"


def test_what_is_not_said_is_real() -> None:
    told = {name: value for name, value in REAL.items() if name != "GGZY_MODE"}
    assert start(told).stdout.strip() == "real"


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"GGZY_SECRET_KEY": ""}, "GGZY_SECRET_KEY"),
        ({"DATABASE_URL": ""}, "DATABASE_URL"),
        ({"GGZY_PLATFORM_CODE": ""}, "GGZY_PLATFORM_CODE"),
        ({"GGZY_PLATFORM_URL": ""}, "GGZY_PLATFORM_URL"),
        ({"GGZY_DEPOSIT_GATEWAY": ""}, "GGZY_DEPOSIT_GATEWAY"),
        ({"GGZY_DEPOSIT_GATEWAY": "simulated_bank"}, "moves no money"),
        ({"GGZY_MODE": "production"}, "GGZY_MODE"),
        ({"GGZY_MODE": "demo"}, "demo never meets production"),
        ({"GGZY_HTTPS": "maybe"}, "GGZY_HTTPS"),
        ({"GGZY_DIGEST": "md5"}, "GGZY_DIGEST"),
    ],
)
def test_it_refuses_to_start(change: dict[str, str], word: str) -> None:
    done = start({**REAL, **change})
    assert done.returncode != 0
    assert word in done.stderr


@pytest.mark.parametrize(("show", "value"), [("SIMULATION", "False"), ("HTTPS", "True"), ("DEBUG", "False")])
def test_a_real_installation_is_strict(show: str, value: str) -> None:
    assert start(REAL, show).stdout.strip() == value


def test_an_address_with_a_password_is_understood() -> None:
    url = "postgresql://app:p%40ss@db.example:5433/exchange?sslmode=require"
    shown = start({**REAL, "DATABASE_URL": url}, "DATABASES['default']").stdout
    for part in (
        "'NAME': 'exchange'",
        "'USER': 'app'",
        "'PASSWORD': 'p@ss'",
        "'PORT': '5433'",
        "'sslmode': 'require'",
    ):
        assert part in shown
