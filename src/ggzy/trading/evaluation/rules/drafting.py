"""评审草稿的判断."""

from decimal import Decimal, InvalidOperation

from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.trading.evaluation.rules.panel import hand_criteria
from ggzy.trading.evaluation.rules.sitting import TEXT_MAX, Sitting, in_state
from ggzy.trading.evaluation.values import EvaluationState, Scheme

REVIEW = "review"  # the criterion under which the opinion of the preliminary review is kept


def may_save(sitting: Sitting, scheme: Scheme, bid: str, criterion: str, content: str, note: str) -> Verdict:
    """保存草稿的条件: the bid is on the table, the points are within their range."""
    known = {c.code: c for c in hand_criteria(scheme, sitting.price_by_hand)}
    points = points_of(content)
    full = known[criterion].full if criterion in known else None
    step = known[criterion].step if criterion in known else None
    return judge(
        [
            in_state(sitting, EvaluationState.REVIEWING, EvaluationState.SCORING),
            (bid in sitting.bids, Reason("bid_unknown", "投标不在本次开标之列")),
            (criterion == REVIEW or criterion in known, Reason("criterion_unknown", "没有这项评审因素")),
            (
                full is None or content == "" or (points is not None and 0 <= points <= full),
                Reason("out_of_range", f"分值应在 0 至 {full} 分之间"),
            ),
            (
                step is None or points is None or points % step == 0,
                Reason("off_step", f"分值应是 {step} 分的整数倍"),
            ),
            (
                len(content) <= TEXT_MAX and len(note) <= TEXT_MAX,
                Reason("text_long", f"不超过 {TEXT_MAX} 字"),
            ),
        ]
    )


def points_of(content: str) -> Decimal | None:
    """分值 as typed; None for anything that is not a plain number."""
    try:
        points = Decimal(content.strip())
    except InvalidOperation:
        return None
    return points if points.is_finite() else None
