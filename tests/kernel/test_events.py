from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest

from ggzy.kernel import canon, events
from ggzy.kernel.codes import RegionCode
from ggzy.kernel.events import Audience, event
from ggzy.kernel.money import Money, Rate

AT = datetime(2026, 1, 31, 9, 30, 0, 5, tzinfo=timezone(timedelta(hours=8)))


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Item:
    name: str
    price: Money | None


@event("sample.made", Audience.SEALED, subject="sample/{region}/{round}/made")
class SampleMade:
    """样例: one field of every type a fact may have."""

    region: RegionCode
    round: int
    price: Money
    rate: Rate
    score: Decimal
    at: datetime
    on: date
    colour: Colour
    salt: bytes
    items: tuple[Item, ...]
    pair: tuple[str, int]
    is_open: bool
    note: str | None = None


def sample(**changes) -> SampleMade:
    given = {
        "region": RegionCode("150200"),
        "round": 1,
        "price": Money(198_000_000),
        "rate": Rate(Decimal("0.0200")),
        "score": Decimal("97.50"),
        "at": AT,
        "on": date(2026, 1, 31),
        "colour": Colour.RED,
        "salt": b"\xff\xfe\x00",
        "items": (Item("甲", Money(1)), Item("乙", None)),
        "pair": ("a", 2),
        "is_open": True,
    }
    return SampleMade(**{**given, **changes})


def test_body_is_canonical_and_read_back_equal():
    body = events.body(sample())
    assert canon.loads(canon.dumps(body)) == body
    assert events.read("sample.made", body) == sample()
    assert type(events.read("sample.made", body).region) is RegionCode


def test_body_says_each_type_in_its_one_form():
    body = events.body(sample())
    assert body["price"] == {"amount": "198000000", "unit": "fen"}
    assert body["rate"] == "0.02"
    assert body["score"] == "97.5"
    assert body["at"] == "2026-01-31T01:30:00.000005Z"
    assert body["on"] == "2026-01-31"
    assert body["salt"] == "__4A"
    assert body["items"] == [
        {"name": "甲", "price": {"amount": "1", "unit": "fen"}},
        {"name": "乙", "price": None},
    ]
    assert body["note"] is None


def test_declaration_is_known_by_kind():
    declared = events.KINDS["sample.made"]
    assert declared == events.declared(sample())
    assert (declared.audience, declared.cls) == (Audience.SEALED, SampleMade)
    assert events.subject(sample()) == "sample/150200/1/made"


@pytest.mark.parametrize(
    "change",
    [
        {"price": {"amount": 1, "unit": "fen"}},
        {"price": {"amount": "01", "unit": "fen"}},
        {"price": {"amount": "1", "unit": "yuan"}},
        {"price": "1"},
        {"rate": "2%"},
        {"rate": 2},
        {"score": "1e3"},
        {"at": "2026-01-31T01:30:00Z"},
        {"at": "2026-01-31T01:30:00.000005+00:00"},
        {"on": "31.1.2026"},
        {"colour": "blue"},
        {"round": True},
        {"round": "1"},
        {"is_open": 1},
        {"region": 150200},
        {"items": {"name": "甲"}},
        {"items": [{"name": "甲"}]},
        {"items": [{"name": "甲", "price": None, "more": 1}]},
        {"pair": ["a"]},
        {"salt": "*"},
        {"unknown": 1},
    ],
)
def test_body_of_another_shape_is_refused(change):
    with pytest.raises(ValueError):
        events.read("sample.made", events.body(sample()) | change)


def test_missing_field_is_refused_unless_it_has_a_default():
    body = events.body(sample())
    del body["note"]
    assert events.read("sample.made", body) == sample()
    del body["round"]
    with pytest.raises(ValueError):
        events.read("sample.made", body)


def test_unknown_kind_is_refused():
    with pytest.raises(ValueError):
        events.read("sample.unmade", {})


@pytest.mark.parametrize(
    "change", [{"at": AT.replace(tzinfo=None)}, {"items": [Item("甲", None)]}, {"score": 1.5}]
)
def test_value_without_canonical_form_is_refused(change):
    with pytest.raises(ValueError):
        events.body(sample(**change))


def test_facts_are_frozen_and_named_by_keyword():
    made: Any = sample()
    with pytest.raises(AttributeError):
        made.round = 2
    with pytest.raises(TypeError):
        events.KINDS["sample.made"].cls("150200")


@pytest.mark.parametrize(
    "kind, subject",
    [("sample.made", "sample/{round}"), ("Sample", "s"), ("sample.other", "sample/{missing}")],
)
def test_wrong_declaration_stops_the_start(kind, subject):
    with pytest.raises(AssertionError):

        @event(kind, Audience.PUBLIC, subject=subject)
        class Other:
            round: int


def test_a_slash_cannot_lead_into_another_stream():
    with pytest.raises(AssertionError):
        events.subject(sample(region=RegionCode("1/2")))


@pytest.mark.parametrize("moment", [AT, datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)])
def test_instants_round_trip(moment):
    assert events.instant_of(events.instant_text(moment)) == moment
