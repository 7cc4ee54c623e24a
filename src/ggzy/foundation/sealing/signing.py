"""签名机的门: asking the signer for a signed head or a signed receipt.

The private keys live in another process (`signer.py`); this is all the platform sees of it.
"""

import json
import os
import socket
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ggzy.kernel.note import DASH, ED25519, Checkpoint, Note, VerifierKey

RECEIPT_HEADER = "ggzy.receipt/1\n"
SECONDS_MAX = 3


class SignerAway(Exception):
    """签名机不可用: nobody answers; what was recorded stands, its signature comes later."""


class SignerRefused(Exception):
    """签名机拒签: what it was asked to sign contradicts what it signed before."""


@dataclass(frozen=True)
class Keys:
    """公钥. Of the log's heads and of the receipts."""

    log: VerifierKey
    receipt: VerifierKey


class Signer(Protocol):
    """签名机. What the journal asks for, wherever the keys are."""

    def keys(self) -> Keys:
        """公钥. The public halves."""

    def state(self) -> tuple[int, bytes]:
        """已签. Size and root of the last signed head; (0, b"") before the first."""

    def receipts(self, texts: Sequence[str]) -> list[str]:
        """签回执, in order, at one question: the signed notes. SignerRefused unless each text is that of a receipt."""

    def batch(self, size: int, root: bytes) -> Note:
        """签一批回执: the root of the tree of their texts, in the name of the receipts."""

    def head(self, checkpoint: Checkpoint, proof: Sequence[bytes]) -> Note:
        """签存证点. `proof` is that of consistency with the last signed head."""


@dataclass(frozen=True)
class KeyPair:
    """密钥对. Ed25519, named as its signatures are."""

    name: str
    private: Ed25519PrivateKey

    @cached_property
    def public(self) -> VerifierKey:
        return VerifierKey(self.name, ED25519, self.private.public_key().public_bytes_raw())

    def sign(self, text: str) -> Note:
        return Note(text).signed(self.public, self.private.sign)


def said(what: Mapping[str, object]) -> bytes:
    """One question, or one answer, as a line without its end. What is signed travels as text in it."""
    return json.dumps(what, ensure_ascii=False).encode()


def check(public: bytes, message: bytes, signature: bytes) -> bool:
    """核验签名. The `Check` of `kernel.note` for Ed25519."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


class Throwaway:
    """一次性签名机. Keys in memory and no memory of the past: for tests whose facts are rolled back."""

    def __init__(self, origin: str) -> None:
        self._log = KeyPair(origin, Ed25519PrivateKey.generate())
        self._receipt = KeyPair(f"{origin}/receipt", Ed25519PrivateKey.generate())

    def keys(self) -> Keys:
        return Keys(self._log.public, self._receipt.public)

    def state(self) -> tuple[int, bytes]:
        return 0, b""

    def receipts(self, texts: Sequence[str]) -> list[str]:
        return [str(self._receipt.sign(text)) for text in texts]

    def batch(self, size: int, root: bytes) -> Note:
        return self._receipt.sign(Checkpoint(self._receipt.name, size, root).text())

    def head(self, checkpoint: Checkpoint, proof: Sequence[bytes]) -> Note:
        return self._log.sign(checkpoint.text())


class Remote:
    """远端签名机. The signer behind a socket; one connection per thread, made again when it broke or was inherited."""

    def __init__(self, path: Path, origin: str) -> None:
        self._path = path
        self._origin = origin
        self._local = threading.local()
        self._keys: Keys | None = None

    def keys(self) -> Keys:
        if self._keys is None:
            answer = self._ask({"op": "keys"})
            self._keys = Keys(VerifierKey.parse(answer["log"]), VerifierKey.parse(answer["receipt"]))
        return self._keys

    def state(self) -> tuple[int, bytes]:
        answer = self._ask({"op": "state"})
        return answer["size"], bytes.fromhex(answer["root"])

    def receipts(self, texts: Sequence[str]) -> list[str]:
        notes: list[str] = self._ask({"op": "receipts", "texts": list(texts)})["notes"]
        if not all(note.startswith(f"{text}\n{DASH}") for note, text in zip(notes, texts, strict=True)):
            raise SignerRefused("签名机签的不是所问的回执")
        return notes

    def batch(self, size: int, root: bytes) -> Note:
        note = Note.parse(self._ask({"op": "batch", "size": size, "root": root.hex()})["note"])
        if Checkpoint.parse(note.text) != Checkpoint(self.keys().receipt.name, size, root):
            raise SignerRefused("签名机签的不是所问的一批回执")
        return note

    def head(self, checkpoint: Checkpoint, proof: Sequence[bytes]) -> Note:
        asked = {"op": "head", "text": checkpoint.text(), "proof": [step.hex() for step in proof]}
        return Note.parse(self._ask(asked)["note"])

    def _ask(self, question: Mapping[str, object]) -> dict[str, Any]:
        line = said({**question, "origin": self._origin}) + b"\n"
        answer = self._exchange(line)
        if "refused" in answer:
            raise SignerRefused(answer["refused"])
        return answer

    def _exchange(self, line: bytes) -> dict[str, Any]:
        """Every question may be put twice: the same text gets the same signature."""
        reused = getattr(self._local, "file", None) is not None
        try:
            return self._send(line)
        except OSError as error:
            self._drop()
            if not reused:
                raise SignerAway(f"签名机无应答：{error}") from error
        try:
            return self._send(line)
        except OSError as error:
            self._drop()
            raise SignerAway(f"签名机无应答：{error}") from error

    def _send(self, line: bytes) -> dict[str, Any]:
        if getattr(self._local, "process", None) != os.getpid():  # two processes must not talk on one line
            self._local.process, self._local.door, self._local.file = os.getpid(), None, None
        if self._local.file is None:
            door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            door.settimeout(SECONDS_MAX)
            door.connect(str(self._path))
            self._local.door, self._local.file = door, door.makefile("rb")
        self._local.door.sendall(line)
        answer = self._local.file.readline()
        if not answer.endswith(b"\n"):
            raise ConnectionResetError("the signer hung up")
        read: dict[str, Any] = json.loads(answer)
        return read

    def _drop(self) -> None:
        if getattr(self._local, "door", None) is not None:
            self._local.door.close()
        self._local.door = self._local.file = None
