"""演练资金: what bidders pay and what the platform gives back, through the ordinary commands."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from ggzy.desk.management.rehearsal.cast import Cast, Organisation
from ggzy.desk.management.rehearsal.clock import at_moment
from ggzy.kernel.codes import LotCode
from ggzy.trading.deposits import queries
from ggzy.trading.deposits import services as deposits
from ggzy.trading.deposits.values import BankLine, LineKind


def pay(cast: Cast, lot: LotCode, payers: Sequence[Organisation], at: datetime) -> None:
    """缴保证金: one statement of the bank with a line for each payer, from its basic account."""
    asked = queries.requirement(lot)
    if asked is None or not payers:
        return
    with at_moment(at):
        deposits.open_accounts(cast.platform(), lot, [who.code for who in payers], at=at)
        accounts = {account.party: account for account in queries.accounts(lot, at)}
        lines = [
            BankLine(
                serial=f"{lot}/{asked.round}/{who.code}",
                kind=LineKind.CREDIT,
                account=accounts[who.code].number,
                payer_name=who.name,
                payer_account=who.account,
                amount=asked.amount,
                booked_at=at,
            )
            for who in payers
        ]
        deposits.receive(cast.platform(), lines, at=at)


def give_back(cast: Cast, lot: LotCode, at: datetime) -> None:
    """退还保证金: what is due goes to the bank, which has paid it out an hour later."""
    if lot not in dict(queries.returns_due()):
        return
    with at_moment(at):
        deposits.order_returns(cast.platform(), lot, at=at)
    paid = at + timedelta(hours=1)
    with at_moment(paid):
        deposits.read_statement(paid, lot)
