"""责令的页面, of the owner's side: what is demanded until when, and the report of what was done."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.ui import pages, show
from ggzy.foundation.ui.pages import Request
from ggzy.foundation.vault import services as vault_services
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.roles import Permission
from ggzy.oversight.cases import queries, services
from ggzy.oversight.cases.access.casework import NO_ORDER
from ggzy.oversight.cases.forms import casework as forms
from ggzy.oversight.cases.rules import casework as rules
from ggzy.oversight.cases.views import frame
from ggzy.trading.projects import queries as projects

LIST = ("责令事项", "/desk/orders/")


@require_safe
def demands(request: Request) -> HttpResponse:
    """本单位须办理的责令, the first due on top."""
    mine = _organisation(pages.signed_in(request))
    rows = [
        (one, title, projects.order_kinds()[one.kind]) for one, title in queries.demands(mine, request.at)
    ]
    return pages.show(request, "cases/demands.html", {"rows": rows, "crumbs": frame.crumbs(("责令事项", ""))})


@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: Request, code: str) -> HttpResponse:
    """报告改正情况."""
    mine = _organisation(pages.signed_in(request))
    found = next((one for one, _ in queries.demands(mine, request.at) if one.code == code), None)
    if found is None:
        raise Missing(NO_ORDER)
    kind = projects.order_kinds()[found.kind]

    def run(who: Actor, data: dict[str, Any]) -> object:
        kept: tuple[str, ...] = ()
        if data["file"]:
            owner, name = f"order:{code}"[:32], data["file"].name
            kept = (
                vault_services.put(
                    data["file"], name=name, owner=owner, media_type="application/octet-stream"
                ),
            )
        return services.reply_order(who, code, data["text"], kept, at=request.at)

    facts: list[tuple[str, object]] = [
        ("责令内容", kind.name),
        ("要求", kind.demands),
        ("标段", projects.lot(found.lot).title),
        ("事实和理由", found.reason),
        ("限期", show.day(found.until) + ("（已逾期）" if found.is_late and not found.met_at else "")),
    ]
    if found.reply:
        facts.append(("已报告", found.reply))
    if found.met_at:
        facts.append(("已办结", found.note))
    return frame.act(
        request,
        forms.ReplyForm,
        run,
        title="报告改正情况",
        action="",
        back="/desk/orders/",
        trail=[LIST],
        facts=facts,
        verdict=rules.may_reply(found.met_at is None, "—"),
        words="改正情况已报告，由作出决定的机关核实办结",
    )


def _organisation(actor: Actor) -> CreditCode:
    identity.permit(actor, Permission.CASE_ANSWER)
    if actor.organisation is None:
        raise Forbidden("请先选择所代表的单位")
    return actor.organisation
