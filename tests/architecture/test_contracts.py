"""The import contracts hold, and would say so if they did not."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINTER = Path(sys.executable).parent / "lint-imports"

BREACHES = [
    ("1. The house", "src/ggzy/kernel/verdict.py", "import ggzy.foundation.fields"),
    ("2. A lot travels", "src/ggzy/trading/projects/values.py", "from ggzy.trading import dossier"),
    ("3. The other tiers", "src/ggzy/foundation/journal/values.py", "from ggzy.foundation import identity"),
    ("4. Inside an app", "src/ggzy/foundation/identity/models.py", "from ggzy.foundation.identity import services"),
    ("5. Rules are pure", "src/ggzy/foundation/identity/rules.py", "import django.db"),
    ("6. Across a border", "src/ggzy/registers/parties/models.py", "from ggzy.foundation.identity import models"),
    ("7. Oversight and service", "src/ggzy/service/portal/queries.py", "from ggzy.trading import tendering"),
    ("8. Plug-ins", "src/ggzy/foundation/identity/providers/two.py", "from ggzy.foundation.identity.providers import software"),
]  # fmt: skip


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    told = {**os.environ, "PYTHONPATH": os.pathsep.join((str(folder / "src"), str(folder)))}
    command = [str(LINTER), "--no-logo", "--no-cache"]
    return subprocess.run(command, cwd=folder, env=told, capture_output=True, text=True, check=False)


def test_the_contracts_hold() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("src", "tools"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "static"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize(("contract", "path", "line"), BREACHES)
def test_a_breach_is_caught(copy: Path, contract: str, path: str, line: str) -> None:
    module = copy / path
    before = module.read_text() if module.exists() else '"""A module."""\n'
    module.write_text(f"{before}\n{line}\n")
    done = lint(copy)
    broken = [said for said in done.stdout.splitlines() if said.endswith("BROKEN")]
    assert any(said.startswith(contract) for said in broken), done.stdout + done.stderr


def test_a_file_with_another_name_breaks_the_build(copy: Path) -> None:
    (copy / "src/ggzy/foundation/identity/utils.py").write_text('"""A drawer."""\n')
    done = lint(copy)
    assert "utils" in done.stdout + done.stderr
    assert done.returncode != 0
