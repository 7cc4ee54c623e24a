"""回执的读取: by its code, signed, with the proof of its place once there is one."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from django.conf import settings

from ggzy.foundation.journal import chain
from ggzy.foundation.journal.models import Entry, Payload
from ggzy.foundation.journal.queries.reading import fact_of, hasher, log
from ggzy.foundation.journal.queries.tree import inclusion
from ggzy.foundation.journal.values import Fact, Receipt, ReceiptView
from ggzy.foundation.sealing.signing import Keys, Remote, Signer, SignerAway, Throwaway
from ggzy.kernel import merkle
from ggzy.kernel.errors import Missing
from ggzy.kernel.note import LogProof


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
    return ReceiptView(signed(given), fact_of(row, bytes(body.canon)), inclusion(height))


def told_at(heights: Iterable[int]) -> tuple[tuple[str, Fact], ...]:
    """回执编号与事实 at these heights, in order, for the holder's own list; what was erased is left out."""
    rows = Entry.objects.in_bulk(list(heights))
    bodies = Payload.objects.filter(height__in=list(rows)).order_by("height")
    return tuple((body.code, fact_of(rows[body.height], bytes(body.canon))) for body in bodies)


def receipt_file(code: str) -> bytes:
    """回执文件 (回执.ggzy). The signed receipt, the fact, and the proof once there is one; checked offline."""
    view = receipt(code)
    body = Payload.objects.get(height=view.receipt.height)
    file = {
        "fmt": "ggzy.receipt/1",
        "code": view.receipt.code,
        "note": view.receipt.signature,
        "event": bytes(body.canon).decode(),
        "proof": str(view.proof) if view.proof else None,
        "keys": {"log": str(signer().keys().log), "receipt": str(signer().keys().receipt)},
    }
    return json.dumps(file, ensure_ascii=False, indent=1).encode()


def signed(given: Receipt) -> Receipt:
    """签名的回执. Unsigned, as it came, while the signer is away."""
    return signed_each([given])[0]


def signed_each(given: Sequence[Receipt]) -> list[Receipt]:
    """签名的一批回执, at one question. Unsigned, as they came, while the signer is away.

    Many share one signature: over the root of the tree of their texts, whose path each of them bears
    (decision 0016).
    """
    texts = [one.text() for one in given]
    try:
        notes = _in_one_tree(texts) if len(texts) > 1 else signer().receipts(texts)
    except SignerAway:
        return list(given)
    return [replace(one, signature=note) for one, note in zip(given, notes, strict=True)]


def _in_one_tree(texts: Sequence[str]) -> list[str]:
    root, paths = merkle.inclusions([merkle.leaf_hash(text.encode(), hasher()) for text in texts], hasher())
    head = signer().batch(len(texts), root)
    return [
        f"{text}\n{LogProof(place, path, head)}"
        for place, (text, path) in enumerate(zip(texts, paths, strict=True))
    ]


def signer() -> Signer:
    """签名机. The process that holds the keys; in tests a throwaway."""
    return _signer(settings.SIGNER_SOCKET, log().origin)


def keys() -> Keys | None:
    """公钥 of the log's heads and of the receipts; None while the signer is away."""
    try:
        return signer().keys()
    except SignerAway:
        return None


def _previous(subject: str, seq: int) -> bytes:
    if seq == 1:
        return chain.start(subject, hasher())
    return bytes(Entry.objects.values_list("chain", flat=True).get(subject=subject, seq=seq - 1))


@cache
def _signer(socket: str, origin: str) -> Signer:
    if socket:
        return Remote(Path(socket), origin)
    assert settings.TEST, "only tests may do without a signer"
    return Throwaway(origin)
