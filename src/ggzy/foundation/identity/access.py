"""Who may have which row of identity, and which roots are accepted."""

import os
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from ggzy.foundation.identity import queries
from ggzy.foundation.identity.models import (
    Certificate,
    CertificateProposal,
    Membership,
    OfficialProposal,
    Person,
)
from ggzy.foundation.identity.providers.software import ROOT_DAYS, Authority, found
from ggzy.kernel.actor import Actor
from ggzy.kernel.errors import Conflict, Missing
from ggzy.kernel.roles import Permission

BEFORE_EVERYTHING = timedelta(days=ROOT_DAYS // 2)


def person_for(actor: Actor, permission: Permission, person: str) -> Person:
    """人员, locked, for someone with this permission. Raises Forbidden, Missing."""
    queries.permit(actor, permission)
    return _locked(person)


def person_self(actor: Actor, person: str) -> Person:
    """本人, locked: what only the person may do. A stranger is told that there is no such person."""
    if actor.person != person:
        raise Missing()
    return _locked(person)


def membership_to_end(actor: Actor, membership: int) -> Membership:
    """待终止的任职身份. Raises Forbidden, Missing, Conflict if it has ended."""
    queries.permit(actor, Permission.MEMBERSHIP_GRANT)
    row = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("person")
        .filter(pk=membership)
        .first()
    )
    if row is None:
        raise Missing()
    if row.ended_at is not None:
        raise Conflict("此任职身份已经终止")
    return row


def proposal_to_settle(actor: Actor, proposal: int) -> OfficialProposal:
    """待同意的监督人员登记, locked. Raises Forbidden, Missing."""
    queries.permit(actor, Permission.OFFICIAL_CONSENT)
    row = OfficialProposal.objects.select_for_update().filter(pk=proposal).first()
    if row is None:
        raise Missing()
    return row


def binding_to_settle(actor: Actor, binding: int) -> CertificateProposal:
    """待同意的证书绑定, locked. Raises Forbidden, Missing."""
    queries.permit(actor, Permission.OFFICIAL_CONSENT)
    rows = CertificateProposal.objects.select_for_update(of=("self",)).select_related("person")
    row = rows.filter(pk=binding).first()
    if row is None:
        raise Missing()
    return row


def certificate_to_revoke(actor: Actor, fingerprint: str) -> Certificate:
    """待停用的证书: one's own, or anybody's for those who bind them."""
    row = Certificate.objects.select_for_update().filter(pk=fingerprint).first()
    if row is None or (row.person_id != actor.person and not actor.has(Permission.CERTIFICATE_BIND)):
        raise Missing()
    if row.revoked_at is not None:
        raise Conflict("此证书已经停用")
    return row


def roots() -> tuple[bytes, ...]:
    """认可的发证机构: the roots in the installation's folder."""
    return tuple(file.read_bytes() for file in sorted(settings.ROOTS_DIR.glob("*.pem")))


def demo_authority(at: datetime) -> Authority:
    """演示发证机构: made on first use beside the accepted roots; a real installation has none."""
    assert settings.SIMULATION, "a real installation issues no certificates"
    folder: Path = settings.ROOTS_DIR
    key, root = folder / "demo.key", folder / "demo.pem"
    if not root.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = found("江州数字证书（演示）", at - BEFORE_EVERYTHING)
        _write_once(key, made.key)
        _write_once(root, made.certificate)
    return Authority(root.read_bytes(), key.read_bytes())


def _write_once(path: Path, content: bytes) -> None:
    fresh = path.with_suffix(f"{path.suffix}.{os.getpid()}")
    fresh.write_bytes(content)
    fresh.chmod(0o600)
    fresh.replace(path)


def _locked(person: str) -> Person:
    row = Person.objects.select_for_update().filter(pk=person).first()
    if row is None:
        raise Missing()
    return row
