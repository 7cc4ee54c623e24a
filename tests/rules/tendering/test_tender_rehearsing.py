"""开标前自检: what would keep a bid from being opened."""

from datetime import timedelta

import pytest

from ggzy.trading.tendering.rules.rehearsing import is_ready
from ggzy.trading.tendering.values import BidState
from tests.rules.tendering.tender_setting import DEADLINE

LATER, EARLIER = DEADLINE + timedelta(days=1), DEADLINE - timedelta(days=1)


@pytest.mark.parametrize(
    ("own", "is_current", "certificates", "reasons"),
    [
        (BidState.SUBMITTED, True, [LATER], []),
        (BidState.SUBMITTED, True, [EARLIER, LATER], []),
        (None, False, [LATER], ["no_bid"]),
        (BidState.WITHDRAWN, True, [LATER], ["no_bid"]),
        (BidState.SUBMITTED, False, [LATER], ["documents_stale"]),
        (BidState.SUBMITTED, True, [DEADLINE], ["certificate_ends"]),
        (BidState.SUBMITTED, True, [], ["certificate_ends"]),
        (None, False, [], ["no_bid", "certificate_ends"]),
    ],
)
def test_a_bid_is_ready_when_it_lies_there_current_with_a_certificate(own, is_current, certificates, reasons):
    verdict = is_ready(own, is_current, certificates, DEADLINE)
    assert [reason.code for reason in verdict.reasons] == reasons
