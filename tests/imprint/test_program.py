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


WORDS = "根据现场踏勘情况，本标段拟投入三个作业队，先行施工跨河段，再由两端向中间推进，雨季前完成土方。"


def test_texts_are_compared_without_the_documents_own(tmp_path: Path) -> None:
    own = "".join(f"第{n}段：{WORDS[n % 20 :]}{n * 7919}" for n in range(40))
    form = "".join(f"承诺第{n}条：严格遵守招标文件第{n * 31}款的全部要求。" for n in range(60))
    texts = {"a": form + own, "b": form + own + "另附一段", "c": form + own[::-1], "d": form}
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    place = {
        name: [str(tmp_path / name), 0, (tmp_path / name).stat().st_size, f"{name}.txt"] for name in texts
    }
    bids = {name: {"name": f"江州第{name}建设有限公司", "files": [place[name]]} for name in "abc"}
    (pair,) = asked({"bids": bids, "documents": [place["d"]]})["pairs"]
    assert (pair["one"], pair["other"]) == ("a", "b") and float(pair["similarity"]) > 0.9
    assert "作业队" in pair["passages"][0] and "承诺" not in "".join(pair["passages"])


def test_nothing_to_read_is_answered_too() -> None:
    assert asked({"bids": {}, "documents": []}) == {
        "files": {}, "documents": [], "pairs": [], "is_complete": True,
    }  # fmt: skip


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
