"""合并发布: what a record's releases say together, later ones over earlier ones, lists joined by identifier."""

from __future__ import annotations

from typing import Any


def merged(releases: list[dict[str, Any]]) -> dict[str, Any]:
    """合并: in the order of their dates; a null takes away what was said before."""
    whole: dict[str, Any] = {}
    for release in sorted(releases, key=lambda one: str(one.get("date", ""))):
        whole = _over(whole, release)
    return whole


def _over(earlier: dict[str, Any], later: dict[str, Any]) -> dict[str, Any]:
    both = dict(earlier)
    for key, value in later.items():
        before = both.get(key)
        if value is None:
            both.pop(key, None)
        elif isinstance(value, dict) and isinstance(before, dict):
            both[key] = _over(before, value)
        elif _has_names(value) and _has_names(before):
            both[key] = _joined(before, value)
        else:
            both[key] = value
    return both


def _joined(earlier: Any, later: Any) -> list[dict[str, Any]]:
    by_name = {str(one["id"]): one for one in earlier}
    for one in later:
        by_name[str(one["id"])] = _over(by_name.get(str(one["id"]), {}), one)
    return list(by_name.values())


def _has_names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) and "id" in one for one in value)
