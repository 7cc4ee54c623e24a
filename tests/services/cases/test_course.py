"""决定程序: nobody sits in two seats · what the law asks is not skipped · what is sent back starts anew · the posts."""

from datetime import timedelta

import pytest

from ggzy.desk.management.commands import verify
from ggzy.foundation.journal import queries as journal
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.money import Money
from ggzy.kernel.verdict import Refused
from ggzy.oversight.cases import queries, rules, services
from ggzy.oversight.cases.queries import casework, deciding
from ggzy.oversight.cases.values import CaseState, Measure, MeasureKind, NewCase, Proposal
from ggzy.oversight.cases.values.deciding import PostKind
from tests.authority import Authority, staffed
from tests.world import CITY, DISTRICT, START, World

LATER = START + timedelta(days=8)
EVIDENCE = "sha256:" + "a" * 64


@pytest.fixture
def authority(world: World) -> Authority:
    return staffed(world)


def told(world: World, *kinds: MeasureKind) -> Proposal:
    firm = world.bidders[0].organisation
    known = {
        MeasureKind.WARN: Measure(MeasureKind.WARN, firm),
        MeasureKind.FINE: Measure(MeasureKind.FINE, firm, Money.yuan(60_000)),
        MeasureKind.BAN: Measure(MeasureKind.BAN, firm, None, 12),
    }
    return Proposal(
        "投标文件由同一台计算机制作", tuple(known[kind] for kind in kinds), Money.yuan(10_000_000)
    )


def notified(world: World, authority: Authority, *kinds: MeasureKind) -> tuple[str, Proposal]:
    new = NewCase("串通投标案", "线索", "collusion", (world.bidders[0].organisation,), CITY)
    code = services.open_case(authority.officer.acts(), new, at=START).subject.split("/")[1]
    services.join_case(authority.second.acts(), code, at=START)
    services.keep_evidence(authority.officer.acts(), code, EVIDENCE, "比对报告", at=START)
    services.notify(authority.officer.acts(), code, told(world, *kinds), at=START)
    return code, told(world, *kinds)


def refused(act) -> list[str]:
    with pytest.raises(Refused) as caught:
        act()
    return [reason.code for reason in caught.value.reasons]


def test_nobody_sits_in_two_seats(world: World, authority: Authority):
    """Even whoever holds every post of the authority acts in one seat of a case."""
    for player in (authority.officer, authority.reviewer, authority.head):
        for kind in PostKind:
            if kind not in deciding.held(player.person, player.organisation):
                other = authority.heads[1]
                services.appoint(other.acts(), player.person, player.organisation, kind, "98-002", at=START)
    code, decision = notified(world, authority, MeasureKind.FINE)
    services.propose(authority.officer.acts(), code, decision, ("complex",), at=LATER)
    officer, reviewer, head = (one.acts for one in (authority.officer, authority.reviewer, authority.head))
    assert refused(lambda: services.review(officer(), code, True, "同意", at=LATER)) == ["same_person"]
    assert "same_person" in refused(lambda: services.voice(officer(), code, True, "同意", at=LATER))
    assert "same_person" in refused(lambda: services.decide(officer(), code, "1号", at=LATER))
    assert "same_person" in refused(lambda: services.drop(officer(), code, "证据不足", at=LATER))
    services.review(reviewer(), code, True, "事实清楚", at=LATER)
    assert refused(lambda: services.voice(reviewer(), code, True, "同意", at=LATER)) == ["reviewed_it"]
    assert "reviewed_it" in refused(lambda: services.decide(reviewer(), code, "1号", at=LATER))
    assert refused(lambda: services.join_case(reviewer(), code, at=LATER)) == ["judged"]
    services.voice(head(), code, True, "同意", at=LATER)
    assert refused(lambda: services.voice(head(), code, True, "同意", at=LATER)) == ["voiced"]
    assert refused(lambda: services.join_case(head(), code, at=LATER)) == ["judged"]


def test_one_officer_alone_tells_and_proposes_nothing(world: World, authority: Authority):
    new = NewCase("一案", "线索", "collusion", (world.bidders[0].organisation,), CITY)
    code = services.open_case(authority.officer.acts(), new, at=START).subject.split("/")[1]
    services.keep_evidence(authority.officer.acts(), code, EVIDENCE, "比对报告", at=START)
    fine = told(world, MeasureKind.FINE)
    assert refused(lambda: services.notify(authority.officer.acts(), code, fine, at=START)) == [
        "officers_few"
    ]
    services.join_case(authority.second.acts(), code, at=START)
    services.notify(authority.second.acts(), code, fine, at=START)
    assert refused(lambda: services.notify(authority.head.acts(), code, fine, at=START)) == ["no_officer"]


def test_small_fine_is_decided_by_one_head_and_a_ban_by_more_than_half_of_them(
    world: World, authority: Authority
):
    code, decision = notified(world, authority, MeasureKind.FINE)
    services.propose(authority.officer.acts(), code, decision, (), at=LATER)
    services.decide(authority.head.acts(), code, "江建罚决〔2026〕1号", at=LATER)
    assert casework.case(code, LATER).state is CaseState.DECIDED
    code, decision = notified(world, authority, MeasureKind.BAN)
    services.propose(authority.officer.acts(), code, decision, (), at=LATER)
    for number, head in enumerate(authority.heads):
        against = ["discussion_short", "discussion_short", "outvoted"][number]
        assert refused(lambda: services.decide(authority.head.acts(), code, "2号", at=LATER))[0] == against
        services.voice(head.acts(), code, number != 1, "同意" if number != 1 else "期限过长", at=LATER)
    services.decide(authority.head.acts(), code, "江建罚决〔2026〕2号", at=LATER)
    said = casework.case(code, LATER).draft
    assert said is not None and [one.is_agreed for one in said.voices] == [True, False, True]


