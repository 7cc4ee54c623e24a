"""档案: what machines read of a lot says what happened, step by step or at once, and no more than it may."""

from datetime import datetime
from pathlib import Path

import pytest

from ggzy.desk.management.rehearsal.readings import BidderReading, LotReading, read_price
from ggzy.desk.management.rehearsal.runner import Rehearsal
from ggzy.kernel.codes import LotCode
from ggzy.kernel.instants import BEIJING
from ggzy.kernel.money import Money
from ggzy.trading.dossier import queries as dossier
from ggzy.trading.dossier import rules

pytestmark = pytest.mark.django_db
PRICES = ("1799255.53", "1809900.75", "1801325.31")
PUBLICITY = (datetime(2025, 6, 13, 18, tzinfo=BEIJING), datetime(2025, 6, 16, 18, tzinfo=BEIJING))


@pytest.fixture
def lot(tmp_path: Path) -> LotCode:
    named = tuple(
        BidderReading(f"云岭{n}号建设有限公司", read_price(p)) for n, p in enumerate(PRICES, start=1)
    )
    reading = LotReading("test", 1, "江州市第一小学教学楼工程", publicity=PUBLICITY, bidders=named)
    (outcome,) = Rehearsal("t", tmp_path, [reading], first_serial=1).run()
    assert outcome.lot is not None and outcome.is_good
    return outcome.lot


def test_a_record_tells_every_stage_of_its_lot(lot):
    record = dossier.record(lot)
    assert record is not None
    assert record.registered.title == "江州市第一小学教学楼工程"
    assert [bid.amount for bid in record.bids] == [Money.yuan(price) for price in PRICES]
    assert record.terms and record.opening and record.opening.opened_at
    assert record.opening.deadline == record.terms.deadline == record.terms.announced_deadline
    assert record.committee and len(record.committee.members) == record.committee.size
    assert all(member.expert and member.name for member in record.committee.members)
    assert record.evaluation and len(record.evaluation.candidates) == 3
    assert record.publicity and record.publicity.until == PUBLICITY[1]
    assert record.award and record.award.winner == record.bids[0].bidder
    assert record.contract and record.contract.amount == Money.yuan(PRICES[0])
    assert record.contract.completed_at and record.archived_at
    assert {notice.kind for notice in record.notices} >= {"tender_notice", "award_notice"}


def test_folding_fact_by_fact_gives_what_folding_at_once_gives(lot):
    known = None
    for fact in list(dossier.facts_of(lot, rules.TOLD)):
        known = dossier.record(lot, known, until=fact.height)
    assert known == dossier.record(lot)


def test_before_the_close_a_record_knows_no_bidder(lot):
    facts = list(dossier.facts_of(lot, rules.TOLD))
    close = next(fact for fact in facts if rules.unveils(fact))
    before = dossier.record(lot, until=close.height - 1)
    assert before is not None and before.bids == () and not before.is_closed
    after = dossier.record(lot, before, until=close.height)
    assert after is not None and len(after.bids) == 3 and after.is_closed
