"""存证点的共用场景: a clerk who writes, the head as it stands, and rows overwritten behind the log."""

from typing import Any

from django.db import connection

from ggzy.foundation.journal import queries
from ggzy.foundation.journal.values import Head
from ggzy.kernel.actor import Actor
from tests.services.journal.trial import someone


def head() -> Head:
    """The last signed head; there is one."""
    found = queries.checkpoint()
    assert found is not None
    return found


def overwrite(statement: str, *parameters: Any) -> None:
    """What a superuser can do: the triggers are switched off, one row is changed."""
    with connection.cursor() as cursor:
        for table in ("entry", "payload", "checkpoint", "node"):
            cursor.execute(f"ALTER TABLE journal_{table} DISABLE TRIGGER USER")
        cursor.execute(statement, parameters)


def clerk(person: str, role: str = "operator", request: str = "erase-1") -> Actor:
    made = someone(request, person)
    return Actor(person, None, type(made.role)(role), made.region, request)
