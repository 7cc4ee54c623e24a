import json

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from ggzy.kernel import canon

KEYS = st.from_regex(r"[a-z][a-z0-9_]{0,10}", fullmatch=True)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=30)
SCALARS = st.none() | st.booleans() | st.integers(-canon.INTEGER_MAX, canon.INTEGER_MAX) | TEXTS
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=400)
@given(VALUES)
def test_bytes_agree_with_an_independent_encoder_and_round_trip(value):
    encoded = canon.dumps(value)
    assert encoded == rfc8785.dumps(value)
    assert canon.loads(encoded) == value


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        float("nan"),
        2**53,
        -(2**53),
        {"Key": 1},
        {"": 1},
        {"键": 1},
        {1: 1},
        {"a" * 41: 1},
        {"a": {1, 2}},
        b"bytes",
        "\ud800",
        "文" * 22_000,
        ["x" * 60_000] * 18,
    ],
)
def test_value_outside_the_profile_is_refused(value):
    with pytest.raises(ValueError):
        canon.dumps(value)


def nested(depth: int) -> object:
    value: object = []
    for _ in range(depth - 1):
        value = [value]
    return value


def test_sixteen_levels_are_the_limit():
    assert canon.loads(canon.dumps(nested(16))) == nested(16)
    with pytest.raises(ValueError):
        canon.dumps(nested(17))


@pytest.mark.parametrize(
    "encoded",
    [
        b'{"a":1,"a":2}',
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b'{"a":1}\n',
        b'{"a":1.0}',
        b'{"a":1e3}',
        b"NaN",
        b"-0",
        b"01",
        b'"\\u0041"',
        b'"\\/"',
        b'"\\ud800"',
        b'{"A":1}',
        b"\xff",
        b"",
        b"[" * 100_000,
        b"9" * 5_000,
        b" " * (canon.OBJECT_BYTES_MAX + 1),
    ],
)
def test_bytes_another_encoder_might_give_are_refused(encoded):
    with pytest.raises(ValueError):
        canon.loads(encoded)


def test_control_characters_are_escaped_as_the_standard_says():
    assert canon.dumps('\x00\x1f\b\t\n\f\r"\\/\x7f€') == (
        b'"\\u0000\\u001f\\b\\t\\n\\f\\r\\"\\\\/\x7f\xe2\x82\xac"'
    )
    assert json.loads(canon.dumps("\x00\x1f")) == "\x00\x1f"
