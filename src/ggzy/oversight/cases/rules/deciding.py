"""决定程序的规则: whoever investigates does not review, whoever reviews does not decide. 行政处罚法 §42, §57, §58."""

from collections.abc import Collection, Iterable
from datetime import datetime

from ggzy.kernel.instants import local_date
from ggzy.kernel.money import Money
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.oversight.cases.rules.casework import PENALTY
from ggzy.oversight.cases.rules.measures import Months, allowed, is_heavier
from ggzy.oversight.cases.rules.wording import TEXT_MAX, bounded, day_words
from ggzy.oversight.cases.values.casework import CaseFacts, CaseState, Draft, MeasureKind, Proposal
from ggzy.oversight.cases.values.deciding import Condition, Course, PostKind, Seats

RUNNING = (CaseState.OPEN, CaseState.NOTIFIED)
PAPER_MAX = 100


def may_appoint(
    appointer: str, person: str, posts: Collection[PostKind], kind: PostKind, paper: str, *, serves: bool
) -> Verdict:
    """岗位任命条件: of another person of the same authority, with its paper. `posts` are those it holds."""
    return judge(
        [
            (serves, Reason("no_member", "此人不是本机关的监督人员", remedy="请先由交易中心登记任职身份")),
            (appointer != person, Reason("own_post", "不能任命本人")),
            (kind not in posts, Reason("already_held", f"此人已是{kind.label}")),
            *bounded("paper", "证件或者任职文号", paper, PAPER_MAX),
        ]
    )


def has_enough(case: CaseFacts, course: Course) -> Verdict:
    """承办人数条件."""
    least = course.officers_least
    reason = Reason(
        "officers_few",
        f"承办的执法人员不得少于{least}人，现为{len(case.officers)}人",
        course.officers_article,
        "请另一名执法人员参加办案",
    )
    return judge([(len(case.officers) >= least, reason)])


def may_join(case: CaseFacts, who: Seats, course: Course) -> Verdict:
    """参加办案条件: an officer with a paper, who has not judged the case from another seat."""
    return judge(
        [
            (not case.state.is_over, Reason("over", f"案件{case.state.label}")),
            _holds(who, PostKind.OFFICER, course.officers_article),
            (who.person not in _officers(case), Reason("joined", "您已是本案承办人")),
            (
                who.person not in _judges(case.draft),
                Reason("judged", "审核、讨论过本案的人不能承办本案", course.review_article),
            ),
        ]
    )


def may_investigate(case: CaseFacts, who: Seats, course: Course) -> Verdict:
    """可以告知条件: by one of the officers of the case, of whom there are enough."""
    mine = Reason("no_officer", "由本案承办人办理", course.officers_article, "请先参加办案")
    return judge([(who.person in _officers(case), mine)]) & has_enough(case, course)


def may_preside(case: CaseFacts, person: str) -> Verdict:
    """主持听证条件. Basis: 行政处罚法 §64(四)."""
    reason = Reason("presides", "听证由非本案调查人员主持，承办人不能登记听证笔录", PENALTY + " §64")
    return judge([(person not in _officers(case), reason)])


def may_propose(
    case: CaseFacts, who: Seats, decision: Proposal, months: Months | None, course: Course, at: datetime
) -> Verdict:
    """提出处理意见条件: by an officer of the case, after the party was heard, never more than it was told of."""
    first = Reason("proposed", "处理意见已提出，正在审核", remedy="退回后可以重新提出")
    ready = judge([(case.draft is None, first)]) & is_ripe(case, decision, months, at)
    return may_investigate(case, who, course) & ready


