"""评审的核验 (V15): inputs against the facts they come from, then the arithmetic."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from verify.dossier import Dossier, Entry
from verify.hashing import canonical
from verify.report import Check
from verify.scoring import Contest, adjustment, comparable, fraction, half_up

Row = dict[str, Any]
SCORINGS = ("lowest_price", "comprehensive", "highest_price", "best_value")


def check_evaluation(dossier: Dossier) -> Check:
    """V15: the report's ranks, totals, points and benchmark follow from its inputs; so do the inputs."""
    check = Check("V15", "评审结果可由评委的输入重算")
    for concluded in dossier.of("evaluation.concluded"):
        body = concluded.body or {}
        scheme = _scheme(dossier, concluded)
        if scheme is None:
            check.gaps.append(f"{concluded.place}：案卷中没有摘要为 {body['scheme']} 的评标办法")
        elif scheme["scoring"] not in SCORINGS:
            check.gaps.append(f"{concluded.place}：本程序不能重算评标办法 {scheme['scoring']}")
        else:
            _check_inputs(dossier, check, concluded, scheme)
            _check_outcome(check, concluded, Contest(scheme, body, _sheets(dossier, concluded)))
        _check_report(dossier, check, concluded)
    if any(entry.body is None and entry.stream.endswith("/evaluation") for entry in dossier.entries):
        check.gaps.append("评审过程的部分内容未向您披露")
    return check


def _check_inputs(dossier: Dossier, check: Check, concluded: Entry, scheme: Row) -> None:
    """Prices are those read out or corrected; the rejected are those of the review."""
    body = concluded.body or {}
    prices, floor = _prices(dossier, concluded), fraction(body.get("floor"))
    if floor is not None:
        prices = {
            bid: price if price["kind"] == "amount" else {"kind": "text"} for bid, price in prices.items()
        }
    kinds = {
        price["kind"] for price in prices.values() if comparable(price, scheme["rate_reading"]) is not None
    }
    rejected = _rejected(dossier, concluded)
    measures = _measures(dossier, concluded)
    check.require(
        sorted(entry["bid"] for entry in body["entries"]) == sorted(prices),
        f"{concluded.place}：参评投标与唱标不符",
    )
    for entry in body["entries"]:
        bid = entry["bid"]
        price = comparable(prices.get(bid), scheme["rate_reading"]) if len(kinds) <= 1 else None
        check.require(fraction(entry["price"]) == price, f"{concluded.place}：{bid} 的比较价与唱标、修正不符")
        check.require(
            entry["passed"] == (bid not in rejected), f"{concluded.place}：{bid} 是否通过与初步评审不符"
        )
        is_high = floor is None or (price is not None and price >= floor)
        check.require(is_high or not entry["passed"], f"{concluded.place}：{bid} 低于起始价、底价却通过评审")
        added = (
            Fraction(0) if price is None else adjustment(price, scheme["adjustments"], measures.get(bid, {}))
        )
        check.require(Fraction(entry["adjustment"]) == added, f"{concluded.place}：{bid} 的价格调整不符")


def _check_outcome(check: Check, concluded: Entry, contest: Contest) -> None:
    body = concluded.body or {}
    if body["is_all_rejected"]:
        check.require(not body["results"] and not body["candidates"], f"{concluded.place}：全部否决却有名次")
        return
    base = contest.base()
    said = body["benchmark"]
    check.require((base is None) == (said is None), f"{concluded.place}：评标基准价的有无不符")
    if base is not None and said is not None:
        check.require(Fraction(said["base"]) == half_up(base, 8), f"{concluded.place}：评标基准价不符")
    ranked = contest.ranked()
    check.require(
        [row["bid"] for row in ranked] == [row["bid"] for row in body["results"]],
        f"{concluded.place}：名次不符",
    )
    for made, row in zip(ranked, body["results"], strict=False):
        shown = (
            row["rank"],
            Fraction(row["total"]),
            [Fraction(points) for points in row["points"]],
            fraction(row["evaluated"]),
            fraction(row["deviation"]),
        )
        mine = (made["rank"], made["total"], made["points"], made["evaluated"], made["deviation"])
        check.require(shown == mine, f"{concluded.place}：{row['bid']} 的名次、总分、分项或评审价不符")
    first = [(row["rank"], row["bid"]) for row in body["results"]][: contest.scheme["candidates_max"]]
    named = [(row["rank"], row["bid"]) for row in body["candidates"]]
    check.require(named == first, f"{concluded.place}：中标候选人不是名次在前的投标")


