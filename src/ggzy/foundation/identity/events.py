"""人员、任职、证书与登录的事实. All are restricted: they name people."""

from datetime import datetime

from ggzy.foundation.identity.values import Method
from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.events import Audience, event
from ggzy.kernel.roles import Role


@event("person.registered", Audience.RESTRICTED, subject="user/{person}")
class PersonRegistered:
    """人员已登记."""

    person: str
    name: str


@event("person.password_changed", Audience.RESTRICTED, subject="user/{person}")
class PasswordChanged:
    """口令已更改; every session of the person ended with it."""

    person: str


@event("person.password_reset", Audience.RESTRICTED, subject="user/{person}")
class PasswordReset:
    """口令已重置: the old one opens nothing any more, every session ended, a one-time one was given."""

    person: str
    reason: str


@event("membership.granted", Audience.RESTRICTED, subject="user/{person}")
class MembershipGranted:
    """任职身份已授予."""

    person: str
    organisation: CreditCode | None
    role: Role
    region: RegionCode


@event("membership.ended", Audience.RESTRICTED, subject="user/{person}")
class MembershipEnded:
    """任职身份已终止."""

    person: str
    organisation: CreditCode | None
    role: Role
    region: RegionCode
    reason: str


@event("certificate.bound", Audience.RESTRICTED, subject="user/{person}")
class CertificateBound:
    """数字证书已绑定."""

    person: str
    organisation: CreditCode | None
    fingerprint: str
    issuer: str
    valid_to: datetime


@event("certificate.revoked", Audience.RESTRICTED, subject="user/{person}")
class CertificateRevoked:
    """数字证书已停用."""

    person: str
    fingerprint: str
    reason: str


@event("session.signed_in", Audience.RESTRICTED, subject="user/{person}")
class SignedIn:
    """已登录."""

    person: str
    method: Method
    organisation: CreditCode | None
    role: Role


@event("session.signed_out", Audience.RESTRICTED, subject="user/{person}")
class SignedOut:
    """已退出."""

    person: str


@event("session.ended_elsewhere", Audience.RESTRICTED, subject="user/{person}")
class EndedElsewhere:
    """已退出其他设备."""

    person: str
    count: int


@event("official.proposed", Audience.RESTRICTED, subject="official/{proposal}")
class OfficialProposed:
    """监督人员登记已提出: it takes effect only by the consent of a second person."""

    proposal: str
    name: str
    organisation: CreditCode | None
    role: Role
    region: RegionCode


@event("official.consented", Audience.RESTRICTED, subject="official/{proposal}")
class OfficialConsented:
    """监督人员登记已获同意, by an official who is not the one who proposed it."""

    proposal: str
    person: str
    role: Role
    region: RegionCode


@event("official.refused", Audience.RESTRICTED, subject="official/{proposal}")
class OfficialRefused:
    """监督人员登记未获同意."""

    proposal: str
    reason: str


@event("binding.proposed", Audience.RESTRICTED, subject="binding/{proposal}")
class BindingProposed:
    """证书绑定已提出: to the account of somebody who watches, so only a second person's consent makes it."""

    proposal: str
    person: str
    fingerprint: str


@event("binding.consented", Audience.RESTRICTED, subject="binding/{proposal}")
class BindingConsented:
    """证书绑定已获同意."""

    proposal: str
    person: str
    fingerprint: str


@event("binding.refused", Audience.RESTRICTED, subject="binding/{proposal}")
class BindingRefused:
    """证书绑定未获同意."""

    proposal: str
    reason: str
