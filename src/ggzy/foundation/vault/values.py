"""文件库的值: what crosses the vault's border."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ggzy.kernel.actor import Actor


@dataclass(frozen=True)
class DocumentFacts:
    """文件. `name` is what its owner called it: data, never a path. `size` is bytes."""

    digest: str
    name: str
    media_type: str
    size: int
    owner: str
    put_at: datetime
    public_from: datetime | None


@dataclass(frozen=True)
class KeptFile:
    """已落盘的文件: its bytes are safe on the disk, its row is still to be entered."""

    digest: str
    name: str
    media_type: str
    size: int
    owner: str


Reader = Callable[[Actor, str, datetime], bool]
"""查阅规则: may this actor read the document of this digest at this moment? Registered by the floors above."""
