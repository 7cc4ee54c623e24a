"""投标文件封套的读取: packages in the vault, checked before they count."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import BinaryIO, cast

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.sealing import envelope, package
from ggzy.foundation.sealing.manifest import Manifest, check_manifest
from ggzy.foundation.sealing.plan import OpeningPlan
from ggzy.foundation.vault import queries as vault
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.trading.tendering.events import PartFacts


@dataclass(frozen=True)
class Envelope:
    """核验过的封套: what the manifest says. Signature, plan, shape and every chunk have been checked."""

    package: str
    bytes: int
    manifest: str
    bid: str
    gen: int
    prev: str | None
    plan: str
    documents: str
    parts: tuple[PartFacts, ...]


@lru_cache(maxsize=64)
def plan_of(text: bytes) -> OpeningPlan:
    """开标方案, read once per text."""
    return OpeningPlan.read(text)


@contextmanager
def opened(digest: str) -> Iterator[package.Package]:
    """打开一份投标文件包; its chunks can be read inside the block. Raises Refused for anything else."""
    with vault.open_file(digest) as file:
        yield package.open_package(cast(BinaryIO, file))


def manifest(digest: str) -> Manifest:
    """投标文件清单 of a package."""
    with opened(digest) as held:
        return held.manifest


def check(digest: str, plan: bytes, bidder: CreditCode, at: datetime) -> Envelope:
    """封套核验 (trust §8.2): all that can be checked outside the lock. Raises Refused with every reason."""
    with opened(digest) as held:
        known = plan_of(plan)
        verdict = check_manifest(held.manifest_bytes, held.signature, held.certificate, known)
        verdict.require()
        for part in held.manifest.parts:
            verdict &= envelope.check_chunks(held.manifest, part.id, held.chunks)
        verdict &= _signer(held.manifest, bidder, at)
        verdict.require()
        said = held.manifest
        return Envelope(
            package=digest,
            bytes=held.size,
            manifest=said.digest,
            bid=said.bid,
            gen=said.gen,
            prev=said.prev,
            plan=said.plan,
            documents=said.documents,
            parts=tuple(PartFacts(part.id, part.root, part.size) for part in said.parts),
        )


def _signer(said: Manifest, bidder: CreditCode, at: datetime) -> Verdict:
    bound = {held.fingerprint for held in identity.certificates(at, party=bidder)}
    return judge(
        [
            (
                said.bidder.org == bidder,
                Reason("other_bidder", "投标文件由另一单位签名，请以该单位的身份递交"),
            ),
            (
                said.bidder.cert in bound,
                Reason(
                    "certificate",
                    "签名证书没有绑定到本单位，或者已经过期、停用",
                    "电子签名法 §13",
                    "请在“证书”页绑定有效证书后重新加密",
                ),
            ),
        ]
    )
