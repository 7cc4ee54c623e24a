"""名单的规则: proposed, told to the subject and heard, decided, published, and how it ends."""

from datetime import date

from ggzy.kernel.instants import add_months
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.registers.credit.lifecycle import LISTING
from ggzy.registers.credit.rules.records import REPAIR, TEXT_MAX, bounded, day_text, decided
from ggzy.registers.credit.values import Blacklist, Decision, Listing, ListState, NewListing, Term

NAME_MAX = 2000
HEARING = "行政处罚法 §44, §45"


def may_propose(new: NewListing, kind: Blacklist | None, *, is_listed: bool) -> Verdict:
    """拟列入条件: a list of the law, the facts in words, and no entry of the same list that runs."""
    return judge(
        [
            (kind is not None, Reason("list_unknown", "没有选择法律规定的名单")),
            *bounded("name", "主体名称", new.name, NAME_MAX),
            *bounded("reason", "列入的事实和理由", new.reason, TEXT_MAX),
            (not is_listed, Reason("listed", "该主体在这一名单中已有办理中或者公布中的条目")),
        ]
    )


def may_plead(listing: Listing, text: str, today: date) -> Verdict:
    """陈述申辩条件: told, and the days to be heard not over."""
    until = listing.hear_until
    return judge(
        [
            (
                listing.state is ListState.NOTICED,
                Reason("not_noticed", f"当前为“{listing.state.label}”，不在陈述申辩期内"),
            ),
            (
                until is None or today <= until,
                Reason("hearing_over", f"陈述申辩期已于{day_text(until)}届满" if until else "", HEARING),
            ),
            (not listing.plea, Reason("pleaded", "已经提交过陈述申辩")),
            *bounded("text", "陈述申辩的内容", text, TEXT_MAX),
        ]
    )


def may_decide(listing: Listing, decision: Decision, answer: str, today: date) -> Verdict:
    """列入决定条件: the subject was told and heard; its plea is answered."""
    until = listing.hear_until
    waits = listing.state is ListState.NOTICED and until is not None and today <= until and not listing.plea
    return judge(
        [
            (
                LISTING.may(listing.state, "decide"),
                Reason("not_noticed", f"当前为“{listing.state.label}”，告知主体之后方可决定", HEARING),
            ),
            (
                not waits,
                Reason(
                    "hearing_runs",
                    "主体的陈述申辩期还没有届满",
                    HEARING,
                    f"{day_text(until)}之后，或者收到陈述申辩之后方可决定" if until else "",
                ),
            ),
            (
                not listing.plea or bool(answer.strip()),
                Reason("plea_unanswered", "请写明对主体陈述申辩的采纳情况和理由", HEARING),
            ),
            *decided(decision, today),
        ]
    )


def may_publish(listing: Listing) -> Verdict:
    """公布条件: decided."""
    return judge(
        [
            (
                LISTING.may(listing.state, "publish"),
                Reason("not_decided", f"当前为“{listing.state.label}”，作出决定之后方可公布"),
            )
        ]
    )


def may_end(listing: Listing, reason: str) -> Verdict:
    """撤销条件: not over yet, and a reason."""
    return judge(
        [
            (
                LISTING.may(listing.state, "withdraw"),
                Reason("over", f"该条目{listing.state.label}，不能撤销"),
            ),
            *bounded("reason", "撤销的理由", reason, TEXT_MAX),
        ]
    )


def earliest_repair(decided_on: date, term: Term) -> date:
    """最早可申请修复的日期, counted from the day of the decision."""
    return add_months(decided_on, term.repair_min)


def may_repair_listing(listing: Listing, term: Term, today: date) -> Verdict:
    """名单修复条件: published, and the minimum of a serious breach has passed."""
    earliest = earliest_repair(listing.decision.decided_on, term) if listing.decision else today
    return judge(
        [
            (
                LISTING.may(listing.state, "repair"),
                Reason("not_published", f"该条目{listing.state.label}，不需要修复"),
            ),
            too_early(earliest, term, today),
        ]
    )


def too_early(earliest: date, term: Term | None, today: date) -> tuple[bool, Reason]:
    """最短公示期未满, with the first day on which one may apply."""
    months = term.repair_min if term else 0
    return today >= earliest, Reason(
        "too_early",
        f"自决定之日起公示未满{months}个月",
        term.article if term else REPAIR,
        f"最早{day_text(earliest)}",
    )
