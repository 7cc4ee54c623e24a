"""模拟银行: behaves like one, for tests, the demo world and rehearsals.

Lines arrive minutes after the order, statements overlap, the bank takes a credit back now and then, a
closed account sends a return back. What a customer does wrong (sum, payer, account, hour) is simply
what he ordered. It keeps its books in the memory it is handed and reads no clock.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
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


class SimulatedBank:
    """模拟银行. Serial numbers count up in each account; a line is visible from its arrival on."""

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

    def statement(
        self, memory: Memory, at: datetime, accounts: Collection[str] | None = None
    ) -> Sequence[BankLine]:
        """对账单: every line that arrived since the last call, after the last few of the one before.

        Asked for certain `accounts`, the bank tells of these alone and repeats nothing.
        """
        waiting = [_line(body) for _, body in memory.items("waiting/")]
        arrived = [
            line
            for line in waiting
            if line.booked_at <= at and (accounts is None or line.account in accounts)
        ]
        arrived.sort(key=lambda line: (line.booked_at, line.serial))
        if arrived:
            memory.drop(f"waiting/{line.serial}" for line in arrived)
        return arrived if accounts is not None else _overlapping(memory, arrived)

    def order_returns(self, memory: Memory, orders: Sequence[ReturnOrder], at: datetime) -> None:
        """退款: leaves the account half an hour later, or comes back from a closed account."""
        asked = {f"return/{order.number}/{order.payee_account}": order for order in orders}
        known = memory.read(asked)
        fresh = {mark: order for mark, order in asked.items() if mark not in known}
        closed = memory.read(f"closed/{order.payee_account}" for order in fresh.values())
        memory.put({mark: {"at": instant_text(at)} for mark in fresh})
        lines = [
            BankLine(
                serial="",
                kind=LineKind.BOUNCED if f"closed/{order.payee_account}" in closed else LineKind.REFUND,
                account=order.from_account,
                payer_name=order.payee_name,
                payer_account=order.payee_account,
                amount=order.amount,
                booked_at=at + RETURN_TIME,
                reference=order.number,
            )
            for order in fresh.values()
        ]
        self._book(memory, lines)

    def transfer(self, memory: Memory, order: Transfer, at: datetime, delay: timedelta = ARRIVAL) -> str:
        """客户转账: the line is booked after `delay`. Gives the serial."""
        line = BankLine(
            serial="",
            kind=LineKind.CREDIT,
            account=order.account,
            payer_name=order.payer_name,
            payer_account=order.payer_account,
            amount=order.amount,
            booked_at=at + delay,
            note=order.note,
        )
        return self._book(memory, [line])[0]

    def reverse(self, memory: Memory, serial: str, at: datetime) -> str:
        """冲正: the bank takes the credit with this serial back."""
        taken = _line(memory.read([f"line/{serial}"])[f"line/{serial}"])
        line = replace(taken, kind=LineKind.REVERSAL, booked_at=at, reference=serial, note="")
        return self._book(memory, [line])[0]

    def close_account(self, memory: Memory, account: str) -> None:
        """销户: returns to this account come back."""
        memory.put({f"closed/{account}": {}})

    def _book(self, memory: Memory, lines: Sequence[BankLine]) -> tuple[str, ...]:
        """Gives every line the next serial of its account and keeps it; their serials.

        Numbers run by account: two acts on different accounts may come at the same moment.
        """
        counters = memory.read(f"counter/{line.account}" for line in lines)
        last = {key.partition("/")[2]: body["last"] for key, body in counters.items()}
        kept: dict[str, dict[str, Any]] = {}
        serials = []
        for line in lines:
            last[line.account] = last.get(line.account, 0) + 1
            serial = f"SIM-{line.account}-{last[line.account]:04d}"
            body = _body(replace(line, serial=serial))
            kept |= {f"line/{serial}": body, f"waiting/{serial}": body}
            serials.append(serial)
        memory.put(kept | {f"counter/{account}": {"last": number} for account, number in last.items()})
        return tuple(serials)


def _overlapping(memory: Memory, arrived: list[BankLine]) -> list[BankLine]:
    recent = memory.read(["recent"]).get("recent", {"serials": []})["serials"]
    before = memory.read(f"line/{serial}" for serial in recent)
    whole = [_line(before[f"line/{serial}"]) for serial in recent] + arrived
    if arrived:
        memory.put({"recent": {"serials": [line.serial for line in whole[-OVERLAP:]]}})
    return whole


def _body(line: BankLine) -> dict[str, Any]:
    return {
        "serial": line.serial,
        "kind": line.kind.value,
        "account": line.account,
        "payer_name": line.payer_name,
        "payer_account": line.payer_account,
        "fen": line.amount.fen,
        "booked_at": instant_text(line.booked_at),
        "reference": line.reference,
        "note": line.note,
    }


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
