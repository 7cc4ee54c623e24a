"""报价密钥的保管: who holds the shares that open sealed offers, and what they hand over."""

from dataclasses import dataclass
from typing import Literal

from ggzy.kernel.codes import CreditCode

HolderKind = Literal["centre", "owner", "supervisor", "notary", "audit", "other"]
PART, STAGE = "offer", "unsealing"
"""The one part of a sealed offer, and the stage at which it opens."""


@dataclass(frozen=True)
class Holder:
    """报价密钥保管人: the `x`-th holder of a share, x from 1. `person` is the account that acts."""

    x: int
    person: str
    name: str
    organisation: CreditCode
    kind: HolderKind


@dataclass(frozen=True)
class Custody:
    """保管方案: any `k` of the holders together, and no fewer, open the offers."""

    k: int
    holders: tuple[Holder, ...]


@dataclass(frozen=True)
class OfferShare:
    """一份已释放的密钥份额: the record of one sealed offer, by the digest of its manifest."""

    manifest: str
    record: bytes
