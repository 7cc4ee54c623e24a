"""定标、合同、履约的规则. Pure: values in, verdict out; every reason at once."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Protocol

from ggzy.kernel import events as kernel_events
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.instants import BEIJING, Calendar, end_of_day, local_date
from ggzy.kernel.money import Money, Rate
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.registers.catalog.values import Limit, Rulebook
from ggzy.trading.contracting import events
from ggzy.trading.contracting.lifecycle import AWARD
from ggzy.trading.contracting.values import (
    AwardFacts,
    AwardState,
    ContractForm,
    Passed,
    Passing,
    Step,
    StepKind,
)

BR55, BR57, BR58 = "招标投标法实施条例 §55", "招标投标法实施条例 §57", "招标投标法实施条例 §58"
BL45, BL46, BL47 = "招标投标法 §45", "招标投标法 §46", "招标投标法 §47"
BR54 = "招标投标法实施条例 §54"


class Told(Protocol):
    """A fact as the journal tells it."""

    @property
    def event(self) -> object: ...


def earliest_end(rulebook: Rulebook, calendar: Calendar, since: datetime) -> datetime:
    """公示期依法最早的截止: whole days after the first, rolled past holidays, 24:00 of the last."""
    return end_of_day(calendar.period_end(local_date(since), _days(rulebook, "tender.publicity_days_min")))


def is_whole(rulebook: Rulebook, calendar: Calendar, since: datetime, until: datetime) -> bool:
    """公示期是否足够: as many times twenty-four hours as the law has days, into its last lawful day."""
    days = _days(rulebook, "tender.publicity_days_min")
    last = calendar.period_end(local_date(since), days)
    return until - since >= timedelta(days=days) and last_day(until) >= last


def last_day(until: datetime) -> date:
    """期限的最后一日: a midnight belongs to the day it ends."""
    return local_date(until - timedelta(microseconds=1))


def moment_text(at: datetime) -> str:
    """时刻的文字, in Beijing time; a midnight is written as 24:00 of the day it ends."""
    local = at.astimezone(BEIJING)
    if local.time() == time():
        return f"{last_day(at):%Y年%m月%d日} 24:00"
    return f"{local:%Y年%m月%d日 %H:%M}"


def start_by(rulebook: Rulebook, calendar: Calendar, reported_at: datetime) -> datetime:
    """公示依法最晚的开始: days after the report arrived."""
    days = _days(rulebook, "tender.publicity_start_days_max")
    return end_of_day(calendar.period_end(local_date(reported_at), days))


def sign_by(rulebook: Rulebook, calendar: Calendar, letter_at: datetime) -> datetime:
    """合同依法最晚的签订: days after the letter (招标投标法 §46)."""
    return end_of_day(calendar.period_end(local_date(letter_at), _days(rulebook, "tender.contract_days_max")))


def report_by(rulebook: Rulebook, calendar: Calendar, awarded_at: datetime) -> datetime:
    """书面报告依法最晚的提交 (招标投标法 §47)."""
    return end_of_day(calendar.period_end(local_date(awarded_at), _days(rulebook, "tender.report_days_max")))


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
    named = {one.rank for one in passed} | {one.rank for one in award.passed}
    skipped = [r.rank for r in award.runners if r.rank < rank and r.rank not in named]
    known = any(runner.rank == rank for runner in award.runners)
    return judge(
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
            (
                all(one.rank < rank for one in passed),
                Reason("passed_behind", "只有排名在前的候选人才需要越过", BR55),
            ),
            (known, Reason("no_candidate", f"没有第 {rank} 名中标候选人", BR55)),
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
                rank not in named,
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
                AWARD.may(award.state, "decline"),
                Reason("not_declinable", f"当前为“{award.state.label}”，不能放弃"),
            ),
            (
                bool(reason.strip()),
                Reason("reason_missing", "请说明放弃中标的原因", "招标投标法实施条例 §74"),
            ),
        ]
    )


def may_end(award: AwardFacts | None, reason: str) -> Verdict:
    """结束本轮条件: the winner refused and the owner prefers a new round.

    Where all bids are rejected the last signature under the report has already ended the round.
    """
    declined = award is not None and award.state is AwardState.DECLINED
    return judge(
        [
            (
                declined,
                Reason(
                    "not_endable",
                    "中标人放弃中标后，才能结束本轮、重新招标",
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
            (award.reported_at is None, Reason("reported", "书面报告已经提交", BL47)),
            (bool(text.strip()), Reason("text_missing", "请填写招标投标情况", BL47)),
        ]
    )


def may_draft(award: AwardFacts, form: ContractForm, security_max: Limit) -> Verdict:
    """拟定合同条件: no departure from the bid in substance; security within its cap."""
    winner = award.winner
    price = winner.price if winner else None
    cap = form.amount.times(Rate(security_max.value)) if form.amount else None
    return judge(
        [
            (
                AWARD.may(award.state, "draft"),
                Reason("not_notified", f"当前为“{award.state.label}”，不能拟定合同", BL46),
            ),
            (bool(form.number.strip()), Reason("number_missing", "请填写合同编号")),
            (bool(form.file), Reason("file_missing", "请上传合同文本")),
            (
                price is None or (form.price.amount, form.price.rate) == (price.amount, price.rate),
                Reason("price_differs", "合同价与中标价不一致，不得再行订立背离合同实质性内容的协议", BL46),
            ),
            (
                price is None or price.amount is None or form.amount == price.amount,
                Reason("amount_differs", "合同金额与中标金额不一致", BL46),
            ),
            (
                winner is None or not winner.period or form.period == winner.period,
                Reason("period_differs", "合同工期与投标文件不一致", BL46),
            ),
            (
                winner is None or not winner.quality or form.quality == winner.quality,
                Reason("quality_differs", "合同质量与投标文件不一致", BL46),
            ),
            (
                cap is None or form.security <= cap,
                Reason(
                    "security_high",
                    f"履约保证金 {form.security.figures()} 元超过中标合同金额的 {Rate(security_max.value).percent_text()}",
                    security_max.article,
                    f"最高为 {cap.figures() if cap else '—'} 元",
                ),
            ),
        ]
    )


def may_sign(award: AwardFacts, party: CreditCode | None) -> Verdict:
    """签订合同条件, for the winner."""
    return judge(
        [
            (award.is_winner(party), Reason("not_winner", "贵单位不是本标段的中标人")),
            (AWARD.may(award.state, "sign"), Reason("not_drafted", "招标人尚未拟定合同", BL46)),
        ]
    )


def may_record_step(award: AwardFacts, step: Step, today: date) -> Verdict:
    """登记履约条件."""
    needs_amount = step.kind is StepKind.PAYMENT
    return judge(
        [
            (award.state is AwardState.SIGNED, Reason("not_signed", "合同尚未签订，或者已经履行完毕")),
            (bool(step.text.strip()), Reason("text_missing", "请填写履约情况")),
            (step.on <= today, Reason("in_future", "登记的日期还没有到")),
            (
                not needs_amount or (step.amount is not None and step.amount.fen > 0),
                Reason("amount_missing", "请填写支付金额"),
            ),
        ]
    )


def may_complete(award: AwardFacts) -> Verdict:
    """合同完结条件: accepted."""
    accepted = any(step.kind is StepKind.ACCEPTANCE for step in award.steps)
    return judge(
        [
            (award.state is AwardState.SIGNED, Reason("not_signed", "合同尚未签订，或者已经履行完毕")),
            (accepted, Reason("not_accepted", "尚未登记验收结果", remedy="请先登记验收")),
        ]
    )


def paid(steps: Iterable[Step]) -> Money:
    """已支付合计."""
    total = Money.zero
    for step in steps:
        if step.kind is StepKind.PAYMENT and step.amount:
            total += step.amount
    return total


def refusing_passes(award: AwardFacts, reason: str) -> Passed:
    """放弃中标即不再考虑: what a refusal makes of the winner's rank."""
    assert award.rank is not None, "judged before"
    return Passed(award.rank, Passing.GAVE_UP, reason)


