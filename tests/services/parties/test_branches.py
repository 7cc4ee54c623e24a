"""监督领域: registered with the authority, given at the machine, never widened by itself; old facts still read."""

from dataclasses import replace

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.actor import Actor
from ggzy.kernel.errors import Forbidden
from ggzy.kernel.events import body, restore
from ggzy.kernel.roles import Role
from ggzy.kernel.verdict import Refused
from ggzy.registers.parties import queries, rules, services
from ggzy.registers.parties.events import PartyRegistered
from ggzy.registers.parties.values import PartyRole
from tests.services.parties.form import CODE, FORM, REGION

pytestmark = pytest.mark.django_db
HOUSING = replace(FORM, roles=(PartyRole.AUTHORITY,), basic_account=None, branches=("housing",))
OWN = Actor("person-1", CODE, Role.SUPERVISOR, REGION, "own")


def register(form=HOUSING):
    return services.register(Actor.system("register"), form, at=journal.now())


def is_as_told() -> bool:
    return rules.fold(journal.facts(prefix=f"party/{CODE}")) == queries.standing(CODE)


def test_what_is_registered_is_kept_and_told():
    register()
    assert queries.party(CODE).branches == ("housing",)
    assert queries.supervises(queries.party(CODE)) == "住房城乡建设部门" and is_as_told()


def test_none_means_all():
    register(replace(HOUSING, branches=()))
    assert queries.supervises(queries.party(CODE)) == "综合监管（全部领域）"


@pytest.mark.parametrize(
    "change", [{"roles": (PartyRole.OWNER,)}, {"branches": ("trains",)}, {"branches": ("water", "water")}]
)
def test_nothing_else_is_registered(change):
    with pytest.raises(Refused):
        register(replace(HOUSING, **change))
    assert not queries.is_registered(CODE)


def test_the_machine_gives_other_branches_and_nobody_else():
    register()
    with pytest.raises(Forbidden):
        services.give_branches(OWN, CODE, (), at=journal.now())
    services.give_branches(Actor.system("give"), CODE, ("water", "land"), at=journal.now())
    assert queries.party(CODE).branches == ("water", "land") and is_as_told()
    with pytest.raises(Refused):
        services.give_branches(Actor.system("again"), CODE, ("trains",), at=journal.now())


def test_an_authority_that_changes_itself_keeps_what_it_supervises(monkeypatch):
    register()
    monkeypatch.setattr("ggzy.foundation.identity.queries.permit", lambda actor, permission: None)
    services.change(OWN, replace(HOUSING, address="江州市新街2号", branches=()), at=journal.now())
    found = queries.party(CODE)
    assert found.address == "江州市新街2号" and found.branches == ("housing",) and is_as_told()


def test_a_fact_of_before_is_read_as_supervising_all():
    receipt = register()
    told = body(next(f.event for f in journal.facts(prefix=f"party/{CODE}") if f.height <= receipt.height))
    del told["branches"]
    assert restore(PartyRegistered, told).branches == ()
