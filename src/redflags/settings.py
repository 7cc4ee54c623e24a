"""设置: which flags are asked for, and what they are told; its file is read by `settings_file`, where there is one."""

from __future__ import annotations

from typing import Any

import msgspec

CODES = ("R003", "R018", "R024", "R025", "R028", "R030", "R035", "R036", "R038", "R048", "R058")


class Unusable(Exception):
    """设置有误: the message is Chinese and names the key."""


class Settings(msgspec.Struct, frozen=True):
    """设置: what the flags are told; a flag that is not asked for is not in `flags`."""

    currency: str | None = None
    price_methods: frozenset[str] = frozenset()  # 比价采购方式: only these, when there are any
    no_price_methods: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    flags: dict[str, dict[str, Any]] = msgspec.field(default_factory=lambda: {code: {} for code in CODES})
    with_maps: bool = False  # whether to keep who stands behind every process
