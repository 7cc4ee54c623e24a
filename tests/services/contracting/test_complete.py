"""合同完结: it works · each refusal · who may not · what is recorded · twice the same request."""

import pytest

from ggzy.kernel.instants import local_date
from ggzy.kernel.money import Money
from ggzy.kernel.roles import Permission
from ggzy.trading.contracting import services
from ggzy.trading.contracting.values import AwardState, Step, StepKind
from tests.services.contracting.table import DAY, Table, refusal


def test_an_accepted_contract_is_completed_with_what_was_paid(table: Table):
    table.to_acceptance()
    for yuan in ("1000000.01", "16992555.29"):
        step = Step(StepKind.PAYMENT, "工程款", local_date(table.accepted), Money.yuan(yuan))
        services.perform(table.act("owner"), table.lot, step, at=table.accepted)
    end = table.accepted + DAY
    services.complete(table.act("owner"), table.lot, " 履行完毕 ", at=end)
    found, fact = table.award(), table.last()
    assert found.state is AwardState.COMPLETED
    assert found.contract is not None and found.contract.completed_at == end
    assert (fact.kind, fact.audience) == ("contract.completed", "public")
    assert (fact.event.text, fact.event.paid) == ("履行完毕", Money.yuan("17992555.30"))
    assert table.is_folded()


@pytest.mark.parametrize(
    "before, reasons",
    [
        ("to_letter", ["not_signed", "not_accepted"]),
        ("to_draft", ["not_signed", "not_accepted"]),
        ("to_signature", ["not_accepted"]),
    ],
)
def test_a_contract_is_not_completed_before_its_acceptance(table: Table, before, reasons):
    getattr(table, before)()
    assert refusal(services.complete, table.act("owner"), table.lot, "完", at=table.accepted) == reasons


def test_a_contract_is_completed_once(table: Table):
    table.to_acceptance()
    services.complete(table.act("owner"), table.lot, "完", at=table.accepted)
    assert refusal(services.complete, table.act("owner"), table.lot, "完", at=table.accepted) == [
        "not_signed"
    ]


def test_only_the_owner_completes(table: Table):
    table.to_acceptance()
    table.keeps_out(
        Permission.CONTRACT_COMPLETE,
        lambda actor: services.complete(actor, table.lot, "完", at=table.accepted),
        ("owner",),
    )


def test_the_same_form_twice_is_one_completion(table: Table):
    table.to_acceptance()
    table.is_safe_twice(
        "owner",
        lambda actor: services.complete(actor, table.lot, "完", at=table.accepted),
        lambda actor: services.complete(actor, table.lot, "毕", at=table.accepted),
    )
