"""OCDS 的中标与合同: the one award of a lot, and the one contract under it. Pure."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from ggzy.kernel.codes import CreditCode
from ggzy.kernel.instants import local_date
from ggzy.kernel.money import Money
from ggzy.oversight.alerts.rules.ocds import scraps
from ggzy.oversight.alerts.rules.ocds.scraps import name_of, node, nodes
from ggzy.trading.dossier.values.stages import Award, Bid, Contract, Performed

DEAD = ("cancelled", "unsuccessful", "pending")
SUM = ("value.amount", "value/amount", "/value/amount")


class Reads(Protocol):
    """读者, as `mapping` has it."""

    release: dict[str, Any]
    doubts: list[str]

    def awards_of(self, within: str) -> Sequence[dict[str, Any]]: ...

    def money(self, value: Any, what: str) -> Money | None: ...

    def parties(self, values: Any) -> tuple[tuple[CreditCode, str], ...]: ...

    def moment(self, *values: Any) -> datetime | None: ...


def award(reader: Reads, within: str, bids: Sequence[Bid], at: datetime) -> Award | None:
    """唯一的中标. Several awards, or several suppliers who did not bid as one, make no winner of the lot."""
    given = _only(_alive(reader, within))
    if given is None:
        if len(_alive(reader, within)) > 1:
            reader.doubts.append("一个标段有多个中标结果，未计入需要唯一中标人的指标")
        return None
    suppliers = reader.parties(given.get("suppliers"))
    if not suppliers:
        reader.doubts.append("中标结果没有供应商，未采用")
        return None
    codes = {code for code, _ in suppliers}
    leader = next((bid.bidder for bid in bids if set(bid.parties) == codes), None)
    if len(suppliers) > 1 and leader is None:
        reader.doubts.append("一个中标结果有多家供应商，且不是一份联合体投标，未计入需要唯一中标人的指标")
        return None
    winner, name = next((one for one in suppliers if one[0] == leader), suppliers[0])
    return Award(
        at=reader.moment(given.get("date")) or at,
        height=0,
        rank=0,
        winner=winner,
        name=name,
        amount=reader.money(given.get("value"), "中标价"),
        price="",
        members=tuple(code for code, _ in suppliers if code != winner),
    )


def contract(reader: Reads, within: str, award: Award) -> Contract | None:
    """该中标的唯一合同, at the sum it was signed for: an amendment that tells the sum before it is counted back."""
    identifier = name_of((_only(_alive(reader, within)) or {}).get("id"))
    own = [
        one
        for one in nodes(reader.release.get("contracts"))
        if identifier and name_of(one.get("awardID")) == identifier and one.get("status") not in DEAD
    ]
    given = _only(own)
    if given is None:
        return None
    signed_at = reader.moment(given.get("dateSigned"))
    now = reader.money(given.get("value"), "合同价")
    changed = _changed(given)
    sums = [before for _, _, before in changed] + ([now] if now else [])
    performed = tuple(
        Performed(
            at=at, height=0, kind="change", text=why, on=local_date(at), amount=after - before, days_late=0
        )
        for (at, why, before), after in zip(changed, sums[1:], strict=False)
    )
    return Contract(
        at=signed_at or award.at,
        height=0,
        number=name_of(given.get("id")),
        amount=sums[0] if sums else None,
        price="",
        security=Money.zero,
        signed_at=signed_at,
        supplier=award.winner,
        performed=performed if now else (),
    )


def _alive(reader: Reads, within: str) -> list[dict[str, Any]]:
    return [one for one in reader.awards_of(within) if one.get("status") not in DEAD]


def _only(parts: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    return parts[0] if len(parts) == 1 else None


def _changed(contract: dict[str, Any]) -> list[tuple[datetime, str, Money]]:
    """Amendments of the sum in the order of their dates: when, why, and the sum before."""
    found = []
    for amendment in (*nodes(contract.get("amendments")), node(contract.get("amendment"))):
        at, why = scraps.moment(amendment.get("date")), scraps.text(amendment.get("rationale"))
        for change in nodes(amendment.get("changes")):
            before = scraps.number(change.get("former_value"))
            if at and before and before.fen > 0 and change.get("property") in SUM:
                found.append((at, why or "未说明原因", before))
    return sorted(found, key=lambda one: one[0])
