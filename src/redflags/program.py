"""命令行: reads the arguments, reckons every file, prints what was found; what is doubtful goes to standard error."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from msgspec.structs import replace

from redflags import bulk, options, reading, settings
from redflags.findings import GROUPS, Findings
from redflags.options import READER, Options
from redflags.reckoning import Reckoning
from redflags.releases import Unreadable


def main(argv: Sequence[str]) -> int:
    """红旗指标. Exit code 0: read; 1: some file could not be read; 2: settings or arguments are of no use."""
    if not {"-h", "--help"}.isdisjoint(argv):
        print(options.HELP, end="")
        return 0
    try:
        chosen = options.parsed(argv)
        told = _settings(chosen.settings)
    except options.Misused as error:
        return _refused(f"{error}\n{options.HELP}")
    except settings.Unusable as error:
        return _refused(f"设置文件 {chosen.settings}：{error}")
    except OSError as error:
        return _refused(f"设置文件 {chosen.settings} 不能读取（{error.strerror}）")
    told = replace(told, with_maps=chosen.map)
    if chosen.engine == READER:
        whole, unread = _reckoned(chosen.files, told, chosen.workers)
        _print(whole.conclude(), whole.processes, chosen, whole.bidders)
        return 1 if unread else 0
    return _asked(told, chosen)


def _settings(name: str | None) -> settings.Settings:
    if name is None:
        return settings.Settings()
    from redflags import settings_file  # rarely wanted

    return settings_file.read(name)


def _reckoned(names: Sequence[str], told: settings.Settings, workers: int) -> tuple[Reckoning, int]:
    """Every file after the other; one that cannot be read is said, and the others go on."""
    whole, unread = Reckoning(told), 0
    for name in names:
        try:
            with reading.opened(name) as sources:
                for source in sources:
                    found = bulk.reckon(source, told, whole.currency.code, workers)
                    _say_doubts(source.name, found)
                    if whole.processes == 0:
                        whole = found
                    else:
                        whole.merge(found.kept())
                        whole.currency.code = whole.currency.code or found.currency.code
        except Unreadable as error:
            print(f"{name}：{error}", file=sys.stderr)
            unread += 1
    return whole, unread


def _asked(told: settings.Settings, chosen: Options) -> int:
    """Another engine answers; it tells nothing of odd lines and keeps no maps."""
    try:
        from redflags.engines import running
    except ModuleNotFoundError as error:
        return _refused(
            f"{chosen.engine} 引擎需要 Python 库 {error.name}：pip install 'ibis-framework[duckdb,pyspark]'"
        )
    try:
        findings, processes = running.findings(chosen.engine, chosen.files, told, chosen.master)
    except Unreadable as error:
        return _refused(str(error))
    _print(findings, processes, chosen)
    return 0


def _say_doubts(name: str, found: Reckoning) -> None:
    found.doubts.find_repeated()
    for words in found.doubts.told():
        print(f"{name}：{words}", file=sys.stderr)


def _print(
    findings: dict[str, Findings],
    processes: int,
    chosen: Options,
    bidders: dict[str, tuple[str, ...]] | None = None,
) -> None:
    if chosen.format == "cardinal":
        from redflags import result

        pieces = result.cardinal(findings, bidders or {}, with_meta=not chosen.no_meta, with_maps=chosen.map)
    else:
        from redflags import report

        told = report.as_json if chosen.format == "json" else report.text
        pieces = told(findings, processes)
    for piece in pieces:
        sys.stdout.write(piece)
    if chosen.count:
        for group in GROUPS:
            names = set().union(*(found.values.get(group, ()) for found in findings.values()))
            print(f"{group}: {len(names)}", file=sys.stderr)


def _refused(words: str) -> int:
    print(words, file=sys.stderr)
    return 2
