"""到期办理: fetch what the bank has to say, and order the returns that are due."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.trading.deposits import queries, services
from ggzy.trading.deposits.services import clearing


def due(at: datetime) -> Iterator[Callable[[], object]]:
    """到期事项, each in its own transaction."""
    yield partial(read_statement, at)
    for lot, first in queries.returns_due():
        yield partial(order_returns, lot, first, at)


def read_statement(at: datetime) -> None:
    """读入银行对账单, if it has anything new."""
    gateway = queries.gateway()
    fresh = clearing.fresh_lines(gateway.statement(queries.Rows(gateway.code), at))
    if fresh:
        services.receive(Actor.system(f"statement-{gateway.code}-{fresh[-1].serial}"), fresh, at=at)


def order_returns(lot: LotCode, first: str, at: datetime) -> None:
    """提交一个标段到期的退款; `first` is the earliest of them, and names the act."""
    services.order_returns(Actor.system(f"returns-{first}"), lot, at=at)
