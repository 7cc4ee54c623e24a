"""书面报告: it works · each refusal · who may not · what is recorded · twice the same request."""

import pytest

from ggzy.kernel.roles import Permission
from ggzy.trading.contracting import services
from tests.services.contracting.table import DAY, Table, refusal

TEXT = "本次招标共收到三份投标文件，评标委员会推荐三名候选人。"


@pytest.mark.parametrize("days, is_late", [(14, False), (16, True)])
def test_a_report_is_late_after_fifteen_days(table: Table, days, is_late):
    table.to_award()
    at = table.awarded + days * DAY
    services.report(table.act("agency"), table.lot, TEXT, at=at)
    assert table.award().reported_at == at
    assert table.last().event.is_late is is_late
    assert table.is_folded()


def test_the_reasons_are_named_in_their_order(table: Table):
    table.to_publicity()
    early = refusal(services.report, table.act("agency"), table.lot, " ", at=table.publicised)
    assert early == ["not_awarded", "text_missing"]
    services.award(table.act("owner"), table.lot, at=table.awarded)
    services.report(table.act("agency"), table.lot, TEXT, at=table.letter)
    again = refusal(services.report, table.act("agency"), table.lot, "", at=table.letter)
    assert again == ["reported", "text_missing"]


def test_only_the_owners_side_reports(table: Table):
    table.to_award()
    table.keeps_out(
        Permission.CANDIDATES_PUBLICISE,
        lambda actor: services.report(actor, table.lot, TEXT, at=table.letter),
        ("owner", "agency"),
    )


def test_the_report_is_for_the_parties(table: Table):
    table.to_award()
    services.report(table.act("owner"), table.lot, TEXT, at=table.letter)
    fact = table.last()
    assert (fact.kind, fact.audience, fact.event.text) == ("award.reported", "parties", TEXT)


def test_the_same_form_twice_is_one_report(table: Table):
    table.to_award()
    table.is_safe_twice(
        "agency",
        lambda actor: services.report(actor, table.lot, TEXT, at=table.letter),
        lambda actor: services.report(actor, table.lot, TEXT + "另。", at=table.letter),
    )
