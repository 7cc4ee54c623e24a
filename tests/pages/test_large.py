"""Long is normal: 1,905 bidders, a consortium of a thousand characters, a price that is a sentence."""

import time
from datetime import datetime

import pytest
from django.test import Client

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.money import Money
from ggzy.trading.dossier import services as dossiers
from ggzy.trading.tendering.events import BidReadOut
from ggzy.trading.tendering.values import Bidder, Price
from tests.pages.markup import faults
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


def test_pages_of_a_crowded_opening_stay_small_and_quick(crowded: stage.Hall, client: Client):
    code = crowded.code
    paths = [f"/lots/{code}/", f"/lots/{code}/record/", f"/lots/{code}/record/?chapter=opening&page=7"]
    paths += [f"/openings/{code}/", f"/openings/{code}/?page=20", f"/openings/{code}/?find=第1905"]
    for path in paths:
        client.get(path)
        began = time.process_time()  # of this process alone: the machine may be busy with others
        answer = client.get(path)
        took = time.process_time() - began
        text = answer.content.decode()
        assert (answer.status_code, faults(text)) == (200, []), path
        assert len(answer.content) <= 150 * 1024, path
        assert took < 0.6, f"{path} took {took:.2f} s of the processor"


def test_every_row_can_be_reached_and_found(crowded: stage.Hall, client: Client):
    first = client.get(f"/openings/{crowded.code}/").content.decode()
    assert "共 1,905 条，第 1 / 20 页" in first and CONSORTIUM in first and SENTENCE in first
    last = client.get(f"/openings/{crowded.code}/?page=20").content.decode()
    assert "云岭第1905建设工程有限公司" in last
    found = client.get(f"/openings/{crowded.code}/", {"find": "第1905建设"}).content.decode()
    assert "云岭第1905建设工程有限公司" in found and "共 1 家" in found
