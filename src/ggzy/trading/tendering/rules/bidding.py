"""投标的规则: who may submit, replace and withdraw, until when, and whether enough came."""

from dataclasses import dataclass
from datetime import datetime

from ggzy.kernel.instants import Calendar, end_of_day, local_date
from ggzy.kernel.money import Money
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.registers.catalog.values import Rulebook
from ggzy.trading.tendering.lifecycle import BID
from ggzy.trading.tendering.rules import words
from ggzy.trading.tendering.values import BidderFacts, BidState, Method, TenderFacts, TenderState


@dataclass(frozen=True)
class Sealing:
    """递交的封套: what its manifest says, held against what the platform expects.

    `bid`, `gen` and `prev` are those of the manifest; the expected ones follow the last generation.
    """

    bid: str
    gen: int
    prev: str | None
    plan: str
    documents: str
    is_consortium: bool
    expected_bid: str
    expected_gen: int
    expected_prev: str | None


def late_words(at: datetime, deadline: datetime, previous: datetime | None) -> str:
    """逾期的说明: both moments, and which earlier bid stays valid."""
    kept = f"；此前 {words.clock(previous)} 递交的文件有效。" if previous else "。"
    return f"您的请求于 {words.clock(at)} 到达，截止时间为 {words.clock(deadline)}。投标文件未被接收{kept}"


def may_submit(
    tender: TenderFacts,
    bidder: BidderFacts,
    method: Method,
    at: datetime,
    *,
    sealing: Sealing | None = None,
    previous: datetime | None = None,
) -> Verdict:
    """投标文件接收条件. Basis: 招标投标法 §28, §31; 实施条例 §26, §34, §36, §37; 电子招标投标办法 §26, §27.

    Without `sealing` it answers “我能投标吗” before there is an envelope.
    """
    in_time = judge(
        [
            (
                tender.state is not TenderState.DRAFTED,
                Reason("not_announced", "项目未在公告期内，还不能投标", "招标投标法 §28"),
            ),
            (
                tender.state is TenderState.DRAFTED or _is_open(tender, at),
                Reason("deadline_passed", _late(tender, at, previous), "实施条例 §36"),
            ),
        ]
    )
    sealed = _envelope(tender, sealing) if sealing else Verdict()
    return in_time & _bidder(tender, bidder) & method.may_bid(bidder) & sealed


def _bidder(tender: TenderFacts, bidder: BidderFacts) -> Verdict:
    return judge(
        [
            (
                not bidder.is_owner_side,
                Reason("owner_side", "招标人和招标代理机构不能参加本标段投标", "实施条例 §13, §34"),
            ),
            (
                bidder.is_registered,
                Reason("not_registered", "主体库中没有登记投标人身份", remedy="请先完善主体信息"),
            ),
            (
                not bidder.unregistered_members,
                Reason(
                    "member_not_registered",
                    f"联合体成员未在主体库登记：{'、'.join(bidder.unregistered_members)}",
                    remedy="请成员单位先完成主体登记",
                ),
            ),
            (not bidder.ban, Reason("banned", f"主体处于市场禁入期：{bidder.ban}", "实施条例 §34")),
            (
                not bidder.banned_members,
                Reason(
                    "member_banned",
                    f"联合体成员处于市场禁入期：{'、'.join(bidder.banned_members)}",
                    "招标投标法 §31",
                ),
            ),
            (
                not bidder.clashes,
                Reason(
                    "one_bid_only",
                    f"下列单位已单独或在另一联合体中投标，不能重复参加：{'、'.join(bidder.clashes)}",
                    "实施条例 §37",
                ),
            ),
            (
                bidder.is_secured or not _needs_deposit(tender),
                Reason(
                    "deposit_missing", _deposit(tender, bidder), "实施条例 §26", "到账或保函生效后即可递交"
                ),
            ),
        ]
    )


