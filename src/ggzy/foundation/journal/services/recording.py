"""命令与记录: what makes an act a command, and what writes its fact."""

import hashlib
import json
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import wraps
from pathlib import Path
from typing import Concatenate, NamedTuple, ParamSpec

from django.conf import settings
from django.db import DatabaseError, OperationalError, connection, transaction

from ggzy.foundation.arrays import columns
from ggzy.foundation.journal import chain, queries
from ggzy.foundation.journal.values import ActorRef, Receipt
from ggzy.kernel import events
from ggzy.kernel.actor import Actor
from ggzy.kernel.digest import Hash
from ggzy.kernel.errors import Conflict, Forbidden

Arguments = ParamSpec("Arguments")
Run = Callable[Concatenate[Actor, Arguments], Receipt]
Beside = Callable[[Sequence[Receipt]], None]

DEADLOCK, NOT_NOW = "40P01", "GZ004"
ATTEMPTS = 4


@dataclass
class _Running:
    """The outermost command of this thread: its request, what it was asked, how many facts it has recorded."""

    request: str
    name: str
    arguments: bytes
    recorded: int = 0


_RUNNING: ContextVar[_Running | None] = ContextVar("journal_running", default=None)


def command(run: Run[Arguments]) -> Run[Arguments]:
    """命令. One act of one person: one transaction, one receipt, the same receipt when it arrives twice.

    The receipt is that of its last fact. A command inside another joins it. Raises Conflict if the
    request was used for something else.
    """

    @wraps(run)
    def obey(actor: Actor, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Receipt:
        if _RUNNING.get() is not None:
            return run(actor, *args, **kwargs)
        name = f"{run.__module__}.{run.__qualname__}"
        arguments = _fingerprint(name, actor, args, kwargs)
        for attempt in range(ATTEMPTS):
            try:
                return queries.signed(
                    _act(lambda: run(actor, *args, **kwargs), name, arguments, actor.request)
                )
            except OperationalError as error:
                if _sqlstate(error) != DEADLOCK or attempt + 1 == ATTEMPTS or connection.in_atomic_block:
                    raise
        raise AssertionError("unreachable")

    return obey


def record(event: object, *, actor: Actor, at: datetime) -> Receipt:
    """记录事实. The last beat of a command, in the transaction of the rows it changed.

    The head is locked from here to the commit: call it last. `at` is lifted above the subject's last
    moment where needed. Raises Conflict when a real log is told a moment that is over five seconds old.
    """
    return record_all([event], actor=actor, at=at)


def record_all(facts: Sequence[object], *, actor: Actor, at: datetime) -> Receipt:
    """记录多个事实. Under one lock, in this order; the receipt is that of the last."""
    return record_each(facts, actor=actor, at=at)[-1]


def record_each(
    facts: Sequence[object], *, actor: Actor, at: datetime, beside: Beside | None = None
) -> list[Receipt]:
    """记录多个事实，逐条回执. For acts of many people committed together; a receipt for every fact, in order.

    `beside` writes rows that repeat the receipts; its statements go to the server together with the facts.
    """
    assert connection.in_atomic_block, "a fact is recorded in the transaction of the rows it changes"
    assert facts, "nothing to record"
    running = _RUNNING.get()
    receipts = _append(facts, actor, at, running, beside)
    if running is not None:
        running.recorded += len(receipts)
    return receipts


def hold_head() -> int:
    """锁定末位. Locks the head until the commit; its height."""
    return _hold([])[0]


@contextmanager
def simulate(offset: timedelta) -> Iterator[None]:
    """模拟时间. Moves `now()` by an offset inside the block; a real installation refuses."""
    if not settings.SIMULATION:
        raise Forbidden("正式运行的平台不得使用模拟时间")
    token = queries.OFFSET.set(offset)
    try:
        yield
    finally:
        queries.OFFSET.reset(token)


def _act(run: Callable[[], Receipt], name: str, arguments: bytes, request: str) -> Receipt:
    assert request, "a command needs a request id"
    with transaction.atomic():
        earlier = _begin(request)
        if earlier is not None:
            if earlier[:2] != (name, arguments):
                raise Conflict("这份表单已提交过，内容与上次不同，请刷新页面后再办理")
            return queries.receipt_at(earlier[2]).receipt
        running = _Running(request, name, arguments)
        token = _RUNNING.set(running)
        try:
            receipt = run()
        finally:
            _RUNNING.reset(token)
        assert running.recorded, f"{name} recorded no fact"
        return receipt


def _begin(request: str) -> tuple[str, bytes, int] | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM journal_begin(%s)", [request])
        row = cursor.fetchone()
    return row and (row[0], bytes(row[1]), row[2])


def _append(
    facts: Sequence[object], actor: Actor, at: datetime, running: _Running | None, beside: Beside | None
) -> list[Receipt]:
    hasher = queries.hasher()
    subjects = [events.subject(fact) for fact in facts]
    height, places = _hold(subjects)
    by = _By.of(actor)
    rows, receipts = [], []
    for number, (subject, fact) in enumerate(zip(subjects, facts, strict=True), height + 1):
        place = places.get(subject) or _Place(
            0, chain.start(subject, hasher), datetime.min.replace(tzinfo=UTC)
        )
        lifted = max(at, place.last_at + chain.MICROSECOND)
        row = _row(subject, fact, place, by, lifted, hasher)
        places[subject] = _Place(row.seq, row.chain, row.at)
        rows.append(row)
        receipts.append(_receipt(number, row))
    if beside is None:
        first = _insert(rows, running)
    else:
        with together():
            beside(receipts)
            first = _insert(rows, running)
    assert first == height + 1, "the head moved under its lock"
    return receipts


@contextmanager
def together() -> Iterator[None]:
    """一并发出: what is executed inside goes to the server at once; the first answer that is read waits for it."""
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


@dataclass(frozen=True)
class _Place:
    """Where a subject's chain stands."""

    seq: int
    chain: bytes
    last_at: datetime


@dataclass(frozen=True)
class _By:
    """Who writes: the same in every entry of a batch."""

    who: ActorRef
    text: str
    request: str

    @classmethod
    def of(cls, actor: Actor) -> "_By":
        who = ActorRef(actor.person, actor.organisation, actor.role, actor.region)
        return cls(who, json.dumps(chain.person(who), ensure_ascii=False), actor.request)


class _Row(NamedTuple):
    """One entry with its payload, in the order of the arguments of journal_append: see COLUMNS."""

    subject: str
    seq: int
    kind: str
    actor: str
    at: datetime
    request: str
    audience: str
    previous: bytes
    commitment: bytes
    chain: bytes
    nonce: bytes
    canon: bytes
    code: str


def _row(subject: str, fact: object, place: _Place, by: _By, at: datetime, hasher: Hash) -> _Row:
    declared = events.declared(fact)
    event = chain.event(
        subject=subject,
        kind=declared.kind,
        actor=by.who,
        request=by.request,
        audience=declared.audience,
        body=events.body(fact),
    )
    nonce = secrets.token_bytes(32)
    commitment = chain.commitment(nonce, event, hasher)
    seq = place.seq + 1
    link = chain.link(
        subject=subject, seq=seq, at=at, previous=place.chain, commitment=commitment, hasher=hasher
    )
    return _Row(
        subject=subject,
        seq=seq,
        kind=declared.kind,
        actor=by.text,
        at=at,
        request=by.request,
        audience=declared.audience,
        previous=place.chain,
        commitment=commitment,
        chain=link,
        nonce=nonce,
        canon=event,
        code=chain.code(nonce, link, hasher),
    )


COLUMNS = {
    "subject": "text", "seq": "bigint", "kind": "text", "actor": "text", "at": "timestamptz", "request": "text",
    "audience": "text", "previous": "bytea", "commitment": "bytea", "chain": "bytea", "nonce": "bytea",
    "canon": "bytea", "code": "text",
}  # fmt: skip
_ARRAYS = ", ".join(f"%b::{kind}[]{'::jsonb[]' * (name == 'actor')}" for name, kind in COLUMNS.items())
APPEND = f"SELECT journal_append({_ARRAYS}, %s, %s, %s)"


def _receipt(height: int, row: _Row) -> Receipt:
    return Receipt(
        height=height,
        subject=row.subject,
        seq=row.seq,
        kind=row.kind,
        at=row.at,
        algorithm=queries.log().algorithm,
        previous=row.previous,
        chain=row.chain,
        nonce=row.nonce,
        code=row.code,
        request=row.request,
    )


def _hold(subjects: Sequence[str]) -> tuple[int, dict[str, _Place]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM journal_hold(%s)", [list(dict.fromkeys(subjects))])
        (height, *_), *rows = cursor.fetchall()
    return height, {row[1]: _Place(row[2], bytes(row[3]), row[4]) for row in rows}


def _insert(rows: Sequence[_Row], running: _Running | None = None) -> int:
    asked = [running.request, running.name, running.arguments] if running else [None, None, None]
    with connection.cursor() as cursor:
        try:
            cursor.execute(APPEND, [*columns(COLUMNS, rows), *asked])
        except DatabaseError as error:
            if _sqlstate(error) == NOT_NOW:
                raise Conflict("提交用时过长，请再次提交") from error
            raise
        first: int = cursor.fetchone()[0]
    return first


def _sqlstate(error: DatabaseError) -> str | None:
    return getattr(error.__cause__, "sqlstate", None)


def _fingerprint(name: str, actor: Actor, args: Sequence[object], kwargs: Mapping[str, object]) -> bytes:
    """What a form said. Not its moment: the same form sent twice arrives at two moments."""
    said = {key: value for key, value in kwargs.items() if key != "at"}
    who = [actor.person, actor.organisation, actor.role]
    return hashlib.sha256(
        json.dumps([name, who, args, said], default=_plain, sort_keys=True, skipkeys=True).encode()
    ).digest()


def _plain(value: object) -> object:
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    if isinstance(value, datetime | date | Decimal | Path):
        return str(value)
    return type(value).__name__
