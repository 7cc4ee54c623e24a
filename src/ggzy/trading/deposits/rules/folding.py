"""事实归并: what the facts add up to."""

from collections.abc import Iterable
from typing import Any

from ggzy.trading.deposits import events
from ggzy.trading.deposits.values import Outcome


def fold(facts: Iterable[Any]) -> dict[str, object]:
    """事实归并: the sums of all rounds, to be compared with the rows."""
    sums = dict.fromkeys(
        (
            "accounts", "owed", "accepted", "rejected", "guarantees", "released", "returned", "interest", "forfeited",
            "applied",
        ),
        0,
    )  # fmt: skip
    required: int | None = None
    for fact in facts:
        match fact.event:
            case events.DepositRequired() as it:
                required = it.amount.fen
            case events.DepositAccountOpened() as it:
                sums["accounts"] += 1
                sums["owed"] += required or 0 if it.owed is None else it.owed.fen
            case events.DepositReceived() as it:
                sums["accepted"] += it.amount.fen
            case events.DepositRejected() as it:
                sums["rejected"] += it.amount.fen
            case events.DepositReversed() as it:
                sums["accepted" if it.outcome == Outcome.ACCEPTED else "rejected"] -= it.amount.fen
            case events.GuaranteePlaced():
                sums["guarantees"] += 1
            case events.DepositReleased():
                sums["released"] += 1
            case events.DepositReturned() as it:
                sums["returned"] += it.principal.fen
                sums["interest"] += it.interest.fen
            case events.DepositForfeited() as it:
                sums["forfeited"] += it.amount.fen
            case events.DepositApplied() as it:
                sums["applied"] += it.amount.fen
    return {"deposits.required": required, **{f"deposits.{name}": total for name, total in sums.items()}}
