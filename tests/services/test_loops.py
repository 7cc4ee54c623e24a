"""时钟与追随: the two loops isolate what fails and forget nothing."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

import pytest

from ggzy.desk.management.commands import follow, tick
from ggzy.foundation.identity import queries as identity
from ggzy.foundation.identity import services
from ggzy.foundation.identity.values import NewPerson
from ggzy.foundation.journal.values import Fact
from ggzy.kernel.actor import Actor

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 26, 1, 0, tzinfo=UTC)


def register(login: str) -> object:
    new = NewPerson(login=login, name=login)
    return services.register_person(Actor.system(f"register-{login}"), new, at=AT)


def fails() -> object:
    register("half-done")
    raise RuntimeError("this move cannot be made")


def due(*moves: Callable[[], object]) -> tick.Due:
    def at(moment: datetime) -> Iterable[Callable[[], object]]:
        return moves

    return at


def cannot_say(moment: datetime) -> Iterable[Callable[[], object]]:
    raise RuntimeError("no idea")


def logins() -> set[str]:
    return {fact.name for fact in identity.people(set(_ids())).values()}


def _ids() -> Iterable[str]:
    from ggzy.foundation.journal import queries as journal

    return [fact.event.person for fact in journal.facts(kinds=("person.registered",))]


def test_a_move_that_fails_leaves_nothing_and_stops_no_other() -> None:
    made = tick.tick(
        {
            "first": due(lambda: register("one"), fails, lambda: register("two")),
            "second": cannot_say,
            "third": due(lambda: register("three")),
        }
    )
    assert made == 3
    assert logins() == {"one", "two", "three"}


def test_every_fact_reaches_each_app_once_and_in_order() -> None:
    heard: list[tuple[str, str]] = []

    def hears(app: str) -> Callable[[Fact], None]:
        return lambda fact: heard.append((app, fact.event.name))

    followers = {app: {"person.registered": hears(app)} for app in ("dossier", "messages")}
    for name in ("one", "two"):
        register(name)
    follow.follow(followers)
    register("three")
    while follow.follow(followers):
        pass
    for app in followers:
        assert [name for listener, name in heard if listener == app] == ["one", "two", "three"]


def test_an_app_that_fails_waits_at_its_fact_and_holds_up_nobody() -> None:
    register("one")
    heard: list[str] = []
    broken = True

    def stumbles(fact: Fact) -> None:
        if broken:
            raise RuntimeError("not now")
        heard.append(f"late {fact.event.name}")

    followers = {
        "alerts": {"person.registered": stumbles},
        "messages": {"person.registered": lambda fact: heard.append(fact.event.name)},
    }
    follow.follow(followers)
    assert heard == ["one"]
    broken = False
    follow.follow(followers)
    assert heard == ["one", "late one"]
