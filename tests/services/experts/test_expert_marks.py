"""专家信用记录: entered on a decision, barring from draws and seats, cleared by another."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.codes import ExpertCode
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.instants import add_months, end_of_day, local_date
from ggzy.kernel.roles import Role
from ggzy.kernel.verdict import Refused
from ggzy.registers.experts import queries, rules, services
from ggzy.registers.experts.values import MarkKind, NewMark
from tests.services.credit.cast import CITY, supervisor
from tests.world import World

pytestmark = pytest.mark.django_db


def new(expert: ExpertCode, **change: Any) -> NewMark:
    today = local_date(journal.now())
    usual = NewMark(
        expert=expert, kind=MarkKind.SANCTION, text="私下接触投标人", authority="江州市住房和城乡建设局",
        document="江建罚〔2026〕9号", decided_on=today, conduct="duty", start=today,
        end=add_months(today, 12),
    )  # fmt: skip
    return replace(usual, **change)


def refused(expert: ExpertCode, **change: Any) -> list[str]:
    with pytest.raises(Refused) as caught:
        services.mark(supervisor(), new(expert, **change), at=journal.now())
    return [reason.code for reason in caught.value.reasons]


def is_folded(expert: ExpertCode) -> bool:
    return rules.fold(journal.facts(prefix=f"expert/{expert}")) == queries.standing(expert)


def test_a_sanction_bars_for_its_days_and_is_kept_from_the_public(world: World) -> None:
    expert, at = world.expert_codes[0], journal.now()
    services.mark(supervisor(), new(expert), at=at)
    (kept,) = queries.marks_of(expert)
    assert kept.code == f"{expert}-C001" and kept.bars(at)
    end = end_of_day(add_months(local_date(at), 12))
    assert kept.bars(end - timedelta(microseconds=1)) and not kept.bars(end)
    assert not queries.may_sit(expert, at).ok and queries.may_sit(world.expert_codes[1], at).ok
    (fact,) = journal.facts(subject=f"expert/{expert}", kinds=["expert.marked"])
    assert fact.audience.value == "restricted" and is_folded(expert)


def test_a_lost_qualification_never_comes_back_by_itself(world: World) -> None:
    expert = world.expert_codes[0]
    services.mark(supervisor(), new(expert, conduct="bribe", end=None), at=journal.now())
    assert not queries.may_sit(expert, journal.now() + timedelta(days=36500)).ok


def test_a_reward_bars_nobody(world: World) -> None:
    expert = world.expert_codes[0]
    services.mark(
        supervisor(),
        new(expert, kind=MarkKind.REWARD, conduct="", start=None, end=None, text="年度优秀专家"),
        at=journal.now(),
    )
    assert queries.may_sit(expert, journal.now()).ok and is_folded(expert)


@pytest.mark.parametrize(
    "change, expected",
    [
        ({"text": " "}, ["text_missing"]),
        ({"authority": ""}, ["authority_missing"]),
        ({"document": ""}, ["document_missing"]),
        ({"decided_on": date(2199, 1, 1)}, ["decided_in_future", "start_before_decision"]),
        ({"conduct": ""}, ["conduct"]),
        ({"conduct": "nonsense"}, ["conduct"]),
        ({"start": None}, ["start"]),
        ({"end": None}, ["term"]),
        ({"end": date(2199, 1, 1)}, ["term"]),
        ({"conduct": "bribe"}, ["term"]),
        ({"kind": MarkKind.REWARD}, ["conduct", "start"]),
    ],
)
def test_a_mark_is_refused_with_every_reason(world: World, change, expected) -> None:
    assert refused(world.expert_codes[0], **change) == expected


def test_the_same_decision_is_entered_once(world: World) -> None:
    expert = world.expert_codes[0]
    services.mark(supervisor(), new(expert), at=journal.now())
    assert refused(expert) == ["already_marked"]


def test_a_ban_is_cleared_by_a_decision(world: World) -> None:
    expert = world.expert_codes[0]
    services.mark(supervisor(), new(expert), at=journal.now())
    code = f"{expert}-C001"
    with pytest.raises(Refused):
        services.clear(supervisor(), code, "", "", at=journal.now())
    services.clear(supervisor(), code, "原决定撤销", "江建撤〔2026〕1号", at=journal.now())
    assert queries.may_sit(expert, journal.now()).ok and is_folded(expert)
    with pytest.raises(Refused):
        services.clear(supervisor(), code, "再解除", "江建撤〔2026〕2号", at=journal.now())


def test_who_may_not(world: World) -> None:
    expert = world.expert_codes[0]
    for role in (Role.OPERATOR, Role.EXPERT, Role.INSPECTOR):
        with pytest.raises(Forbidden):
            services.mark(supervisor(role), new(expert), at=journal.now())
    with pytest.raises(Missing):
        services.mark(replace(supervisor(), region=type(CITY)("980200")), new(expert), at=journal.now())
    with pytest.raises(Missing):
        services.clear(supervisor(), "没有", "原因", "文号", at=journal.now())
