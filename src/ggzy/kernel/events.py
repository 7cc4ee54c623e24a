"""事实: past-tense facts as frozen values with a kind, an audience and a subject.

`@event` registers a fact; `body` and `read` carry it to canonical values and back.
"""

import base64
import dataclasses
import inspect
import re
import types
import typing
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cache, partial
from string import Formatter
from typing import Any, TypeVar

from ggzy.kernel.money import Money, Rate

T = TypeVar("T")

KIND = re.compile(r"[a-z][a-z_]*\.[a-z][a-z0-9_]*")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
WHOLE = re.compile(r"-?(0|[1-9]\d*)")
FRACTION = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")


class Audience(StrEnum):
    """知悉范围. Who may be shown the body of a fact."""

    PUBLIC = "public"  # 公开: everyone, at once
    PARTIES = "parties"  # 当事人: those who take part in the lot
    SEALED = "sealed"  # 密封: nobody before the moment the rules name
    RESTRICTED = "restricted"  # 受限: only on a reasoned, journalled read


@dataclasses.dataclass(frozen=True)
class Declared:
    """事实定义. What `@event` said about a class."""

    kind: str
    audience: Audience
    subject: str
    cls: type


KINDS: dict[str, Declared] = {}
_DECLARED: dict[type, Declared] = {}


@typing.dataclass_transform(kw_only_default=True, frozen_default=True)
def event(kind: str, audience: Audience, *, subject: str) -> Callable[[type[T]], type[T]]:
    """登记一种事实. `subject` names the stream with the fact's own fields, as in "lot/{lot}/{round}/bids"."""

    def register(cls: type[T]) -> type[T]:
        frozen = dataclasses.dataclass(frozen=True, kw_only=True)(cls)
        fields = set(inspect.signature(frozen).parameters)
        assert KIND.fullmatch(kind), f"kind {kind!r} is not 'thing.happened'"
        assert kind not in KINDS, f"kind {kind!r} is declared twice"
        assert {name for _, name, _, _ in Formatter().parse(subject) if name} <= fields, f"{kind}: {subject}"
        KINDS[kind] = _DECLARED[frozen] = Declared(kind, audience, subject, frozen)
        return frozen

    return register


def declared(fact: object) -> Declared:
    """事实的定义. KeyError when the class was never declared an event."""
    return _DECLARED[type(fact)]


def subject(fact: object) -> str:
    """事实所属的流. The stream this fact is written to, as in "lot/A01…"."""
    template = declared(fact).subject
    values = {name: str(getattr(fact, name)) for name in _named(template)}
    assert all(value and "/" not in value for value in values.values()), f"{template}: {values}"
    return template.format_map(values)


@cache
def _named(template: str) -> tuple[str, ...]:
    return tuple(name for _, name, _, _ in Formatter().parse(template) if name)


def body(fact: Any) -> dict[str, object]:
    """事实内容. Canonical values of all fields; ValueError for a value without canonical form."""
    return {field.name: _write(getattr(fact, field.name)) for field in _fields(fact.__class__)}


def read(kind: str, body: dict[str, object]) -> Any:
    """还原事实. Raises ValueError for an unknown kind, an unknown or missing field, or a wrong type."""
    if kind not in KINDS:
        raise ValueError(f"unknown kind {kind!r}")
    return _read(KINDS[kind].cls, body)


def restore(cls: type[T], body: object) -> T:
    """还原值. Any frozen dataclass from what `body` gave; ValueError for anything else."""
    value: T = _read(cls, body)
    return value


def instant_text(at: datetime) -> str:
    """时刻文本. UTC with always six digits: "2026-01-31T01:30:00.000000Z"; ValueError when naive."""
    if at.tzinfo is None:
        raise ValueError("时刻必须带时区")
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def instant_of(text: str) -> datetime:
    """时刻. The inverse of `instant_text`; ValueError for any other form."""
    if not INSTANT.fullmatch(text):
        raise ValueError(f"{text!r} is not a canonical instant")
    return datetime.fromisoformat(text)


def _write(value: object) -> object:
    kind: Any = type(value)
    return _writer(kind)(value)


@cache
def _writer(kind: type) -> Callable[[Any], object]:
    """How values of one type are written, found once: facts are written by the thousand."""
    for known, write in _WRITERS:
        if issubclass(kind, known):
            return write
    if dataclasses.is_dataclass(kind):
        return body
    raise ValueError(f"{kind.__name__} has no canonical form")


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


