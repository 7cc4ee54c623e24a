"""市场禁入 at the award and at the contract: each through its command."""

from datetime import datetime

import pytest

from ggzy.desk.management.rehearsal.clock import at_moment
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.instants import add_months, local_date
from ggzy.kernel.verdict import Refused
from ggzy.registers.credit import queries as credit
from ggzy.registers.credit import services as credit_services
from ggzy.registers.credit.values import Decision, NewBan
from ggzy.trading.contracting import services
from ggzy.trading.contracting.values import Passed, Passing
from tests.services.contracting.table import Table


def ban(table: Table, party: CreditCode, at: datetime) -> str:
    today = local_date(at)
    decided = Decision("云岭省住房和城乡建设厅", "云建罚〔2026〕7号", "招标投标法 §53", today)
    with at_moment(at):
        new = NewBan(party, "collusion", today, add_months(today, 12), decided)
        credit_services.ban(table.act("supervisor"), new, at=at)
    return credit.bans_of(party)[0].code


def test_a_barred_candidate_is_not_awarded_and_may_be_passed(table: Table):
    table.to_publicity()
    entry = ban(table, table.award().runners[0].bidder.leader, table.publicised)
    with pytest.raises(Refused) as refused:
        services.award(table.act("owner"), table.lot, at=table.awarded)
    (reason,) = refused.value.reasons
    assert reason.code == "banned" and entry in reason.text and reason.article == "招标投标法 §53"
    passed = Passed(1, Passing.VIOLATION, "串通投标，已被禁止参加投标")
    services.award(table.act("owner"), table.lot, rank=2, passed=(passed,), at=table.awarded)
    assert table.award().rank == 2


def test_a_barred_winner_signs_no_contract(table: Table):
    table.to_draft()
    winner = table.award().winner
    assert winner is not None
    entry = ban(table, winner.bidder.leader, table.drafted)
    with pytest.raises(Refused) as refused:
        services.sign(table.act("winner"), table.lot, at=table.signed)
    (reason,) = refused.value.reasons
    assert reason.code == "banned" and entry in reason.text