def _envelope(tender: TenderFacts, sealing: Sealing) -> Verdict:
    allowed = tender.terms is None or tender.terms.is_consortium_allowed
    return judge(
        [
            (
                sealing.plan == tender.plan_digest,
                Reason(
                    "plan_differs", "投标文件不是按本标段的开标方案加密的", remedy="请重新下载开标方案并加密"
                ),
            ),
            (
                sealing.documents == tender.documents_digest,
                Reason(
                    "documents_outdated",
                    f"投标文件所响应的不是现行招标文件（第 {tender.documents_version} 版）",
                    "电子招标投标办法 §27",
                    "请按现行版本核对后重新加密",
                ),
            ),
            (
                allowed or not sealing.is_consortium,
                Reason("no_consortium", "招标公告不接受联合体投标", "招标投标法 §31"),
            ),
            (
                (sealing.bid, sealing.gen, sealing.prev)
                == (sealing.expected_bid, sealing.expected_gen, sealing.expected_prev),
                Reason(
                    "generation",
                    f"应为第 {sealing.expected_gen} 次递交，文件内写的是第 {sealing.gen} 次或所替换的文件不符",
                    remedy="请刷新页面后重新加密",
                ),
            ),
        ]
    )


def may_withdraw(tender: TenderFacts, state: BidState | None, at: datetime) -> Verdict:
    """撤回投标文件. Basis: 招标投标法 §29, 实施条例 §35. After the deadline it would be 撤销."""
    return judge(
        [
            (
                state is not None and BID.may(state, "withdraw"),
                Reason("no_bid", "没有可以撤回的投标文件"),
            ),
            (
                _is_open(tender, at),
                Reason(
                    "deadline_passed",
                    "投标截止时间已过，不能撤回",
                    "实施条例 §35",
                    "截止后撤销投标文件的，招标人可以不退还投标保证金",
                ),
            ),
        ]
    )


def refund_by(rulebook: Rulebook, calendar: Calendar, at: datetime) -> datetime:
    """撤回后保证金的最迟退还时间. Basis: 实施条例 §35."""
    days = int(rulebook.number("tender.withdrawal_refund_days_max").value)
    return end_of_day(calendar.period_end(local_date(at), days))


def may_close(tender: TenderFacts, at: datetime) -> Verdict:
    """投标截止: the clock's act, not before its moment."""
    return judge(
        [
            (tender.state is TenderState.ANNOUNCED, Reason("not_announced", "项目未在公告期内")),
            (
                tender.deadline is not None and at >= tender.deadline,
                Reason("too_early", "投标截止时间未到"),
            ),
        ]
    )


def is_enough(count: int, rulebook: Rulebook) -> bool:
    """是否达到开标家数. Basis: 招标投标法 §28, 实施条例 §44."""
    return count >= int(rulebook.number("tender.bidders_min").value)


def may_retender(tender: TenderFacts, *, is_ordered: bool = False) -> Verdict:
    """重新招标条件: failed, or ordered by the supervisor once closed. 招标投标法 §28, §42; 实施条例 §44, §55, §81."""
    ended = (TenderState.CLOSED, TenderState.OPENED) if is_ordered else ()
    return judge(
        [
            (
                tender.state in (TenderState.FAILED, *ended),
                Reason("not_failed", "本轮招标没有失败，不能重新招标", "招标投标法 §28"),
            )
        ]
    )


def _is_open(tender: TenderFacts, at: datetime) -> bool:
    """Exclusive: a bid at the deadline is late, and so is one that met the close."""
    return tender.state is TenderState.ANNOUNCED and tender.deadline is not None and at < tender.deadline


def _late(tender: TenderFacts, at: datetime, previous: datetime | None) -> str:
    return late_words(at, tender.deadline or at, previous)


def _needs_deposit(tender: TenderFacts) -> bool:
    return tender.terms is not None and tender.terms.deposit.fen > 0


def _deposit(tender: TenderFacts, bidder: BidderFacts) -> str:
    owed = bidder.owed or (tender.terms.deposit if tender.terms else Money.zero)
    return f"投标保证金未到账（应缴 {owed.figures()} 元）"
