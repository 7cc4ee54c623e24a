"""Made-up releases, built field by field; what a test does not say is ordinary."""

import json
from pathlib import Path
from typing import Any

from redflags import result, settings, settings_file
from redflags.reckoning import Reckoning

ALL = "".join(f"[{code}]\n" for code in settings.CODES)


def bid(bidder: str | list[str], amount: Any = None, status: str = "valid", **more: Any) -> dict[str, Any]:
    """One bid; several bidders bid together."""
    names = [bidder] if isinstance(bidder, str) else bidder
    value = {} if amount is None else {"value": {"amount": amount, "currency": "CNY"}}
    return {"status": status, "tenderers": [{"id": name} for name in names]} | value | more


def award(supplier: str | list[str], status: str = "active", kinds: tuple[str, ...] = ()) -> dict[str, Any]:
    """One award with its items' classifications."""
    names = [supplier] if isinstance(supplier, str) else supplier
    items = {"items": [{"classification": {"id": kind}} for kind in kinds]} if kinds else {}
    return {"status": status, "suppliers": [{"id": name} for name in names]} | items


def release(ocid: str = "o", **fields: Any) -> dict[str, Any]:
    """One contracting process; bids are given as a list."""
    if "bids" in fields:
        fields["bids"] = {"details": fields["bids"]}
    return {"ocid": ocid} | fields


def lines(releases: list[dict[str, Any]]) -> str:
    """As a file of lines."""
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in releases)


def found(releases: list[dict[str, Any]], told: str = ALL) -> dict[str, Any]:
    """What the flags find, in the published shape, without the figures."""
    reckoning = reckoned(lines(releases).encode(), told)
    pieces = result.cardinal(reckoning.conclude(), {}, with_meta=False, with_maps=False)
    answer: dict[str, Any] = json.loads("".join(pieces))
    return answer


def reckoned(text: bytes, told: str = ALL) -> Reckoning:
    """The lines folded, in one process."""
    reckoning = Reckoning(settings_file.parsed(told))
    reckoning.take(text)
    return reckoning


def written(folder: Path, releases: list[dict[str, Any]], name: str = "releases.jsonl") -> Path:
    """The releases as a file."""
    path = folder / name
    path.write_text(lines(releases))
    return path
