"""The program itself: an answer, whatever a file does to it."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import imprint.__main__ as program
from imprint.values import Imprint, Place
from tests.imprint import files


def asked(request: dict[str, Any]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "imprint"], input=json.dumps(request).encode(), capture_output=True, check=True
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_bids_are_read_and_compared(tmp_path: Path) -> None:
    prices = {f"{n}": f"{n + 10}.50" for n in range(30)}
    (tmp_path / "a").write_bytes(files.priced(prices))
    (tmp_path / "b").write_bytes(files.entities())
    place = {
        name: [str(tmp_path / name), 0, (tmp_path / name).stat().st_size, f"{name}.xml"] for name in "ab"
    }
    answer = asked(
        {
            "bids": {
                "1": {"name": "江州第一建设有限公司", "files": [place["a"]]},
                "2": {"name": "江州第二建设有限公司", "files": [place["a"], place["b"]]},
            },
            "documents": [],
        }
    )
    assert answer["files"]["1"][0]["locks"] == ["GL-77123"]
    assert "text" not in answer["files"]["1"][0]
    (pair,) = answer["pairs"]
    assert pair["prices"]["equal"] == "1.000000"


def test_nothing_to_read_is_answered_too() -> None:
    assert asked({"bids": {}, "documents": []}) == {"files": {}, "documents": [], "pairs": []}


@pytest.mark.parametrize("harm", ["hang", "eat", "die"])
def test_a_file_that_harms_its_reader_harms_nobody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    def hostile(place: Place) -> Imprint:
        if place.name != "bad":
            return Imprint(place.name, kind="txt")
        if harm == "eat":
            bytearray(2 << 30)
        while harm == "hang":
            pass
        raise SystemError

    monkeypatch.setattr(program, "read", hostile)
    monkeypatch.setattr(program, "CPU_SECONDS", 1)
    places = [Place(tmp_path, 0, 0, name) for name in ("good", "bad", "after")]
    found = program._apart(places, time.monotonic() + 5)
    assert [one.name for one in found] == ["good", "bad", "after"]
    assert [bool(one.unread) for one in found] == [False, True, True]
