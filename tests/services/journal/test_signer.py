import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from ggzy.foundation.sealing.signer import SignerServer
from ggzy.foundation.sealing.signing import RECEIPT_HEADER, Remote, SignerAway, SignerRefused, check
from ggzy.kernel import merkle
from ggzy.kernel.note import Checkpoint, Note

ORIGIN = "ggzy.example/journal/2026-1/sha256"
LEAVES = [merkle.leaf_hash(bytes([number])) for number in range(40)]
NODE = merkle.nodes_of(LEAVES)


class House:
    """A signer process that can be killed and started again on the same state."""

    def __init__(self, folder: Path) -> None:
        self.state, self.socket = folder / "state", folder / "run" / "signer.sock"
        self.process = self.start()

    def start(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "ggzy.foundation.sealing.signer"]
        process = subprocess.Popen(
            [*command, "--state", str(self.state), "--socket", str(self.socket)],
            env={**os.environ, "PYTHONPATH": "src"},
        )
        self.wait()
        return process

    def wait(self) -> None:
        for _ in range(400):
            try:
                Remote(self.socket, ORIGIN).state()
                return
            except SignerAway:
                time.sleep(0.02)
        raise AssertionError("the signer does not start")

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    house = House(tmp_path_factory.mktemp("signer"))
    yield house
    house.kill()


@pytest.fixture
def signer(tmp_path):
    """The same server in a thread, as the rehearsal runs it."""
    server = SignerServer(tmp_path / "state", tmp_path / "run" / "signer.sock")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Remote(tmp_path / "run" / "signer.sock", ORIGIN)
    server.shutdown()
    server.server_close()


def head(size: int, leaves=LEAVES) -> Checkpoint:
    return Checkpoint(ORIGIN, size, merkle.root(leaves[:size]))


def sign(signer, size: int, *, old: int = 0, leaves=LEAVES):
    return signer.head(head(size, leaves), merkle.consistency(old, size, merkle.nodes_of(leaves)))


def test_heads_that_grow_are_signed(signer):
    for old, size in [(0, 8), (8, 9), (9, 32), (32, 40)]:
        note = sign(signer, size, old=old)
        assert note.is_signed_by(signer.keys().log, check)
        assert signer.state() == (size, merkle.root(LEAVES[:size]))


def test_the_same_head_is_signed_again_with_the_same_bytes(signer):
    assert str(sign(signer, 8)) == str(sign(signer, 8, old=8))


FORGED = [*LEAVES[:3], merkle.leaf_hash(b"forged"), *LEAVES[4:]]


@pytest.mark.parametrize(
    "size, old, leaves, word",
    [
        (7, 7, LEAVES, "缩短"),
        (8, 8, FORGED, "第二个树根"),
        (16, 8, FORGED, "一致性"),
        (16, 0, LEAVES, "一致性"),
    ],
)
def test_a_head_that_contradicts_the_last_is_refused(signer, size, old, leaves, word):
    sign(signer, 8)
    with pytest.raises(SignerRefused, match=word):
        sign(signer, size, old=old, leaves=leaves)
    assert signer.state()[0] == 8


def test_another_log_is_refused(signer, tmp_path):
    sign(signer, 8)
    other = Remote(tmp_path / "run" / "signer.sock", ORIGIN.replace("2026-1", "2026-2"))
    with pytest.raises(SignerRefused, match="只为日志"):
        other.state()


def test_a_head_under_another_name_is_refused(signer):
    with pytest.raises(SignerRefused, match="不符"):
        signer.head(Checkpoint("other/sha256", 1, LEAVES[0]), [])


def test_only_receipts_are_signed_as_receipts(signer):
    (note,) = signer.receipts([f"{RECEIPT_HEADER}{{}}\n"])
    assert Note.parse(note).is_signed_by(signer.keys().receipt, check)
    with pytest.raises(SignerRefused):
        signer.receipts([f"{RECEIPT_HEADER}{{}}\n", head(8).text()])


def test_a_batch_is_signed_in_the_name_of_receipts_and_never_as_a_head(signer):
    note = signer.batch(3, LEAVES[0])
    assert note.text == Checkpoint(f"{ORIGIN}/receipt", 3, LEAVES[0]).text()
    assert note.is_signed_by(signer.keys().receipt, check)
    assert not note.is_signed_by(signer.keys().log, check)
    for size, root in ((0, LEAVES[0]), (3, b""), ("3\nx", LEAVES[0])):
        with pytest.raises(SignerRefused):
            signer.batch(size, root)


@pytest.mark.parametrize("question", [{"op": "sell"}, {}, {"op": "head", "text": "x", "proof": []}])
def test_a_question_it_does_not_know_is_refused(signer, question):
    with pytest.raises(SignerRefused):
        signer._ask(question)


def test_a_killed_signer_remembers_and_its_client_finds_it_again(house):
    signer = Remote(house.socket, ORIGIN)
    note = sign(signer, 20)
    house.kill()
    with pytest.raises(SignerAway):
        signer.state()
    house.process = house.start()
    assert signer.state() == (20, merkle.root(LEAVES[:20]))
    assert str(sign(signer, 20, old=20)) == str(note)
    with pytest.raises(SignerRefused):
        sign(signer, 19, old=19)


def test_two_signers_never_share_a_state(house):
    command = [sys.executable, "-m", "ggzy.foundation.sealing.signer"]
    second = subprocess.run(
        [*command, "--state", str(house.state), "--socket", str(house.socket)],
        env={**os.environ, "PYTHONPATH": "src"},
        capture_output=True,
        timeout=20,
        check=False,
    )
    assert second.returncode == 1
    assert b"another signer" in second.stderr
    assert Remote(house.socket, ORIGIN).state()


def test_keys_and_door_are_closed_to_others(house):
    assert {path.stat().st_mode & 0o077 for path in (house.state, house.socket.parent, house.socket)} == {0}
    assert {path.stat().st_mode & 0o077 for path in house.state.glob("*.key")} == {0}


def test_many_callers_are_answered_at_once(signer):
    failures = []

    def call():
        try:
            for _ in range(50):
                (note,) = signer.receipts([f"{RECEIPT_HEADER}{{}}\n"])
                assert Note.parse(note).is_signed_by(signer.keys().receipt, check)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=call) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
