"""签订合同: it works · each refusal · who may not · what is recorded · twice the same request."""

import pytest

from ggzy.kernel.roles import Permission
from ggzy.trading.contracting import services
from ggzy.trading.contracting.values import AwardState
from ggzy.trading.deposits import queries as deposits
from ggzy.trading.notices import queries as notices
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects.values import Phase
from tests.services.contracting.table import DAY, Table, refusal


def test_a_signature_binds_and_gives_every_deposit_back(table: Table):
    table.to_signature()
    found = table.award()
    assert found.state is AwardState.SIGNED
    assert found.contract is not None and found.contract.signed_at == table.signed
    assert projects.lot(table.lot).phase is Phase.CONTRACTED
    assert {one.state.value for one in deposits.accounts(table.lot, table.signed)} == {"released"}
    (notice,) = notices.notices(lot=table.lot, kinds=("contract_notice",))
    assert found.contract.form.number in str(notice)
    assert table.is_folded()


@pytest.mark.parametrize("days, is_late", [(30, False), (32, True)])
def test_a_signature_is_late_after_thirty_days(table: Table, days, is_late):
    table.to_draft()
    services.sign(table.act("winner"), table.lot, at=table.letter + days * DAY)
    assert table.last().event.is_late is is_late


@pytest.mark.parametrize("before", ["to_award", "to_letter", "to_signature"])
def test_without_a_draft_nothing_is_signed(table: Table, before: str):
    getattr(table, before)()
    assert refusal(services.sign, table.act("winner"), table.lot, at=table.signed) == ["not_drafted"]


def test_only_the_winner_signs(table: Table):
    table.to_draft()
    table.keeps_out(
        Permission.CONTRACT_SIGN,
        lambda actor: services.sign(actor, table.lot, at=table.signed),
        ("winner",),
    )


def test_the_fact_names_what_was_agreed(table: Table):
    table.to_signature()
    (fact,) = [told for told in table.told() if told.kind == "contract.signed"]
    found = table.award()
    assert found.contract is not None and found.winner is not None
    assert fact.audience == "public"
    assert fact.event.supplier == found.winner.bidder
    assert (fact.event.number, fact.event.price) == (found.contract.form.number, found.winner.price)
    assert (fact.event.amount, fact.event.file) == (found.contract.form.amount, found.contract.form.file)


def test_the_same_form_twice_is_one_signature(table: Table):
    table.to_draft()
    table.is_safe_twice("winner", lambda actor: services.sign(actor, table.lot, at=table.signed))
