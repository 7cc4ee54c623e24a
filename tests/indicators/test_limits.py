"""程序指标 that count down: nothing long before, a notice near the end, a finding after it, and peace when kept."""

import inspect
import sys
from datetime import date, timedelta
from typing import Any

import pytest

from ggzy.kernel.instants import end_of_day
from ggzy.oversight.alerts.indicators import (
    complaint_undecided,
    contract_late,
    models,
    notice_missing,
    objection_unanswered,
    order_unanswered,
    publicity_irregular,
    refund_late,
    report_late,
)
from ggzy.oversight.alerts.rules import looking
from ggzy.oversight.alerts.values import Grade
from ggzy.trading.dossier.values.disputes import Complaint, Objection, Ordered
from ggzy.trading.dossier.values.record import NoticeTold, Span
from ggzy.trading.dossier.values.stages import Contract, Deposits, Evaluation, Publicity, Released
from tests.indicators.market import award, inspected, party, yuan
from tests.indicators.procedure import DAY, START, lot, opening, terms

SECOND = timedelta(seconds=1)


def _award(**changes):
    return award(1, at=START, letter_at=START, letter_height=80, **changes)


def _contract(signed_at):
    return Contract(
        at=signed_at,
        height=90,
        number="1",
        amount=yuan(1_000_000),
        price="",
        security=yuan(0),
        signed_at=signed_at,
    )


def _objection(**changes):
    return Objection(
        at=START, height=20, objection="O1", stage="document", due_on=date(2026, 6, 4), **changes
    )


def _complaint(**changes):
    fields: dict[str, Any] = {
        "at": START,
        "height": 20,
        "complaint": "T1",
        "regime": "tender",
        "stage": "result",
    }
    return Complaint(**fields | {"accept_by": date(2026, 6, 4)} | changes)


def _ordered(**changes):
    fields: dict[str, Any] = {"at": START, "height": 80, "order": "C1-O1", "kind": "correct"}
    return Ordered(**fields | {"until": date(2026, 6, 16)} | changes)


def _released(**changes):
    back = Released(
        at=START, height=70, party=party(1), principal=yuan(50_000), reason="合同已订立",
        article="招标投标法实施条例 §57", due_on=date(2026, 6, 8), **changes,
    )  # fmt: skip
    return Deposits(at=START, height=11, required=yuan(50_000), released=(back,))


# What is open, when its limit ends, and the same done at a moment.
CASES = {
    "P10": (contract_late, lambda: lot(award=_award()), end_of_day(date(2026, 7, 1)),
            lambda at: lot(award=_award(), contract=_contract(at))),
    "P11": (refund_late, lambda: lot(deposits=_released()), end_of_day(date(2026, 6, 8)),
            lambda at: lot(deposits=_released(returned_at=at))),
    "P13": (objection_unanswered, lambda: lot(objections=(_objection(),)), end_of_day(date(2026, 6, 4)),
            lambda at: lot(objections=(_objection(answered_at=at),))),
    "P17": (report_late, lambda: lot(award=_award()), end_of_day(date(2026, 6, 16)),
            lambda at: lot(award=_award(reported_at=at))),
    "P18": (complaint_undecided, lambda: lot(complaints=(_complaint(),)), end_of_day(date(2026, 6, 4)),
            lambda at: lot(complaints=(_complaint(accepted_at=at),))),
    "P19": (order_unanswered, lambda: lot(ordered=(_ordered(),)), end_of_day(date(2026, 6, 16)),
            lambda at: lot(ordered=(_ordered(answered_at=at),))),
}  # fmt: skip


@pytest.mark.parametrize("code", CASES)
def test_a_limit_counts_down_breaks_and_may_be_kept(code):
    model, still_open, ends, done = CASES[code]
    (near,) = inspected(model, still_open(), ends - SECOND)
    assert near.due == ends
    (broken,) = inspected(model, still_open(), ends)
    assert broken.due is None and broken.key == near.key
    assert inspected(model, done(ends - SECOND), ends + DAY) == []
    (late,) = inspected(model, done(ends + DAY), ends + 2 * DAY)
    assert late.due is None and "2 日" in late.sentence


@pytest.mark.parametrize("code", CASES)
def test_a_countdown_is_shown_from_its_lead_on(code):
    model, still_open, ends, _ = CASES[code]
    known, record = models()[code], still_open()
    lead = known.indicator.lead
    before = looking.look(known, record, {}, ends - lead - SECOND)
    assert (before.found, before.again) == ((), ends - lead)
    shown = looking.look(known, record, {}, ends - lead)
    assert [found.is_countdown for found in shown.found] == [True]
    assert shown.again == ends
    after = looking.look(known, record, {}, ends)
    assert [found.is_countdown for found in after.found] == [False]
    assert after.again is None
    assert model.INDICATOR is known.indicator


