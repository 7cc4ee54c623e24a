"""比价: how far the runner-up was from the winner, and the one currency all are compared in."""

from __future__ import annotations

from redflags.process import Process, compares_prices
from redflags.settings import Settings
from redflags.statistics import divided, quartiles


class Currency:
    """主要币种: the one the settings name, else the first that is compared; then the same for the whole file."""

    def __init__(self, code: str | None) -> None:
        self.code = code
        self.others = 0

    def is_main(self, currency: str) -> bool:
        """是否主要币种; the first one asked about decides."""
        if self.code is None:
            self.code = currency
        if currency == self.code:
            return True
        self.others += 1
        return False


class Differences:
    """次低价差距: per process, the runner-up's distance as a share of the winner's price, with both names."""

    def __init__(self, settings: Settings, currency: Currency) -> None:
        self.settings = settings
        self.currency = currency
        self.by_process: dict[str, tuple[float, str, str]] = {}
        self._quartiles: tuple[float, float] | None = None

    def fold(self, process: Process) -> None:
        """计入一个采购过程: one winner, and the lowest other valid bid not below the winner's lowest."""
        winner = process.winner
        if winner is None or not compares_prices(process.tender, self.settings):
            return
        best = other = runner_up = None
        for bid in process.valid:
            value, tenderers = bid.value, bid.tenderers
            if value is None or tenderers is None or len(tenderers) != 1:
                continue
            bidder, amount, currency = tenderers[0].id, value.amount, value.currency
            if bidder is None or amount is None or currency is None or not self.currency.is_main(currency):
                continue
            if bidder == winner:
                if best is None or amount < best:
                    best = amount
            elif other is None or amount < other:
                other, runner_up = amount, bidder
        if best is not None and other is not None and runner_up is not None and other >= best:
            self.by_process[process.ocid] = (divided(other - best, best), winner, runner_up)

    def merge(self, later: Differences) -> None:
        """并入后续部分."""
        self.by_process.update(later.by_process)

    def quartiles(self) -> tuple[float, float]:
        """差距的四分位数: worked out once for both flags, after the last process."""
        if self._quartiles is None:
            self._quartiles = quartiles(found[0] for found in self.by_process.values())
        return self._quartiles
