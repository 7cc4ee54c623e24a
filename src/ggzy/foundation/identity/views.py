"""Signing in, signing out, choosing a membership; and the middleware that says who is asking, and when."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ggzy.foundation.identity import queries, rules, services
from ggzy.foundation.identity.forms import (
    KeyForm,
    MembershipForm,
    OnceForm,
    PasswordForm,
    RevokeForm,
    SignInForm,
)
from ggzy.foundation.identity.queries import COOKIE
from ggzy.foundation.identity.values import MembershipFacts, Method, SessionFacts
from ggzy.foundation.journal import queries as journal
from ggzy.foundation.ui import forms, pages, visits
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.verdict import Reason, Refused

LANDING = "/desk/"
LOG = logging.getLogger("ggzy.identity")
NO_SOURCE = Reason(
    "no_source",
    "平台前面的代理没有说明您从哪里访问，暂时不能登录",
    remedy="请联系交易中心，由技术人员按安装说明补上代理的 X-Forwarded-For 设置",
)
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class Request(pages.Request):
    """请求, with the whole session beside the actor."""

    session_facts: SessionFacts | None


@dataclass(frozen=True)
class Choice:
    """One membership the signed-in person may act through, as the desk's switcher shows it."""

    id: int
    label: str
    is_current: bool
    organisation: CreditCode | None = None


class ActorMiddleware:
    """Reads the two things every command needs from outside: who acts, and at which moment."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        form = _request_id(
            request
        )  # reads the body first: a moment taken before a long upload would be stale
        found = _session(request)
        request.at = journal.now()
        request.session_facts = found
        request.actor = _actor(found.current, form) if found else None
        request.memberships = (
            tuple(
                Choice(m.id, m.role.label, m.id == found.current.id, m.organisation)
                for m in found.memberships
            )
            if found
            else ()
        )
        answer = self.get_response(request)
        if found is not None and not answer.has_header("Cache-Control"):
            answer.headers["Cache-Control"] = "private, no-store"
        return answer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: Request) -> HttpResponse:
    """登录: name and password; then straight to where the person wanted to go."""
    target = _target(request)
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            seen = timezone.now()
            source = _source(request)
            found = services.authenticate(
                form.cleaned_data["login"], form.cleaned_data["password"], source, seen
            )
            held = queries.memberships(found.id)
            if not held:
                raise Refused(
                    [Reason("no_membership", "您还没有任职身份", remedy="请联系本单位管理员授予身份后再登录")]
                )
            return _enter(request, held[0], Method.PASSWORD, target)
        except Refused as refused:
            form.refuse(refused.reasons)
    status = 422 if request.method == "POST" else 200
    address = f"/sign-in/?{urlencode({'next': target})}"
    cast = queries.cast() if settings.SIMULATION else ()
    context = {"form": form, "address": address, "target": target, "cast": cast}
    return pages.show(request, "identity/sign_in.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def set_password(request: Request) -> HttpResponse:
    """设置口令 with the one-time password that the service desk gave; then straight to the desk."""
    form = OnceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        once = services.once_hash(typed["once"])
        try:
            found = queries.invited(typed["login"], once, request.at)
            held = queries.memberships(found.id) if found else ()
            rules.may_set_password(bool(held)).require()
            changed = services.hash_password(typed["new"], typed["login"])
            services.set_password(_actor(held[0], typed["request"]), once, changed, at=request.at)
            return _enter(request, held[0], Method.PASSWORD, LANDING)
        except Refused as refused:
            form.refuse(refused.reasons)
    status = 422 if request.method == "POST" else 200
    return pages.show(request, "identity/set_password.html", {"form": form}, status=status)


@never_cache
@require_POST
def sign_out(request: Request) -> HttpResponse:
    """退出."""
    answer = HttpResponseRedirect("/")
    if request.actor is not None:
        services.sign_out(request.actor, _token(request), seen_at=timezone.now(), at=request.at)
    answer.delete_cookie(COOKIE)
    return answer


@never_cache
@require_POST
def switch(request: Request) -> HttpResponse:
    """切换任职身份: a new token, as at every change of what a session may do."""
    if request.session_facts is None or request.actor is None:
        return HttpResponseRedirect("/sign-in/")
    form = MembershipForm(request.POST)
    chosen = form.cleaned_data["membership"] if form.is_valid() else None
    held = next((m for m in request.session_facts.memberships if m.id == chosen), None)
    if held is None:
        raise Missing()
    services.sign_out(request.actor, _token(request), seen_at=timezone.now(), at=request.at)
    return _enter(request, held, Method.PASSWORD, _target(request))


@never_cache
@require_POST
def sign_in_as(request: Request) -> HttpResponse:
    """以某人的身份看看: one click, in a demo only; a real installation has no such address."""
    if settings.REAL:
        raise Missing()
    form = MembershipForm(request.POST)
    chosen = form.cleaned_data["membership"] if form.is_valid() else 0
    return _enter(request, queries.membership(chosen), Method.DEMO, _target(request))


@never_cache
@require_safe
def me(request: Request) -> HttpResponse:
    """本人与证书."""
    found = _signed_in(request)
    context = {
        "person": found.person,
        "held": found.memberships,
        "labels": {choice.id: choice.label for choice in request.memberships},
        "current": found.current.id,
        "certificates": queries.certificates(request.at, person=found.person.id),
        "sessions": queries.sessions(found.person.id, timezone.now()),
        "may_claim": settings.SIMULATION,
    }
    return pages.show(request, "identity/me.html", context)


@never_cache
def change_password(request: Request) -> HttpResponse:
    """更改口令: ends every session, this one too, so the answer leads to the door."""
    found = _signed_in(request)

    def run(actor: Actor, data: dict[str, Any]) -> object:
        services.check_password(found.person.id, data["current"])
        changed = services.hash_password(data["new"], found.person.name)
        return services.change_password(actor, found.person.id, changed, at=journal.now())

    return pages.act(
        request,
        PasswordForm,
        run,
        template="identity/password.html",
        done="/sign-in/",
        words="口令已更改，请用新口令登录",
    )


@never_cache
@require_POST
def end_other_sessions(request: Request) -> HttpResponse:
    """退出其他设备."""
    _signed_in(request)
    assert request.actor is not None
    receipt = services.end_other_sessions(
        request.actor, _token(request), seen_at=timezone.now(), at=request.at
    )
    return pages.redirect("/desk/me/", words="已退出其他设备", receipt=receipt)


@never_cache
def revoke(request: Request, fingerprint: str) -> HttpResponse:
    """停用证书: one's own."""
    found = _signed_in(request)
    certificate = queries.certificate(fingerprint)
    if certificate.person != found.person.id:
        raise Missing()

    def run(actor: Actor, data: dict[str, Any]) -> object:
        return services.revoke_certificate(actor, fingerprint, data["reason"], at=request.at)

    return pages.act(
        request,
        RevokeForm,
        run,
        template="identity/revoke.html",
        context={"certificate": certificate},
        done="/desk/me/",
        words="证书已停用",
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: Request) -> HttpResponse:
    """领取演示证书: the key file goes to the person alone; the platform keeps only the certificate."""
    found = _signed_in(request)
    if settings.REAL or request.actor is None:
        raise Missing()
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            holder = _organisation(request) or found.person.name
            issued = services.demo_certificate(holder, found.current.organisation, request.at)
            file = services.demo_key_file(*issued, form.cleaned_data["password"])
            services.claim_demo_certificate(request.actor, issued[0], at=request.at)
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            answer = HttpResponse(file, content_type="application/octet-stream")
            answer.headers["Content-Disposition"] = f'attachment; filename="{found.person.id}.key"'
            return answer
    status = 422 if request.method == "POST" else 200
    return pages.show(request, "identity/claim.html", {"form": form}, status=status)


