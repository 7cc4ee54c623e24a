"""监督的全程: an alert with its matrix, a case, the brake, the parties heard, the decision, the ban at the door; by clicks.

One test of many seconds, because ten people each take their own step in a window of their own.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from ggzy.oversight.cases.queries import casework
from ggzy.oversight.cases.values import CaseState
from ggzy.registers.credit import queries as credit
from ggzy.trading.contracting.events import AwardMade
from ggzy.trading.dossier import services as dossiers
from ggzy.trading.projects import queries as projects
from ggzy.trading.tendering import events
from ggzy.trading.tendering.values import Bidder
from tests.authority import Authority, seated
from tests.browser.served import House, go_on, served
from tests.services.alerts.stage import passed_on, told
from tests.services.tendering import hall
from tests.world import Player

pytestmark = pytest.mark.browser

NOW = hall.DEADLINE + timedelta(hours=2)
LATER: dict[str, Any] = {
    "deadline": hall.DEADLINE + timedelta(days=30),
    "sale_end": hall.DEADLINE + timedelta(days=6),
}
CIRCLE = 3
MEETINGS = 7
BAN = "被江州市住房和城乡建设局禁止参加依法必须招标的项目"
DOCUMENT = "江建罚决〔2026〕12号"


@pytest.fixture
def house(browser: Browser, db: None) -> Iterator[House]:
    with served(browser) as found:
        found.at = NOW
        yield found


def test_the_quiet_circle_is_stopped_and_the_ban_bites(house: House):
    story = Story(house, hall.opened(people=hall.cast()))
    story.meet()
    story.read_the_alert()
    story.open_the_case()
    story.stop_the_lot()
    story.tell_the_parties()
    story.hear_the_parties()
    story.decide()
    story.meet_the_ban()
    assert house.complaints == []


@dataclass
class Story:
    """监督的全程, each step by whoever takes it. `opened` is the lot the circle is in now."""

    house: House
    opened: hall.Hall
    case: str = ""
    seats: Authority = field(init=False)

    def __post_init__(self) -> None:
        with hall.clock(hall.REGISTERED):
            self.seats = seated(player(self.opened.people.supervisor))
        self.coming = hall.announced(self.opened.people, **LATER)
        for one in (self.opened, self.coming):
            dossiers.refresh(one.code)

    def meet(self) -> None:
        """Seven lots of the same three, one wins them all; then the lot that is open now."""
        firms = [Bidder(one.code, one.name) for one in self.opened.people.firms[:CIRCLE]]
        same: dict[str, Any] = {
            "gen": 1,
            "manifest": "",
            "prev": None,
            "documents": "",
            "plan": "",
            "parts": (),
        }
        for _ in range(MEETINGS):
            lot = hall.lot(self.opened.people)
            told(
                lot,
                *(events.BidSubmitted(lot=lot, round=1, bid=f"b{n}", bidder=one, **same) for n, one in enumerate(firms)),
                events.BiddingClosed(lot=lot, round=1, deadline=hall.DEADLINE, count=CIRCLE, last_seq=3, chain=""),
                *(events.BidDecrypted(lot=lot, round=1, bid=f"b{n}", parts=()) for n in range(CIRCLE)),
                AwardMade(lot=lot, round=1, rank=1, winner=firms[0], price=None, passed=(), notice=""),
            )  # fmt: skip
        passed_on(self.opened.code)

    def read_the_alert(self) -> None:
        page = self.page = self.house.enter(self.seats.officer, "/desk/")
        follow(page, "预警")
        go_on(page.get_by_role("link", name="固定班底，一家总中").first)
        main = page.locator("main")
        expect(main.locator(".figure-matrix")).to_be_visible()
        for words in ("触发率", "可能的正当解释", "正在参加"):
            expect(main).to_contain_text(words)
        picture(page, "alert")

    def open_the_case(self) -> None:
        page = self.page
        follow(page, "立案")
        page.get_by_label("投标人相互串通投标").check()
        press(page, "立案")
        self.case = page.url.removeprefix(self.house.origin)
        expect(page.locator("main")).to_contain_text("监管预警")
        follow(page, "证据入卷")
        page.get_by_label("证据名称").fill("相遇和中标核查表")
        paper: FilePayload = {"name": "核查表.txt", "mimeType": "text/plain", "buffer": "七个标段".encode()}
        page.set_input_files("input[type=file]", paper)
        press(page, "证据入卷")

    def stop_the_lot(self) -> None:
        page = self.page
        follow(page, "暂停标段")
        page.get_by_label("复查日期").first.fill(f"{NOW + timedelta(days=14):%Y-%m-%d}")
        press(page, "暂停交易")
        expect(page.locator("main")).to_contain_text("本标段已暂停")
        picture(page, "stopped")
        assert projects.lot(self.opened.code).suspended

    def tell_the_parties(self) -> None:
        page = self.enter(self.seats.second)
        follow(page, "参加办案")
        press(page, "参加办案")
        page = self.enter(self.seats.officer)
        follow(page, "事先告知")
        page.get_by_label("事实、理由和依据").fill("三家七次结伴投标，总由一家中标，构成串通投标。")
        for measure in ("罚款", "市场禁入"):
            page.get_by_label(measure, exact=True).check()
        page.get_by_label("计算罚款的金额").fill("1900万")
        page.get_by_label("每个当事人的罚款").fill("98000")
        page.get_by_label("市场禁入的月数").fill("18")
        press(page, "事先告知")

    def hear_the_parties(self) -> None:
        for firm in self.opened.people.firms[:CIRCLE]:
            page = self.house.enter(player(firm), "/desk/")
            expect(page.locator("main")).to_contain_text("陈述、申辩，可以要求听证")
            follow(page, "去陈述")
            expect(page.locator("main")).to_contain_text("市场禁入 18 个月")
            page.get_by_label("陈述和申辩").fill("对告知的事实没有异议，请求从轻处理。")
            press(page, "陈述与申辩")
        picture(page, "heard")

    def decide(self) -> None:
        page = self.enter(self.seats.officer)
        follow(page, "提出处理意见")
        press(page, "提出处理意见", ticks=False)
        for head in self.seats.heads:
            page = self.enter(head)
            follow(page, "集体讨论")
            page.get_by_label("同意", exact=True).check()
            page.get_by_label("意见和理由").fill("事实清楚，同意。")
            press(page, "集体讨论")
        follow(page, "作出决定")
        page.get_by_label("决定文号").fill(DOCUMENT)
        press(page, "作出决定")
        page = self.enter(self.seats.officer)
        follow(page, "公开决定")
        press(page, "公开决定")
        picture(page, "decided")
        assert casework.case(self.case.split("/")[3], NOW).state is CaseState.PUBLISHED

    def meet_the_ban(self) -> None:
        firm = self.opened.people.firms[0]
        page = self.house.enter(player(firm), f"/desk/lots/{self.coming.code}/")
        expect(page.get_by_role("link", name="投标", exact=True)).to_have_count(0)
        expect(page.locator("main")).to_contain_text("本单位不能参加本标段")
        expect(page.locator("main")).to_contain_text(BAN)
        picture(page, "not-called")
        page = self.house.enter(player(firm), f"/desk/lots/{self.coming.code}/bid/")
        for words in ("还不能递交", BAN, DOCUMENT):
            expect(page.locator("main")).to_contain_text(words)
        picture(page, "banned")
        free = self.house.enter(
            player(self.opened.people.firms[CIRCLE]), f"/desk/lots/{self.coming.code}/bid/"
        )
        expect(free.locator("main")).not_to_contain_text(BAN)
        found = [credit.is_banned(one.code, NOW) for one in self.opened.people.firms]
        assert [ban is not None for ban in found] == [True, True, True, False]

    def enter(self, who: Player) -> Page:
        """This person's window, on the case."""
        return self.house.enter(who, self.case)


def player(of: hall.Person) -> Player:
    """The same person, as windows know people."""
    actor = of.actor
    return Player(actor.person, of.name, actor.role, actor.organisation, of.name, actor.region)


def follow(page: Page, name: str) -> None:
    """A link by its whole name."""
    go_on(page.get_by_role("link", name=name, exact=True).first)


def press(page: Page, name: str, *, ticks: bool = True) -> None:
    """Ticks what must be confirmed, presses, and is not refused."""
    if ticks and page.locator("input[name=sure]").count():
        page.locator("input[name=sure]").check()
    go_on(page.get_by_role("button", name=name, exact=True))
    assert not page.locator(".error-summary").count(), page.locator("main").inner_text()


def picture(page: Page, name: str) -> None:
    """A picture where one is wanted."""
    folder = os.environ.get("GGZY_PICTURES")
    if folder:
        page.screenshot(path=str(Path(folder) / f"story-{name}.png"), full_page=True)
