"""What a database holds, asked before anything is made or thrown away in it."""

from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user"
FUNCTIONS = """
    SELECT p.oid::regprocedure::text FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.proowner = current_user::regrole
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""
NOTHING, STRANGE = "", "?"


class DatabaseError(RuntimeError):
    """The database cannot be used for this; the message says why and what to do."""


def held(url: str) -> str:
    """The name of the log in this database; NOTHING without tables, STRANGE if they are not ours."""
    with _connected(url) as connection:
        if connection.execute("SELECT to_regclass('journal_log')").fetchone() == (None,):
            tables = connection.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public' LIMIT 1")
            return STRANGE if tables.fetchone() else NOTHING
        row = connection.execute("SELECT origin FROM journal_log").fetchone()
        return str(row[0]) if row else NOTHING


def height(url: str) -> int:
    """How many facts the log in this database has."""
    with _connected(url) as connection:
        row = connection.execute("SELECT height FROM journal_head").fetchone()
    return int(row[0]) if row else 0


def place(url: str) -> str:
    """Server and name of a database, without its password."""
    told = conninfo_to_dict(url)
    return f"{told.get('host', '')}:{told.get('port', '5432')}/{told.get('dbname', '')}"


def empty(url: str) -> None:
    """Drops what this role has made in the database, and nothing of anybody else's."""
    with _connected(url) as connection:
        for (table,) in connection.execute(TABLES).fetchall():
            connection.execute(sql.SQL("DROP TABLE IF EXISTS {} CASCADE").format(sql.Identifier(table)))
        for (function,) in connection.execute(FUNCTIONS).fetchall():
            connection.execute(sql.SQL("DROP FUNCTION IF EXISTS {} CASCADE").format(sql.SQL(function)))


def _connected(url: str) -> psycopg.Connection[tuple[Any, ...]]:
    try:
        return psycopg.connect(url, connect_timeout=10)
    except psycopg.Error as error:  # the address may also be none
        raise DatabaseError(f"the database does not answer: {str(error).strip()}") from error
