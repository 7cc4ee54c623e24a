"""报告: what was found, in words for people, or as JSON with the names for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator

from redflags.findings import GROUPS, PROCESS, Findings
from redflags.meanings import CLUE, GROUP_NAMES, MEANINGS
from redflags.result import by_name

SHOWN = 50


def text(findings: dict[str, Findings], processes: int) -> Iterator[str]:
    """文字报告: the flags with their counts, then the most flagged of each group."""
    yield f"共 {processes:,} 个采购过程。{CLUE}\n"
    for code, found in findings.items():
        meaning = MEANINGS[code]
        yield f"\n{code} {meaning.name}：{_counted(found)}\n"
        yield f"    {meaning.says}正常解释：{meaning.otherwise}\n"
    for group in GROUPS:
        rows = sorted(by_name(findings, group), key=lambda row: (-len(row[1]), row[0]))
        if not rows:
            continue
        yield f"\n{GROUP_NAMES[group]}（共 {len(rows):,} 个，红旗多的在前" + (
            "）\n" if len(rows) <= SHOWN else f"，前 {SHOWN} 个）\n"
        )
        for name, values in rows[:SHOWN]:
            yield f"    {_printable(name)}：{'；'.join(_flag(code, group, value) for code, value in values.items())}\n"


def as_json(findings: dict[str, Findings], processes: int) -> Iterator[str]:
    """JSON 报告: all of it, with the flags' names; one object a line within."""
    flags = {
        code: {
            "name": MEANINGS[code].name,
            "says": MEANINGS[code].says,
            "otherwise": MEANINGS[code].otherwise,
        }
        | {"counts": {group: len(named) for group, named in found.values.items()}}
        for code, found in findings.items()
    }
    yield f'{{"processes":{processes},"note":{_json(CLUE)},"flags":{_json(flags)},"found":[\n'
    between = ""
    for group in GROUPS:
        for name, values in by_name(findings, group):
            row = {
                "group": group,
                "id": name,
                "flags": [_flag(code, group, value) for code, value in values.items()],
            }
            yield f"{between}{_json(row)}"
            between = ",\n"
    yield "\n]}\n"


def _counted(found: Findings) -> str:
    counts = [f"{len(named):,} 个{GROUP_NAMES[group]}" for group, named in found.values.items() if named]
    return "、".join(counts) or "没有"


def _flag(code: str, group: str, value: float) -> str:
    """The figure stands where the flag is about this one; others are only named beside it."""
    meaning = MEANINGS[code]
    figure = "" if value == 0 and group != PROCESS else meaning.shown(value)
    return f"{code} {meaning.name}" + (f"（{figure}）" if figure else "")


def _printable(name: str) -> str:
    """A hostile name cannot move the cursor or end the line."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in name)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
