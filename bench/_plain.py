"""What a room is measured against: one transaction an offer with the room's row locked, in Django and in async Python.

Both do the least that could be called correct: lock, look, write the offer, move the room, commit, answer. No
session, no fact, no chain, no receipt. Both serve the door and write the tables of the platform.
"""

import json
import os
from typing import Any

import django

from bench._line import START, STEP

django.setup()
POOL = 16
LOCK = "SELECT seq, (price->>'units')::bigint FROM auctions_roomrow WHERE auction_id = %s FOR UPDATE"
OFFER = """
    INSERT INTO auctions_offerrow (auction_id, paddle, press, said, height, reasons, seq, measure, units, at,
        is_automatic, is_unsealed)
    VALUES (%s, 1, %s, '', 0, '[]', %s, 'money', %s, clock_timestamp(), false, false)
"""
MOVE = "UPDATE auctions_roomrow SET seq = %s, price = %s, leader = 1 WHERE auction_id = %s"


def _answer(is_accepted: bool) -> bytes:
    return json.dumps({"kind": "answer", "accepted": is_accepted}, separators=(",", ":")).encode()


def django_app(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """(a) Django under the gunicorn of the platform's pages."""
    from django.db import transaction
    from django.utils import timezone

    from ggzy.trading.auctions.models import OfferRow, RoomRow

    said = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
    units = said["amount"]["units"]
    with transaction.atomic():
        row = RoomRow.objects.select_for_update().get(pk=int(os.environ["BENCH_AUCTION"]))
        is_accepted = units >= (row.price["units"] + STEP if row.price else START)
        OfferRow.objects.create(
            auction_id=row.pk, paddle=1, press=said["press"], seq=row.seq + 1 if is_accepted else None,
            measure="money", units=units, at=timezone.now(),
        )  # fmt: skip
        if is_accepted:
            row.seq, row.leader, row.price = row.seq + 1, 1, {"measure": "money", "units": units}
            row.save(update_fields=["seq", "leader", "price"])
    body = _answer(is_accepted)
    start_response("200 OK", [("content-type", "application/json"), ("content-length", str(len(body)))])
    return [body]


async def async_app(scope: Any, receive: Any, send: Any) -> None:
    """(b) psycopg's pool under the server of the live process."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
        return
    said = json.loads((await receive())["body"])
    units, auction = said["amount"]["units"], int(os.environ["BENCH_AUCTION"])
    async with _pools["pool"].connection() as connection, connection.transaction():
        before, price = await (await connection.execute(LOCK, [auction])).fetchone()
        is_accepted = units >= (START if price is None else price + STEP)
        seq = before + 1 if is_accepted else None
        await connection.execute(OFFER, [auction, said["press"], seq, units])
        if is_accepted:
            told = json.dumps({"measure": "money", "units": units})
            await connection.execute(MOVE, [seq, told, auction])
    body = _answer(is_accepted)
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


_pools: dict[str, Any] = {}


async def _lifespan(receive: Any, send: Any) -> None:
    from psycopg_pool import AsyncConnectionPool

    await receive()
    pool = _pools["pool"] = AsyncConnectionPool(
        os.environ["DATABASE_URL"], min_size=POOL, max_size=POOL, open=False
    )
    await pool.open(wait=True)
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await pool.close()
    await send({"type": "lifespan.shutdown.complete"})
