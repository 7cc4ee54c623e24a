"""重复与过期的表单: the same form twice is one act; a form of yesterday is refused with what has changed."""

import html
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.foundation.ui import pages
from ggzy.kernel.actor import Actor
from ggzy.kernel.instants import local_date
from ggzy.kernel.money import Money
from ggzy.oversight.cases import services as cases
from ggzy.trading.deposits import services as deposits
from ggzy.trading.deposits.values import GuaranteeForm
from ggzy.trading.projects.values import Order
from tests.flows.door import enter, summary
from tests.services.evaluation import room as rooms
from tests.services.tendering import hall as stage
from tests.services.tendering.hall import ANNOUNCED, BIDDING, DEADLINE, clock

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ORDER = Order("江州市住房和城乡建设局", "收到投诉，需要核查", "招标投标法实施条例 §62", date(2026, 6, 29))
VALID = local_date(DEADLINE + 91 * DAY)


@dataclass
class Case:
    """One form of a tender that takes bids: who sends it, where, what, when; `other` is said differently."""

    actor: Callable[[], Actor]
    path: str
    form: dict[str, Any]
    at: datetime
    other: dict[str, Any]


@pytest.fixture
def hall(db: None) -> stage.Hall:
    """A tender that takes bids and asks for a deposit."""
    return stage.announced(deposit=Money.yuan("100000"))


def _secured(hall: stage.Hall) -> None:
    firm, owner = hall.people.firms[0], hall.people.owner.code
    letter = GuaranteeForm("BH-0", "江州农商银行", owner, Money.yuan("100000"), date(2026, 6, 1), VALID, True)
    with clock(BIDDING):
        deposits.place_guarantee(firm.anew(), hall.code, letter, at=BIDDING)


def _case(hall: stage.Hall, name: str) -> Case:
    firm, agency, base = hall.people.firms[0], hall.people.agency, f"/desk/lots/{hall.code}"
    letter = {
        "number": "BH-1",
        "issuer": "江州农商银行",
        "beneficiary": str(hall.people.owner.code),
        "amount": "10万",
        "valid_from": "2026-06-01",
        "valid_until": f"{VALID}",
        "is_unconditional": "on",
    }
    early = ANNOUNCED + DAY
    if name == "bid":
        _secured(hall)
        kept = {"package": stage.seal(hall, firm)}
        return Case(firm.anew, f"{base}/bid/submit/", kept, BIDDING + HOUR, {"name": "另一个名字"})
    return {
        "deposit": Case(firm.anew, f"{base}/deposit/", {"members": ""}, BIDDING, {}),
        "guarantee": Case(firm.anew, f"{base}/deposit/guarantee/", letter, BIDDING, {"number": "BH-2"}),
        "question": Case(firm.anew, f"{base}/ask/", {"text": "工期何日起算？"}, early, {"text": "别的"}),
        "objection": Case(
            firm.anew,
            f"{base}/objections/raise/",
            {"stage": "document", "text": "业绩要求过高"},
            early,
            {"text": "别的"},
        ),
        "extension": Case(
            agency.anew,
            f"{base}/extend/",
            {"deadline": "2026-06-30T09:30", "reason": "场地调整"},
            early,
            {"reason": "别的"},
        ),
        "termination": Case(
            agency.anew,
            f"{base}/terminate/",
            {"reason": "规划调整", "article": "招标投标法实施条例 §31", "sure": "on"},
            early,
            {},
        ),
    }[name]


NAMES = ("deposit", "guarantee", "question", "objection", "extension", "termination", "bid")


def _note(answer: Any) -> dict[str, Any]:
    """What the next page will show once: the words, the receipt's code, its height."""
    kept = answer.cookies.get(pages.DONE_COOKIE)
    return pages.signing.loads(kept.value, salt=pages.DONE_COOKIE) if kept else {}


