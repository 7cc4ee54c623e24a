"""走完全程的步子: one lot on its way, by clicks, each step by whoever takes it."""

import re
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from playwright.sync_api import FilePayload, Page, expect

from ggzy.kernel.codes import LotCode, ProjectCode
from ggzy.kernel.instants import BEIJING
from ggzy.kernel.money import Money
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.catalog.values import Category, Side
from ggzy.trading.auctions import queries, services
from ggzy.trading.auctions.values import AuctionState, AuctionTerms
from ggzy.trading.contracting import queries as contracting
from ggzy.trading.contracting import rules
from ggzy.trading.contracting import services as contracts
from ggzy.trading.contracting.values import AwardFacts
from ggzy.trading.deposits import queries as deposit_queries
from ggzy.trading.deposits import services as deposits
from ggzy.trading.dossier import services as dossiers
from ggzy.trading.projects import queries as projects
from tests.browser.live_room import WIRE, Live, kept
from tests.browser.served import House, go_on, path_of
from tests.services.auctions import stage
from tests.services.deposits.stage import line as deposit_line
from tests.world import START, Player, World, clock

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


@dataclass(frozen=True)
class Trade:
    """一类竞价: its code, its format, and what the platform cannot propose."""

    code: str
    method: str
    typed: dict[str, str] = field(default_factory=dict)
    bidders: int = 2


