"""开标的读取: counters, the opening set, findings, and what custodians' tools ask for."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.codes import LotCode
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects.values import Phase
from ggzy.trading.tendering.models import Bid, Opening, Share, Tender
from ggzy.trading.tendering.queries.tenders import row_of
from ggzy.trading.tendering.values import (
    PARTS,
    BidFacts,
    BidState,
    OpeningFacts,
    OpeningFailure,
    TenderState,
)

IN_SET = [BidState.SUBMITTED, BidState.OPENED, BidState.REVOKED, BidState.LAPSED]


def opening(lot: LotCode, round: int | None = None, at: datetime | None = None) -> OpeningFacts | None:
    """开标进度 of the current round, or of another: counters, and the windows in force. None before the
    close and after a close with too few bids."""
    row = row_of(lot, projects.lot(lot).round if round is None else round)
    return of_tender(row, at or journal.now()) if row else None


def of_tender(row: Tender, at: datetime, *, is_counted: bool = True) -> OpeningFacts | None:
    """开标进度 of a tender already read; for this app's own use. Uncounted where only windows matter."""
    ceremony = Opening.objects.filter(tender=row).first()
    if ceremony is None:
        return None
    until = windows(ceremony, LotCode(row.lot_id), at)
    if not is_counted:
        return ceremony.facts(row, until, keys=0, decrypted=0, failed=0)
    counts = in_set(row).aggregate(
        keys=Count("pk", filter=Q(secrets__isnull=False)),
        decrypted=Count("pk", filter=Q(state=BidState.OPENED)),
        failed=Count("pk", filter=~Q(finding="")),
    )
    return ceremony.facts(row, until, **counts)


def windows(ceremony: Opening, lot: LotCode, at: datetime) -> tuple[datetime, datetime]:
    """解密时间 in force, of the bidders and of the custodians: what stood still is given back to both."""
    ends = (ceremony.bidder_window_until, ceremony.custodian_window_until)
    bidders, custodians = projects.effective_all(lot, [(end, ceremony.windows_set_at) for end in ends], at)
    return bidders, custodians


def in_set(row: Tender) -> QuerySet[Bid]:
    """开标名单的行, in order of delivery; for this app's own use."""
    return Bid.objects.filter(tender=row, state__in=IN_SET).order_by("seq")


def opened_bids(lot: LotCode, round: int | None = None) -> tuple[BidFacts, ...]:
    """已开标的投标文件, in order of delivery, with prices and files. Empty until they were read out."""
    number = projects.lot(lot).round if round is None else round
    read_out = Opening.objects.filter(tender=OuterRef("tender"), read_out_at__isnull=False)
    rows = Bid.objects.filter(
        Exists(read_out), tender__lot_id=lot, tender__round=number, state=BidState.OPENED
    )
    return tuple(bid.facts(shows_prices=True) for bid in rows.order_by("seq"))


def bids_in_hall(
    lot: LotCode,
    round: int,
    *,
    shows_prices: bool,
    offset: int = 0,
    limit: int | None = None,
    words: str = "",
) -> tuple[BidFacts, ...]:
    """开标大厅的各行, in order of delivery. Who may see names and prices is asked first."""
    row = row_of(lot, round)
    if row is None:
        return ()
    rows = in_set(row)
    if words:
        rows = rows.filter(name__icontains=words)
    end = None if limit is None else offset + limit
    return tuple(bid.facts(shows_prices=shows_prices) for bid in rows[offset:end])


def failures(lot: LotCode, round: int | None = None) -> tuple[OpeningFailure, ...]:
    """未能解密的投标文件, in order of delivery."""
    row = row_of(lot, projects.lot(lot).round if round is None else round)
    return tuple(bid.failure() for bid in in_set(row).exclude(finding="")) if row else ()


def openable(row: Tender, k: int, limit: int) -> list[Bid]:
    """可以解密的投标文件: the bidder's key is in, k good shares of every part are, no finding yet."""
    ceremony = Opening.objects.filter(tender=row, read_out_at__isnull=True).first()
    if ceremony is None or len(ceremony.shares_released) < k:
        return []
    waiting = list(in_set(row).filter(state=BidState.SUBMITTED, finding="", secrets__isnull=False))
    if not waiting:
        return []
    counts = share_counts(row)
    ready = (bid for bid in waiting if all(counts.get((bid.bid, part), 0) >= k for part, _ in PARTS))
    return list(islice(ready, limit))


def share_counts(row: Tender) -> dict[tuple[str, str], int]:
    """有效份额数 by (bid, part)."""
    rows = Share.objects.filter(tender=row).values_list("bid", "part").annotate(Count("pk")).order_by()
    return {(bid, part): number for bid, part, number in rows}


def shares_of(row: Tender, bids: list[str]) -> dict[tuple[str, str], list[bytes]]:
    """已释放的份额 by (bid, part), in the order of the holders."""
    found: dict[tuple[str, str], list[bytes]] = {}
    for share in Share.objects.filter(tender=row, bid__in=bids).order_by("x"):
        found.setdefault((share.bid, share.part), []).append(bytes(share.record))
    return found


def stirring(at: datetime) -> Iterator[tuple[LotCode, str]]:
    """需要平台推进的开标 as (lot, what): bids that can be decrypted, or a custodians' window that is over.

    A lot that is stopped or has ended would refuse, at every tick: it is not asked.
    """
    rows = Opening.objects.filter(read_out_at__isnull=True, tender__state=TenderState.CLOSED)
    rows = rows.filter(tender__lot__suspended=False, tender__lot__terminated_at__isnull=True)
    for ceremony in rows.select_related("tender"):
        row, holders = ceremony.tender, len(ceremony.shares_released)
        lot = LotCode(row.lot_id)
        if openable(row, ceremony.k, 1):
            yield lot, "open"
        elif holders < ceremony.k and not ceremony.extensions and at >= windows(ceremony, lot, at)[1]:
            yield lot, "extend"


def untraced(limit: int) -> Iterator[LotCode]:
    """开标已结束而尚未提取投标痕迹的标段, the longest waiting first; of a lot that has gone on to its award, what
    nobody read in time is left unread."""
    rows = Opening.objects.filter(
        concluded_at__isnull=False, traced_at=None, tender__state=TenderState.OPENED
    )
    rows = rows.filter(tender__lot__suspended=False, tender__lot__terminated_at__isnull=True)
    rows = rows.filter(tender__lot__phase=Phase.CONTESTED)
    for lot in rows.order_by("concluded_at").values_list("tender__lot_id", flat=True)[:limit]:
        yield LotCode(lot)
