"""监督人员登记: proposed by the centre, made by a second person, who alone sees the password · who may not."""

from datetime import timedelta

import pytest

from ggzy.foundation.identity import queries, services
from ggzy.foundation.identity.values import NewPerson, NewSeat
from ggzy.foundation.journal import queries as journal
from ggzy.kernel.errors import Forbidden
from ggzy.kernel.roles import Role
from ggzy.kernel.verdict import Refused
from tests.world import CITY, DISTRICT, OTHER_CITY, START, World, browser

DAY = timedelta(days=1)
WATCHERS = (Role.SUPERVISOR, Role.INSPECTOR, Role.AUDITOR)


def seat(world: World, role: Role = Role.SUPERVISOR, region=CITY) -> NewSeat:
    return NewSeat(world.supervisor.organisation, role, region)


def proposed(
    world: World, role: Role = Role.SUPERVISOR, region=CITY, login: str = "watcher", at=START
) -> int:
    new = NewPerson(login, "钱观")
    receipt = services.propose_official(world.operator.acts(), new, seat(world, role, region), at=at)
    return int(receipt.subject.split("/")[1])


def codes(refused) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


@pytest.mark.parametrize("role", WATCHERS)
def test_centre_alone_makes_no_watcher(world: World, role: Role):
    with pytest.raises(Refused) as refused:
        services.enrol_person(
            world.operator.acts(),
            NewPerson("made-up", "假"),
            seat(world, role),
            services.once_hash("x"),
            at=START,
        )
    assert codes(refused) == ["needs_second"]
    with pytest.raises(Refused) as refused:
        services.grant_membership(
            world.operator.acts(), world.experts[0].person, world.owner.organisation, role, CITY, at=START
        )
    assert codes(refused) == ["needs_second"]
    assert queries.find("made-up") == ()


@pytest.mark.parametrize("role", WATCHERS)
def test_second_person_makes_the_watcher_and_alone_holds_the_password(world: World, role: Role):
    number = proposed(world, role)
    assert queries.find("watcher") == () and [one.id for one in queries.proposals(CITY, START)] == [number]
    once = services.once_hash("ONCE")
    services.consent_official(world.inspector.acts(), number, once, at=START + DAY)
    (person,) = queries.find("watcher")
    (held,) = queries.memberships(person.id)
    assert (held.role, held.region) == (role, CITY)
    assert queries.invited("watcher", once, START + DAY) == person
    assert queries.proposals(CITY, START + DAY) == ()
    fact = list(journal.facts(subject=f"official/{number}"))[-1]
    assert fact.kind == "official.consented" and fact.actor.person == world.inspector.person


def test_refusals(world: World):
    number = proposed(world)
    for at, expected in ((START + 7 * DAY, ["expired"]),):
        with pytest.raises(Refused) as refused:
            services.consent_official(world.supervisor.acts(), number, "x", at=at)
        assert codes(refused) == expected
    with pytest.raises(Refused) as refused:
        services.consent_official(world.other_supervisor.acts(), number, "x", at=START)
    assert codes(refused) == ["region"]
    with pytest.raises(Refused) as refused:
        services.refuse_official(world.auditor.acts(), number, " ", at=START)
    assert codes(refused) == ["reason_missing"]
    services.refuse_official(world.auditor.acts(), number, "查无此人", at=START)
    with pytest.raises(Refused) as refused:
        services.consent_official(world.supervisor.acts(), number, "x", at=START)
    assert codes(refused) == ["settled"] and queries.find("watcher") == ()
    with pytest.raises(Refused) as refused:
        services.propose_official(
            world.operator.acts(), NewPerson("x", "某"), seat(world, Role.OWNER), at=START
        )
    assert codes(refused) == ["no_watcher"]


def test_who_may_not(world: World):
    number = proposed(world)
    for player in (world.operator, world.owner, world.bidders[0], world.experts[0]):
        with pytest.raises(Forbidden):
            services.consent_official(player.acts(), number, "x", at=START)
    for player in (world.supervisor, world.owner, world.bidders[0]):
        with pytest.raises(Forbidden):
            services.propose_official(player.acts(), NewPerson("x", "某"), seat(world), at=START)


def test_by_hand_the_centre_proposes_and_the_auditor_consents(world: World):
    centre, auditor = browser(world.operator), browser(world.auditor)
    told = {
        "login": "watcher", "name": "钱观", "role": "supervisor", "organisation": world.supervisor.organisation,
        "region": str(DISTRICT),
    }  # fmt: skip
    answer = centre.post("/desk/people/register/", told)
    assert answer.status_code == 303 and "一次性口令" not in answer.content.decode()
    (one,) = queries.proposals(CITY, journal.now())
    assert centre.get("/desk/consents/").status_code == 403
    assert "钱观" in auditor.get("/desk/consents/").content.decode()
    path = f"/desk/consents/{one.id}/"
    assert "S-18" in auditor.get(path).content.decode()
    assert auditor.post(path, {}).status_code == 422
    shown = auditor.post(path, {"sure": "on"}).content.decode()
    assert "只显示这一次" in shown and len(queries.find("watcher")) == 1
    assert auditor.get(path).status_code == 404
    other = proposed(world, region=OTHER_CITY, login="far", at=journal.now())
    assert auditor.get(f"/desk/consents/{other}/").status_code == 404
    here = proposed(world, login="near", at=journal.now())
    assert auditor.post(f"/desk/consents/{here}/refuse/", {"reason": "查无此人"}).status_code == 303
