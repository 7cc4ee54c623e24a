"""案件的规则: opened, heard, decided, published. Basis: 行政处罚法; days are working days where its §85 says so."""

from collections.abc import Collection
from datetime import date, datetime

from ggzy.kernel.codes import CreditCode
from ggzy.kernel.instants import Calendar, local_date
from ggzy.kernel.money import Money
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.oversight.cases.rules.measures import Months, allowed
from ggzy.oversight.cases.rules.wording import TEXT_MAX, TITLE_MAX, bounded, day_words
from ggzy.oversight.cases.values.casework import (
    CaseFacts,
    CaseState,
    MeasureKind,
    NewCase,
    Offence,
    Proposal,
)

DECIDE_DAYS = 90
STATE_WORKDAYS = 5
HEARING_WORKDAYS = 7
PUBLISH_WORKDAYS = 7
ORDER_DAYS_MAX = 90
PENALTY = "行政处罚法"
HEARING_FINE = Money.yuan(100_000)  # a larger fine of an organisation: heard on request (§63)


def decide_by(opened_on: date, calendar: Calendar) -> date:
    """作出决定的最后一日: 90 days from the opening (行政处罚法 §60)."""
    return calendar.period_end(opened_on, DECIDE_DAYS)


def state_by(notified_on: date, calendar: Calendar) -> date:
    """要求听证的最后一日: within five working days of the notice (行政处罚法 §64, §85)."""
    return calendar.add_workdays(notified_on, STATE_WORKDAYS)


def earliest_hearing(called_on: date, calendar: Calendar) -> date:
    """最早可以听证的一日: the party is told seven working days before (行政处罚法 §64, §85)."""
    return calendar.add_workdays(called_on, HEARING_WORKDAYS)


def publish_by(decided_on: date, calendar: Calendar) -> date:
    """公开的最后一日: within seven working days of the decision."""
    return calendar.add_workdays(decided_on, PUBLISH_WORKDAYS)


def may_open(new: NewCase, offence: Offence | None, known: Collection[CreditCode]) -> Verdict:
    """立案条件: a suspicion in words, an article, and parties the register knows. Basis: 行政处罚法 §54."""
    strangers = [code for code in new.parties if code not in known]
    return judge(
        [
            *bounded("title", "案件名称", new.title, TITLE_MAX),
            *bounded("text", "涉嫌违法的事实和来源", new.text, TEXT_MAX),
            (offence is not None, Reason("offence_unknown", "没有选择法律规定的违法情形", PENALTY + " §4")),
            (bool(new.parties), Reason("parties_missing", "未写明当事人")),
            (
                not strangers,
                Reason(
                    "party_unknown",
                    f"当事人尚未在平台登记：{'、'.join(strangers)}",
                    remedy="请核对统一社会信用代码",
                ),
            ),
            (len(set(new.parties)) == len(new.parties), Reason("party_twice", "同一当事人写了两次")),
        ]
    )


def may_keep(case: CaseFacts, digest: str) -> Verdict:
    """证据入卷条件."""
    return judge(
        [
            (not case.state.is_over, Reason("over", f"案件{case.state.label}，不能再补充证据")),
            (
                digest not in {one.digest for one in case.evidence},
                Reason("known", "同一份材料已在卷中"),
            ),
        ]
    )


def may_notify(case: CaseFacts, proposal: Proposal, months: Months | None) -> Verdict:
    """事先告知条件: under investigation, evidence in the file, and a proposal the article allows. §44."""
    first = judge(
        [
            (
                case.state in (CaseState.OPEN, CaseState.NOTIFIED),
                Reason("not_open", f"案件{case.state.label}，不能再告知"),
            ),
            (bool(case.evidence), Reason("evidence_missing", "卷中还没有证据", PENALTY + " §40、§46")),
            (
                case.draft is None,
                Reason("proposed", "处理意见已提出，正在审核", remedy="退回后可以重新告知"),
            ),
        ]
    )
    return first & allowed(case, proposal, months)


