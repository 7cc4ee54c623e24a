"""放弃中标: it works · each refusal · who may not · what is recorded · twice the same request."""

import pytest

from ggzy.kernel.roles import Permission
from ggzy.trading.contracting import services
from ggzy.trading.contracting.values import AwardState, Passing
from ggzy.trading.deposits import queries as deposits
from tests.services.contracting.table import HOUR, Table, refusal

WHY = "企业经营困难，无力履行"


@pytest.mark.parametrize("before", ["to_letter", "to_draft"])
def test_a_refusal_undoes_the_award_and_keeps_the_deposit(table: Table, before: str):
    getattr(table, before)()
    at, winner = table.drafted + HOUR, table.act("winner")
    services.refuse_award(winner, table.lot, WHY, at=at)
    found = table.award()
    assert found.state is AwardState.DECLINED
    assert [(one.rank, one.ground, one.reason) for one in found.passed] == [(1, Passing.GAVE_UP, WHY)]
    assert found.next_rank == 2
    assert (found.letter, found.contract) == (None, None), "they were written for the award that fell"
    held = {account.party: account.state.value for account in deposits.accounts(table.lot, at)}
    assert winner.organisation is not None
    assert held.pop(winner.organisation) == "forfeited"
    assert set(held.values()) == {"secured"}
    assert table.is_folded()


@pytest.mark.parametrize(
    "before, words, reasons",
    [
        ("to_award", WHY, ["not_declinable"]),
        ("to_signature", " ", ["not_declinable", "reason_missing"]),
        ("to_letter", "\n\t", ["reason_missing"]),
    ],
)
def test_a_refusal_is_refused_with_every_reason_in_order(table: Table, before, words, reasons):
    getattr(table, before)()
    found = refusal(services.refuse_award, table.act("winner"), table.lot, words, at=table.signed + HOUR)
    assert found == reasons


def test_only_the_winner_refuses(table: Table):
    table.to_letter()
    table.keeps_out(
        Permission.AWARD_REFUSE,
        lambda actor: services.refuse_award(actor, table.lot, WHY, at=table.drafted),
        ("winner",),
    )


def test_the_fact_names_who_refused_and_why(table: Table):
    table.to_letter()
    winner = table.act("winner")
    services.refuse_award(winner, table.lot, WHY, at=table.drafted)
    fact = table.last()
    assert (fact.kind, fact.audience) == ("award.refused", "public")
    assert (fact.event.rank, fact.event.winner, fact.event.reason) == (1, winner.organisation, WHY)
    assert "deposit.forfeited" in [told.kind for told in table.told()]


def test_the_same_form_twice_is_one_refusal(table: Table):
    table.to_letter()
    table.is_safe_twice(
        "winner",
        lambda actor: services.refuse_award(actor, table.lot, WHY, at=table.drafted),
        lambda actor: services.refuse_award(actor, table.lot, "其他原因", at=table.drafted),
    )
