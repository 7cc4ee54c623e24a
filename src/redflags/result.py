"""结果: the flags' findings in the published JSON shape, written entry by entry."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

import msgspec

from redflags.findings import BUYER, ENTITY, GROUPS, Findings
from redflags.statistics import rounded

encoder = msgspec.json.Encoder()
AT_ONCE = 1000  # entries in a piece
MAPS_OF_BODIES = {BUYER: "ocid_buyer_r038", ENTITY: "ocid_procuringentity_r038"}
MAPS_OF_TENDERERS = ("R024", "R028", "R030", "R035", "R058")
HAVE_ALL_BIDDERS = frozenset(("R025", "R038", "R048"))  # whose findings are about bidders at large


def cardinal(
    findings: dict[str, Findings],
    bidders: dict[str, tuple[str, ...]],
    *,
    with_meta: bool,
    with_maps: bool,
) -> Iterator[str]:
    """Cardinal 格式: pieces of one JSON object, as `ocdscardinal indicators` prints it."""
    yield "{"
    between = ""
    for group in GROUPS:
        rows = iter(_told(findings, group).items())
        begin = f'{between}"{group}":{{'
        while some := dict(islice(rows, AT_ONCE)):
            names = encoder.encode_lines(list(some)).decode().split("\n")
            entries = [f"{name}:{{{told}}}" for name, told in zip(names, some.values(), strict=False)]
            yield f"{begin}{','.join(entries)}"
            begin = between = ","
        if begin == ",":
            yield "}"
    if with_meta:
        yield f'{between}"Meta":{_json(_meta(findings))}'
        between = ","
    if with_maps:
        yield f'{between}"Maps":{_json(_maps(findings, bidders))}'
    yield "}\n"


def by_name(findings: dict[str, Findings], group: str) -> Iterator[tuple[str, dict[str, float]]]:
    """逐个名称: each flagged name of a group with its flags' values."""
    columns = [(code, found.values[group]) for code, found in findings.items() if group in found.values]
    names = dict.fromkeys(chain.from_iterable(column for _, column in columns))
    for name in names:
        yield name, {code: column[name] for code, column in columns if name in column}


def _told(findings: dict[str, Findings], group: str) -> dict[str, str]:
    """Each flagged name of a group with its flags as they are printed; most say one, and share the text."""
    rows: dict[str, str] = {}
    for code, found in findings.items():
        one = f'"{code}":1.0'
        for name, value in found.values.get(group, {}).items():
            told, before = one if value == 1 else f'"{code}":{_json(value)}', rows.get(name)
            rows[name] = told if before is None else f"{before},{told}"
    return rows


def _meta(findings: dict[str, Findings]) -> dict[str, Any]:
    return {
        code: {key: rounded(value) for key, value in found.meta.items()}
        for code, found in findings.items()
        if found.meta
    }


def _maps(findings: dict[str, Findings], bidders: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    bodies = findings["R038"].bodies if "R038" in findings else {}
    return {
        **{name: bodies.get(group, {}) for group, name in MAPS_OF_BODIES.items()},
        "ocid_tenderer": {} if HAVE_ALL_BIDDERS.isdisjoint(findings) else bidders,
        **{
            f"ocid_tenderer_{code.lower()}": findings[code].behind if code in findings else {}
            for code in MAPS_OF_TENDERERS
        },
    }


def _json(value: Any) -> str:
    """What JSON has no number for is null."""
    return encoder.encode(value).decode()
