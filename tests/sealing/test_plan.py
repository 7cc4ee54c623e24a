"""The opening plan: strict bytes, lawful custody, keys that pinned custodians have signed."""

from dataclasses import replace

import pytest

from ggzy.foundation.sealing import plan
from ggzy.foundation.sealing.plan import Custodian, CustodianKind, OpeningPlan, PlanPart, Stage
from ggzy.kernel import canon
from tests.sealing.cast import BIDDER, KEEPERS, PLAN, RIVAL, a_plan

PINS = {keeper.who: keeper.certificate for keeper in KEEPERS}


def codes(verdict) -> list[str]:
    return [reason.code for reason in verdict.reasons]


def test_a_plan_comes_back_from_its_bytes() -> None:
    assert OpeningPlan.read(canon.dumps(PLAN.body())) == PLAN
    assert OpeningPlan.read(PLAN.body()).digest == PLAN.digest


@pytest.mark.parametrize(
    "changes",
    [{"suite": "W9"}, {"policy": "none"}, {"deadline": "tomorrow"}, {"threshold": "3"}, {"extra": 1}],
)
def test_a_plan_with_strange_fields_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        OpeningPlan.read({**PLAN.body(), **changes})


def test_any_change_changes_the_digest() -> None:
    assert a_plan(threshold=4).digest != PLAN.digest
    assert replace(PLAN, min_bids=2).digest != PLAN.digest


def test_the_usual_five_may_hold() -> None:
    assert plan.may_plan(PLAN).ok
    assert plan.may_hold(a_plan(policy="B")).ok


def held(*kinds: CustodianKind, orgs: tuple[int, ...] = ()) -> tuple[Custodian, ...]:
    places = [keeper.place() for keeper in KEEPERS]
    return tuple(
        replace(places[x], kind=kind, org=places[orgs[x] if orgs else x].org) for x, kind in enumerate(kinds)
    )


@pytest.mark.parametrize(
    "custodians, threshold, reason",
    [
        (held("centre", "supervisor", "notary"), 1, "threshold"),
        (held("centre", "supervisor", "notary"), 4, "threshold"),
        (held("supervisor", "centre", "notary")[::-1], 2, "numbering"),
        (held("supervisor", "notary", "audit", orgs=(0, 0, 2)), 2, "one_organisation"),
        (held("centre", "owner", "supervisor"), 2, "centre_and_owner"),
        (held("centre", "centre", "owner", "notary", "audit"), 3, "centre_and_owner"),
        ((KEEPERS[0].place(), replace(KEEPERS[1].place(), pub=KEEPERS[0].place().pub)), 2, "shared_key"),
    ],
)
def test_custody_that_could_open_alone_is_refused(
    custodians: tuple[Custodian, ...], threshold: int, reason: str
) -> None:
    assert reason in codes(plan.may_hold(replace(PLAN, custodians=custodians, threshold=threshold)))


@pytest.mark.parametrize(
    "stages, reason",
    [
        ((), "no_parts"),
        ((Stage("open-1", "x", (PlanPart("price", "报价"), PlanPart("price", "报价"))),), "part_twice"),
        ((Stage("open-1", "x", (PlanPart("price", "报价", pad=0),)),), "part_size"),
        ((Stage("open-1", "x", ()), Stage("open-1", "y", (PlanPart("price", "报价"),))), "stage_twice"),
        ((Stage("open-1", "x", (PlanPart("../price", "报价"),)),), "part_name"),
    ],
)
def test_impossible_stages_are_refused(stages: tuple[Stage, ...], reason: str) -> None:
    assert reason in codes(plan.may_plan(replace(PLAN, stages=stages)))


def test_pinned_custodians_have_signed_their_keys() -> None:
    assert plan.check_custodians(PLAN, PINS).ok


def test_a_key_swapped_by_the_server_is_found() -> None:
    first = PLAN.custodians[0]
    swapped = replace(PLAN, custodians=(replace(first, pub=PLAN.custodians[1].pub), *PLAN.custodians[1:]))
    assert codes(plan.check_custodians(swapped, PINS)) == ["bad_signature"]


def test_a_key_stated_for_another_round_is_found() -> None:
    assert codes(plan.check_custodians(replace(PLAN, round=2), PINS)) == ["bad_signature"]


def test_an_unknown_custodian_is_found() -> None:
    pins = {who: certificate for who, certificate in PINS.items() if who != KEEPERS[2].who}
    assert codes(plan.check_custodians(PLAN, pins)) == ["unknown_custodian"]


def test_a_statement_belongs_to_its_certificate() -> None:
    statement = plan.state_key(PLAN.lot, 1, BIDDER.who, PLAN.custodians[0].pub, BIDDER.key)
    assert plan.check_statement(statement, BIDDER.certificate).ok
    assert codes(plan.check_statement(statement, RIVAL.certificate)) == ["other_certificate", "bad_signature"]
    broken = plan.state_key(PLAN.lot, 1, BIDDER.who, b"\x04" + bytes(64), BIDDER.key)
    assert codes(plan.check_statement(broken, BIDDER.certificate)) == ["not_a_key"]
    assert plan.KeyStatement.read(statement.body()) == statement