def may_state(case: CaseFacts, party: CreditCode, text: str, wants_hearing: bool, at: datetime) -> Verdict:
    """陈述、申辩、要求听证的条件: a party that was told; a hearing in time. Basis: 行政处罚法 §45, §64."""
    mine = next((one for one in case.parties if one.code == party), None)
    is_late = case.state_by is not None and local_date(at) > case.state_by
    return judge(
        [
            (mine is not None, Reason("no_party", "本单位不是该案的当事人")),
            (
                case.state is CaseState.NOTIFIED,
                Reason("not_notified", f"案件{case.state.label}，现在不能陈述、申辩"),
            ),
            *bounded("text", "陈述和申辩的内容", text, TEXT_MAX),
            (
                not (wants_hearing and is_late),
                Reason("too_late", f"要求听证的期限（{day_words(case.state_by)}）已过", PENALTY + " §64"),
            ),
            (
                not wants_hearing or is_heard(case.proposal),
                Reason(
                    "no_hearing", "拟作出的处理不属于可以要求听证的情形，可以陈述和申辩", PENALTY + " §63"
                ),
            ),
        ]
    )


def is_heard(proposal: Proposal | None) -> bool:
    """可以要求听证: a larger fine, or a ban. Basis: 行政处罚法 §63."""
    return proposal is not None and any(
        one.kind is MeasureKind.BAN
        or (one.kind is MeasureKind.FINE and one.amount is not None and one.amount >= HEARING_FINE)
        for one in proposal.measures
    )


def may_call(case: CaseFacts, on: date, at: datetime, calendar: Calendar) -> Verdict:
    """通知听证条件: somebody asked, and the day leaves seven working days."""
    earliest = earliest_hearing(local_date(at), calendar)
    return judge(
        [
            (
                case.state is CaseState.NOTIFIED,
                Reason("not_notified", f"案件{case.state.label}，不能组织听证"),
            ),
            (case.is_hearing_open, Reason("not_asked", "没有待举行的听证")),
            (
                on >= earliest,
                Reason(
                    "too_soon",
                    f"听证应在通知之日起{HEARING_WORKDAYS}个工作日之后举行，最早{day_words(earliest)}",
                    PENALTY + " §64",
                ),
            ),
        ]
    )


def may_hold(case: CaseFacts, text: str, at: datetime) -> Verdict:
    """登记听证笔录条件: on the day told, not before."""
    return judge(
        [
            (case.is_hearing_open and case.hearing_on is not None, Reason("not_called", "没有待举行的听证")),
            (
                case.hearing_on is None or local_date(at) >= case.hearing_on,
                Reason("too_early", f"听证定于{day_words(case.hearing_on)}举行"),
            ),
            *bounded("text", "听证笔录", text, TEXT_MAX),
        ]
    )


def may_publish(case: CaseFacts) -> Verdict:
    """公开决定条件."""
    return judge(
        [
            (
                case.state is CaseState.DECIDED,
                Reason("not_decided", f"案件{case.state.label}，没有待公开的决定"),
            )
        ]
    )


def may_close(case: CaseFacts, reason: str) -> Verdict:
    """结案条件: published, and every order met."""
    open_orders = [one for one in case.orders if one.met_at is None]
    return judge(
        [
            (
                case.state is CaseState.PUBLISHED,
                Reason("not_published", f"案件{case.state.label}，公开决定后才能结案"),
            ),
            (not open_orders, Reason("orders_open", f"还有{len(open_orders)}项责令事项没有办结")),
            *bounded("reason", "执行情况", reason, TEXT_MAX),
        ]
    )


def is_overdue(state: CaseState, decide_by: date, publish_by: date | None, at: datetime) -> bool:
    """逾期: undecided after the ninety days, or decided and unpublished after the seven."""
    today = local_date(at)
    if state in (CaseState.OPEN, CaseState.NOTIFIED):
        return today > decide_by
    return state is CaseState.DECIDED and publish_by is not None and today > publish_by


def may_meet(is_open: bool, note: str) -> Verdict:
    """责令事项办结条件."""
    return judge(
        [
            (is_open, Reason("not_open", "没有这项待办结的责令事项")),
            *bounded("note", "办结情况", note, TEXT_MAX),
        ]
    )


def may_reply(is_open: bool, text: str) -> Verdict:
    """报告改正情况条件."""
    return judge(
        [
            (is_open, Reason("not_open", "这项责令已经办结")),
            *bounded("text", "改正情况", text, TEXT_MAX),
        ]
    )


def last_order_day(decided_on: date, days: int, calendar: Calendar) -> date:
    """责令的最后一日."""
    return calendar.period_end(decided_on, days)
