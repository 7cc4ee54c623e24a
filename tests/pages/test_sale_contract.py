"""成交合同的页面: drafted, signed, accounted for; each side sees what concerns it."""

from tests.services.auctions.sale import AFTER, confirmed, drafted, signed
from tests.services.auctions.stage import DAY
from tests.world import World, browser, clock


def page(player, lot, name: str, at=AFTER + 5 * DAY) -> str:
    with clock(at):
        answer = browser(player).get(f"/desk/lots/{lot}/{name}/")
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_owner_drafts_for_the_winner_of_a_sale(world: World):
    text = page(world.owner, confirmed(world), "contract")
    assert "送竞得人签订" in text and "2,600,000.00" in text and "签约期限" in text


def test_the_winner_reads_the_instalments_before_it_signs(world: World):
    text = page(world.bidders[1], drafted(world), "sign")
    assert "竞买保证金转作价款" in text and "50%" in text and "价款支付" in text


def test_both_sides_see_what_is_paid_and_owed(world: World):
    lot = signed(world)
    for player in (world.owner, world.bidders[1]):
        text = page(player, lot, "performance")
        assert "未付价款" in text and "2,082,000.00" in text


def test_a_stranger_finds_nothing(world: World):
    lot = drafted(world)
    with clock(AFTER + 5 * DAY):
        assert browser(world.bidders[0]).get(f"/desk/lots/{lot}/sign/").status_code == 404
