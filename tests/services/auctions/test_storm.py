"""The short form of `./ggzy bench auction`'s storm: live processes and the database killed amid the presses."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tools.postgres import Server

ROOT = Path(__file__).parents[3]


def test_kill_9_of_live_processes_and_database_loses_no_answered_offer(
    postgres: Server | None, tmp_path: Path
):
    if postgres is None:
        pytest.skip("needs the embedded database")
    told = {
        **os.environ,
        "GGZY_MODE": "demo",
        "DJANGO_SETTINGS_MODULE": "ggzy.settings",
        "DATABASE_URL": "postgresql:///none",
        "GGZY_VAR": str(tmp_path),
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    done = subprocess.run(
        [sys.executable, "bench/auction.py", "--seconds", "0", "--kills", "3", "--json"],
        env=told, cwd=ROOT, capture_output=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    found: Any = json.loads(done.stdout.decode().splitlines()[0])["storm"]
    assert found["faults"] == []
    assert [found[f"{what}_kills"] for what in ("process", "writer", "database")] == [1, 1, 1]
    assert 0 < found["accepted"] <= found["acknowledged"]
