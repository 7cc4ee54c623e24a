"""逐条原文: the releases of a source as the plain objects they are, each with its line; what is none is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from redflags import releases
from redflags.documents import Parts
from redflags.merging import merged
from redflags.reading import BYTE_ORDER_MARK, TOO_LONG, Rewound, Source, is_lined, stretches
from redflags.releases import Malformed, Unreadable


@dataclass(frozen=True)
class Told:
    """一条: a release and the line it begins in, or why that line gave none."""

    line: int
    release: dict[str, Any] | None = None
    fault: str = ""


def told(source: Source) -> Iterator[Told]:
    """逐条读取; damage ends the source, and is told."""
    line = 0
    try:
        for line, value, fault in _values(source):
            if fault:
                yield Told(line, fault=fault)
            elif value and not value.isspace():
                yield from _releases(line, value)
    except Unreadable as damage:
        yield Told(line + 1, fault=str(damage))


def unwrapped(value: Any) -> Iterator[dict[str, Any] | Malformed]:
    """The releases in a release, a record, a package of either or a list; why not, in the place of what is none."""
    if isinstance(value, list):
        for one in value:
            yield from unwrapped(one)
        return
    if not isinstance(value, dict):
        yield Malformed("不是 JSON 对象")
        return
    inner = value.get("releases"), value.get("records"), value.get("compiledRelease")
    if isinstance(inner[2], dict):
        yield from unwrapped(inner[2])
    elif isinstance(inner[1], list):
        yield from unwrapped(inner[1])
    elif isinstance(inner[0], list):
        if isinstance(value.get("ocid"), str):
            yield _compiled(inner[0])
        else:
            yield from unwrapped(inner[0])
    elif isinstance(value.get("ocid"), str):
        yield value
    else:
        yield Malformed("没有 ocid")


def _compiled(parts: list[Any]) -> dict[str, Any] | Malformed:
    embedded = [part for part in parts if isinstance(part, dict) and isinstance(part.get("ocid"), str)]
    return merged(embedded) if embedded else Malformed("记录中没有合并发布，也没有内嵌的发布")


def _releases(line: int, value: bytes) -> Iterator[Told]:
    try:
        found = unwrapped(releases.tree(value))
    except Malformed as fault:
        found = iter((fault,))
    for one in found:
        yield Told(line, fault=str(one)) if isinstance(one, Malformed) else Told(line, one)


def _values(source: Source) -> Iterator[tuple[int, bytes, str]]:
    """Each line, or each part of one document, with its number and what kept it from being read."""
    if not is_lined(source.head):
        for part in Parts(Rewound(source).read):
            yield part.line, part.value.removeprefix(BYTE_ORDER_MARK), part.fault
        return
    number = 0
    for stretch in stretches(Rewound(source).read):
        for line in stretch.lines.split(b"\n"):
            number += 1
            value = line.removeprefix(BYTE_ORDER_MARK) if number == 1 else line
            yield number, value, TOO_LONG if stretch.too_long else ""
