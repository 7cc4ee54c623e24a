"""成列写入: what goes to the server in columns comes back as it was."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from ggzy.foundation.arrays import columns, unnested
from ggzy.kernel.instants import BEIJING

pytestmark = pytest.mark.django_db
KINDS = {
    "whole": "bigint",
    "small": "integer",
    "is_so": "boolean",
    "word": "text",
    "raw": "bytea",
    "at": "timestamptz",
}
ROWS = [
    (2**63 - 1, -(2**31), True, "云岭 — ''\\{}", b"\x00\xff", datetime(2026, 11, 30, 8, tzinfo=BEIJING)),
    (-(2**63), 2**31 - 1, False, "", b"", datetime(1999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)),
    (None, None, None, None, None, None),
]  # fmt: skip


def _back(kinds: dict[str, str], rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT u.* FROM {unnested(kinds)}", columns(kinds, rows))
        found = cursor.fetchall()
    return [tuple(bytes(one) if isinstance(one, memoryview) else one for one in row) for row in found]


@pytest.mark.parametrize("rows", [ROWS, ROWS[:1], []], ids=["three", "one", "none"])
def test_rows_come_back_as_they_were(rows: list[tuple[Any, ...]]) -> None:
    assert _back(KINDS, rows) == rows


@settings(max_examples=40)  # each goes to a database
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_characters="\0", codec="utf-8")),
            st.datetimes(timezones=st.just(UTC)),
        )
    )
)
def test_any_text_and_any_moment_come_back(rows: list[tuple[str, datetime]]) -> None:
    assert _back({"word": "text", "at": "timestamptz"}, rows) == rows


def test_who_looks_at_statements_sees_the_bytes() -> None:
    with CaptureQueriesContext(connection) as seen:
        assert _back({"word": "text"}, [("云岭",)]) == [("云岭",)]
    assert "云岭".encode().hex() in seen.captured_queries[0]["sql"]


def test_a_column_of_another_kind_is_refused() -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM unnest(%b::bigint[])", columns({"word": "text"}, [("a",)]))
