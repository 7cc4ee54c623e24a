"""抽取的判断: request, commitments, reveal, draw, and the way out when somebody stays silent."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from ggzy.kernel import draw
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.trading.evaluation.lifecycle import DRAW
from ggzy.trading.evaluation.values import (
    GIVERS_REQUIRED,
    TURNS,
    DrawFacts,
    DrawState,
    EvaluationState,
    SeatPlan,
)
from ggzy.trading.tendering.values import TenderState

REVEAL_WINDOW = timedelta(minutes=30)
GIVER_NAMES = {"centre": "交易中心", "owner": "招标人（代理机构）", "supervisor": "行政监督部门"}


def may_commit(facts: DrawFacts, party: str, commitments: Sequence[bytes]) -> Verdict:
    """随机数承诺条件."""
    return judge(
        [
            (
                facts.state is DrawState.REQUESTED,
                Reason("commits_closed", "承诺已截止，不能再提交随机数承诺"),
            ),
            (
                party not in {giver.party for giver in facts.givers},
                Reason("committed", "已提交过承诺，不能更改"),
            ),
            (
                len(commitments) == TURNS and len(set(commitments)) == TURNS,
                Reason("commitments", f"应提交 {TURNS} 个互不相同的承诺值"),
            ),
            (
                all(len(item) == draw.SIZE for item in commitments),
                Reason("commitment_size", "每个承诺值应为 64 位十六进制数"),
            ),
        ]
    )


def may_close_commits(facts: DrawFacts, is_ripe: bool) -> Verdict:
    """截止承诺的条件: centre, owner and supervisor have committed; a coefficient waits for the opening."""
    names = giver_names(facts.uncommitted)
    return judge(
        [
            (DRAW.may(facts.state, "close"), Reason("not_open", "该抽取不在征集承诺阶段")),
            (not facts.uncommitted, Reason("givers_missing", f"尚未提交承诺：{names}")),
            (is_ripe, Reason("not_opened", "开标完成之前不公开系数抽取的随机数")),
        ]
    )


def may_reveal(facts: DrawFacts, party: str, nonce: bytes, at: datetime) -> Verdict:
    """公开随机数的条件."""
    giver = next((item for item in facts.givers if item.party == party), None)
    return judge(
        [
            (
                facts.state is DrawState.REVEALING,
                Reason("not_revealing", "承诺截止之前、抽取完成之后不公开随机数"),
            ),
            (giver is not None, Reason("not_a_giver", "未提交过承诺，不参与本次抽取")),
            (
                giver is None or facts.turn not in giver.revealed,
                Reason("revealed", "本轮随机数已公开"),
            ),
            (
                facts.reveal_until is None or at < facts.reveal_until,
                Reason("reveal_late", "公开随机数的时限已过"),
            ),
            (
                giver is None or _matches(facts, giver.commitments, party, nonce),
                Reason("nonce_differs", "随机数与承诺不符", remedy="请核对是否使用了本轮的随机数"),
            ),
        ]
    )


def may_draw(facts: DrawFacts) -> Verdict:
    """抽取条件: every giver has revealed its nonce of this turn."""
    names = giver_names(facts.waiting)
    return judge(
        [
            (facts.state is DrawState.REVEALING, Reason("not_revealing", "该抽取不在公开随机数阶段")),
            (not facts.waiting, Reason("nonces_missing", f"尚未公开随机数：{names}")),
        ]
    )


def may_expire(facts: DrawFacts, at: datetime) -> Verdict:
    """逾期处理条件: the window is over and somebody has not revealed."""
    return judge(
        [
            (facts.state is DrawState.REVEALING, Reason("not_revealing", "该抽取不在公开随机数阶段")),
            (
                facts.reveal_until is not None and at >= facts.reveal_until,
                Reason("window_open", "公开随机数的时限未到"),
            ),
            (bool(facts.waiting), Reason("nobody_waiting", "各方均已公开随机数，可以抽取")),
        ]
    )


def may_abandon(facts: DrawFacts, vacant: Mapping[str, tuple[int, ...]], reason: str) -> Verdict:
    """中止抽取的条件: before it has drawn, or when seats are vacant that it can no longer fill."""
    return judge(
        [
            (
                facts.state in (DrawState.REQUESTED, DrawState.REVEALING)
                or (facts.state is DrawState.DRAWN and bool(vacant)),
                Reason("drawn", "抽取已完成，不能中止"),
            ),
            (bool(reason.strip()), Reason("reason_missing", "请说明中止的原因")),
        ]
    )


def giver_names(parties: Iterable[str]) -> str:
    """各方名称; a bidder among the givers is not named."""
    return "、".join(GIVER_NAMES.get(party, "投标人") for party in parties)


def may_request(
    *,
    tender: TenderState,
    state: EvaluationState,
    has_scheme: bool,
    has_live: bool,
    wanted: tuple[SeatPlan, ...],
) -> Verdict:
    """申请抽取评标专家的条件: after the opening, when the bidders to be avoided are known."""
    return judge(
        [
            (tender is TenderState.OPENED, Reason("not_opened", "开标完成后方可抽取评标专家")),
            (has_scheme, Reason("no_scheme", "招标文件未公开评标办法", "招标投标法 §19")),
            (not has_live, Reason("draw_live", "已有进行中的抽取")),
            (
                state in (EvaluationState.CONVENING, EvaluationState.REVIEWING),
                Reason("stage", "评标委员会已组成，无需抽取"),
            ),
            (bool(wanted), Reason("no_vacancy", "没有空缺的专家席位")),
        ]
    )


def may_request_coefficients(
    *, tender: TenderState, state: EvaluationState, wanted: int, has_live: bool
) -> Verdict:
    """申请抽取系数的条件. Commitments are given before the bids can be read."""
    return judge(
        [
            (wanted > 0, Reason("no_coefficients", "评标办法没有需要抽取的系数")),
            (
                tender in (TenderState.ANNOUNCED, TenderState.CLOSED, TenderState.OPENED),
                Reason("not_announced", "发布招标公告后方可申请抽取系数"),
            ),
            (state is EvaluationState.CONVENING, Reason("stage", "评标已开始，不能再抽取系数")),
            (not has_live, Reason("draw_live", "已有进行中的系数抽取")),
        ]
    )


def may_request_ties(*, state: EvaluationState, tied: int, has_live: bool) -> Verdict:
    """申请并列抽签的条件."""
    return judge(
        [
            (state is EvaluationState.SCORING, Reason("stage", "详细评审阶段方可申请并列抽签")),
            (tied > 0, Reason("no_tie", "没有需要抽签的并列投标")),
            (not has_live, Reason("draw_live", "已有进行中的并列抽签")),
        ]
    )


def _matches(facts: DrawFacts, commitments: tuple[bytes, ...], party: str, nonce: bytes) -> bool:
    return (
        len(nonce) == draw.SIZE
        and draw.commitment(facts.id, party, facts.turn, nonce) == commitments[facts.turn]
    )


assert set(GIVER_NAMES) == set(GIVERS_REQUIRED)
