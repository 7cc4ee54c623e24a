"""监督的来件和提醒: one task for each open question and each near limit, and none twice."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from ggzy.desk.rules import reminders
from ggzy.desk.values import Todo
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.instants import end_of_day
from ggzy.oversight.alerts.values import Grade
from ggzy.oversight.alerts.values.alerts import Found, Question
from ggzy.oversight.cases.values.casework import PartyFacts
from tests.rules.cases.setting import FIRM, OTHER, case, notified

AT = datetime(2026, 6, 1, 1, tzinfo=UTC)
DUE = AT + timedelta(days=2)
LOT = LotCode("A02-12990100000000019C-20260601-000001-A")
ASKED = Question(
    party=CreditCode("129801000000000019"),
    text="请说明\n第一名为何未中标" + "。" * 90,
    due_on=date(2026, 6, 5),
    asked_at=AT,
)
LIMIT = Found(
    uid="u1", indicator="P11", lot=LOT, note_key="", key="a", grade=Grade.YELLOW, sentence="退还投标保证金将到期",
    score=Decimal(1), parties=("a",), evidence=(), picture=None, phrases=(), first_at=AT, last_at=AT, due=DUE,
)  # fmt: skip
TITLES = {LOT: "教学楼工程"}
TASK = Todo("签订合同", "教学楼工程", f"/lots/{LOT}/", f"/desk/lots/{LOT}/", until=DUE)


@pytest.mark.parametrize("at, is_late", [(AT, False), (AT + timedelta(days=9), True)])
def test_a_party_told_of_a_case_has_a_task_until_its_word(at, is_late):
    found = notified()
    (one,) = reminders.told([found], FIRM, at)
    assert found.state_by is not None
    assert (one.url, one.until, one.is_late) == (
        f"/desk/heard/{found.code}/",
        end_of_day(found.state_by),
        is_late,
    )


STATED = notified(parties=(PartyFacts(FIRM, "江州建工", "没有异议", AT),))


@pytest.mark.parametrize("found, party", [(case(), FIRM), (STATED, FIRM), (notified(), OTHER)])
def test_who_was_not_told_or_has_spoken_has_no_task(found, party):
    assert reminders.told([found], party, AT) == ()


@pytest.mark.parametrize(
    "at, is_late", [(AT, False), (end_of_day(ASKED.due_on), True), (AT + timedelta(days=9), True)]
)
def test_an_open_question_is_a_task_until_its_day(at, is_late):
    (one,) = reminders.asked([("YJ1", ASKED)], at)
    assert (one.url, one.until, one.is_late) == (
        "/desk/explanations/YJ1/",
        end_of_day(ASKED.due_on),
        is_late,
    )
    assert one.lot_title.startswith("请说明 第一名") and len(one.lot_title) == reminders.TEXT_SHOWN + 1


def test_what_is_answered_is_no_task():
    assert reminders.asked([("YJ1", replace(ASKED, answered_at=AT))], AT) == ()


@pytest.mark.parametrize(
    "limits, known, count",
    [
        ([LIMIT], [], 1),
        ([LIMIT, replace(LIMIT, uid="u2", key="b", parties=("b",))], [], 1),  # nobody counts the bidders
        ([LIMIT], [TASK], 0),
        ([LIMIT], [replace(TASK, until=DUE + timedelta(seconds=1))], 1),
        ([LIMIT], [replace(TASK, lot_url="/lots/another/")], 1),
        ([replace(LIMIT, lot=None)], [], 0),
        ([replace(LIMIT, due=None)], [], 0),
    ],
)
def test_a_near_limit_is_one_task_unless_it_stands_there_already(limits, known, count):
    found = reminders.near(limits, TITLES, known, AT)
    assert len(found) == count
    assert all((one.what, one.until, one.is_late) == (LIMIT.sentence, DUE, False) for one in found)
