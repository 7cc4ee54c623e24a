"""The simulated bank behaves like one."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from ggzy.kernel.codes import CreditCode, LotCode, RegionCode
from ggzy.kernel.money import Money
from ggzy.trading.deposits.gateways.simulated_bank import ARRIVAL, GATEWAY, RETURN_TIME
from ggzy.trading.deposits.values import LineKind, ReturnOrder, Transfer

AT = datetime(2026, 6, 10, 4, tzinfo=UTC)
LOT = LotCode.make(
    category="A02",
    platform=CreditCode.make(region=RegionCode("990102"), serial=1),
    on=date(2026, 6, 1),
    serial=1,
)
ACCOUNT = GATEWAY.account_number(LOT, 1, 1)
ORDER = Transfer("江州建设", "6222020000001234", ACCOUNT, Money.yuan("39600"))
RETURN = ReturnOrder("T1", ACCOUNT, "江州建设", "6222020000001234", Money.yuan("39601.10"))


class Book:
    """Memory in a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[str, dict[str, Any]] = {}

    def read(self, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
        return {key: self.kept[key] for key in keys if key in self.kept}

    def put(self, bodies: Mapping[str, dict[str, Any]]) -> None:
        self.kept |= bodies

    def drop(self, keys: Iterable[str]) -> None:
        for key in list(keys):
            del self.kept[key]

    def items(self, prefix: str) -> Iterator[tuple[str, dict[str, Any]]]:
        yield from [(key, body) for key, body in sorted(self.kept.items()) if key.startswith(prefix)]


def test_line_arrives_minutes_after_the_order():
    book = Book()
    serial = GATEWAY.transfer(book, ORDER, AT)
    assert GATEWAY.statement(book, AT) == []
    (line,) = GATEWAY.statement(book, AT + ARRIVAL)
    assert (line.serial, line.kind, line.amount, line.booked_at) == (
        serial,
        LineKind.CREDIT,
        ORDER.amount,
        AT + ARRIVAL,
    )


def test_statements_overlap_so_lines_come_twice():
    book = Book()
    GATEWAY.transfer(book, ORDER, AT)
    first = GATEWAY.statement(book, AT + ARRIVAL)
    GATEWAY.transfer(book, ORDER, AT + ARRIVAL)
    second = GATEWAY.statement(book, AT + 2 * ARRIVAL)
    assert second[0] == first[0] and len({line.serial for line in second}) == 2


def test_slow_line_is_told_when_it_arrives_and_not_lost():
    book = Book()
    slow = GATEWAY.transfer(book, ORDER, AT, delay=timedelta(days=1))
    GATEWAY.transfer(book, ORDER, AT)
    assert slow not in [line.serial for line in GATEWAY.statement(book, AT + ARRIVAL)]
    assert slow in [line.serial for line in GATEWAY.statement(book, AT + timedelta(days=1))]


def test_reversal_names_the_credit_it_takes_back():
    book = Book()
    serial = GATEWAY.transfer(book, ORDER, AT)
    GATEWAY.reverse(book, serial, AT + timedelta(hours=1))
    lines = GATEWAY.statement(book, AT + timedelta(hours=2))
    assert [(line.kind, line.reference) for line in lines] == [
        (LineKind.CREDIT, ""),
        (LineKind.REVERSAL, serial),
    ]


def test_return_leaves_once_however_often_it_is_ordered():
    book = Book()
    GATEWAY.order_returns(book, [RETURN], AT)
    GATEWAY.order_returns(book, [RETURN], AT)
    lines = GATEWAY.statement(book, AT + RETURN_TIME)
    assert [(line.kind, line.reference, line.amount) for line in lines] == [
        (LineKind.REFUND, "T1", RETURN.amount)
    ]


def test_return_to_a_closed_account_comes_back():
    book = Book()
    GATEWAY.close_account(book, RETURN.payee_account)
    GATEWAY.order_returns(book, [RETURN], AT)
    (line,) = GATEWAY.statement(book, AT + RETURN_TIME)
    assert line.kind is LineKind.BOUNCED


def test_account_numbers_differ_and_say_nothing_about_the_bidder():
    numbers = {GATEWAY.account_number(LOT, round, serial) for round in (1, 2) for serial in range(1, 200)}
    assert len(numbers) == 398 and all(len(number) == 19 and number.isdigit() for number in numbers)
