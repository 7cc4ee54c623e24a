import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from ggzy.kernel import merkle
from ggzy.kernel.note import Checkpoint
from tests.verify.story import LOT, packed, whole
from tests.verify.verifying import verified
from verify import program
from verify.report import ABSENT, BROKEN, HOLDS, UNKNOWN

CHECKS = ["V1", "V2", "V4", "V5", "V6", "V8", "V9", "V10", "V11", "V12", "V13", "V14", "V15"]


def faults(path: Path, *options: str) -> dict[str, list[str]]:
    checks = program.checks_of(program._options(["verify", str(path), *options]))
    return {check.code: check.faults + check.gaps for check in checks if check.faults or check.gaps}


@pytest.fixture(scope="module")
def honest(tmp_path_factory):
    story = whole()
    path = tmp_path_factory.mktemp("honest") / "案卷.zip"
    path.write_bytes(packed(story.files()))
    return story, path


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
def test_an_honest_dossier_holds_in_every_check(algorithm, tmp_path):
    path = tmp_path / "d.zip"
    path.write_bytes(packed(whole(algorithm).files(), algorithm))
    assert faults(path) == {}
    assert verified(path) == {code: ABSENT if code in ("V10", "V14") else HOLDS for code in CHECKS}


def test_a_dossier_checks_itself_without_the_platform_and_without_a_network(honest, tmp_path):
    _, path = honest
    done = subprocess.run(
        [sys.executable, "-I", str(path), "--json"],
        capture_output=True,
        cwd=tmp_path,
        timeout=60,
        check=False,
    )
    report = json.loads(done.stdout)
    assert (done.returncode, report["exit_code"]) == (0, 0), done.stderr
    assert [check["check"] for check in report["checks"]] == CHECKS


