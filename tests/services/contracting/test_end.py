"""结束本轮: it works · each refusal · who may not · what is recorded · twice the same request."""

import pytest

from ggzy.kernel.roles import Permission
from ggzy.trading.contracting import services
from ggzy.trading.contracting.values import AwardState
from ggzy.trading.deposits import queries as deposits
from ggzy.trading.notices import queries as notices
from ggzy.trading.tendering import queries as tendering
from ggzy.trading.tendering.values import TenderState
from tests.services.contracting.table import HOUR, Table, refusal

WHY = "其余候选人报价过高，另行招标"


def _declined(table: Table) -> None:
    table.to_letter()
    services.refuse_award(table.act("winner"), table.lot, "无力履行", at=table.letter + HOUR)


def test_a_round_without_a_winner_ends_and_may_begin_anew(table: Table):
    _declined(table)
    services.end(table.act("owner"), table.lot, WHY, at=table.drafted)
    assert table.award().state is AwardState.ENDED
    tender = tendering.tender(table.lot)
    assert (tender.state, tender.failure) == (TenderState.FAILED, WHY)
    held = [account.state.value for account in deposits.accounts(table.lot, table.drafted)]
    assert sorted(held) == ["forfeited", "released", "released"]
    assert notices.notices(lot=table.lot, newest_first=True)[0].kind == "failure"
    assert table.is_folded()


@pytest.mark.parametrize(
    "before, words, reasons",
    [
        ("to_publicity", WHY, ["not_endable"]),
        ("to_award", "", ["not_endable", "reason_missing"]),
        ("to_letter", WHY, ["not_endable"]),
        ("to_signature", WHY, ["not_endable"]),
    ],
)
def test_a_round_that_has_a_way_on_does_not_end(table: Table, before, words, reasons):
    getattr(table, before)()
    assert refusal(services.end, table.act("owner"), table.lot, words, at=table.signed + HOUR) == reasons


def test_an_end_needs_its_reason(table: Table):
    _declined(table)
    assert refusal(services.end, table.act("agency"), table.lot, "　", at=table.drafted) == ["reason_missing"]


def test_only_the_owners_side_ends_a_round(table: Table):
    _declined(table)
    table.keeps_out(
        Permission.TENDER_RETENDER,
        lambda actor: services.end(actor, table.lot, WHY, at=table.drafted),
        ("owner", "agency"),
    )


def test_the_facts_tell_the_failure_and_the_end(table: Table):
    _declined(table)
    services.end(table.act("owner"), table.lot, WHY, at=table.drafted)
    fact = table.last()
    assert (fact.kind, fact.event.cause, fact.event.reason) == ("award.ended", "award_refused", WHY)
    (failed,) = [told.event for told in table.told() if told.kind == "tender.failed"]
    assert (failed.cause, failed.count, failed.reason) == ("award_refused", 3, WHY)


def test_the_same_form_twice_is_one_end(table: Table):
    _declined(table)
    table.is_safe_twice(
        "owner",
        lambda actor: services.end(actor, table.lot, WHY, at=table.drafted),
        lambda actor: services.end(actor, table.lot, "其他原因", at=table.drafted),
    )
