"""规范字节: the one form of a value that is hashed and signed.

RFC 8785 in a narrow profile: ASCII keys, no fractions, bounded sizes, so that plain encoders in other
languages give the same bytes.
"""

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NoReturn

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
INTEGER_MAX = 2**53 - 1
STRING_BYTES_MAX = 64 * 1024
OBJECT_BYTES_MAX = 1024 * 1024
DEPTH_MAX = 16
SHORT = STRING_BYTES_MAX // 4  # characters that no encoding makes too long
ENCODER = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"), check_circular=False
)


def dumps(value: object) -> bytes:
    """规范编码. Raises ValueError when the value lies outside the profile."""
    _check(value, 0)
    encoded = ENCODER.encode(value).encode()
    if len(encoded) > OBJECT_BYTES_MAX:
        raise ValueError("canonical object exceeds 1 MiB")
    return encoded


def loads(encoded: bytes) -> object:
    """规范解码. Raises ValueError unless these very bytes are what `dumps` would give."""
    if len(encoded) > OBJECT_BYTES_MAX:
        raise ValueError("canonical object exceeds 1 MiB")
    try:
        value: object = json.loads(
            encoded.decode(), object_pairs_hook=_unique, parse_float=_refuse, parse_constant=_refuse
        )
    except RecursionError:
        raise ValueError("canonical object is nested too deeply") from None
    if dumps(value) != encoded:
        raise ValueError("bytes are not canonical")
    return value


def _check(value: object, depth: int) -> None:
    if value is None or isinstance(value, bool) or (type(value) is str and len(value) < SHORT):
        return
    if isinstance(value, str):
        if len(value) * 4 > STRING_BYTES_MAX and len(value.encode()) > STRING_BYTES_MAX:
            raise ValueError("string exceeds 64 KiB")
    elif isinstance(value, int):
        if abs(value) > INTEGER_MAX:
            raise ValueError("integer outside the exact range of 53 bits")
    elif isinstance(value, dict):
        _check_members(value, depth + 1)
    elif isinstance(value, list | tuple):
        _check_items(value, depth + 1)
    else:
        raise ValueError(f"{type(value).__name__} has no canonical form")


def _check_members(value: dict[object, object], depth: int) -> None:
    if depth > DEPTH_MAX:
        raise ValueError("canonical object is nested too deeply")
    for key, member in value.items():
        if not _is_key(key):
            raise ValueError(f"key {key!r} is not canonical")
        _check(member, depth)


@lru_cache(maxsize=4096)  # the same few hundred field names come by all day
def _is_key(key: object) -> bool:
    return isinstance(key, str) and KEY.fullmatch(key) is not None


def _check_items(value: Sequence[object], depth: int) -> None:
    if depth > DEPTH_MAX:
        raise ValueError("canonical object is nested too deeply")
    for item in value:
        _check(item, depth)


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("duplicate key")
    return members


def _refuse(text: str) -> NoReturn:
    raise ValueError(f"number {text} is not canonical")
