"""人员、任职、证书的命令."""

import dataclasses
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from ggzy.foundation.identity import queries, services
from ggzy.foundation.identity.values import Method, NewPerson
from ggzy.foundation.journal import queries as journal
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.errors import Conflict, Forbidden, Missing
from ggzy.kernel.roles import Permission, Role
from ggzy.kernel.verdict import Refused

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 26, 1, 0, tzinfo=UTC)
CITY = RegionCode("990100")
FIRM = CreditCode.make(region=CITY, serial=1)
OTHER = CreditCode.make(region=CITY, serial=2)
PASSWORD = "江州的春天总是来得比别处早一些啊"


@pytest.fixture(autouse=True)
def _own_roots(tmp_path: Path, settings: Settings) -> Iterator[None]:
    settings.ROOTS_DIR = tmp_path / "roots"
    yield


def system(request: str) -> Actor:
    return Actor.system(request)


def a_person(login: str = "zhoulan", password_hash: str = "") -> str:
    new = NewPerson(login=login, name="周岚", password_hash=password_hash)
    receipt = services.register_person(system(f"register-{login}"), new, at=AT)
    return receipt.subject.removeprefix("user/")


def a_member(
    login: str = "zhoulan", organisation: CreditCode = FIRM, role: Role = Role.BIDDER, **new: str
) -> str:
    person = a_person(login, **new)
    services.grant_membership(system(f"grant-{login}"), person, organisation, role, CITY, at=AT)
    return person


def acting(person: str, request: str = "r") -> Actor:
    return Actor(person=person, organisation=FIRM, role=Role.BIDDER, region=CITY, request=request)


def kinds(person: str) -> list[str]:
    return [fact.kind for fact in journal.facts(subject=f"user/{person}")]


def test_a_person_is_registered_and_recorded() -> None:
    person = a_person()
    assert queries.person(person).name == "周岚"
    assert kinds(person) == ["person.registered"]


def test_a_login_name_is_given_once() -> None:
    a_person()
    new = NewPerson(login="zhoulan", name="周兰")
    with pytest.raises(Conflict, match="zhoulan"):
        services.register_person(system("again"), new, at=AT)


def test_a_bidder_registers_nobody() -> None:
    with pytest.raises(Forbidden):
        services.register_person(acting("u1"), NewPerson(login="x", name="某"), at=AT)


def test_the_same_request_twice_registers_one_person() -> None:
    new = NewPerson(login="zhoulan", name="周岚")
    first = services.register_person(system("once"), new, at=AT)
    second = services.register_person(system("once"), new, at=AT)
    assert (first.height, first.chain) == (second.height, second.chain)


def test_a_membership_is_granted_and_listed() -> None:
    person = a_member()
    held = queries.memberships(person)
    assert [(m.organisation, m.role, m.region) for m in held] == [(FIRM, Role.BIDDER, CITY)]
    assert queries.members(FIRM, Role.BIDDER) == held
    assert kinds(person) == ["person.registered", "membership.granted"]


def test_an_incompatible_membership_is_refused_and_leaves_nothing() -> None:
    person = a_member()
    with pytest.raises(Refused):
        services.grant_membership(system("clash"), person, FIRM, Role.OWNER, CITY, at=AT)
    assert len(queries.memberships(person)) == 1
    assert kinds(person) == ["person.registered", "membership.granted"]


def test_nobody_is_granted_to_a_stranger() -> None:
    with pytest.raises(Missing):
        services.grant_membership(system("nobody"), "u404", FIRM, Role.BIDDER, CITY, at=AT)


def test_an_ended_membership_ends_its_sessions() -> None:
    person = a_member()
    held = queries.memberships(person)[0]
    services.sign_in(acting(person), held.id, "token", Method.DEMO, seen_at=AT, at=AT)
    assert queries.session("token", AT) is not None
    services.end_membership(system("end"), held.id, "离职", at=AT)
    assert queries.session("token", AT) is None
    assert queries.memberships(person) == ()
    with pytest.raises(Conflict):
        services.end_membership(system("end-2"), held.id, "离职", at=AT)