def _check_report(dossier: Dossier, check: Check, concluded: Entry) -> None:
    body = concluded.body or {}
    made = dossier.hasher.__class__(body["digest"].partition(":")[0]).text(canonical({**body, "digest": ""}))
    check.require(made == body["digest"], f"{concluded.place}：评标报告摘要不符")
    for signed in _before_next(dossier, concluded, "report.signed"):
        is_same = (signed.body or {})["digest"] == body["digest"]
        check.require(is_same, f"{signed.place}：签署的不是这份评标报告")


def _scheme(dossier: Dossier, concluded: Entry) -> Row | None:
    wanted = (concluded.body or {})["scheme"]
    for published in _until(dossier, concluded, "scheme.published"):
        body = published.body or {}
        algorithm = body["digest"].partition(":")[0]
        made = dossier.hasher.__class__(algorithm).text(canonical(body["scheme"]))
        if body["digest"] == wanted == made:
            scheme: Row = body["scheme"]
            return scheme
    return None


def _sheets(dossier: Dossier, concluded: Entry) -> dict[int, Row]:
    """The last sheet of every seat; a seat that was vacated since has none."""
    sheets: dict[int, Row] = {}
    for entry in _until(dossier, concluded, "scores.submitted", "seat.vacated"):
        body = entry.body or {}
        if entry.kind == "seat.vacated":
            sheets.pop(body["seat"], None)
        else:
            sheets[body["seat"]] = body
    return sheets


def _prices(dossier: Dossier, concluded: Entry) -> dict[str, Row]:
    prices: dict[str, Row] = {}
    offered: dict[str, Row] = {}
    for entry in _until(dossier, concluded, "bid.read_out", "price.corrected", "correction.answered"):
        body = entry.body or {}
        if entry.kind == "bid.read_out":
            prices[body["bid"]] = body["price"] or {"kind": "text"}
        elif entry.kind == "price.corrected":
            offered[body["correction"]["bid"]] = body["correction"]["after"]
        elif body["is_accepted"] and body["bid"] in offered:
            prices[body["bid"]] = offered[body["bid"]]
    return prices


def _rejected(dossier: Dossier, concluded: Entry) -> set[str]:
    finished = _until(dossier, concluded, "review.finished")
    return {row["bid"] for row in (finished[-1].body or {})["rejected"]} if finished else set()


def _measures(dossier: Dossier, concluded: Entry) -> dict[str, dict[str, Fraction]]:
    recorded = _until(dossier, concluded, "measures.recorded")
    measures: dict[str, dict[str, Fraction]] = {}
    for row in (recorded[-1].body or {})["measures"] if recorded else []:
        measures.setdefault(row["bid"], {})[row["code"]] = Fraction(row["value"])
    return measures


def _until(dossier: Dossier, concluded: Entry, *kinds: str) -> list[Entry]:
    """These facts of the same round, recorded before the conclusion."""
    turn = (concluded.body or {})["round"]
    return [
        entry
        for entry in dossier.of(*kinds)
        if entry.height < concluded.height and (entry.body or {}).get("round") == turn
    ]


def _before_next(dossier: Dossier, concluded: Entry, kind: str) -> list[Entry]:
    """Facts of that kind between this conclusion and the next one of the round."""
    turn = (concluded.body or {})["round"]
    later = [
        entry.height
        for entry in dossier.of("evaluation.concluded")
        if entry.height > concluded.height and (entry.body or {})["round"] == turn
    ]
    end = min(later, default=dossier.head.size + 1)
    return [
        entry
        for entry in dossier.of(kind)
        if concluded.height < entry.height < end and (entry.body or {})["round"] == turn
    ]
