"""开标前自检的页面: what the platform sees, and the place where the bidder's browser tries the key."""

from datetime import timedelta

from tests.pages import markup
from tests.pages.tendering import address, text
from tests.services.tendering import hall as stage
from tests.services.tendering.hall import BIDDING, DEADLINE, clock

SOON = DEADLINE + timedelta(minutes=5)


def test_a_bidder_rehearses_before_the_opening(db, sign_in):
    hall = stage.announced()
    firm = hall.people.firms[0]
    with clock(BIDDING):
        browser = sign_in(firm)
        before = text(browser.get(address(hall, "bid/rehearse")))
        assert "还没有已递交的投标文件" in before and "data-rehearse" not in before
    stage.submit(hall, firm)
    with clock(BIDDING):
        page = text(browser.get(address(hall, "bid/rehearse")))
        assert 'data-rehearse="/desk/lots/' in page and "还没有已递交" not in page and not markup.faults(page)
        assert "开标前自检" in text(browser.get(address(hall, "bid")))
        told = browser.get(f"/desk/lots/{hall.code}/hall/unlock.json").json()
        assert told["parts"] and set(told) == {"fmt", "manifest", "parts"}
        assert sign_in(hall.people.agency).get(address(hall, "bid/rehearse")).status_code == 403
    stage.close(hall)
    with clock(SOON):
        assert browser.get(address(hall, "bid/rehearse")).status_code == 404
