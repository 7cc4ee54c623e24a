"""目录查询: the law as data, read once from the files beside this module."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from ggzy.kernel.codes import RegionCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.instants import Calendar
from ggzy.kernel.money import Money, Rate
from ggzy.kernel.verdict import Reason, Verdict
from ggzy.registers.catalog import rules
from ggzy.registers.catalog.values import (
    Category,
    CategoryCode,
    Classification,
    Exemption,
    Funding,
    Limit,
    Method,
    Particular,
    RegionFacts,
    Rulebook,
    Side,
    Subject,
    Term,
    Thresholds,
    Trait,
    TraitKind,
)

DATA = Path(__file__).parent / "data"
_UNNAMED = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}


@cache
def calendar() -> Calendar:
    """工作日历. Years whose arrangement is not published are counted by weekdays and the days of the law."""
    years = _read("holidays.toml")
    days: dict[str, set[date]] = {"holidays": set(), "workdays": set()}
    for year, entry in years.items():
        for kind, found in days.items():
            found.update(date.fromisoformat(f"{year}-{day}") for day in entry[kind])
    known = frozenset(int(year) for year, entry in years.items() if entry["published"])
    return Calendar(frozenset(days["holidays"]), frozenset(days["workdays"]), known)


def rulebook(code: str, region: RegionCode, on: date) -> Rulebook:
    """适用的交易规则: the law's numbers of that day, overlaid by those of the regions the place lies in.

    A day before the first version is held to the first version: nothing older is in the house. Raises
    `Missing` for a category without a rulebook.
    """
    sources: list[tuple[date, str, RegionCode]] = []
    for place in rules.lineage(region):
        versions = _versions().get((code, place), ())
        in_force = [version for version in versions if version[0] <= on]
        if not in_force and place == RegionCode.COUNTRY:
            in_force = list(versions[:1])
        sources += [(*version, place) for version in in_force[-1:]]
    if not sources:
        raise Missing(f"交易分类“{code}”还没有可适用的交易规则")
    return _rulebook(code, tuple(sources))


def classify(subject: Subject, on: date) -> Classification:
    """应进必进判定 by the catalogue and the thresholds of that day."""
    return rules.classify(subject, find_category(subject.category), thresholds(on), exemptions())


@cache
def categories() -> tuple[Category, ...]:
    """公共资源交易目录, in the order of the file."""
    return tuple(_category(key, entry) for key, entry in _read("categories.toml").items())


def find_category(code: str) -> Category | None:
    """By key ("construction") or national code ("A01")."""
    for category in categories():
        if code == category.key or any(code == entry.code for entry in category.codes):
            return category
    return None


def authority(category: str) -> str:
    """监督部门 of a trade in the words of the catalogue; empty where it does not know the trade."""
    found = find_category(category)
    if found is None:
        return ""
    own = (one.authority for one in found.codes if one.code == category and one.authority)
    return next(own, found.authority)


@cache
def branches() -> dict[str, str]:
    """监督领域: the departments the catalogue names, by code."""
    return {code: str(name) for code, name in _read("branches.toml").items()}


@cache
def competent(category: str) -> frozenset[str]:
    """主管部门 of a trade, by code; of a whole category those of all its trades; none where the law leaves it open."""
    found = find_category(category)
    whole = found.codes if found is not None and found.key == category else ()
    words = [authority(category), *(one.authority for one in whole)]
    return frozenset().union(*(rules.named(text, branches()) for text in words))


def particulars(code: str, given: Mapping[str, str]) -> tuple[Particular, ...]:
    """标的情况 in the order of the category's traits; what is empty or not asked for is left out."""
    category = find_category(code)
    traits = category.traits if category else ()
    return tuple(
        Particular(trait.code, trait.label, text)
        for trait in traits
        if (text := given.get(trait.code, "").strip())
    )


def judge_particulars(code: str, given: Iterable[Particular], region: RegionCode, on: date) -> Verdict:
    """标的情况是否完整、合法, by the traits of the category and the terms of its rulebook."""
    category = find_category(code)
    if category is None or not category.traits:
        return Verdict()
    return rules.may_describe(category, tuple(given), rulebook(category.rulebook, region, on))


def code_name(code: str) -> str:
    """The name of a national code; the code itself if the catalogue does not know it."""
    names = (entry.name for category in categories() for entry in category.codes if entry.code == code)
    return next(names, code)


@cache
def methods() -> Mapping[str, Method]:
    """交易方式."""
    return {code: Method(code=code, **entry) for code, entry in _read("methods.toml")["method"].items()}


@cache
def scorings() -> Mapping[str, Method]:
    """评审办法."""
    return {code: Method(code=code, **entry) for code, entry in _read("methods.toml")["scoring"].items()}


def is_scored(method: str) -> bool:
    """是否评审: whether a committee scores what is handed in."""
    return method in methods() and methods()[method].is_scored


def method_name(code: str) -> str:
    return methods()[code].name if code in methods() else code


def scoring_name(code: str) -> str:
    return scorings()[code].name if code in scorings() else code


def thresholds(on: date) -> Thresholds:
    """必须招标的规模标准 of that day; the first known one for an earlier day."""
    versions = _thresholds()
    return next((version for version in reversed(versions) if version.effective <= on), versions[0])


@cache
def exemptions() -> tuple[Exemption, ...]:
    """可以不进行招标的情形."""
    return tuple(Exemption(**entry) for entry in _read("thresholds.toml")["exemption"])


def funding_kind(text: str) -> Funding:
    """资金性质 from the words of 资金来源."""
    return rules.funding_kind(text, _funding_words())


def region(code: RegionCode) -> RegionFacts:
    """Raises `Missing` for a code the table does not have."""
    if code not in _regions():
        raise Missing(f"行政区划代码{code}不在区划表中")
    return _regions()[code]


