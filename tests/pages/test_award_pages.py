"""定标、合同的页面: the letter for both sides, the forms of each step, what came late on the lot's page."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

from ggzy.desk.management.rehearsal.clock import at_moment
from ggzy.foundation.identity import queries as identity
from ggzy.foundation.identity import services as people
from ggzy.foundation.identity.values import Method
from ggzy.foundation.identity.views import COOKIE
from ggzy.foundation.journal import queries as journal
from ggzy.trading.contracting import services
from ggzy.trading.dossier import services as dossiers
from tests.flows import story as stories
from tests.pages.markup import faults
from tests.services.contracting.table import DAY, Table


@pytest.fixture
def table(db: None, tmp_path: Path) -> Table:
    """One lot whose committee has reported."""
    story = stories.begun(tmp_path)
    story.announce()
    story.bid()
    story.open()
    story.report()
    return Table(story, {})


def browser(table: Table, name: str) -> Client:
    """A browser that has signed in as whoever bears that name on the table."""
    actor = table.act(name)
    token, held = people.new_token(), identity.memberships(actor.person)[0]
    seen = datetime.now(UTC)  # sessions live by the clock on the wall
    people.sign_in(actor, held.id, token, Method.PASSWORD, seen_at=seen, at=journal.now())
    client = Client()
    client.cookies[COOKIE] = token
    return client


def page(table: Table, name: str, path: str) -> str:
    """A page of the lot's desk, which must be well formed."""
    answer = browser(table, name).get(f"/desk/lots/{table.lot}/{path}")
    assert answer.status_code == 200, path
    text = answer.content.decode()
    assert faults(text) == [], path
    return text


def test_winner_and_owner_see_the_letter_and_nobody_else(table: Table):
    table.to_award()
    with at_moment(table.letter):
        assert browser(table, "winner").get(f"/desk/lots/{table.lot}/letter/").status_code == 404
        assert "发出中标通知书" in page(table, "owner", "letter/")
        services.issue_letter(table.act("agency"), table.lot, at=table.letter)
        letter = table.award().letter
        assert letter is not None
        for name in ("winner", "owner", "agency"):
            text = page(table, name, "letter/")
            assert letter.number in text and "已发中标通知书" in text and f"/files/{letter.digest}/" in text
            assert letter.code.replace("-", "-<wbr>") in text and '<svg role="img"' in text
        assert browser(table, "loser").get(f"/desk/lots/{table.lot}/letter/").status_code == 404
        dossiers.refresh(table.lot)
        found = browser(table, "loser").get("/verify/", {"q": letter.code}).content.decode()
        assert "中标通知书属实" in found and "见合同" not in found
        assert "中标通知书" in page(table, "winner", "")


def test_every_step_has_a_page_for_its_side(table: Table):
    with at_moment(table.publicised):
        text = page(table, "agency", "publicise/")
        assert 'value="' in text and " 24:00" in text and "§54" in text
    table.to_award()
    with at_moment(table.awarded):
        for name, path in [("owner", "award/"), ("owner", "written-report/"), ("owner", "contract/")]:
            page(table, name, path)
        for path in ("refuse-award/", "sign/", "performance/"):
            page(table, "winner", path)


@pytest.mark.parametrize("days, is_late", [(1, False), (5, True)])
def test_a_publicity_begun_late_stands_on_the_lots_page(
    table: Table, client: Client, days: int, is_late: bool
):
    begun = table.reported + days * DAY
    with at_moment(begun):
        assert ("已过依法最晚的公示开始" in page(table, "agency", "publicise/")) is is_late
        services.publicise(table.act("agency"), table.lot, at=begun)
        dossiers.refresh(table.lot)
        text = client.get(f"/lots/{table.lot}/").content.decode()
    _, late, told = text.partition("开始公示中标候选人晚于法定期限")
    assert bool(late) is is_late and faults(text) == []
    assert not late or "依据：招标投标法实施条例 §54" in told[:600]


def test_the_board_counts_the_days_the_law_sets(table: Table):
    def board(name: str) -> str:
        return browser(table, name).get("/desk/").content.decode()

    dossiers.refresh(table.lot)
    with at_moment(table.reported + DAY):
        assert "公示中标候选人" in board("agency") and "§54" in board("agency") and "剩余" in board("agency")
    with at_moment(table.reported + 6 * DAY):
        assert "已过期" in board("owner")
    table.to_award()
    dossiers.refresh(table.lot)
    with at_moment(table.awarded):
        assert "提交招标投标情况书面报告" in board("owner") and "发出中标通知书" in board("owner")
        services.issue_letter(table.act("agency"), table.lot, at=table.awarded)
        dossiers.refresh(table.lot)
        for name in ("owner", "winner"):
            assert "签订合同" in board(name) and "招标投标法 §46" in board(name)
