"""拍卖、挂牌、竞价 through the pages: announced, applied for, paid, admitted and signed, for tests of any page."""

import re
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ggzy.kernel.codes import LotCode
from ggzy.kernel.instants import BEIJING
from ggzy.kernel.money import Money
from ggzy.trading.auctions import services
from ggzy.trading.auctions.values import Amount, Offer
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


def lot_of(world: World, code: str, method: str, title: str = "一项标的") -> LotCode:
    return world.lot(
        title=title, deal_category=code, method=method, scoring="", quality="", estimate=Money.yuan(2_000_000)
    )


def equipment(world: World) -> LotCode:
    return lot_of(world, "C02", "ascending", "闲置设备一批")


def supplies(world: World) -> LotCode:
    return world.lot(
        title="办公用纸采购", deal_category="L05", method="reverse", scoring="", quality="", nature=Nature.GOODS,
        estimate=Money.yuan(200_000),
    )  # fmt: skip


def proposed(page: Any) -> dict[str, str]:
    """The form as the platform proposes it."""
    return {name: str(value) for name, value in _values(text(page)) if not name.startswith("csrf")}


def start(world: World, lot: LotCode) -> tuple[Any, dict[str, str]]:
    desk = browser(world.agency)
    form = proposed(desk.get(address(lot, "announce/")))
    return desk, form | {"conditions": "境内法人", "contact": "张工", "go": "check"}


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
            {"request": f"a{bidder.name}"},
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


def shown(client: Client, path: str, at=stage.OPENS + 2 * MINUTE) -> str:
    with clock(at):
        answer = client.get(path)
    assert answer.status_code == 200, f"{path} answers {answer.status_code}"
    return answer.content.decode().replace("<wbr>", "")
