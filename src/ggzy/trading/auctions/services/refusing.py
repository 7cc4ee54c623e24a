"""未予发布的公告: kept as evidence; it changes nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel import digest
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.roles import Permission
from ggzy.kernel.verdict import Reason
from ggzy.trading.auctions import access, events


def note_refused_announcement(
    actor: Actor, lot: LotCode, reasons: Sequence[Reason], *, is_change: bool, at: datetime
) -> Receipt:
    """记录未予发布的公告. The form stays free to be sent again; the same mistakes in it are noted once."""
    codes = tuple(reason.code for reason in reasons)
    said = digest.digest("\n".join((actor.request, *codes)).encode())
    return _note(replace(actor, request=said), lot, codes, is_change=is_change, at=at)


@command
def _note(actor: Actor, lot: LotCode, codes: tuple[str, ...], *, is_change: bool, at: datetime) -> Receipt:
    grip = access.auction_to_run(actor, lot, Permission.AUCTION_ANNOUNCE)
    fact = events.AnnouncementRefused(lot=lot, round=grip.row.round, reasons=codes, is_change=is_change)
    return journal.record(fact, actor=actor, at=at)
