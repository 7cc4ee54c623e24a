"""决定程序的规则: one table a rule, one row a reason."""

from dataclasses import replace

import pytest

from ggzy.kernel.money import Money
from ggzy.oversight.cases.queries import deciding as law
from ggzy.oversight.cases.rules import deciding as rules
from ggzy.oversight.cases.values.casework import (
    CaseState,
    Draft,
    Measure,
    MeasureKind,
    Officer,
    Opinion,
    Proposal,
)
from ggzy.oversight.cases.values.deciding import PostKind, Seats
from tests.rules.cases.setting import AT, BAN, BASE, FINE, MONTHS, STATED, TOLD, WARN, codes, notified

COURSE = law.course()
TWO = (Officer("a", "赵", AT), Officer("b", "钱", AT))
SMALL = Proposal("串通投标", (FINE,), BASE)
YES, NO = Opinion("r", "孙", True, "同意", AT), Opinion("r", "孙", False, "不同意", AT)


def voices(*agreed: bool) -> tuple[Opinion, ...]:
    return tuple(Opinion(f"h{number}", "李", one, "意见", AT) for number, one in enumerate(agreed))


def waiting(decision=SMALL, grounds=(), review=None, said=(), **changes):
    draft = Draft(decision, grounds, "a", "赵", AT, review, said)
    return notified(**({"parties": STATED, "officers": TWO, "draft": draft} | changes))


def test_course_cites_the_law():
    assert COURSE.officers_least == 2 and COURSE.officers_article == "行政处罚法 §42"
    assert [one.code for one in COURSE.conditions] == ["public_interest", "heard", "complex", "by_law"]
    assert (COURSE.review_article, COURSE.head_article) == ("行政处罚法 §58", "行政处罚法 §57")


@pytest.mark.parametrize(
    "posts, paper, serves, person, expected",
    [
        ((), "98-1", True, "p", []),
        ((), "98-1", False, "p", ["no_member"]),
        ((), "98-1", True, "me", ["own_post"]),
        ((PostKind.HEAD,), "98-1", True, "p", ["already_held"]),
        ((), " ", True, "p", ["paper_missing"]),
        ((), "证" * 101, True, "p", ["paper_too_long"]),
    ],
)
def test_who_is_appointed(posts, paper, serves, person, expected):
    assert codes(rules.may_appoint("me", person, posts, PostKind.HEAD, paper, serves=serves)) == expected


@pytest.mark.parametrize(
    "found, who, expected",
    [
        (notified(officers=TWO[:1]), Seats("b", {PostKind.OFFICER}), []),
        (notified(state=CaseState.CLOSED), Seats("b", {PostKind.OFFICER}), ["over"]),
        (notified(), Seats("b", {PostKind.HEAD}), ["no_post"]),
        (notified(officers=TWO), Seats("b", {PostKind.OFFICER}), ["joined"]),
        (waiting(review=YES), Seats("r", {PostKind.OFFICER}), ["judged"]),
        (waiting(said=voices(True)), Seats("h0", {PostKind.OFFICER}), ["judged"]),
    ],
)
def test_who_joins(found, who, expected):
    assert codes(rules.may_join(found, who, COURSE)) == expected


@pytest.mark.parametrize(
    "found, person, expected",
    [
        (notified(parties=STATED, officers=TWO), "a", []),
        (notified(parties=STATED, officers=TWO), "c", ["no_officer"]),
        (notified(parties=STATED, officers=TWO[:1]), "a", ["officers_few"]),
        (waiting(), "a", ["proposed"]),
        (notified(officers=TWO), "a", ["being_heard"]),
    ],
)
def test_who_proposes(found, person, expected):
    assert codes(rules.may_propose(found, Seats(person, ()), TOLD, MONTHS, COURSE, AT)) == expected


@pytest.mark.parametrize(
    "found, expected",
    [
        (waiting(), []),
        (waiting(grounds=("complex", "by_law")), ["complex", "by_law"]),
        (waiting(hearing_text="质证完毕"), ["heard"]),
        (notified(), []),
    ],
)
def test_what_is_reviewed(found, expected):
    assert [one.code for one in rules.reviewed_for(found, COURSE)] == expected


@pytest.mark.parametrize(
    "measures, grounds, expected",
    [
        ((WARN,), (), False),
        ((FINE,), (), False),
        ((replace(FINE, amount=Money.yuan("99999.99")),), (), False),
        ((replace(FINE, amount=Money.yuan(100_000)),), (), True),
        ((BAN,), (), True),
        ((FINE,), ("complex",), True),
        ((FINE,), ("public_interest",), False),
        ((Measure(MeasureKind.RETENDER),), (), False),
    ],
)
def test_what_is_discussed(measures, grounds, expected):
    assert rules.is_discussed(waiting(Proposal("事实", measures, BASE), grounds), COURSE) is expected


