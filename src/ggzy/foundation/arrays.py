"""成列写入: the columns of many rows as arrays in the wire format of PostgreSQL, so that a batch is one statement.

psycopg looks at every element for its type; here the column says it. Basis: array_send of PostgreSQL, and the
send functions of its element types.
"""

import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from psycopg.adapt import Dumper
from psycopg.pq import Format

HEAD, LENGTH = struct.Struct("!5i"), struct.Struct("!i")
NULL = LENGTH.pack(-1)
EPOCH, MICROSECOND = datetime(2000, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


def _fixed(form: str) -> Callable[[Any], bytes]:
    shape = struct.Struct(f"!i{form}")
    length = shape.size - LENGTH.size
    return lambda value: shape.pack(length, value)


def _framed(value: bytes) -> bytes:
    return LENGTH.pack(len(value)) + value


_INT8 = _fixed("q")
# The element's type as PostgreSQL numbers it, and how a value of it is written, its length before it.
KINDS: Mapping[str, tuple[int, Callable[[Any], bytes]]] = {
    "boolean": (16, _fixed("?")),
    "bytea": (17, _framed),
    "bigint": (20, _INT8),
    "integer": (23, _fixed("i")),
    "text": (25, lambda value: _framed(value.encode())),
    "timestamptz": (1184, lambda value: _INT8((value - EPOCH) // MICROSECOND)),
}


@dataclass(frozen=True)
class Array:
    """一列. In the wire format; pass it where the statement says `%b::kind[]`."""

    wire: bytes

    @classmethod
    def of(cls, kind: str, values: Sequence[Any]) -> "Array":
        """Values of that kind, or None."""
        number, written = KINDS[kind]
        head = HEAD.pack(1, None in values, number, len(values), 1)
        return cls(head + b"".join([NULL if value is None else written(value) for value in values]))


def columns(kinds: Mapping[str, str], rows: Sequence[Sequence[Any]]) -> list[Any]:
    """各列 of rows whose places are those of `kinds`: an `Array` each, as parameters of a statement."""
    found = zip(*rows, strict=True) if rows else [()] * len(kinds)
    return [Array.of(kind, column) for kind, column in zip(kinds.values(), found, strict=True)]


def unnested(kinds: Mapping[str, str]) -> str:
    """各列合为行, for a FROM clause: the rows, under the name u, their columns named as in `kinds`."""
    return f"unnest({', '.join(f'%b::{kind}[]' for kind in kinds.values())}) AS u ({', '.join(kinds)})"


class _ArrayDumper(Dumper):
    format = Format.BINARY

    def dump(self, value: Array) -> bytes:
        return value.wire


class _ShownDumper(Dumper):
    """As text only for those who look at statements."""

    format = Format.TEXT

    def dump(self, value: Array) -> bytes:
        return b"\\x" + value.wire.hex().encode()


psycopg.adapters.register_dumper(Array, _ShownDumper)
psycopg.adapters.register_dumper(Array, _ArrayDumper)
