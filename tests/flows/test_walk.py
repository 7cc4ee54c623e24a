"""标段的全程, on readings such as a centre publishes them: every one ends archived, and everything agrees."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from ggzy.desk.management.rehearsal import award, sitting
from ggzy.desk.management.rehearsal.clock import at_moment
from ggzy.desk.management.rehearsal.readings import BidderReading, LotReading, read_price
from ggzy.desk.management.rehearsal.runner import Outcome, Rehearsal
from ggzy.desk.management.rehearsal.script import write
from ggzy.desk.management.rehearsal.walk import Entrant, Walk
from ggzy.kernel.instants import BEIJING
from ggzy.kernel.verdict import Refused
from ggzy.trading.contracting import queries as contracting
from ggzy.trading.contracting import rules as contracting_rules
from ggzy.trading.contracting import services
from ggzy.trading.deposits import queries as deposits
from ggzy.trading.dossier import queries as dossier
from ggzy.trading.dossier import services as dossier_services
from ggzy.trading.dossier.values import Stage

pytestmark = pytest.mark.django_db
PUBLICITY = (datetime(2025, 6, 13, 18, tzinfo=BEIJING), datetime(2025, 6, 16, 18, tzinfo=BEIJING))


def _reading(*prices: str, round: int = 1) -> LotReading:
    named = tuple(
        BidderReading(f"云岭{n}号建设有限公司", read_price(p)) for n, p in enumerate(prices, start=1)
    )
    title = "江州市第一小学教学楼工程"
    return LotReading("test", 1, title, round=round, publicity=PUBLICITY, bidders=named)


def _walked(tmp_path: Path, *readings: LotReading) -> Iterator[Outcome]:
    return Rehearsal("t", tmp_path, list(readings), first_serial=1).run()


@pytest.mark.parametrize(
    "reading, rounds",
    [
        (_reading("1799255.53", "1809900.75", "1801325.31"), 1),
        (_reading("下浮率20.50%", "下浮率29.00%", "下浮率25.00%"), 1),
        (_reading("按收费标准的38.3%计取，不计取调整系数。", "按收费标准的39.8%计取。", "未提供"), 1),
        (_reading("1799255.53", round=2), 2),
        (LotReading("test", 1, "澜川市通村公路", bidder_count=2, opened_at=PUBLICITY[0]), 2),
        (
            LotReading(
                "test",
                1,
                "澜川市通村公路",
                bidder_count=5,
                opened_at=datetime(2023, 8, 26, 9, 30, tzinfo=BEIJING),
            ),
            1,
        ),
    ],
    ids=["amounts", "discounts", "sentences", "second tender", "two bidders", "a count, on a Saturday"],
)
def test_a_published_lot_reaches_its_archive_and_everything_agrees(tmp_path, reading, rounds):
    (outcome,) = _walked(tmp_path, reading)
    assert outcome.problems == ()
    assert outcome.rounds == rounds
    assert outcome.lot is not None
    assert dossier.summary(outcome.lot).stage is Stage.ARCHIVED


def _to_award(tmp_path: Path) -> tuple[Walk, list[Entrant]]:
    rehearsal = Rehearsal("t", tmp_path, [_reading("1799255.53", "1809900.75", "1801325.31")], first_serial=1)
    (when,) = rehearsal._schedules
    walk = Walk(rehearsal.cast, rehearsal.custody, write(rehearsal.readings[0], when))
    walk.register()
    walk.announce(when)
    sitting.publish_scheme(walk, when)
    entrants = walk.bid(when, walk.script.bids)
    walk.close(when)
    walk.open(when, entrants)
    sitting.convene(walk, when)
    sitting.evaluate(walk, when, entrants)
    award.publicise(walk, when)
    return walk, entrants


def test_a_winner_who_refuses_loses_the_deposit_and_the_next_one_is_awarded(tmp_path):
    walk, entrants = _to_award(tmp_path)
    letter = award.award(walk)
    first = contracting.award(walk.lot)
    assert first is not None and first.winner is not None
    winner = next(e.who for e in entrants if e.who.code == first.winner.bidder.leader)
    with at_moment(letter):
        services.refuse_award(walk.cast.act(winner), walk.lot, "无力履行", at=letter)
    assert winner.code not in (deposits.secured_parties(walk.lot) or ())
    dossier_services.refresh(walk.lot)
    assert dossier.summary(walk.lot).winner == ""
    with at_moment(letter):
        with pytest.raises(Refused):
            services.award(walk.cast.act(walk.owner), walk.lot, rank=1, at=letter)
        services.award(walk.cast.act(walk.owner), walk.lot, rank=2, at=letter)
    found = contracting.award(walk.lot)
    assert found is not None and found.rank == 2
    assert contracting_rules.fold(dossier.facts_of(walk.lot)) == contracting.standing(walk.lot)


def test_a_letter_is_found_by_its_code(tmp_path):
    walk, _ = _to_award(tmp_path)
    award.award(walk)
    dossier_services.refresh(walk.lot)
    found = contracting.award(walk.lot)
    assert found is not None and found.letter is not None
    told = dossier.letter(found.letter.code)
    assert told is not None and told.lot == walk.lot
    assert dossier.letter("0000-0000-0000-0000") is None


def test_an_owner_may_end_the_round_when_the_winner_refused(tmp_path):
    walk, entrants = _to_award(tmp_path)
    letter = award.award(walk)
    found = contracting.award(walk.lot)
    assert found is not None and found.winner is not None
    winner = next(e.who for e in entrants if e.who.code == found.winner.bidder.leader)
    with at_moment(letter):
        with pytest.raises(Refused):
            services.end(walk.cast.act(walk.owner), walk.lot, "另行招标", at=letter)
        services.refuse_award(walk.cast.act(winner), walk.lot, "无力履行", at=letter)
        services.end(walk.cast.act(walk.owner), walk.lot, "另行招标", at=letter)
    dossier_services.refresh(walk.lot)
    assert dossier.summary(walk.lot).stage is Stage.FAILED
    assert contracting_rules.fold(dossier.facts_of(walk.lot)) == contracting.standing(walk.lot)
