"""监督数据的规则: what a lot counts as, and every figure by a table."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from ggzy.kernel.codes import RegionCode
from ggzy.kernel.money import Money
from ggzy.oversight.cases.rules import figures as rules
from ggzy.oversight.cases.values.figures import Outcome
from ggzy.trading.dossier.values.disputes import Objection
from ggzy.trading.dossier.values.record import LotRecord
from ggzy.trading.dossier.values.sales import Auction
from ggzy.trading.dossier.values.stages import Failure
from tests.indicators.market import AT, DAY, REGION, award, lot, party, record, yuan
from tests.indicators.procedure import opening

FAR = RegionCode("110000")
FAILED = Failure(at=AT + DAY, height=60, cause="too_few_bids", reason="不足三家")


def row(number: int = 1, amount: int | None = 100, winner: int = 1, **changes: Any) -> Outcome:
    usual = Outcome(
        lot=lot(number), region=REGION, category="construction", at=AT, is_failed=False, is_sold=False,
        estimate=yuan(200), amount=None if amount is None else yuan(amount), winner=party(winner),
        winner_name=f"第{winner}公司", bidders=4,
    )  # fmt: skip
    return replace(usual, **changes)


def sale(**changes: Any) -> Auction:
    fields: dict[str, Any] = {
        "at": AT, "height": 20, "format": "english", "apply_from": AT, "apply_until": AT, "starts_at": AT,
        "ends_at": AT, "deposit": yuan(10), "start": yuan(100),
    }  # fmt: skip
    return Auction(**fields | changes)


def failed(number: int = 9) -> Outcome:
    return replace(row(number, None), is_failed=True, winner=None, bidders=2)


@pytest.mark.parametrize(
    ("of", "is_failed", "amount"),
    [
        (record(award=award(1, 900)), False, yuan(900)),
        (record(award=award(1, 900), price_form="rate"), False, None),
        (record(award=award(1, 900), price_form="unit"), False, None),
        (record(failure=FAILED), True, None),
        (record(award=award(1), failure=FAILED), True, None),
        (
            record(auction=sale(sold_at=AT, winner=party(1), total=yuan(900)), nature="asset"),
            False,
            yuan(900),
        ),
        (record(auction=sale(sold_at=AT, winner=party(1), defaulted_at=AT + DAY)), True, None),
    ],
)
def test_a_lot_counts_by_its_award_or_failure(of: LotRecord, is_failed: bool, amount: Money | None):
    found = rules.outcome(of)
    assert found is not None and (found.is_failed, found.amount) == (is_failed, amount)
    assert found.at == (FAILED.at if is_failed else AT)


@pytest.mark.parametrize("of", [record(), record(auction=sale()), record(opening=opening())])
def test_a_lot_without_outcome_does_not_count(of: LotRecord):
    assert rules.outcome(of) is None


def test_a_new_round_counts_the_objections_of_all_and_its_own_bidders():
    before = record(opening=opening(count=2), failure=FAILED)
    raised = Objection(at=AT, height=30, objection="y1", stage="document", due_on=AT.date())
    before = replace(before, objections=(raised,))
    found = rules.outcome(record(opening=opening(count=5), award=award(1), earlier=(before,)))
    assert found is not None and (found.bidders, found.is_failed, found.objections) == (5, False, 1)


@pytest.mark.parametrize(
    ("rows", "name", "expected"),
    [
        ([], "awarded", 0),
        ([], "failed_share", None),
        ([], "saving", None),
        ([], "cr4", None),
        ([], "hhi", None),
        ([], "bidders", None),
        ([row(1), row(2), failed()], "awarded", 2),
        ([row(1), row(2), failed()], "failed_share", Decimal("33.3")),
        ([row(1, 150), row(2, None)], "value", yuan(150)),
        ([row(1, 150), row(2, None)], "saving", Decimal("25.0")),
        ([row(1, 250)], "saving", Decimal("-25.0")),
        ([row(1, 250, is_sold=True)], "saving", None),
        ([row(1, 250, is_sold=True)], "premium", Decimal("25.0")),
        ([row(1, bidders=3), row(2, bidders=6), row(3, bidders=None)], "bidders", Decimal("4.5")),
        ([row(1, winner_region=FAR), row(2, winner_region=REGION), row(3)], "outside", Decimal("50.0")),
        ([row(1)], "outside", None),
        ([row(1, announced_at=AT - DAY), row(2, announced_at=AT - 2 * DAY), row(3)], "days", Decimal("1.5")),
        ([row(1)], "days", None),
        ([row(n, winner=n) for n in range(1, 6)], "cr4", Decimal("80.0")),
        ([row(n, winner=n) for n in range(1, 6)], "hhi", 2000),
        ([row(n) for n in range(1, 6)], "hhi", 10_000),
        ([row(1, 75), row(2, 25, 2)], "hhi", 6250),
        ([row(1, None)], "hhi", None),
        ([row(1, objections=1), row(2), row(3), row(4)], "objections", Decimal("25.0")),
        ([row(1, complaints=3), row(2)], "complaints", Decimal("150.0")),
    ],
)
def test_figures(rows: list[Outcome], name: str, expected: object):
    assert getattr(rules.figures(rows), name) == expected


@pytest.mark.parametrize(
    ("lot", "winner", "is_outside"),
    [
        ("980102", "980103", False),
        ("980102", "980100", False),
        ("980102", "980202", True),
        ("980100", "980102", False),
        ("980100", "980000", True),
        ("980000", "980102", False),
        ("980102", "110000", True),
    ],
)
def test_outside_is_who_is_registered_in_another_city(lot: str, winner: str, is_outside: bool):
    found = row(1, region=RegionCode(lot), winner_region=RegionCode(winner))
    assert rules.is_outside(found) is is_outside


def test_winners_stand_by_value_and_their_shares_are_whole():
    found = rules.winners([row(1, 20, 2), row(2, 50), row(3, 30, 2), failed()])
    assert [(one.code, one.lots) for one in found] == [(party(1), 1), (party(2), 2)]
    assert sum(one.share for one in found) == 100


def test_groups_hold_every_lot_once():
    found = rules.grouped([row(1), row(2, category="sale"), row(3)], lambda one: one.category)
    assert [(name, one.awarded) for name, one in found] == [("construction", 2), ("sale", 1)]
