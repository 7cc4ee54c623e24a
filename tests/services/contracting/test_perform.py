"""登记履约: it works · each refusal · who may not · what is recorded · twice the same request."""

from dataclasses import replace
from datetime import date

import pytest

from ggzy.kernel.instants import local_date
from ggzy.kernel.money import Money
from ggzy.kernel.roles import Permission
from ggzy.trading.contracting import services
from ggzy.trading.contracting.values import Step, StepKind
from tests.services.contracting.table import DAY, Table, refusal

ON = date(2025, 7, 1)
REPORT = Step(StepKind.REPORT, "基础完工", ON)


@pytest.mark.parametrize("name", ["owner", "winner"])
def test_either_side_writes_down_what_happened(table: Table, name: str):
    table.to_signature()
    payment = Step(StepKind.PAYMENT, "预付款", ON, Money.yuan("100000"), date(2025, 6, 28))
    services.perform(table.act(name), table.lot, REPORT, at=table.accepted)
    services.perform(table.act(name), table.lot, payment, at=table.accepted)
    assert table.award().steps == (REPORT, payment)
    assert table.award().steps[1].days_late == 3
    assert table.is_folded()


@pytest.mark.parametrize(
    "step, reasons",
    [
        (replace(REPORT, text=" "), ["text_missing"]),
        (replace(REPORT, on=date(2099, 1, 1)), ["in_future"]),
        (Step(StepKind.PAYMENT, "预付款", ON), ["amount_missing"]),
        (Step(StepKind.PAYMENT, "预付款", ON, Money(0)), ["amount_missing"]),
        (
            Step(StepKind.PAYMENT, "", date(2099, 1, 1)),
            ["text_missing", "in_future", "amount_missing"],
        ),
    ],
)
def test_a_step_is_refused_with_every_reason_in_order(table: Table, step, reasons):
    table.to_signature()
    assert refusal(services.perform, table.act("owner"), table.lot, step, at=table.accepted) == reasons


def test_a_step_of_today_is_no_future(table: Table):
    table.to_signature()
    today = replace(REPORT, on=local_date(table.accepted))
    services.perform(table.act("owner"), table.lot, today, at=table.accepted)
    tomorrow = replace(REPORT, on=local_date(table.accepted + DAY))
    found = refusal(services.perform, table.act("owner"), table.lot, tomorrow, at=table.accepted)
    assert found == ["in_future"]


def test_before_the_signature_and_after_the_end_nothing_is_performed(table: Table):
    table.to_draft()
    assert refusal(services.perform, table.act("owner"), table.lot, REPORT, at=table.accepted) == [
        "not_signed"
    ]
    services.sign(table.act("winner"), table.lot, at=table.signed)
    done = Step(StepKind.ACCEPTANCE, "验收合格", local_date(table.accepted))
    services.perform(table.act("owner"), table.lot, done, at=table.accepted)
    services.complete(table.act("owner"), table.lot, "完成", at=table.accepted)
    late = refusal(services.perform, table.act("winner"), table.lot, REPORT, at=table.accepted)
    assert late == ["not_signed"]


def test_only_the_two_sides_of_the_contract_write(table: Table):
    table.to_signature()
    table.keeps_out(
        Permission.CONTRACT_PERFORM,
        lambda actor: services.perform(actor, table.lot, REPORT, at=table.accepted),
        ("owner", "winner"),
    )


def test_the_fact_is_numbered_and_public(table: Table):
    table.to_acceptance()
    fact = table.last()
    assert (fact.kind, fact.audience, fact.event.number) == ("performance.recorded", "public", 1)
    assert (fact.event.step, fact.event.text) == (StepKind.ACCEPTANCE, "验收合格")


def test_the_same_form_twice_is_one_step(table: Table):
    table.to_signature()
    table.is_safe_twice(
        "owner",
        lambda actor: services.perform(actor, table.lot, REPORT, at=table.accepted),
        lambda actor: services.perform(actor, table.lot, replace(REPORT, text="别的"), at=table.accepted),
    )
    assert len(table.award().steps) == 1
