"""签名文本: C2SP signed notes, checkpoints and verifier keys, read and checked."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

ED25519 = 1
DASH = "— "


@dataclass(frozen=True)
class Key:
    """核验公钥: name+id+base64 of algorithm byte and key."""

    name: str
    id: bytes
    public: bytes

    @classmethod
    def parse(cls, text: str) -> Key:
        name, figures, encoded = text.split("+", 2)
        material = decoded(encoded)
        made = hashlib.sha256(name.encode() + b"\n" + material).digest()[:4]
        if made.hex() != figures or material[:1] != bytes([ED25519]):
            raise ValueError(f"公钥 {name} 与其编号不符")
        return cls(name, made, material[1:])


@dataclass(frozen=True)
class Note:
    """签名文本."""

    text: str
    signatures: tuple[tuple[str, bytes], ...]

    @classmethod
    def parse(cls, text: str) -> Note:
        body, blank, tail = text.rpartition("\n\n")
        lines = tail.split("\n")
        if not blank or lines.pop() != "" or not lines:
            raise ValueError("不是签名文本")
        return cls(body + "\n", tuple(_signature(line) for line in lines))

    def is_signed_by(self, key: Key) -> bool:
        mine = [value for name, value in self.signatures if name == key.name and value[:4] == key.id]
        if len(mine) != 1:
            return False
        try:
            Ed25519PublicKey.from_public_bytes(key.public).verify(mine[0][4:], self.text.encode())
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class Head:
    """存证点: a signed head of the log."""

    origin: str
    size: int
    root: bytes
    note: Note

    @classmethod
    def parse(cls, text: str) -> Head:
        note = Note.parse(text)
        lines = note.text.split("\n")
        if len(lines) < 4 or not lines[1].isdigit():
            raise ValueError("不是存证点")
        return cls(lines[0], int(lines[1]), decoded(lines[2]), note)

    @property
    def algorithm(self) -> str:
        return self.origin.rpartition("/")[2]


def decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(f"{text!r} 不是 base64") from error


def _signature(line: str) -> tuple[str, bytes]:
    name, _, encoded = line[len(DASH) :].partition(" ")
    value = decoded(encoded)
    if not line.startswith(DASH) or not name or len(value) <= 4:
        raise ValueError("签名行不完整")
    return name, value
