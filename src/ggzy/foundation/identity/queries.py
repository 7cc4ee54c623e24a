"""Who somebody is, for whom they may act, with which certificate."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import datetime

from django.conf import settings
from django.db.models import Q

from ggzy.foundation.identity import rules
from ggzy.foundation.identity.models import (
    Certificate,
    CertificateProposal,
    Membership,
    OfficialProposal,
    Person,
    Session,
)
from ggzy.foundation.identity.values import (
    BindingFacts,
    CertificateFacts,
    MembershipFacts,
    PersonFacts,
    ProposalFacts,
    SessionFacts,
)
from ggzy.foundation.sealing import requests
from ggzy.foundation.ui.answers import Knock
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.roles import Permission, Role
from ggzy.kernel.verdict import Verdict

COOKIE = "__Host-session" if settings.HTTPS else "session"
"""登录会话的 cookie: its name, for whoever reads a session or opens one."""

GATES: list[Callable[[Actor, Permission], None]] = []
"""权限的闸 of floors above: each may still say no."""


def permit(actor: Actor, permission: Permission) -> None:
    """权限检查. Raises Forbidden unless the actor's role carries the permission; `access` begins with it."""
    if not actor.has(permission):
        raise Forbidden(f"“{permission.label}”不属于{actor.role.label}身份可以办理的事项")
    for gate in GATES:
        gate(actor, permission)


def person(id: str) -> PersonFacts:
    """人员. Raises Missing."""
    row = Person.objects.filter(pk=id).first()
    if row is None:
        raise Missing()
    return row.facts()


def login_of(person: str) -> str:
    """登录名 of a person. Raises Missing."""
    found = Person.objects.filter(pk=person).values_list("login", flat=True).first()
    if found is None:
        raise Missing()
    return found


def find(words: str, *, offset: int = 0, limit: int = 50) -> tuple[PersonFacts, ...]:
    """按姓名、登录名或编号查找人员, the latest registered first."""
    rows = Person.objects.order_by("-registered_at", "pk")
    for word in words.split():
        rows = rows.filter(Q(name__icontains=word) | Q(login__icontains=word) | Q(pk=word))
    return tuple(row.facts() for row in rows[offset : offset + limit])


def logins(people: Iterable[str]) -> dict[str, str]:
    """登录名 of several people, by number. One query."""
    return dict(Person.objects.filter(pk__in=list(people)).values_list("pk", "login"))


def people(ids: set[str]) -> dict[str, PersonFacts]:
    """人员, by their numbers; unknown ones are left out."""
    return {row.pk: row.facts() for row in Person.objects.filter(pk__in=ids)}


def memberships(person: str) -> tuple[MembershipFacts, ...]:
    """任职身份 in force of one person, the oldest first."""
    rows = Membership.objects.filter(person=person, ended_at=None)
    return tuple(row.facts() for row in rows.select_related("person").order_by("pk"))


def memberships_of(people: Iterable[str]) -> tuple[MembershipFacts, ...]:
    """任职身份 in force of several people, the oldest first. One query."""
    rows = Membership.objects.filter(person__in=list(people), ended_at=None)
    return tuple(row.facts() for row in rows.select_related("person").order_by("pk"))


def may_reset(actor: Actor, person: str, held: Iterable[MembershipFacts]) -> Verdict:
    """可否重置口令 of a person with these seats, a reason given."""
    return rules.may_reset(actor, person, {one.role for one in held}, "—")


def needs_second(actor: Actor, role: Role) -> bool:
    """须第二人同意: whether this actor may only propose somebody in this role."""
    return rules.needs_second(actor, role)


def invited(login: str, once_hash: str, at: datetime) -> PersonFacts | None:
    """持有效一次性口令的人, under this log-in."""
    row = Person.objects.filter(login=login, once_hash=once_hash, once_until__gt=at).first()
    return row.facts() if row else None


def proposals(region: RegionCode, at: datetime) -> tuple[ProposalFacts, ...]:
    """待同意的监督人员登记 of a region, the oldest first; one that nobody settles lapses."""
    rows = OfficialProposal.objects.filter(region__startswith=region.prefix, settled_at=None).order_by("pk")
    return tuple(one for one in (row.facts() for row in rows) if at < one.until)


def proposal(id: int) -> ProposalFacts:
    """监督人员登记. Raises Missing."""
    row = OfficialProposal.objects.filter(pk=id).first()
    if row is None:
        raise Missing()
    return row.facts()


def bindings(region: RegionCode, at: datetime) -> tuple[BindingFacts, ...]:
    """待同意的证书绑定 of a region, the oldest first; one that nobody settles lapses."""
    rows = CertificateProposal.objects.filter(region__startswith=region.prefix, settled_at=None)
    found = (row.facts() for row in rows.select_related("person").order_by("pk"))
    return tuple(one for one in found if at < one.until)


def may_settle_binding(actor: Actor, found: BindingFacts, at: datetime) -> Verdict:
    """可否同意绑定, by this person, now."""
    return rules.may_settle_binding(actor, found, at)


