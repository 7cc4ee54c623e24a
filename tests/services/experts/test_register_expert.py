"""Registering experts, and the pool they form."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from ggzy.foundation.identity import services as identity
from ggzy.foundation.identity.values import NewPerson
from ggzy.foundation.journal import queries as journal
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, ExpertCode, RegionCode
from ggzy.kernel.errors import Conflict, Forbidden, Missing
from ggzy.kernel.roles import Role
from ggzy.kernel.verdict import Refused
from ggzy.registers.experts import queries, services
from ggzy.registers.experts.values import ExpertState, NewExpert

pytestmark = pytest.mark.django_db

CITY = RegionCode("420500")
CENTRE = CreditCode.make(authority="12", region=CITY, serial=1)


def operator(request: str, region: RegionCode = CITY) -> Actor:
    return Actor("p-op", CENTRE, Role.OPERATOR, region, request)


def new_expert(number: int, specialty: str = "A080101", region: RegionCode = CITY) -> NewExpert:
    receipt = identity.register_person(
        operator(f"person-{number}"), NewPerson(f"zj{number:03d}", f"专家{number}"), at=journal.now()
    )
    return NewExpert(
        person=receipt.subject.split("/")[1],
        specialties=(specialty,),
        employer="某设计院有限公司",
        region=region,
        title="副高级",
        years=12,
        term_until=date(2099, 3, 1),
    )


def register(number: int, **change: Any) -> ExpertCode:
    receipt = services.register(
        operator(f"r{number}"), replace(new_expert(number), **change), at=journal.now()
    )
    return ExpertCode(receipt.subject.split("/")[1])


def test_registered_expert_is_in_the_pool() -> None:
    code = register(1)
    (member,) = queries.pool(["A0801"], CITY, journal.now())
    assert (member.expert, member.specialty) == (code, "A0801")
    assert member.is_eligible(date(2026, 3, 2)) and not member.is_eligible(date(2100, 1, 1))
    assert queries.expert(code).name == "专家1"
    assert queries.of_person(member.person) == queries.expert(code)


def test_registration_is_restricted_and_names_no_one() -> None:
    code = register(1)
    (fact,) = journal.facts(subject=f"expert/{code}")
    assert fact.audience.value == "restricted"
    assert "专家1" not in repr(fact.event)


def test_pool_knows_region_specialty_and_time() -> None:
    before = journal.now()
    register(1, region=RegionCode("420502"))
    register(2, specialties=("A080201",))
    at = journal.now()
    assert len(queries.pool(["A08"], CITY, at)) == 2
    assert len(queries.pool(["A08"], RegionCode("420502"), at)) == 1
    assert len(queries.pool(["A0802"], CITY, at)) == 1
    assert queries.pool([], CITY, at) == ()
    assert queries.pool(["A08"], CITY, datetime(2000, 1, 1, tzinfo=UTC)) == ()
    assert before <= at


def test_expert_of_two_specialties_stands_once_under_the_first_asked_for() -> None:
    register(1, specialties=("A080101", "A080201"))
    (member,) = queries.pool(["A0802", "A0801"], CITY, journal.now())
    assert member.specialty == "A0802"


def test_paused_expert_stays_listed_but_is_not_eligible() -> None:
    code = register(1)
    services.change(operator("c1"), code, "pause", "年度考核", at=journal.now())
    (member,) = queries.pool(["A08"], CITY, journal.now())
    assert member.state is ExpertState.PAUSED and not member.is_eligible(date(2026, 3, 2))
    services.change(operator("c2"), code, "remove", "到龄", at=journal.now())
    with pytest.raises(Conflict):
        services.change(operator("c3"), code, "resume", "误操作", at=journal.now())


def test_new_employer_is_recorded() -> None:
    code = register(1)
    services.move(operator("m1"), code, "新单位有限公司", at=journal.now())
    assert queries.expert(code).employer == "新单位有限公司"
    with pytest.raises(Refused):
        services.move(operator("m2"), code, " ", at=journal.now())


def test_same_person_is_refused_twice() -> None:
    new = new_expert(1)
    services.register(operator("r1"), new, at=journal.now())
    with pytest.raises(Refused) as refusal:
        services.register(operator("r2"), new, at=journal.now())
    assert [reason.code for reason in refusal.value.reasons] == ["registered"]


def test_strangers_and_other_regions_may_not_register() -> None:
    new = new_expert(1)
    with pytest.raises(Forbidden):
        services.register(replace(operator("r1"), role=Role.BIDDER), new, at=journal.now())
    with pytest.raises(Missing):
        services.register(operator("r2", RegionCode("330100")), new, at=journal.now())
