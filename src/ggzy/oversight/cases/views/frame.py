"""页面的框架: the crumbs, the row of the list behind each button, the one page of a command."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpResponse

from ggzy.foundation.ui import forms as ui_forms
from ggzy.foundation.ui import pages
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.roles import Permission
from ggzy.kernel.verdict import Verdict
from ggzy.oversight.cases.forms.casework import ReadForm
from ggzy.oversight.powers import queries as listed
from ggzy.oversight.powers import services as powers


def crumbs(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    """导航路径, from the desk."""
    return [("待办", "/desk/"), *steps]


def act(
    request: Request,
    form: type[ui_forms.Form] | Callable[..., ui_forms.Form],
    run: Callable[[Actor, dict[str, Any]], object],
    *,
    title: str,
    action: str,
    back: str,
    trail: Sequence[tuple[str, str]],
    words: str,
    verdict: Verdict | None = None,
    facts: Sequence[tuple[object, ...]] = (),
    initial: Mapping[str, Any] | None = None,
    done: str | Callable[[Any], str] = "",
    note: str = "",
    style: str = "primary",
    is_procurement: bool = False,
    row: str = "",
) -> HttpResponse:
    """办理一件监督事项: the row of the 权责清单 above the form, so that a button never stands without one."""
    return pages.act(
        request,
        form,
        run,
        template="cases/act.html",
        context={
            "title": title,
            "crumbs": [*crumbs(*trail), (title, "")],
            "power": listed.power(row) if row else listed.power_for(action, is_procurement=is_procurement),
            "verdict": verdict or Verdict(),
            "facts": list(facts),
            "back": back,
            "note": note,
            "style": style,
        },
        initial=initial,
        done=done or back,
        words=words,
    )


def unread(
    request: Request, what: str, title: str, concerning: Sequence[CreditCode], at: datetime, *, back: str
) -> HttpResponse | None:
    """查阅之前: None once this person's reading is in the journal; else the page that asks why.

    Who handles the file reads by duty, and that is journalled too, before a byte leaves.
    """
    actor = pages.signed_in(request)
    fresh = replace(actor, request=ui_forms.new_request())
    is_by_duty = actor.has(Permission.CASE_HANDLE)
    if powers.may_open(fresh, what, title, concerning, is_by_duty=is_by_duty, at=at):
        return None
    return act(
        request,
        ReadForm,
        lambda who, data: powers.read_file(who, what, title, data["reason"], concerning, at=at),
        title="查阅受限材料",
        action="file.read",
        back=back,
        done=request.path,
        trail=[],
        words="查阅事由已留痕",
        note="材料受限。写明事由后显示；谁、何时、为何查阅，有关主体都能看到。",
    )
