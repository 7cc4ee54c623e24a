"""命令行: reads the arguments, reckons every file, prints what was found; what is doubtful goes to standard error."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from redflags import bulk, reading, result, settings
from redflags.findings import Findings
from redflags.reckoning import Reckoning

READER = "reader"


def main(argv: Sequence[str]) -> int:
    """红旗指标. Exit code 0: read; 1: some file could not be read; 2: settings or arguments are of no use."""
    options = _options(argv)
    try:
        told = settings.read(Path(options.settings)) if options.settings else settings.Settings()
    except settings.Unusable as error:
        return _refused(f"设置文件 {options.settings}：{error}")
    except OSError as error:
        return _refused(f"设置文件 {options.settings} 不能读取（{error.strerror}）")
    told = replace(told, with_maps=options.map)
    if options.engine == READER:
        whole, unread = _reckoned(options.files, told, options.workers)
        _print(whole.conclude(), whole.processes, options, whole.bidders)
        return 1 if unread else 0
    return _asked(told, options)


def _reckoned(names: Sequence[str], told: settings.Settings, workers: int) -> tuple[Reckoning, int]:
    """Every file after the other; one that cannot be read is said, and the others go on."""
    whole, unread = Reckoning(told), 0
    for name in names:
        try:
            with reading.opened(name) as sources:
                for source in sources:
                    found = bulk.reckon(source, told, whole.currency.code, workers)
                    _say_doubts(source.name, found)
                    whole.merge(found)
                    whole.currency.code = whole.currency.code or found.currency.code
        except reading.Unreadable as error:
            print(f"{name}：{error}", file=sys.stderr)
            unread += 1
    return whole, unread


def _asked(told: settings.Settings, options: argparse.Namespace) -> int:
    """Another engine answers; it tells nothing of odd lines and keeps no maps."""
    try:
        from redflags.engines import running
    except ModuleNotFoundError as error:
        return _refused(
            f"{options.engine} 引擎需要 Python 库 {error.name}：pip install 'ibis-framework[duckdb,pyspark]'"
        )
    try:
        findings, processes = running.findings(options.engine, options.files, told, options.master)
    except reading.Unreadable as error:
        return _refused(str(error))
    _print(findings, processes, options)
    return 0


def _say_doubts(name: str, found: Reckoning) -> None:
    found.doubts.find_repeated()
    for words in found.doubts.told():
        print(f"{name}：{words}", file=sys.stderr)


def _print(
    findings: dict[str, Findings],
    processes: int,
    options: argparse.Namespace,
    bidders: dict[str, tuple[str, ...]] | None = None,
) -> None:
    if options.format == "cardinal":
        pieces = result.cardinal(
            findings, bidders or {}, with_meta=not options.no_meta, with_maps=options.map
        )
    else:
        from redflags import report

        told = report.as_json if options.format == "json" else report.text
        pieces = told(findings, processes)
    for piece in pieces:
        sys.stdout.write(piece)


def _refused(words: str) -> int:
    print(words, file=sys.stderr)
    return 2


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("ggzy flags", description="OCDS 红旗指标")
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="releases, records or packages; - for standard input"
    )
    parser.add_argument(
        "--settings", help="Cardinal's settings file (.ini); without it all eleven flags as they are"
    )
    parser.add_argument(
        "--format", choices=("cardinal", "json", "text"), default="text", help="what to print"
    )
    parser.add_argument("--no-meta", action="store_true", help="cardinal: without quartiles and fences")
    parser.add_argument("--map", action="store_true", help="cardinal: with who stands behind each process")
    parser.add_argument(
        "--workers", type=int, default=bulk.cores(), help="how many processes read a large file"
    )
    parser.add_argument("--engine", choices=(READER, "duckdb", "spark"), default=READER, help="who reckons")
    parser.add_argument("--master", default="local[*]", help="spark: where it runs")
    options = parser.parse_args(argv)
    if options.engine != READER and (options.map or "-" in options.files):
        parser.error("--map and standard input are for the reader alone")
    return options
