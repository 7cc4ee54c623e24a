"""Commands on people, memberships, certificates and sessions."""

import hashlib
import secrets
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from cryptography.hazmat.primitives import serialization
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.utils.crypto import salted_hmac

from ggzy.foundation.identity import access, events, queries, rules
from ggzy.foundation.identity.models import (
    Attempt,
    Certificate,
    Membership,
    Person,
    Session,
)
from ggzy.foundation.identity.values import CertificateFacts, Method, NewPerson, NewSeat, PersonFacts
from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.foundation.sealing import keyfile
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.errors import Conflict
from ggzy.kernel.plugins import discover
from ggzy.kernel.roles import Permission, Role
from ggzy.kernel.verdict import Reason, Refused

SEEN_EVERY = timedelta(minutes=1)
ONCE = "ggzy.identity.once"
ONCE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O, U
HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)


@command
def register_person(actor: Actor, person: NewPerson, *, at: datetime) -> Receipt:
    """人员登记. The receipt's subject is "user/<number>"."""
    queries.permit(actor, Permission.PERSON_REGISTER)
    if is_taken(person.login):
        raise Conflict(f"登录名“{person.login}”已被使用")
    row = Person.objects.create(
        id=f"u{secrets.token_hex(6)}",
        login=person.login,
        name=person.name,
        password_hash=person.password_hash,
        registered_at=at,
    )
    return journal.record(events.PersonRegistered(person=row.id, name=row.name), actor=actor, at=at)


@command
def change_password(actor: Actor, person: str, password_hash: str, *, at: datetime) -> Receipt:
    """更改口令: one's own. Every open session ends; the person signs in anew."""
    row = access.person_self(actor, person)
    row.password_hash = password_hash
    row.save(update_fields=["password_hash"])
    Session.objects.filter(person=row, ended_at=None).update(ended_at=at)
    return journal.record(events.PasswordChanged(person=row.id), actor=actor, at=at)


@command
def enrol_person(actor: Actor, person: NewPerson, seat: NewSeat, once_hash: str, *, at: datetime) -> Receipt:
    """人员登记并授予任职身份, with a one-time password with which the person sets an own one."""
    receipt = register_person(actor, person, at=at)
    row = access.person_for(actor, Permission.PERSON_REGISTER, receipt.subject.removeprefix("user/"))
    give_once(row, once_hash, at)
    return grant_membership(actor, row.id, seat.organisation, seat.role, seat.region, at=at)


def is_taken(login: str) -> bool:
    """登录名是否已被使用."""
    return Person.objects.filter(login=login).exists()


@command
def reset_password(actor: Actor, person: str, once_hash: str, reason: str, *, at: datetime) -> Receipt:
    """重置口令: the old one opens nothing, every session ends, a one-time password is given."""
    row = access.person_for(actor, Permission.PERSON_REGISTER, person)
    held = {one.role for one in queries.memberships(person)}
    rules.may_reset(actor, person, held, reason).require()
    row.password_hash = ""
    give_once(row, once_hash, at)
    Session.objects.filter(person=row, ended_at=None).update(ended_at=at)
    return journal.record(events.PasswordReset(person=row.id, reason=reason.strip()), actor=actor, at=at)


def give_once(row: Person, once_hash: str, at: datetime) -> None:
    """发出一次性口令."""
    row.once_hash, row.once_until = once_hash, at + rules.ONCE_FOR
    row.save(update_fields=["password_hash", "once_hash", "once_until"])


@command
def set_password(actor: Actor, once_hash: str, password_hash: str, *, at: datetime) -> Receipt:
    """凭一次性口令设置口令: it works once."""
    row = access.person_self(actor, actor.person)
    is_good = row.once_until is not None and row.once_hash == once_hash and at < row.once_until
    rules.may_set_password(is_good).require()
    row.password_hash, row.once_hash, row.once_until = password_hash, "", None
    row.save(update_fields=["password_hash", "once_hash", "once_until"])
    return journal.record(events.PasswordChanged(person=row.id), actor=actor, at=at)


@command
def grant_membership(
    actor: Actor,
    person: str,
    organisation: CreditCode | None,
    role: Role,
    region: RegionCode,
    *,
    at: datetime,
) -> Receipt:
    """授予任职身份."""
    row = access.person_for(actor, Permission.MEMBERSHIP_GRANT, person)
    grantable = rules.may_grant(queries.memberships(person), organisation, role, region)
    (rules.may_seat(actor, role) & grantable).require()
    Membership.objects.create(
        person=row, organisation=organisation or "", role=role, region=region, granted_at=at
    )
    fact = events.MembershipGranted(person=person, organisation=organisation, role=role, region=region)
    return journal.record(fact, actor=actor, at=at)


