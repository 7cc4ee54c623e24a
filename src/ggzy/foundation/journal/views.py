"""日志的公开端口: the log as C2SP tiles, heads and proofs. No sign-in; nothing here names a subject or a body
that is not public.

Basis: trust design §6.4; c2sp.org/tlog-tiles, c2sp.org/tlog-checkpoint.
"""

import json

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from ggzy.foundation.journal import queries
from ggzy.foundation.journal.values import Disclosed, Head
from ggzy.kernel.events import Audience, instant_text
from ggzy.kernel.merkle import TILE_HEIGHT, TILE_WIDTH
from ggzy.kernel.note import bundle

IMMUTABLE = "public, max-age=31536000, immutable"
BRIEF = "no-cache"
TILE_LEVELS = 6


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """日志说明. Its name, its keys and where it stands."""
    facts, head = queries.log(), queries.checkpoint()
    keys = queries.keys()
    if keys is None:
        return HttpResponse("签名机暂不可用，请稍后再试\n", status=503, headers={"Retry-After": "5"})
    return JsonResponse(
        {
            "origin": facts.origin,
            "shard": queries.shard(),
            "algorithm": facts.algorithm,
            "simulated": facts.is_simulated,
            "log_key": str(keys.log),
            "receipt_key": str(keys.receipt),
            "size": head.size if head else 0,
        },
        headers={"Cache-Control": BRIEF},
    )


@require_safe
def checkpoint(request: HttpRequest, shard: str) -> HttpResponse:
    """存证. The last signed head."""
    return _text(_head(shard).note, BRIEF)


@require_safe
def tile(request: HttpRequest, shard: str, level: int, number: int, width: int = TILE_WIDTH) -> HttpResponse:
    """瓦片. 256 hashes of one level, or the first `width` of them at the right edge."""
    if level >= TILE_LEVELS or not 1 <= width <= TILE_WIDTH:
        raise Http404
    start = number << TILE_HEIGHT
    _require((start + width) << TILE_HEIGHT * level, _head(shard))
    return _bytes(b"".join(queries.tile(level, start, width)))


@require_safe
def entries(request: HttpRequest, shard: str, number: int, width: int = TILE_WIDTH) -> HttpResponse:
    """叶子包. 256 leaves of 33 bytes, each behind its length."""
    if not 1 <= width <= TILE_WIDTH:
        raise Http404
    start = number << TILE_HEIGHT
    _require(start + width, _head(shard))
    return _bytes(bundle(queries.leaves(start, width)))


@require_safe
def public(request: HttpRequest, shard: str, number: int, width: int = TILE_WIDTH) -> HttpResponse:
    """公开事实包. The public facts among 256 leaves with their nonces: one line each."""
    if not 1 <= width <= TILE_WIDTH:
        raise Http404
    start = number << TILE_HEIGHT
    _require(start + width, _head(shard))
    shown = queries.disclosed(audience=Audience.PUBLIC, after=start, until=start + width)
    lines = b"".join(_line(entry) for entry in shown if entry.event is not None)
    # Not immutable: what the law makes us erase must vanish from here too.
    return HttpResponse(
        lines, content_type="application/jsonl; charset=utf-8", headers={"Cache-Control": BRIEF}
    )


@require_safe
def inclusion(request: HttpRequest, shard: str) -> HttpResponse:
    """包含证明. ?index=&size= as a C2SP log proof; without size, under the first head that covers the leaf."""
    head = _head(shard)
    index, size = _asked(request, "index"), _asked(request, "size", head.size)
    _require(index + 1, head)
    proof = queries.inclusion(index + 1, size if "size" in request.GET else None)
    if proof is None:
        raise Http404
    return _text(str(proof), BRIEF)


@require_safe
def consistency(request: HttpRequest, shard: str) -> HttpResponse:
    """一致性证明. ?old=&new= of two sizes; without new, the last head's."""
    head = _head(shard)
    old, new = _asked(request, "old"), _asked(request, "new", head.size)
    _require(new, head)
    if old > new:
        raise Http404
    hashes = [step.hex() for step in queries.consistency(old, new)]
    return JsonResponse({"old": old, "new": new, "hashes": hashes}, headers={"Cache-Control": BRIEF})


def _line(entry: Disclosed) -> bytes:
    header = entry.header
    assert entry.event is not None and entry.nonce is not None and entry.previous is not None
    line = {
        "index": header.height - 1,
        "stream": header.subject,
        "seq": header.seq,
        "at": instant_text(header.at),
        "previous": entry.previous.hex(),
        "nonce": entry.nonce.hex(),
        "event": entry.event.decode(),
    }
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _head(shard: str) -> Head:
    head = queries.checkpoint()
    if head is None or shard != queries.shard():
        raise Http404
    return head


def _require(size: int, head: Head) -> None:
    if size > head.size:
        raise Http404


def _asked(request: HttpRequest, name: str, default: int | None = None) -> int:
    text = request.GET.get(name, "" if default is None else str(default))
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise Http404
    return int(text)


def _text(text: str, cache: str) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers={"Cache-Control": cache})


def _bytes(data: bytes) -> HttpResponse:
    return HttpResponse(data, content_type="application/octet-stream", headers={"Cache-Control": IMMUTABLE})
