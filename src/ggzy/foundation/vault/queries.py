"""文件库的读取: bytes by digest. Who may see them is asked of `may_read`."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from ggzy.foundation.vault.models import Document, Share
from ggzy.foundation.vault.values import DocumentFacts, Reader
from ggzy.kernel.actor import Actor
from ggzy.kernel.digest import digest_of, parse
from ggzy.kernel.errors import Missing

BLOCK_BYTES = 1024 * 1024
READERS: dict[str, Reader] = {}


def open_file(digest: str) -> BinaryIO:
    """打开文件, seekable. Raises Missing. The caller has asked who may read, and closes it."""
    try:
        return path_of(digest).open("rb")
    except (FileNotFoundError, ValueError):
        raise Missing("没有这份文件") from None


def meta(digest: str) -> DocumentFacts:
    """文件信息. Raises Missing."""
    row = Document.objects.filter(pk=digest).first()
    if row is None:
        raise Missing("没有这份文件")
    return row.facts()


def metas(digests: Iterable[str]) -> dict[str, DocumentFacts]:
    """多份文件的信息; those that are not kept are left out."""
    return {row.digest: row.facts() for row in Document.objects.filter(pk__in=list(digests))}


def exists(digest: str) -> bool:
    """文件是否在库."""
    return Document.objects.filter(pk=digest).exists()


def may_read(actor: Actor | None, digest: str, at: datetime) -> bool:
    """能否查阅: public by now, one's own, shared with one, or allowed by a rule of a floor above."""
    document = Document.objects.filter(pk=digest).first()
    if document is None:
        return False
    if document.public_from is not None and document.public_from <= at:
        return True
    if actor is None:
        return False
    mine = {name for name in (actor.person, actor.organisation) if name}
    return Share.objects.filter(document=document, reader__in=mine).exists() or any(
        reader(actor, digest, at) for reader in READERS.values()
    )


def is_whole(digest: str) -> bool:
    """文件是否完好: its bytes are there and still have this digest."""
    algorithm, _ = parse(digest)
    try:
        with path_of(digest).open("rb") as file:
            return digest_of(iter(lambda: file.read(BLOCK_BYTES), b""), algorithm) == digest
    except FileNotFoundError:
        return False


def path_of(digest: str) -> Path:
    """文件的位置, made of the digest alone. Raises ValueError for anything that is not a digest."""
    algorithm, value = parse(digest)
    figures = value.hex()
    return Path(settings.VAULT_DIR) / algorithm / figures[:2] / figures
