"""拍卖、挂牌、竞价的页面: announced, applied for, decided, settled and signed through the browser's door."""

from datetime import datetime

from ggzy.kernel.instants import BEIJING, add_months, local_date
from ggzy.registers.credit import services as credit
from ggzy.registers.credit.values import Decision, NewBan
from ggzy.trading.auctions import queries
from ggzy.trading.auctions.values import AuctionState
from tests.pages.auction_walk import (
    HOUR,
    address,
    admitted,
    announced,
    applied,
    contested,
    equipment,
    minute,
    mistakes,
    paid,
    proposed,
    signed,
    supplies,
    text,
)
from tests.services.auctions.stage import DAY, NOW
from tests.world import World, browser, clock


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
        assert "成交供应商" in page and "节资率" in page and "10%" in page


def test_a_barred_namesake_is_shown_to_who_decides_and_bars_nobody(world: World):
    """Everybody in the cast has a representative of the same name."""
    lot = equipment(world)
    done, _ = announced(
        world, lot, deposit="10万", starts_at=minute(NOW + 20 * DAY), ends_at=minute(NOW + 20 * DAY + HOUR)
    )
    assert done.status_code == 303, mistakes(done)
    today = local_date(NOW)
    decided = Decision("江州市住房和城乡建设局", "江建罚〔2026〕7号", "招标投标法 §53", today)
    credit.ban(
        world.supervisor.acts(),
        NewBan(world.bidders[1].organisation, "collusion", today, add_months(today, 12), decided),
        at=NOW,
    )
    assert applied(world, lot, world.bidders[0]).status_code == 303
    with clock(NOW + DAY):
        page = text(
            browser(world.operator).get(address(lot, f"applications/{world.bidders[0].organisation}/"))
        )
    assert (
        "同名不等于同一人" in page and world.bidders[1].organisation_name in page and "确认竞买资格" in page
    )


def test_a_namesake_on_the_owner_s_side_is_shown_to_who_decides(world: World):
    """Nobody is barred; the owner's representative bears the name of every bidder's."""
    lot = equipment(world)
    assert announced(world, lot)[0].status_code == 303
    assert applied(world, lot, world.bidders[0]).status_code == 303
    with clock(NOW + DAY):
        page = text(
            browser(world.operator).get(address(lot, f"applications/{world.bidders[0].organisation}/"))
        )
    assert f"法定代表人何理与{world.owner.organisation_name}的法定代表人同名" in page


def test_where_the_thing_must_be_shown_the_days_for_it_are_proposed(world: World):
    lot = world.lot(title="体育馆冠名权", deal_category="L13", method="ascending", scoring="", quality="")
    with clock(NOW):
        page = browser(world.agency).get(address(lot, "announce/"))
    assert proposed(page)["viewings"] == "2026-06-04 09:00 至 17:00\n2026-06-05 09:00 至 17:00"
