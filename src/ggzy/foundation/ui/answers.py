"""答复程序: what a program asks of the platform is answered in JSON, refusals too, and nobody on the way keeps it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from ggzy.foundation.ui.pages import Request
from ggzy.kernel.actor import Actor
from ggzy.kernel.errors import Conflict, Forbidden, Missing
from ggzy.kernel.verdict import Refused


@dataclass(frozen=True)
class Knock:
    """叩门: what the signature of a request must cover, and the moment it came."""

    header: str
    method: str
    path: str
    body: bytes
    at: datetime


def told(value: object, status: int = 200) -> JsonResponse:
    """A value as JSON that a person can read too; not kept on the way."""
    answer = JsonResponse(value, status=status, safe=False, json_dumps_params={"ensure_ascii": False})
    answer.headers["Cache-Control"] = "no-store"
    return answer


def door(caller: Callable[[str, Knock], Actor], view: Callable[..., object]) -> Callable[..., HttpResponse]:
    """工具的门: `caller(who, knock)` says who has signed this very request; no session is needed."""

    def opened(request: Request, who: str, **named: object) -> HttpResponse:
        header = request.headers.get("Authorization", "")
        knock = Knock(header, str(request.method), request.path, request.body, request.at)
        try:
            answer = view(request, caller(who, knock), **named)
        except Refused as refused:
            return told({"reasons": [str(reason) for reason in refused.reasons]}, status=422)
        except (Missing, Forbidden) as absent:
            return told({"reasons": [absent.message]}, status=404)
        except Conflict as conflict:
            return told({"reasons": [conflict.message]}, status=409)
        return answer if isinstance(answer, HttpResponse) else told(answer)

    return csrf_exempt(opened)
