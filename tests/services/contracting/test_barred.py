"""市场禁入 at the award and at the contract: each through its command."""

from datetime import date, datetime

import pytest

from ggzy.desk.management.rehearsal.clock import at_moment
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.instants import add_months, local_date
from ggzy.kernel.roles import Permission
from ggzy.kernel.verdict import Refused
from ggzy.registers.credit import queries as credit
from ggzy.registers.credit import services as credit_services
from ggzy.registers.credit.values import Decision, NewBan
from ggzy.trading.contracting import queries, services
from ggzy.trading.contracting.values import AwardState, Passed, Passing
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects import rules as project_rules
from ggzy.trading.projects import services as lots
from ggzy.trading.projects.values import LotOrder
from ggzy.trading.tendering import services as tendering
from tests.services.contracting.table import HOUR, Table, refusal


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


def test_a_round_whose_next_candidate_is_barred_may_be_tendered_again(table: Table):
    """实施条例 §55: the owner takes the next one, or tenders again; where all are barred only that is left."""
    table.to_publicity()
    for runner in table.award().runners:
        ban(table, runner.bidder.leader, table.publicised)
    offered = {one.label: one.verdict for one in queries.offers(table.act("owner"), table.lot, table.awarded)}
    assert offered["结束本轮，重新招标"].ok
    services.end(table.act("owner"), table.lot, "候选人均被禁止参加投标", at=table.awarded)
    assert table.award().state is AwardState.ENDED and table.last().event.cause == "candidate_barred"
    again = table.awarded + HOUR
    with at_moment(again):
        tendering.retender(table.act("owner"), table.lot, "候选人均被禁止参加投标", at=again)
    assert projects.lot(table.lot).round == 2 and table.is_folded()


def test_an_order_binds_the_lot_until_it_is_met(table: Table):
    table.to_publicity()
    order = LotOrder("AJ980100-2026-0001-1", "reevaluate", 1, "江州市住房和城乡建设局", date(2026, 8, 1))
    lots.impose(table.act("supervisor"), table.lot, order, "评审错误", "实施条例 §71", at=table.publicised)
    refused = refusal(services.award, table.act("owner"), table.lot, at=table.awarded)
    assert refused == ["ordered"]
    assert refusal(services.end, table.act("owner"), table.lot, "等不及", at=table.awarded) == ["not_endable"]
    lots.lift(table.act("supervisor"), table.lot, order.code, "已重新评审", at=table.awarded)
    services.award(table.act("owner"), table.lot, at=table.awarded)
    assert table.award().rank == 1 and table.is_folded()


def test_a_lot_ordered_to_be_tendered_again_begins_a_round_and_keeps_its_archive_shut(table: Table):
    table.to_publicity()
    order = LotOrder("AJ980100-2026-0001-2", "retender", 1, "江州市住房和城乡建设局", date(2026, 8, 1))
    assert refusal(tendering.retender, table.act("owner"), table.lot, "无故", at=table.awarded) == [
        "not_failed"
    ]
    lots.impose(table.act("supervisor"), table.lot, order, "串通投标", "实施条例 §81", at=table.publicised)
    again = table.awarded + HOUR
    with at_moment(again):
        tendering.retender(table.act("owner"), table.lot, "串通投标影响中标结果", at=again)
    found = projects.lot(table.lot)
    kinds = projects.order_kinds()
    assert found.round == 2 and [one.code for one in found.orders] == [order.code]
    assert project_rules.may_despite(found, Permission.AWARD_MAKE, kinds).ok
    assert not project_rules.may_despite(found, Permission.DOSSIER_ARCHIVE, kinds).ok
    failed = [told.event for told in table.told() if told.kind == "tender.failed"]
    assert [one.cause for one in failed] == ["ordered"] and table.is_folded()


def test_a_barred_winner_signs_no_contract(table: Table):
    table.to_draft()
    winner = table.award().winner
    assert winner is not None
    entry = ban(table, winner.bidder.leader, table.drafted)
    with pytest.raises(Refused) as refused:
        services.sign(table.act("winner"), table.lot, at=table.signed)
    (reason,) = refused.value.reasons
    assert reason.code == "banned" and entry in reason.text