def _organisation(request: Request) -> str:
    """The name of the organisation in use, as the switcher shows it before the role; "" if it shows none."""
    label = next((str(choice.label) for choice in request.memberships if choice.is_current), "")
    return label.partition(" · ")[0] if " · " in label else ""


def _signed_in(request: Request) -> SessionFacts:
    """Who is signed in. Raises Forbidden, which the error page answers with the way to the door."""
    if request.session_facts is None:
        raise Forbidden("请先登录。")
    return request.session_facts


def _enter(request: Request, held: MembershipFacts, method: Method, target: str) -> HttpResponse:
    """A new session with a new token, and a new proof for forms."""
    token = services.new_token()
    actor = _actor(held, forms.new_request())
    services.sign_in(actor, held.id, token, method, seen_at=timezone.now(), at=request.at)
    rotate_token(request)
    answer = HttpResponseRedirect(target)
    answer.set_cookie(COOKIE, token, secure=settings.HTTPS, httponly=True, samesite="Lax")
    return answer


def _session(request: Request) -> SessionFacts | None:
    """Sessions live by the wall clock, which no demo moves."""
    token = _token(request)
    if not token:
        return None
    seen = timezone.now()
    found = queries.session(token, seen)
    if found is not None:
        services.touch(token, found.seen_at, seen)
    return found


def _token(request: Request) -> str:
    return request.COOKIES.get(COOKIE, "")


def _actor(held: MembershipFacts, request: str) -> Actor:
    return Actor(
        person=held.person,
        organisation=held.organisation,
        role=held.role,
        region=held.region,
        request=request,
    )


def _request_id(request: Request) -> str:
    """One per form shown; a raw upload is left to the view that wants it."""
    is_form = request.content_type in FORMS
    typed = request.POST.get("request", "") if request.method == "POST" and is_form else ""
    return typed[:64] or forms.new_request()


def _source(request: Request) -> str:
    """来源地址. Raises Refused where the proxy named nobody: all would share one delay."""
    address = visits.address(request)
    if not address and settings.BEHIND_PROXY:
        hop = visits.hop(request)[:100]
        LOG.error("GGZY_BEHIND_PROXY is yes, but X-Forwarded-For ends in %r: no one can sign in", hop)
        raise Refused([NO_SOURCE])
    return address


def _target(request: Request) -> str:
    """Where to go afterwards: a page of ours, never an address somebody slipped in."""
    target = request.POST.get("next") or request.GET.get("next") or LANDING
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts=None) else LANDING