def test_a_demo_certificate_is_bound_found_and_revoked() -> None:
    person = a_member()
    pem, _ = services.demo_certificate("江州建设有限公司", FIRM, AT)
    services.bind_certificate(system("bind"), person, pem, at=AT)
    later = AT + timedelta(minutes=1)
    (found,) = queries.certificates(later, party=FIRM)
    assert queries.certificates(later, person=person) == (found,)
    assert queries.certificate(found.fingerprint).holder == "江州建设有限公司"
    services.revoke_certificate(acting(person, "revoke"), found.fingerprint, "密钥遗失", at=later)
    assert queries.certificates(later + timedelta(minutes=1), party=FIRM) == ()
    assert len(queries.certificates(AT, party=FIRM)) == 1
    assert kinds(person)[-2:] == ["certificate.bound", "certificate.revoked"]


def test_the_certificate_of_another_firm_is_refused() -> None:
    person = a_member()
    pem, _ = services.demo_certificate("别的公司", OTHER, AT)
    with pytest.raises(Refused, match="统一社会信用代码"):
        services.bind_certificate(system("bind"), person, pem, at=AT)


def test_a_stranger_cannot_revoke_a_certificate() -> None:
    person, stranger = a_member(), a_member("lisi", OTHER)
    pem, _ = services.demo_certificate("江州建设有限公司", FIRM, AT)
    services.bind_certificate(system("bind"), person, pem, at=AT)
    (found,) = queries.certificates(AT, party=FIRM)
    with pytest.raises(Missing):
        services.revoke_certificate(acting(stranger), found.fingerprint, "捣乱", at=AT)


def test_a_changed_password_ends_every_session() -> None:
    person = a_member(password_hash=services.hash_password(PASSWORD))
    held = queries.memberships(person)[0]
    services.sign_in(acting(person, "in"), held.id, "token", Method.PASSWORD, seen_at=AT, at=AT)
    changed = services.hash_password(PASSWORD + "！")
    services.change_password(acting(person, "change"), person, changed, at=AT)
    assert queries.session("token", AT) is None
    assert services.authenticate("zhoulan", PASSWORD + "！", "::1", AT).id == person
    with pytest.raises(Missing):
        services.change_password(acting("u2", "other"), person, changed, at=AT)


def test_too_many_sessions_close_the_oldest() -> None:
    person = a_member()
    held = queries.memberships(person)[0]
    for number in range(4):
        at = AT + timedelta(minutes=number)
        services.sign_in(
            acting(person, f"in-{number}"), held.id, f"t{number}", Method.DEMO, seen_at=at, at=at
        )
    now = AT + timedelta(minutes=5)
    assert [queries.session(f"t{number}", now) is not None for number in range(4)] == [
        False,
        True,
        True,
        True,
    ]
    assert len(queries.sessions(person, now)) == 3


def test_a_wrong_password_is_refused_and_slows_down() -> None:
    a_member(password_hash=services.hash_password(PASSWORD))
    for _ in range(3):
        with pytest.raises(Refused, match="不正确"):
            services.authenticate("zhoulan", "错", "::1", AT)
    with pytest.raises(Refused, match="秒后再试"):
        services.authenticate("zhoulan", PASSWORD, "::1", AT)
    assert services.authenticate("zhoulan", PASSWORD, "::2", AT).name == "周岚"
    assert services.authenticate("zhoulan", PASSWORD, "::1", AT + timedelta(seconds=1)).name == "周岚"


def test_without_a_password_there_is_no_log_in_by_password() -> None:
    a_member()
    with pytest.raises(Refused, match="不正确"):
        services.authenticate("zhoulan", "", "::1", AT)


def test_permit_names_the_act_and_the_role() -> None:
    queries.permit(acting("u1"), Permission.BID_SUBMIT)
    with pytest.raises(Forbidden, match="定标"):
        queries.permit(dataclasses.replace(acting("u1"), role=Role.BIDDER), Permission.AWARD_MAKE)