@command
def end_membership(actor: Actor, membership: int, reason: str, *, at: datetime) -> Receipt:
    """终止任职身份: sessions that use it end at once."""
    row = access.membership_to_end(actor, membership)
    facts = row.facts()
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    Session.objects.filter(membership=row, ended_at=None).update(ended_at=at)
    fact = events.MembershipEnded(
        person=facts.person,
        organisation=facts.organisation,
        role=facts.role,
        region=facts.region,
        reason=reason,
    )
    return journal.record(fact, actor=actor, at=at)


@command
def bind_certificate(actor: Actor, person: str, pem: bytes, *, at: datetime) -> Receipt:
    """绑定数字证书: of the person, and through its credit code of the organisation."""
    row = access.person_for(actor, Permission.CERTIFICATE_BIND, person)
    rules.may_bind_alone(actor, {one.role for one in queries.memberships(person)}).require()
    certificate = read_certificate(pem)
    bound = Certificate.objects.filter(pk=certificate.fingerprint).values_list("person", flat=True).first()
    rules.may_bind(certificate, queries.memberships(person), bound, person, at).require()
    Certificate.objects.create(
        fingerprint=certificate.fingerprint,
        person=row,
        organisation=certificate.organisation or "",
        holder=certificate.holder,
        issuer=certificate.issuer,
        certificate_pem=certificate.certificate_pem,
        public_key_pem=certificate.public_key_pem,
        valid_from=certificate.valid_from,
        valid_to=certificate.valid_to,
        bound_at=at,
    )
    fact = events.CertificateBound(
        person=person,
        organisation=certificate.organisation,
        fingerprint=certificate.fingerprint,
        issuer=certificate.issuer,
        valid_to=certificate.valid_to,
    )
    return journal.record(fact, actor=actor, at=at)


@command
def revoke_certificate(actor: Actor, fingerprint: str, reason: str, *, at: datetime) -> Receipt:
    """停用数字证书."""
    row = access.certificate_to_revoke(actor, fingerprint)
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    fact = events.CertificateRevoked(person=row.person_id, fingerprint=fingerprint, reason=reason)
    return journal.record(fact, actor=actor, at=at)


@command
def sign_in(
    actor: Actor, membership: int, token: str, method: Method, *, seen_at: datetime, at: datetime
) -> Receipt:
    """登录, or a change of membership. The oldest session gives way when there are too many.

    `seen_at` is the wall clock that sessions live by; `at` the moment of the fact, which a demo may move.
    """
    row = access.person_self(actor, actor.person)
    held = next((m for m in queries.memberships(row.id) if m.id == membership), None)
    if held is None:
        raise Refused([Reason("no_membership", "您没有这个任职身份", remedy="请联系本单位管理员")])
    limits = rules.session_limits(held.role)
    older = Session.objects.filter(person=row, ended_at=None).order_by("-opened_at", "pk")
    surplus = list(older.values_list("pk", flat=True)[limits.concurrent - 1 :])
    Session.objects.filter(pk__in=surplus).update(ended_at=seen_at)
    Session.objects.create(
        token_hash=queries.token_hash(token),
        person=row,
        membership_id=membership,
        opened_at=seen_at,
        seen_at=seen_at,
    )
    fact = events.SignedIn(person=row.id, method=method, organisation=held.organisation, role=held.role)
    return journal.record(fact, actor=actor, at=at)


@command
def sign_out(actor: Actor, token: str, *, seen_at: datetime, at: datetime) -> Receipt:
    """退出."""
    row = access.person_self(actor, actor.person)
    Session.objects.filter(pk=queries.token_hash(token), person=row, ended_at=None).update(ended_at=seen_at)
    return journal.record(events.SignedOut(person=row.id), actor=actor, at=at)


@command
def end_other_sessions(actor: Actor, token: str, *, seen_at: datetime, at: datetime) -> Receipt:
    """退出其他设备: every session of the person but this one."""
    row = access.person_self(actor, actor.person)
    others = Session.objects.filter(person=row, ended_at=None).exclude(pk=queries.token_hash(token))
    count = others.update(ended_at=seen_at)
    return journal.record(events.EndedElsewhere(person=row.id, count=count), actor=actor, at=at)


