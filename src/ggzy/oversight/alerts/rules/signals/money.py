"""保证金信号: one account behind several bidders, one telephone behind several guarantees, payments in a row."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from ggzy.oversight.alerts.rules import chance
from ggzy.oversight.alerts.rules.signals import serials
from ggzy.oversight.alerts.rules.signals.pairing import CLUE, Signal
from ggzy.oversight.alerts.values import Evidence, Grade, Params
from ggzy.trading.dossier.values.record import LotRecord
from ggzy.trading.dossier.values.stages import Guarantee, Payment

FAMILY = "money"
KINDS = {"received": "已认款", "rejected": "未认款，原路退回"}


def same_payer(record: LotRecord, params: Params) -> Iterator[Signal]:
    """同一账户缴纳 for several bidders, or one telephone behind several guarantees. A bank they share is nothing."""
    yield from _accounts(record, "B07", Decimal("0.95"))
    given: dict[str, list[Guarantee]] = {}
    for one in record.deposits.guarantees if record.deposits else ():
        if one.phone_mark:
            given.setdefault(one.phone_mark, []).append(one)
    for mark, some in sorted(given.items()):
        parties = tuple(sorted({str(one.party) for one in some}))
        if len(parties) > 1:
            yield Signal(
                "B07",
                FAMILY,
                parties,
                f"{_names(record, parties)}的电子保函由同一电话（尾号 {some[0].phone_tail}）申请。{CLUE}",
                tuple(
                    Evidence(
                        _names(record, (str(one.party),)),
                        f"保函 {one.number}，申请经办人电话尾号 {one.phone_tail}",
                        height=one.height,
                    )
                    for one in some
                ),
                Decimal("0.8"),
                about=f"phone:{mark}",
            )


def financed(record: LotRecord, params: Params) -> Iterator[Signal]:
    """竞买保证金同源: in a sale, several bidders' deposits came from one account."""
    if record.auction is not None:
        yield from _accounts(record, "B32", Decimal("0.7"))


def in_a_row(record: LotRecord, params: Params) -> Iterator[Signal]:
    """流水连号: numbers of the bank in a row, minutes apart, where it gave many others meanwhile."""
    found = serials.rows(
        record.deposits.payments if record.deposits else (),
        within=timedelta(minutes=int(params["serial_minutes"])),
        gap=int(params["serial_gap"]),
        others=int(params["serial_others"]),
    )
    strongest: dict[tuple[str, ...], serials.Row] = {}
    for row in sorted(found, key=lambda row: row.chance, reverse=True):
        strongest[tuple(sorted((str(row.one.party), str(row.other.party))))] = row
    for parties, row in sorted(strongest.items()):
        if row.chance <= params["serial_chance"]:
            yield Signal(
                "B38",
                FAMILY,
                parties,
                f"{_names(record, parties)}的保证金前后相隔 {_apart(row)} 到账，银行流水连号；按这家银行编号的快慢，"
                f"这样近的到账碰巧连号的概率为 {chance.percent(row.chance)}。{CLUE}",
                (_row(record, row.one), _row(record, row.other)),
                Decimal("0.4"),
                about="row",
            )


def _apart(row: serials.Row) -> str:
    minutes, seconds = divmod((row.other.booked_at - row.one.booked_at) // serials.SECOND, 60)
    return f"{minutes} 分 {seconds} 秒"


def _accounts(record: LotRecord, code: str, weight: Decimal) -> Iterator[Signal]:
    paid: dict[str, list[Payment]] = {}
    for one in record.deposits.payments if record.deposits else ():
        if one.mark:
            paid.setdefault(one.mark, []).append(one)
    for mark, some in sorted(paid.items()):
        parties = tuple(sorted({str(one.party) for one in some}))
        if len(parties) > 1:
            counted = {one.party for one in some if one.kind == "received"}
            is_whole = len(counted) > 1
            yield Signal(
                code,
                FAMILY,
                parties,
                f"{_names(record, parties)}的保证金从同一账户（尾号 {some[0].account}）转出"
                f"{'' if is_whole else '，其中有的未予认款'}。{CLUE}",
                tuple(_row(record, one) for one in some),
                weight if is_whole else Decimal("0.6"),
                grade=None if is_whole else Grade.YELLOW,
                about=f"account:{mark}",
            )


def _row(record: LotRecord, one: Payment) -> Evidence:
    text = (
        f"{one.booked_at:%Y-%m-%d} 到账 {one.amount.figures()} 元，付款户名 {one.payer}，"
        f"账号尾号 {one.account}，流水 {one.serial}，{KINDS.get(one.kind, one.kind)}"
    )
    return Evidence(_names(record, (str(one.party),)), text, height=one.height)


def _names(record: LotRecord, parties: tuple[str, ...]) -> str:
    known = {str(bid.bidder): bid.name for bid in record.bids}
    if record.auction is not None:
        known |= {str(one.party): one.name for one in record.auction.applicants if one.name}
    return "、".join(known.get(party, party) for party in parties)
