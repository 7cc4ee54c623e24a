"""项目登记: it works · each refusal · who may not · what is recorded · twice the same request."""

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.codes import ProjectCode
from ggzy.kernel.errors import Conflict, Forbidden, Missing
from ggzy.kernel.verdict import Refused
from ggzy.trading.projects import queries, services
from ggzy.trading.projects.values import NewProject
from tests.world import DISTRICT, START, World


def new(world: World, **changes) -> NewProject:
    known = {
        "title": " 望江区望江路改造工程 ",
        "owner": world.owner.organisation,
        "agency": world.agency.organisation,
        "region": DISTRICT,
        "funding": "财政资金",
    }
    return NewProject(**(known | changes))


def test_agency_registers_a_project_for_its_owner(world: World):
    receipt = services.register_project(world.agency.acts(), new(world), at=START)
    code = ProjectCode(receipt.subject.removeprefix("project/"))
    facts = queries.project(code)
    assert (facts.title, facts.owner, facts.agency) == (
        "望江区望江路改造工程",
        world.owner.organisation,
        world.agency.organisation,
    )
    assert ProjectCode.parse(code).region == DISTRICT
    (fact,) = journal.facts(subject=f"project/{code}")
    assert fact.kind == "project.registered" and fact.event.title == facts.title


def test_numbers_run_on(world: World):
    first, second = world.project(), world.project()
    assert int(second[-6:]) == int(first[-6:]) + 1


def test_owner_registers_its_own_without_agency(world: World):
    services.register_project(world.owner.acts(), new(world, agency=None), at=START)


@pytest.mark.parametrize("role", ["operator", "supervisor", "inspector", "auditor"])
def test_officials_may_not_register(world: World, role: str):
    with pytest.raises(Forbidden):
        services.register_project(getattr(world, role).acts(), new(world), at=START)


def test_bidder_may_not_register(world: World):
    with pytest.raises(Forbidden):
        services.register_project(world.bidders[0].acts(), new(world), at=START)


def test_agency_may_not_register_for_an_owner_it_does_not_act_for(world: World):
    with pytest.raises(Forbidden):
        services.register_project(world.agency.acts(), new(world, agency=None), at=START)


def test_every_gap_is_named_and_nothing_is_left_behind(world: World):
    head = journal.head()
    with pytest.raises(Refused) as refused:
        services.register_project(
            world.agency.acts(), new(world, title="", owner=world.agency.organisation), at=START
        )
    assert [reason.code for reason in refused.value.reasons] == ["title_missing", "agency_is_owner"]
    assert journal.head() == head


def test_same_form_twice_is_one_project(world: World):
    actor = world.agency.acts("form-1")
    one = services.register_project(actor, new(world), at=START)
    assert services.register_project(actor, new(world), at=START).subject == one.subject
    with pytest.raises(Conflict):
        services.register_project(actor, new(world, title="另一个项目"), at=START)


def test_stranger_cannot_tell_a_foreign_project_from_a_missing_one(world: World):
    code = world.project()
    with pytest.raises(Missing):
        queries.project_seen(world.other_owner.acts(), code)
    with pytest.raises(Missing):
        queries.project_seen(world.bidders[0].acts(), code)
    assert queries.project_seen(world.supervisor.acts(), code).code == code
    assert [one.code for one in queries.projects_seen(world.owner.acts())] == [code]