def authenticate(login: str, password: str, source: str, at: datetime) -> PersonFacts:
    """口令核对. Raises Refused, with a growing pause after repeated mistakes from the same source.

    The answer takes as long for an unknown name as for a wrong password.
    """
    key = hashlib.sha256(f"{login}\n{source}".encode()).hexdigest()
    attempt = Attempt.objects.filter(pk=key).first()
    if attempt is not None and at - attempt.last_at > rules.FORGET_AFTER:
        attempt = None
    failures, last_at = (attempt.failures, attempt.last_at) if attempt else (0, None)
    rules.may_try(failures, last_at, at).require()
    row = Person.objects.filter(login=login).first()
    if not _matches(row.password_hash if row else "", password) or row is None:
        Attempt.objects.update_or_create(pk=key, defaults={"failures": failures + 1, "last_at": at})
        raise Refused([Reason("wrong", "登录名或口令不正确")])
    Attempt.objects.filter(pk=key).delete()
    return row.facts()


def guard(gate: Callable[[Actor, Permission], None]) -> None:
    """登记权限的闸 of a floor above: asked after the role was found to carry the permission; may raise Forbidden."""
    if gate not in queries.GATES:
        queries.GATES.append(gate)


def touch(token: str, seen_at: datetime, at: datetime) -> None:
    """最近操作时间: written once a minute at most, so that reading pages stays reading."""
    if at - seen_at >= SEEN_EVERY:
        Session.objects.filter(pk=queries.token_hash(token)).update(seen_at=at)


def new_token() -> str:
    """会话令牌: 256 bits, known to the browser alone."""
    return secrets.token_urlsafe(32)


def once_password(request: str) -> str:
    """一次性口令 of one request: 100 bits; the same form sent twice shows the same again."""
    number = int.from_bytes(salted_hmac(ONCE, request, algorithm="sha256").digest(), "big")
    letters = [ONCE_LETTERS[number >> 5 * place & 31] for place in range(20)]
    return "-".join("".join(letters[start : start + 4]) for start in range(0, 20, 4))


def once_hash(typed: str) -> str:
    """What is kept of a one-time password, however it was typed."""
    plain = "".join(typed.split()).replace("-", "").upper()
    return queries.token_hash(f"{ONCE}:{plain}")


def hash_password(password: str, login: str = "") -> str:
    """口令散列 (Argon2id): slow on purpose, so never in a transaction. Raises Refused for a weak one."""
    rules.may_use_password(password, login, _common_passwords()).require()
    return HASHER.hash(password)


def read_certificate(pem: bytes) -> CertificateFacts:
    """读取证书, with the provider that knows it. Raises Refused with the reasons of the last that did not."""
    refused: Refused | None = None
    for provider in discover("ggzy.foundation.identity.providers", "PROVIDER").values():
        try:
            return provider.read(pem, access.roots())
        except Refused as error:
            refused = error
    assert refused is not None, "there is no certificate provider"
    raise refused


def demo_certificate(name: str, organisation: CreditCode | None, at: datetime) -> tuple[bytes, bytes]:
    """演示证书 as (certificate PEM, private key PEM); a real installation issues none."""
    return access.demo_authority(at).issue(name, organisation, at)


def check_password(person: str, password: str) -> None:
    """核对现在的口令 of somebody signed in. Raises Refused."""
    row = Person.objects.filter(pk=person).first()
    if not _matches(row.password_hash if row else "", password):
        raise Refused([Reason("wrong", "现在的口令不正确")])


@command
def claim_demo_certificate(actor: Actor, pem: bytes, *, at: datetime) -> Receipt:
    """领取演示证书: binds to the person a certificate that the demo's own authority has issued."""
    access.demo_authority(at)
    system = Actor.system(actor.request)
    return bind_certificate(system, actor.person, pem, at=at)


def demo_key_file(pem: bytes, private: bytes, password: str) -> bytes:
    """密钥文件 as the sealing page and the sealing tool take it. Raises Refused for a short password."""
    key = serialization.load_pem_private_key(private, None)
    secret = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return keyfile.lock("signing", {"certificate": pem.decode()}, secret, password)


def _matches(password_hash: str, password: str) -> bool:
    try:
        return HASHER.verify(password_hash or _nobody(), password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    """A hash that no password meets, so that a name without one takes as long to refuse."""
    return HASHER.hash(secrets.token_hex(32))


@cache
def _common_passwords() -> Collection[str]:
    return frozenset(CommonPasswordValidator().passwords)
