"""评委的下一步: what this member does next, and what the chair may sum up now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ggzy.kernel.verdict import Verdict
from ggzy.trading.evaluation.queries.table import Table
from ggzy.trading.evaluation.rules import sitting as rules
from ggzy.trading.evaluation.rules.progress import BidProgress
from ggzy.trading.evaluation.values import EvaluationState, MemberFacts, Outcome


@dataclass(frozen=True)
class Button:
    """一个操作: alive or explained; at most one of a page is the primary."""

    verdict: Verdict
    path: str
    label: str
    style: str = "quiet"


@dataclass(frozen=True)
class Following:
    """下一步 of one member."""

    title: str
    text: str
    buttons: tuple[Button, ...]


def following(
    table: Table, seat: MemberFacts, rows: Sequence[BidProgress], common: Mapping[str, Any]
) -> Following:
    """What comes next at this state of the evaluation, for this seat."""
    match table.sitting.state:
        case EvaluationState.REVIEWING:
            return _reviewing(table, seat, rows, common)
        case EvaluationState.SCORING:
            return _scoring(table, seat, rows, common)
    text = f"{common['signed']} / {table.sitting.seats_total} 位评委已签署。"
    return Following(
        "签署评标报告",
        text,
        (Button(Verdict(), f"{common['base']}/sign/", "查看并签署评标报告", "primary"),),
    )


def _reviewing(
    table: Table, seat: MemberFacts, rows: Sequence[BidProgress], common: Mapping[str, Any]
) -> Following:
    unseen = [row.number for row in rows if not row.opinion]
    is_done, base = common["has_reviewed"], common["base"]
    title = "等待其他评委" if is_done else "核对并提交初步评审意见"
    buttons = [Button(Verdict(), f"{base}/review/", "核对并提交初步评审意见")]
    if unseen and not is_done:
        title = f"初步评审：还有 {len(unseen)} 份没有看"
        buttons.insert(0, Button(Verdict(), f"{base}/bids/{unseen[0]}/", f"评审第 {unseen[0]} 号投标"))
    if common["is_chair"]:
        may = rules.may_finish_review(table.sitting, seat.seat, rules.majority(table.sitting), "—")
        buttons.append(Button(may, f"{base}/finish-review/", "汇总初步评审"))
    text = f"已看 {len(rows) - len(unseen)} / {len(rows)} 份；"
    text += f"{common['reviewed']} / {table.sitting.seats_total} 位评委已提交意见。"
    return Following(title, text, led(buttons))


def _scoring(
    table: Table, seat: MemberFacts, rows: Sequence[BidProgress], common: Mapping[str, Any]
) -> Following:
    criteria, base = len(common["criteria"]), common["base"]
    undone = [row.number for row in rows if row.is_passed and row.scored < criteria]
    is_done = common["has_scored"] or not criteria
    title = "等待汇总" if is_done else "核对并提交评分"
    buttons = [Button(Verdict(), f"{base}/scores/", "核对并提交评分")] if criteria else []
    if undone and not is_done:
        title = f"打分：还有 {len(undone)} 份没有打完"
        buttons.insert(0, Button(Verdict(), f"{base}/bids/{undone[0]}/", f"给第 {undone[0]} 号投标打分"))
    if common["is_chair"]:
        may = may_sum_up(table, bool(criteria))
        summing = Button(may, f"{base}/conclude/", "汇总评审结果")
        buttons.insert(0 if may.ok and is_done else len(buttons), summing)
    text = "报价由平台计算，没有需要评委打分的因素。"
    if criteria:
        text = f"{common['scored']} / {table.sitting.seats_total} 位评委已提交评分。"
    return Following(title, text, led(buttons))


def may_sum_up(table: Table, needs_sheets: bool) -> Verdict:
    """能否汇总评审结果, as far as that is known before anything is computed."""
    return rules.may_conclude(table.sitting, table.scheme, Outcome(results=()), needs_sheets)


def led(buttons: Sequence[Button]) -> tuple[Button, ...]:
    """The same buttons with the first as the primary one."""
    return tuple(
        Button(one.verdict, one.path, one.label, "quiet" if index else "primary")
        for index, one in enumerate(buttons)
    )
