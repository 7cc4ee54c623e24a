"""拟定合同: it works · each refusal · who may not · what is recorded · twice the same request."""

from datetime import timedelta

import pytest

from ggzy.foundation.vault import queries as vault
from ggzy.kernel.instants import local_date
from ggzy.kernel.money import Money
from ggzy.kernel.roles import Permission
from ggzy.trading.contracting import services
from ggzy.trading.contracting.values import AwardState
from ggzy.trading.tendering.values import Price
from tests.services.contracting.table import DAY, HOUR, Table, refusal

DEARER = Money.yuan("18000000")
GONE = "sha256:" + "0" * 64


def test_a_draft_waits_for_the_winner_who_may_read_it(table: Table):
    table.to_draft()
    found = table.award()
    assert found.state is AwardState.OFFERED
    assert found.contract is not None
    assert found.contract.form == table.form()
    assert local_date(found.contract.sign_by - timedelta(seconds=1)) == local_date(table.letter + 30 * DAY)
    assert vault.exists(found.contract.form.file)
    assert table.is_folded()


def test_a_draft_may_be_written_again_until_it_is_signed(table: Table):
    table.to_draft()
    again = table.form(number="YL-2025-002", security=Money(0))
    services.draft(table.act("owner"), table.lot, again, at=table.drafted + HOUR)
    found = table.award()
    assert found.contract is not None and found.contract.form == again
    services.sign(table.act("winner"), table.lot, at=table.signed)
    assert refusal(services.draft, table.act("owner"), table.lot, again, at=table.signed) == ["not_notified"]


@pytest.mark.parametrize(
    "changes, reasons",
    [
        ({"number": "  "}, ["number_missing"]),
        ({"file": ""}, ["file_missing"]),
        ({"file": GONE}, ["file_gone"]),
        ({"price": Price("amount", DEARER)}, ["price_differs"]),
        ({"amount": DEARER}, ["amount_differs"]),
        ({"amount": None}, ["amount_differs"]),
        ({"period": "一年"}, ["period_differs"]),
        ({"quality": "优良"}, ["quality_differs"]),
        ({"security": Money.yuan("1799255.54")}, ["security_high"]),
        (
            {
                "number": "",
                "file": "",
                "price": Price("amount", DEARER),
                "amount": DEARER,
                "period": "一年",
                "quality": "优良",
                "security": DEARER,
            },
            [
                "number_missing",
                "file_missing",
                "price_differs",
                "amount_differs",
                "period_differs",
                "quality_differs",
                "security_high",
            ],
        ),
    ],
)
def test_a_contract_that_leaves_the_bid_is_refused(table: Table, changes, reasons):
    table.to_letter()
    form = table.form(**changes)
    assert refusal(services.draft, table.act("owner"), table.lot, form, at=table.drafted) == reasons


def test_security_of_exactly_one_tenth_is_lawful(table: Table):
    table.to_letter()
    form = table.form(security=Money.yuan("1799255.53"))
    services.draft(table.act("owner"), table.lot, form, at=table.drafted)
    assert table.award().state is AwardState.OFFERED


def test_before_the_letter_nothing_is_drafted(table: Table):
    table.to_award()
    found = refusal(services.draft, table.act("owner"), table.lot, table.form(number=""), at=table.drafted)
    assert found == ["not_notified", "number_missing"]


def test_only_the_owner_drafts(table: Table):
    table.to_letter()
    form = table.form()
    table.keeps_out(
        Permission.CONTRACT_SIGN,
        lambda actor: services.draft(actor, table.lot, form, at=table.drafted),
        ("owner",),
    )


def test_the_fact_is_for_the_parties(table: Table):
    table.to_draft()
    fact, form = table.last(), table.form()
    assert (fact.kind, fact.audience, fact.subject) == (
        "contract.drafted",
        "parties",
        f"lot/{table.lot}/1/contract",
    )
    assert (fact.event.number, fact.event.amount, fact.event.security, fact.event.file) == (
        form.number,
        form.amount,
        form.security,
        form.file,
    )


def test_the_same_form_twice_is_one_draft(table: Table):
    table.to_letter()
    form, other = table.form(), table.form(number="YL-2025-003")
    table.is_safe_twice(
        "owner",
        lambda actor: services.draft(actor, table.lot, form, at=table.drafted),
        lambda actor: services.draft(actor, table.lot, other, at=table.drafted),
    )
