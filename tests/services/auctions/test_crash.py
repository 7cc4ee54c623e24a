"""The short form of `./ggzy bench auction`: a writer killed or fenced amid its presses loses nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tools.postgres import APP, OWNER, Server

ROOT = Path(__file__).parents[3]
DATABASE = "ggzy_auction_crash"


@pytest.fixture
def environment(postgres: Server | None, tmp_path: Path) -> dict[str, str]:
    """A database of its own whose commits are real, with every table in it."""
    if postgres is None:
        pytest.skip("needs the embedded database")
    postgres.ensure_database(DATABASE)
    told = {
        **os.environ,
        "GGZY_MODE": "test",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "GGZY_VAR": str(tmp_path),
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    _run(["manage.py", "migrate", "--skip-checks", "-v0"], told, postgres.url(DATABASE, OWNER))
    return {**told, "DATABASE_URL": postgres.url(DATABASE, APP)}


def test_kill_9_of_the_writer_loses_no_answered_offer(environment: dict[str, str]):
    done = _run(["bench/auction.py", "--seconds", "0", "--kills", "5", "--json"], environment)
    crash: Any = json.loads(done.stdout.decode().splitlines()[0])["crash"]
    assert (crash["faults"], crash["fenced"]) == ([], 2)
    assert 0 < crash["acknowledged"] <= crash["offers"]


def _run(words: list[str], told: dict[str, str], url: str = "") -> subprocess.CompletedProcess[bytes]:
    env = {**told, "DATABASE_URL": url} if url else told
    done = subprocess.run(
        [sys.executable, *words], env=env, cwd=ROOT, capture_output=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    return done
