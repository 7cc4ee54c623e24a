"""What identity tells the other apps."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.roles import Role


class Method(StrEnum):
    """登录方式."""

    PASSWORD = "password"  # 口令
    CERTIFICATE = "certificate"  # 数字证书
    DEMO = "demo"  # 演示: one click, never in a real installation


@dataclass(frozen=True)
class NewPerson:
    """待登记人员. `login` is what the person types; no `password_hash`, no log-in by password."""

    login: str
    name: str
    password_hash: str = ""


@dataclass(frozen=True)
class NewSeat:
    """待授予的任职身份: for whom and where a person will act."""

    organisation: CreditCode | None
    role: Role
    region: RegionCode


@dataclass(frozen=True)
class ProposalFacts:
    """待同意的登记: somebody who is to watch, proposed by the centre; until a second person consents, nobody."""

    id: int
    login: str
    name: str
    seat: NewSeat
    proposed_by: str
    proposed_at: datetime
    until: datetime
    is_settled: bool


@dataclass(frozen=True)
class PersonFacts:
    """人员."""

    id: str
    name: str


@dataclass(frozen=True)
class MembershipFacts:
    """任职身份: for whom, in which role and region a person may act."""

    id: int
    person: str
    person_name: str
    organisation: CreditCode | None
    role: Role
    region: RegionCode
    granted_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True)
class CertificateFacts:
    """数字证书. `fingerprint` is the SHA-256 of the whole certificate in hex; `holder` the subject's name."""

    fingerprint: str
    holder: str
    organisation: CreditCode | None
    issuer: str
    certificate_pem: bytes
    public_key_pem: bytes
    valid_from: datetime
    valid_to: datetime
    person: str = ""
    bound_at: datetime | None = None
    revoked_at: datetime | None = None

    @property
    def tail(self) -> str:
        """尾号: the last four digits, by which people tell their certificates apart."""
        return self.fingerprint[-4:].upper()


@dataclass(frozen=True)
class BindingFacts:
    """待同意的证书绑定: to the account of somebody who watches; until a second person consents it opens nothing."""

    id: int
    person: str
    name: str
    region: RegionCode
    holder: str
    fingerprint: str
    proposed_by: str
    proposed_at: datetime
    until: datetime
    is_settled: bool


@dataclass(frozen=True)
class SessionFacts:
    """登录会话: who is signed in, as whom, and what else they may choose."""

    person: PersonFacts
    memberships: tuple[MembershipFacts, ...]
    current: MembershipFacts
    opened_at: datetime
    seen_at: datetime


@dataclass(frozen=True)
class Provider:
    """证书服务. `read(pem, roots)` gives what a certificate says, or raises Refused with every reason."""

    code: str
    name: str
    read: Callable[[bytes, Sequence[bytes]], CertificateFacts]
