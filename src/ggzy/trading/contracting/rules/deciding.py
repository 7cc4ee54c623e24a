"""公示与定标的规则: what the owner decides after the report. Every reason at once."""

from collections.abc import Sequence
from datetime import date, datetime

from ggzy.kernel.codes import CreditCode
from ggzy.kernel.instants import Calendar, local_date
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.trading.contracting.lifecycle import AWARD
from ggzy.trading.contracting.rules.periods import BL45, BL47, BR54, BR55, last_day, moment_text
from ggzy.trading.contracting.values import AwardFacts, AwardState, Passed, Passing


def may_publicise(
    *,
    is_reported: bool,
    is_all_rejected: bool,
    is_publicised: bool,
    is_long_enough: bool,
    until: datetime,
    earliest: datetime,
    calendar: Calendar,
) -> Verdict:
    """公示条件. A late start is not refused, it is told: nobody is helped by no publicity at all."""
    offer = f"最早可定为 {last_day(earliest):%Y年%m月%d日} 24:00"
    return judge(
        [
            (is_reported, Reason("not_reported", "评标委员会尚未提交评标报告", BR54)),
            (
                not is_all_rejected,
                Reason("all_rejected", "所有投标均被否决，没有可以公示的候选人", "招标投标法 §42"),
            ),
            (not is_publicised, Reason("publicised", "中标候选人已经公示", BR54)),
            (
                is_long_enough,
                Reason("publicity_short", "公示期短于依法应有的天数", BR54, offer),
            ),
            (
                calendar.is_workday(last_day(until)),
                Reason("publicity_ends_on_holiday", "公示期的最后一日不是工作日，应顺延", BR54, offer),
            ),
        ]
    )


def may_award(
    award: AwardFacts,
    rank: int,
    passed: Sequence[Passed],
    open_objections: int,
    at: datetime,
    *,
    is_ranked: bool,
) -> Verdict:
    """定标条件. Rank one unless the law lets the owner pass it, then the next in order (实施条例 §55)."""
    its_time = judge(
        [
            (
                AWARD.may(award.state, "award"),
                Reason("not_awardable", f"当前为“{award.state.label}”，不能定标"),
            ),
            (
                at > award.publicity_until or award.state is not AwardState.PUBLICISED,
                Reason(
                    "publicity_runs",
                    f"公示期至 {moment_text(award.publicity_until)} 止，期满后方可定标",
                    BR54,
                ),
            ),
            (
                open_objections == 0,
                Reason("objection_open", f"还有 {open_objections} 件异议未答复，答复前不得定标", BR54),
            ),
        ]
    )
    return its_time & _may_choose(award, rank, passed, is_ranked)


def _may_choose(award: AwardFacts, rank: int, passed: Sequence[Passed], is_ranked: bool) -> Verdict:
    """选定这一名的条件: everybody in front of it has been passed, each for a reason."""
    over = {one.rank for one in (*passed, *award.passed)}
    skipped = [one.rank for one in award.runners if one.rank < rank and one.rank not in over]
    return judge(
        [
            (
                all(one.rank < rank for one in passed),
                Reason("passed_behind", "只有排名在前的候选人才需要越过", BR55),
            ),
            (
                any(one.rank == rank for one in award.runners),
                Reason("no_candidate", f"没有第 {rank} 名中标候选人", BR55),
            ),
            (
                not skipped or not is_ranked,
                Reason(
                    "rank_skipped",
                    f"应确定排名第 {skipped[0] if skipped else rank} 的中标候选人为中标人",
                    BR55,
                    "其放弃中标、不可抗力不能履约、未交履约保证金或者被查实违法时，方可依次确定后一名，并说明理由",
                ),
            ),
            (
                rank not in over,
                Reason("passed_over", f"第 {rank} 名候选人已经依法不再考虑", BR55),
            ),
            (
                all(one.reason.strip() for one in passed),
                Reason("reason_missing", "请说明越过在前候选人的理由", BR55),
            ),
        ]
    )


def may_issue_letter(award: AwardFacts, valid_until: date, at: datetime) -> Verdict:
    """发出中标通知书条件: within the bids' validity."""
    return judge(
        [
            (AWARD.may(award.state, "notify"), Reason("not_awarded", "尚未定标，不能发出中标通知书", BL45)),
            (
                local_date(at) <= valid_until,
                Reason(
                    "validity_over",
                    f"投标有效期已于 {valid_until} 届满",
                    "招标投标法实施条例 §25",
                    "请先征得投标人同意延长投标有效期",
                ),
            ),
        ]
    )


def may_refuse(award: AwardFacts, party: CreditCode | None, reason: str) -> Verdict:
    """放弃中标条件. What follows is told before it is done."""
    return judge(
        [
            (award.is_winner(party), Reason("not_winner", "贵单位不是本标段的中标人")),
            (
                not award.is_auctioned,
                Reason("is_sale", "成交确认书已经签订，不能放弃", remedy="不履行的，由出让方依法认定违约"),
            ),
            (
                AWARD.may(award.state, "decline"),
                Reason("not_declinable", f"当前为“{award.state.label}”，不能放弃"),
            ),
            (
                bool(reason.strip()),
                Reason("reason_missing", "请说明放弃中标的原因", "招标投标法实施条例 §74"),
            ),
        ]
    )


def may_end(award: AwardFacts | None, reason: str, *, is_barred: bool = False) -> Verdict:
    """结束本轮条件: the winner refused, or the next candidate may not be awarded, and the owner prefers a new round.

    Basis: 招标投标法实施条例 §55 也可以重新招标. `is_barred`: the law bars the next candidate, or none is left.

    Where all bids are rejected the last signature under the report has already ended the round.
    """
    declined = award is not None and award.state is AwardState.DECLINED
    refused = award is not None and award.state is AwardState.PUBLICISED and is_barred
    return judge(
        [
            (
                declined or refused,
                Reason(
                    "not_endable",
                    "中标人放弃中标，或者应当确定的候选人依法不得中标时，才能结束本轮、重新招标",
                    BR55,
                ),
            ),
            (bool(reason.strip()), Reason("reason_missing", "请说明重新招标的原因")),
        ]
    )


def may_report(award: AwardFacts, text: str) -> Verdict:
    """提交书面报告条件."""
    return judge(
        [
            (award.awarded_at is not None, Reason("not_awarded", "尚未定标，无需提交书面报告", BL47)),
            (award.sale is None, Reason("is_sale", "公开竞价成交的，无需提交招标投标书面报告")),
            (award.reported_at is None, Reason("reported", "书面报告已经提交", BL47)),
            (bool(text.strip()), Reason("text_missing", "请填写招标投标情况", BL47)),
        ]
    )


def refusing_passes(award: AwardFacts, reason: str) -> Passed:
    """放弃中标即不再考虑: what a refusal makes of the winner's rank."""
    assert award.rank is not None, "judged before"
    return Passed(award.rank, Passing.GAVE_UP, reason)
