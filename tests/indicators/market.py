"""An invented market: records of lots as an indicator reads them, made without a database."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from ggzy.kernel.codes import CreditCode, LotCode, ProjectCode, RegionCode
from ggzy.kernel.money import Money
from ggzy.oversight.alerts.values import Finding, Note
from ggzy.registers.catalog.values import Rulebook
from ggzy.trading.dossier.values.record import Ground, LotRecord, Registered
from ggzy.trading.dossier.values.stages import Award, Bid, Evaluation, Ranked

REGION = RegionCode("990102")
AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def party(number: int) -> CreditCode:
    return CreditCode.make(authority="91", region=REGION, serial=number)


OWNER, AGENCY = party(9001), party(9002)


def lot(number: int) -> LotCode:
    return LotCode.make(category="A01", platform=OWNER, on=date(2026, 3, 2), serial=number)


def yuan(amount: str | int) -> Money:
    return Money.yuan(str(amount))


def bid(number: int, amount: str | int = 1_000_000, **changes: Any) -> Bid:
    """The bid of invented bidder `number`, opened."""
    fields: dict[str, Any] = {
        "at": AT, "height": 100 + number, "bid": f"b{number}", "bidder": party(number),
        "name": f"望江第{number}建设公司", "state": "opened", "seq": number, "amount": yuan(amount),
    }  # fmt: skip
    return Bid(**fields | changes)


def award(number: int, amount: str | int = 1_000_000, at: datetime = AT, **changes: Any) -> Award:
    fields: dict[str, Any] = {
        "at": at, "height": 200, "rank": 1, "winner": party(number), "name": f"望江第{number}建设公司",
        "amount": yuan(amount), "price": "",
    }  # fmt: skip
    return Award(**fields | changes)


def ranked(*totals: str) -> Evaluation:
    """Bidders 1, 2, 3 … with these totals, best first."""
    rows = tuple(Ranked(bid=f"b{n}", rank=n, total=Decimal(total)) for n, total in enumerate(totals, 1))
    return Evaluation(
        at=AT, height=150, ranked=rows, candidates=tuple(row.bid for row in rows), concluded_at=AT
    )


def registered(number: int = 1, **changes: Any) -> Registered:
    fields: dict[str, Any] = {
        "at": AT, "height": 1, "project": ProjectCode.make(region=REGION, year=2026, serial=number),
        "title": "望江路改造工程一标段", "content": "道路及排水", "owner": OWNER, "agency": AGENCY,
        "region": REGION, "category": "construction", "classification": "must_enter", "nature": "works",
        "method": "open_tender", "scoring": "comprehensive", "must_tender": True, "estimate": yuan(5_000_000),
        "price_form": "amount",
    }  # fmt: skip
    return Registered(**fields | changes)


def record(number: int = 1, **changes: Any) -> LotRecord:
    """A lot; `registered` fields may be given by name."""
    own = {
        name: changes.pop(name)
        for name in tuple(changes)
        if name in Registered.__dataclass_fields__ and name != "at"
    }
    fields: dict[str, Any] = {
        "lot": lot(number),
        "ground": Ground(rulebook=Rulebook("construction", REGION, date(2024, 1, 1), (), ())),
        "registered": registered(number, **own),
        "height": 300,
        "at": AT,
    }
    return LotRecord(**fields | changes)


def contested(
    number: int, bidders: Sequence[int], winner: int, day: int | None = None, **changes: Any
) -> LotRecord:
    """Lot `number`, where these bid and one won, `day` days after the first."""
    at = AT + DAY * (number if day is None else day)
    return record(number, bids=tuple(bid(n) for n in bidders), award=award(winner, at=at), **changes)


def concluded(model: Any, records: Iterable[LotRecord], **params: Any) -> list[Finding]:
    """What an indicator over many lots finds, asked of every key it noted; each finding once."""
    notes: dict[str, list[Note]] = {}
    for each in records:
        for note in model.collect(each):
            notes.setdefault(note.key, []).append(note)
    settings = {**model.INDICATOR.defaults(), **params}
    found = (finding for key in sorted(notes) for finding in model.conclude(notes[key], settings))
    return list({finding.key or finding.sentence: finding for finding in found}.values())


def inspected(model: Any, of: LotRecord, at: datetime = AT, **params: Any) -> list[Finding]:
    return list(model.inspect(of, {**model.INDICATOR.defaults(), **params}, at))


Build = Callable[..., LotRecord]