def is_ripe(case: CaseFacts, decision: Proposal, months: Months | None, at: datetime) -> Verdict:
    """可以作出决定: heard first where it is a penalty, and never more than was told. Basis: 行政处罚法 §44, §45, §57."""
    is_penalty = any(one.kind.is_penalty for one in decision.measures)
    stated = all(one.stated_at for one in case.parties)
    is_past = case.state_by is not None and local_date(at) > case.state_by
    told = {(one.kind, one.party) for one in case.proposal.measures} if case.proposal else set()
    first = judge(
        [
            (case.state in RUNNING, Reason("not_open", f"案件{case.state.label}，不能再作决定")),
            (bool(case.evidence), Reason("evidence_missing", "卷中还没有证据", PENALTY + " §40")),
            (
                not is_penalty or case.state is CaseState.NOTIFIED,
                Reason(
                    "not_notified",
                    "未告知当事人拟处罚的内容及事实、理由、依据，不得作出处罚决定",
                    PENALTY + " §44、§62",
                ),
            ),
            (
                not is_penalty or case.state is not CaseState.NOTIFIED or stated or is_past,
                Reason(
                    "being_heard",
                    f"当事人陈述、申辩和要求听证的期限到{day_words(case.state_by)}",
                    PENALTY + " §45、§64",
                ),
            ),
            (
                not case.is_hearing_open,
                Reason("hearing_open", "当事人要求听证，听证尚未举行", PENALTY + " §64、§65"),
            ),
            (
                all((one.kind, one.party) in told for one in decision.measures if one.kind.is_penalty)
                or not is_penalty,
                Reason("not_told", "决定中有未曾告知当事人的处罚", PENALTY + " §44", "请重新告知"),
            ),
            (
                not is_penalty or not is_heavier(decision, case.proposal),
                Reason("heavier", "不得因当事人陈述、申辩而给予更重的处罚", PENALTY + " §45"),
            ),
        ]
    )
    return first & allowed(case, decision, months)


def reviewed_for(case: CaseFacts, course: Course) -> tuple[Condition, ...]:
    """须法制审核的情形: those the investigators named, and a hearing that was held."""
    named = case.draft.grounds if case.draft else ()
    return tuple(
        one for one in course.conditions if one.code in named or (one.is_heard and bool(case.hearing_text))
    )


def is_discussed(case: CaseFacts, course: Course) -> bool:
    """须集体讨论: a ban, a large fine, or a case the investigators call complex."""
    if case.draft is None:
        return False
    large = Money.yuan(course.discussed_fine_yuan)
    return not set(case.draft.grounds).isdisjoint(course.discussed_conditions) or any(
        one.kind in course.discussed
        or (one.kind is MeasureKind.FINE and one.amount is not None and one.amount >= large)
        for one in case.draft.decision.measures
    )


