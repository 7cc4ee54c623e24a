"""竞价大厅的机器人: the other bidders of every room, and the hands that keep one room always open."""

import json
import urllib.error
import urllib.request
from datetime import UTC, datetime

from ggzy.desk.management.demo import rooms, temper
from ggzy.desk.management.demo.lots import OUR_BIDDER
from ggzy.desk.management.demo.market import Market
from ggzy.desk.management.rehearsal.cast import Cast, Organisation
from ggzy.foundation.identity import queries as identity
from ggzy.foundation.identity import services as identity_services
from ggzy.foundation.identity.values import Method
from ggzy.foundation.journal import queries as journal
from ggzy.kernel.codes import LotCode
from ggzy.kernel.roles import Role
from ggzy.trading.auctions import queries, services
from ggzy.trading.auctions.queries import sales
from ggzy.trading.auctions.values import AuctionFacts, AuctionState, Offer, Room, Side
from ggzy.trading.projects import queries as projects

ANSWERED_WITHIN_S = 5.0
BIDDERS_LEAST = 4  # who may still be on the way to a paddle
SELDOM = 5  # a room that runs for days is looked at every fifth time
SIGNED_OUT = 401


class Hall:
    """竞价大厅. `look` is what its robots do at one moment; they know no more than what stands in the room."""

    def __init__(self) -> None:
        now = journal.now()
        self.cast = Cast.standing(f"hall-{now.timestamp():.0f}", now)
        self.market = Market(self.cast, now, self.cast.bidder(OUR_BIDDER, now))
        self._paddles: dict[tuple[LotCode, int], dict[int, Organisation]] = {}
        self._tokens: dict[str, str] = {}
        self._looks = 0

    def look(self) -> None:
        """看一眼, and act: the next room where it is time, an offer where somebody has waited long enough."""
        held = rooms.running()
        starts_at = rooms.next_start(journal.now(), held)
        if starts_at is not None:
            rooms.announce(self.market, starts_at)
        self._looks += 1
        seldom = queries.auctions(AuctionState.OPEN) if self._looks % SELDOM == 0 else ()
        slow = [(one, queries.room(one.lot)) for one in seldom if not rooms.is_brisk(one)]
        for auction, room in (*held, *slow):
            if room is not None:
                self._bid(auction, room)
        for auction in rooms.sold(queries.auctions(AuctionState.SOLD)):
            self._sign(auction)

    def _bid(self, auction: AuctionFacts, room: Room) -> None:
        known = self._known(auction)
        offer = temper.move(room, tuple(known), journal.now())
        if offer is not None:
            self.press(auction.lot, known[offer.paddle], offer)

    def _known(self, auction: AuctionFacts) -> dict[int, Organisation]:
        """The paddles our robots hold in this auction."""
        key = (auction.lot, auction.round)
        if len(self._paddles.get(key, ())) < BIDDERS_LEAST:
            held = ((queries.paddle_of(*key, who.code), who) for who in self.market.buyers)
            self._paddles[key] = {number: who for number, who in held if number is not None}
        return self._paddles[key]

    def press(self, lot: LotCode, who: Organisation, offer: Offer) -> None:
        """报价, through the same door as everybody's; by hand where no process keeps the room yet."""
        door = queries.door(lot)
        if not door:
            services.take(lot).press([offer])
        elif _sent(f"{door}/rooms/{lot}/offers", offer, self._token(who)) == SIGNED_OUT:
            del self._tokens[who.person]

    def _token(self, who: Organisation) -> str:
        """登录会话 of a robot, opened when it first needs one."""
        if who.person not in self._tokens:
            token, held = identity_services.new_token(), identity.memberships(who.person)[0]
            now = datetime.now(UTC)
            identity_services.sign_in(
                self.cast.act(who), held.id, token, Method.PASSWORD, seen_at=now, at=journal.now()
            )
            self._tokens[who.person] = token
        return self._tokens[who.person]

    def _sign(self, auction: AuctionFacts) -> None:
        """成交确认书: the house signs, and the winner if it is one of ours; a visitor signs for himself."""
        deal = sales.deal(projects.lot(auction.lot))
        now = journal.now()
        house = self.cast.owner_named(rooms.HOUSE, Role.OWNER, now)
        if deal is None:
            return
        winner = next((who for who in self.market.buyers if who.code == deal.winner), None)
        for side, who in ((Side.WINNER, winner), (Side.OWNER, house)):
            if who is not None and side.value not in auction.signed:
                services.sign(self.cast.act(who), auction.lot, deal.digest, at=now)


def _sent(address: str, offer: Offer, token: str) -> int:
    """The status of the answer; 0 where nobody answered in time."""
    amount = offer.amount and {"measure": offer.amount.measure.value, "units": offer.amount.units}
    said: dict[str, object] = {
        "press": offer.press,
        "kind": offer.kind.value,
        "amount": amount,
        "items": [],
        "digest": "",
    }
    headers = {"Content-Type": "application/json", "Cookie": f"{identity.COOKIE}={token}"}
    request = urllib.request.Request(address, json.dumps(said).encode(), headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=ANSWERED_WITHIN_S) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code
    except OSError:
        return 0
