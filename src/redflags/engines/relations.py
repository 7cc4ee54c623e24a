"""关系: the tables the flags are asked of, from one table of releases; nothing runs before it is asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import ibis
from ibis import _

from redflags.process import FINAL, NOT_SUBMITTED
from redflags.settings import Settings

Table = Any  # Ibis's tables know their columns only when they run

REFERENCE = "struct<id: string>"
SCHEMA = {
    "ocid": "string",
    "buyer": REFERENCE,
    "tender": (
        "struct<status: string, procurementMethod: string, procurementMethodDetails: string, numberOfTenderers: string,"
        f" tenderPeriod: struct<startDate: string, endDate: string>, procuringEntity: {REFERENCE}>"
    ),
    "bids": (
        f"struct<details: array<struct<status: string, date: string, tenderers: array<{REFERENCE}>,"
        " value: struct<amount: float64, currency: string>>>>"
    ),
    "awards": f"array<struct<status: string, suppliers: array<{REFERENCE}>, items: array<struct<classification: {REFERENCE}>>>>",
}


class Relations:
    """关系: processes, bids, awards, and what several flags need of them."""

    def __init__(self, releases: Table, settings: Settings, currency: str) -> None:
        self.settings = settings
        self.currency = currency
        self.processes = self._processes(releases)
        self.bids = self._bids()
        self.awards = self._awards()

    def _processes(self, releases: Table) -> Table:
        named = releases.select(
            ocid=_.ocid,
            buyer=_.buyer.id,
            entity=_.tender.procuringEntity.id,
            status=_.tender.status,
            method=_.tender.procurementMethod,
            details=_.tender.procurementMethodDetails,
            tenderers_count=_.tender.numberOfTenderers,
            starts=_.tender.tenderPeriod.startDate,
            ends=_.tender.tenderPeriod.endDate,
            bids=_.bids.details,
            awards=_.awards,
        )
        counted = named.filter(_.ocid.notnull(), _.status.fill_null("") != "cancelled")
        return counted.filter(~_in(_.details, self.settings.excluded)) if self.settings.excluded else counted

    def _bids(self) -> Table:
        each = self.processes.unnest("bids", offset="place")
        return each.select(
            "ocid", "place", "buyer", "entity", "ends", "details",
            final=_.awards.notnull(),
            status=_.bids.status,
            date=_.bids.date,
            tenderers=_.bids.tenderers,
            sole=ibis.ifelse(_.bids.tenderers.length() == 1, _.bids.tenderers[0].id, ibis.null("string")),
            amount=_.bids.value.amount,
            currency=_.bids.value.currency,
        )  # fmt: skip

    def _awards(self) -> Table:
        each = self.processes.unnest("awards", offset="place")
        return each.select(
            "ocid", "place",
            has_bids=_.bids.notnull(),
            status=_.awards.status,
            suppliers=_.awards.suppliers,
            sole=ibis.ifelse(_.awards.suppliers.length() == 1, _.awards.suppliers[0].id, ibis.null("string")),
            items=_.awards.items,
        )  # fmt: skip

    @property
    def submitted(self) -> Table:
        """已递交的投标."""
        return self.bids.filter(_.status.notnull(), ~_.status.isin(NOT_SUBMITTED))

    @property
    def active(self) -> Table:
        """生效的中标."""
        return self.awards.filter(_.status == "active")

    @property
    def settled(self) -> Table:
        """已有最终结果的过程: no award pending; how many are active."""
        pending = _.status.notnull() & (_.status != "active") & ~_.status.isin(FINAL)
        return (
            self.awards.filter(_.has_bids)
            .group_by("ocid")
            .agg(pending=pending.ifelse(1, 0).sum(), actives=(_.status == "active").ifelse(1, 0).sum())
            .filter(_.pending == 0)
        )

    @property
    def winners(self) -> Table:
        """唯一中标人: of the one active award's one supplier."""
        one = self.settled.filter(_.actives == 1).select("ocid")
        sole = self.active.filter(_.sole.notnull()).select("ocid", winner=_.sole)
        return sole.inner_join(one, "ocid")

    def compared(self, bids: Table) -> Table:
        """可比价的投标: where prices decide, with a price."""
        told = self.settings
        if told.price_methods:
            bids = bids.filter(_in(_.details, told.price_methods))
        elif told.no_price_methods:
            bids = bids.filter(~_in(_.details, told.no_price_methods))
        return bids.filter(_.amount.notnull(), _.currency.notnull())

    def named(self, bids: Table) -> Table:
        """投标人: a row for each named tenderer of each bid."""
        each = bids.unnest("tenderers")
        return each.mutate(name=_.tenderers.id).drop("tenderers").filter(_.name.notnull())

    @property
    def suppliers(self) -> Table:
        """供应商: of active awards, by name."""
        each = self.active.select("ocid", "suppliers").unnest("suppliers")
        return each.select("ocid", name=_.suppliers.id).filter(_.name.notnull()).distinct()

    @property
    def differences(self) -> Table:
        """次低价差距."""
        valid = self.compared(self.bids.filter(_.status == "valid", _.sole.notnull()))
        beside = valid.filter(_.currency == self.currency).inner_join(self.winners, "ocid")
        best = beside.filter(_.sole == _.winner).group_by("ocid", "winner").agg(best=_.amount.min())
        others = beside.filter(_.sole != _.winner)
        first = ibis.row_number().over(group_by="ocid", order_by=["amount", "place"])
        lowest = (
            others.mutate(turn=first).filter(_.turn == 0).select("ocid", other=_.amount, runner_up=_.sole)
        )
        pairs = best.inner_join(lowest, "ocid").filter(_.other >= _.best)
        return pairs.select("ocid", "winner", "runner_up", ratio=(_.other - _.best) / _.best)


def _in(column: Any, words: Iterable[str]) -> Any:
    """Whether it is one of these; what is absent is not."""
    return column.isin(sorted(words)).fill_null(False)
