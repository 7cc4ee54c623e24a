"""比价: how far the runner-up was from the winner, and the one currency all are compared in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from redflags.process import Process
from redflags.statistics import divided, quartiles


class Currency:
    """主要币种: the one the settings name, else the first that is compared; then the same for the whole file."""

    def __init__(self, code: str | None) -> None:
        self.code = code

    def is_main(self, currency: str, process: Process) -> bool:
        """是否主要币种; the first one asked about decides. A process with another is marked."""
        if self.code is None:
            self.code = currency
        if currency == self.code:
            return True
        process.other_currency = True
        return False


class Differences:
    """次低价差距: per process, the runner-up's distance as a share of the winner's price, with both names."""

    def __init__(self, currency: Currency) -> None:
        self.currency = currency
        self.by_process: dict[str, tuple[float, str, str]] = {}
        self._quartiles: tuple[float, float] | None = None

    def fold(self, processes: Sequence[Process]) -> None:
        """计入若干采购过程."""
        for process in processes:
            if process.winner is not None and process.compares_prices:
                self._compare(process, process.winner)

    def _compare(self, process: Process, winner: str) -> None:
        """One winner, and the lowest other valid bid not below the winner's lowest."""
        best = other = runner_up = None
        for bidder, value in zip(process.rivals, process.offers, strict=True):
            if value is None:
                continue
            amount, currency = value.amount, value.currency
            if amount is None or currency is None:
                continue
            if currency != self.currency.code and not self.currency.is_main(currency, process):
                continue
            if bidder == winner:
                if best is None or amount < best:
                    best = amount
            elif other is None or amount < other:
                other, runner_up = amount, bidder
        if best is not None and other is not None and runner_up is not None and other >= best:
            self.by_process[process.ocid] = (divided(other - best, best), winner, runner_up)

    def kept(self) -> tuple[Any, ...]:
        """所存."""
        return (self.by_process,)

    def merge(self, by_process: dict[str, tuple[float, str, str]]) -> None:
        """并入后续部分."""
        self.by_process.update(by_process)

    def quartiles(self) -> tuple[float, float]:
        """差距的四分位数: worked out once for both flags, after the last process."""
        if self._quartiles is None:
            self._quartiles = quartiles(found[0] for found in self.by_process.values())
        return self._quartiles
