"""不接银行: no money comes, none goes, and what stands for an account cannot be mistaken for one."""

from datetime import UTC, date, datetime

import pytest

from ggzy.kernel.codes import CreditCode, LotCode, RegionCode
from ggzy.kernel.money import Rate
from ggzy.trading.deposits.gateways.no_bank import GATEWAY
from ggzy.trading.deposits.values import Memory

LOT = LotCode.make(
    category="A01",
    platform=CreditCode.make(region=RegionCode("980100"), serial=1),
    on=date(2026, 3, 2),
    serial=1,
)
NUMBER_MAX = 40  # of the column
AT = datetime(2026, 3, 2, 1, tzinfo=UTC)


@pytest.fixture
def memory() -> Memory:
    """There is nothing to remember: any use of it fails."""
    return object()  # type: ignore[return-value]


def test_it_is_no_simulation() -> None:
    assert not GATEWAY.is_simulated


def test_its_account_numbers_differ_and_cannot_be_paid_to() -> None:
    numbers = {GATEWAY.account_number(LOT, round_, serial) for round_ in (1, 2) for serial in (1, 2)}
    assert len(numbers) == 4
    assert all(number.startswith("不收款-") and len(number) <= NUMBER_MAX for number in numbers)


def test_no_money_comes_or_bears_interest(memory: Memory) -> None:
    assert list(GATEWAY.statement(memory, AT)) == []
    assert list(GATEWAY.statement(memory, AT, ["不收款-1"])) == []
    assert GATEWAY.deposit_rate(AT.date()) == Rate("0")