@pytest.mark.parametrize(
    "found, who, text, expected",
    [
        (waiting(), Seats("r", {PostKind.REVIEWER}), "同意", []),
        (notified(), Seats("r", {PostKind.REVIEWER}), "同意", ["no_draft"]),
        (waiting(), Seats("r", {PostKind.HEAD}), "同意", ["no_post"]),
        (waiting(), Seats("b", {PostKind.REVIEWER}), "同意", ["same_person"]),
        (waiting(review=YES), Seats("q", {PostKind.REVIEWER}), "同意", ["reviewed"]),
        (waiting(), Seats("r", {PostKind.REVIEWER}), "", ["text_missing"]),
    ],
)
def test_who_reviews(found, who, text, expected):
    assert codes(rules.may_review(found, who, text, COURSE)) == expected


HEAD = Seats("h0", {PostKind.HEAD})
BANNED = Proposal("串通投标", (BAN,), BASE)


@pytest.mark.parametrize("heads, least", [(0, 2), (1, 2), (2, 2), (3, 2), (4, 3), (5, 3), (6, 4)])
def test_more_than_half_of_the_heads_discuss_and_never_one_alone(heads, least):
    assert rules.quorum(COURSE, heads) == least


def test_an_authority_with_one_head_is_told_who_can_decide():
    verdict = rules.may_decide(waiting(BANNED), replace(HEAD, heads=1), "1号", MONTHS, COURSE, AT)
    assert "移送上一级机关" in verdict.reasons[0].remedy


@pytest.mark.parametrize(
    "found, who, document, expected",
    [
        (waiting(), HEAD, "1号", []),
        (notified(parties=STATED, officers=TWO), HEAD, "1号", ["no_draft"]),
        (waiting(), Seats("h0", {PostKind.OFFICER}), "1号", ["no_post"]),
        (waiting(), Seats("a", {PostKind.HEAD}), "1号", ["same_person"]),
        (waiting(review=YES), Seats("r", {PostKind.HEAD}), "1号", ["reviewed_it"]),
        (waiting(), HEAD, "", ["document_missing"]),
        (waiting(grounds=("by_law",)), HEAD, "1号", ["not_reviewed"]),
        (waiting(grounds=("by_law",), review=YES), HEAD, "1号", []),
        (waiting(review=NO), HEAD, "1号", ["review_failed"]),
        (waiting(BANNED), HEAD, "1号", ["discussion_short"]),
        (waiting(BANNED, said=voices(True)), replace(HEAD, heads=1), "1号", ["discussion_short"]),
        (waiting(BANNED, said=voices(True, True)), replace(HEAD, heads=2), "1号", []),
        (waiting(BANNED, said=voices(True, False)), replace(HEAD, heads=2), "1号", ["outvoted"]),
        (waiting(BANNED, said=voices(True, True)), replace(HEAD, heads=3), "1号", []),
        (waiting(BANNED, said=voices(True, True)), replace(HEAD, heads=4), "1号", ["discussion_short"]),
        (waiting(BANNED, said=voices(True, True, False)), replace(HEAD, heads=4), "1号", []),
        (waiting(BANNED, said=voices(True, False, True, False)), HEAD, "1号", ["outvoted"]),
        (waiting(BANNED, said=voices(True, True, True)), Seats("h9", {PostKind.HEAD}), "1号", ["not_voiced"]),
        (waiting(officers=TWO[:1]), HEAD, "1号", ["officers_few"]),
    ],
)
def test_who_decides(found, who, document, expected):
    assert codes(rules.may_decide(found, who, document, MONTHS, COURSE, AT)) == expected


@pytest.mark.parametrize(
    "found, who, reason, expected",
    [
        (waiting(), Seats("a", ()), "补证", []),
        (waiting(), HEAD, "补证", []),
        (waiting(), Seats("x", {PostKind.OFFICER}), "补证", ["no_seat"]),
        (notified(), HEAD, "补证", ["no_draft"]),
        (waiting(), HEAD, " ", ["reason_missing"]),
    ],
)
def test_who_sends_back(found, who, reason, expected):
    assert codes(rules.may_return(found, who, reason, COURSE)) == expected


@pytest.mark.parametrize(
    "found, who, reason, expected",
    [
        (notified(officers=TWO), HEAD, "证据不足", []),
        (notified(officers=TWO), Seats("a", {PostKind.HEAD}), "证据不足", ["same_person"]),
        (notified(officers=TWO), Seats("x", {PostKind.OFFICER}), "证据不足", ["no_post"]),
        (notified(state=CaseState.DECIDED), HEAD, "证据不足", ["not_open"]),
        (notified(), HEAD, "", ["reason_missing"]),
    ],
)
def test_who_drops_and_transfers(found, who, reason, expected):
    assert codes(rules.may_end(found, who, reason, COURSE)) == expected


def test_who_presides_at_a_hearing():
    assert codes(rules.may_preside(notified(officers=TWO), "a")) == ["presides"]
    assert rules.may_preside(notified(officers=TWO), "c").ok
