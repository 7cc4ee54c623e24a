import io
import json

import pytest
from django.core.management import call_command
from django.db import connection

from ggzy.foundation.journal import services as journal

pytestmark = pytest.mark.django_db


def verify() -> tuple[int, dict]:
    """Exit code and figures of `./ggzy verify --json`."""
    out = io.StringIO()
    try:
        call_command("verify", "--json", stdout=out)
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    first, last = out.getvalue().strip().split("\n")
    assert ("核验通过" in last) is (code == 0)
    return code, json.loads(first)


@pytest.fixture
def lot(world):
    code = world.lot()
    journal.pad()
    journal.checkpoint()
    return code


def test_an_honest_installation_verifies(lot):
    code, figures = verify()
    assert (code, figures["faults"], figures["gaps"]) == (0, [], [])
    assert figures["lots"] == 1
    assert figures["parties"] > 5
    assert figures["folds"] > 10
    assert figures["entries"] == figures["bodies"]


@pytest.mark.parametrize(
    "statement, word",
    [
        ("UPDATE projects_lot SET title = '别的标段'", "lot.title"),
        ("UPDATE projects_lot SET estimate_fen = estimate_fen + 1", "lot.estimate"),
        (
            "UPDATE parties_party SET name = '别的单位' WHERE name = (SELECT min(name) FROM parties_party)",
            "name",
        ),
    ],
)
def test_a_rewritten_row_is_found(lot, statement, word):
    with connection.cursor() as cursor:
        cursor.execute(statement)
    code, figures = verify()
    assert code == 1
    assert any(word in fault for fault in figures["faults"])


def test_a_rewritten_entry_is_found(lot):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")
        cursor.execute("UPDATE journal_entry SET at = at + interval '1 day' WHERE height = 3")
    code, figures = verify()
    assert code == 1
    assert any("高度 3" in fault for fault in figures["faults"])
