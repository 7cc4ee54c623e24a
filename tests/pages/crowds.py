"""拥挤的平台: more of everything than a page shows at once."""

from datetime import datetime

import pytest

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.money import Money
from ggzy.trading.dossier import services as dossiers
from ggzy.trading.tendering.events import BidReadOut
from ggzy.trading.tendering.values import Bidder, Price
from tests.services.tendering import hall as stage

BIDDERS = 1905


CONSORTIUM = "云岭建设集团有限公司与江州市水利水电工程局有限责任公司联合体、" * 33


SENTENCE = "下浮率 20.5%，以财政评审中心审定的结算价为基数，按实际完成工程量结算"


@command
def read_out(actor: Actor, lot: LotCode, number: int, *, at: datetime) -> Receipt:
    """As many bids read out as the largest opening known."""
    facts = [_bid(lot, place) for place in range(4, number + 1)]
    return journal.record_all(facts, actor=actor, at=at)


def _bid(lot: LotCode, place: int) -> BidReadOut:
    leader = CreditCode.make(region=stage.REGION, serial=5000 + place)
    amount = Money.yuan(19_000_000 + place)
    price = (
        Price("text", text=SENTENCE)
        if place % 10 == 0
        else Price("amount", amount, text=f"{amount.figures()}元")
    )
    name = CONSORTIUM if place == 5 else f"云岭第{place}建设工程有限公司"
    return BidReadOut(
        lot=lot, round=1, bid=f"bid-{place}", seq=place, bidder=Bidder(leader, name), price=price,
        period="360日历天", quality="合格", leader="李某", note="",
    )  # fmt: skip


@pytest.fixture
def crowded(opened: stage.Hall) -> stage.Hall:
    """An opening with 1,905 bidders."""
    with stage.clock(stage.DEADLINE) as at:
        read_out(stage.system(), opened.code, BIDDERS, at=at)
    dossiers.refresh(opened.code)
    return opened
