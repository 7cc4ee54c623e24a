"""留痕的读取: facts in the order they happened, and the proof that they did."""

import json
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from ggzy.foundation.journal import chain
from ggzy.foundation.journal.models import Checkpoint, Entry, Log, Node, Payload
from ggzy.foundation.journal.models import Head as HeadRow
from ggzy.foundation.journal.values import (
    ActorRef,
    Disclosed,
    EntryFacts,
    Fact,
    Head,
    LogFacts,
    Receipt,
    ReceiptView,
)
from ggzy.foundation.sealing.signing import Remote, Signer, SignerAway, Throwaway
from ggzy.kernel import canon, events, merkle
from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.digest import Hash, function
from ggzy.kernel.errors import Missing
from ggzy.kernel.events import Audience
from ggzy.kernel.note import LogProof, Note
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
    offset: Any = OFFSET.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT journal_now(%s)", [offset])
        moment: datetime = cursor.fetchone()[0]
    return moment


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
                yield _fact(row, bytes(bodies[row.height]))
        if len(rows) < size:
            return
        after, given = rows[-1].height, given + size


def head() -> int:
    """末位. The height of the last entry."""
    return HeadRow.objects.values_list("height", flat=True).get()


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


def receipt(code: str) -> ReceiptView:
    """回执查验. By the code as people type it; raises Missing."""
    body = Payload.objects.filter(code=chain.typed_code(code)).first()
    if body is None:
        raise Missing("没有这个编号的回执，请核对后重新输入")
    return receipt_at(body.height)


def receipt_at(height: int) -> ReceiptView:
    """条目的回执. For the holder's own pages; raises Missing when the body was erased."""
    body = Payload.objects.filter(height=height).first()
    row = Entry.objects.filter(height=height).first()
    if body is None or row is None:
        raise Missing("没有这份回执")
    given = Receipt(
        height=height,
        subject=row.subject,
        seq=row.seq,
        kind=row.kind,
        at=row.at,
        algorithm=log().algorithm,
        previous=_previous(row.subject, row.seq),
        chain=bytes(row.chain),
        nonce=bytes(body.nonce),
        code=body.code,
        request=row.request,
    )
    return ReceiptView(signed(given), _fact(row, bytes(body.canon)), inclusion(height))


def receipt_file(code: str) -> bytes:
    """回执文件 (回执.ggzy). The signed receipt, the fact, and the proof once there is one; checked offline."""
    view = receipt(code)
    body = Payload.objects.get(height=view.receipt.height)
    return canon.dumps(
        {
            "fmt": "ggzy.receipt/1",
            "code": view.receipt.code,
            "note": view.receipt.signature,
            "event": bytes(body.canon).decode(),
            "proof": str(view.proof) if view.proof else None,
            "keys": {"log": str(signer().keys().log), "receipt": str(signer().keys().receipt)},
        }
    )


def signed(given: Receipt) -> Receipt:
    """签名的回执. Unsigned, as it came, while the signer is away."""
    try:
        note = signer().receipt(given.text())
    except SignerAway:
        return given
    return replace(given, signature=str(note))


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


def signer() -> Signer:
    """签名机. The process that holds the keys; in tests a throwaway."""
    return _signer(settings.SIGNER_SOCKET, log().origin)


def checkpoint(covering: int = 0) -> Head | None:
    """存证. The last signed head; with `covering`, the first one that covers that height."""
    rows = Checkpoint.objects.filter(size__gte=covering)
    row = rows.order_by("size" if covering else "-size").first()
    return None if row is None else Head(row.size, bytes(row.root), row.note, row.issued_at)


def inclusion(height: int, size: int | None = None) -> LogProof | None:
    """包含证明. Under the signed head of that size, else the first that covers it; None while none does."""
    head = checkpoint(covering=size or height)
    if head is None or (size is not None and head.size != size):
        return None
    hashes = merkle.inclusion(height - 1, head.size, node, hasher())
    return LogProof(height - 1, hashes, Note.parse(head.note))


def consistency(old: int, new: int) -> tuple[bytes, ...]:
    """一致性证明. Between two sizes of the tree."""
    return merkle.consistency(old, new, node, hasher())


def node(level: int, position: int) -> bytes:
    """树节点. The root of the full subtree of 2**level leaves at that position."""
    stored, inner = divmod(level, merkle.TILE_HEIGHT)
    return merkle.root(tile(stored, position << inner, 1 << inner), hasher())


def tile(level: int, start: int, width: int) -> tuple[bytes, ...]:
    """瓦片的节点. `width` nodes of tile level `level` from position `start`; Missing if not all are there."""
    if level == 0:
        found = tuple(merkle.leaf_hash(leaf, hasher()) for leaf in leaves(start, width))
    else:
        rows = Node.objects.filter(level=level, position__gte=start, position__lt=start + width)
        found = tuple(bytes(row) for row in rows.order_by("position").values_list("hash", flat=True))
    if len(found) != width:
        raise Missing("没有这块瓦片")
    return found


def leaves(start: int, width: int) -> tuple[bytes, ...]:
    """叶子. `width` leaves from index `start` (height − 1)."""
    rows = Entry.objects.filter(height__gt=start, height__lte=start + width).order_by("height")
    return tuple(chain.leaf(bytes(value)) for value in rows.values_list("chain", flat=True))


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


def _previous(subject: str, seq: int) -> bytes:
    if seq == 1:
        return chain.start(subject, hasher())
    return bytes(Entry.objects.values_list("chain", flat=True).get(subject=subject, seq=seq - 1))


def _fact(row: Entry, body: bytes) -> Fact:
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


@cache
def _signer(socket: str, origin: str) -> Signer:
    if socket:
        return Remote(Path(socket), origin)
    assert settings.TEST, "only tests may do without a signer"
    return Throwaway(origin)
