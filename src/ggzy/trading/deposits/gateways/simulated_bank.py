"""模拟银行: behaves like one, for tests, the demo world and rehearsals.

Lines arrive minutes after the order, statements overlap, the bank takes a credit back now and then, a
closed account sends a return back. What a customer does wrong (sum, payer, account, hour) is simply
what he ordered. It keeps its books in the memory it is handed and reads no clock.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from ggzy.kernel.codes import LotCode
from ggzy.kernel.digest import digest
from ggzy.kernel.events import instant_of, instant_text
from ggzy.kernel.money import Money, Rate
from ggzy.trading.deposits.values import BankLine, LineKind, Memory, ReturnOrder, Transfer

# A statement repeats the end of the one before it, as real ones do.
OVERLAP = 3
ARRIVAL = timedelta(minutes=2)
RETURN_TIME = timedelta(minutes=30)
COUNTER = "counter"


class SimulatedBank:
    """模拟银行. Serial numbers count up from one; a line is visible from its arrival on."""

    code = "simulated_bank"
    name = "模拟银行（演示）"
    is_simulated = True

    def account_number(self, lot: LotCode, round: int, serial: int) -> str:
        """子账户账号: 19 figures; says nothing about the bidder."""
        mark = int(digest(f"{lot}/{round}/{serial}".encode()).removeprefix("sha256:")[:12], 16)
        return f"6228{mark % 10**15:015d}"

    def deposit_rate(self, on: date) -> Rate:
        """活期存款年利率."""
        return Rate("0.0005") if on >= date(2025, 5, 20) else Rate("0.001")

    def statement(self, memory: Memory, at: datetime) -> Sequence[BankLine]:
        """对账单: every line that arrived since the last call, after the last few of the one before."""
        repeated = [_line(memory.get(f"line/{serial}") or {}) for serial in _recent(memory)]
        arrived = [line for _, body in memory.items("waiting/") if (line := _line(body)).booked_at <= at]
        arrived.sort(key=lambda line: (line.booked_at, line.serial))
        for line in arrived:
            memory.drop(f"waiting/{line.serial}")
        whole = repeated + arrived
        memory.put("recent", {"serials": [line.serial for line in whole[-OVERLAP:]]})
        return whole

    def order_return(self, memory: Memory, order: ReturnOrder, at: datetime) -> None:
        """退款: leaves the account half an hour later, or comes back from a closed account."""
        if memory.get(f"return/{order.number}/{order.payee_account}"):
            return
        memory.put(f"return/{order.number}/{order.payee_account}", {"at": instant_text(at)})
        closed = memory.get(f"closed/{order.payee_account}") is not None
        kind = LineKind.BOUNCED if closed else LineKind.REFUND
        self._write(
            memory, kind, order.from_account, order.payee_name, order.payee_account, order.amount,
            at + RETURN_TIME, order.number,
        )  # fmt: skip

    def transfer(self, memory: Memory, order: Transfer, at: datetime, delay: timedelta = ARRIVAL) -> str:
        """客户转账: the line is booked after `delay`. Gives the serial."""
        return self._write(
            memory, LineKind.CREDIT, order.account, order.payer_name, order.payer_account, order.amount,
            at + delay, "", order.note,
        )  # fmt: skip

    def reverse(self, memory: Memory, serial: str, at: datetime) -> str:
        """冲正: the bank takes the credit with this serial back."""
        line = _line(memory.get(f"line/{serial}") or {})
        return self._write(
            memory,
            LineKind.REVERSAL,
            line.account,
            line.payer_name,
            line.payer_account,
            line.amount,
            at,
            serial,
        )

    def close_account(self, memory: Memory, account: str) -> None:
        """销户: returns to this account come back."""
        memory.put(f"closed/{account}", {})

    def _write(
        self, memory: Memory, kind: LineKind, account: str, payer: str, payer_account: str, amount: Money,
        booked_at: datetime, reference: str = "", note: str = "",
    ) -> str:  # fmt: skip
        number = (memory.get(COUNTER) or {"last": 0})["last"] + 1
        memory.put(COUNTER, {"last": number})
        serial = f"SIM-{number:012d}"
        body = {
            "serial": serial,
            "kind": kind.value,
            "account": account,
            "payer_name": payer,
            "payer_account": payer_account,
            "fen": amount.fen,
            "booked_at": instant_text(booked_at),
            "reference": reference,
            "note": note,
        }
        memory.put(f"line/{serial}", body)
        memory.put(f"waiting/{serial}", body)
        return serial


def _recent(memory: Memory) -> list[str]:
    return (memory.get("recent") or {"serials": []})["serials"]


def _line(body: dict[str, Any]) -> BankLine:
    return BankLine(
        serial=body["serial"],
        kind=LineKind(body["kind"]),
        account=body["account"],
        payer_name=body["payer_name"],
        payer_account=body["payer_account"],
        amount=Money(body["fen"]),
        booked_at=instant_of(body["booked_at"]),
        reference=body["reference"],
        note=body["note"],
    )


GATEWAY = SimulatedBank()
