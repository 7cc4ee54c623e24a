"""监督数据的规则: a lot counts once, on the day of its award or failure; prices that are rates count in no sum. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from ggzy.kernel.money import Money
from ggzy.oversight.cases.values.figures import Figures, Outcome, Winner
from ggzy.trading.dossier.values.record import LotRecord

MONEY_FORM, ASSET = "amount", "asset"
FIRST = 4


def outcome(record: LotRecord) -> Outcome | None:
    """标段的结果 of the round that runs; None while there is none."""
    told, sale, award = record.registered, record.auction, record.award
    blank = Outcome(
        lot=record.lot,
        region=told.region,
        category=told.category,
        at=record.at,
        is_failed=False,
        is_sold=told.nature == ASSET,
        estimate=told.estimate,
        announced_at=_announced(record),
        bidders=_bidders(record),
        objections=sum(len(one.objections) for one in (*record.earlier, record)),
        complaints=len(record.complaints),
    )
    if record.failure is not None:
        return replace(blank, at=record.failure.at, is_failed=True)
    if sale is not None and sale.defaulted_at is not None:
        return replace(blank, at=sale.defaulted_at, is_failed=True)
    if sale is not None and sale.sold_at is not None:
        return replace(
            blank, at=sale.sold_at, winner=sale.winner, winner_name=sale.winner_name, amount=sale.total
        )
    if award is not None:
        amount = award.amount if told.price_form == MONEY_FORM else None
        return replace(blank, at=award.at, winner=award.winner, winner_name=award.name, amount=amount)
    return None


def _announced(record: LotRecord) -> datetime | None:
    """公告时间 of the round that runs."""
    stage = record.auction or record.terms
    return stage.at if stage else None


def _bidders(record: LotRecord) -> int | None:
    if record.auction is not None:
        return len(record.auction.applicants)
    return record.opening.count if record.opening else None


def figures(rows: Sequence[Outcome]) -> Figures:
    """数据 of these lots."""
    awarded = [row for row in rows if not row.is_failed]
    known = [row.bidders for row in rows if row.bidders is not None]
    placed = [row for row in awarded if row.winner_region is not None]
    waited = [row.at - row.announced_at for row in awarded if row.announced_at is not None]
    shares = [winner.share for winner in winners(awarded)]
    return Figures(
        awarded=len(awarded),
        failed=len(rows) - len(awarded),
        value=Money.total(row.amount for row in awarded if row.amount),
        saving=_below([row for row in awarded if not row.is_sold]),
        premium=_above([row for row in awarded if row.is_sold]),
        bidders=_tenth(Decimal(sum(known)) / len(known)) if known else None,
        outside=_percent(sum(is_outside(row) for row in placed), len(placed)),
        days=_tenth(Decimal(sum(waited, timedelta()) // timedelta(hours=1)) / 24 / len(waited))
        if waited
        else None,
        failed_share=_percent(len(rows) - len(awarded), len(rows)),
        cr4=_tenth(sum(shares[:FIRST], Decimal())) if shares else None,
        hhi=_hhi(shares),
        objections=_percent(sum(row.objections for row in rows), len(rows)),
        complaints=_percent(sum(row.complaints for row in rows), len(rows)),
    )


def is_outside(row: Outcome) -> bool:
    """外地企业中标: the winner is registered outside the city of the lot."""
    city = row.region if row.region.level != "county" else row.region.parent
    return bool(city and row.winner_region and not city.contains(row.winner_region))


def _hhi(shares: Sequence[Decimal]) -> int | None:
    """集中度指数: the sum of the squared shares in a hundred, 10,000 where one winner has all."""
    squares = sum((share * share for share in shares), Decimal())
    return int(squares.to_integral_value(ROUND_HALF_UP)) if shares else None


def winners(rows: Iterable[Outcome]) -> tuple[Winner, ...]:
    """中标人 by their part of the value in money, the largest first."""
    won: dict[object, list[Outcome]] = defaultdict(list)
    for row in rows:
        if row.winner and row.amount:
            won[row.winner].append(row)
    whole = sum(row.amount.fen for found in won.values() for row in found if row.amount)
    listed = []
    for found in won.values():
        value = Money.total(row.amount for row in found if row.amount)
        latest = found[0]
        assert latest.winner is not None
        share = Decimal(100) * value.fen / whole
        listed.append(Winner(latest.winner, latest.winner_name, len(found), value, share))
    return tuple(sorted(listed, key=lambda one: (-one.value.fen, one.code)))


def grouped(rows: Iterable[Outcome], key: Callable[[Outcome], str]) -> tuple[tuple[str, Figures], ...]:
    """分组的数据, in the order of the keys."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return tuple((name, figures(groups[name])) for name in sorted(groups))


def _below(rows: Sequence[Outcome]) -> Decimal | None:
    """节约率: by how much the prices stay below the estimates of the same lots."""
    above = _above(rows)
    return None if above is None else -above


def _above(rows: Sequence[Outcome]) -> Decimal | None:
    """溢价率, of lots with a price in money and an estimate."""
    priced = [(row.amount.fen, row.estimate.fen) for row in rows if row.amount and row.estimate]
    whole = sum(estimate for _, estimate in priced)
    return _percent(sum(amount for amount, _ in priced) - whole, whole)


def _percent(part: int, whole: int) -> Decimal | None:
    return _tenth(Decimal(100) * part / whole) if whole else None


def _tenth(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)
