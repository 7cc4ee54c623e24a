"""OCDS 的招标过程: who may bid, how the deadline moved, what was clarified when. Pure."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from ggzy.kernel.instants import BEIJING
from ggzy.oversight.alerts.rules.ocds import scraps
from ggzy.oversight.alerts.rules.ocds.scraps import node, nodes, text
from ggzy.trading.dossier.values.record import Clarified, Moved

DEADLINE = tuple(
    f"{tender}tenderPeriod{mark}endDate"
    for mark in "./"
    for tender in ("", f"tender{mark}", f"/tender{mark}")
)
ANSWERS = "clarifications"
DOCUMENTS = ("biddingDocuments", "tenderNotice")
UNTOLD = "发布中未说明原因"


def qualification(tender: dict[str, Any]) -> str:
    """资格要求: the eligibility criteria, and the selection criteria of those who tell them one by one."""
    criteria = nodes(node(tender.get("selectionCriteria")).get("criteria"))
    said = [tender.get("eligibilityCriteria"), *(one.get("description") for one in criteria)]
    whole = "\n".join(filter(None, (text(one, scraps.TEXT_CHARS) for one in said)))
    return whole[: scraps.TEXT_CHARS]


def issued(tender: dict[str, Any], starts: datetime, ends: datetime) -> datetime:
    """招标文件开始发出: not before the first of its documents was published, where that is told."""
    told = [
        at
        for one in nodes(tender.get("documents"))
        if one.get("documentType") in DOCUMENTS and (at := scraps.moment(one.get("datePublished")))
    ]
    first = min(told, default=starts)
    return first if starts < first < ends else starts


def moved(
    tender: dict[str, Any], earlier: Sequence[tuple[datetime, datetime]], ends: datetime
) -> tuple[Moved, ...]:
    """截止时间变动: as amendments tell what was before, else as the releases before told it."""
    steps = sorted(_amended(tender)) or [
        (at, before, UNTOLD) for (_, before), (at, after) in pairwise(earlier) if before != after
    ]
    afters = [*(before for _, before, _ in steps), ends][1:]
    return tuple(
        Moved(at=at, height=0, before=before, after=after, cause="", reason=why)
        for (at, before, why), after in zip(steps, afters, strict=True)
        if before != after
    )


def _amended(tender: dict[str, Any]) -> Iterator[tuple[datetime, datetime, str]]:
    for amendment in (*nodes(tender.get("amendments")), node(tender.get("amendment"))):
        at = scraps.moment(amendment.get("date"))
        for change in nodes(amendment.get("changes")):
            before = scraps.moment(change.get("former_value"))
            if at and before and change.get("property") in DEADLINE:
                yield at, before, text(amendment.get("rationale")) or UNTOLD


def clarified(tender: dict[str, Any]) -> tuple[Clarified, ...]:
    """澄清: answers to enquiries, and documents that are answers. A day without its hour says nothing of the night."""
    told = [scraps.moment(one.get("dateAnswered")) for one in nodes(tender.get("enquiries"))]
    told += [
        scraps.moment(one.get("datePublished"))
        for one in nodes(tender.get("documents"))
        if one.get("documentType") == ANSWERS
    ]
    hours = sorted({at for at in told if at and at.astimezone(BEIJING).strftime("%H%M%S") != "000000"})
    return tuple(
        Clarified(at=at, height=0, version=number, text="", is_material=False, answers=1)
        for number, at in enumerate(hours, 2)
    )
