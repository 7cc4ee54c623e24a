"""代理机构执业评价的规则: facts only, each under one item, each line explained by itself. Pure."""

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from ggzy.kernel.codes import CreditCode
from ggzy.oversight.cases.values.agencies import (
    HANDLED,
    Practice,
    PracticeItem,
    PracticeLine,
    PracticeModel,
    Tally,
)

HUNDRED, TENTH = Decimal(100), Decimal("0.1")


def items_of(kind: str, fact: object) -> Iterator[tuple[str, str]]:
    """计入的项目 of one fact, each with its words; nothing where the fact is in order."""

    def said(name: str) -> str:
        return str(getattr(fact, name, "") or "")

    match kind:
        case "lot.registered":
            yield HANDLED, said("title")
        case "tender.failed" | "auction.failed" | "award.ended":
            yield "failed", said("reason") or "未产生结果"
        case "round.begun":
            yield "failed", f"重新组织，第 {said('round')} 次"
        case "notice.published" if said("amends"):
            yield "corrected", said("title")
        case "deadline.moved" if said("cause") == "extension":
            yield "moved", said("reason")
        case "objection.answered":
            if getattr(fact, "upheld", False):
                yield "objection", said("answer")
            if getattr(fact, "is_late", False):
                yield "answered_late", said("answer")
        case "complaint.decided" if said("outcome") == "upheld":
            yield "complaint", f"{said('document')}：{said('text')}"


def is_of_agency(agency: CreditCode, indicator: str, parties: tuple[str, ...]) -> bool:
    """预警是否归于代理机构: it is about the procedure the agency ran, or names the agency."""
    return indicator.startswith("P") or str(agency) in parties


def practice(
    model: PracticeModel, agency: CreditCode, name: str, lots: int, tallies: Mapping[str, Tally]
) -> Practice:
    """执业评价: start, less what each item loses, never below nothing."""
    lines = tuple(_line(item, lots, tallies.get(code, Tally())) for code, item in model.items.items())
    lost = sum((line.lost for line in lines), Decimal())
    points = max(model.start - lost, Decimal()) if lots >= model.lots_min else None
    return Practice(agency, name, lots, lines, points)


def _line(item: PracticeItem, lots: int, tally: Tally) -> PracticeLine:
    if item.each is not None:
        return PracticeLine(item, tally, None, min(item.each * tally.times, item.most))
    assert item.full, "an item counts each fact or the share of lots"
    share = HUNDRED * tally.lots / lots if lots else Decimal()
    lost = item.most * min(share / item.full, Decimal(1))
    return PracticeLine(item, tally, _tenth(share), _tenth(lost))


def _tenth(value: Decimal) -> Decimal:
    return value.quantize(TENTH, ROUND_HALF_UP)


def order(found: Practice) -> tuple[bool, Decimal, str]:
    """排名: the best first, those with too few lots last."""
    return (found.points is None, -(found.points or Decimal()), found.name)
