"""Scores, coefficients, replacements, ties: the parts of an evaluation that the lowest price does not need."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.kernel import canon, digest, events
from ggzy.kernel import draw as lottery
from ggzy.kernel.errors import Conflict, Missing
from ggzy.kernel.verdict import Refused
from ggzy.trading.evaluation import queries, rules, services, timers
from ggzy.trading.evaluation.values import (
    DrawState,
    EvaluationState,
    Exclusion,
    Ground,
    Mark,
    Note,
    Purpose,
    Rejection,
    Vacancy,
)
from ggzy.trading.tendering import queries as tendering
from ggzy.trading.tendering.values import Price, TenderState
from tests.services.evaluation import room as rooms


@pytest.fixture(scope="module")
def comprehensive(django_db_setup, django_db_blocker):
    with rooms.stage(django_db_blocker):
        yield rooms.opened(rooms.COMPREHENSIVE)


@pytest.fixture
def room(comprehensive, db):
    with comprehensive.clock():
        yield comprehensive


def facts(room, kind: str) -> list:
    found = [*journal.facts(prefix=f"lot/{room.code}", kinds=[kind])]
    return [fact.event for fact in [*found, *journal.facts(prefix=f"draw/{room.code}", kinds=[kind])]]


def folds(room) -> bool:
    told: list[Any] = [*journal.facts(prefix=f"lot/{room.code}"), *journal.facts(prefix=f"draw/{room.code}")]
    told.sort(key=lambda fact: fact.height)
    return rules.fold(told) == queries.standing(room.code)


def test_scores_decide_and_the_sum_is_the_platforms(room) -> None:
    room.pass_review()
    bids = room.bids()
    room.score({bids[1]: "100", bids[2]: "80"})
    services.conclude(room.member(1), room.code, at=room.at)
    room.sign()
    report = queries.report(room.code)
    assert report is not None and report.benchmark is not None
    assert report.benchmark.mean == Decimal("19175000")
    first = report.lines[0]
    assert first.bid == bids[1] and first.points[1:] == (Decimal("100.00"), Decimal("80.00"))
    assert first.total == Decimal("97.22")
    assert folds(room)


def test_anyone_can_draw_again_from_the_public_facts(room) -> None:
    draw = room.request()
    room.drawn(draw)
    (closed,) = facts(room, "commits.closed")
    (drawn,) = facts(room, "committee.drawn")
    heights = [f.height for f in journal.facts(prefix=f"draw/{room.code}", kinds=["commits.closed"])]
    nonces = {fact.party: fact.nonce for fact in facts(room, "nonce.revealed")}
    committed = facts(room, "draw.committed")

    (requested,) = facts(room, "draw.requested")
    seed = lottery.seed(
        request=digest.function("sha256")(canon.dumps(events.body(requested))),
        pool=bytes.fromhex(closed.pool_root),
        excluded=bytes.fromhex(closed.excluded_root),
        head=journal.entry(heights[0]).chain,
        nonces=nonces,
    )
    assert seed == drawn.seed
    again = [
        leaf for fact in committed for leaf in lottery.draw(fact.leaves, _wanted(requested, fact.group), seed)
    ]
    assert again == [seat.leaf for seat in drawn.drawn]
    assert lottery.root([leaf for fact in committed for leaf in fact.leaves]).hex() == closed.pool_root


def _wanted(requested, group: str) -> int:
    return next(seat.count for seat in requested.seats if seat.specialty == group)


def test_experts_of_bidder_agency_and_owner_stay_out(room) -> None:
    room.request()
    found = queries.draw(room.code, Purpose.COMMITTEE)
    assert found is not None
    reasons = {item.reason for group in found.groups for item in group.excluded}
    assert reasons == {Exclusion.EMPLOYER_BIDDER, Exclusion.EMPLOYER_AGENCY, Exclusion.EMPLOYER_OWNER}
    assert [(g.group, g.wanted, g.pool) for g in found.groups] == [("A0801", 3, 9), ("A0802", 1, 4)]


def test_bidder_may_join_the_givers(room) -> None:
    draw = room.request()
    givers = room.givers() | {f"bidder:{rooms.firm_code(room, 0)}": room.bidder(0)}
    room.commit(draw, givers)
    services.close_commits(room.operator(), room.code, draw, at=room.at)
    room.reveal(draw)
    with pytest.raises(Refused) as refusal:
        services.draw(room.operator(), room.code, draw, at=room.at)
    assert rooms.codes(refusal) == ["nonces_missing"]
    party = f"bidder:{rooms.firm_code(room, 0)}"
    room.reveal(draw, givers={party: room.bidder(0)})
    services.draw(room.operator(), room.code, draw, at=room.at)


def test_silent_giver_ends_the_draw_by_name_and_a_new_one_begins(room) -> None:
    draw = room.request()
    room.commit(draw)
    services.close_commits(room.operator(), room.code, draw, at=room.at)
    room.reveal(draw, givers={"centre": room.operator(), "owner": room.agency()})
    assert list(timers.due(room.at)) == []
    with room.clock(timedelta(minutes=31)):
        (move,) = timers.due(room.at)
        move()
        assert [(m.party, m.turn) for m in facts(room, "reveal.missed")] == [("supervisor", 0)]
        found = queries.draw(room.code, Purpose.COMMITTEE)
        assert found is not None and found.state is DrawState.ABANDONED
        second = room.request()
        assert second != draw
        room.drawn(second)
        assert facts(room, "draw.requested")[1].previous == draw
        assert folds(room)


def test_late_nonce_is_refused(room) -> None:
    draw = room.request()
    room.commit(draw)
    services.close_commits(room.operator(), room.code, draw, at=room.at)
    with room.clock(timedelta(minutes=31)), pytest.raises(Refused) as refusal:
        room.reveal(draw)
    assert rooms.codes(refusal) == ["reveal_late"]


def test_declining_expert_is_replaced_with_fresh_nonces(room) -> None:
    draw = room.request()
    room.drawn(draw)
    before = room.member(1).person
    services.answer_call(room.member(1), room.code, False, "当日有手术安排", at=room.at)
    services.report_unreached(room.operator(), room.code, 2, "三次呼叫无人接听", at=room.at)
    found = queries.draw(room.code, Purpose.COMMITTEE)
    assert found is not None and (found.state, found.turn) == (DrawState.REVEALING, 1)
    room.redraw(draw, 1)
    (replaced,) = facts(room, "member.replaced")
    assert [seat.seat for seat in replaced.drawn] == [1, 2]
    assert room.member(1).person != before
    assert {fact.turn for fact in facts(room, "nonce.revealed")} == {0, 1}
    assert folds(room)


def test_member_who_leaves_while_scoring_is_replaced_and_all_review_again(room) -> None:
    room.pass_review()
    services.submit_scores(room.member(3), room.code, room.marks(), at=room.at)
    services.recuse(room.member(3), room.code, "发现与投标人存在利害关系", at=room.at)
    now = queries.sitting(room.code)
    assert now is not None and now.state is EvaluationState.REVIEWING
    assert [sheet.seat for sheet in now.sheets] == []
    room.redraw(room.draw_id(), 1)
    room.take_seats()
    with pytest.raises(Refused) as refusal:
        services.finish_review(room.member(1), room.code, at=room.at)
    assert rooms.codes(refusal) == ["reviews_missing"]
    services.submit_review(room.member(3), room.code, at=room.at)
    services.finish_review(room.member(1), room.code, at=room.at)
    room.score()
    services.conclude(room.member(1), room.code, at=room.at)
    room.sign()
    assert folds(room)


def test_outlier_needs_a_reason_and_then_stands(room) -> None:
    room.pass_review()
    for seat in (1, 2):
        services.submit_scores(room.member(seat), room.code, room.marks(), at=room.at)
    bid = room.bids()[0]
    low = room.marks({bid: "40"})
    with pytest.raises(Refused) as refusal:
        services.submit_scores(room.member(3), room.code, low, at=room.at)
    assert rooms.codes(refusal) == ["outlier"]
    notes = (Note(bid=bid, criterion="technical", text="关键工序缺失"),)
    services.submit_scores(room.member(3), room.code, low, notes, at=room.at)
    assert facts(room, "scores.submitted")[-1].notes == notes


def test_objective_points_must_be_equal(room) -> None:
    room.pass_review()
    services.submit_scores(room.member(1), room.code, room.marks(record="80"), at=room.at)
    with pytest.raises(Refused) as refusal:
        services.submit_scores(room.member(2), room.code, room.marks(record="70"), at=room.at)
    assert rooms.codes(refusal) == ["objective_differs"]


def test_second_sheet_needs_a_reason_and_replaces_the_first(room) -> None:
    room.pass_review()
    room.score()
    with pytest.raises(Refused) as refusal:
        services.submit_scores(room.member(1), room.code, room.marks(), at=room.at)
    assert rooms.codes(refusal) == ["change_reason"]
    services.submit_scores(room.member(1), room.code, room.marks(), reason="漏看附件", at=room.at)
    assert [fact.gen for fact in facts(room, "scores.submitted") if fact.seat == 1] == [1, 2]
    assert folds(room)


def test_majority_rejects_with_ground_and_words(room) -> None:
    room.begin()
    bid = room.bids()[0]
    room.review((Rejection(bid=bid, grounds=(Ground.UNQUALIFIED,), text="资质证书已过期"),), against=3)
    services.finish_review(room.member(1), room.code, at=room.at)
    room.score()
    services.conclude(room.member(1), room.code, at=room.at)
    room.sign()
    report = queries.report(room.code)
    assert report is not None
    assert [(r.bid, r.grounds, r.text) for r in report.rejected] == [
        (bid, (Ground.UNQUALIFIED,), "资质证书已过期")
    ]
    assert bid not in {line.bid for line in report.lines}


def test_minority_does_not_reject(room) -> None:
    room.begin()
    bid = room.bids()[0]
    room.review((Rejection(bid=bid, grounds=(Ground.UNQUALIFIED,), text="存疑"),), against=2)
    services.finish_review(room.member(1), room.code, at=room.at)
    now = queries.sitting(room.code)
    assert now is not None and bid in now.passed


def test_price_is_corrected_when_the_bidder_confirms(room) -> None:
    room.begin()
    bid, after = room.bids()[0], rooms.amount("18900000")

    price = Price("amount", after.amount, text="18900000元")
    services.correct_price(room.member(1), room.code, bid, price, "分项合计多计 10 万元", at=room.at)
    room.review()
    with pytest.raises(Refused) as refusal:
        services.finish_review(room.member(1), room.code, at=room.at)
    assert rooms.codes(refusal) == ["correction_open"]
    services.answer_correction(room.bidder(0), room.code, True, at=room.at)
    services.finish_review(room.member(1), room.code, at=room.at)
    room.score()
    services.conclude(room.member(1), room.code, at=room.at)
    report = queries.report(room.code)
    assert report is not None
    assert next(line for line in report.lines if line.bid == bid).price == price
    assert folds(room)


def test_below_cost_is_found_only_after_the_bidder_was_asked(room) -> None:
    room.begin()
    bid = room.bids()[2]
    opinion = (Rejection(bid=bid, grounds=(Ground.BELOW_COST,), text="不能说明成本构成"),)
    with pytest.raises(Refused) as refusal:
        services.submit_review(room.member(1), room.code, opinion, at=room.at)
    assert rooms.codes(refusal) == ["not_asked"]
    services.ask_bidder(room.member(1), room.code, bid, "请说明报价构成", True, at=room.at)
    services.answer_question(room.bidder(2), room.code, 1, "附成本分析表", at=room.at)
    services.submit_review(room.member(1), room.code, opinion, at=room.at)
    with pytest.raises(Refused):
        services.answer_question(room.bidder(0), room.code, 1, "不是问我的", at=room.at)


def test_all_bids_rejected_fails_the_tender_on_the_last_signature(room) -> None:
    room.begin()
    opinion = tuple(
        Rejection(bid=bid, grounds=(Ground.UNRESPONSIVE,), text="未响应工期要求") for bid in room.bids()
    )
    room.review(opinion)
    services.finish_review(room.member(1), room.code, at=room.at)
    room.sign()
    report = queries.report(room.code)
    assert report is not None and report.all_rejected and report.candidates == ()

    assert tendering.tender(room.code).state is TenderState.FAILED
    assert folds(room)


def test_two_valid_bids_are_decided_by_the_committee(room) -> None:
    room.begin()
    opinion = tuple(
        Rejection(bid=bid, grounds=(Ground.UNQUALIFIED,), text="资质不符") for bid in room.bids()[:2]
    )
    room.review(opinion)
    with pytest.raises(Refused) as refusal:
        services.finish_review(room.member(1), room.code, at=room.at)
    assert rooms.codes(refusal) == ["competition_undecided"]
    services.reject_all(room.member(1), room.code, "两家报价几乎相同，明显缺乏竞争", at=room.at)
    room.sign()
    report = queries.report(room.code)
    assert report is not None and report.all_rejected and report.competition


def test_dissent_is_kept_and_silence_counts_as_consent(room) -> None:
    room.pass_review()
    room.score()
    services.conclude(room.member(1), room.code, at=room.at)
    services.sign_report(room.member(2), room.code, "第三名工期过短", at=room.at)
    room.sign((1, 3, 4))
    services.record_silence(room.member(1), room.code, 5, at=room.at)
    report = queries.report(room.code)
    assert report is not None and report.state is EvaluationState.REPORTED
    assert [(d.seat, d.text) for d in report.dissents] == [(2, "第三名工期过短")]
    assert [fact.is_silent for fact in facts(room, "report.signed") if fact.seat == 5] == [True]


def test_summary_is_withdrawn_before_the_first_signature(room) -> None:
    room.pass_review()
    room.score()
    services.conclude(room.member(1), room.code, at=room.at)
    services.reopen(room.member(1), room.code, "sum", "合计核对有误", at=room.at)
    services.conclude(room.member(1), room.code, at=room.at)
    services.sign_report(room.member(1), room.code, at=room.at)
    with pytest.raises(Refused) as refusal:
        services.reopen(room.member(1), room.code, "sum", "再看一遍", at=room.at)
    assert rooms.codes(refusal) == ["signed"]


def test_strangers_meet_a_closed_door(room) -> None:
    room.pass_review()
    outsider = next(
        a for p, a in room.experts.items() if p not in {room.member(s).person for s in room.seats()}
    )
    with pytest.raises(Missing):
        services.submit_scores(replace(outsider, request="outsider"), room.code, (), at=room.at)
    with pytest.raises(Missing):
        services.name_representative(
            replace(room.owner(), organisation=rooms.firm_code(room, 0)), room.code, "x", at=room.at
        )


def test_same_form_twice_is_one_act(room) -> None:
    room.pass_review()
    member, marks = room.member(1), room.marks()
    first = services.submit_scores(member, room.code, marks, at=room.at)
    again = services.submit_scores(member, room.code, marks, at=room.at)
    assert first.height == again.height
    with pytest.raises(Conflict):
        services.submit_scores(member, room.code, room.marks({room.bids()[0]: "91"}), at=room.at)


def test_supervisor_reads_the_names_after_the_journal_has_the_reason(room) -> None:
    room.seat()
    with pytest.raises(Refused):
        services.read_committee(room.supervisor(), room.code, "", "", at=room.at)
    actor = room.supervisor()
    receipt = services.read_committee(actor, room.code, "核查举报线索", "线索〔2026〕3号", at=room.at)
    members = queries.committee_read(actor, room.code, receipt.height, room.at)
    assert len(members) == 5 and all(member.name for member in members)
    with pytest.raises(Missing):
        queries.committee_read(room.operator(), room.code, receipt.height, room.at)
    with pytest.raises(Missing):
        queries.committee_read(actor, room.code, receipt.height, room.at + timedelta(minutes=16))


def test_published_names_finish_the_check_of_the_draw(room) -> None:
    room.pass_review()
    room.score()
    services.conclude(room.member(1), room.code, at=room.at)
    room.sign()
    services.publish_committee(room.agency(), room.code, at=room.at)

    for member in queries.committee(room.code):
        if member.expert:
            payload = {
                "id": str(member.expert), "specialty": member.specialty,
                "employer": member.employer, "region": str(member.region),
            }  # fmt: skip
            assert lottery.leaf(member.salt, canon.dumps(payload)) == member.leaf
    assert folds(room)


def test_drafts_are_the_members_own_and_leave_no_fact(room) -> None:
    room.pass_review()
    height = journal.head()
    bid = room.bids()[0]
    services.save_draft(room.member(2), room.code, bid, "technical", "88.5", "结构完整", at=room.at)
    assert queries.drafts(room.code, room.member(2).person) == {(bid, "technical"): ("88.5", "结构完整")}
    assert queries.drafts(room.code, room.member(3).person) == {}
    assert journal.head() == height
    with pytest.raises(Refused):
        services.save_draft(room.member(2), room.code, bid, "technical", "101", at=room.at)


def test_member_may_leave_before_the_evaluation_begins(room) -> None:
    draw = room.request()
    room.drawn(draw)
    services.answer_call(room.member(1), room.code, True, at=room.at)
    services.report_absent(room.operator(), room.code, 1, "开评后 30 分钟未到", at=room.at)
    room.redraw(draw, 1)
    services.answer_call(room.member(1), room.code, True, at=room.at)
    services.sign_in(room.member(1), room.code, at=room.at)
    services.recuse(room.member(1), room.code, "身体不适", Vacancy.UNFIT, at=room.at)
    room.redraw(draw, 2)
    assert folds(room)


def test_used_up_pool_is_abandoned_and_asked_for_again(room) -> None:
    draw = room.request()
    room.drawn(draw)
    services.answer_call(room.member(2), room.code, False, "出差", at=room.at)
    services.abandon_draw(room.operator(), room.code, draw, "改由省级库抽取", at=room.at)
    second = room.request()
    found = queries.draw(room.code, Purpose.COMMITTEE)
    assert found is not None and [(g.group, g.wanted) for g in found.groups] == [("A0801", 1)]
    room.drawn(second)
    assert len(room.seats()) == 4
    assert folds(room)


def test_marks_are_points(room) -> None:
    room.pass_review()
    wrong = tuple(Mark(bid=bid, points=(Decimal("90.3"), Decimal(80))) for bid in room.bids())
    with pytest.raises(Refused) as refusal:
        services.submit_scores(room.member(1), room.code, wrong, at=room.at)
    assert rooms.codes(refusal) == ["off_step"]
