"""服务台: the centre registers organisations and people for others, and gives a lost password back.

A one-time password is shown once, in the answer to the form that asked for it; it lies in no cookie and no row.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from markupsafe import Markup

from ggzy.foundation.identity import queries as people
from ggzy.foundation.identity import services as identity
from ggzy.foundation.identity.values import MembershipFacts, NewPerson, NewSeat
from ggzy.foundation.journal.values import Receipt
from ggzy.foundation.ui import pages, show
from ggzy.foundation.ui.forms import Form
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.errors import Conflict
from ggzy.kernel.roles import Permission, Role
from ggzy.kernel.verdict import Reason, Refused
from ggzy.registers.parties import access, forms, queries, services
from ggzy.registers.parties.values import PartyRole

PAGE = 50


@require_safe
def organisations(request: Request) -> HttpResponse:
    """主体: who is registered, and the way to register another."""
    access.desk(request.actor, Permission.PARTY_REGISTER)
    words = request.GET.get("q", "").strip()[:100]
    found = queries.search(words, limit=PAGE)
    alike = queries.namesakes([one.code for one in found if one.has(PartyRole.BIDDER)])
    rows = [
        (
            _link(f"/parties/{one.code}/", one.name),
            show.code(one.code),
            "、".join(role.label for role in one.roles),
            show.instant(one.registered_at),
        )
        for one in found
    ]
    warned = [(one.name, "；".join(alike[one.code])) for one in found if one.code in alike]
    context = {"words": words, "rows": rows, "limit": PAGE, "warned": warned}
    return pages.show(request, "parties/organisations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def register_organisation(request: Request) -> HttpResponse:
    """登记主体, for one that cannot do it itself yet."""
    access.desk(request.actor, Permission.PARTY_REGISTER)

    def run(actor: Actor, data: dict[str, Any]) -> object:
        return services.register(actor, forms.told(data["code"], data), at=request.at)

    return pages.act(
        request,
        forms.AnyOrganisationForm,
        run,
        template="parties/register.html",
        done=f"/desk/parties/?{urlencode({'q': request.POST.get('code', '')})}",
        words="已登记主体",
    )


@require_safe
def persons(request: Request) -> HttpResponse:
    """人员: who may sign in, as what, and the way to register or help one."""
    me = access.desk(request.actor, Permission.PERSON_REGISTER)
    words = request.GET.get("q", "").strip()[:100]
    found = people.find(words, limit=PAGE)
    seats = people.memberships_of(one.id for one in found)
    logins = people.logins(one.id for one in found)
    names = queries.names({seat.organisation for seat in seats if seat.organisation})
    rows = []
    for one in found:
        held = [seat for seat in seats if seat.person == one.id]
        verdict = people.may_reset(me, one.id, held)
        rows.append(
            (
                one.name,
                show.code(logins[one.id]),
                "；".join(_seat(seat, names) for seat in held) or "没有任职身份",
                _link(f"/desk/people/{one.id}/reset/", "重置口令") if verdict.ok else verdict.reasons[0].text,
                _link(f"/desk/people/{one.id}/certificate/", "绑定证书"),
            )
        )
    context = {"words": words, "rows": rows, "limit": PAGE}
    return pages.show(request, "parties/persons.html", context)


def _seat(seat: MembershipFacts, names: Mapping[CreditCode, str]) -> str:
    named = names.get(seat.organisation, str(seat.organisation)) if seat.organisation else ""
    return f"{named}，{seat.role.label}" if named else seat.role.label


def _link(address: str, words: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address, words)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register_person(request: Request) -> HttpResponse:
    """登记人员 with a first seat; the password is the person's own to set."""
    access.desk(request.actor, Permission.PERSON_REGISTER)

    def run(actor: Actor, data: dict[str, Any], once_hash: str) -> Receipt:
        seat = NewSeat(data["organisation"], Role(data["role"]), data["region"])
        if people.needs_second(actor, seat.role):
            return identity.propose_official(
                actor, NewPerson(data["login"], data["name"]), seat, at=request.at
            )
        return identity.enrol_person(
            actor, NewPerson(data["login"], data["name"]), seat, once_hash, at=request.at
        )

    return _give(request, forms.PersonForm, run, "登记人员", "已登记人员")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reset_password(request: Request, person: str) -> HttpResponse:
    """重置口令 of somebody who came to the desk."""
    access.desk(request.actor, Permission.PERSON_REGISTER)
    found = people.person(person)

    def run(actor: Actor, data: dict[str, Any], once_hash: str) -> Receipt:
        return identity.reset_password(actor, found.id, once_hash, data["reason"], at=request.at)

    return _give(request, forms.ResetForm, run, f"重置口令：{found.name}", "口令已重置")


@require_http_methods(["GET", "HEAD", "POST"])
def bind_certificate(request: Request, person: str) -> HttpResponse:
    """绑定数字证书; to the account of somebody who watches the centre it is only proposed."""
    me = access.desk(request.actor, Permission.CERTIFICATE_BIND)
    found = people.person(person)
    seconded = any(people.needs_second(me, one.role) for one in people.memberships(person))
    act = identity.propose_binding if seconded else identity.bind_certificate
    words = "已提出绑定，待另一名监督、纪检监察或者审计人员同意" if seconded else "证书已绑定"
    return pages.act(
        request,
        forms.BindForm,
        lambda who, data: act(who, found.id, data["file"].read(), at=request.at),
        template="parties/bind.html",
        context={"person": found, "seconded": seconded},
        done="/desk/people/",
        words=words,
    )


Give = Callable[[Actor, dict[str, Any], str], Receipt]


def _give(request: Request, kind: type[Form], run: Give, title: str, words: str) -> HttpResponse:
    """办理 and show the one-time password at once; the same form sent twice shows the same again."""
    form = kind(request.POST or None)
    context = {"form": form, "title": title, "words": words}
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        actor = replace(pages.signed_in(request), request=data.pop("request"))
        once = identity.once_password(actor.request)
        try:
            receipt = run(actor, data, identity.once_hash(once))
        except Refused as refused:
            form.refuse(refused.reasons)
        except Conflict as conflict:
            form.refuse([Reason("conflict", conflict.message)])
        else:
            if not receipt.subject.startswith("user/"):
                words = "已提出登记，待监督、纪检监察或者审计人员同意；一次性口令由同意的人交给本人"
                return pages.redirect("/desk/people/", words=words, receipt=receipt)
            login = people.login_of(receipt.subject.removeprefix("user/"))
            return pages.show(
                request, "parties/once.html", {**context, "once": once, "login": login, "receipt": receipt}
            )
    status = 422 if request.method == "POST" else 200
    return pages.show(request, "parties/person.html", context, status=status)
