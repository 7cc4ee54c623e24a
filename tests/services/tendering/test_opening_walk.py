"""开标: the whole walk, from announcement to record."""

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.money import Money
from ggzy.trading.notices import queries as notices
from ggzy.trading.tendering import queries, rules
from ggzy.trading.tendering.values import BidState, TenderState
from tests.services.tendering import hall as stage

pytestmark = pytest.mark.django_db


def test_three_bids_are_opened_read_out_and_recorded():
    hall = stage.opened()
    assert queries.tender(hall.code).state is TenderState.OPENED
    bids = queries.opened_bids(hall.code)
    assert [bid.price.amount for bid in bids] == [Money.yuan(f"190{n}0000") for n in range(3)]
    assert {bid.state for bid in bids} == {BidState.OPENED}
    (record,) = notices.notices(lot=hall.code, kinds=["opening_record"])
    assert record.body[0].table[1][:3] == ("1", hall.people.firms[0].name, "19000000元")


def test_rows_and_facts_agree_after_an_opening():
    hall = stage.opened()
    facts = journal.facts(prefix=f"lot/{hall.code}")
    assert rules.fold(facts) == queries.standing(hall.code)
