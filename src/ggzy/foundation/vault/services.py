"""文件库的存入: bytes go in once, by digest; what is in is never changed.

These are not commands: the command that uses a document records its digest.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, BinaryIO

from django.conf import settings
from django.core.files.base import File

from ggzy.foundation.journal import queries as journal
from ggzy.foundation.vault import queries, rules
from ggzy.foundation.vault.models import Document, Share
from ggzy.foundation.vault.values import KeptFile, Reader
from ggzy.kernel.digest import digest_of
from ggzy.kernel.verdict import Reason, Refused

CAP_BYTES = 200 * 1024 * 1024

Data = bytes | BinaryIO | File


def put(
    data: Data,
    *,
    name: str,
    media_type: str | None = None,
    owner: str,
    cap: int = CAP_BYTES,
    public_from: datetime | None = None,
) -> str:
    """存入文件. Its digest, with the name of its algorithm; the same bytes again give the same digest.

    Raises Refused; nothing is left behind then.
    """
    kept = keep(data, name=name, media_type=media_type, owner=owner, cap=cap)
    enter([kept])
    if public_from is not None:
        publish([kept.digest], at=public_from)
    return kept.digest


def keep(
    data: Data, *, name: str, media_type: str | None = None, owner: str, cap: int = CAP_BYTES
) -> KeptFile:
    """落盘, without a row yet: nobody can ask for the bytes before `enter` has entered them.

    `owner` is an organisation's code or a person's number; `cap` bytes at most. The content must be what
    the name's ending says, whatever `media_type` a browser claims; only "application/octet-stream" is kept
    as it is, as evidence nobody opens in a browser. Raises Refused; nothing is left behind then.
    """
    rules.may_be_called(name).require()
    incoming = Path(settings.VAULT_DIR) / "incoming"
    incoming.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=incoming, delete=False) as file:
        try:
            digest = digest_of(_copied(data, file, cap), settings.DIGEST_ALGORITHM)
            kept_type = _checked(file, name, media_type)
            size = file.seek(0, os.SEEK_END)
            _keep(file, digest)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(file.name)
    return KeptFile(digest, rules.storable(name), kept_type, size, owner)


def enter(files: Sequence[KeptFile]) -> None:
    """登记已落盘的文件, each readable by its owner from now on."""
    at = journal.now()
    rows = [Document(**vars(file), put_at=at) for file in files]
    Document.objects.bulk_create(rows, ignore_conflicts=True)
    owners = [Share(document_id=file.digest, reader=file.owner) for file in files]
    Share.objects.bulk_create(owners, ignore_conflicts=True)


def publish(digests: Iterable[str], *, at: datetime) -> None:
    """公开文件 from a moment on; one that is public earlier stays so."""
    rows = Document.objects.filter(pk__in=list(digests))
    rows.filter(public_from=None).update(public_from=at)
    rows.filter(public_from__gt=at).update(public_from=at)


def share(digests: Iterable[str], readers: Iterable[str]) -> None:
    """授权查阅: organisations (by code) or persons (by number) may read these documents from now on."""
    readers = list(readers)
    rows = [Share(document_id=digest, reader=reader) for digest in digests for reader in readers]
    Share.objects.bulk_create(rows, ignore_conflicts=True)


def let_read(name: str, reader: Reader) -> None:
    """登记查阅规则 of a floor above, under its name: who else may read a document, decided at each read."""
    queries.READERS[name] = reader


def _copied(data: Data, file: IO[bytes], cap: int) -> Iterator[bytes]:
    """Hands on what it writes, and stops at the first byte too many."""
    written = 0
    for block in _blocks(data):
        written += len(block)
        if written > cap:
            limit = f"{cap // 1024**2} MB" if cap >= 1024**2 else f"{cap} 字节"
            raise Refused([Reason("too_large", f"文件超过上限 {limit}", remedy="请压缩或拆分后再上传")])
        file.write(block)
        yield block
    if not written:
        raise Refused([Reason("empty", "文件是空的", remedy="请重新选择文件")])


def _blocks(data: Data) -> Iterator[bytes]:
    if isinstance(data, bytes):
        yield data
        return
    data.seek(0)
    while block := data.read(queries.BLOCK_BYTES):
        yield block


def _checked(file: IO[bytes], name: str, media_type: str | None) -> str:
    """The media type that the ending names and the content bears out."""
    if media_type == rules.AS_IS:
        return media_type
    file.seek(0)
    rules.may_be_kept(name, file.read(rules.HEAD_BYTES)).require()
    kind = rules.kind_of(name)
    assert kind is not None, "an unknown ending has just been refused"
    if kind.is_archive:
        rules.may_be_unpacked(file, file.seek(0, os.SEEK_END)).require()
    return kind.media_type


def _keep(file: IO[bytes], digest: str) -> None:
    """Temporary file, fsync, rename, fsync of the folder: after this it is there or it is not."""
    place = queries.path_of(digest)
    place.parent.mkdir(parents=True, exist_ok=True)
    file.flush()
    os.fsync(file.fileno())
    os.replace(str(file.name), place)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
