"""命令: secure (asked, paid, guaranteed), clear (what the bank says), settle (released, forfeited, returned)."""

from ggzy.trading.deposits.services.clearing import read_statement, receive
from ggzy.trading.deposits.services.returning import order_return, order_returns
from ggzy.trading.deposits.services.securing import (
    move_due,
    open_account,
    open_accounts,
    place_guarantee,
    pretend_payment,
    require,
)
from ggzy.trading.deposits.services.settling import apply_to_price, forfeit, release, release_many

__all__ = [
    "apply_to_price",
    "forfeit",
    "move_due",
    "open_account",
    "open_accounts",
    "order_return",
    "order_returns",
    "place_guarantee",
    "pretend_payment",
    "read_statement",
    "receive",
    "release",
    "release_many",
    "require",
]
