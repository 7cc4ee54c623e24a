"""常开的竞价室: whenever a visitor comes a room runs; its end moves before his eyes; the next one follows."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any, ClassVar
from uuid import uuid4

import pytest

from ggzy.desk.management.commands.tick import tick
from ggzy.desk.management.demo import rooms
from ggzy.desk.management.demo.auctions import BUYERS
from ggzy.desk.management.demo.hall import Hall
from ggzy.desk.management.demo.lots import OUR_BIDDER
from ggzy.desk.management.rehearsal.cast import Cast
from ggzy.foundation.identity import queries as identity
from ggzy.foundation.journal import queries as journal
from ggzy.kernel.codes import LotCode
from ggzy.kernel.instants import BEIJING
from ggzy.kernel.roles import Role
from ggzy.registers.parties.values import PartyRole
from ggzy.trading.auctions import queries, rules, timers
from ggzy.trading.auctions.models import Keeper, RoomRow
from ggzy.trading.auctions.values import AuctionState, RoomPhase
from ggzy.trading.projects import queries as projects
from tests.world import clock

NOW = datetime(2026, 6, 6, 10, 0, tzinfo=BEIJING)  # a Saturday: robots know no weekend
LOOK = timedelta(seconds=10)
WATCHED = timedelta(minutes=20)


@pytest.fixture
def hall(db: None) -> Hall:
    """The hall of a world where everybody is registered and nothing runs yet."""
    begin = NOW - timedelta(days=400)
    with clock(begin):
        cast = Cast("demo", begin)
        for name in (*BUYERS, OUR_BIDDER):
            cast.organisation(name, Role.BIDDER, PartyRole.BIDDER, begin)
        cast.owner_named(rooms.HOUSE, Role.OWNER, begin)
    with clock(NOW):
        return Hall()


def watched(hall: Hall) -> Iterator[tuple[datetime, list[LotCode]]]:
    """The platform's clock and the robots, look after look; which rooms run at each."""
    at = NOW
    while at < NOW + WATCHED:
        with clock(at):
            tick({"auctions": timers.due})
            hall.look()
            yield at, [one.lot for one in queries.auctions(AuctionState.OPEN)]
        at += LOOK


def test_a_room_always_runs_and_its_end_moves(hall: Hall):
    empty = timedelta()
    seen: dict[LotCode, int] = {}
    for _, open_now in watched(hall):
        empty = timedelta() if open_now else empty + LOOK
        assert empty <= timedelta(minutes=1)
        for lot in open_now:
            room = queries.room(lot)
            assert room is not None
            seen[lot] = max(seen.get(lot, 0), room.extensions)
    assert len(seen) >= 2 and max(seen.values()) >= 3
    ended = [lot for lot in seen if queries.auction(lot).state is AuctionState.CONFIRMED]
    assert ended, "robots sign what one of them has won"
    for lot in seen:
        told = tuple(journal.facts(prefix=f"lot/{lot}"))
        assert rules.fold(told) == queries.standing(lot)


def test_the_visitor_holds_a_paddle_in_every_room(hall: Hall):
    with clock(NOW):
        hall.look()
        tick({"auctions": timers.due})
        (lot,) = [one.lot for one in queries.auctions(AuctionState.ANNOUNCED)]
        ours = hall.market.ours
        number = queries.paddle_of(lot, 1, ours.code)
        assert number is not None and projects.lot(lot).owner != ours.code
        assert all(who.code != ours.code for who in hall._known(queries.auction(lot)).values())
        hall.look()
        assert len(queries.auctions(AuctionState.ANNOUNCED)) == 1, "one that waits is enough"


def test_a_room_without_offers_gives_way_to_the_next(hall: Hall):
    with clock(NOW):
        hall.look()
    (first,) = queries.auctions(AuctionState.ANNOUNCED)
    assert first.terms is not None
    ends = first.terms.format.timing.ends_at + timedelta(seconds=rooms.TIMED_S)
    with clock(ends - rooms.BEFORE_THE_END + timedelta(seconds=1)):
        tick({"auctions": timers.due})  # prepared, late
        tick({"auctions": timers.due})  # opened and moved on
        room = queries.room(first.lot)
        assert room is not None and room.phase is RoomPhase.TIMED
        starts_at = rooms.next_start(journal.now(), rooms.running())
        assert starts_at is not None and starts_at - ends < timedelta(minutes=1)


class Door(BaseHTTPRequestHandler):
    """A live process as far as a robot sees one: it keeps what it is sent."""

    told: ClassVar[list[tuple[str, str, dict[str, Any]]]] = []

    def do_POST(self) -> None:
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.told.append((self.path, self.headers["Cookie"], said))
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def door() -> Iterator[str]:
    Door.told.clear()
    server = HTTPServer(("127.0.0.1", 0), Door)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_robots_offer_through_the_door_of_a_process_that_keeps_the_room(hall: Hall, door: str):
    with clock(NOW):
        hall.look()
        (auction,) = queries.auctions(AuctionState.ANNOUNCED)
        assert auction.terms is not None
        tick({"auctions": timers.due})
    with clock(auction.terms.format.timing.starts_at + timedelta(minutes=1)):
        keeper = Keeper.objects.create(id=uuid4(), door=door, beat_at=journal.now())
        RoomRow.objects.filter(auction__lot=auction.lot).update(keeper=keeper)
        tick({"auctions": timers.due})
        RoomRow.objects.filter(auction__lot=auction.lot).update(keeper=keeper)
        hall.look()
        ((path, cookie, said),) = Door.told
        assert path == f"/rooms/{auction.lot}/offers"
        assert (said["kind"], said["amount"]) == (
            "price",
            {"measure": "money", "units": auction.terms.format.start.units},
        )
        name, _, token = cookie.partition("=")
        session = identity.session(token, datetime.now(UTC))
        assert name == identity.COOKIE and session is not None
        assert session.current.organisation is not None
        assert queries.paddle_of(auction.lot, 1, session.current.organisation) is not None
        room = queries.room(auction.lot)
        assert room is not None and room.seq == 0, "the robot did not write itself"
