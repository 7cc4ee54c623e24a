"""摇号: nonces promised while nobody knows among whom, told afterwards, and the lots drawn from them.

Anyone draws again: from the promises, the nonces, the entrants and the fact that settled who they are.
"""

import secrets

from ggzy.foundation.journal import queries as clock
from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel import draw
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Permission, Role
from ggzy.kernel.verdict import Refused
from ggzy.trading.auctions import access, events, queries, rules
from ggzy.trading.auctions.models import Auction, LotNonce
from ggzy.trading.auctions.rules import lottery
from ggzy.trading.auctions.services.seats import Seat
from ggzy.trading.auctions.values import Refusal, Room
from ggzy.trading.auctions.values.givers import PLATFORM, paddle_party


@command
def commit_lot_nonce(actor: Actor, lot: LotCode, commitment: bytes) -> Receipt:
    """承诺摇号随机数 (`kernel.draw.commitment` of `rules.lottery.lottery_name`), until the entrants are known."""
    grip, party, teller = _grip(actor, lot)
    terms = grip.facts.terms.format if grip.facts.terms else None
    known = queries.givers_of(grip.row)
    lottery.may_commit_nonce(terms, _room_now(grip), known, party, commitment).require()
    LotNonce.objects.create(auction=grip.row, party=party, commitment=commitment)
    return journal.record(_committed(grip.row, party, commitment), actor=teller, at=grip.at)


def promise(row: Auction) -> list[object]:
    """平台的随机数: promised when the room is made ready, where the notice may come to lots. The facts."""
    terms = row.facts().terms
    if terms is None or not lottery.has_lottery(terms.format):
        return []
    nonce, lot = secrets.token_bytes(draw.SIZE), LotCode(row.lot_id)
    made = draw.commitment(lottery.lottery_name(lot, row.round), PLATFORM, 0, nonce)
    LotNonce.objects.create(auction=row, party=PLATFORM, commitment=made, secret=nonce)
    return [_committed(row, PLATFORM, made)]


def _committed(row: Auction, party: str, commitment: bytes) -> events.LotNonceCommitted:
    return events.LotNonceCommitted(
        lot=LotCode(row.lot_id), round=row.round, party=party, commitment=commitment
    )


@command
def reveal_lot_nonce(actor: Actor, lot: LotCode, nonce: bytes) -> Receipt:
    """公开摇号随机数, once the entrants are known."""
    grip, party, teller = _grip(actor, lot)
    room = _room_now(grip)
    if room is None:
        raise Missing(access.NO_ROOM)
    lottery.may_reveal_nonce(room, queries.givers_of(grip.row), party, nonce, grip.at).require()
    LotNonce.objects.filter(auction=grip.row, party=party).update(nonce=nonce)
    told = events.LotNonceRevealed(lot=lot, round=grip.row.round, party=party, nonce=nonce)
    return journal.record(told, actor=teller, at=grip.at)


@command
def draw_lots(actor: Actor, lot: LotCode) -> Receipt:
    """摇号 among the entrants. The platform tells its nonce now, and who was silent is named."""
    grip = access.auction_to_run(actor, lot, Permission.AUCTION_CONDUCT)
    seat = Seat.of(grip.row)
    batch = seat.batch()
    batch.advance()
    known = queries.givers_of(grip.row)
    lottery.may_draw_now(batch.room, known, batch.at).require()
    own = LotNonce.objects.get(auction=grip.row, party=PLATFORM)
    assert own.secret is not None, "kept until it is told"
    nonces = {party: one.nonce for party, one in known.items() if one.nonce is not None}
    nonces[PLATFORM] = bytes(own.secret)
    seed = lottery.seed_of(batch.room, _head(lot, grip.row.round), nonces)
    salts = dict.fromkeys(batch.room.entrants, lottery.NO_SALT)
    outcome = rules.draw_lots(batch.room, seed, salts, batch.at)
    if isinstance(outcome, Refusal):
        raise Refused(outcome.reasons)
    journal.record_all(_told(grip.row, known, bytes(own.secret)), actor=actor, at=batch.at)
    batch.take(outcome)
    return seat.tell(batch, actor)


def _told(row: Auction, known: dict[str, lottery.Giver], secret: bytes) -> list[object]:
    """Who was silent, then the platform's own nonce; the rows with them."""
    lot, silent = LotCode(row.lot_id), lottery.waiting_for(known)
    LotNonce.objects.filter(auction=row, party__in=silent).update(is_missed=True)
    LotNonce.objects.filter(auction=row, party=PLATFORM).update(nonce=secret, secret=None)
    missed = [events.LotNonceMissed(lot=lot, round=row.round, party=party) for party in silent]
    own = events.LotNonceRevealed(lot=lot, round=row.round, party=PLATFORM, nonce=secret)
    return [*missed, own]


def _head(lot: LotCode, round: int) -> bytes:
    """The chain value of the fact after which lots are drawn: nobody knew it when nonces were promised."""
    began = clock.facts(subject=queries.stream(lot, round), kinds=("phase.began",))
    return clock.entry([fact.height for fact in began][-1]).chain


def _grip(actor: Actor, lot: LotCode) -> tuple[access.Grip, str, Actor]:
    """The auction, the name its nonce goes by, and who tells it: of a bidder's act the platform, as of its offers."""
    if actor.role is Role.BIDDER:
        grip, bidder = access.auction_for_applicant(actor, lot, Permission.DRAW_COMMIT)
        paddle = queries.paddle_of(lot, grip.row.round, bidder)
        if paddle is None:
            raise Missing()
        return grip, paddle_party(paddle), Actor.system(actor.request)
    party = queries.PARTIES.get(actor.role)
    if party is None:
        raise Missing()
    return access.auction_to_run(actor, lot, Permission.DRAW_COMMIT), party, actor


def _room_now(grip: access.Grip) -> Room | None:
    """The room at this moment, under its lock; None before it is prepared."""
    if not grip.facts.is_prepared:
        return None
    batch = Seat.of(grip.row).batch()
    batch.advance()
    return batch.room
