"""The same questions as relational expressions on DuckDB give the same findings as the reader."""

import json
from pathlib import Path
from typing import Any

import pytest

from redflags import program, result, settings, settings_file
from redflags.engines import running
from redflags.reckoning import Reckoning
from tests.redflags.odd import Odd
from tests.redflags.odd import settings as odd_settings


def printed(findings: Any) -> Any:
    return json.loads("".join(result.cardinal(findings, {}, with_meta=True, with_maps=False)))


@pytest.mark.parametrize("seed", range(6))
def test_duckdb_finds_what_the_reader_finds(seed: int, tmp_path: Path) -> None:
    path = tmp_path / "releases.jsonl"
    path.write_text("\n".join(Odd(seed, 0, 4 + seed).lines(80)) + "\n")
    told = settings.Settings() if seed % 2 else settings_file.parsed(odd_settings(seed))
    reckoning = Reckoning(told)
    reckoning.take(path.read_bytes())
    found, processes = running.findings("duckdb", [str(path)], told, "")
    assert printed(found) == printed(reckoning.conclude())
    assert processes == reckoning.processes


def test_the_verb_asks_the_engine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "releases.jsonl"
    path.write_text("\n".join(Odd(1, 0, 5).lines(30)) + "\n")
    assert program.main([str(path), "--format", "cardinal", "--engine", "duckdb"]) == 0
    by_engine = json.loads(capsys.readouterr().out)
    assert program.main([str(path), "--format", "cardinal"]) == 0
    assert by_engine == json.loads(capsys.readouterr().out)
