"""事实的读取: in the order they happened."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection

from ggzy.foundation.journal import chain
from ggzy.foundation.journal.models import Entry, Head, Log, Payload
from ggzy.foundation.journal.values import ActorRef, Disclosed, EntryFacts, Fact, LogFacts
from ggzy.kernel import events
from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.digest import Hash, function
from ggzy.kernel.errors import Missing
from ggzy.kernel.events import Audience
from ggzy.kernel.roles import Role

PAGE = 1_000
DISCLOSED = """
    SELECT e.height, e.subject, e.seq, e.kind, e.actor::text, e.at, e.request, e.audience,
           e.commitment, e.chain, before.chain, body.nonce, body.canon, body.code
    FROM journal_entry e
    LEFT JOIN journal_entry before ON before.subject = e.subject AND before.seq = e.seq - 1
    LEFT JOIN journal_payload body ON body.height = e.height
    WHERE e.height > %s AND e.height <= %s AND e.subject LIKE %s AND e.audience = coalesce(%s, e.audience)
    ORDER BY e.height
"""
LIKE_LITERALLY = str.maketrans({"\\": r"\\", "%": r"\%", "_": r"\_"})
OFFSET: ContextVar[timedelta] = ContextVar("journal_offset", default=timedelta())


def now() -> datetime:
    """现在. The database clock plus the simulated offset; read it under the lock that decides the race."""
    return asked_now()()


def asked_now() -> Callable[[], datetime]:
    """问时. Asks for `now` at once; what is given reads the answer: for questions put together."""
    offset: Any = OFFSET.get()
    cursor = connection.cursor()
    cursor.execute("SELECT journal_now(%s)", [offset])

    def read() -> datetime:
        with cursor:
            moment: datetime = cursor.fetchone()[0]
        return moment

    return read


def facts(
    subject: str | None = None,
    prefix: str | None = None,
    kinds: Sequence[str] | None = None,
    after: int = 0,
    limit: int | None = None,
) -> Iterator[Fact]:
    """事实. In the order they were recorded; without padding and without what was erased.

    `subject` is one stream, `prefix` all streams that begin so, `after` the last height already seen.
    """
    wanted = Entry.objects.exclude(subject="padding")
    if subject is not None:
        wanted = wanted.filter(subject=subject)
    if prefix is not None:
        wanted = wanted.filter(subject__startswith=prefix)
    if kinds is not None:
        wanted = wanted.filter(kind__in=list(kinds))
    given = 0
    while limit is None or given < limit:
        size = PAGE if limit is None else min(PAGE, limit - given)
        rows = list(wanted.filter(height__gt=after).order_by("height")[:size])
        bodies = dict(
            Payload.objects.filter(height__in=[row.height for row in rows]).values_list("height", "canon")
        )
        for row in rows:
            if row.height in bodies:
                yield fact_of(row, bytes(bodies[row.height]))
        if len(rows) < size:
            return
        after, given = rows[-1].height, given + size


def head() -> int:
    """末位. The height of the last entry."""
    return Head.objects.values_list("height", flat=True).get()


def stream(subject: str) -> tuple[int, str]:
    """流的末位. Place and chain value ("sha256:…") of its last entry; (0, "") for an empty stream."""
    row = Entry.objects.filter(subject=subject).order_by("-seq").first()
    return (0, "") if row is None else (row.seq, f"{log().algorithm}:{bytes(row.chain).hex()}")


def entry(height: int) -> EntryFacts:
    """条目. Raises Missing if there is none of that height."""
    row = Entry.objects.filter(height=height).first()
    if row is None:
        raise Missing("没有这一条留痕")
    return EntryFacts(
        height=row.height,
        subject=row.subject,
        seq=row.seq,
        kind=row.kind,
        actor=_actor(row.actor),
        at=row.at,
        audience=Audience(row.audience),
        request=row.request,
        commitment=bytes(row.commitment),
        chain=bytes(row.chain),
    )


def disclosed(
    prefix: str = "", audience: Audience | None = None, *, after: int = 0, until: int | None = None
) -> Iterator[Disclosed]:
    """披露条目. In order, all that is needed to recompute them; the caller decides who may have them."""
    until = head() if until is None else until
    step = until if prefix else PAGE  # few entries of one subject lie far apart, so one query finds them all
    like = prefix.translate(LIKE_LITERALLY) + "%"
    while after < until:
        with connection.cursor() as cursor:
            cursor.execute(DISCLOSED, [after, min(until, after + step), like, audience])
            rows = cursor.fetchall()
        yield from map(_disclosed, rows)
        after += step


def log() -> LogFacts:
    """日志. Its name, algorithm and kind of time; refuses to go on under settings that are not its own."""
    facts = _log()
    assert facts.is_simulated == settings.SIMULATION, "this database was made with another kind of time"
    assert facts.algorithm == settings.DIGEST_ALGORITHM, "this database was made with another digest"
    return facts


def shard() -> str:
    """日志分段. The part of the name that tells this log from the one before it: …/journal/<shard>/…."""
    return log().origin.partition("/journal/")[2].partition("/")[0]


def hasher() -> Hash:
    """摘要算法. Of this log."""
    return function(log().algorithm)


def _disclosed(row: tuple[Any, ...]) -> Disclosed:
    height, subject, seq, kind, actor, at, request, audience, *hashes, code = row
    commitment, link, previous, nonce, event = (None if value is None else bytes(value) for value in hashes)
    assert commitment is not None and link is not None, "an entry has both"
    header = EntryFacts(
        height=height,
        subject=subject,
        seq=seq,
        kind=kind,
        actor=_actor(json.loads(actor)),
        at=at,
        audience=Audience(audience),
        request=request,
        commitment=commitment,
        chain=link,
    )
    if seq == 1:
        previous = chain.start(subject, hasher())
    return Disclosed(header, previous, nonce, event, code)


def fact_of(row: Entry, body: bytes) -> Fact:
    event = json.loads(body)  # its canonical form was enforced when it was written
    return Fact(
        height=row.height,
        subject=row.subject,
        seq=row.seq,
        kind=row.kind,
        actor=_actor(row.actor),
        at=row.at,
        audience=Audience(row.audience),
        event=events.read(row.kind, event["body"]),
    )


def _actor(remembered: dict[str, Any]) -> ActorRef:
    organisation = remembered["org"]
    return ActorRef(
        person=remembered["id"],
        organisation=None if organisation is None else CreditCode(organisation),
        role=Role(remembered["role"]),
        region=RegionCode(remembered["region"]),
    )


@cache
def _log() -> LogFacts:
    row = Log.objects.get()
    return LogFacts(row.origin, row.algorithm, row.is_simulated)
