"""监督事项的接口: every act of a page, asked for by a program, signed by the person; the same forms, the same refusals.

`POST /api/oversight/acts/<who>/<kind>/<code>/<step>` with a JSON object of the form's fields and `request`, an id of
the caller's own: the same id again is the same act and gets the same receipt. GET tells the fields.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.ui import answers
from ggzy.foundation.ui import forms as ui_forms
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Permission
from ggzy.kernel.verdict import Reason, Refused
from ggzy.oversight.cases import access
from ggzy.oversight.cases.access.knocking import caller
from ggzy.oversight.cases.views import braking, casework, checks, complaints, hearing, petitions

Run = Callable[[Actor, dict[str, Any]], Any]
Act = tuple[Callable[..., ui_forms.Form], Run]
Resolve = Callable[[Actor, str, str, datetime], Act]
REQUEST_MAX = 64
NEW = "new"


def _case(actor: Actor, code: str, step: str, at: datetime) -> Act:
    identity.permit(actor, Permission.CASE_HANDLE)
    if (code, step) == (NEW, "open"):
        return casework.opening(actor, at)
    found = access.case_to_read(actor, code, at)
    form, run = _known(casework.RUNS, step)
    return form, lambda who, data: run(who, found, data, at)


def _order(actor: Actor, code: str, step: str, at: datetime) -> Act:
    if step != "meet":
        raise Missing()
    return casework.meeting(code, at)


def _heard(actor: Actor, code: str, step: str, at: datetime) -> Act:
    if step != "state":
        raise Missing()
    return hearing.stating(code, at)


def _complaint(actor: Actor, code: str, step: str, at: datetime) -> Act:
    _, _, permission, _ = _known(complaints.STEPS, step)
    identity.permit(actor, permission)
    found = complaints.seen(actor, code)
    form, run, _ = complaints.run_of(step, found, at)
    return form, lambda who, data: run(who, found, data, at)


def _petition(actor: Actor, code: str, step: str, at: datetime) -> Act:
    form, run = _known(petitions.RUNS, step)
    petitions.seen(actor, code, at)
    return form, lambda who, data: run(who, code, data, at)


def _check(actor: Actor, code: str, step: str, at: datetime) -> Act:
    identity.permit(actor, Permission.CHECK_RUN)
    _known(checks.STEPS, step)
    found = checks.seen(actor, code, at)
    form, run = checks.run_of(step, found)
    return form, lambda who, data: run(who, found, data, at)


def _brake(actor: Actor, code: str, step: str, at: datetime) -> Act:
    form, run = _known(braking.RUNS, step)
    lot = LotCode(access.lot_to_watch(actor, code).code)
    return form, lambda who, data: run(who, lot, data, at)


KINDS: Mapping[str, Resolve] = {
    "cases": _case,
    "orders": _order,
    "heard": _heard,
    "complaints": _complaint,
    "petitions": _petition,
    "checks": _check,
    "brakes": _brake,
}


def _act(request: Request, actor: Actor, kind: str, code: str, step: str) -> object:
    form, run = _known(KINDS, kind)(actor, code, step, request.at)
    if request.method == "GET":
        return {"kind": kind, "code": code, "step": step, "fields": _fields(form())}
    if request.method != "POST":
        raise Missing()
    said = _said(request.body)
    who = replace(actor, request=_request_of(actor, said))
    receipt = run(who, _cleaned(form, said))
    return {"height": receipt.height, "subject": receipt.subject, "receipt": receipt.code}


act = answers.door(caller, _act)
"""监督事项: one act of one person."""


def _known(table: Mapping[str, Any], name: str) -> Any:
    if name not in table:
        raise Missing()
    return table[name]


def _said(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise Refused([Reason("not_json", "请求的内容不是一个 JSON 对象")])
    return said


def _request_of(actor: Actor, said: Mapping[str, Any]) -> str:
    """The caller's own id, kept apart from everybody else's. Raises Refused."""
    given = said.get("request")
    if not isinstance(given, str) or not 0 < len(given) <= REQUEST_MAX:
        why = f"没有请求编号 request（1 至 {REQUEST_MAX} 个字符），无法识别重复的请求"
        raise Refused([Reason("request_missing", why)])
    return hashlib.sha256(f"act\n{actor.person}\n{given}".encode()).hexdigest()[:48]


def _cleaned(form: Callable[..., ui_forms.Form], said: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as the page's form cleans them. Raises Refused with a reason for each field."""
    data, files = QueryDict(mutable=True), MultiValueDict[str, Any]()
    for name, value in said.items():
        match value:
            case None | False:
                continue
            case True:
                data[name] = "on"
            case list():
                data.setlist(name, [str(one) for one in value])
            case {"name": str() as label, "base64": str() as text}:
                files[name] = _file(label, text)
            case _:
                data[name] = str(value)
    bound = form(data, files)
    if not bound.is_valid():
        raise Refused(
            Reason(
                "field", f"{bound.fields[name].label or name}：{said}" if name in bound.fields else str(said)
            )
            for name, found in bound.errors.items()
            for said in found
        )
    cleaned = dict(bound.cleaned_data)
    cleaned.pop("request", None)
    return cleaned


def _file(name: str, text: str) -> SimpleUploadedFile:
    try:
        return SimpleUploadedFile(name[:200], base64.b64decode(text, validate=True))
    except (ValueError, binascii.Error):
        raise Refused([Reason("not_base64", f"文件 {name[:50]} 不是 base64 编码")]) from None


def _fields(form: ui_forms.Form) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "label": str(field.label or name),
            "required": bool(field.required),
            "choices": [str(value) for value, _ in getattr(field, "choices", ()) if value],
        }
        for name, field in form.fields.items()
        if name != "request"
    ]
