"""公告未予发布: a notice whose dates break the law is turned back with its reasons, and that is kept."""

from ggzy.foundation.journal import queries as journal
from ggzy.trading.auctions import queries
from ggzy.trading.auctions.values import AuctionState
from tests.pages.auction_walk import address, carried, lot_of, mistakes, paper, start, text
from tests.services.auctions.stage import NOW
from tests.world import World, clock

UNLAWFUL = {
    "starts_at": "2026-06-03 09:00",
    "ends_at": "2026-06-03 17:00",
    "apply_until": "2026-06-02 17:00",
    "deposit_until": "2026-06-02 17:00",
}


def test_a_notice_whose_dates_break_the_law_is_turned_back_and_noted_once(world: World):
    lot = lot_of(world, "C02", "ascending")
    with clock(NOW):
        desk, form = start(world, lot)
        check = desk.post(address(lot, "announce/"), form | UNLAWFUL | {"documents": paper()})
        for _ in range(2):
            answer = desk.post(address(lot, "announce/"), carried(check) | {"go": "publish"})
            assert answer.status_code == 422 and "最早" in text(answer)
        (told,) = journal.facts(subject=f"lot/{lot}/1/refusals")
        assert told.kind == "announcement.refused" and "notice_too_short" in told.event.reasons
        lawful = {name: form[name] for name in UNLAWFUL}
        done = desk.post(address(lot, "announce/"), carried(check) | lawful | {"go": "publish"})
        assert done.status_code == 303, mistakes(done)
    assert queries.auction(lot).state is AuctionState.ANNOUNCED
