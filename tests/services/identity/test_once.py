"""一次性口令: a person enrolled or helped by the service desk sets an own password, once and in time."""

from datetime import UTC, datetime, timedelta

import pytest

from ggzy.foundation.identity import queries, rules, services
from ggzy.foundation.identity.models import Session
from ggzy.foundation.identity.values import Method, NewPerson, NewSeat
from ggzy.foundation.journal import queries as journal
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.errors import Conflict, Forbidden, Missing
from ggzy.kernel.roles import Role
from ggzy.kernel.verdict import Refused

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 26, 1, 0, tzinfo=UTC)
CITY = RegionCode("990100")
FIRM, CENTRE = (CreditCode.make(region=CITY, serial=serial) for serial in (1, 2))
OLD, NEW = "江州的春天总是来得比别处早一些啊", "澜川的秋天总是走得比别处晚一些呢"
SEAT = NewSeat(FIRM, Role.BIDDER, CITY)


def operator(request: str, role: Role = Role.OPERATOR) -> Actor:
    return Actor("u-desk", CENTRE, role, CITY, request)


WATCHERS = (Role.SUPERVISOR, Role.INSPECTOR, Role.AUDITOR)


def enrolled(login: str = "zhoulan", password: str = "", seat: NewSeat = SEAT) -> str:
    new = NewPerson(login, "周岚", services.hash_password(password) if password else "")
    request = f"enrol-{login}"  # of those who watch the centre the machine's holder makes the first
    who = Actor.system(request) if seat.role in WATCHERS else operator(request)
    receipt = services.enrol_person(who, new, seat, once("a"), at=AT)
    return receipt.subject.removeprefix("user/")


def once(request: str) -> str:
    return services.once_hash(services.once_password(request))


def own(person: str, request: str = "own") -> Actor:
    return Actor(person, FIRM, Role.BIDDER, CITY, request)


def refused(error: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in error.value.reasons]


def test_one_act_registers_the_person_with_a_seat() -> None:
    person = enrolled()
    assert [m.role for m in queries.memberships(person)] == [Role.BIDDER]
    kinds = [fact.kind for fact in journal.facts(subject=f"user/{person}")]
    assert kinds == ["person.registered", "membership.granted"]
    assert enrolled() == person, "the same form twice registers one person"


def test_a_name_that_is_taken_registers_nothing() -> None:
    enrolled()
    with pytest.raises(Conflict, match="zhoulan"):
        services.enrol_person(operator("x"), NewPerson("zhoulan", "周兰"), SEAT, once("x"), at=AT)


def test_the_same_form_shows_the_same_password_and_another_form_another() -> None:
    shown = services.once_password("a")
    assert shown == services.once_password("a") != services.once_password("b")
    assert len(shown.replace("-", "")) == 20
    assert services.once_hash(shown) == services.once_hash(f" {shown.lower().replace('-', ' ')} ")


def test_the_password_of_ones_own_is_set_once() -> None:
    person = enrolled()
    assert queries.invited("zhoulan", once("a"), AT) == queries.person(person)
    services.set_password(own(person), once("a"), services.hash_password(NEW), at=AT)
    assert services.authenticate("zhoulan", NEW, "here", AT).id == person
    assert queries.invited("zhoulan", once("a"), AT) is None
    with pytest.raises(Refused) as again:
        services.set_password(own(person, "2"), once("a"), services.hash_password(OLD), at=AT)
    assert refused(again) == ["once_wrong"]


@pytest.mark.parametrize(
    ("typed", "after", "is_good"),
    [
        ("a", timedelta(), True),
        ("a", rules.ONCE_FOR - timedelta(seconds=1), True),
        ("a", rules.ONCE_FOR, False),
        ("b", timedelta(), False),
    ],
)
def test_only_the_right_one_in_time(typed: str, after: timedelta, is_good: bool) -> None:
    person = enrolled()
    assert (queries.invited("zhoulan", once(typed), AT + after) is not None) is is_good
    if not is_good:
        with pytest.raises(Refused):
            services.set_password(own(person), once(typed), "hash", at=AT + after)


def test_a_reset_shuts_the_old_password_and_every_session_and_says_why() -> None:
    person = enrolled(password=OLD)
    services.sign_in(own(person), queries.memberships(person)[0].id, "t", Method.PASSWORD, seen_at=AT, at=AT)
    services.reset_password(operator("reset"), person, once("b"), " 本人到场 ", at=AT)
    with pytest.raises(Refused):
        services.authenticate("zhoulan", OLD, "here", AT)
    assert not Session.objects.filter(person=person, ended_at=None).exists()
    assert queries.invited("zhoulan", once("a"), AT) is None, "an older one-time password is void"
    assert queries.invited("zhoulan", once("b"), AT) is not None
    (fact,) = journal.facts(kinds=("person.password_reset",))
    assert (fact.event.person, fact.event.reason) == (person, "本人到场")


def test_nobody_resets_an_own_password_or_without_a_reason() -> None:
    person = enrolled()
    itself = Actor(person, CENTRE, Role.OPERATOR, CITY, "self")
    with pytest.raises(Refused) as error:
        services.reset_password(itself, person, once("b"), "  ", at=AT)
    assert refused(error) == ["own_password", "reason_missing"]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
def test_the_centre_resets_nobody_who_watches_it_and_the_machine_everybody(role: Role) -> None:
    person = enrolled(seat=NewSeat(CENTRE, role, CITY))
    if role in WATCHERS:
        with pytest.raises(Refused) as error:
            services.reset_password(operator("r"), person, once("b"), "原因", at=AT)
        assert refused(error) == ["watcher"]
        assert queries.invited("zhoulan", once("a"), AT) is not None, "nothing changed"
    else:
        services.reset_password(operator("r"), person, once("b"), "原因", at=AT)
    services.reset_password(Actor.system("m"), person, once("c"), "原因", at=AT)
    assert queries.invited("zhoulan", once("c"), AT) is not None


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.OPERATOR, Role.SYSTEM)])
def test_others_reset_and_enrol_nobody(role: Role) -> None:
    person = enrolled()
    with pytest.raises(Forbidden):
        services.reset_password(operator("r", role), person, once("b"), "原因", at=AT)
    with pytest.raises(Forbidden):
        services.enrol_person(operator("e", role), NewPerson("x", "某"), SEAT, once("b"), at=AT)


def test_nobody_sets_the_password_of_another() -> None:
    person = enrolled()
    with pytest.raises(Missing):
        services.reset_password(operator("r"), "u-none", once("b"), "原因", at=AT)
    stranger = enrolled("other")
    with pytest.raises(Refused):
        services.set_password(own(stranger), once("b"), "hash", at=AT)
    assert queries.invited("zhoulan", once("a"), AT) == queries.person(person)