@pytest.mark.parametrize("name", NAMES)
def test_the_same_form_twice_is_one_act_with_one_receipt(hall: stage.Hall, name: str):
    case = _case(hall, name)
    with clock(case.at):
        client = enter(case.actor())
        sent = case.form | {"request": "sent-twice"}
        first = client.post(case.path, sent)
        assert first.status_code == 303, summary(first.content.decode())
        head = journal.head()
        again = client.post(case.path, sent)
        assert (again.status_code, again["Location"]) == (303, first["Location"])
        assert _note(first)["code"]
        assert _note(again) == _note(first)
        if case.other:
            other = client.post(case.path, sent | case.other)
            assert other.status_code == 422
            assert "内容与上次不同，请刷新页面后再办理" in other.content.decode()
        assert journal.head() == head


def test_whoever_has_an_account_is_led_to_it_by_another_form(hall: stage.Hall):
    case = _case(hall, "deposit")
    with clock(case.at):
        client = enter(case.actor())
        client.post(case.path, case.form | {"request": "one"})
        head = journal.head()
        again = client.post(case.path, case.form | {"request": "two"})
        assert (again.status_code, again["Location"]) == (303, case.path)
        assert not _note(again)["code"] and journal.head() == head


def _told(case: Case, at: datetime, words: str) -> None:
    """The form is refused with these words, and nothing is recorded."""
    with clock(at):
        client = enter(case.actor())
        head = journal.head()
        answer = client.post(case.path, case.form | {"request": "stale"})
        assert journal.head() == head
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 422, summary(page)
    assert words in page, summary(page)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "objection"])
def test_a_form_of_a_lot_that_was_suspended_since_is_refused(hall: stage.Hall, name: str):
    case = _case(hall, name)
    with clock(case.at):
        cases.pull_brake(hall.people.supervisor.anew(), hall.code, ORDER, at=case.at)
    _told(case, case.at + HOUR, "标段已被暂停交易")


@pytest.mark.parametrize("name", NAMES)
def test_a_form_of_a_lot_that_was_terminated_since_is_refused(hall: stage.Hall, name: str):
    case = _case(hall, name)
    with clock(case.at):
        cases.end_lot(hall.people.supervisor.anew(), hall.code, ORDER, at=case.at)
    words = "标段已经终止" if name == "termination" else "标段已终止交易"
    _told(case, case.at + HOUR, words)


@pytest.mark.parametrize(
    "name, words",
    [
        ("guarantee", "截止"),
        ("question", "项目未在公告期内，不能提问"),
        ("objection", "最迟之日"),
        ("extension", "投标截止时间已过，不能延期"),
    ],
)
def test_a_form_that_comes_after_the_deadline_is_refused(hall: stage.Hall, name: str, words: str):
    _told(_case(hall, name), DEADLINE + timedelta(seconds=1), words)


def test_custodians_named_after_the_announcement_are_refused(hall: stage.Hall):
    with clock(ANNOUNCED + DAY):
        client = enter(hall.people.agency.anew())
        holders = [keeper.actor.person for keeper in hall.people.custodians]
        head = journal.head()
        answer = client.post(f"/desk/lots/{hall.code}/custody/", {"k": "2", "holders": holders})
        assert journal.head() == head
    assert answer.status_code == 422


@pytest.fixture(scope="module")
def opened(django_db_setup: None, django_db_blocker: Any) -> Iterator[rooms.Room]:
    with rooms.stage(django_db_blocker):
        yield rooms.opened(rooms.LOWEST)


def test_a_review_that_comes_after_its_summary_is_refused(opened: rooms.Room, db: None):
    with opened.clock():
        opened.pass_review()
        client, head = enter(opened.member(2)), journal.head()
        answer = client.post(f"/desk/lots/{opened.code}/evaluation/review/", {"request": "stale"})
        page = html.unescape(answer.content.decode())
        assert answer.status_code == 422, summary(page)
        assert "此操作在初步评审阶段办理" in page
        assert journal.head() == head
