"""查询条件: what a visitor may ask for, read forgivingly and repeated back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from ggzy.foundation.ui.forms import whole_number
from ggzy.kernel.codes import CreditCode, LotCode, RegionCode
from ggzy.kernel.money import Money
from ggzy.trading.notices.values import KINDS, Order, Wanted

Code = TypeVar("Code")
SIZES = (20, 50, 100)
PERIODS = {"today": (0, "今天"), "three": (2, "三天内"), "week": (6, "一周内"), "month": (29, "一月内")}
STATES = {"open": "正在接收投标", "publicity": "公示期内"}
SORTS: Mapping[str, tuple[Order, str]] = {
    "deadline": ("lots", "截止最近"),
    "newest": ("newest", "最新发布"),
    "oldest": ("oldest", "最早发布"),
    "amount": ("amount", "金额最大"),
}
AMOUNTS: Mapping[str, tuple[int, int | None, str]] = {  # in 万元: from, below
    "-100": (0, 100, "100 万元以下"),
    "100-400": (100, 400, "100 万至 400 万元"),
    "400-1000": (400, 1000, "400 万至 1000 万元"),
    "1000-5000": (1000, 5000, "1000 万至 5000 万元"),
    "5000-": (5000, None, "5000 万元以上"),
}
NATURES = {"works": "工程施工", "goods": "货物", "services": "服务", "asset": "权利、资产"}


@dataclass(frozen=True)
class Asked:
    """查询: the wish, the page, and what was understood differently from what was written."""

    wanted: Wanted
    current: Mapping[str, str]
    page: int
    size: int
    notes: tuple[str, ...]


def read(given: Mapping[str, str], today: date) -> Asked:
    """Reads the query string; nothing in it can be wrong enough for an error page."""
    current = {key: str(given.get(key, "")).strip()[:200] for key in KEYS if str(given.get(key, "")).strip()}
    since, until, notes = _days(current, today)
    band = AMOUNTS.get(current.get("amount", ""))
    order, _ = SORTS.get(current.get("sort", ""), SORTS["newest"])
    if order == "lots" and current.get("state") != "open":
        current["state"] = "open"
        notes += ("按截止时间排序，只列出正在接收投标的标段。",)
    wanted = Wanted(
        text=current.get("q", ""),
        kinds=tuple(kind for kind in (current.get("kind", ""),) if kind in KINDS),
        group=current.get("group", ""),
        region=_parsed(RegionCode.parse, current.get("region", "")),
        category=current.get("category", ""),
        nature=current.get("nature", "") if current.get("nature", "") in NATURES else "",
        owner=_parsed(CreditCode.parse, current.get("owner", "")),
        lot=_parsed(LotCode.parse, current.get("lot", "")),
        since=since,
        until=until,
        method=current.get("method", ""),
        amount_from=_ten_thousands(band[0]) if band else None,
        amount_below=_ten_thousands(band[1]) if band else None,
        order=order,
    )
    size = whole_number(current.get("size", ""), SIZES[0], 1, SIZES[-1])
    return Asked(wanted, current, whole_number(given.get("page", ""), 1, 1, 100_000), size, notes)


KEYS = (
    "q",
    "kind",
    "group",
    "region",
    "category",
    "nature",
    "state",
    "method",
    "amount",
    "owner",
    "lot",
    "period",
    "since",
    "until",
    "sort",
    "size",
)


def without(asked: Asked, *keys: str) -> Asked:
    """The same query with some conditions taken away, to offer the best relaxation."""
    keys = (*keys, "sort") if "state" in keys and asked.wanted.order == "lots" else keys
    rest = {key: value for key, value in asked.current.items() if key not in keys}
    wanted = asked.wanted
    if "q" in keys:
        wanted = replace(wanted, text="")
    if {"period", "since", "until"} & set(keys):
        wanted = replace(wanted, since=None, until=None)
    if "kind" in keys:
        wanted = replace(wanted, kinds=(), group="")
    if "region" in keys:
        wanted = replace(wanted, region=None)
    if "state" in keys:
        wanted = replace(wanted, lots=None, order="newest")
    if "owner" in keys:
        wanted = replace(wanted, owner=None)
    if "method" in keys:
        wanted = replace(wanted, method="")
    if "amount" in keys:
        wanted = replace(wanted, amount_from=None, amount_below=None)
    if "nature" in keys:
        wanted = replace(wanted, nature="", category="")
    return replace(asked, wanted=wanted, current=rest, page=1)


def _parsed(parse: Callable[[str], Code], text: str) -> Code | None:
    if not text:
        return None
    try:
        return parse(text)
    except ValueError:
        return None


def _ten_thousands(count: int | None) -> Money | None:
    return Money.yuan(str(count * 10_000)) if count is not None else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _days(current: Mapping[str, str], today: date) -> tuple[date | None, date | None, tuple[str, ...]]:
    if current.get("period") in PERIODS:
        return today - timedelta(days=PERIODS[current["period"]][0]), today, ()
    since, until = _day(current.get("since", "")), _day(current.get("until", ""))
    if since and until and until < since:
        said = f"结束日期早于开始日期，已按 {until.month}月{until.day}日至{since.month}月{since.day}日 查询。"
        return until, since, (said,)
    return since, until, ()
