"""本单位: registered by its own people, at once, without anybody's approval."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from ggzy.foundation.ui import pages, show
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.actor import Actor
from ggzy.registers.parties import access, forms, queries, services
from ggzy.registers.parties.values import PartyFacts, PartyRole


@require_http_methods(["GET", "HEAD", "POST"])
def organisation(request: Request) -> HttpResponse:
    """本单位: what the register says, and the form that registers or changes it."""
    code = access.own_code(request.actor)
    known = queries.parties((code,)).get(code)

    def run(actor: Actor, data: dict[str, Any]) -> object:
        if known is None:
            return services.register(actor, forms.told(code, data), at=request.at)
        kept = tuple(role for role in known.roles if role not in forms.SELF_CHOSEN)
        return services.change(actor, forms.told(code, data, kept), at=request.at)

    return pages.act(
        request,
        forms.OrganisationForm,
        run,
        template="parties/organisation.html",
        context={
            "code_text": show.code(code),
            "party": known,
            "rows": _rows(known) if known else [],
            "submit": "变更" if known else "登记",
        },
        done="/desk/organisation/",
        words="已变更本单位信息" if known else "已登记本单位",
        initial=forms.initial(known) if known else None,
    )


def _rows(party: PartyFacts) -> list[tuple[str, str]]:
    account = party.basic_account
    return [
        ("名称", party.name),
        ("身份", "、".join(role.label for role in party.roles)),
        *([("监督领域", queries.supervises(party))] if party.has(PartyRole.AUTHORITY) else []),
        ("基本账户", f"{account.bank}，尾号 {account.number[-4:]}" if account else "未登记"),
        ("资质", f"{len(party.qualifications)} 项"),
        ("股东", f"{len(party.holdings)} 个" if party.holdings else "未登记"),
    ]
