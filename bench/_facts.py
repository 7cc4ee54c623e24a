"""What the benches of the journal write: commands that do nothing but record. Needs Django set up."""

import os

from django.db import connection

from ggzy.foundation.journal import queries, services
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel.actor import Actor
from ggzy.kernel.events import Audience, event

BATCH = 100


@event("bench.told", Audience.SEALED, subject="bench/{lot}")
class Told:
    """测速事实: of the size of a bid's."""

    lot: str
    number: int
    bidder: str = "某某建设集团有限公司"
    manifest: str = "sha256:" + "0" * 64
    documents: str = "sha256:" + "0" * 64


@command
def tell(actor: Actor, lot: str, number: int) -> Receipt:
    """One fact, one commit."""
    return services.record(Told(lot=lot, number=number), actor=actor, at=queries.now())


@command
def tell_many(actor: Actor, lot: str, number: int) -> Receipt:
    """A batch of facts, one commit."""
    facts = [Told(lot=lot, number=number + turn) for turn in range(BATCH)]
    return services.record_all(facts, actor=actor, at=queries.now())


def on_one_lot(writer: int, turn: int) -> int:
    tell(Actor.system(f"one-{os.getpid()}-{turn}"), "one", turn)
    return 1


def on_many_lots(writer: int, turn: int) -> int:
    tell(Actor.system(f"many-{os.getpid()}-{turn}"), f"{writer}-{turn % 50}", turn)
    return 1


def in_batches(writer: int, turn: int) -> int:
    tell_many(Actor.system(f"batch-{os.getpid()}-{turn}"), f"batch-{writer}", turn)
    return BATCH


def plain_insert(writer: int, turn: int) -> int:
    """What any program pays that commits one row of this size."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_node (level, position, hash) VALUES (99, %s, %s)",
            [os.getpid() * 10**6 + turn, b"x" * 900],
        )
    return 1
