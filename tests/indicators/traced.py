"""Records of opened bids with the traces they left, invented."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from ggzy.foundation.sealing.trace import Device
from ggzy.trading.dossier.values.record import LotRecord
from ggzy.trading.dossier.values.stages import Deposits, Guarantee, Payment
from ggzy.trading.dossier.values.traces import Compared, Trace, Visited
from ggzy.trading.tendering.values.traces import Common, Contact, FileTrace, Person, PricePattern
from tests.indicators.market import AT, bid, party, record, yuan

ONE, TWO, THREE = "0" * 15 + "1", "0" * 15 + "2", "0" * 15 + "3"


def device(number: int, **changes: Any) -> Device:
    """The machine of bidder `number`, like no other."""
    fields: dict[str, Any] = {
        "tool": "ggzy-seal", "version": "1.1.0", "macs": (f"a{number:015}",), "cpu": f"b{number:015}",
        "disks": (f"c{number:015}",), "system": f"d{number:015}",
    }  # fmt: skip
    return Device(**fields | changes)


def file(name: str = "技术标.docx", **marks: Any) -> FileTrace:
    return FileTrace(name, "docx", 1, **marks)


def trace(number: int, **changes: Any) -> Trace:
    """What the bid of bidder `number` left, like no other."""
    fields: dict[str, Any] = {
        "at": AT, "height": 130 + number, "bid": f"b{number}", "device": device(number),
        "people": (Person("项目负责人", f"负责人{'甲乙丙丁戊己庚'[number]}"),),
        "contacts": (
            Contact(party(number), f"法人{'甲乙丙丁戊己庚'[number]}", f"0980-700{number}00{number}", f"望江路{number}号"),
        ),
    }  # fmt: skip
    return Trace(**fields | changes)


def traced(changes: dict[int, dict[str, Any]] | None = None, count: int = 3, **more: Any) -> LotRecord:
    """A lot of `count` bids; `changes` by bidder."""
    changes = changes or {}
    numbers = range(1, count + 1)
    fields: dict[str, Any] = {
        "bids": tuple(bid(n, 1_000_000 + 31_337 * n * n) for n in numbers),
        "traces": tuple(trace(n, **changes.get(n, {})) for n in numbers),
        "compared": Compared(at=AT, height=140, bids=count),
        "opened": frozenset({1}),
    }
    return record(**fields | more)


def compared(*common: Common, documents: tuple[FileTrace, ...] = ()) -> Compared:
    return Compared(at=AT, height=140, bids=3, common=common, documents=documents)


def prices(**changes: Any) -> PricePattern:
    """Two lists that go their own ways."""
    fields: dict[str, Any] = {
        "items": 40, "ratio": Decimal("0.98"), "spread": Decimal("0.05"), "step": None,
        "equal": Decimal(0), "tails": Decimal("0.01"),
    }  # fmt: skip
    return PricePattern(**fields | changes)


def visit(
    number: int, address: str = "203.0.113.7", minute: int = 0, act: str = "upload", **changes: Any
) -> Visited:
    fields: dict[str, Any] = {
        "at": AT + timedelta(minutes=minute), "height": 60 + number, "act": act, "party": party(number),
        "address": address,
    }  # fmt: skip
    return Visited(**fields | changes)


def paid(number: int, mark: str, kind: str = "received") -> Payment:
    return Payment(
        at=AT, height=40 + number, kind=kind, party=party(number), serial=f"S{number}", amount=yuan(20_000),
        payer=f"望江第{number}建设公司", account="1234", booked_at=AT, mark=mark,
    )  # fmt: skip


def letter(number: int, mark: str) -> Guarantee:
    return Guarantee(
        at=AT, height=50 + number, party=party(number), number=f"BH-{number}", issuer="云岭银行",
        amount=yuan(20_000), valid_from=AT.date(), valid_until=AT.date(), phone_tail="5678", phone_mark=mark,
    )  # fmt: skip


def deposits(payments: tuple[Payment, ...] = (), guarantees: tuple[Guarantee, ...] = ()) -> Deposits:
    return Deposits(at=AT, height=30, required=yuan(20_000), payments=payments, guarantees=guarantees)
