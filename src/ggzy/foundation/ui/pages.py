"""页面: a form in, a command, a redirect; or a query in, a template out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from ggzy.foundation.ui import forms
from ggzy.kernel.actor import Actor
from ggzy.kernel.errors import Conflict, Forbidden
from ggzy.kernel.verdict import Reason, Refused

DONE_COOKIE = "done"


class Request(HttpRequest):
    """请求: what the middleware adds to Django's, for the types of the views."""

    at: datetime
    actor: Actor | None
    memberships: Sequence[Any]


Bound = TypeVar("Bound", bound=forms.Form)


def signed_in(request: Request) -> Actor:
    """The actor of the request. Raises Forbidden, which leads to the log-in."""
    if request.actor is None:
        raise Forbidden("请先登录。")
    return request.actor


def show(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """A page from values."""
    return render(request, template, dict(context or {}), status=status)


def act(
    request: HttpRequest,
    form: "type[forms.Form] | Callable[..., forms.Form]",
    run: Callable[[Any, dict[str, Any]], object],
    *,
    template: str,
    context: Mapping[str, Any] | None = None,
    done: str | Callable[[Any], str],
    words: str = "已办理",
    initial: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """办理: GET shows the form, POST runs the command.

    `run(actor, data)` gets the actor with the form's own request id and the cleaned values. A refusal
    or a conflict answers 422 with every reason and the form as it was; success answers 303 to `done`
    (an address, or a function of the receipt), where the next page shows the receipt once.
    """
    if request.method != "POST":
        return _form(request, form(initial=dict(initial or {})), template, context, status=200)
    bound = form(request.POST, request.FILES, initial=dict(initial or {}))
    if not bound.is_valid():
        return _form(request, bound, template, context, status=422)
    data = dict(bound.cleaned_data)
    actor = getattr(request, "actor", None)
    if actor is None:
        raise Forbidden("请先登录。")
    try:
        receipt = run(replace(actor, request=data.pop("request")), data)
    except Refused as refused:
        bound.refuse(refused.reasons)
    except Conflict as conflict:
        bound.refuse((Reason("conflict", conflict.message),))
    else:
        return redirect(done(receipt) if callable(done) else done, words=words, receipt=receipt)
    return _form(request, bound, template, context, status=422)


def redirect(to: str, *, words: str = "", receipt: object = None) -> HttpResponseRedirect:
    """303 to the next page, which says once what was done and under which receipt."""
    answer = HttpResponseRedirect(to)
    answer.status_code = 303
    if words:
        note = {
            "words": words,
            "code": str(getattr(receipt, "code", "") or ""),
            "height": int(getattr(receipt, "height", 0) or 0),
        }
        text = signing.dumps(note, salt=DONE_COOKIE, compress=True)
        answer.set_cookie(DONE_COOKIE, text, max_age=120, httponly=True, samesite="Lax")
    return answer


def done(request: HttpRequest) -> dict[str, Any] | None:
    """What the page before has just done; None if nothing, or if somebody else wrote the note."""
    text = request.COOKIES.get(DONE_COOKIE)
    if not text:
        return None
    try:
        return signing.loads(text, salt=DONE_COOKIE, max_age=120)
    except signing.BadSignature:
        return None


def _form(
    request: HttpRequest, form: forms.Form, template: str, context: Mapping[str, Any] | None, *, status: int
) -> HttpResponse:
    return show(request, template, {**(context or {}), "form": form}, status=status)
