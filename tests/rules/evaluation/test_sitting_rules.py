"""Review, scores, conclusion, signatures: one row per reason."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal as D

import pytest

from ggzy.kernel.codes import CreditCode
from ggzy.kernel.money import Money
from ggzy.kernel.verdict import Verdict
from ggzy.trading.evaluation.rules import calling, disclosure, drafting, panel, reviewing, sitting
from ggzy.trading.evaluation.rules.disclosure import Viewer
from ggzy.trading.evaluation.rules.sitting import Sitting
from ggzy.trading.evaluation.values import (
    Adjustment,
    CoefficientSet,
    Correction,
    CorrectionState,
    Criterion,
    CriterionKind,
    EvaluationState,
    Ground,
    Mark,
    Measure,
    MemberFacts,
    MemberKind,
    MemberState,
    Note,
    Outcome,
    Part,
    PriceFormula,
    Question,
    Rejection,
    Result,
    ReviewSheet,
    Sheet,
    Vacancy,
    comprehensive_scheme,
)
from ggzy.trading.tendering.values import Bidder, BidFacts, BidState, Price

AT = datetime(2026, 6, 23, 12, tzinfo=UTC)
S = EvaluationState
TECHNICAL = Criterion(
    code="t", name="技术", kind=CriterionKind.SUBJECTIVE, part=Part.TECHNICAL, weight=D(30), full=D(100)
)
RECORD = Criterion(
    code="r", name="业绩", kind=CriterionKind.OBJECTIVE, part=Part.BUSINESS, weight=D(10), full=D(10)
)
SCHEME = comprehensive_scheme(TECHNICAL, RECORD, price_weight=D(60), formula=PriceFormula(above=D(1)))


def member(seat: int, state: MemberState = MemberState.SEATED, signed: bool = False) -> MemberFacts:
    return MemberFacts(
        seat=seat, kind=MemberKind.EXPERT, state=state, specialty="A08", person=f"p{seat}",
        signed_at=AT if signed else None,
    )  # fmt: skip


MEMBERS = tuple(member(seat) for seat in range(1, 6))
BIDS = ("a", "b", "c", "d")


def opinion(*bids: str, grounds: tuple[Ground, ...] = (Ground.UNQUALIFIED,), text: str = "资质过期"):
    return tuple(Rejection(bid=bid, grounds=grounds, text=text) for bid in bids)


def now(state: S, **change) -> Sitting:
    base = Sitting(
        state=state,
        members=MEMBERS,
        seats_total=5,
        chair=1,
        bids=BIDS,
        passed=BIDS,
        reviews=tuple(ReviewSheet(seat=seat) for seat in range(1, 6)),
    )
    return replace(base, **change)


def codes(verdict: Verdict) -> list[str]:
    return [reason.code for reason in verdict.reasons]


@pytest.mark.parametrize(
    "setting, chair, reasons",
    [
        (now(S.CONVENING), 1, []),
        (now(S.REVIEWING), 1, ["stage"]),
        (now(S.CONVENING, members=MEMBERS[:4]), 1, ["seats_open"]),
        (
            now(S.CONVENING, members=(*MEMBERS[:4], member(5, MemberState.ACCEPTED))),
            5,
            ["seats_open", "chair_absent"],
        ),
    ],
)
def test_evaluation_begins_with_everybody_signed_in(setting, chair, reasons) -> None:
    assert codes(sitting.may_begin(setting, chair)) == reasons


@pytest.mark.parametrize(
    "state, rejections, reasons",
    [
        (S.REVIEWING, (), []),
        (S.REVIEWING, opinion("a"), []),
        (S.SCORING, (), ["stage"]),
        (S.REVIEWING, opinion("x"), ["bid_unknown"]),
        (S.REVIEWING, opinion("a", "a"), ["bid_twice"]),
        (S.REVIEWING, opinion("a", grounds=()), ["reason_missing"]),
        (S.REVIEWING, opinion("a", text=" "), ["reason_missing"]),
        (S.REVIEWING, opinion("a", text="字" * 2001), ["text_long"]),
        (S.REVIEWING, opinion("a", grounds=(Ground.BELOW_COST,)), ["not_asked"]),
    ],
)
def test_rejection_names_a_ground_and_a_reason(state, rejections, reasons) -> None:
    assert codes(sitting.may_review(now(state), ReviewSheet(seat=1, rejections=rejections))) == reasons


def test_below_cost_may_be_found_after_the_bidder_was_asked() -> None:
    question = Question(number=1, bid="a", text="请说明报价构成", is_about_price=True, asked_at=AT)
    sheet = ReviewSheet(seat=1, rejections=opinion("a", grounds=(Ground.BELOW_COST,)))
    assert sitting.may_review(now(S.REVIEWING, questions=(question,)), sheet).ok


def correction(state: CorrectionState) -> Correction:
    price = Price("amount", Money.yuan(100), text="100")
    return Correction(bid="a", before=price, after=price, reason="合计有误", state=state)


@pytest.mark.parametrize(
    "setting, seat, rejected, competition, reasons",
    [
        (now(S.REVIEWING), 1, (), "", []),
        (now(S.SCORING), 1, (), "", ["stage"]),
        (now(S.REVIEWING), 2, (), "", ["not_chair"]),
        (now(S.REVIEWING, members=MEMBERS[:4], reviews=()), 1, (), "", ["seats_open", "reviews_missing"]),
        (now(S.REVIEWING, above_ceiling=frozenset({"a"})), 1, (), "", ["above_ceiling"]),
        (now(S.REVIEWING, above_ceiling=frozenset({"a"})), 1, opinion("a"), "", []),
        (
            now(S.REVIEWING, corrections=(correction(CorrectionState.PROPOSED),)),
            1,
            (),
            "",
            ["correction_open"],
        ),
        (
            now(S.REVIEWING, corrections=(correction(CorrectionState.REFUSED),)),
            1,
            (),
            "",
            ["correction_refused"],
        ),
        (now(S.REVIEWING), 1, opinion("a", "b"), "", ["competition_undecided"]),
        (now(S.REVIEWING), 1, opinion("a", "b"), "仍有竞争性", []),
        (now(S.REVIEWING), 1, opinion("a", "b", "c", "d"), "", []),
    ],
)
def test_review_is_summed_up_when_all_is_answered(setting, seat, rejected, competition, reasons) -> None:
    assert codes(sitting.may_finish_review(setting, seat, rejected, competition)) == reasons


@pytest.mark.parametrize(
    "rejected, reason, reasons",
    [
        (opinion("a", "b"), "报价高度接近，明显缺乏竞争", []),
        (opinion("a"), "明显缺乏竞争", ["competition_enough"]),
        (opinion("a", "b"), "", ["reason_missing"]),
    ],
)
def test_all_bids_are_rejected_only_below_three_and_with_a_reason(rejected, reason, reasons) -> None:
    assert codes(sitting.may_reject_all(now(S.REVIEWING), 1, rejected, reason)) == reasons


@pytest.mark.parametrize("against, out", [(0, ()), (2, ()), (3, ("a",)), (5, ("a",))])
def test_majority_of_all_seats_rejects(against: int, out: tuple[str, ...]) -> None:
    reviews = tuple(
        ReviewSheet(seat=seat, rejections=opinion("a", text=f"理由{seat % 2}") if seat <= against else ())
        for seat in range(1, 6)
    )
    found = sitting.majority(now(S.REVIEWING, reviews=reviews))
    assert tuple(rejection.bid for rejection in found) == out
    if out:
        assert found[0].text == "理由1；理由0"


def sheet(
    seat: int, technical: str = "80", record: str = "8", notes: tuple[Note, ...] = (), bids=BIDS
) -> Sheet:
    marks = tuple(Mark(bid=bid, points=(D(technical), D(record))) for bid in bids)
    return Sheet(seat=seat, marks=marks, notes=notes)


NOTES = tuple(Note(bid=bid, criterion="t", text="方案不可行") for bid in BIDS)


@pytest.mark.parametrize(
    "given, others, reason, reasons",
    [
        (sheet(1), (), "", []),
        (sheet(1, bids=BIDS[:3]), (), "", ["bids_differ"]),
        (sheet(1, bids=(*BIDS, "a")), (), "", ["bids_differ"]),
        (Sheet(seat=1, marks=tuple(Mark(bid=b, points=(D(1),)) for b in BIDS)), (), "", ["criteria_differ"]),
        (sheet(1, technical="100.5"), (), "", ["out_of_range"]),
        (sheet(1, technical="-0.5"), (), "", ["out_of_range"]),
        (sheet(1, technical="80.3"), (), "", ["off_step"]),
        (sheet(1, record="7"), (sheet(2),), "", ["objective_differs"]),
        (sheet(1, technical="40"), (sheet(2), sheet(3)), "", ["outlier"] * 4),
        (sheet(1, technical="40", notes=NOTES), (sheet(2), sheet(3)), "", []),
        (sheet(1), (sheet(1), sheet(2)), "", ["change_reason"]),
        (sheet(1), (sheet(1), sheet(2)), "漏计一项", []),
    ],
)
def test_sheet_is_whole_in_range_and_agrees_where_it_must(given, others, reason, reasons) -> None:
    setting = now(S.SCORING, sheets=others)
    assert codes(sitting.may_submit_scores(setting, SCHEME, given, reason)) == reasons


def test_scores_wait_for_the_review() -> None:
    assert codes(sitting.may_submit_scores(now(S.REVIEWING), SCHEME, sheet(1), "")) == ["stage"]


def result(bid: str, rank: int) -> Result:
    return Result(bid=bid, rank=rank, total=D(90), points=(), evaluated=D(1))


RANKED = Outcome(results=tuple(result(bid, rank) for rank, bid in enumerate(BIDS, 1)))
SHEETS = tuple(sheet(seat) for seat in range(1, 6))


@pytest.mark.parametrize(
    "setting, outcome, reasons",
    [
        (now(S.SCORING, sheets=SHEETS), RANKED, []),
        (now(S.CONCLUDED, sheets=SHEETS), RANKED, ["stage"]),
        (now(S.SCORING, sheets=SHEETS, members=MEMBERS[:4]), RANKED, ["seats_open"]),
        (now(S.SCORING, sheets=SHEETS[:4]), RANKED, ["sheets_missing"]),
        (now(S.SCORING, sheets=(*SHEETS[:4], sheet(5, record="9"))), RANKED, ["objective_differs"]),
        (
            now(S.SCORING, sheets=SHEETS),
            Outcome(results=(result("a", 1), result("b", 1), result("c", 3)), ties=(("a", "b"),)),
            ["tie"],
        ),
        (
            now(S.SCORING, sheets=SHEETS),
            Outcome(results=(*RANKED.results[:3], result("d", 4), result("e", 4)), ties=(("d", "e"),)),
            [],
        ),
        (now(S.SCORING, sheets=(*SHEETS[:4], sheet(5, technical="10"))), RANKED, ["outlier"] * 4),
    ],
)
def test_outcome_stands_when_nothing_is_open(setting, outcome, reasons) -> None:
    assert codes(sitting.may_conclude(setting, SCHEME, outcome, True)) == reasons


def test_ranking_waits_for_the_drawn_coefficients() -> None:
    drawn = replace(SCHEME, coefficients=(CoefficientSet(name="k", values=(D("0.97"),)),))
    assert codes(sitting.may_rank(now(S.SCORING), drawn, 1, ())) == ["coefficients_missing"]
    assert codes(sitting.may_rank(now(S.SCORING), drawn, 1, ("k",))) == []
    assert codes(sitting.may_rank(now(S.SCORING), SCHEME, 2, ())) == ["not_chair"]


SIGNED = (member(1, signed=True), *MEMBERS[1:])


@pytest.mark.parametrize(
    "setting, seat, ground, text, reasons",
    [
        (now(S.CONCLUDED), 1, "sum", "合计有误", []),
        (now(S.SCORING), 1, "sum", "合计有误", ["stage"]),
        (now(S.CONCLUDED), 2, "sum", "合计有误", ["not_chair"]),
        (now(S.CONCLUDED, members=SIGNED), 1, "sum", "合计有误", ["signed"]),
        (now(S.CONCLUDED), 1, "wish", "招标人要求", ["ground"]),
        (now(S.CONCLUDED, passed=()), 1, "sum", "合计有误", ["all_rejected"]),
        (now(S.CONCLUDED), 1, "sum", " ", ["reason_missing"]),
    ],
)
def test_summary_is_withdrawn_only_before_the_first_signature(setting, seat, ground, text, reasons) -> None:
    assert codes(sitting.may_reopen(setting, seat, ground, text)) == reasons


@pytest.mark.parametrize(
    "setting, seat, reasons",
    [
        (now(S.CONCLUDED), 2, []),
        (now(S.SCORING), 2, ["stage"]),
        (now(S.CONCLUDED), 9, ["not_a_member"]),
        (now(S.CONCLUDED, members=SIGNED), 1, ["signed"]),
    ],
)
def test_member_signs_once(setting, seat, reasons) -> None:
    assert codes(sitting.may_sign(setting, seat)) == reasons


ALL_BUT_FIVE = tuple(member(seat, signed=seat < 5) for seat in range(1, 6))


@pytest.mark.parametrize(
    "setting, chair, seat, reasons",
    [
        (now(S.CONCLUDED, members=ALL_BUT_FIVE), 1, 5, []),
        (now(S.CONCLUDED, members=ALL_BUT_FIVE), 2, 5, ["not_chair"]),
        (now(S.CONCLUDED), 1, 1, ["own_seat", "others_open"]),
        (now(S.CONCLUDED), 1, 5, ["others_open"]),
    ],
)
def test_silence_is_recorded_last_and_by_the_chair(setting, chair, seat, reasons) -> None:
    assert codes(sitting.may_record_silence(setting, chair, seat)) == reasons


FACTORS = replace(SCHEME, adjustments=(Adjustment(code="period", name="工期", amount=D(1)),))


@pytest.mark.parametrize(
    "measures, reasons",
    [
        ([Measure(bid="a", code="period", value=D(3))], []),
        ([Measure(bid="a", code="mood", value=D(3))], ["factor_unknown"]),
        ([Measure(bid="x", code="period", value=D(3))], ["bid_unknown"]),
        ([Measure(bid="a", code="period", value=D(3))] * 2, ["measure_twice"]),
    ],
)
def test_only_factors_of_the_documents_count(measures, reasons) -> None:
    assert codes(reviewing.may_measure(now(S.REVIEWING), 1, FACTORS, measures)) == reasons


@pytest.mark.parametrize(
    "state, seat, bid, text, reasons",
    [
        (S.REVIEWING, 1, "a", "请说明", []),
        (S.CONCLUDED, 1, "a", "请说明", ["stage"]),
        (S.SCORING, 2, "a", "请说明", ["not_chair"]),
        (S.SCORING, 1, "x", "请说明", ["bid_unknown"]),
        (S.SCORING, 1, "a", " ", ["text_missing"]),
        (S.SCORING, 1, "a", "字" * 2001, ["text_long"]),
    ],
)
def test_questions_go_through_the_chair(state, seat, bid, text, reasons) -> None:
    assert codes(reviewing.may_ask(now(state), seat, bid, text)) == reasons


ASKED = Question(number=1, bid="a", text="?", is_about_price=False, asked_at=AT)


@pytest.mark.parametrize(
    "question, state, text, reasons",
    [
        (ASKED, S.REVIEWING, "说明如下", []),
        (None, S.REVIEWING, "说明如下", ["question_unknown"]),
        (replace(ASKED, answered_at=AT), S.REVIEWING, "说明如下", ["answered"]),
        (ASKED, S.CONCLUDED, "说明如下", ["stage"]),
        (ASKED, S.REVIEWING, "", ["text_missing"]),
        (ASKED, S.REVIEWING, "字" * 2001, ["text_long"]),
    ],
)
def test_bidder_answers_once(question, state, text, reasons) -> None:
    assert codes(reviewing.may_answer(question, state, text)) == reasons


def bid(price: Price) -> BidFacts:
    return BidFacts(
        bid="a", bidder=Bidder(CreditCode("x"), "某公司"), gen=1, submitted_at=AT, state=BidState.OPENED, price=price
    )  # fmt: skip


HUNDRED = Price("amount", Money.yuan(100), text="100元")
NINETY = Price("amount", Money.yuan(90), text="90元")
TEXT = Price("text", text="按定额下浮")


@pytest.mark.parametrize(
    "found, after, reason, reasons",
    [
        (bid(HUNDRED), NINETY, "单价与数量之积", []),
        (None, NINETY, "单价与数量之积", ["bid_unknown"]),
        (bid(TEXT), NINETY, "单价与数量之积", ["price_text", "price_same"]),
        (bid(HUNDRED), HUNDRED, "单价与数量之积", ["price_same"]),
        (bid(HUNDRED), NINETY, "", ["reason_missing"]),
    ],
)
def test_correction_changes_the_figure_and_says_why(found, after, reason, reasons) -> None:
    assert codes(reviewing.may_correct(now(S.REVIEWING), 1, found, after, reason)) == reasons


@pytest.mark.parametrize(
    "given, state, reasons",
    [
        (correction(CorrectionState.PROPOSED), S.REVIEWING, []),
        (None, S.REVIEWING, ["no_correction"]),
        (correction(CorrectionState.CONFIRMED), S.REVIEWING, ["answered"]),
        (correction(CorrectionState.PROPOSED), S.SCORING, ["stage"]),
    ],
)
def test_correction_is_answered_once(given, state, reasons) -> None:
    assert codes(reviewing.may_answer_correction(given, state)) == reasons


@pytest.mark.parametrize(
    "change, reasons",
    [
        ({}, []),
        ({"state": S.SCORING}, ["stage"]),
        ({"vacant": ()}, ["no_seat"]),
        ({"is_staff": False}, ["not_staff"]),
        ({"person": "p1"}, ["seated"]),
    ],
)
def test_owner_names_one_of_its_own_people(change, reasons) -> None:
    setting = {
        "state": S.CONVENING,
        "vacant": (5,),
        "is_staff": True,
        "members": MEMBERS,
        "person": "q",
    } | change
    assert codes(calling.may_name(**setting)) == reasons


def test_answers_are_given_once_and_a_refusal_says_why() -> None:
    assert codes(calling.may_answer(MemberState.CALLED, True, "")) == []
    assert codes(calling.may_answer(MemberState.CALLED, False, "")) == ["reason_missing"]
    assert codes(calling.may_answer(MemberState.SEATED, True, "")) == ["answered"]
    assert codes(calling.may_report(MemberState.CALLED, MemberState.CALLED, "三次无人接听")) == []
    assert codes(calling.may_report(MemberState.SEATED, MemberState.CALLED, "")) == [
        "state",
        "evidence_missing",
    ]


def test_sign_in_and_recusal_have_their_stage() -> None:
    assert codes(calling.may_sign_in(S.CONVENING, MemberState.ACCEPTED)) == []
    assert codes(calling.may_sign_in(S.SCORING, MemberState.CALLED)) == ["stage", "not_accepted"]
    assert codes(calling.may_recuse(S.SCORING, Vacancy.RECUSED, "曾任该公司顾问")) == []
    assert codes(calling.may_recuse(S.CONCLUDED, Vacancy.DECLINED, "")) == [
        "stage",
        "reason",
        "reason_missing",
    ]


@pytest.mark.parametrize(
    "bid_, criterion, content, reasons",
    [
        ("a", "t", "80.5", []),
        ("a", "t", "", []),
        ("a", drafting.REVIEW, "任意文字", []),
        ("x", "t", "80", ["bid_unknown"]),
        ("a", "z", "80", ["criterion_unknown"]),
        ("a", "t", "120", ["out_of_range"]),
        ("a", "t", "八十", ["out_of_range"]),
        ("a", "t", "80.2", ["off_step"]),
        ("a", drafting.REVIEW, "字" * 2001, ["text_long"]),
    ],
)
def test_draft_keeps_to_the_form(bid_, criterion, content, reasons) -> None:
    assert codes(drafting.may_save(now(S.SCORING), SCHEME, bid_, criterion, content, "")) == reasons


def test_extreme_sheets_are_found() -> None:
    best = Mark(bid="a", points=(D(100), D(10)))
    worst = tuple(Mark(bid=bid, points=(D(0), D(0))) for bid in BIDS[1:])
    sheets = (Sheet(seat=1, marks=(best, *worst)), sheet(2))
    assert panel.best_and_worst(SCHEME, sheets, False) == ((1, "a"),)


@pytest.mark.parametrize(
    "viewer, state, publicised, sees",
    [
        (Viewer.MEMBER, S.CONCLUDED, False, True),
        (Viewer.SUPERVISOR, S.SCORING, False, False),
        (Viewer.SUPERVISOR, S.CONCLUDED, False, True),
        (Viewer.OWNER, S.CONCLUDED, False, False),
        (Viewer.OWNER, S.REPORTED, False, True),
        (Viewer.OTHER, S.REPORTED, False, False),
        (Viewer.OTHER, S.REPORTED, True, True),
    ],
)
def test_report_is_seen_in_its_time(viewer, state, publicised, sees) -> None:
    assert disclosure.may_see_report(viewer, state, publicised) is sees


def test_sheets_are_seen_after_submission_by_the_supervisor_and_with_the_report_by_the_owner() -> None:
    assert disclosure.may_see_sheets(Viewer.SUPERVISOR, S.SCORING)
    assert not disclosure.may_see_sheets(Viewer.OWNER, S.SCORING)
    assert disclosure.may_see_sheets(Viewer.OWNER, S.REPORTED)
    assert not disclosure.may_see_sheets(Viewer.MEMBER, S.REPORTED)


def test_committee_is_read_with_a_reason_and_a_case() -> None:
    assert codes(disclosure.may_read_committee("核查举报线索", "线索〔2026〕3号")) == []
    assert codes(disclosure.may_read_committee("看看", "")) == ["reason_missing", "case_missing"]
    assert codes(disclosure.may_publish_committee((), AT)) == ["published", "no_committee"]


@pytest.mark.parametrize(
    "state, sitting_state, expected",
    [
        (MemberState.SEATED, S.REVIEWING, []),
        (MemberState.SEATED, S.SCORING, []),
        (MemberState.SEATED, S.CONCLUDED, []),
        (MemberState.ACCEPTED, S.REVIEWING, ["not_seated"]),
        (MemberState.SEATED, S.REPORTED, ["not_sitting"]),
        (MemberState.CALLED, S.CONVENING, ["not_seated", "not_sitting"]),
    ],
)
def test_clues_are_for_members_at_work(state, sitting_state, expected):
    assert codes(disclosure.may_read_clues(state, sitting_state)) == expected
