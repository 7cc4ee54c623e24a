"""登录、切换身份与退出, through the browser's door."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from ggzy.foundation.identity import queries, rules, services
from ggzy.foundation.identity.models import Session
from ggzy.foundation.identity.values import NewPerson
from ggzy.foundation.journal import queries as journal
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.roles import Role

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 26, 1, 0, tzinfo=UTC)
CITY = RegionCode("990100")
FIRM, OTHER = (CreditCode.make(region=CITY, serial=serial) for serial in (1, 2))
PASSWORD = "江州的春天总是来得比别处早一些啊"


@pytest.fixture
def person() -> str:
    new = NewPerson(login="zhoulan", name="周岚", password_hash=services.hash_password(PASSWORD))
    registered = services.register_person(Actor.system("register"), new, at=AT)
    person = registered.subject.removeprefix("user/")
    for organisation, role in ((FIRM, Role.BIDDER), (OTHER, Role.OWNER)):
        services.grant_membership(Actor.system(f"grant-{role}"), person, organisation, role, CITY, at=AT)
    return person


def enter(client: Client, password: str = PASSWORD, **more: str) -> Any:
    headers: Any = {name: more.pop(name) for name in list(more) if name.startswith("HTTP_")}
    return client.post("/sign-in/", {"login": "zhoulan", "password": password, **more}, **headers)


def is_signed_in(client: Client) -> bool:
    answer: Any = client.get("/sign-in/")
    return answer.wsgi_request.actor is not None


def test_the_page_shows_the_form(client: Client) -> None:
    answer = client.get("/sign-in/")
    assert answer.status_code == 200
    assert "登录名" in answer.content.decode()


def test_the_right_password_opens_the_desk(client: Client, person: str) -> None:
    answer = enter(client)
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    cookie = answer.cookies["session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not Session.objects.filter(pk=cookie.value).exists(), "only the hash of the token is kept"
    assert is_signed_in(client)
    assert [fact.kind for fact in journal.facts(subject=f"user/{person}")][-1] == "session.signed_in"


def test_a_wrong_password_is_answered_on_the_same_page(client: Client, person: str) -> None:
    answer = enter(client, "错")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "登录名或口令不正确" in page
    assert "zhoulan" in page, "what was typed is not cleared"
    assert '错"' not in page, "but a password is never sent back"
    assert not is_signed_in(client)


def _wait_after_mistakes(client: Client, **headers: Any) -> str:
    for _ in range(rules.FREE_TRIES + 3):
        page = client.post("/sign-in/", {"login": "zhoulan", "password": "错"}, **headers).content.decode()
    return page


@pytest.mark.parametrize(
    ("behind_proxy", "mistaken", "visitor", "waits"),
    [
        (True, "203.0.113.7", "203.0.113.7", True),
        (True, "203.0.113.7", "203.0.113.8", False),
        (True, "203.0.113.7", "198.51.100.1, 203.0.113.7", True),  # what the visitor wrote does not count
        (True, "203.0.113.7", "203.0.113.7, 203.0.113.8", False),
        (True, "2001:db8::1", "2001:DB8:0::1", True),
        (False, "203.0.113.7", "203.0.113.8", True),  # no proxy: the header is the visitor's own
    ],
)
def test_only_the_address_that_mistyped_waits(
    client: Client,
    person: str,
    settings: Settings,
    behind_proxy: bool,
    mistaken: str,
    visitor: str,
    waits: bool,
) -> None:
    settings.BEHIND_PROXY = behind_proxy
    assert "需稍候再试" in _wait_after_mistakes(client, HTTP_X_FORWARDED_FOR=mistaken)
    answer = enter(client, HTTP_X_FORWARDED_FOR=visitor)
    assert answer.status_code == (422 if waits else 302)


@pytest.mark.parametrize(
    "header", [{}, {"HTTP_X_FORWARDED_FOR": ""}, {"HTTP_X_FORWARDED_FOR": "1.2.3.4, unknown"}]
)
def test_a_proxy_that_names_nobody_lets_nobody_in(
    client: Client, person: str, settings: Settings, caplog: pytest.LogCaptureFixture, header: dict[str, str]
) -> None:
    settings.BEHIND_PROXY = True
    answer = enter(client, **header)
    assert answer.status_code == 422
    assert "平台前面的代理没有说明您从哪里访问" in answer.content.decode()
    assert "X-Forwarded-For" in caplog.text


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/lots/", "/lots/"),
        ("https://evil.example/", "/desk/"),
        ("//evil.example/", "/desk/"),
        ("", "/desk/"),
    ],
)
def test_the_way_back_stays_on_this_site(client: Client, person: str, wanted: str, reached: str) -> None:
    assert enter(client, next=wanted)["Location"] == reached


def test_a_changed_membership_comes_with_a_new_token(client: Client, person: str) -> None:
    before = enter(client).cookies["session"].value
    owner = next(m for m in queries.memberships(person) if m.role is Role.OWNER)
    answer = client.post("/desk/switch/", {"membership": owner.id})
    after = answer.cookies["session"].value
    assert after != before
    now = timezone.now()
    current = queries.session(after, now)
    assert current is not None
    assert (current.current.role, current.current.organisation) == (Role.OWNER, OTHER)
    assert queries.session(before, now) is None


def test_the_membership_of_somebody_else_is_not_found(client: Client, person: str) -> None:
    enter(client)
    assert client.post("/desk/switch/", {"membership": 10**9}).status_code == 404


def test_signing_out_ends_the_session(client: Client, person: str) -> None:
    token = enter(client).cookies["session"].value
    client.post("/sign-out/")
    assert queries.session(token, timezone.now()) is None
    assert not is_signed_in(client)


def test_signing_out_takes_a_form(client: Client, person: str) -> None:
    enter(client)
    assert client.get("/sign-out/").status_code == 405
    assert is_signed_in(client)


def test_a_form_from_elsewhere_is_refused(person: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert enter(strict).status_code == 403


def test_an_idle_session_is_over(client: Client, person: str) -> None:
    enter(client)
    Session.objects.update(seen_at=timezone.now() - timedelta(minutes=31))
    assert not is_signed_in(client)


def test_reading_a_page_does_not_write(
    client: Client, person: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    enter(client)
    with django_assert_max_num_queries(4) as seen:
        client.get("/clock/")
    assert not [query["sql"] for query in seen.captured_queries if not query["sql"].startswith("SELECT")]


def test_the_demo_shows_one_person_of_each_role(client: Client, person: str) -> None:
    page = client.get("/sign-in/").content.decode()
    assert page.count("周岚") == 2
    assert "投标人：周岚" in page
    assert "招标人：周岚" in page


@pytest.mark.parametrize("demo", [True, False])
def test_a_real_installation_shows_nobody_and_lets_nobody_in(
    client: Client, person: str, settings: Settings, demo: bool
) -> None:
    settings.SIMULATION, settings.REAL = demo, not demo
    page = client.get("/sign-in/").content.decode()
    assert ("周岚" in page) is demo
    held = queries.memberships(person)[0]
    answer = client.post("/tour/as/", {"membership": held.id})
    assert answer.status_code == (302 if demo else 404)


def test_one_click_signs_in_where_nothing_is_real(client: Client, person: str) -> None:
    bidder = queries.memberships(person)[0]
    answer = client.post("/tour/as/", {"membership": bidder.id, "next": "/"})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert is_signed_in(client)
