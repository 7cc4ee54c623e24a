"""同名提示: of the owner's side, of whoever buys, sells, serves or supervises; never of experts and bidders."""

from collections.abc import Iterator

import pytest

from ggzy.foundation.identity import queries as people
from ggzy.foundation.identity import services as identity
from ggzy.foundation.identity.values import NewPerson
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.roles import Role
from ggzy.registers.parties import queries
from ggzy.registers.parties.models import Party
from tests.world import START, World

pytestmark = pytest.mark.django_db
NAME = "欧阳知秋"
LINE = f"法定代表人{NAME}与"


@pytest.fixture
def firm(world: World) -> Iterator[CreditCode]:
    """A bidder whose representative bears a name nobody else bears."""
    code = world.bidders[0].organisation
    Party.objects.filter(pk=code).update(representative=NAME)
    yield code


def employ(number: int, organisation: CreditCode | None, role: Role, world: World) -> None:
    """Somebody of that name, with a seat there."""
    request = f"namesake-{number}"
    receipt = identity.register_person(Actor.system(request), NewPerson(request, NAME), at=START)
    who = receipt.subject.removeprefix("user/")
    identity.grant_membership(
        Actor.system(f"{request}-seat"), who, organisation, role, world.owner.region, at=START
    )


@pytest.mark.parametrize(
    "role, of_side, of_all",
    [
        (Role.OWNER, True, True),
        (Role.AGENCY, True, True),
        (Role.OPERATOR, False, True),
        (Role.SUPERVISOR, False, True),
        (Role.BIDDER, False, False),
        (Role.EXPERT, False, False),
        (Role.CUSTODIAN, False, False),
    ],
)
def test_who_works_where_is_told_to_whom_it_concerns(world: World, firm, role, of_side, of_all):
    where = {
        Role.OWNER: world.owner, Role.AGENCY: world.agency, Role.OPERATOR: world.operator,
        Role.SUPERVISOR: world.supervisor, Role.BIDDER: world.bidders[1], Role.CUSTODIAN: world.custodians[0],
    }.get(role)  # fmt: skip
    employ(1, where.organisation if where else None, role, world)
    side = (world.owner.organisation, world.agency.organisation)
    told = {firm: (f"{LINE}{where.organisation_name if where else ''}的工作人员同名",)}
    assert queries.namesakes([firm], side) == (told if of_side else {})
    assert queries.namesakes([firm]) == (told if of_all else {})


def test_the_representative_of_the_owner_is_told_and_of_another_bidder_is_not(world: World, firm):
    Party.objects.filter(pk=world.bidders[1].organisation).update(representative=NAME)
    assert queries.namesakes([firm]) == {}
    Party.objects.filter(pk=world.owner.organisation).update(representative=NAME)
    line = f"{LINE}{world.owner.organisation_name}的法定代表人同名"
    assert (
        queries.namesakes([firm]) == queries.namesakes([firm], [world.owner.organisation]) == {firm: (line,)}
    )
    assert queries.namesakes([firm], [world.agency.organisation]) == {}


def test_a_seat_that_ended_warns_of_nobody(world: World, firm):
    employ(1, world.owner.organisation, Role.OWNER, world)
    (seat,) = people.named([NAME])
    identity.end_membership(Actor.system("end"), seat.id, "调离", at=START)
    assert queries.namesakes([firm]) == {}
