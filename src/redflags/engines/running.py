"""运行: opens an engine, gives it the files as one table of releases, asks, and lets go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import ibis

from redflags import bulk
from redflags.engines.asking import asked
from redflags.engines.relations import SCHEMA, Relations, Table
from redflags.findings import Findings
from redflags.settings import Settings

ENGINES = ("duckdb", "spark")
CONFIGURED = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": "4",
}


def findings(
    engine: str, names: Sequence[str], settings: Settings, master: str
) -> tuple[dict[str, Findings], int]:
    """红旗: of all files together, on this engine, and of how many processes. Raises Unreadable."""
    currency = bulk.settled_currency(names, settings)
    with _table(engine, names, master) as releases:
        relations = Relations(releases, settings, currency or "")
        return asked(relations), int(relations.processes.count().execute())


@contextmanager
def _table(engine: str, names: Sequence[str], master: str) -> Iterator[Table]:
    paths = [str(Path(name).resolve()) for name in names]
    opened = _duckdb(paths) if engine == "duckdb" else _spark(paths, master)
    with opened as table:
        yield table


@contextmanager
def _duckdb(paths: list[str]) -> Iterator[Table]:
    connection = ibis.duckdb.connect(threads=bulk.cores())
    try:
        kinds = {
            name: connection.compiler.type_mapper.to_string(kind)
            for name, kind in ibis.schema(SCHEMA).items()
        }
        read = connection.read_json(paths, columns=kinds, format="newline_delimited", ignore_errors=True)
        yield connection.create_table("releases", read, temp=True)  # read once, asked often
    finally:
        connection.disconnect()


@contextmanager
def _spark(paths: list[str], master: str) -> Iterator[Table]:
    session = _session(master)
    try:
        from ibis.backends.pyspark.datatypes import PySparkSchema

        connection = ibis.pyspark.connect(session)
        frame = session.read.schema(PySparkSchema.from_ibis(ibis.schema(SCHEMA))).json(paths)
        frame.cache().createOrReplaceTempView("releases")  # read once, asked often
        yield connection.table("releases")
    finally:
        session.stop()


def _session(master: str) -> Any:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(master).appName("redflags")
    for key, value in CONFIGURED.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()