def binding(id: int) -> BindingFacts:
    """证书绑定. Raises Missing."""
    row = CertificateProposal.objects.select_related("person").filter(pk=id).first()
    if row is None:
        raise Missing()
    return row.facts()


def membership(id: int) -> MembershipFacts:
    """任职身份 in force. Raises Missing."""
    row = Membership.objects.filter(pk=id, ended_at=None).select_related("person").first()
    if row is None:
        raise Missing()
    return row.facts()


def members(organisation: CreditCode, role: Role | None = None) -> tuple[MembershipFacts, ...]:
    """任职身份 in force at one organisation."""
    rows = Membership.objects.filter(organisation=organisation, ended_at=None)
    rows = rows.filter(role=role) if role else rows
    return tuple(row.facts() for row in rows.select_related("person").order_by("pk"))


def serving(role: Role) -> tuple[MembershipFacts, ...]:
    """任职身份 in force in one role, at whatever organisation."""
    rows = Membership.objects.filter(role=role, ended_at=None).select_related("person")
    return tuple(row.facts() for row in rows.order_by("pk"))


def named(names: Iterable[str]) -> tuple[MembershipFacts, ...]:
    """任职身份 in force of people who bear one of these names. One query."""
    rows = Membership.objects.filter(person__name__in=set(names), ended_at=None)
    return tuple(row.facts() for row in rows.select_related("person").order_by("pk"))


def cast() -> tuple[MembershipFacts, ...]:
    """人物: the first person of each role, for the demo's door."""
    rows = Membership.objects.filter(ended_at=None).select_related("person")
    firsts = {row.role: row.facts() for row in rows.order_by("role", "pk").distinct("role")}
    return tuple(firsts[role] for role in Role if role in firsts)


def certificate(fingerprint: str) -> CertificateFacts:
    """数字证书, revoked ones too. Raises Missing."""
    row = Certificate.objects.filter(pk=fingerprint).first()
    if row is None:
        raise Missing()
    return row.facts()


def custodian(who: str, knock: Knock) -> Actor:
    """叩门的保管人: the person whose certificate signed this very request. Raises Missing, Refused."""
    held = certificate(who)
    requests.check(
        knock.header,
        knock.method,
        knock.path,
        knock.body,
        certificate=held.certificate_pem,
        now=knock.at,
    ).require()
    valid = {one.fingerprint for one in certificates(knock.at, person=held.person)}
    for one in memberships(held.person):
        if one.role is Role.CUSTODIAN and who in valid:
            number = hashlib.sha256(knock.header.encode()).hexdigest()[:32]
            return Actor(one.person, one.organisation, one.role, one.region, f"custody-{number}")
    raise Missing()


def certificates(
    at: datetime, *, person: str | None = None, party: CreditCode | None = None
) -> tuple[CertificateFacts, ...]:
    """有效证书 of a person or an organisation at a moment, the latest bound first."""
    rows = Certificate.objects.filter(valid_from__lte=at, valid_to__gt=at, bound_at__lte=at)
    rows = rows.filter(Q(revoked_at=None) | Q(revoked_at__gt=at))
    if person is not None:
        rows = rows.filter(person=person)
    if party is not None:
        rows = rows.filter(organisation=party)
    return tuple(row.facts() for row in rows.order_by("-bound_at", "pk"))


def token_hash(token: str) -> str:
    """What is kept of a session's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def session(token: str, at: datetime) -> SessionFacts | None:
    """登录会话: None if it ended, lay idle too long, or its membership was taken away."""
    row = Session.objects.filter(pk=token_hash(token), ended_at=None).select_related("person").first()
    if row is None:
        return None
    held = memberships(row.person_id)
    current = next((m for m in held if m.id == row.membership_id), None)
    if current is None or not rules.is_live(current.role, row.opened_at, row.seen_at, at):
        return None
    return SessionFacts(
        person=row.person.facts(),
        memberships=held,
        current=current,
        opened_at=row.opened_at,
        seen_at=row.seen_at,
    )


def living(tokens: Iterable[str], at: datetime) -> dict[str, tuple[MembershipFacts, datetime]]:
    """仍有效的登录会话 among these: in which seat each acts, and when it was last seen. One query."""
    wanted = {token_hash(token): token for token in tokens}
    rows = Session.objects.filter(pk__in=list(wanted), ended_at=None, membership__ended_at=None)
    return {
        wanted[row.pk]: (row.membership.facts(), row.seen_at)
        for row in rows.select_related("membership__person")
        if rules.is_live(Role(row.membership.role), row.opened_at, row.seen_at, at)
    }


def sessions(person: str, at: datetime) -> tuple[SessionFacts, ...]:
    """登录会话 of one person that are still live, the latest first."""
    rows = Session.objects.filter(person=person, ended_at=None).select_related("person", "membership")
    held = {m.id: m for m in memberships(person)}
    return tuple(
        SessionFacts(
            person=row.person.facts(),
            memberships=tuple(held.values()),
            current=held[row.membership_id],
            opened_at=row.opened_at,
            seen_at=row.seen_at,
        )
        for row in rows.order_by("-opened_at", "pk")
        if row.membership_id in held
        and rules.is_live(held[row.membership_id].role, row.opened_at, row.seen_at, at)
    )