def test_a_dossier_that_fails_says_which_check_and_exits_with_one(honest, tmp_path):
    story, _ = honest
    spoiled = tmp_path / "spoiled.zip"
    spoiled.write_bytes(
        packed(
            {**story.files(), "checkpoint": story.files()["checkpoint"].replace(b"\n\xe2", b"\n\n\xe2", 1)}
        )
    )
    done = subprocess.run(
        [sys.executable, "-m", "verify", str(spoiled)],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": "src"},
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "核验不通过" in done.stdout.decode()


def test_without_its_library_the_program_says_so_and_exits_with_two(honest, tmp_path):
    _, path = honest
    blocked = tmp_path / "cryptography.py"
    blocked.write_text("raise ModuleNotFoundError(name='cryptography')")
    done = subprocess.run(
        [sys.executable, str(path)],
        capture_output=True,
        env={"PYTHONPATH": str(tmp_path)},
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "cryptography" in done.stderr.decode()


def test_the_program_imports_nothing_of_the_platform():
    sources = "".join(path.read_text() for path in Path("src/verify").glob("*.py"))
    assert "ggzy." not in "".join(line for line in sources.splitlines() if "import" in line)


def test_a_receipt_kept_by_a_bidder_is_found(honest, tmp_path):
    story, path = honest
    bid = next(line for line in story.lines if line["stream"].endswith("/bids"))
    receipt = tmp_path / "回执.ggzy"
    receipt.write_text(json.dumps(story.receipt(bid)))
    assert verified(path, "--receipt", str(receipt))["V10"] == HOLDS


@pytest.mark.parametrize("kind", ["whole", "text", "index", "step", "size", "name"])
def test_receipts_of_one_commit_share_a_signature_and_each_stands_by_itself(kind, honest, tmp_path):
    story, path = honest
    bid, *others = [line for line in story.lines if line["height"] > 1][:5]
    receipt = story.batch_receipt(bid, others)
    note = receipt["note"]
    step = note.split("index 4\n")[1].split("\n")[0]
    changed = {
        "text": note.replace('"seq":', '"seq":1'),
        "index": note.replace("index 4\n", "index 3\n"),
        "step": note.replace(step, step[::-1][1:] + "="),
        "size": note.replace("\n5\n", "\n6\n"),
        "name": note.replace("/receipt\n", "\n"),
    }
    receipt["note"] = changed.get(kind, note)
    assert kind == "whole" or receipt["note"] != note
    file = tmp_path / "r.ggzy"
    file.write_text(json.dumps(receipt))
    assert verified(path, "--receipt", str(file))["V10"] == (HOLDS if kind == "whole" else BROKEN)


@pytest.mark.parametrize("kind", ["signature", "event", "missing", "other", "proof", "fork"])
def test_a_receipt_that_the_dossier_contradicts_is_caught(kind, honest, tmp_path):
    story, path = honest
    bid = next(line for line in story.lines if line["stream"].endswith("/bids"))
    receipt = story.receipt(bid)
    if kind == "signature":
        receipt["note"] = receipt["note"].replace('"seq":1', '"seq":2')
    if kind == "event":
        receipt["event"] = receipt["event"].replace("b1", "b9")
    if kind == "missing":
        receipt = story.receipt({**bid, "stream": f"lot/{LOT}/2/bids", "event": bid["event"]})
    if kind == "other":
        receipt = story.receipt({**bid, "nonce": "00" * 32})
    if kind == "proof":
        receipt["proof"] = receipt["proof"].replace("index ", "index 1")
    if kind == "fork":
        other = whole()
        other.log = story.log
        receipt["proof"] = other.receipt(other.lines[2])["proof"]
    file = tmp_path / "r.ggzy"
    file.write_text(json.dumps(receipt))
    assert verified(path, "--receipt", str(file))["V10"] == BROKEN


def test_a_head_kept_from_before_is_the_beginning_of_this_log(honest, tmp_path):
    story, path = honest
    kept = tmp_path / "head"
    kept.write_text(str(story.heads[2]))
    assert verified(path, "--head", str(kept))["V5"] == HOLDS


def test_a_head_of_another_history_is_caught(honest, tmp_path):
    story, path = honest
    other = whole(change=lambda kind, body: {**body, "title": "别的"} if kind == "lot.registered" else body)
    other.log = story.log
    kept = tmp_path / "head"
    kept.write_text(str(other.sign()))
    forged = other.heads[2]
    kept.write_text(str(story.log.sign(forged.text)))
    assert verified(path, "--head", str(kept))["V5"] == BROKEN


def test_a_head_the_dossier_does_not_know_cannot_be_decided_without_its_proof(honest, tmp_path):
    story, path = honest
    size, last = 2, Checkpoint.parse(story.heads[-1].text).size
    head = Checkpoint(story.log.name, size, merkle.root(story.leaves[:size]))
    kept, proof = tmp_path / "head", tmp_path / "proof"
    kept.write_text(str(story.log.sign(head.text())))
    assert verified(path, "--head", str(kept))["V5"] == UNKNOWN
    hashes = merkle.consistency(size, last, merkle.nodes_of(story.leaves))
    proof.write_text(json.dumps({"old": size, "new": last, "hashes": [step.hex() for step in hashes]}))
    assert verified(path, "--head", str(kept), "--consistency", str(proof))["V5"] == HOLDS
    newer = Checkpoint(story.log.name, last + 9, bytes(32))
    kept.write_text(str(story.log.sign(newer.text())))
    assert verified(path, "--head", str(kept))["V5"] == UNKNOWN


def test_keys_from_elsewhere_decide(honest, tmp_path):
    story, path = honest
    keys = tmp_path / "keys.json"
    keys.write_bytes(story.files()["keys.json"])
    assert verified(path, "--trust", str(keys))["V2"] == HOLDS
    keys.write_bytes(whole().files()["keys.json"])
    assert verified(path, "--trust", str(keys))["V2"] == BROKEN


def test_withheld_bids_leave_the_close_undecided_and_the_rest_holds(honest, tmp_path):
    story, _ = honest
    lines = [
        {**line, "event": None, "nonce": None} if line["stream"].endswith("/bids") else line
        for line in story.lines
    ]
    path = tmp_path / "withheld.zip"
    files = story.files()
    files["events.jsonl"] = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    path.write_bytes(packed(files))
    states = verified(path)
    assert {code for code, state in states.items() if state == UNKNOWN} == {"V9", "V11", "V12"}
    assert BROKEN not in states.values()


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_dossier_fails_the_first_check(content, tmp_path):
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    assert verified(path) == {"V1": BROKEN}


def test_a_missing_file_cannot_be_decided(tmp_path):
    assert verified(tmp_path / "none.zip") == {"V1": UNKNOWN}


def test_the_member_files_stay_readable_as_a_plain_zip(honest):
    _, path = honest
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert {"index.json", "events.jsonl", "__main__.py"} <= set(archive.namelist())
