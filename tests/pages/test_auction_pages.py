"""拍卖、挂牌、竞价的页面: announced, applied for, decided, settled and signed through the browser's door."""

import re
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from ggzy.kernel.codes import LotCode
from ggzy.kernel.instants import BEIJING
from ggzy.kernel.money import Money
from ggzy.trading.auctions import queries, services
from ggzy.trading.auctions.values import Amount, AuctionState, Offer
from ggzy.trading.deposits import queries as deposit_queries
from ggzy.trading.deposits import services as deposits
from ggzy.trading.projects.values import Nature
from tests.services.auctions import stage
from tests.services.auctions.stage import DAY, MINUTE, NOW
from tests.services.deposits.stage import line as deposit_line
from tests.world import Player, World, browser, clock

HOUR = timedelta(hours=1)


def address(lot: LotCode, verb: str = "") -> str:
    return f"/desk/lots/{lot}/auction/{verb}"


def text(answer: Any) -> str:
    return answer.content.decode()


def mistakes(answer: Any) -> list[str]:
    """What the page says against what was typed."""
    said = re.findall(r'class="(?:error-summary|reasons)".*?</ul>', text(answer), re.S)
    return [words for part in said for words in re.findall(r">([^<>\n]+)<", part)]


def minute(at: datetime) -> str:
    return f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M}"


def paper(name: str = "转让须知.txt", said: str = "转让须知") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, said.encode())


def equipment(world: World) -> LotCode:
    return world.lot(
        title="闲置设备一批", deal_category="C02", method="ascending", scoring="", quality="",
        estimate=Money.yuan(2_000_000),
    )  # fmt: skip


def supplies(world: World) -> LotCode:
    return world.lot(
        title="办公用纸采购", deal_category="L05", method="reverse", scoring="", quality="", nature=Nature.GOODS,
        estimate=Money.yuan(200_000),
    )  # fmt: skip


def proposed(page: Any) -> dict[str, str]:
    """The form as the platform proposes it."""
    return {name: str(value) for name, value in _values(text(page)) if not name.startswith("csrf")}


def _values(page: str) -> list[tuple[str, str]]:
    found = re.findall(r'<input type="(?:text|hidden)" name="(\w+)"(?: value="([^"]*)")?', page)
    found += re.findall(r'<textarea name="(\w+)"[^>]*>\n?([^<]*)</textarea>', page)
    found += re.findall(r'<input type="radio" name="(\w+)" value="([^"]*)"[^>]* checked', page)
    return found


