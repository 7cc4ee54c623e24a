"""The same values as Cardinal 0.0.8 printed for made-up, partly broken releases: `oracle/` holds both.

Where the tool itself can be run (`ocdscardinal indicators`, built from its source), it is asked anew about others.
"""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from redflags import result, settings, settings_file
from redflags.reckoning import Reckoning
from tests.redflags.odd import Odd
from tests.redflags.odd import settings as odd_settings

ORACLE = Path(__file__).parent / "oracle"
TOOL = shutil.which("ocdscardinal")
ASKED = 60


def answered(text: bytes, told: str) -> Any:
    reckoning = Reckoning(replace(settings_file.parsed(told), with_maps=True))
    reckoning.take(text)
    pieces = result.cardinal(reckoning.conclude(), reckoning.bidders, with_meta=True, with_maps=True)
    return ordered(json.loads("".join(pieces)))


def ordered(answer: dict[str, Any]) -> dict[str, Any]:
    """The tool keeps sets; their order means nothing."""
    for names in answer["Maps"].values():
        for ocid, value in names.items():
            names[ocid] = sorted(value) if isinstance(value, list) else value
    return answer


@pytest.mark.parametrize("name", sorted(path.stem for path in ORACLE.glob("*.jsonl")))
def test_the_published_tool_gave_the_same(name: str) -> None:
    text = (ORACLE / f"{name}.jsonl").read_bytes()
    expected = json.loads((ORACLE / f"{name}.json").read_text())
    assert answered(text, (ORACLE / f"{name}.ini").read_text()) == expected


def test_the_oracle_holds_every_flag() -> None:
    raised = {
        code
        for path in ORACLE.glob("*.json")
        for group, names in json.loads(path.read_text()).items()
        if group not in ("Meta", "Maps")
        for values in names.values()
        for code in values
    }
    assert raised == set(settings.CODES)


@pytest.mark.skipif(TOOL is None, reason="ocdscardinal is not there")
def test_the_tool_gives_the_same_now(tmp_path: Path) -> None:
    for seed in range(ASKED):
        _ask(seed, tmp_path)


def _ask(seed: int, tmp_path: Path) -> None:
    text = "\n".join(Odd(seed, (0, 0.02, 0.1)[seed % 3], 2 + seed % 7).lines(60)) + "\n"
    (tmp_path / "releases.jsonl").write_text(text)
    (tmp_path / "settings.ini").write_text(odd_settings(seed))
    said = subprocess.run(
        [str(TOOL), "indicators", "--map", "--settings", "settings.ini", "releases.jsonl"],
        cwd=tmp_path, env={"RAYON_NUM_THREADS": "1"}, capture_output=True, check=True, text=True,
    )  # fmt: skip
    assert answered(text.encode(), odd_settings(seed)) == ordered(json.loads(said.stdout))
