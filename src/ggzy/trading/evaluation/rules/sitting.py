"""评标过程的判断: sign-in, preliminary review, questions, scores, conclusion, signatures."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.trading.evaluation.rules import panel
from ggzy.trading.evaluation.values import (
    Correction,
    CorrectionState,
    Criterion,
    EvaluationState,
    Ground,
    MemberFacts,
    MemberState,
    Outcome,
    Question,
    Rejection,
    ReviewSheet,
    Scheme,
    Sheet,
)

VALID_MIN = 3
TEXT_MAX = 2000


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """评标进度: the committee and its sheets, as far as they are in. Seats without a sheet are missing."""

    state: EvaluationState
    members: tuple[MemberFacts, ...]
    seats_total: int
    chair: int | None
    bids: tuple[str, ...]
    passed: tuple[str, ...] = ()
    reviews: tuple[ReviewSheet, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    questions: tuple[Question, ...] = ()
    corrections: tuple[Correction, ...] = ()
    above_ceiling: frozenset[str] = field(default_factory=frozenset)
    below_floor: frozenset[str] = field(default_factory=frozenset)
    price_by_hand: bool = False

    def seats(self) -> frozenset[int]:
        """已签到的席位."""
        return frozenset(m.seat for m in self.members if m.state is MemberState.SEATED)


def in_state(sitting: Sitting, *states: EvaluationState) -> tuple[bool, Reason]:
    """阶段检查, as one line of a judgement."""
    names = {
        EvaluationState.CONVENING: "组建评标委员会",
        EvaluationState.REVIEWING: "初步评审",
        EvaluationState.SCORING: "详细评审",
        EvaluationState.CONCLUDED: "待签署评标报告",
        EvaluationState.REPORTED: "已提交评标报告",
    }
    wanted = "或".join(names[state] for state in states)
    return (
        sitting.state in states,
        Reason("stage", f"此操作在{wanted}阶段办理，当前为{names[sitting.state]}阶段"),
    )


def is_complete(sitting: Sitting) -> tuple[bool, Reason]:
    """席位齐备: every seat is taken by a member who has signed in."""
    present = len(sitting.seats())
    return (
        present == sitting.seats_total,
        Reason("seats_open", f"评标委员会应到 {sitting.seats_total} 人，已签到 {present} 人"),
    )


def is_chair(sitting: Sitting, seat: int) -> tuple[bool, Reason]:
    """主任评委办理的事项."""
    return (sitting.chair == seat, Reason("not_chair", "此操作由评标委员会主任办理"))


def may_begin(sitting: Sitting, chair: int) -> Verdict:
    """开始评标的条件. Basis: 评标委员会和评标方法暂行规定 §9."""
    return judge(
        [
            in_state(sitting, EvaluationState.CONVENING),
            is_complete(sitting),
            (chair in sitting.seats(), Reason("chair_absent", "推选的主任应是已签到的评委")),
        ]
    )


def may_review(sitting: Sitting, sheet: ReviewSheet) -> Verdict:
    """提交初步评审意见的条件. Basis: 招标投标法实施条例 §49, §51."""
    named = [rejection.bid for rejection in sheet.rejections]
    return judge(
        [
            in_state(sitting, EvaluationState.REVIEWING),
            (set(named) <= set(sitting.bids), Reason("bid_unknown", "否决意见涉及的投标不在本次开标之列")),
            (len(set(named)) == len(named), Reason("bid_twice", "同一投标只能给出一份否决意见")),
            (
                all(r.grounds and r.text.strip() for r in sheet.rejections),
                Reason("reason_missing", "否决投标须选择法定情形并写明具体理由", "招标投标法实施条例 §51"),
            ),
            (
                all(len(r.text) <= TEXT_MAX for r in sheet.rejections),
                Reason("text_long", f"每份理由不超过 {TEXT_MAX} 字"),
            ),
            (
                all(_is_asked(sitting, r) for r in sheet.rejections),
                Reason(
                    "not_asked",
                    "以低于成本为由否决前，应要求投标人作出书面说明",
                    "评标委员会和评标方法暂行规定 §21",
                    "请先提出价格说明要求",
                ),
            ),
        ]
    )


def may_finish_review(
    sitting: Sitting, seat: int, rejected: Sequence[Rejection], competition: str
) -> Verdict:
    """汇总初步评审的条件. With fewer than three valid bids the committee says whether competition remains."""
    valid = len(sitting.bids) - len(rejected)
    return _may_sum_up(sitting, seat, rejected) & judge(
        [
            (
                valid >= VALID_MIN or valid == 0 or bool(competition.strip()),
                Reason(
                    "competition_undecided",
                    f"有效投标只有 {valid} 份，评标委员会应就是否明显缺乏竞争作出决定并说明理由",
                    "评标委员会和评标方法暂行规定 §27",
                ),
            ),
        ]
    )


def may_reject_all(sitting: Sitting, seat: int, rejected: Sequence[Rejection], reason: str) -> Verdict:
    """否决所有投标的条件. Basis: 招标投标法 §42, 评标委员会和评标方法暂行规定 §27."""
    valid = len(sitting.bids) - len(rejected)
    return _may_sum_up(sitting, seat, rejected) & judge(
        [
            (
                valid < VALID_MIN,
                Reason(
                    "competition_enough",
                    f"有效投标尚有 {valid} 份，不得以缺乏竞争为由否决所有投标",
                    "评标委员会和评标方法暂行规定 §27",
                ),
            ),
            (bool(reason.strip()), Reason("reason_missing", "请说明明显缺乏竞争的理由")),
        ]
    )


def _may_sum_up(sitting: Sitting, seat: int, rejected: Sequence[Rejection]) -> Verdict:
    out = {rejection.bid for rejection in rejected}
    missing = sorted(sitting.seats() - {sheet.seat for sheet in sitting.reviews})
    refused = {c.bid for c in sitting.corrections if c.state is CorrectionState.REFUSED}
    return judge(
        [
            in_state(sitting, EvaluationState.REVIEWING),
            is_chair(sitting, seat),
            is_complete(sitting),
            (not missing, Reason("reviews_missing", f"尚未提交初步评审意见：{seat_names(missing)}")),
            (
                sitting.above_ceiling <= out,
                Reason("above_ceiling", "报价高于最高投标限价的投标应予否决", "招标投标法实施条例 §51(五)"),
            ),
            (
                sitting.below_floor <= out,
                Reason("below_floor", "报价低于起始价、底价的投标应予否决"),
            ),
            (
                not any(c.state is CorrectionState.PROPOSED for c in sitting.corrections),
                Reason("correction_open", "尚有算术修正未经投标人确认"),
            ),
            (
                refused <= out,
                Reason("correction_refused", "投标人不接受算术修正的，其投标应予否决", "评标委员会和评标方法暂行规定 §19"),
            ),
        ]
    )  # fmt: skip


def majority(sitting: Sitting) -> tuple[Rejection, ...]:
    """少数服从多数: what more than half of the members reject, with all their grounds and words."""
    by_bid: dict[str, list[Rejection]] = {}
    for sheet in sorted(sitting.reviews, key=lambda item: item.seat):
        for rejection in sheet.rejections:
            by_bid.setdefault(rejection.bid, []).append(rejection)
    return tuple(
        Rejection(
            bid=bid,
            grounds=tuple(g for g in Ground if any(g in opinion.grounds for opinion in opinions)),
            text="；".join(dict.fromkeys(opinion.text.strip() for opinion in opinions))[:TEXT_MAX],
        )
        for bid, opinions in sorted(by_bid.items())
        if len(opinions) * 2 > sitting.seats_total
    )


def may_submit_scores(sitting: Sitting, scheme: Scheme, sheet: Sheet, reason: str) -> Verdict:
    """提交评分的条件. `reason` is asked for when the member replaces a sheet."""
    criteria = panel.hand_criteria(scheme, sitting.price_by_hand)
    marked = [mark.bid for mark in sheet.marks]
    others = tuple(other for other in sitting.sheets if other.seat != sheet.seat)
    is_shaped = all(len(mark.points) == len(criteria) for mark in sheet.marks)
    every = (*others, sheet)
    return judge(
        [
            in_state(sitting, EvaluationState.SCORING),
            (
                sorted(marked) == sorted(sitting.passed),
                Reason("bids_differ", "应对每一份通过初步评审的投标打分，且不重复"),
            ),
            (is_shaped, Reason("criteria_differ", "每份投标应按全部评审因素打分")),
            *(_range_checks(criteria, sheet) if is_shaped else ()),
            (
                not is_shaped or not panel.objective_differences(scheme, every, sitting.price_by_hand),
                Reason("objective_differs", "客观分与其他评委不一致，请核对后一致填写", "政府采购货物和服务招标投标管理办法 §64"),
            ),
            (
                len(others) == len(sitting.sheets) or bool(reason.strip()),
                Reason("change_reason", "修改已提交的评分须说明原因"),
            ),
        ]
    ) & (unexplained(sitting, scheme, every, sheet.seat) if is_shaped else Verdict())  # fmt: skip


def unexplained(
    sitting: Sitting, scheme: Scheme, sheets: tuple[Sheet, ...], seat: int | None = None
) -> Verdict:
    """离群打分须说明理由. Nobody is told whose the other points are."""
    noted = {(s.seat, note.bid, note.criterion) for s in sheets for note in s.notes if note.text.strip()}
    names = {criterion.code: criterion.name for criterion in scheme.criteria}
    odd = [
        oddity
        for oddity in panel.outliers(scheme, sheets, sitting.price_by_hand)
        if (seat is None or oddity.seat == seat) and (oddity.seat, oddity.bid, oddity.criterion) not in noted
    ]
    place = {bid: number for number, bid in enumerate(sitting.bids, 1)}
    return Verdict(
        tuple(
            Reason(
                "outlier",
                f"评委{oddity.seat}对第 {place.get(oddity.bid, 0)} 号投标“{names[oddity.criterion]}”的打分"
                f"与其他成员平均值相差 {abs(oddity.points - oddity.others)} 分",
                remedy="请核对或说明理由",
            )
            for oddity in odd[:20]
        )
    )


def may_rank(sitting: Sitting, scheme: Scheme, seat: int, drawn: Collection[str]) -> Verdict:
    """能否计算结果: every coefficient of the documents has been drawn. Asked before `may_conclude`."""
    wanted = {item.name for item in scheme.coefficients}
    return judge(
        [
            in_state(sitting, EvaluationState.SCORING),
            is_chair(sitting, seat),
            (
                wanted == set(drawn),
                Reason("coefficients_missing", "招标文件规定的系数尚未抽取", remedy="请先完成系数抽取"),
            ),
        ]
    )


def may_conclude(sitting: Sitting, scheme: Scheme, outcome: Outcome, needs_sheets: bool) -> Verdict:
    """汇总的条件: every sheet in, objective points equal, outliers explained, ties among candidates broken."""
    missing = sorted(sitting.seats() - {sheet.seat for sheet in sitting.sheets}) if needs_sheets else []
    tied = tied_candidates(scheme, outcome)
    return judge(
        [
            in_state(sitting, EvaluationState.SCORING),
            is_complete(sitting),
            (not missing, Reason("sheets_missing", f"尚未提交评分：{seat_names(missing)}")),
            (
                not panel.objective_differences(scheme, sitting.sheets, sitting.price_by_hand),
                Reason("objective_differs", "评委之间客观分不一致，应核对一致"),
            ),
            (not tied, Reason("tie", "并列影响中标候选人排序，应按招标文件抽签", remedy="请申请并列抽签")),
        ]
    ) & unexplained(sitting, scheme, sitting.sheets)


def tied_candidates(scheme: Scheme, outcome: Outcome) -> tuple[str, ...]:
    """影响候选人的并列投标."""
    ranks = {result.bid: result.rank for result in outcome.results}
    return tuple(bid for group in outcome.ties if ranks[group[0]] <= scheme.candidates_max for bid in group)


REOPEN_GROUNDS = {
    "sum": "分值汇总计算错误",
    "range": "分项评分超出评分标准范围",
    "objective": "客观评审因素评分不一致",
    "abnormal": "评标委员会认定评分畸高、畸低",
}


def may_reopen(sitting: Sitting, seat: int, ground: str, text: str) -> Verdict:
    """撤回汇总的条件: one of four grounds, before the first signature.

    Basis: 政府采购货物和服务招标投标管理办法 §64.
    """
    return judge(
        [
            in_state(sitting, EvaluationState.CONCLUDED),
            is_chair(sitting, seat),
            (
                not any(member.signed_at for member in sitting.members),
                Reason("signed", "已有评委签署评标报告，不能再修改评分"),
            ),
            (
                ground in REOPEN_GROUNDS,
                Reason("ground", "只有四种情形可以修改评分", "政府采购货物和服务招标投标管理办法 §64"),
            ),
            (bool(sitting.passed), Reason("all_rejected", "所有投标均已否决，没有可修改的评分")),
            (bool(text.strip()), Reason("reason_missing", "请说明撤回的原因")),
        ]
    )


def may_sign(sitting: Sitting, seat: int) -> Verdict:
    """签署评标报告的条件. Basis: 招标投标法实施条例 §53."""
    member = next((item for item in sitting.members if item.seat == seat), None)
    return judge(
        [
            in_state(sitting, EvaluationState.CONCLUDED),
            (member is not None, Reason("not_a_member", "不是本次评标的评委")),
            (member is None or member.signed_at is None, Reason("signed", "已签署评标报告")),
        ]
    )


def may_record_silence(sitting: Sitting, chair: int, seat: int) -> Verdict:
    """登记拒签的条件: every other member has signed. Basis: 招标投标法实施条例 §53."""
    others = [m for m in sitting.members if m.seat != seat]
    return judge(
        [
            is_chair(sitting, chair),
            (chair != seat, Reason("own_seat", "不能登记本人拒签")),
            (
                all(member.signed_at for member in others),
                Reason("others_open", "其他评委签署之后方可登记拒签"),
            ),
        ]
    ) & may_sign(sitting, seat)


def failure_words(competition: str) -> str:
    """否决所有投标的公告用语."""
    reason = f"：{competition}" if competition else ""
    return f"评标委员会否决所有投标{reason}，招标人应当依法重新招标"


def seat_names(seats: Sequence[int]) -> str:
    return "、".join(f"评委{seat}" for seat in seats)


def all_max_members(sitting: Sitting, scheme: Scheme) -> Counter[str]:
    """极端打分提示: how often each bid was raised alone while all others got nothing."""
    return Counter(bid for _, bid in panel.best_and_worst(scheme, sitting.sheets, sitting.price_by_hand))


def _is_asked(sitting: Sitting, rejection: Rejection) -> bool:
    asked = {question.bid for question in sitting.questions if question.is_about_price}
    return Ground.BELOW_COST not in rejection.grounds or rejection.bid in asked


def _range_checks(criteria: tuple[Criterion, ...], sheet: Sheet) -> list[tuple[bool, Reason]]:
    checks = []
    for column, criterion in enumerate(criteria):
        points = [mark.points[column] for mark in sheet.marks]
        checks.append(
            (
                all(Decimal(0) <= p <= criterion.full for p in points),
                Reason("out_of_range", f"“{criterion.name}”的分值应在 0 至 {criterion.full} 分之间"),
            )
        )
        checks.append(
            (
                all(p % criterion.step == 0 for p in points),
                Reason("off_step", f"“{criterion.name}”的分值应是 {criterion.step} 分的整数倍"),
            )
        )
    return checks
