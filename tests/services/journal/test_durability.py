import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_kill_9_loses_no_receipt_and_the_check_can_fail():
    """The short form of `./ggzy bench durability`: two kills of the database, one of a writer."""
    done = subprocess.run(
        [sys.executable, "bench/durability.py", "--kills", "3", "--seconds", "0.3", "--json"],
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
        cwd=ROOT,
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    figures = json.loads(done.stdout.decode().splitlines()[0])
    assert figures["acknowledged"] > 0
    assert (figures["lost"], figures["faults"]) == (0, [])
    assert figures["control_lost"] > 0
