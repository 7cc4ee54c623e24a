"""删除: the one thing that may go, by two persons, for a reason in law."""

from datetime import datetime

from django.db import connection

from ggzy.foundation.journal import queries
from ggzy.foundation.journal.events import PayloadErased
from ggzy.foundation.journal.services.recording import command, record
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel.actor import Actor
from ggzy.kernel.errors import Conflict, Forbidden
from ggzy.kernel.roles import Permission


@command
def erase(actor: Actor, height: int, basis: str, second: Actor, *, at: datetime) -> Receipt:
    """依法删除内容. Body and nonce of one entry go, its place in the chain stays.

    Basis: 个人信息保护法 §47. Two different persons who both may; raises Forbidden, Missing or Conflict.
    """
    if not (actor.has(Permission.JOURNAL_ERASE) and second.has(Permission.JOURNAL_ERASE)):
        raise Forbidden()
    if actor.person == second.person:
        raise Forbidden("删除留痕内容须由两人共同办理")
    queries.entry(height)
    with connection.cursor() as cursor:
        cursor.execute("SELECT journal_erase(%s)", [height])
        was_there = cursor.fetchone()[0]
    if not was_there:
        raise Conflict("该条内容已被删除")
    fact = PayloadErased(height=height, basis=basis, second_person=second.person)
    return record(fact, actor=actor, at=at)
