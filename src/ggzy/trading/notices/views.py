"""公告的页面 on the desk: what was published for a lot, and a notice written by hand."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from ggzy.foundation.ui import pages
from ggzy.foundation.ui.pages import Request
from ggzy.foundation.vault import queries as vault
from ggzy.foundation.vault import services as vault_services
from ggzy.kernel.actor import Actor
from ggzy.kernel.errors import Forbidden
from ggzy.kernel.roles import Permission, Role
from ggzy.trading.notices import forms, queries, services
from ggzy.trading.notices.values import Attachment
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects.values import LotFacts

OWNER_SIDE = (Role.OWNER, Role.AGENCY)


@require_safe
def notices(request: Request, code: str) -> HttpResponse:
    """标段的公告, in the order they were published."""
    actor = pages.signed_in(request)
    lot = projects.seen(actor, code)
    context = {
        **_frame(lot, "公告"),
        "rows": queries.notices(lot=lot.code),
        "may_write": actor.role in OWNER_SIDE and actor.has(Permission.NOTICE_PUBLISH),
    }
    return pages.show(request, "notices/notices.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: Request, code: str) -> HttpResponse:
    """发布公告 by hand. The first button only checks; the second publishes for good."""
    actor = pages.signed_in(request)
    if actor.role not in OWNER_SIDE or not actor.has(Permission.NOTICE_PUBLISH):
        raise Forbidden()
    lot = projects.seen(actor, code)
    published = queries.notices(lot=lot.code, round=lot.round)
    form = partial(forms.DraftForm, published=published)
    context: dict[str, Any] = {**_frame(lot, "发布公告"), "check": None}
    if "check" in request.POST:
        bound = form(request.POST, request.FILES)
        if bound.is_valid():
            draft = forms.draft(lot.code, lot.round, bound.cleaned_data, ())
            context |= {"check": queries.check(draft), "whole": queries.whole(draft)}
        status = 200 if bound.is_valid() else 422
        return pages.show(request, "notices/write.html", {**context, "form": bound}, status=status)
    return pages.act(
        request,
        form,
        lambda who, data: services.publish(
            who, forms.draft(lot.code, lot.round, data, _kept(who, data["file"])), at=request.at
        ),
        template="notices/write.html",
        context=context,
        initial={"kind": "correction"},
        done=f"/desk/lots/{code}/notices/",
        words="公告已发布",
    )


def _frame(lot: LotFacts, title: str) -> dict[str, Any]:
    crumbs = [("待办", "/desk/"), ("标段", "/desk/lots/"), (lot.title, f"/desk/lots/{lot.code}/")]
    if title != "公告":
        crumbs.append(("公告", f"/desk/lots/{lot.code}/notices/"))
    return {"lot": lot, "crumbs": [*crumbs, (title, "")]}


def _kept(actor: Actor, file: Any) -> tuple[Attachment, ...]:
    if not file:
        return ()
    digest = vault_services.put(file, name=file.name, owner=actor.organisation or actor.person)
    return (Attachment(file.name, digest, vault.meta(digest).size),)
