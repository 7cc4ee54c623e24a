"""评审算术的核验 (V15): the outcome recomputed from the published scheme and the committee's inputs.

Exact fractions throughout; a figure is rounded half up only where it is published.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

Row = dict[str, Any]
MEMBERS_TO_TRIM = 7


def half_up(value: Fraction, places: int) -> Fraction:
    """四舍五入. Half away from zero."""
    scaled = math.floor(abs(value) * 10**places + Fraction(1, 2))
    return Fraction(scaled if value >= 0 else -scaled, 10**places)


def fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


class Contest:
    """One evaluation: its scheme, its entries, its sheets; all as the facts say."""

    def __init__(self, scheme: Row, concluded: Row, sheets: dict[int, Row]) -> None:
        self.scheme, self.concluded = scheme, concluded
        self.ceiling = fraction(concluded["ceiling"])
        self.coefficients = {row["name"]: Fraction(row["value"]) for row in concluded["coefficients"]}
        self.entries: list[Row] = concluded["entries"]
        self.sheets = [sheets[seat] for seat in sorted(sheets)]
        self.by_hand = any(entry["passed"] and entry["price"] is None for entry in self.entries)

    def ranked(self) -> list[Row]:
        """名次. Bid, rank, total, points, evaluated and deviation of every bid that passed."""
        base = self.base()
        standing = [self._standing(entry, base) for entry in self.entries if entry["passed"]]
        order = {bid: place for place, bid in enumerate(self.concluded["tie_order"])}
        for row in standing:
            row["key"] = (row["figure"], *(self._tie(rule, row, order) for rule in self.scheme["ties"]))
        standing.sort(key=lambda row: (*row["key"], row["bid"]))
        rank = 0
        for place, row in enumerate(standing):
            if place == 0 or row["key"] != standing[place - 1]["key"]:
                rank = place + 1
            row["rank"] = rank
        return standing

    def highest(self) -> Fraction:
        """最高有效报价, of a sale: it earns full points."""
        return max(Fraction(entry["price"]) for entry in self.entries if entry["passed"])

    def base(self) -> Fraction | None:
        """评标基准价. None where the price is not scored by a formula."""
        formula = self.scheme["formula"]
        if self.scheme["scoring"] != "comprehensive" or formula is None or self.by_hand:
            return None
        if not any(row["kind"] == "price" for row in self.scheme["criteria"]):
            return None
        prices = sorted((_evaluated(entry), entry["bid"]) for entry in self._entering(formula))
        if not prices:
            return None
        drop = _dropped(formula["trims"], len(prices))
        kept = [price for price, _ in prices[drop : len(prices) - drop]]
        return self._with_coefficients(_mean(formula["mean"], kept))

    def _entering(self, formula: Row) -> list[Row]:
        priced = [entry for entry in self.entries if entry["price"] is not None]
        announced = set(self.concluded["entered"]) if formula["frozen"] else set()
        frozen = [entry for entry in priced if entry["bid"] in announced]
        if frozen or formula["entering"] == "opened":
            return frozen or priced
        passed = [entry for entry in priced if entry["passed"]]
        if formula["entering"] == "passed" or self.ceiling is None:
            return passed
        low, high = (
            self.ceiling * Fraction(formula["within_low"]),
            self.ceiling * Fraction(formula["within_high"]),
        )
        return [entry for entry in passed if low <= _evaluated(entry) <= high] or passed

    def _with_coefficients(self, base: Fraction) -> Fraction:
        weights = self.coefficients
        if "q" in weights:
            base = weights["q"] * (self.ceiling or Fraction(0)) + (1 - weights["q"]) * base
        if "k" in weights:
            base *= weights["k"]
        return base * (1 - weights["delta"]) if "delta" in weights else base

    def _standing(self, entry: Row, base: Fraction | None) -> Row:
        row: Row = {
            "bid": entry["bid"],
            "price": fraction(entry["price"]) or Fraction(0),
            "evaluated": None if entry["price"] is None else _evaluated(entry),
            "deviation": None,
            "points": [],
            "technical": Fraction(0),
        }
        if self.scheme["scoring"] == "lowest_price":
            return self._standing_by_price(row)
        if self.scheme["scoring"] == "highest_price":
            return {**row, "total": row["price"], "figure": -row["price"]}
        if base and row["evaluated"] is not None:
            row["deviation"] = half_up((row["evaluated"] - base) / base * 100, 4)
        return self._standing_by_points(row, base)

    def _standing_by_price(self, row: Row) -> Row:
        if not self.by_hand:
            return {**row, "total": row["evaluated"], "figure": row["evaluated"]}
        points = self._panel(row["bid"], 0)
        return {**row, "total": points, "points": [points], "figure": -points}

    def _standing_by_points(self, row: Row, base: Fraction | None) -> Row:
        column, total, technical = 0, Fraction(0), Fraction(0)
        for criterion in self.scheme["criteria"]:
            full = Fraction(criterion["full"])
            if criterion["kind"] == "price" and self.scheme["scoring"] == "best_value":
                points = half_up(row["price"] / self.highest() * full, 2)
            elif criterion["kind"] == "price" and not self.by_hand:
                points = self._price_points(row["evaluated"], base or Fraction(0), full)
            else:
                points, column = self._panel(row["bid"], column), column + 1
            share = points * Fraction(criterion["weight"]) / full
            row["points"].append(points)
            total += share
            technical += share if criterion["part"] == "technical" else 0
        total = half_up(total, 2)
        return {**row, "total": total, "figure": -total, "technical": half_up(technical, 8)}

    def _price_points(self, price: Fraction, base: Fraction, full: Fraction) -> Fraction:
        formula = self.scheme["formula"]
        if formula["shape"] == "proportion":
            return half_up(min(base / price, Fraction(1)) * full, 2)
        low = high = base
        if formula["shape"] == "interval":
            low, high = base * Fraction(formula["interval_low"]), base * Fraction(formula["interval_high"])
        lost = Fraction(0)
        if price > high:
            lost = _units(formula, (price - high) / base * 100) * Fraction(formula["above"])
        elif price < low:
            lost = _units(formula, (low - price) / base * 100) * Fraction(formula["below"])
        return half_up(max(full - lost, Fraction(0)), 2)

    def _panel(self, bid: str, column: int) -> Fraction:
        marks = [mark for sheet in self.sheets for mark in sheet["marks"] if mark["bid"] == bid]
        points = sorted(Fraction(mark["points"][column]) for mark in marks)
        if not points:
            return Fraction(0)
        if self.scheme["member_trim"] == "high_low" and len(points) >= MEMBERS_TO_TRIM:
            points = points[1:-1]
        return half_up(sum(points, Fraction(0)) / len(points), 2)

    def _tie(self, rule: str, row: Row, order: dict[str, int]) -> Fraction:
        if rule == "lower_price":
            return Fraction(row["price"])
        if rule == "higher_price":
            return -Fraction(row["price"])
        if rule == "higher_technical":
            return -Fraction(row["technical"])
        return Fraction(order.get(row["bid"], len(order)))


def adjustment(price: Fraction, factors: list[Row], measures: dict[str, Fraction]) -> Fraction:
    """价格调整额: what the measured facts of one bid add for comparison."""
    total = Fraction(0)
    for factor in factors:
        if factor["code"] not in measures:
            continue
        units = max(
            (measures[factor["code"]] - Fraction(factor["threshold"])) / Fraction(factor["per"]), Fraction(0)
        )
        if factor["units_max"] is not None:
            units = min(units, Fraction(factor["units_max"]))
        total += units * (Fraction(factor["amount"]) + Fraction(factor["share"]) * price)
    return half_up(total, 8)


def comparable(price: Row | None, reading: str) -> Fraction | None:
    """比较价. Yuan, or a rate read so that less is better; None for a sentence."""
    if price is None or price["kind"] == "text":
        return None
    if price["kind"] == "amount":
        return None if price["amount"] is None else Fraction(price["amount"]["amount"]) / 100
    if price["rate"] is None:
        return None
    return 1 - Fraction(price["rate"]) if reading == "discount" else Fraction(price["rate"])


def _evaluated(entry: Row) -> Fraction:
    return Fraction(entry["price"]) + Fraction(entry["adjustment"])


def _dropped(trims: list[Row], bids: int) -> int:
    fitting = [trim for trim in trims if bids >= trim["bids_min"]]
    if not fitting:
        return 0
    trim = max(fitting, key=lambda row: row["bids_min"])
    drop = trim["count"] or math.floor(Fraction(trim["share"]) * bids)
    return drop if 2 * drop < bids else 0


def _mean(kind: str, prices: list[Fraction]) -> Fraction:
    if kind == "lowest":
        return min(prices)
    if kind == "lowest_two":
        return _average(sorted(prices)[:2])
    first = _average(prices)
    if kind == "arithmetic":
        return first
    below = [price for price in prices if price < first]
    second = _average(below) if below else first
    return second if kind == "two_step_low" else (first + second) / 2


def _average(prices: list[Fraction]) -> Fraction:
    return sum(prices, Fraction(0)) / len(prices)


def _units(formula: Row, percent: Fraction) -> Fraction:
    units = percent / Fraction(formula["unit"])
    if formula["steps"] == "full":
        return Fraction(math.floor(units))
    return Fraction(math.ceil(units)) if formula["steps"] == "started" else units
