"""案卷文件: the ZIP, its index, and the entries it holds. See README.md for the format."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives import hashes

from verify.hashing import ALGORITHMS, Hasher, link
from verify.notes import Head, Key
from verify.report import Check

FORMAT = "ggzy.dossier/1"
INDEX = "index.json"
BLOCK = 1 << 20
TEXT_BYTES_MAX = 1 << 30


@dataclass(frozen=True)
class Entry:
    """条目. `body` is None where the content was withheld or erased."""

    height: int
    stream: str
    seq: int
    at: str
    previous: bytes
    commitment: bytes
    nonce: bytes | None
    event: bytes | None
    chain: bytes
    kind: str
    body: dict[str, Any] | None

    @property
    def place(self) -> str:
        return f"{self.stream} 第 {self.seq} 条"


@dataclass(frozen=True)
class Dossier:
    """案卷. Everything read, nothing judged yet."""

    index: dict[str, Any]
    head: Head
    log_key: Key
    receipt_key: Key
    entries: tuple[Entry, ...]
    proofs: dict[int, list[bytes]]
    heads: tuple[tuple[Head, list[bytes]], ...]
    hasher: Hasher

    def stream(self, name: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.stream == name]

    def of(self, *kinds: str) -> list[Entry]:
        """These facts, in the order of the journal."""
        return [entry for entry in self.entries if entry.kind in kinds]


def check_files(archive: zipfile.ZipFile) -> Check:
    """V1: the members are those of the index, with its sizes and digests; documents are what they are named."""
    check = Check("V1", "文件与目录一致")
    index = _json(archive, INDEX)
    check.require(index.get("fmt") == FORMAT, f"目录格式不是 {FORMAT}")
    listed = {row["path"]: row for row in index["files"]}
    names = [info.filename for info in archive.infolist() if not info.is_dir()]
    check.require(len(names) == len(set(names)), "压缩包中有重名文件")
    for name in sorted(set(names) - set(listed) - {INDEX}):
        check.require(False, f"{name} 不在目录中")
    for name in sorted(set(listed) - set(names)):
        check.require(False, f"缺少 {name}")
    for name in sorted(set(listed) & set(names)):
        row, size = listed[name], archive.getinfo(name).file_size
        check.require(
            size == row["bytes"] and _digest(archive, name, "sha256") == row["sha256"],
            f"{name} 与目录所记的大小或摘要不符",
        )
        if name.startswith("documents/"):
            algorithm, _, figures = name[len("documents/") :].partition("-")
            is_known = algorithm in ALGORITHMS
            check.require(
                is_known and _digest(archive, name, algorithm) == figures, f"{name} 的内容与其摘要不符"
            )
    return check


def read(archive: zipfile.ZipFile, trusted: dict[str, str] | None) -> Dossier:
    """读取案卷. Raises ValueError or KeyError where a file cannot be read as what it should be."""
    index, keys = _json(archive, INDEX), trusted or _json(archive, "keys.json")
    head = Head.parse(_text(archive, "checkpoint"))
    hasher = Hasher(index["algorithm"])
    proofs = {
        line["height"]: [bytes.fromhex(step) for step in line["hashes"]]
        for line in _lines(archive, "proofs.jsonl")
    }
    heads = tuple(
        (Head.parse(line["note"]), [bytes.fromhex(step) for step in line["hashes"]])
        for line in _lines(archive, "heads.jsonl")
    )
    return Dossier(
        index=index,
        head=head,
        log_key=Key.parse(keys["log"]),
        receipt_key=Key.parse(keys["receipt"]),
        entries=tuple(_entry(line, hasher) for line in _lines(archive, "events.jsonl")),
        proofs=proofs,
        heads=heads,
        hasher=hasher,
    )


def _entry(line: dict[str, Any], hasher: Hasher) -> Entry:
    previous, committed = bytes.fromhex(line["previous"]), bytes.fromhex(line["commitment"])
    event = None if line["event"] is None else line["event"].encode()
    said = None if event is None else json.loads(event)
    return Entry(
        height=line["height"],
        stream=line["stream"],
        seq=line["seq"],
        at=line["at"],
        previous=previous,
        commitment=committed,
        nonce=None if line["nonce"] is None else bytes.fromhex(line["nonce"]),
        event=event,
        chain=link(hasher, line["stream"], line["seq"], line["at"], previous, committed),
        kind="" if said is None else said["type"],
        body=None if said is None else said["body"],
    )


def _digest(archive: zipfile.ZipFile, name: str, algorithm: str) -> str:
    made = hashes.Hash(hashes.SM3() if algorithm == "sm3" else hashes.SHA256())
    with archive.open(name) as file:
        while block := file.read(BLOCK):
            made.update(block)
    return made.finalize().hex()


def _text(archive: zipfile.ZipFile, name: str) -> str:
    if archive.getinfo(name).file_size > TEXT_BYTES_MAX:
        raise ValueError(f"{name} 过大")
    return archive.read(name).decode()


def _json(archive: zipfile.ZipFile, name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(_text(archive, name))
    return read


def _lines(archive: zipfile.ZipFile, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in _text(archive, name).split("\n") if line]
