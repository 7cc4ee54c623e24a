"""评分畸高: one expert lifts the winner far above what the others gave, item after item."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from ggzy.oversight.alerts.rules import scoring
from ggzy.oversight.alerts.values import (
    Evidence,
    Finding,
    Grade,
    Indicator,
    Kind,
    Param,
    Params,
    Picture,
    Shape,
)
from ggzy.trading.dossier.values.record import LotRecord

INDICATOR = Indicator(
    code="B18",
    name="评委对中标人评分畸高",
    grade=Grade.YELLOW,
    basis="招标投标法 §44；招标投标法实施条例 §49、§71；评标委员会和评标方法暂行规定 §13",
    why="收受好处或者受人请托的评委会在主观分上把约定的投标人抬高。",
    quiet="评委的专业更对口，看到了别人没看到的长处；打分尺度宽的评委已按其对其他投标的偏差扣除。",
    params=(
        Param("share_min", Decimal("0.3"), "超出其余评委中位数的分值占该项满分的比例", "监管模型库 B18"),
        Param("items_min", 3, "至少几项", "监管模型库 B18", "项"),
    ),
    object=Kind.PERSON,
    kinds=("evaluation.concluded",),
)


def inspect(record: LotRecord, params: Params, at: datetime) -> Iterable[Finding]:
    evaluation = record.evaluation
    if evaluation is None or not evaluation.candidates:
        return
    first = evaluation.candidates[0]
    for sheet in scoring.sheets(record):
        high = [gap for gap in scoring.gaps(record, sheet.seat, first) if gap.share > params["share_min"]]
        if len(high) >= params["items_min"]:
            yield _finding(record, sheet.seat, first, high)


def _finding(record: LotRecord, seat: int, bid: str, high: list[scoring.Gap]) -> Finding:
    name = next((one.name for one in record.bids if one.bid == bid), bid)
    members = record.committee.members if record.committee else ()
    expert = next((member.expert for member in members if member.seat == seat), "")
    height = (
        max(one.height for one in record.evaluation.scores if one.seat == seat) if record.evaluation else None
    )
    seats = tuple(f"{sheet.seat} 号席" for sheet in scoring.sheets(record))
    return Finding(
        key=f"seat {seat}",
        parties=(expert,) if expert else (),
        sentence=(
            f"{seat} 号席评委给第一中标候选人 {name} 的 {len(high)} 项主观分，高出其余评委中位数 "
            f"{min(gap.share for gap in high) * 100:.0f} % 以上（已扣除其一贯的宽严）。单独不构成异常。"
        ),
        evidence=tuple(
            Evidence(
                gap.name, f"给 {gap.given} 分，其余评委中位数 {gap.median} 分，满分 {gap.full} 分", height
            )
            for gap in high
        ),
        picture=Picture(
            Shape.MATRIX,
            f"各评委给 {name} 的主观分",
            tuple(gap.name for gap in high),
            seats,
            tuple(
                (
                    gap.name,
                    f"{sheet.seat} 号席",
                    sheet.points[bid][gap.item],
                    str(sheet.points[bid][gap.item]),
                )
                for gap in high
                for sheet in scoring.sheets(record)
                if gap.item in sheet.points.get(bid, {})
            ),
            unit="分",
        ),
        score=min(Decimal("0.9"), Decimal("0.15") * len(high)),
    )
