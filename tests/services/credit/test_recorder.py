"""谁认定谁修复 through the commands: another authority repairs and lifts nothing that is not its own."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ggzy.kernel.instants import add_months, local_date
from ggzy.kernel.verdict import Refused
from ggzy.registers.credit import queries, services
from ggzy.registers.credit.values import Decision, Gravity, NewBan, NewRecord, RecordKind
from tests.world import START, World

LATER = START + timedelta(days=400)
TODAY = local_date(START)


def decided(world: World, document: str, on=TODAY) -> Decision:
    return Decision(world.supervisor.organisation_name, document, "招标投标法 §53", on)


def codes(act, *args) -> list[str]:
    with pytest.raises(Refused) as refused:
        act(*args, at=LATER)
    return [reason.code for reason in refused.value.reasons]


def test_another_authority_neither_repairs_nor_lifts(world: World):
    firm = world.bidders[0].organisation
    new = NewRecord(
        firm, RecordKind.PENALTY, "串通投标", "罚款", decided(world, "1号"), gravity=Gravity.GENERAL
    )
    services.record(world.supervisor.acts(), new, at=START)
    ban = NewBan(firm, "collusion", TODAY, add_months(TODAY, 24), decided(world, "2号"))
    services.ban(world.supervisor.acts(), ban, at=START)
    (record,), (barred,) = queries.records_of(firm), queries.bans_of(firm)
    own = decided(world, "3号", local_date(LATER))
    foreign = replace(own, authority=world.other_supervisor.organisation_name)
    stranger = world.other_supervisor.acts
    assert codes(services.repair, stranger(), record.code, own, "已改正") == ["not_recorder"]
    assert codes(services.lift, stranger(), barred.code, own, "已改正") == ["not_recorder"]
    assert codes(services.repair, world.supervisor.acts(), record.code, foreign, "已改正") == [
        "other_authority"
    ]
    services.repair(world.supervisor.acts(), record.code, own, "已改正", at=LATER)
    services.lift(world.supervisor.acts(), barred.code, own, "已改正", at=LATER)
    assert queries.records_of(firm)[0].repaired_on == local_date(LATER)
