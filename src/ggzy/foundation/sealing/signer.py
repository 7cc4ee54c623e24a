"""签名机: a small process that holds the log's keys and remembers what it signed.

It refuses a smaller head, refuses a second root for one size, and wants a consistency proof for every
larger one; so a restored backup cannot make a fork that carries our signature. Run as

    python -m ggzy.foundation.sealing.signer --state DIR --socket PATH
"""

import argparse
import fcntl
import json
import os
import socketserver
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ggzy.foundation.sealing.signing import RECEIPT_HEADER, KeyPair, SignerRefused, said
from ggzy.kernel import merkle
from ggzy.kernel.digest import FUNCTIONS, function
from ggzy.kernel.note import Checkpoint

KEY_BYTES = 32
LINE_BYTES_MAX = 1024 * 1024


class Ledger:
    """签名簿. The keys, and the one (origin, size, root) that was signed last, each in a fsynced file."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        self._folder = folder
        self._owned = _owned(folder / "lock")
        self._mutex = threading.Lock()
        self._log = self._key("log.key")
        self._receipt = self._key("receipt.key")
        path = folder / "state.json"
        self._state: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}

    def keys(self, origin: str) -> tuple[KeyPair, KeyPair]:
        """密钥. Of heads and of receipts, under the names of this log."""
        self._require_origin(origin)
        return KeyPair(origin, self._log), KeyPair(f"{origin}/receipt", self._receipt)

    def state(self, origin: str) -> tuple[int, bytes]:
        """已签. The last signed head."""
        self._require_origin(origin)
        return self._state.get("size", 0), bytes.fromhex(self._state.get("root", ""))

    def head(self, origin: str, checkpoint: Checkpoint, proof: list[bytes]) -> str:
        """签存证点. The state is on disk before the signature exists."""
        with self._mutex:
            size, root = self.state(origin)
            self._require_growth(checkpoint, size, root, proof)
            if checkpoint.size != size:
                self._store({"origin": origin, "size": checkpoint.size, "root": checkpoint.root.hex()})
            return str(self.keys(origin)[0].sign(checkpoint.text()))

    def close(self) -> None:
        os.close(self._owned)

    def _require_origin(self, origin: str) -> None:
        if origin.rpartition("/")[2] not in FUNCTIONS:
            raise SignerRefused(f"日志名 {origin!r} 未以摘要算法结尾")
        if self._state.get("origin", origin) != origin:
            raise SignerRefused(f"本签名机只为日志 {self._state['origin']!r} 签名")

    def _require_growth(self, head: Checkpoint, size: int, root: bytes, proof: list[bytes]) -> None:
        if head.size < size:
            raise SignerRefused(f"日志从 {size} 条缩短为 {head.size} 条，不予签名")
        if head.size == size and head.root != root:
            raise SignerRefused(f"{size} 条的日志出现第二个树根，不予签名")
        hasher = function(head.origin.rpartition("/")[2])
        if size and not merkle.verify_consistency(size, head.size, proof, root, head.root, hasher=hasher):
            raise SignerRefused(f"从 {size} 条到 {head.size} 条的一致性证明不成立，不予签名")

    def _store(self, state: dict[str, Any]) -> None:
        _write(self._folder / "state.json", json.dumps(state).encode())
        self._state = state

    def _key(self, name: str) -> Ed25519PrivateKey:
        path = self._folder / name
        if not path.exists():
            _write(path, Ed25519PrivateKey.generate().private_bytes_raw())
        return Ed25519PrivateKey.from_private_bytes(path.read_bytes())


class SignerServer(socketserver.ThreadingUnixStreamServer):
    """签名服务. One thread per caller, one line of JSON per question."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, state: Path, path: Path) -> None:
        self.ledger = Ledger(state)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.unlink(missing_ok=True)  # the lock on the state says that nobody else listens
        before = os.umask(0o177)
        try:
            super().__init__(str(path), _Caller)
        finally:
            os.umask(before)

    def server_close(self) -> None:
        super().server_close()
        self.ledger.close()


class _Caller(socketserver.StreamRequestHandler):
    server: SignerServer

    def handle(self) -> None:
        while (line := self.rfile.readline(LINE_BYTES_MAX)).endswith(b"\n"):
            self.wfile.write(_answer(self.server.ledger, line[:-1]) + b"\n")


def _answer(ledger: Ledger, line: bytes) -> bytes:
    try:
        question: Any = json.loads(line)
        return said(_QUESTIONS[question["op"]](ledger, question))
    except (SignerRefused, ValueError, KeyError, TypeError, RecursionError) as error:
        return said({"refused": str(error)})


def _keys(ledger: Ledger, question: dict[str, Any]) -> dict[str, object]:
    log, receipt = ledger.keys(question["origin"])
    return {"log": str(log.public), "receipt": str(receipt.public)}


def _state(ledger: Ledger, question: dict[str, Any]) -> dict[str, object]:
    size, root = ledger.state(question["origin"])
    return {"size": size, "root": root.hex()}


def _receipts(ledger: Ledger, question: dict[str, Any]) -> dict[str, object]:
    if not all(text.startswith(RECEIPT_HEADER) for text in question["texts"]):
        raise SignerRefused("这不是回执，不予签名")
    _, key = ledger.keys(question["origin"])
    return {"notes": [str(key.sign(text)) for text in question["texts"]]}


def _batch(ledger: Ledger, question: dict[str, Any]) -> dict[str, object]:
    _, key = ledger.keys(question["origin"])
    batch = Checkpoint(key.name, int(question["size"]), bytes.fromhex(question["root"]))
    if batch.size < 1 or len(batch.root) != merkle.HASH_SIZE:
        raise SignerRefused("这不是一批回执，不予签名")
    return {"note": str(key.sign(batch.text()))}


def _head(ledger: Ledger, question: dict[str, Any]) -> dict[str, object]:
    checkpoint = Checkpoint.parse(question["text"])
    if checkpoint.origin != question["origin"]:
        raise SignerRefused("存证点的日志名与请求不符")
    proof = [bytes.fromhex(step) for step in question["proof"]]
    return {"note": ledger.head(question["origin"], checkpoint, proof)}


_QUESTIONS: dict[str, Callable[[Ledger, dict[str, Any]], dict[str, object]]] = {
    "keys": _keys,
    "state": _state,
    "receipts": _receipts,
    "batch": _batch,
    "head": _head,
}


def _owned(path: Path) -> int:
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise SystemExit(f"another signer already uses {path.parent}") from None
    return handle


def _write(path: Path, content: bytes) -> None:
    fresh = path.with_suffix(".new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    try:
        os.write(handle, content)
        os.fsync(handle)
    finally:
        os.close(handle)
    fresh.replace(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def main(arguments: list[str]) -> None:
    """签名机进程. Serves until it is stopped; it may be killed at any moment."""
    parser = argparse.ArgumentParser(
        prog="signer", description="Holds the journal's keys and signs its heads."
    )
    parser.add_argument(
        "--state", type=Path, required=True, help="folder of keys and of the last signed head"
    )
    parser.add_argument("--socket", type=Path, required=True, help="where the platform knocks")
    chosen = parser.parse_args(arguments)
    SignerServer(chosen.state, chosen.socket).serve_forever()


if __name__ == "__main__":
    main(sys.argv[1:])
