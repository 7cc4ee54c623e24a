"""第二人同意: nobody is made a watcher, and no certificate is bound to one, by the centre alone."""

from datetime import datetime

from ggzy.foundation.identity import access, events, queries, rules
from ggzy.foundation.identity.models import Certificate, CertificateProposal, OfficialProposal
from ggzy.foundation.identity.services import accounts
from ggzy.foundation.identity.values import NewPerson, NewSeat
from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import RegionCode
from ggzy.kernel.roles import Permission
from ggzy.kernel.verdict import Reason, judge


@command
def propose_official(actor: Actor, person: NewPerson, seat: NewSeat, *, at: datetime) -> Receipt:
    """提出监督人员登记: nobody is registered and no password exists before a second person consents."""
    queries.permit(actor, Permission.PERSON_REGISTER)
    rules.may_propose(seat.role, accounts.is_taken(person.login), seat.organisation).require()
    row = OfficialProposal.objects.create(
        login=person.login,
        name=person.name,
        organisation=seat.organisation or "",
        role=seat.role,
        region=seat.region,
        proposed_by=actor.person,
        proposed_at=at,
    )
    fact = events.OfficialProposed(proposal=str(row.pk), name=row.name, **vars(seat))
    return journal.record(fact, actor=actor, at=at)


@command
def consent_official(actor: Actor, proposal: int, once_hash: str, *, at: datetime) -> Receipt:
    """同意监督人员登记. Whoever consents hands over the one-time password: the centre never sees it."""
    row = access.proposal_to_settle(actor, proposal)
    found = row.facts()
    rules.may_settle(actor, found, at, is_taken=accounts.is_taken(row.login)).require()
    system = Actor.system(f"official-{row.pk}")
    receipt = accounts.register_person(system, NewPerson(row.login, row.name), at=at)
    person = access.person_for(system, Permission.PERSON_REGISTER, receipt.subject.removeprefix("user/"))
    accounts.give_once(person, once_hash, at)
    accounts.grant_membership(
        system, person.id, found.seat.organisation, found.seat.role, found.seat.region, at=at
    )
    OfficialProposal.objects.filter(pk=row.pk).update(settled_at=at)
    fact = events.OfficialConsented(
        proposal=str(row.pk), person=person.id, role=found.seat.role, region=found.seat.region
    )
    return journal.record(fact, actor=actor, at=at)


@command
def refuse_official(actor: Actor, proposal: int, reason: str, *, at: datetime) -> Receipt:
    """不同意监督人员登记, for a reason."""
    row = access.proposal_to_settle(actor, proposal)
    worded = judge([(bool(reason.strip()), Reason("reason_missing", "请写明不同意的原因"))])
    (rules.may_settle(actor, row.facts(), at, is_taken=False) & worded).require()
    OfficialProposal.objects.filter(pk=row.pk).update(settled_at=at)
    return journal.record(
        events.OfficialRefused(proposal=str(row.pk), reason=reason.strip()), actor=actor, at=at
    )


@command
def propose_binding(actor: Actor, person: str, pem: bytes, *, at: datetime) -> Receipt:
    """提出证书绑定, to the account of somebody who watches: it opens nothing before another watcher consents."""
    row = access.person_for(actor, Permission.CERTIFICATE_BIND, person)
    certificate, held = accounts.read_certificate(pem), queries.memberships(person)
    bound = Certificate.objects.filter(pk=certificate.fingerprint).values_list("person", flat=True).first()
    rules.may_bind(certificate, held, bound, person, at).require()
    made = CertificateProposal.objects.create(
        person=row,
        region=held[0].region if held else RegionCode.COUNTRY,
        holder=certificate.holder,
        fingerprint=certificate.fingerprint,
        pem=certificate.certificate_pem,
        proposed_by=actor.person,
        proposed_at=at,
    )
    fact = events.BindingProposed(proposal=str(made.pk), person=person, fingerprint=made.fingerprint)
    return journal.record(fact, actor=actor, at=at)


@command
def consent_binding(actor: Actor, binding: int, *, at: datetime) -> Receipt:
    """同意证书绑定."""
    row = access.binding_to_settle(actor, binding)
    rules.may_settle_binding(actor, row.facts(), at).require()
    accounts.bind_certificate(Actor.system(f"binding-{row.pk}"), row.person_id, bytes(row.pem), at=at)
    CertificateProposal.objects.filter(pk=row.pk).update(settled_at=at)
    fact = events.BindingConsented(proposal=str(row.pk), person=row.person_id, fingerprint=row.fingerprint)
    return journal.record(fact, actor=actor, at=at)


@command
def refuse_binding(actor: Actor, binding: int, reason: str, *, at: datetime) -> Receipt:
    """不同意证书绑定, for a reason."""
    row = access.binding_to_settle(actor, binding)
    worded = judge([(bool(reason.strip()), Reason("reason_missing", "请写明不同意的原因"))])
    (rules.may_settle_binding(actor, row.facts(), at) & worded).require()
    CertificateProposal.objects.filter(pk=row.pk).update(settled_at=at)
    fact = events.BindingRefused(proposal=str(row.pk), reason=reason.strip())
    return journal.record(fact, actor=actor, at=at)
