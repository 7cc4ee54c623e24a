"""提问: each flag's question to the relations, answered as the same findings that the reader gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ibis
from ibis import _

from redflags.engines.relations import Relations, Table
from redflags.findings import BUYER, ENTITY, TENDERER, Findings
from redflags.indicators import r018, r024, r025, r028, r030, r035, r036, r038, r048, r058
from redflags.indicators.r003 import R003
from redflags.moments import days_between
from redflags.prices import Currency, Differences

Asked = Callable[[Relations, Any], None]


def asked(relations: Relations) -> dict[str, Findings]:
    """全部红旗: the flags' own conclusions, over counts that the engine made."""
    told = relations.settings
    differences = Differences(Currency(relations.currency))
    if not told.flags.keys().isdisjoint(("R024", "R058")):
        differences.by_process = {
            ocid: (ratio, winner, runner_up)
            for ocid, winner, runner_up, ratio in _rows(
                relations.differences, "ocid", "winner", "runner_up", "ratio"
            )
        }
    found = {}
    for code in told.flags:
        flag = FLAGS[code](told, differences)
        ASK[code](relations, flag)
        found[code] = flag.conclude()
    return found


def _nothing(relations: Relations, flag: Any) -> None:
    """The differences say it all."""


def _short(relations: Relations, flag: R003) -> None:
    known = relations.processes.filter(_.starts.notnull(), _.ends.notnull())
    if flag.methods:
        known = known.filter(_.method.isin(sorted(flag.methods)))
    for starts, ends, details, ocids in _rows(
        known.group_by("starts", "ends", "details").agg(ocids=_.ocid.collect()),
        "starts",
        "ends",
        "details",
        "ocids",
    ):
        days = days_between(starts, ends)
        if days is not None and days < flag.days_min_of.get(details or "", flag.days_min):
            flag.flagged |= dict.fromkeys(ocids)


def _alone(relations: Relations, flag: r018.R018) -> None:
    one = relations.processes.filter(_.tenderers_count == "1")
    if flag.methods:
        one = one.filter(_.method.isin(sorted(flag.methods)))
    flag.flagged = {ocid: None for (ocid,) in _rows(one, "ocid")}


def _losing(relations: Relations, flag: r025.R025) -> None:
    valid = relations.bids.filter(_.status == "valid", _.sole.notnull()).select("ocid", "sole").distinct()
    beside = valid.inner_join(relations.winners, "ocid")
    counts = beside.group_by("sole").agg(bid=_.count(), won=(_.sole == _.winner).ifelse(1, 0).sum())
    for bidder, bid, won in _rows(counts, "sole", "bid", "won"):
        flag.bid[bidder], flag.won[bidder] = bid, won


def _same(relations: Relations, flag: r028.R028) -> None:
    priced = relations.named(relations.compared(relations.submitted))
    sets = priced.group_by("ocid", "amount", "currency", "place").agg(bidders=_.name.collect(distinct=True))
    each = sets.mutate(bidders=_.bidders.sort().join("\n"))
    shared = each.group_by("ocid", "amount", "currency").agg(kinds=_.bidders.nunique()).filter(_.kinds > 1)
    named = priced.semi_join(shared, ["ocid", "amount", "currency"])
    flag.flagged = _grouped(named.select("ocid", "name").distinct())


def _late(relations: Relations, flag: r030.R030) -> None:
    late = relations.bids.filter(_.status == "valid", _.date > _.ends)
    names = relations.named(late).select("ocid", "name").distinct()
    flag.flagged = _grouped(names.semi_join(relations.suppliers, ["ocid", "name"]))


def _only(relations: Relations, flag: r035.R035) -> None:
    judged = relations.bids.semi_join(relations.settled, "ocid").filter(
        _.status.isin(["valid", "disqualified"])
    )
    names = relations.named(judged).select("ocid", "status", "name").distinct()
    valid = names.filter(_.status == "valid").group_by("ocid").agg(valids=_.count(), valid=_.name.min())
    won = relations.suppliers.group_by("ocid").agg(winners=_.count(), winner=_.name.min())
    same = (
        valid.filter(_.valids == 1).inner_join(won.filter(_.winners == 1), "ocid").filter(_.valid == _.winner)
    )
    out = names.filter(_.status == "disqualified").inner_join(same, "ocid").filter(_.name != _.winner)
    counts = out.group_by("ocid", "winner").agg(others=_.count()).filter(_.others >= flag.disqualified_min)
    flag.flagged = {
        ocid: (others, (winner,)) for ocid, winner, others in _rows(counts, "ocid", "winner", "others")
    }


def _lowest(relations: Relations, flag: r036.R036) -> None:
    priced = relations.compared(relations.submitted).filter(_.currency == relations.currency)
    first = ibis.row_number().over(group_by="ocid", order_by=["amount", "place"])
    ranked = priced.semi_join(relations.active, "ocid").mutate(turn=first)
    judged = ranked.group_by("ocid").agg(
        out=((_.turn == 0) & (_.status == "disqualified")).ifelse(1, 0).sum(),
        valids=(_.status == "valid").ifelse(1, 0).sum(),
    )
    flag.flagged = {ocid: None for (ocid,) in _rows(judged.filter(_.out > 0, _.valids > 0), "ocid")}


def _disqualified(relations: Relations, flag: r038.R038) -> None:
    counted = relations.submitted.mutate(out=(_.status == "disqualified").ifelse(1, 0))
    by_group = {
        BUYER: counted.filter(_.buyer.notnull()).group_by(name=_.buyer),
        ENTITY: counted.filter(_.entity.notnull()).group_by(name=_.entity),
        TENDERER: relations.named(counted).group_by("name"),
    }
    for group, bids in by_group.items():
        counts = bids.agg(out=_.out.sum(), all=_.count())
        for name, out, every in _rows(counts, "name", "out", "all"):
            flag.submitted[group][name], flag.disqualified[group][name] = every, out


def _many(relations: Relations, flag: r048.R048) -> None:
    sold = relations.active.filter(_.sole.notnull()).select("ocid", "sole", "items").unnest("items")
    kinds = sold.mutate(kind=_.items.classification.id).filter(_.kind.notnull())
    counts = kinds.group_by("sole").agg(
        processes=_.ocid.nunique(), kinds=_.kind.left(flag.digits).collect(distinct=True)
    )
    for supplier, processes, names in _rows(counts, "sole", "processes", "kinds"):
        flag.processes[supplier], flag.kinds[supplier] = processes, set(names)


def _rows(table: Table, *columns: str) -> list[tuple[Any, ...]]:
    """The answer, column by column, as Python's own values."""
    answer = table.select(*columns).to_pyarrow()
    return list(zip(*(answer[column].to_pylist() for column in columns), strict=True))


def _grouped(named: Table) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for ocid, name in sorted(_rows(named, "ocid", "name")):
        groups.setdefault(ocid, []).append(name)
    return {ocid: tuple(names) for ocid, names in groups.items()}


FLAGS: dict[str, Any] = {
    "R003": R003,
    "R018": r018.R018,
    "R024": r024.R024,
    "R025": r025.R025,
    "R028": r028.R028,
    "R030": r030.R030,
    "R035": r035.R035,
    "R036": r036.R036,
    "R038": r038.R038,
    "R048": r048.R048,
    "R058": r058.R058,
}
ASK: dict[str, Asked] = {
    "R003": _short,
    "R018": _alone,
    "R024": _nothing,
    "R025": _losing,
    "R028": _same,
    "R030": _late,
    "R035": _only,
    "R036": _lowest,
    "R038": _disqualified,
    "R048": _many,
    "R058": _nothing,
}
