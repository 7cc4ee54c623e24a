"""签名文本: C2SP signed notes, checkpoints and log proofs as text. Signing itself is done elsewhere."""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

ED25519 = 0x01
DASH = "— "
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
PROOF_HEADER = "c2sp.org/tlog-proof@v1"

Check = Callable[[bytes, bytes, bytes], bool]  # public key, message, signature


@dataclass(frozen=True)
class VerifierKey:
    """核验公钥. A name, an algorithm byte and a public key, written as name+id+base64."""

    name: str
    algorithm: int
    public: bytes

    def __post_init__(self) -> None:
        if not is_key_name(self.name):
            raise ValueError(f"{self.name!r} cannot name a key")

    @classmethod
    def parse(cls, text: str) -> "VerifierKey":
        """解析公钥. Raises ValueError when the id does not belong to the key."""
        name, _, rest = text.partition("+")
        figures, _, encoded = rest.partition("+")
        decoded = _decode(encoded)
        if not decoded:
            raise ValueError("verifier key has no key")
        key = cls(name, decoded[0], decoded[1:])
        if key.id.hex() != figures:
            raise ValueError("verifier key does not match its id")
        return key

    @cached_property
    def id(self) -> bytes:
        """密钥编号. The first 4 bytes of SHA-256 over name, newline, algorithm and key."""
        material = self.name.encode() + b"\n" + bytes([self.algorithm]) + self.public
        return hashlib.sha256(material).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{_encode(bytes([self.algorithm]) + self.public)}"


@dataclass(frozen=True)
class Signature:
    """签名行. Who signed, with which key, and the signature."""

    name: str
    key_id: bytes
    value: bytes

    def __str__(self) -> str:
        return f"{DASH}{self.name} {_encode(self.key_id + self.value)}\n"


@dataclass(frozen=True)
class Note:
    """签名文本. A text that ends with a newline, and its signatures."""

    text: str
    signatures: tuple[Signature, ...] = ()

    @classmethod
    def parse(cls, text: str) -> "Note":
        """解析签名文本. Raises ValueError when it is not a signed note."""
        body, blank, tail = text.rpartition("\n\n")
        lines = tail.splitlines(keepends=True)
        if not blank or not lines or not all(line.endswith("\n") for line in lines):
            raise ValueError("not a signed note")
        return cls(_checked(body + "\n"), tuple(_signature(line) for line in lines))

    def signed(self, key: VerifierKey, sign: Callable[[bytes], bytes]) -> "Note":
        """签名. The note with one more signature; `sign` holds the private half of `key`."""
        signature = Signature(key.name, key.id, sign(_checked(self.text).encode()))
        return Note(self.text, (*self.signatures, signature))

    def is_signed_by(self, key: VerifierKey, check: Check) -> bool:
        """是否由此密钥签名. A signature that claims this key and is wrong counts as none."""
        mine = [line for line in self.signatures if (line.name, line.key_id) == (key.name, key.id)]
        return len(mine) == 1 and check(key.public, self.text.encode(), mine[0].value)

    def __str__(self) -> str:
        return self.text + "\n" + "".join(map(str, self.signatures))


@dataclass(frozen=True)
class Checkpoint:
    """存证点. The origin, size and root of a log at one moment."""

    origin: str
    size: int
    root: bytes

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """解析存证点. From the text of a note; ValueError when it is not one."""
        lines = text.split("\n")
        if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
            raise ValueError("not a checkpoint")
        return cls(lines[0], _number(lines[1]), _decode(lines[2]))

    def text(self) -> str:
        """存证点文本. What is signed."""
        return f"{self.origin}\n{self.size}\n{_encode(self.root)}\n"


@dataclass(frozen=True)
class LogProof:
    """存证证明. That a leaf stands at `index` of the log with this checkpoint; checked offline."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: Note
    extra: bytes = b""

    @classmethod
    def parse(cls, text: str) -> "LogProof":
        """解析存证证明. Raises ValueError when it is not a C2SP tlog-proof."""
        head, _, tail = text.partition("\n\n")
        lines = head.split("\n")
        if lines.pop(0) != PROOF_HEADER or not lines:
            raise ValueError("not a log proof")
        extra = _decode(lines.pop(0)[len("extra ") :]) if lines[0].startswith("extra ") else b""
        if not lines or not lines[0].startswith("index "):
            raise ValueError("log proof has no index")
        index = _number(lines.pop(0)[len("index ") :])
        return cls(index, tuple(map(_decode, lines)), Note.parse(tail), extra)

    def __str__(self) -> str:
        extra = [f"extra {_encode(self.extra)}"] if self.extra else []
        head = [PROOF_HEADER, *extra, f"index {self.index}", *map(_encode, self.hashes)]
        return "\n".join(head) + "\n\n" + str(self.checkpoint)


def bundle(leaves: Sequence[bytes]) -> bytes:
    """叶子包. Each leaf behind its length in two bytes. Basis: C2SP tlog-tiles."""
    return b"".join(len(leaf).to_bytes(2) + leaf for leaf in leaves)


def is_key_name(name: str) -> bool:
    """能否作密钥名. Not empty, no spaces, no plus sign."""
    return bool(name) and "+" not in name and name.isprintable() and not any(map(str.isspace, name))


def _signature(line: str) -> Signature:
    name, _, encoded = line.removeprefix(DASH).rstrip("\n").partition(" ")
    decoded = _decode(encoded)
    if not line.startswith(DASH) or not is_key_name(name) or len(decoded) <= 4:
        raise ValueError("not a signature line")
    return Signature(name, decoded[:4], decoded[4:])


def _checked(text: str) -> str:
    if not text.endswith("\n") or CONTROL.search(text):
        raise ValueError("text of a note ends with a newline and has no control characters")
    return text


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or text != str(int(text)):
        raise ValueError(f"{text!r} is not a plain number")
    return int(text)


def _encode(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _decode(text: str) -> bytes:
    try:
        decoded = base64.b64decode(text, validate=True)
    except binascii.Error:
        raise ValueError(f"{text!r} is not base64") from None
    if _encode(decoded) != text:
        raise ValueError(f"{text!r} is not plain base64")
    return decoded
