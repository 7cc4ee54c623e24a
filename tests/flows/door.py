"""大门: forms as a browser sends them, and how a refusal must look."""

import html
import itertools
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from django.test import Client

from ggzy.foundation.identity import queries as people
from ggzy.foundation.identity import services as identity
from ggzy.foundation.identity.values import Method
from ggzy.foundation.identity.views import COOKIE
from ggzy.foundation.journal import queries as journal
from ggzy.kernel.actor import Actor
from tests.pages import markup

_requests = itertools.count(1)


def enter(actor: Actor) -> Client:
    """A browser in which this actor's person has just signed in."""
    token, seen = identity.new_token(), datetime.now(UTC)
    held = next(m for m in people.memberships(actor.person) if m.role is actor.role)
    act = replace(actor, request=f"door-{next(_requests)}")
    identity.sign_in(act, held.id, token, Method.PASSWORD, seen_at=seen, at=journal.now())
    client = Client()
    client.cookies[COOKIE] = token
    return client


def refused(client: Client, path: str, form: Mapping[str, Any], *words: str) -> None:
    """The form comes back with every reason and with what was typed; the journal knows nothing of it."""
    head = journal.head()
    answer = client.post(path, dict(form))
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 422, f"{answer.status_code}: {page[-2000:]}"
    for word in words:
        assert word in page, f"{word}: {summary(page)}"
    for name, typed in form.items():
        if isinstance(typed, str) and typed.isprintable() and _is_typed(name, page):
            assert typed.strip() in page, f"{typed[:60]} was lost"
    faults = markup.faults(answer.content.decode())
    assert not faults, faults
    assert journal.head() == head


def _is_typed(name: str, page: str) -> bool:
    """Choices are shown as they were offered, hidden fields are the platform's own, words are kept as typed."""
    found = re.search(
        rf'<(?:textarea|input(?![^>]*type="(?:radio|checkbox|hidden)"))[^>]*name="{name}"', page
    )
    return found is not None


def accepted(client: Client, path: str, form: Mapping[str, Any]) -> str:
    """The act is done; the address of the next page."""
    answer = client.post(path, dict(form))
    assert answer.status_code == 303, summary(html.unescape(answer.content.decode()))
    return str(answer["Location"])


def summary(page: str) -> str:
    """The part of a page that names the mistakes."""
    start = page.find("error-summary")
    return page[start : start + 1500] if start >= 0 else page[-1500:]
