"""不接银行: for a centre without a bank's gateway; bidders place letters of guarantee, no money comes or goes."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from ggzy.kernel.codes import LotCode
from ggzy.kernel.digest import digest
from ggzy.kernel.money import Rate
from ggzy.trading.deposits.values import BankLine, Gateway, Memory, ReturnOrder


class NoBank:
    """不接银行. What stands where an account number would cannot be mistaken for one."""

    code = "no_bank"
    name = "未接入银行，请提交电子保函"
    is_simulated = False

    def account_number(self, lot: LotCode, round: int, serial: int) -> str:
        """子账户账号: none; the row still wants a name of its own."""
        return f"不收款-{digest(f'{lot}/{round}/{serial}'.encode()).removeprefix('sha256:')[:16]}"

    def deposit_rate(self, on: date) -> Rate:
        """活期存款年利率: nothing bears interest."""
        return Rate("0")

    def statement(
        self, memory: Memory, at: datetime, accounts: Collection[str] | None = None
    ) -> Sequence[BankLine]:
        """对账单: always empty."""
        return ()

    def order_returns(self, memory: Memory, orders: Sequence[ReturnOrder], at: datetime) -> None:
        """退款: there is never anything to return."""
        assert not orders, "money came in without a bank"


GATEWAY: Gateway = NoBank()
