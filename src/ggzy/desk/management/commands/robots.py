"""演示机器人: bidders who come to their openings and offer in the rooms, and who reads out; in a demo only.

The custodians are no robots of the platform: each runs the custodian's own program beside it.
"""

import json
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand
from django.core.management.base import CommandError
from django.db import DatabaseError, close_old_connections

from ggzy.desk.management.demo.hall import Hall
from ggzy.foundation.identity import queries as identity
from ggzy.foundation.journal import queries as journal
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Conflict, Missing
from ggzy.kernel.roles import Role
from ggzy.kernel.verdict import Refused
from ggzy.trading.projects import queries as projects
from ggzy.trading.tendering import queries as tendering
from ggzy.trading.tendering import services
from ggzy.trading.tendering.values import BidState, PartSecret, TenderState

LOOK_EVERY_S = 2.0
STUMBLES = (Refused, Conflict, Missing, DatabaseError)
A_ROUND = 3  # bidders who come in one look, so that a visitor sees the counters move
READ_OUT_AFTER = timedelta(minutes=2)
CONCLUDE_AFTER = timedelta(minutes=6)


class Command(BaseCommand):
    help = "plays the others at the demo's openings and in its auction rooms"

    def handle(self, *args: object, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("只有演示环境才有机器人")
        keys = Path(settings.SIGNER_STATE).parent / "bidders"
        hall = Hall()
        while True:
            for lot in _opening(keys):
                try:
                    _attend(keys, lot)
                    _conduct(lot)
                except STUMBLES as reason:
                    self.stderr.write(f"{lot}: {reason}")
            try:
                hall.look()
            except STUMBLES as reason:
                self.stderr.write(f"hall: {reason}")
            close_old_connections()
            time.sleep(LOOK_EVERY_S)


def _opening(keys: Path) -> Iterator[LotCode]:
    for tender in tendering.tenders(TenderState.CLOSED):
        has_keys = (keys / f"{tender.lot}.json").exists()
        if has_keys and not projects.lot(tender.lot).suspended:
            yield tender.lot


def _attend(keys: Path, lot: LotCode) -> None:
    """投标人解密: each releases the secrets of its own bid; the last in the list has lost its key."""
    opening = tendering.opening(lot)
    until = opening.bidder_window_until if opening else None
    if until is None or journal.now() >= until:
        return
    kept = json.loads((keys / f"{lot}.json").read_text())
    came = 0
    for bid, held in list(kept.items())[: max(len(kept) - 1, 3)]:
        found = tendering.my_bid(lot, held["code"])
        if found is None or found.state is not BidState.SUBMITTED or came == A_ROUND:
            continue
        if _has_released(lot, bid):
            continue
        secrets = tuple(PartSecret(part, bytes.fromhex(text)) for part, text in held["secrets"].items())
        membership = identity.memberships(held["person"])[0]
        actor = Actor(held["person"], held["code"], Role.BIDDER, membership.region, f"robot-key-{lot}-{bid}")
        services.release_bidder_key(actor, lot, secrets)
        came += 1


def _has_released(lot: LotCode, bid: str) -> bool:
    round_ = projects.lot(lot).round
    told = journal.facts(subject=f"lot/{lot}/{round_}/opening", kinds=("bidder_key.released",))
    return any(fact.event.bid == bid for fact in told)


def _conduct(lot: LotCode) -> None:
    """代理机构: reads out once that is lawful, decides nothing about what did not open."""
    tender, opening = tendering.tender(lot), tendering.opening(lot)
    if opening is None or tender.closed_at is None:
        return
    now: datetime = journal.now()
    held = projects.lot(lot)
    agency = next(m for m in identity.serving(Role.AGENCY) if m.organisation == held.agency)
    actor = Actor(agency.person, agency.organisation, Role.AGENCY, agency.region, f"robot-{lot}-{now}")
    if opening.read_out_at is None:
        if (
            now > tender.closed_at + READ_OUT_AFTER
            and opening.decrypted + opening.failed == opening.submitted
        ):
            services.read_out(actor, lot)
    elif now > tender.closed_at + CONCLUDE_AFTER and not tendering.failures(lot):
        services.conclude_opening(actor, lot)