def test_five_people_may_ban_two_heads_of_one_mind_among_them(world: World, authority: Authority):
    """Two officers, a reviewer who presides at the hearing too, and two heads."""
    first, second, third = authority.heads
    (post,) = [one for one in deciding.posts(third.organisation) if one.person == third.person]
    services.end_post(first.acts(), post.code, "退休", at=START)
    code, decision = notified(world, authority, MeasureKind.BAN)
    services.propose(authority.officer.acts(), code, decision, ("complex",), at=LATER)
    services.review(authority.reviewer.acts(), code, True, "同意", at=LATER)
    services.voice(first.acts(), code, True, "同意", at=LATER)
    assert refused(lambda: services.decide(first.acts(), code, "1号", at=LATER)) == ["discussion_short"]
    services.voice(second.acts(), code, True, "同意", at=LATER)
    services.decide(first.acts(), code, "江建罚决〔2026〕1号", at=LATER)
    assert casework.case(code, LATER).state is CaseState.DECIDED


def test_what_a_county_cannot_decide_alone_is_opened_above(world: World, authority: Authority):
    """移送: the county's file ends with where it went; the city, whose region holds the county, opens its own."""
    code, _ = notified(world, authority, MeasureKind.BAN)
    services.transfer(authority.head.acts(), code, "云岭省住房和城乡建设厅", "负责人不足两人", at=LATER)
    assert casework.case(code, LATER).state is CaseState.TRANSFERRED
    new = NewCase("串通投标案", "下级机关移送", "collusion", (world.bidders[0].organisation,), DISTRICT)
    above = services.open_case(authority.officer.acts(), new, at=LATER).subject.split("/")[1]
    assert casework.case(above, LATER).organisation == authority.officer.organisation


def test_majority_against_and_a_failed_review_stop_the_decision(world: World, authority: Authority):
    code, decision = notified(world, authority, MeasureKind.BAN)
    services.propose(authority.officer.acts(), code, decision, ("public_interest",), at=LATER)
    head = authority.head
    assert refused(lambda: services.voice(head.acts(), code, True, "同意", at=LATER)) == ["not_reviewed"]
    services.review(authority.reviewer.acts(), code, False, "证据链不完整", at=LATER)
    assert refused(lambda: services.voice(head.acts(), code, True, "同意", at=LATER)) == ["review_failed"]
    services.send_back(authority.reviewer.acts(), code, "补充设备租赁合同", at=LATER)
    assert casework.case(code, LATER).draft is None
    services.propose(authority.second.acts(), code, decision, ("public_interest",), at=LATER)
    services.review(authority.reviewer.acts(), code, True, "已补充", at=LATER)
    for number, one in enumerate(authority.heads):
        services.voice(one.acts(), code, number == 0, "意见", at=LATER)
    assert refused(lambda: services.decide(head.acts(), code, "1号", at=LATER)) == ["outvoted"]
    kinds = [fact.kind for fact in journal.facts(subject=f"case/{code}")]
    assert kinds.count("case.proposed") == 2 and "case.returned" in kinds
    assert rules.fold(verify.facts_of(code, ("case",))) == queries.standing(code)


def test_hearing_makes_the_review_binding(world: World, authority: Authority):
    code, decision = notified(world, authority, MeasureKind.BAN)
    services.state(world.bidders[0].acts(), code, "请求听证", True, at=START)
    hearing = START + timedelta(days=14)
    services.call_hearing(authority.officer.acts(), code, hearing.date(), at=START)
    services.hold_hearing(authority.reviewer.acts(), code, "质证完毕", at=hearing)
    services.propose(authority.officer.acts(), code, decision, (), at=hearing)
    assert refused(lambda: services.voice(authority.head.acts(), code, True, "同意", at=hearing)) == [
        "not_reviewed"
    ]


def test_posts_are_given_by_a_head_to_others_of_the_authority(world: World, authority: Authority):
    here, head = authority.officer.organisation, authority.head
    kind = PostKind.REVIEWER
    for player in (authority.officer, world.inspector, world.other_supervisor, world.operator):
        with pytest.raises(Forbidden):
            services.appoint(player.acts(), authority.second.person, here, kind, "98-3", at=START)
    assert refused(lambda: services.appoint(head.acts(), head.person, here, kind, "98-3", at=START)) == [
        "own_post"
    ]
    assert refused(
        lambda: services.appoint(head.acts(), world.other_supervisor.person, here, kind, " ", at=START)
    ) == ["no_member", "paper_missing"]
    (post,) = [one for one in deciding.posts(here) if one.person == authority.reviewer.person]
    assert rules.fold(verify.facts_of(post.code, ("post",))) == queries.standing(post.code)
    services.end_post(head.acts(), post.code, "调离", at=START)
    assert PostKind.REVIEWER not in deciding.held(authority.reviewer.person, here)
    with pytest.raises(Missing):
        services.end_post(head.acts(), post.code, "调离", at=START)


def test_posts_of_another_authority_count_for_nothing(world: World, authority: Authority):
    there = world.other_supervisor
    notified(world, authority, MeasureKind.FINE)
    seats = deciding.seats(there.acts(), queries.cases(CITY, START)[0])
    assert seats.posts == frozenset()
