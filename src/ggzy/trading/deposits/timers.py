"""到期办理: fetch what the bank has to say, and order the returns that are due."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.trading.deposits import queries, services


def due(at: datetime) -> Iterator[Callable[[], object]]:
    """到期事项, each in its own transaction."""
    yield partial(services.read_statement, at)
    for lot, first in queries.returns_due():
        yield partial(order_returns, lot, first, at)


def order_returns(lot: LotCode, first: str, at: datetime) -> None:
    """提交一个标段到期的退款; `first` is the earliest of them, and names the act."""
    services.order_returns(Actor.system(f"returns-{first}"), lot, at=at)