def carried(page: Any) -> dict[str, str]:
    """What the check page hands to the publish button."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text(page)))


def announced(world: World, lot: LotCode, **change: str) -> tuple[Any, str]:
    """Composed, checked and published through the pages; the answer of the last step, and the key of the reserve."""
    with clock(NOW):
        agent = browser(world.agency)
        first = agent.get(address(lot, "announce/"))
        assert first.status_code == 200
        form = proposed(first) | {"conditions": "境内法人", "contact": "张工 0980-1234567"} | change
        check = agent.post(address(lot, "announce/"), form | {"documents": paper(), "go": "check"})
        assert check.status_code == 200, mistakes(check)
        assert 'value="publish"' in text(check), mistakes(check)
        kept = carried(check) | ({"reserve_kept": "yes"} if change.get("reserve") else {})
        return agent.post(address(lot, "announce/"), kept | {"go": "publish"}), kept.get("reserve_salt", "")


def applied(world: World, lot: LotCode, bidder: Player, at: datetime = NOW + DAY) -> Any:
    """One application through the page, with both materials."""
    with clock(at):
        files = {
            "material_0": paper("申请书.txt", bidder.name),
            "material_1": paper("执照.txt", f"{bidder.name}照"),
        }
        return browser(bidder).post(
            address(lot, "apply/send/"),
            files | {"is_pledged": "yes", "send": "yes", "request": f"apply-{bidder.name}-{at:%d%H%M}"},
        )


def paid(world: World, lot: LotCode, bidder: Player, yuan: int, at: datetime = NOW + 2 * DAY) -> None:
    """The deposit arrives on the account the bidder opened on the deposit page."""
    with clock(at):
        assert browser(bidder).post(f"/desk/lots/{lot}/deposit/", {"members": ""}).status_code == 303
        number = deposit_queries.account(lot, bidder.organisation, at).number
        line = deposit_line(number, bidder, amount=Money.yuan(yuan), booked_at=at)
        deposits.receive(world.system(), [line], at=at)


def admitted(world: World, lot: LotCode, bidder: Player, at: datetime = NOW + 3 * DAY) -> int:
    with clock(at):
        done = browser(world.operator).post(
            address(lot, f"applications/{bidder.organisation}/admit/"),
            {"priority": "", "request": f"a{bidder.name}"},
        )
        assert done.status_code == 303, mistakes(done)
    return stage.paddle(lot, bidder)


def contested(world: World, lot: LotCode, opens: datetime, offers: list[tuple[int, int]]) -> None:
    """The room is made ready, opens, takes these offers of (paddle, yuan) and ends."""
    with clock(opens - 5 * MINUTE):
        services.prepare_room(world.system(), lot)
    with clock(opens + MINUTE):
        seat = services.take(lot)
        seat.serve()
        for place, (paddle, yuan) in enumerate(offers):
            (answer,) = seat.press([Offer(paddle, f"press-{place:06d}", Amount.of_money(Money.yuan(yuan)))])
            assert answer.is_accepted, answer.reasons
    with clock(opens + 3 * timedelta(hours=1)):
        services.take(lot).serve()


def signed(lot: LotCode, who: Player, at: datetime) -> Any:
    with clock(at):
        page = browser(who).get(address(lot, "sign/"))
        assert page.status_code == 200
        return browser(who).post(address(lot, "sign/"), carried(page) | {"is_read": "yes"})


def test_state_property_is_sold_through_the_browser(world: World):
    lot, opens = equipment(world), datetime(2026, 6, 22, 9, tzinfo=BEIJING)
    done, slip = announced(
        world, lot, deposit="20万", reserve="210万", starts_at=minute(opens), ends_at=minute(opens + 2 * HOUR)
    )
    assert done.status_code == 303, mistakes(done)
    for bidder in world.bidders[:2]:
        assert applied(world, lot, bidder).status_code == 303
        paid(world, lot, bidder, 200_000)
    with clock(NOW + 3 * DAY):
        payer, desk = browser(world.bidders[0]), browser(world.operator)
        page = text(payer.get(f"/desk/lots/{lot}/deposit/"))
        assert "<h1>竞买保证金</h1>" in page and "投标" not in page.split("<main")[1].split("</main>")[0]
        assert f'href="{address(lot, "apply/")}"' in page
        assert payer.get(address(lot, "apply/")).status_code == 200
        assert "竞价结果确定前不显示" in text(desk.get(f"/desk/lots/{lot}/deposit/"))
        assert world.bidders[0].organisation_name in text(desk.get(address(lot, "applications/")))
        page = text(desk.get(address(lot, f"applications/{world.bidders[0].organisation}/")))
        assert "竞买申请书" in page and "确认竞买资格" in page
    paddles = [admitted(world, lot, bidder) for bidder in world.bidders[:2]]
    with clock(NOW + 4 * DAY):
        assert world.bidders[0].organisation_name not in text(
            browser(world.operator).get(address(lot, "applications/"))
        )
        own = text(browser(world.bidders[0]).get(address(lot, "apply/")))
        assert str(paddles[0]) in own and f"/auctions/{lot}/" in own and str(paddles[1]) not in own
    contested(world, lot, opens, [(paddles[0], 2_000_000), (paddles[1], 2_200_000)])
    after = opens + 4 * HOUR
    with clock(after):
        agent = browser(world.agency)
        wrong = agent.post(address(lot, "settle/"), {"amount": "200万", "salt": slip})
        assert wrong.status_code == 422 and "与公告时的承诺不符" in text(wrong)
        done = agent.post(address(lot, "settle/"), {"amount": "2,100,000", "salt": slip})
        assert done.status_code == 303, mistakes(done)
    assert signed(lot, world.owner, after).status_code == 303
    assert queries.auction(lot).state is AuctionState.SOLD
    assert signed(lot, world.bidders[1], after).status_code == 303
    assert queries.auction(lot).state is AuctionState.CONFIRMED
    with clock(after):
        page = text(browser(world.owner).get(address(lot)))
        assert world.bidders[1].organisation_name in page and "2,200,000.00 元" in page and "溢价率" in page
        assert "您未成为竞得人" in text(browser(world.bidders[0]).get(address(lot, "apply/")))


def test_a_purchase_is_contested_downwards_through_the_browser(world: World):
    lot, opens = supplies(world), datetime(2026, 6, 8, 9, tzinfo=BEIJING)
    done, _ = announced(
        world, lot, deposit="0", starts_at=minute(opens), ends_at=minute(opens + 2 * HOUR), step="1000",
        apply_until="2026-06-05 17:00", deposit_until="2026-06-05 17:00", materials="报价承诺书\n营业执照",
    )  # fmt: skip
    assert done.status_code == 303, mistakes(done)
    for bidder in world.bidders[:3]:
        assert applied(world, lot, bidder).status_code == 303
    paddles = [admitted(world, lot, bidder, NOW + 2 * DAY) for bidder in world.bidders[:3]]
    contested(world, lot, opens, [(paddles[0], 200_000), (paddles[1], 190_000), (paddles[2], 180_000)])
    after = opens + 4 * HOUR
    with clock(after):
        done = browser(world.agency).post(address(lot, "settle/"), {"request": "settle"})
        assert done.status_code == 303, mistakes(done)
    assert signed(lot, world.owner, after).status_code == 303
    assert signed(lot, world.bidders[2], after).status_code == 303
    with clock(after):
        page = text(browser(world.owner).get(address(lot)))
        assert "成交供应商" in page and "节约率" in page and "10%" in page