def quorum(course: Course, heads: int) -> int:
    """集体讨论的最少人数: more than half of the heads in post, and never one alone."""
    return max(course.heads_least, heads // 2 + 1)


def may_review(case: CaseFacts, who: Seats, text: str, course: Course) -> Verdict:
    """法制审核条件: by a reviewer who did not investigate."""
    draft = case.draft
    return judge(
        [
            *_waiting(case),
            _holds(who, PostKind.REVIEWER, course.review_article),
            _apart(case, who, course.review_article),
            (draft is None or draft.review is None, Reason("reviewed", "本案已作法制审核")),
            *bounded("text", "审核意见", text, TEXT_MAX),
        ]
    )


def may_voice(case: CaseFacts, who: Seats, text: str, course: Course) -> Verdict:
    """集体讨论条件: each head speaks once, for himself, after the review."""
    voiced = {one.person for one in case.draft.voices} if case.draft else set()
    return judge(
        [
            *_waiting(case),
            _holds(who, PostKind.HEAD, course.discussion_article),
            _apart(case, who, course.head_article),
            _no_reviewer(case, who, course),
            (who.person not in voiced, Reason("voiced", "您已发表意见")),
            *bounded("text", "讨论意见", text, TEXT_MAX),
        ]
    ) & _is_reviewed(case, course)


def may_decide(
    case: CaseFacts, who: Seats, document: str, months: Months | None, course: Course, at: datetime
) -> Verdict:
    """作出决定条件: by a head, on what others proposed, reviewed and discussed."""
    first = judge(
        [
            *_waiting(case),
            _holds(who, PostKind.HEAD, course.head_article),
            _apart(case, who, course.head_article),
            _no_reviewer(case, who, course),
            (bool(document.strip()), Reason("document_missing", "未写明决定文号")),
        ]
    )
    if case.draft is None:
        return first
    ready = has_enough(case, course) & is_ripe(case, case.draft.decision, months, at)
    return first & _is_reviewed(case, course) & _is_agreed(case, who, course) & ready


def may_return(case: CaseFacts, who: Seats, reason: str, course: Course) -> Verdict:
    """退回条件: by whoever reviews or decides; the investigators may take their own draft back."""
    may = who.person in _officers(case) or not {PostKind.REVIEWER, PostKind.HEAD}.isdisjoint(who.posts)
    return judge(
        [
            *_waiting(case),
            (may, Reason("no_seat", "由承办人、法制审核人员或者负责人退回", course.head_article)),
            *bounded("reason", "退回的原因", reason, TEXT_MAX),
        ]
    )


def may_end(case: CaseFacts, who: Seats, reason: str, course: Course) -> Verdict:
    """不予处罚、移送条件: a head's decision too, before any other. Basis: 行政处罚法 §57(二)–(四)."""
    return judge(
        [
            (case.state in RUNNING, Reason("not_open", f"案件{case.state.label}，不能这样办理")),
            _holds(who, PostKind.HEAD, course.head_article),
            _apart(case, who, course.head_article),
            *bounded("reason", "原因", reason, TEXT_MAX),
        ]
    )


def _waiting(case: CaseFacts) -> Iterable[tuple[bool, Reason]]:
    yield case.state in RUNNING, Reason("not_open", f"案件{case.state.label}，不能再作决定")
    yield case.draft is not None, Reason("no_draft", "承办人还没有提出处理意见", PENALTY + " §57")


def _holds(who: Seats, kind: PostKind, article: str) -> tuple[bool, Reason]:
    reason = Reason("no_post", f"您不是办案机关的{kind.label}", article, "请由本机关负责人任命岗位")
    return kind in who.posts, reason


def _apart(case: CaseFacts, who: Seats, article: str) -> tuple[bool, Reason]:
    """Not one of the investigators."""
    sat = _officers(case) | ({case.draft.by} if case.draft else set())
    return who.person not in sat, Reason("same_person", "承办人不能审核、讨论或者决定自己承办的案件", article)


def _no_reviewer(case: CaseFacts, who: Seats, course: Course) -> tuple[bool, Reason]:
    reviewer = case.draft.review.person if case.draft and case.draft.review else ""
    reason = Reason("reviewed_it", "法制审核人员不能讨论、决定自己审核的案件", course.review_article)
    return who.person != reviewer, reason


def _is_reviewed(case: CaseFacts, course: Course) -> Verdict:
    asked = reviewed_for(case, course)
    review = case.draft.review if case.draft else None
    why = "、".join(one.words for one in asked)
    return judge(
        [
            (
                not asked or review is not None,
                Reason("not_reviewed", f"应先作法制审核：{why}", course.review_article),
            ),
            (
                review is None or review.is_agreed,
                Reason("review_failed", "法制审核未通过，不得作出决定", course.review_article, "请退回"),
            ),
        ]
    )


def _is_agreed(case: CaseFacts, who: Seats, course: Course) -> Verdict:
    assert case.draft is not None, "asked only of a draft"
    if not is_discussed(case, course):
        return Verdict()
    voices, least = case.draft.voices, quorum(course, who.heads)
    agreed = sum(one.is_agreed for one in voices)
    return judge(
        [
            (
                len(voices) >= least,
                Reason(
                    "discussion_short",
                    f"重大处罚由负责人集体讨论决定：本机关能讨论本案的负责人{who.heads}人，"
                    f"至少{least}人发表意见，现为{len(voices)}人",
                    course.discussion_article,
                    "负责人不足两人的，移送上一级机关办理" if who.heads < course.heads_least else "",
                ),
            ),
            (
                agreed * 2 > len(voices) or not voices,
                Reason(
                    "outvoted",
                    f"集体讨论未通过：{agreed}人同意，共{len(voices)}人",
                    course.discussion_article,
                ),
            ),
            (
                who.person in {one.person for one in voices} or not voices,
                Reason("not_voiced", "签发人没有参加集体讨论", course.discussion_article),
            ),
        ]
    )


def _officers(case: CaseFacts) -> set[str]:
    return {one.person for one in case.officers}


def _judges(draft: Draft | None) -> set[str]:
    if draft is None:
        return set()
    return {one.person for one in draft.voices} | ({draft.review.person} if draft.review else set())
