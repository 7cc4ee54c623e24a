"""法律与模型的数据: grounds, terms, lists, effects, the evaluation's model."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from ggzy.registers.credit.values import (
    Blacklist,
    Cut,
    Effect,
    EffectKind,
    Gravity,
    Ground,
    Item,
    LawSource,
    Measure,
    Model,
    Scope,
    Term,
)

DATA = Path(__file__).parents[1] / "data"


@cache
def grounds() -> Mapping[str, Ground]:
    """法律规定的禁入情形."""
    return {
        code: Ground(code=code, **(entry | {"scope": Scope(entry["scope"])}))
        for code, entry in _read("grounds.toml").items()
    }


@cache
def terms() -> Mapping[Gravity, Term]:
    """公示与修复期限."""
    return {Gravity(code): Term(**entry) for code, entry in _read("repair.toml").items()}


@cache
def blacklists() -> Mapping[str, Blacklist]:
    """严重失信主体名单的种类."""
    return {
        code: Blacklist(
            code=code,
            **(entry | {"scope": Scope(entry["scope"]) if "scope" in entry else None})
            | {"source": LawSource(entry["source"])},
        )
        for code, entry in _read("lists.toml").items()
    }


@cache
def effects() -> tuple[Effect, ...]:
    """守信激励和失信惩戒措施."""
    return tuple(
        Effect(
            code=code,
            name=entry["name"],
            kind=EffectKind(entry["kind"]),
            measure=Measure(entry["measure"]),
            article=entry["article"],
            source=LawSource(entry["source"]),
            grades=tuple(entry.get("grades", ())),
            gravities=tuple(entry.get("gravities", ())),
            rewarded=entry.get("rewarded", False),
            rate=Decimal(entry.get("rate", "1")),
        )
        for code, entry in _read("effects.toml").items()
    )


@cache
def model() -> Model:
    """信用评价模型 in force."""
    told = _read("model.toml")
    items = tuple(
        Item(
            code=code,
            name=entry["name"],
            group=entry.get("group", code),
            points=Decimal(entry["points"]),
            decays=entry.get("decays", False),
            lasts=entry.get("lasts", 36),
            cap=Decimal(entry["cap"]) if "cap" in entry else None,
        )
        for code, entry in told["item"].items()
    )
    cuts = tuple(Cut(cut["grade"], Decimal(cut["score"]), cut["name"]) for cut in told["cut"])
    return Model(
        code=told["code"],
        version=told["version"],
        name=told["name"],
        source=told["source"],
        is_default=told["default"],
        base=Decimal(told["base"]),
        half_life=told["half_life"],
        items=items,
        cuts=cuts,
    )


@cache
def procurement() -> frozenset[str]:
    """目录条目 that count as 政府采购."""
    return frozenset(_read("scopes.toml")["procurement"]["categories"])


def ground_name(code: str) -> str:
    """禁入情形 or 名单, as a ban names it."""
    known: Mapping[str, Ground | Blacklist] = {**blacklists(), **grounds()}
    return known[code].name if code in known else code


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))
