"""质疑与投诉 of a purchase in a real browser: asked by clicks, answered, complained of, decided, and read by anybody."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from ggzy.kernel.codes import LotCode
from ggzy.kernel.instants import local_date
from ggzy.oversight.cases.queries import complaints as desk
from tests.browser.served import House, go_on, served
from tests.pages.purchase import SETTLED, sold
from tests.world import CITY, World

pytestmark = pytest.mark.browser
DAY = timedelta(days=1)


@pytest.fixture
def lot(world: World) -> LotCode:
    """Sold before the server stands: the test client's own requests would close the connection under it."""
    return sold(world)


@pytest.fixture
def house(lot: LotCode, browser: Browser) -> Iterator[House]:
    with served(browser) as found:
        yield found


def send(page: Page, name: str, **typed: str) -> str:
    """Types into the form of a page and sends it; gives what the next page says."""
    for field, value in typed.items():
        place = page.locator(f"main [name={field}]")
        kind = place.first.get_attribute("type")
        if kind == "radio":
            page.check(f"main [name={field}][value={value}]")
        elif kind == "checkbox":
            place.first.check()
        else:
            place.first.fill(value)
    folder = os.environ.get("GGZY_PICTURES")
    if folder:
        page.screenshot(path=str(Path(folder) / f"procurement-{name}.png"), full_page=True)
    go_on(page.locator("main form:has([name=request]) button[type=submit]"))
    return page.inner_text("main")


def test_supplier_questions_and_complains_and_the_finance_department_decides(
    world: World, lot: LotCode, house: House
):
    asker = world.bidders[0]
    house.at = SETTLED + 3 * DAY
    page = house.enter(asker, f"/desk/lots/{lot}/objections/raise/")
    send(page, "question", text="第一名的报价低于成本，没有说明")
    house.at = SETTLED + 6 * DAY
    page = house.enter(world.agency, f"/desk/lots/{lot}/objections/1/answer/")
    send(page, "answer", upheld="no", text="已提供成本说明")
    house.at = SETTLED + 9 * DAY
    page = house.enter(asker, f"/desk/lots/{lot}/complain/")
    assert "财政部令第94号" in page.inner_text("main")
    shown = send(
        page, "complain", matter="result", respondent="江州市城市建设管理处",
        known_on=local_date(house.at).isoformat(), text="报价低于成本", request_text="认定成交结果无效",
    )  # fmt: skip
    assert "待受理" in shown
    with house.busy:
        code = desk.complaints(CITY)[0].code
    for step, typed in (
        ("accept", {"sure": "on"}),
        ("copy", {"sure": "on"}),
        ("decide", {"outcome": "upheld", "document": "江财采投〔2026〕1号", "text": "成交结果无效"}),
    ):
        page = house.enter(world.supervisor, f"/desk/complaints/{code}/{step}/")
        assert "S-06" in page.inner_text("main")
        send(page, step, **typed)
    page = house.enter(asker, "/complaints/")
    assert "江财采投〔2026〕1号" in page.inner_text("main") and house.complaints == []
