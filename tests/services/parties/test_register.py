"""主体登记: it works · each refusal · who may not · what is recorded."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.errors import Conflict, Forbidden, Missing
from ggzy.kernel.roles import Role
from ggzy.kernel.verdict import Refused
from ggzy.registers.parties import queries, rules, services
from ggzy.registers.parties.values import PartyRole
from tests.services.parties.form import CODE, FORM, REGION

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def _actor(request: str, role: Role = Role.BIDDER) -> Actor:
    return Actor("u1", CODE, role, REGION, request)


def test_a_party_is_registered_once_and_valid_everywhere():
    services.register(_actor("r1"), FORM, at=AT)
    assert queries.party(CODE).name == FORM.name
    assert queries.is_registered(CODE, PartyRole.BIDDER)
    assert not queries.is_registered(CODE, PartyRole.OWNER)


def test_the_account_is_told_to_nobody_but_the_register():
    services.register(_actor("r1"), FORM, at=AT)
    public, private = journal.facts(subject=f"party/{CODE}")
    assert "6222" not in repr(public.event)
    assert private.event.account_number == "6222000011112222"
    assert (public.audience, private.audience) == ("public", "restricted")


def test_the_same_request_gives_the_same_receipt():
    first = services.register(_actor("r1"), FORM, at=AT)
    assert services.register(_actor("r1"), FORM, at=AT).height == first.height
    with pytest.raises(Conflict):
        services.register(_actor("r1"), replace(FORM, phone="0980-99999"), at=AT)


def test_a_second_registration_is_refused_and_leaves_nothing():
    services.register(_actor("r1"), FORM, at=AT)
    head = journal.head()
    with pytest.raises(Refused):
        services.register(_actor("r2"), replace(FORM, phone="1-2"), at=AT)
    assert journal.head() == head


def test_an_expert_registers_no_party():
    with pytest.raises(Forbidden):
        services.register(_actor("r1", Role.EXPERT), FORM, at=AT)


def test_a_stranger_cannot_tell_a_foreign_party_from_a_missing_one():
    services.register(_actor("r1"), FORM, at=AT)
    other = Actor("u2", CreditCode.make(region=REGION, serial=2), Role.BIDDER, REGION, "r2")
    with pytest.raises(Missing):
        services.change(other, FORM, at=AT)


def test_rows_and_facts_agree_after_a_change():
    services.register(_actor("r1"), FORM, at=AT)
    services.change(_actor("r2"), replace(FORM, roles=(PartyRole.BIDDER, PartyRole.OWNER)), at=AT)
    assert rules.fold(journal.facts(subject=f"party/{CODE}")) == queries.standing(CODE)


def test_only_the_centre_registers_somebody_else():
    other = CreditCode.make(region=REGION, serial=2)
    with pytest.raises(Forbidden, match="本单位"):
        services.register(_actor("r1"), replace(FORM, code=other), at=AT)
    services.register(_actor("r2", Role.OPERATOR), replace(FORM, code=other), at=AT)
    assert queries.is_registered(other)