def is_region(code: RegionCode) -> bool:
    return code in _regions()


def may_work_in(code: RegionCode) -> bool:
    """可否用于登记: a region of the table; a real installation knows no invented one."""
    return is_region(code) and not (settings.REAL and region(code).is_invented)


def regions(within: RegionCode = RegionCode.COUNTRY) -> tuple[RegionFacts, ...]:
    """下级行政区划 that may be worked in: the regions one step below."""
    return tuple(facts for facts in _children().get(within, ()) if may_work_in(facts.code))


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def _category(key: str, entry: Mapping[str, Any]) -> Category:
    amount = entry.get("threshold_yuan")
    return Category(
        key=key,
        name=entry["name"],
        scope=entry["scope"],
        authority=entry["authority"],
        methods=tuple(entry["methods"]),
        basis=entry["basis"],
        status=entry["status"],
        scoring=tuple(entry.get("scoring", ())),
        codes=tuple(
            CategoryCode(code, detail["name"], detail.get("authority", ""))
            for code, detail in entry.get("codes", {}).items()
        ),
        rulebook=entry.get("rulebook", ""),
        is_open=entry.get("open", False),
        batch=entry.get("batch"),
        threshold=None if amount is None else Money.yuan(amount),
        threshold_basis=entry.get("threshold_basis", ""),
        below_venue=entry.get("below_venue", ""),
        side=Side(entry.get("side", Side.BUY)),
        owner_word=entry.get("owner", "招标人"),
        lot_word=entry.get("lot", "标段"),
        traits=tuple(_trait(trait) for trait in entry.get("trait", ())),
        no_tender=Reason("no_tender", **entry["no_tender"]) if "no_tender" in entry else None,
        terms=tuple(Term(term["limit"], tuple(term.get("words", ()))) for term in entry.get("term", ())),
    )


def _trait(entry: Mapping[str, Any]) -> Trait:
    return Trait(
        code=entry["code"],
        name=entry["name"],
        kind=TraitKind(entry.get("kind", TraitKind.TEXT)),
        unit=entry.get("unit", ""),
        is_required=entry.get("required", True),
        example=entry["example"],
    )


@cache
def _thresholds() -> tuple[Thresholds, ...]:
    versions = []
    for entry in _read("thresholds.toml")["version"]:
        investment = entry.get("investment_yuan")
        versions.append(
            Thresholds(
                effective=entry["effective"],
                source=entry["source"],
                works=Money.yuan(entry["works_yuan"]),
                goods=Money.yuan(entry["goods_yuan"]),
                services=Money.yuan(entry["services_yuan"]),
                budget=Money.yuan(entry["budget_yuan"]),
                budget_share=Rate(entry["budget_share"]),
                investment=None if investment is None else Money.yuan(investment),
                **{key: text for key, text in entry.items() if key.startswith("article_")},
            )
        )
    return tuple(sorted(versions, key=lambda version: version.effective))


@cache
def _funding_words() -> tuple[tuple[Funding, tuple[str, ...]], ...]:
    groups = _read("thresholds.toml")["funding"]
    return tuple((Funding(group["kind"]), tuple(group["words"])) for group in groups)


@cache
def _versions() -> dict[tuple[str, RegionCode], tuple[tuple[date, str], ...]]:
    """The rulebook files by category and region, oldest first: <code>[.<region>].<date>.toml."""
    found: dict[tuple[str, RegionCode], list[tuple[date, str]]] = {}
    for path in sorted((DATA / "rulebooks").glob("*.toml")):
        code, *region_part, effective = path.stem.split(".")
        place = RegionCode.parse(region_part[0]) if region_part else RegionCode.COUNTRY
        found.setdefault((code, place), []).append((date.fromisoformat(effective), path.stem))
    return {key: tuple(sorted(versions)) for key, versions in found.items()}


@cache
def _rulebook(code: str, sources: tuple[tuple[date, str, RegionCode], ...]) -> Rulebook:
    limits: tuple[Limit, ...] = ()
    for _, name, _ in sources:
        limits = rules.overlay(limits, _limits(name))
    effective, _, place = sources[-1]
    return Rulebook(code, place, effective, tuple(name for _, name, _ in sources), limits)


@cache
def _limits(name: str) -> tuple[Limit, ...]:
    tables = _read(f"rulebooks/{name}.toml")
    return tuple(
        Limit(name=f"{table}.{key}", value=Decimal(entry["value"]), **_rest(entry))
        for table, entries in tables.items()
        for key, entry in entries.items()
    )


def _rest(entry: Mapping[str, Any]) -> dict[str, str]:
    return {key: value for key, value in entry.items() if key != "value"}


@cache
def _regions() -> Mapping[str, RegionFacts]:
    names: dict[str, tuple[str, bool]] = {}
    for file, is_invented in (("regions.txt", False), ("regions.demo.txt", True)):
        for line in (DATA / file).read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                code, _, name = line.partition(" ")
                names[code] = (name, is_invented)
    table = {}
    for code, (name, is_invented) in names.items():
        place = RegionCode(code)
        above = [names[upper][0] for upper in rules.lineage(place)[1:-1] if upper in names]
        full = "".join(part for part in above if part not in _UNNAMED) + name
        table[code] = RegionFacts(place, name, full, place.level, is_invented)
    return table


@cache
def _children() -> Mapping[RegionCode, tuple[RegionFacts, ...]]:
    below: dict[RegionCode, list[RegionFacts]] = {}
    for facts in _regions().values():
        parent = facts.code.parent
        assert parent is not None, "the country is not in the table"
        below.setdefault(parent, []).append(facts)
    return {parent: tuple(children) for parent, children in below.items()}
