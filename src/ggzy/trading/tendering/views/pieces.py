"""分块上传的门: raw pieces, each with its digest; a broken line goes on where it stood (trust §8.1)."""

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ggzy.foundation.ui import answers
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.errors import Conflict, Forbidden, Missing
from ggzy.kernel.verdict import Refused
from ggzy.trading.tendering import services
from ggzy.trading.tendering.services.arriving import PIECE_BYTES_MAX
from ggzy.trading.tendering.views import place


@require_safe
def held(request: Request, code: str, upload: str) -> HttpResponse:
    """已到达的块: {"held": [0, 1, 4]}."""
    return _answer(lambda: {"held": list(services.pieces(place.actor(request), place.code(code), upload))})


@require_http_methods(["PUT"])
def piece(request: Request, code: str, upload: str, index: int) -> HttpResponse:
    """存入一块: body = bytes, header X-Content-Digest = "sha256:<hex>"; 204, or 409 if other bytes are there."""
    if int(request.headers.get("Content-Length") or 0) > PIECE_BYTES_MAX:
        return answers.told({"reasons": ["这一块过大"]}, status=413)
    said = request.headers.get("X-Content-Digest", "")
    return _answer(
        lambda: services.put_piece(place.actor(request), place.code(code), upload, index, request.body, said)
    )


@require_POST
def done(request: Request, code: str, upload: str) -> HttpResponse:
    """合并: body {"count": n, "name": "…"}; {"package": digest} — arrived, not yet submitted."""
    try:
        said = json.loads(request.body)
        count, name = int(said["count"]), str(said["name"])
    except (ValueError, KeyError, TypeError):
        return answers.told({"reasons": ["请求无法识别"]}, status=400)

    def carry() -> dict[str, str]:
        actor, lot = place.actor(request), place.code(code)
        kept = services.assemble(actor, lot, upload, count, name, at=request.at)
        place.note(request, actor, lot, "upload", kept)
        return {"package": kept}

    return _answer(carry)


def _answer(run: Callable[[], Any]) -> HttpResponse:
    """A value as JSON, nothing as 204, a refusal with every reason."""
    try:
        value = run()
    except Refused as refused:
        return answers.told({"reasons": [str(reason) for reason in refused.reasons]}, status=422)
    except Conflict as conflict:
        return answers.told({"reasons": [conflict.message]}, status=409)
    except Forbidden as forbidden:
        return answers.told({"reasons": [forbidden.message]}, status=403)
    except Missing as missing:
        return answers.told({"reasons": [missing.message]}, status=404)
    return HttpResponse(status=204) if value is None else answers.told(value)
