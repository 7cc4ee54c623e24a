"""监督人员登记的页面: the second person, who also hands over the one-time password."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.identity import services as people
from ggzy.foundation.identity.values import BindingFacts, ProposalFacts
from ggzy.foundation.ui import pages, show
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.errors import Conflict, Missing
from ggzy.kernel.roles import Permission
from ggzy.kernel.verdict import Reason, Refused, Verdict
from ggzy.oversight.cases.forms import casework as forms
from ggzy.oversight.cases.forms.complaints import SureForm
from ggzy.oversight.cases.views import frame
from ggzy.oversight.powers import queries as listed
from ggzy.registers.parties import queries as parties

LIST = ("监督人员登记", "/desk/consents/")


@require_safe
def consents(request: Request) -> HttpResponse:
    """待同意的登记 of the region."""
    actor = pages.signed_in(request)
    identity.permit(actor, Permission.OFFICIAL_CONSENT)
    rows = [(one, _facts(one)) for one in identity.proposals(actor.region, request.at)]
    bindings = [(one, _binding_facts(one)) for one in identity.bindings(actor.region, request.at)]
    context = {"rows": rows, "bindings": bindings, "crumbs": frame.crumbs(("监督人员登记", ""))}
    return pages.show(request, "cases/consents.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: Request, number: int) -> HttpResponse:
    """同意登记: the one-time password is shown once, to whoever consents."""
    actor, found = _proposal(request, number)
    form = SureForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        who = replace(actor, request=form.cleaned_data["request"])
        once = people.once_password(who.request)
        try:
            receipt = people.consent_official(who, number, people.once_hash(once), at=request.at)
        except Refused as refused:
            form.refuse(refused.reasons)
        except Conflict as conflict:
            form.refuse([Reason("conflict", conflict.message)])
        else:
            context = {"once": once, "login": found.login, "receipt": receipt, "name": found.name}
            return pages.show(request, "cases/consented.html", {**context, "crumbs": frame.crumbs(LIST)})
    context = {
        "title": "同意登记",
        "form": form,
        "facts": _facts(found),
        "power": listed.power("S-18"),
        "note": "请核实此人确由其单位任用。同意后显示一次性口令，由您当面交给本人，交易中心看不到。",
        "back": "/desk/consents/",
        "style": "seal",
        "verdict": Verdict(),
        "crumbs": frame.crumbs(LIST, ("同意登记", "")),
    }
    return pages.show(request, "cases/act.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: Request, number: int) -> HttpResponse:
    """不同意登记."""
    _, found = _proposal(request, number)

    def run(who: Any, data: dict[str, Any]) -> object:
        return people.refuse_official(who, number, data["reason"], at=request.at)

    return frame.act(
        request,
        forms.ReasonForm,
        run,
        title="不同意登记",
        action="",
        row="S-18",
        back="/desk/consents/",
        trail=[LIST],
        facts=_facts(found),
        words="已登记不同意",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def bind(request: Request, number: int) -> HttpResponse:
    """同意证书绑定."""
    actor, found = _binding(request, number)
    return frame.act(
        request,
        SureForm,
        lambda who, data: people.consent_binding(who, number, at=request.at),
        title="同意证书绑定",
        action="",
        row="S-18",
        back="/desk/consents/",
        trail=[LIST],
        facts=_binding_facts(found),
        verdict=identity.may_settle_binding(actor, found, request.at),
        words="证书已绑定",
        note="请向本人核实：证书由本人领取并保管，指纹与证书上的一致。",
        style="seal",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def refuse_binding(request: Request, number: int) -> HttpResponse:
    """不同意证书绑定."""
    _, found = _binding(request, number)
    return frame.act(
        request,
        forms.ReasonForm,
        lambda who, data: people.refuse_binding(who, number, data["reason"], at=request.at),
        title="不同意证书绑定",
        action="",
        row="S-18",
        back="/desk/consents/",
        trail=[LIST],
        facts=_binding_facts(found),
        words="已登记不同意",
    )


def _binding(request: Request, number: int) -> tuple[Any, BindingFacts]:
    actor = pages.signed_in(request)
    identity.permit(actor, Permission.OFFICIAL_CONSENT)
    found = identity.binding(number)
    if not actor.region.contains(found.region) or found.is_settled:
        raise Missing()
    return actor, found


def _binding_facts(found: BindingFacts) -> list[tuple[str, object]]:
    return [
        ("账户", found.name),
        ("证书持有人", found.holder),
        ("证书指纹", show.code(found.fingerprint)),
        ("提出时间", show.instant(found.proposed_at)),
        ("最迟同意", show.instant(found.until)),
    ]


def _proposal(request: Request, number: int) -> tuple[Any, ProposalFacts]:
    actor = pages.signed_in(request)
    identity.permit(actor, Permission.OFFICIAL_CONSENT)
    found = identity.proposal(number)
    if not actor.region.contains(found.seat.region) or found.is_settled:
        raise Missing()
    return actor, found


def _facts(found: ProposalFacts) -> list[tuple[str, object]]:
    seat = found.seat
    return [
        ("姓名", found.name),
        ("登录名", found.login),
        ("任职身份", seat.role.label),
        ("单位", parties.name(seat.organisation) if seat.organisation else ""),
        ("行政区划", str(seat.region)),
    ]
