"""结伴投标, through the whole engine: seven lots of the same three, one wins them all; the alert shows its matrix."""

from typing import Any

import pytest

from ggzy.kernel.codes import LotCode
from ggzy.oversight.alerts.models import Alert, NoteRow
from ggzy.trading.contracting.events import AwardMade
from ggzy.trading.tendering import events
from ggzy.trading.tendering.values import Bidder
from tests.pages.markup import faults
from tests.services.alerts.stage import told
from tests.world import START, World, browser

pytestmark = pytest.mark.django_db


def contested(world: World, winner: int) -> LotCode:
    """One more lot where the first three bidders came."""
    lot = world.lot()
    firms = [Bidder(one.organisation, one.organisation_name) for one in world.bidders[:3]]
    same: dict[str, Any] = {"gen": 1, "manifest": "", "prev": None, "documents": "", "plan": "", "parts": ()}
    told(
        lot,
        *(
            events.BidSubmitted(lot=lot, round=1, bid=f"b{n}", bidder=firm, **same)
            for n, firm in enumerate(firms)
        ),
        events.BiddingClosed(lot=lot, round=1, deadline=START, count=3, last_seq=3, chain=""),
        *(events.BidDecrypted(lot=lot, round=1, bid=f"b{n}", parts=()) for n in range(3)),
        AwardMade(lot=lot, round=1, rank=1, winner=firms[winner], price=None, passed=(), notice=""),
    )
    return lot


def test_a_quiet_cartel_raises_one_alert_with_its_matrix(world: World):
    for _ in range(6):
        contested(world, winner=0)
    assert not Alert.objects.filter(indicator="B14").exists()
    contested(world, winner=0)
    contested(world, winner=0)
    (alert,) = Alert.objects.filter(indicator="B14")
    assert set(alert.parties.values_list("party", flat=True)) == {
        str(one.organisation) for one in world.bidders[:3]
    }
    page = browser(world.supervisor).get(f"/desk/alerts/{alert.code}/").content.decode()
    assert "figure-matrix" in page and ">中<" in page and "单独不构成异常" in page
    assert faults(page) == []


def test_honest_three_raise_nothing_and_leave_three_notes_a_lot(world: World):
    for winner in (0, 1, 1, 2, 0, 2, 0, 0):
        contested(world, winner)
    assert not Alert.objects.filter(indicator__in=("B14", "B15", "N01", "N02")).exists()
    assert NoteRow.objects.filter(indicator="B14").count() == 3 * 8
