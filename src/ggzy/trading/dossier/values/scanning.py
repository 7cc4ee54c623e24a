"""招标文件扫描的值: passages of its files that may shut bidders out."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Passage:
    """一处表述: the kind of exclusion, the phrase, and the words around it."""

    code: str
    phrase: str
    excerpt: str


@dataclass(frozen=True)
class ScannedFile:
    """已扫描的文件; `unread` says why its words could not be read, empty where they could."""

    digest: str
    name: str
    unread: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, kw_only=True)
class Scanned:
    """招标文件扫描 of one version's new files."""

    at: datetime
    height: int
    files: tuple[ScannedFile, ...]
