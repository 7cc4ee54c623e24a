"""标段的全程, on readings such as a centre publishes them: every one ends archived, and everything agrees."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from ggzy.desk.management.rehearsal import award
from ggzy.desk.management.rehearsal.readings import BidderReading, LotReading, read_price
from ggzy.desk.management.rehearsal.runner import Outcome, Rehearsal
from ggzy.kernel.instants import BEIJING
from ggzy.trading.contracting import queries as contracting
from ggzy.trading.dossier import queries as dossier
from ggzy.trading.dossier import services as dossier_services
from ggzy.trading.dossier.values import Stage
from tests.flows import story as stories

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


def test_a_letter_is_found_by_its_code(tmp_path):
    story = stories.begun(tmp_path)
    story.to_publicity()
    award.award(story.walk)
    dossier_services.refresh(story.lot)
    found = contracting.award(story.lot)
    assert found is not None and found.letter is not None
    told = dossier.letter(found.letter.code)
    assert told is not None and told.lot == story.lot
    assert dossier.letter("0000-0000-0000-0000") is None
