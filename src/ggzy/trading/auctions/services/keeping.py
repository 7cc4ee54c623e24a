"""值守: which live process keeps which room.

A process says every second that it lives. A room that nobody living keeps is taken by the one process that
all of them would name for it, so that two seldom reach for the same; if they do, the epoch of the seat decides.
"""

import hashlib
from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db.models import Q

from ggzy.foundation.journal import queries as clock
from ggzy.trading.auctions.models import Keeper, RoomRow
from ggzy.trading.auctions.queries.live import KEEPER_LEASE, Kept, kept_by, not_over

FORGOTTEN_AFTER = timedelta(minutes=10)


def beat(keeper: UUID, door: str) -> None:
    """心跳. By the clock of the database, which all processes share; the long silent are forgotten."""
    now = clock.now()
    Keeper.objects.bulk_create(
        [Keeper(id=keeper, door=door, beat_at=now)],
        update_conflicts=True, unique_fields=["id"], update_fields=["door", "beat_at"],
    )  # fmt: skip
    Keeper.objects.filter(beat_at__lt=now - FORGOTTEN_AFTER).delete()


def claim(keeper: UUID) -> tuple[Kept, ...]:
    """接管 the rooms that nobody living keeps; all that this process keeps now."""
    now = clock.now()
    living = list(Keeper.objects.filter(beat_at__gte=now - KEEPER_LEASE).values_list("pk", flat=True))
    orphaned = Q(keeper__isnull=True) | Q(keeper__beat_at__lt=now - KEEPER_LEASE)
    open_rooms = RoomRow.objects.filter(not_over(now)).filter(orphaned)
    mine = [pk for pk in open_rooms.values_list("pk", flat=True) if _keeper_of(pk, living) == keeper]
    if mine:
        RoomRow.objects.filter(orphaned, pk__in=mine).update(keeper=keeper)
    return kept_by(keeper, now)


def release(keeper: UUID) -> None:
    """交还 every room: the process ends, and another may take them at once."""
    RoomRow.objects.filter(keeper=keeper).update(keeper=None)
    Keeper.objects.filter(pk=keeper).delete()


def _keeper_of(room: int, living: Collection[UUID]) -> UUID | None:
    """The highest hash of room and process wins (rendezvous hashing): all processes agree without talking."""
    return max(living, key=lambda keeper: hashlib.sha256(f"{room}/{keeper}".encode()).digest(), default=None)