def test_time_that_stood_still_moves_a_limit():
    record = lot(award=_award(), stills=(Span(cause="brake", since=START + DAY, until=START + 11 * DAY),))
    (near,) = inspected(report_late, record, START + 20 * DAY)
    assert near.due == end_of_day(date(2026, 6, 26))


def test_while_the_clock_stands_no_limit_arrives():
    record = lot(award=_award(), stills=(Span(cause="brake", since=START + DAY),))
    (near,) = inspected(report_late, record, START + 300 * DAY)
    assert near.due is not None and near.due > START + 300 * DAY


@pytest.mark.parametrize(
    "days, start, found",
    [(4, 1, []), (3, 1, []), (2, 1, ["short"]), (4, 6, ["start"]), (5, 3, [])],
)
def test_candidates_are_shown_in_time_and_long_enough(days, start, found):
    """A report of Monday: shown until Thursday at the latest, whole days after the first."""
    since = START + start * DAY
    shown = Publicity(at=since, height=70, since=since, until=since + days * DAY, is_late=False)
    reported = Evaluation(at=START, height=60, reported_at=START, reported_height=61)
    record = lot(evaluation=reported, publicity=shown)
    got = [finding.key for finding in inspected(publicity_irregular, record, since + DAY)]
    assert got == found


@pytest.mark.parametrize(
    "until, grades",
    [
        (timedelta(days=3) - SECOND, [Grade.RED]),  # less than three times twenty-four hours
        (timedelta(days=3), [Grade.YELLOW]),  # three days, to a Saturday that was not moved
        (timedelta(days=5), []),  # to the Monday after
    ],
)
def test_a_day_off_that_was_not_moved_is_less_grave_than_days_not_given(until, grades):
    wednesday = START + 2 * DAY
    shown = Publicity(at=wednesday, height=70, since=wednesday, until=wednesday + until, is_late=False)
    found = inspected(publicity_irregular, lot(publicity=shown), wednesday + 6 * DAY)
    assert [one.grade or publicity_irregular.INDICATOR.grade for one in found] == grades
    assert [("应顺延至 6月8日" in one.sentence) for one in found] == [one is Grade.YELLOW for one in grades]


def test_an_objection_nobody_answered_turns_red_when_the_process_goes_on():
    later = START + 10 * DAY
    record = lot(objections=(_objection(),), opening=opening(began_at=later))
    (finding,) = inspected(objection_unanswered, record, later)
    assert finding.grade is Grade.RED
    assert inspected(objection_unanswered, lot(objections=(_objection(withdrawn_at=START),)), later) == []


def test_an_order_met_without_a_report_is_answered_and_the_first_answer_counts():
    ends = end_of_day(date(2026, 6, 16))
    met = lot(ordered=(_ordered(met_at=ends - SECOND),))
    assert inspected(order_unanswered, met, ends) == []
    both = lot(ordered=(_ordered(answered_at=ends - SECOND, met_at=ends + DAY),))
    assert inspected(order_unanswered, both, ends + DAY) == []
    other = lot(ordered=(_ordered(met_at=START), _ordered(order="C1-O2", kind="retender")))
    (finding,) = inspected(order_unanswered, other, ends)
    assert (finding.key, "责令重新招标" in finding.sentence) == ("C1-O2", True)


def _notice(kind, digest="sha256:1", **changes):
    fields = {"at": START, "height": 5, "notice": digest, "kind": kind, "title": "某公告", "amends": None}
    return NoticeTold(**fields | {"digest": digest} | changes)


def test_a_stage_without_its_notice_is_told_after_a_day():
    record = lot(terms=terms())
    (near,) = inspected(notice_missing, record, START + DAY - SECOND)
    assert near.due == START + DAY
    (broken,) = inspected(notice_missing, record, START + DAY)
    assert "招标公告" in broken.sentence
    assert (
        inspected(notice_missing, lot(terms=terms(), notices=(_notice("tender_notice"),)), START + DAY) == []
    )


@pytest.mark.parametrize(
    "second, found",
    [
        (_notice("tender_notice", "sha256:2"), 1),
        (_notice("tender_notice", "sha256:2", amends="sha256:1"), 0),
        (_notice("tender_notice", "sha256:1"), 0),
        (_notice("tender_notice", "sha256:2", title="另一公告"), 0),
    ],
)
def test_the_same_notice_with_other_words_is_told(second, found):
    record = lot(terms=terms(), notices=(_notice("tender_notice"), second))
    assert len(inspected(notice_missing, record, START)) == found


def test_every_limit_that_counts_down_names_whose_it_is():
    counting = {code for code, model in models().items() if _counts_down(model)}
    assert counting == {"P01", "P08", "P10", "P11", "P13", "P17", "P18", "P19"}
    assert counting == {code for code, model in models().items() if model.indicator.owed_by is not None}


def _counts_down(model) -> bool:
    source = inspect.getsource(sys.modules[model.inspect.__module__]) if model.inspect else ""
    return "limits.kept(" in source or "due=" in source
