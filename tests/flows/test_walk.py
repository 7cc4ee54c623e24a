"""一个标段的全程, on a reading such as a centre publishes it."""

from datetime import timedelta
from pathlib import Path

import pytest

from ggzy.desk.management.rehearsal import award, readers, sitting
from ggzy.desk.management.rehearsal.cast import Cast
from ggzy.desk.management.rehearsal.clock import at_moment
from ggzy.desk.management.rehearsal.custody import Custody
from ggzy.desk.management.rehearsal.readings import BidderReading, LotReading, read_price
from ggzy.desk.management.rehearsal.schedule import plan
from ggzy.desk.management.rehearsal.script import write
from ggzy.desk.management.rehearsal.walk import Walk
from ggzy.kernel.codes import RegionCode
from ggzy.registers.catalog import queries as catalog
from ggzy.trading.dossier import queries as dossier
from ggzy.trading.tendering import queries as tendering

pytestmark = pytest.mark.django_db

READING = LotReading(
    source="x",
    line=1,
    title="江州市第一小学教学楼工程",
    publicity=readers._span("2025年06月13日 18时00分至2025年06月16日 18时00分"),
    bidders=tuple(
        BidderReading(f"云岭{c}建设有限公司", read_price(p))
        for c, p in zip("甲乙丙", ("1799255.53", "1809900.75", "1801325.31"), strict=True)
    ),
)


def test_walk(tmp_path: Path):
    cal = catalog.calendar()
    assert READING.publicity is not None
    book = catalog.rulebook("construction", RegionCode("980100"), READING.publicity[0].date())
    sched = plan(READING, cal, book)
    script = write(READING, sched)
    begin = sched.registered - timedelta(days=3)
    cast = Cast("t", begin)
    with at_moment(begin):
        keepers = Custody(cast, tmp_path, begin)
    walk = Walk(cast, keepers, script)
    walk.register()
    walk.announce(sched)
    sitting.publish_scheme(walk, sched)
    entrants = walk.bid(sched, script.bids)
    walk.close(sched)
    walk.open(sched, entrants)
    bids = tendering.opened_bids(walk.lot)
    assert [b.price.text for b in bids if b.price] == ["1799255.53", "1809900.75", "1801325.31"]

    sitting.convene(walk, sched)
    sitting.evaluate(walk, sched, entrants)
    award.publicise(walk, sched)
    letter = award.award(walk)
    signed = award.contract(walk, letter, entrants)
    done = award.perform(walk, signed)
    award.archive(walk, done)
    print(dossier.summary(walk.lot))
