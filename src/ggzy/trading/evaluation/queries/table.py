"""评委席上的材料: the whole committee's table as one member's page needs it."""

from dataclasses import dataclass

from ggzy.foundation.sealing.content import ContentFile, read_bundle
from ggzy.foundation.vault import queries as vault
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.verdict import Refused
from ggzy.trading.evaluation.queries.schemes import row_of
from ggzy.trading.evaluation.queries.sittings import entries_of, scheme_in_force, sitting_of
from ggzy.trading.evaluation.rules import pricing
from ggzy.trading.evaluation.rules.pricing import PriceAlarm
from ggzy.trading.evaluation.rules.sitting import Sitting
from ggzy.trading.evaluation.values import Scheme
from ggzy.trading.tendering import queries as tendering
from ggzy.trading.tendering.values import BidFacts


@dataclass(frozen=True)
class Table:
    """评审材料: the scheme in force, the opened bids, the state of the work, and the prices to ask about."""

    scheme: Scheme
    bids: tuple[BidFacts, ...]
    sitting: Sitting
    alarms: dict[str, tuple[PriceAlarm, ...]]


@dataclass(frozen=True)
class BidFile:
    """投标文件中的一个文件."""

    part: str
    digest: str
    file: ContentFile


def table(lot: LotCode) -> Table:
    """评审材料 of the current round. Raises Missing where no scheme was published."""
    row = row_of(lot)
    if row is None:
        raise Missing("评标尚未开始")
    scheme = scheme_in_force(row, lot)
    bids = tendering.opened_bids(lot, row.round)
    prices = {
        entry.bid: entry.price
        for entry in entries_of(row, scheme, bids)
        if entry.passed and entry.price is not None
    }
    alarms = {} if scheme.floor is not None else pricing.price_alarms(prices, scheme.ceiling)
    return Table(scheme, bids, sitting_of(row, scheme, bids), alarms)


def files_of(bid: BidFacts) -> tuple[BidFile, ...]:
    """投标文件的全部文件, part by part. What cannot be read as files is left out."""
    found: list[BidFile] = []
    for part in bid.files:
        try:
            with vault.open_file(part.digest) as opened:
                contents = read_bundle(opened)
        except Refused:
            continue
        found += [BidFile(part.part, part.digest, file) for file in contents.files]
    return tuple(found)
