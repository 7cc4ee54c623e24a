"""优先购买权的页面: the bidder claims it, the centre decides it, everybody else is turned away."""

from ggzy.trading.auctions.queries import sales
from ggzy.trading.auctions.values import Offer, OfferKind
from ggzy.trading.dossier import services as dossiers
from tests.pages.auction_walk import address, mistakes, paper, text
from tests.services.auctions.claims import AFTER, asked, claim
from tests.services.auctions.stage import DAY, MINUTE, NOW, OPENS, admit, announced, apply, press
from tests.world import World, browser, clock

GROUNDS = "公司章程载明的其他股东"


def test_a_bidder_claims_and_reads_how_it_was_decided(world: World):
    lot, bidder = announced(world, priority=AFTER), world.bidders[0]
    admit(world, lot, bidder)
    one = address(lot, f"applications/{bidder.organisation}/priority/")
    with clock(NOW + 4 * DAY):
        own = browser(bidder)
        assert "主张优先购买权" in text(own.get(address(lot, "apply/")))
        bare = own.post(address(lot, "apply/priority/"), {"grounds": GROUNDS})
        assert bare.status_code == 422
        form = {"grounds": GROUNDS, "proof": paper("章程.txt", "章程"), "request": "claim"}
        done = own.post(address(lot, "apply/priority/"), form)
        assert done.status_code == 303, mistakes(done)
        assert "等待交易中心认定" in text(own.get(address(lot, "apply/")))
    with clock(NOW + 5 * DAY):
        dossiers.refresh(lot)
        desk = browser(world.operator)
        assert GROUNDS in text(desk.get(address(lot, "applications/"))) and "章程.txt" in text(desk.get(one))
        assert "认定优先购买权" in text(desk.get("/desk/"))
        assert desk.post(one, {"order": "1", "reason": " "}).status_code == 422
        decided = desk.post(one, {"order": "1", "reason": "经核对章程", "request": "decide"})
        assert decided.status_code == 303, mistakes(decided)
        assert desk.get(one).status_code == 404
        told = text(browser(bidder).get(address(lot, "apply/")))
        assert "第 1 顺位" in told and "经核对章程" in told
    assert sales.claims(lot, 1) == ()


def test_each_other_role_is_turned_away(world: World):
    lot, bidder = announced(world, priority=AFTER), world.bidders[0]
    apply(world, lot, bidder)
    claim(world, lot, bidder)
    one = address(lot, f"applications/{bidder.organisation}/priority/")
    with clock(NOW + 3 * DAY):
        for player in (world.owner, world.supervisor, world.operator):
            assert browser(player).get(address(lot, "apply/priority/")).status_code in (403, 404)
        for player in (world.owner, world.supervisor, bidder, world.bidders[1]):
            assert browser(player).get(one).status_code in (403, 404)


def test_where_the_notice_names_nobody_there_is_nothing_to_claim(world: World):
    lot, bidder = announced(world), world.bidders[0]
    apply(world, lot, bidder)
    with clock(NOW + 3 * DAY):
        assert "优先购买权" not in text(browser(bidder).get(address(lot, "apply/")))
        assert "公告没有载明优先购买权" in text(browser(bidder).get(address(lot, "apply/priority/")))


def test_the_room_lets_the_holder_exercise_or_waive_its_right(world: World):
    lot, (holder, _, _), seat = asked(world)
    with clock(OPENS + 61 * MINUTE):
        page = text(browser(world.bidders[0]).get(f"/auctions/{lot}/"))
        assert 'data-act="match">' in page and 'data-act="waive">放弃行使' in page
        assert 'data-act="waive"' not in text(browser(world.bidders[1]).get(f"/auctions/{lot}/"))
    press(seat, OPENS + 61 * MINUTE, Offer(holder, "waive-000001", kind=OfferKind.WAIVE))
    with clock(OPENS + 62 * MINUTE):
        page = text(browser(world.bidders[0]).get(f"/auctions/{lot}/"))
        assert 'data-act="match" disabled' in page and 'data-act="waive" disabled' in page
        assert "<p data-waived>" in page and "<strong>放弃行使优先购买权" in page