def fold(facts: Iterable[Told]) -> dict[str, object]:
    """Past tense of the latest round, to be equal with what the rows say."""
    now: dict[str, object] = {}
    for told in facts:
        now = _after(now, told.event)
    return now


def _after(now: dict[str, object], fact: object) -> dict[str, object]:
    match fact:
        case events.CandidatesPublicised():
            until = kernel_events.instant_text(fact.until)
            return {"round": fact.round, "state": "publicised", "runners": len(fact.runners), "until": until}
        case events.AwardMade():
            return now | {"state": "awarded", "winner": str(fact.winner.leader), "rank": fact.rank}
        case events.AwardLetterIssued():
            return now | {"state": "notified", "letter": fact.digest}
        case events.AwardRefused():
            return {name: value for name, value in now.items() if name != "letter"} | {"state": "declined"}
        case events.AwardEnded():
            return {"round": fact.round, "state": "ended"}
        case events.ContractDrafted():
            return now | {"state": "offered"}
        case events.ContractSigned():
            return now | {"state": "signed", "contract": fact.file}
        case events.PerformanceRecorded():
            return now | {"steps": fact.number}
        case events.ContractCompleted():
            return now | {"state": "completed"}
    return now


def validity_end(deadline: datetime, days: int) -> date:
    """投标有效期的最后一日 (实施条例 §25)."""
    return local_date(deadline) + timedelta(days=days)


def _days(rulebook: Rulebook, name: str) -> int:
    limit = rulebook.get(name)
    return int(limit.value) if limit is not None else 0
