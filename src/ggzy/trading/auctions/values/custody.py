"""报价密钥的保管: who holds the shares that open sealed offers, and what they hand over."""

from dataclasses import dataclass

PART, STAGE = "offer", "unsealing"
"""The one part of a sealed offer, and the stage at which it opens."""


@dataclass(frozen=True)
class OfferShare:
    """一份已释放的密钥份额: the record of one sealed offer, by the digest of its manifest."""

    manifest: str
    record: bytes
