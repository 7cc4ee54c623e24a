"""询问读取程序: the caller's side. A program of its own reads the files, bounded; it answers or it is not waited for."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SECONDS = 45  # the program ends itself before
ANSWER_BYTES_MAX = 32 * 1024 * 1024
LOG = logging.getLogger("imprint")


def ask(request: Mapping[str, Any]) -> dict[str, Any]:
    """What the reading program says; empty where it did not answer."""
    home = Path(__file__).parents[1]
    try:
        done = subprocess.run(
            [sys.executable, "-m", "imprint"],
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=SECONDS,
            check=True,
            env={"PYTHONPATH": str(home), "PATH": os.defpath, "LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"},
        )
        if len(done.stdout) > ANSWER_BYTES_MAX:
            raise ValueError("the answer is too long")
        answer: dict[str, Any] = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        LOG.exception("the files could not be read")
        return {}
    return answer