@dataclass
class Walk:
    """One lot on its way, each step by whoever takes it."""

    world: World
    house: House
    trade: Trade
    monkeypatch: pytest.MonkeyPatch
    lot: LotCode = field(init=False)

    @property
    def category(self) -> Category:
        found = catalog.find_category(self.trade.code)
        assert found is not None
        return found

    def enter(self, player: Player, path: str) -> Page:
        return self.house.enter(player, path)

    def act(self, player: Player, path: str, *names: str, **typed: str) -> Page:
        """Opens a page, types, ticks what is to be ticked, presses these buttons one after the other."""
        page = self.enter(player, path)
        for name, value in typed.items():
            fill(page, name, value)
        for box in page.locator("main input[type=checkbox]:not(:checked)").all():
            box.check()
        for name in names:
            go_on(page.get_by_role("button", name=name, exact=True))
        assert not page.locator(".error-summary").count(), page.locator("main").inner_text()
        return page

    def register(self) -> LotCode:
        self.house.at = START
        funding = "" if self.category.side is Side.SELL else "财政资金"
        project = ProjectCode(self.world.project(funding=funding))
        page = self.enter(
            self.world.agency, f"/desk/projects/{project}/lots/register/?category={self.trade.code}"
        )
        typed = {
            "content": "演练用的标的一项",
            "title": "望江区一号标的",
            "estimate": "200万",
            "method": self.trade.method,
        }
        typed |= {"deal_category": self.trade.code, "scoring": ""}
        typed |= {f"trait_{trait.code}": trait.example for trait in self.category.traits}
        for name, value in typed.items():
            fill(page, name, value)
        page.get_by_role("button", name=f"登记{self.category.lot_word}").click()
        page.wait_for_url(re.compile(r".*/desk/lots/[A-Z].*"))
        (lot,) = projects.lots(project=project)
        assert path_of(page) == f"/desk/lots/{lot.code}/"
        return lot.code

    def announce(self) -> None:
        page = self.enter(self.world.agency, self.path("announce/"))
        page.set_input_files("input[name=documents]", paper("转让须知.txt"))
        fill(page, "conditions", "境内法人")
        fill(page, "contact", "张工 0980-1234567")
        page.locator("main details").evaluate_all("all => all.forEach((one) => (one.open = true))")
        for name, value in self.trade.typed.items():
            fill(page, name, value)
        go_on(page.get_by_role("button", name="检查"))
        assert "还不能发布" not in page.locator("main").inner_text(), page.locator("main").inner_text()
        page.locator("button[value=publish]").click()
        page.wait_for_url(lambda url: "/announce/" not in url)

    @property
    def terms(self) -> AuctionTerms:
        found = queries.auction(self.lot).terms
        assert found is not None, "announced"
        return found

    @property
    def award(self) -> AwardFacts:
        found = contracting.award(self.lot)
        assert found is not None, "received"
        return found

    def path(self, verb: str = "") -> str:
        return f"/desk/lots/{self.lot}/auction/{verb}"

    def apply(self, bidder: Player) -> None:
        page = self.enter(bidder, self.path("apply/"))
        for place, box in enumerate(page.locator("#send input[type=file]").all()):
            box.set_input_files(paper(f"{bidder.name}{place}.txt"))
        page.locator("#send input[type=checkbox]").check()
        go_on(page.get_by_role("button", name="提交竞买申请"))
        terms = self.terms
        if terms.deposit.fen:
            self.pay(bidder, terms.deposit)

    def pay(self, bidder: Player, amount: Money) -> None:
        page = self.enter(bidder, f"/desk/lots/{self.lot}/deposit/")
        go_on(page.locator("main form button[type=submit]").first)
        with self.house.busy, clock(self.house.now):
            number = deposit_queries.account(self.lot, bidder.organisation, self.house.now).number
            line = deposit_line(number, bidder, amount=amount, booked_at=self.house.now)
            deposits.receive(self.world.system(), [line], at=self.house.now)

    def admit(self, bidder: Player) -> None:
        page = self.enter(self.world.operator, self.path("applications/"))
        page.get_by_role("link", name=bidder.organisation_name).click()
        page.wait_for_url(lambda url: not url.endswith("/applications/"))
        link = page.get_by_role("link", name="确认竞买资格")
        assert link.count(), page.locator("main").inner_text()
        link.click()
        page.get_by_role("button", name="确认竞买资格").click()
        page.wait_for_url(lambda url: url.endswith("/applications/"))

    def contest(self) -> None:
        """Two or three bidders in windows of their own, each offer clicked and confirmed."""
        timing = self.terms.format.timing
        opens = timing.starts_at
        with clock(opens - 5 * MINUTE):
            services.prepare_room(self.world.system(), self.lot)
        self.house.at = opens + MINUTE
        with clock(self.house.now):
            seat = services.take(self.lot)
            seat.serve()
            bidders = self.world.bidders[: self.trade.bidders]
            live = kept(
                self.lot,
                [stage.paddle(self.lot, one) for one in bidders],
                seat,
                self.monkeypatch,
                self.house.busy,
            )
            windows = [self.window(live, bidder, place) for place, bidder in enumerate(bidders)]
            for page in (*windows, windows[0]):
                offer(page)
            expect(windows[0].locator("[data-standing]")).to_have_text("✓ 您的报价领先")
            expect(windows[1].locator("[data-leader]")).to_have_text(f"{live.paddles[0]} 号")
        ends = timing.ends_at or opens
        self.house.at = max(ends, opens) + 2 * HOUR
        with self.house.busy, clock(self.house.now):
            services.take(self.lot).serve()
        self.house.leave()

    def window(self, live: Live, bidder: Player, place: int) -> Page:
        page = self.enter(bidder, "/auctions/")
        page.route_web_socket(WIRE, lambda line: live.open(line, live.paddles[place]))
        page.goto(self.house.origin + live.path)
        expect(page.locator("[data-lamp]")).to_contain_text("实时")
        return page

    def settle(self) -> None:
        self.act(self.world.agency, self.path("settle/"), "确定竞价结果")
        auction = queries.auction(self.lot)
        assert auction.state is AuctionState.SOLD, auction
        won = next(one for one in self.world.bidders if stage.paddle(self.lot, one) == auction.winner)
        for player in (self.world.owner, won):
            self.act(player, self.path("sign/"), "签署成交确认书")
        assert queries.auction(self.lot).state is AuctionState.CONFIRMED

    def fulfil(self) -> None:
        """From the contract to the archive."""
        owner, base = self.world.owner, f"/desk/lots/{self.lot}"
        with clock(self.house.now):
            contracts.receive_sale(self.world.system(), self.lot, at=self.house.now)
        self.house.at = self.award.publicity_until + HOUR
        page = self.enter(owner, f"{base}/contract/")
        fill(page, "number", "HT-2026-001")
        fill(page, "security", "0")
        page.set_input_files("input[name=file]", paper("合同.txt"))
        page.locator("main form button[type=submit]").last.click()
        page.wait_for_url(lambda url: "/contract/" not in url)
        self.act(self.world.bidders[0], f"{base}/sign/", "签订合同")
        self.perform(owner, base)
        self.act(owner, f"{base}/complete/", "合同完结", text="已经履行完毕")
        self.house.at += DAY
        with clock(self.house.now):
            dossiers.archive(self.world.operator.acts(), self.lot, at=self.house.now)
            dossiers.refresh(self.lot)

    def perform(self, owner: Player, base: str) -> None:
        award = self.award
        today = self.house.now.astimezone(BEIJING).date()
        owing = rules.owing(award)
        if owing.fen:
            self.act(
                owner, f"{base}/performance/", "登记", kind="payment", text="收到价款", on=f"{today}",
                amount=owing.figures(),
            )  # fmt: skip
        kind = "transfer" if self.category.side is Side.SELL else "acceptance"
        self.act(owner, f"{base}/performance/", "登记", kind=kind, text="已移交、验收", on=f"{today}")


def paper(name: str) -> FilePayload:
    """A file as a person chooses it."""
    return {"name": name, "mimeType": "text/plain", "buffer": name.encode()}


def fill(page: Page, name: str, value: str) -> None:
    """Types into a field, or chooses; a question that is not asked is passed over."""
    radio = page.locator(f"main input[type=radio][name={name}][value='{value}']")
    select = page.locator(f"main select[name={name}]")
    field = page.locator(f"main input[name={name}]:not([type=radio]), main textarea[name={name}]")
    if radio.count():
        radio.check()
    elif select.count():
        select.select_option(value)
    elif field.count():
        field.first.fill(value)


def offer(page: Page) -> None:
    """报价: the least offer in two steps, the click and its confirmation."""
    page.locator("[data-extra='0']").click()
    page.locator("#ask [data-confirm]").click()
    expect(page.locator("[data-answer]")).to_contain_text("✓ 报价已接受")
