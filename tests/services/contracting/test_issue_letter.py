"""中标通知书: it works · each refusal · who may not · what is recorded · twice the same request."""

import re

from ggzy.foundation.vault import queries as vault
from ggzy.kernel.roles import Permission
from ggzy.trading.contracting import services
from ggzy.trading.contracting.services.notifying import verification_code
from ggzy.trading.contracting.values import AwardState
from tests.services.contracting.table import DAY, Table, refusal


def test_a_letter_is_a_file_with_a_code_of_its_own(table: Table):
    table.to_letter()
    found = table.award()
    assert found.state is AwardState.NOTIFIED
    assert found.letter is not None and found.winner is not None
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", found.letter.code)
    assert found.letter.code == verification_code(found.letter.number, found.winner, table.letter)
    with vault.open_file(found.letter.digest) as file:
        assert file.read(5) == b"%PDF-"
    assert table.is_folded()


def test_another_winner_moment_or_number_gives_another_code(table: Table):
    table.to_award()
    first, second = table.award().runners[:2]
    codes = {
        verification_code(number, runner, at)
        for number in ("N-1", "N-2")
        for runner in (first, second)
        for at in (table.letter, table.letter + DAY)
    }
    assert len(codes) == 8


def test_the_reasons_are_named_in_their_order(table: Table):
    table.to_publicity()
    late = table.publicised + 200 * DAY
    found = refusal(services.issue_letter, table.act("agency"), table.lot, at=late)
    assert found == ["not_awarded", "validity_over"]
    services.award(table.act("owner"), table.lot, at=table.awarded)
    assert refusal(services.issue_letter, table.act("agency"), table.lot, at=late) == ["validity_over"]
    services.issue_letter(table.act("agency"), table.lot, at=table.letter)
    assert refusal(services.issue_letter, table.act("agency"), table.lot, at=table.letter) == ["not_awarded"]


def test_only_the_owners_side_issues_it(table: Table):
    table.to_award()
    table.keeps_out(
        Permission.LETTER_ISSUE,
        lambda actor: services.issue_letter(actor, table.lot, at=table.letter),
        ("owner", "agency"),
    )


def test_the_fact_tells_the_winner_and_every_loser_at_once(table: Table):
    table.to_letter()
    fact, found = table.last(), table.award()
    assert (fact.kind, fact.audience) == ("award_letter.issued", "public")
    first, *others = (runner.bidder.leader for runner in found.runners)
    assert (fact.event.winner, set(fact.event.told)) == (first, set(others))
    assert found.letter is not None
    assert (fact.event.code, fact.event.digest) == (found.letter.code, found.letter.digest)


def test_the_same_form_twice_is_one_letter(table: Table):
    table.to_award()
    table.is_safe_twice("agency", lambda actor: services.issue_letter(actor, table.lot, at=table.letter))
