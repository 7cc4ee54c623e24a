"""What pages are shown with: one tender at a stage, and a browser signed in as somebody."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.identity import services as people
from ggzy.foundation.identity.values import Method
from ggzy.foundation.identity.views import COOKIE
from ggzy.trading.dossier import services as dossiers
from tests.services.auctions import stage as sale
from tests.services.tendering import hall as stage
from tests.world import World


@pytest.fixture
def announced(db) -> stage.Hall:
    """A tender that takes bids."""
    hall = stage.announced()
    dossiers.refresh(hall.code)
    return hall


@pytest.fixture
def opened(db) -> stage.Hall:
    """A tender whose three bids were read out."""
    hall = stage.opened()
    dossiers.refresh(hall.code)
    return hall


@pytest.fixture
def sign_in(db) -> Callable[[stage.Person], Client]:
    """A browser that has signed in as this person."""

    def enter(person: stage.Person) -> Client:
        token = people.new_token()
        held = identity.memberships(person.actor.person)[0]
        now = datetime.now(UTC)
        people.sign_in(person.anew(), held.id, token, Method.PASSWORD, seen_at=now, at=now)
        client = Client()
        client.cookies[COOKIE] = token
        return client

    return enter


@pytest.fixture
def contest(world: World):
    """An auction room with two offers: the second bidder leads."""
    lot, paddles, seat = sale.opened(world)
    sale.press(seat, sale.OPENS + sale.MINUTE, sale.offer(paddles[0], 0))
    sale.press(seat, sale.OPENS + sale.MINUTE + sale.SECOND, sale.offer(paddles[1], 1))
    return lot, paddles, seat


@pytest.fixture
def over(world: World):
    """An auction whose room has closed."""
    return sale.closed(world)
