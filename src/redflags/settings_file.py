"""设置文件: Cardinal's settings file (INI), read as that tool reads it; what it does not know is refused by name."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from redflags.settings import CODES, Settings, Unusable

ESCAPES = {"0": "\0", "a": "\a", "b": "\b", "t": "\t", "r": "\r", "n": "\n"}
NUMBER = r"[+-]?(inf|infinity|nan|([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?)"
WORDS = {"true": 1, "on": 1, "yes": 1, "false": 0, "off": 0, "no": 0}


def read(name: str) -> Settings:
    """读取设置文件. Raises Unusable, OSError."""
    try:
        with open(name, encoding="utf-8-sig") as file:
            text = file.read()
    except UnicodeDecodeError:
        raise Unusable("设置文件不是 UTF-8 文本") from None
    return parsed(text)


def parsed(text: str) -> Settings:
    """解析设置: sections with a flag's code ask for that flag. Raises Unusable."""
    tables = _tables(text)
    for section, table in tables.items():
        _refuse_unknown(section, table)
    general = tables.get("", {})
    return Settings(
        currency=general.get("currency"),
        price_methods=_listed(general.get("price_comparison_procurement_methods")),
        no_price_methods=_listed(general.get("no_price_comparison_procurement_methods")),
        excluded=_listed(tables.get("exclusions", {}).get("procurement_method_details")),
        flags={code: _flag(code, tables) for code in CODES if _asks_for(code, tables)},
    )


def _flag(code: str, tables: dict[str, dict[str, str]]) -> dict[str, Any]:
    told = {key: FLAGS[code][key](f"{code}.{key}", value) for key, value in tables.get(code, {}).items()}
    days = tables.get(DAYS)
    if code == "R003" and days is not None:
        told["procurement_method_details"] = {
            key: _integer(f"{DAYS}.{key}", day) for key, day in days.items()
        }
    return told


def _asks_for(code: str, tables: dict[str, dict[str, str]]) -> bool:
    return code in tables or (code == "R003" and DAYS in tables)


def _refuse_unknown(section: str, table: dict[str, str]) -> None:
    if section in FREE:
        return
    known = KNOWN.get(section)
    if known is None:
        raise Unusable(f"不认识的设置节 [{section}]")
    for key, value in table.items():
        if key not in known:
            raise Unusable(
                f"[{section or '开头'}] 中不认识的设置项 {key}，可用的有：{'、'.join(known) or '无'}"
            )
        known[key](f"{section}.{key}", value)


def _integer(name: str, value: str) -> int:
    lowered = value.lower()
    if lowered in WORDS:
        return WORDS[lowered]
    if not re.fullmatch(r"[+-]?[0-9]+", value):
        raise Unusable(f"{name} 应为整数，而不是“{value}”")
    return int(value)


def _count(name: str, value: str) -> int:
    number = _integer(name, value)
    if number < 0:
        raise Unusable(f"{name} 不得为负数，而不是“{value}”")
    return number


def _ratio(name: str, value: str) -> float:
    lowered = value.lower()
    if lowered in WORDS:
        return float(WORDS[lowered])
    if not re.fullmatch(NUMBER, value, re.IGNORECASE):
        raise Unusable(f"{name} 应为小数，而不是“{value}”")
    return float(value)


def _truth(name: str, value: str) -> bool:
    lowered = value.lower()
    if lowered in ("1", "0"):
        return lowered == "1"
    if lowered not in WORDS:
        raise Unusable(f"{name} 应为 true 或 false，而不是“{value}”")
    return bool(WORDS[lowered])


def _words(name: str, value: str) -> str:
    return value


def _set(name: str, value: str) -> frozenset[str]:
    return _listed(value)


def _listed(value: str | None) -> frozenset[str]:
    """A list with bars between; a bar at the end ends the list and adds nothing."""
    if not value:
        return frozenset()
    return frozenset(value.removesuffix("|").split("|"))


Reader = Callable[[str, str], Any]
DAYS = "R003.procurement_method_details"
FREE = {DAYS, "codelists.bid_status", "codelists.award_status"}  # whose keys the publisher chooses
FLAGS: dict[str, dict[str, Reader]] = {
    "R003": {"threshold": _integer, "procurement_methods": _set},
    "R018": {"procurement_methods": _set},
    "R024": {"threshold": _ratio},
    "R025": {"percentile": _count, "threshold": _ratio},
    "R028": {},
    "R030": {},
    "R035": {"threshold": _count},
    "R036": {},
    "R038": {"threshold": _ratio, "minimum_submitted_bids": _count, "minimum_contracting_processes": _count},
    "R048": {"digits": _count, "threshold": _count, "minimum_contracting_processes": _count},
    "R058": {"threshold": _ratio},
}
KNOWN: dict[str, dict[str, Reader]] = {
    "": {
        "currency": _words,
        "no_price_comparison_procurement_methods": _words,
        "price_comparison_procurement_methods": _words,
    },
    "exclusions": {"procurement_method_details": _words},
    **FLAGS,
    # What the tool's other commands read: known, so that one file serves both, and without effect here.
    "output": {"info_currency_mismatches": _truth},
    "codelists": {},
    "defaults": {
        "currency": _words,
        "item_classification_scheme": _words,
        "bid_status": _words,
        "award_status": _words,
        "party_roles": _truth,
    },
    "redactions": {"amount": _words, "organization_id": _words},
    "corrections": {"award_status_by_contract_status": _truth},
    "modifications": {
        "move_auctions": _truth,
        "prefix_buyer_or_procuring_entity_id": _words,
        "prefix_tenderer_or_supplier_id": _words,
        "split_procurement_method_details": _words,
    },
}


def _tables(text: str) -> dict[str, dict[str, str]]:
    """The sections; what stands before the first has the empty name."""
    tables: dict[str, dict[str, str]] = {}
    section = ""
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if not line or line[0] in ";#":
            continue
        if line[0] == "[":
            if not line.endswith("]"):
                raise Unusable(f"第 {number} 行：设置节没有以 ] 结束")
            section = line[1:-1].strip()
            tables.setdefault(section, {})
            continue
        found = re.fullmatch(r"([^=:]+)[=:](.*)", line)
        if found is None:
            raise Unusable(f"第 {number} 行：没有等号")
        tables.setdefault(section, {})[_unescaped(found[1]).strip()] = _value(number, found[2])
    return tables


def _value(number: int, text: str) -> str:
    text = text.strip()
    if text[:1] not in ("'", '"'):
        return _unescaped(text).strip()
    found = re.fullmatch(rf"{text[0]}((?:[^{text[0]}\\]|\\.)*){text[0]}(.*)", text)
    if found is None:
        raise Unusable(f"第 {number} 行：引号没有结束")
    return _unescaped(found[1] + found[2]).strip()


def _unescaped(text: str) -> str:
    def meaning(found: re.Match[str]) -> str:
        return chr(int(found[1], 16)) if found[1] else ESCAPES.get(found[2], found[2])

    return re.sub(r"\\(?:x([0-9a-fA-F]{4})|(.))", meaning, text)