# The order matters: an enum may be a str, a bool is an int, a datetime is a date.
_WRITERS: tuple[tuple[type, Callable[[Any], object]], ...] = (
    (Enum, lambda value: value.value),
    (str, str),
    (bool, bool),
    (int, int),
    (type(None), lambda value: None),
    (Money, lambda value: {"amount": str(value.fen), "unit": "fen"}),
    (Rate, lambda value: _plain(value.value)),
    (Decimal, _plain),
    (datetime, instant_text),
    (date, lambda value: value.isoformat()),
    (bytes, lambda value: base64.urlsafe_b64encode(value).rstrip(b"=").decode()),
    (tuple, lambda value: [_write(item) for item in value]),
)


def _read(wanted: Any, value: Any) -> Any:
    return _reader(wanted)(value)


@cache
def _reader(wanted: Any) -> Callable[[Any], Any]:
    """How values of one type are read, found once."""
    origin, parts = typing.get_origin(wanted), typing.get_args(wanted)
    if origin in (types.UnionType, typing.Union):
        read = _reader(_other_than_none(wanted))
        return lambda value: None if value is None else read(value)
    if origin is tuple:
        return _tuple_reader(parts)
    if origin is typing.Literal:
        return lambda value: parts[parts.index(value)]
    if dataclasses.is_dataclass(wanted) and wanted not in (Money, Rate):
        return partial(_read_fields, wanted)
    for kind, read_as in _READERS:
        if issubclass(wanted, kind):
            return partial(read_as, wanted)
    raise TypeError(f"{wanted!r} may not be a field of a fact")


def _read_fields(cls: Any, value: Any) -> Any:
    readers, required = _plan(cls)
    members = _require(value, dict)
    try:
        read = {name: readers[name](member) for name, member in members.items()}
    except KeyError:
        raise ValueError(
            f"{cls.__name__}: unknown fields {sorted(members.keys() - readers.keys())}"
        ) from None
    if not required <= read.keys():
        raise ValueError(f"{cls.__name__}: missing fields {sorted(required - read.keys())}")
    return cls(**read)


@cache
def _plan(cls: Any) -> tuple[dict[str, Callable[[Any], Any]], frozenset[str]]:
    """The reader of every field, and the fields without a default."""
    hints = typing.get_type_hints(cls)
    required = frozenset(field.name for field in _fields(cls) if _is_required(field))
    return {field.name: _reader(hints[field.name]) for field in _fields(cls)}, required


def _tuple_reader(parts: tuple[Any, ...]) -> Callable[[Any], tuple[Any, ...]]:
    if len(parts) == 2 and parts[1] is Ellipsis:
        each = _reader(parts[0])
        return lambda value: tuple([each(item) for item in _require(value, list)])
    readers = tuple(_reader(part) for part in parts)

    def read(value: Any) -> tuple[Any, ...]:
        items = _require(value, list)
        if len(readers) != len(items):
            raise ValueError(f"{len(items)} items where {len(readers)} belong")
        return tuple(reader(item) for reader, item in zip(readers, items, strict=True))

    return read


def _read_money(cls: type[Money], value: Any) -> Money:
    members = _require(value, dict)
    if members.keys() != {"amount", "unit"} or members["unit"] != "fen":
        raise ValueError("money is an amount in fen")
    return cls(int(_matching(WHOLE, members["amount"])))


def _read_bytes(cls: type[bytes], value: Any) -> bytes:
    text = _require(value, str)
    return cls(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))


_READERS: tuple[tuple[type, Callable[[Any, Any], Any]], ...] = (
    (Enum, lambda cls, value: cls(value)),
    (str, lambda cls, value: cls(_require(value, str))),
    (bool, lambda cls, value: _require(value, bool)),
    (int, lambda cls, value: cls(_require(value, int))),
    (Money, _read_money),
    (Rate, lambda cls, value: cls(Decimal(_matching(FRACTION, value)))),
    (Decimal, lambda cls, value: cls(_matching(FRACTION, value))),
    (datetime, lambda cls, value: instant_of(_require(value, str))),
    (date, lambda cls, value: cls.fromisoformat(_require(value, str))),
    (bytes, _read_bytes),
)


def _require(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise ValueError(f"{type(value).__name__} where {kind.__name__} belongs")
    return value


def _matching(pattern: re.Pattern[str], value: Any) -> str:
    text: str = _require(value, str)
    if not pattern.fullmatch(text):
        raise ValueError(f"{text!r} is not a canonical number")
    return text


def _other_than_none(wanted: Any) -> Any:
    (kind,) = (arg for arg in typing.get_args(wanted) if arg is not type(None))
    return kind


def _is_required(field: "dataclasses.Field[Any]") -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


@cache
def _fields(cls: Any) -> tuple["dataclasses.Field[Any]", ...]:
    return dataclasses.fields(cls)
