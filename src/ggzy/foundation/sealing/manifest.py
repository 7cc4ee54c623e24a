"""投标文件清单 (trust §7.6): what is sealed, under which check values, signed by the bidder.

Canonical bytes; a manifest that an encoder would write in any other way is no manifest.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Literal

from ggzy.foundation.sealing import suites
from ggzy.foundation.sealing.container import chunk_count, container_bytes
from ggzy.foundation.sealing.derivation import Derivation, Place
from ggzy.foundation.sealing.plan import OpeningPlan
from ggzy.kernel import canon, events
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.digest import digest
from ggzy.kernel.verdict import Reason, Verdict, judge

SIGNED = b"ggzy.sbe/1 manifest\n"
BID = re.compile(r"[0-9A-Za-z_-]{1,64}")
HASH = re.compile(r"[0-9a-f]{64}")
SHARE_BYTES = 66
SECRET = suites.SECRET_BYTES


@dataclass(frozen=True)
class SealedShare:
    """密钥份额的密文: for custodian x; `h` is the hash of the record inside."""

    x: int
    h: str
    ct: bytes


@dataclass(frozen=True)
class BidderSlot:
    """投标人密钥的保存方式: "file" is the password-wrapped .sbekey kept by the bidder."""

    kind: Literal["file"]


@dataclass(frozen=True)
class SealedPart:
    """已加密的分册. `size` is the bytes of the padded container, `n` its chunks.

    `commit`, `hc` and `hb` are public check values (trust §7.4); `root` covers the ciphertext,
    `plain_commit` hides and binds the plaintext.
    """

    id: str
    stage: str
    size: int
    n: int
    salt: bytes
    commit: bytes
    hc: bytes | None
    hb: bytes | None
    root: str
    plain_commit: str
    shares: tuple[SealedShare, ...]
    bidder_slots: tuple[BidderSlot, ...]


@dataclass(frozen=True)
class Signer:
    """签名的投标人: organisation and fingerprint of its signing certificate."""

    org: CreditCode
    cert: str


@dataclass(frozen=True)
class Client:
    """投标工具: self-declared, kept as evidence."""

    name: str
    version: str
    build: str = ""


@dataclass(frozen=True)
class Manifest:
    """投标文件清单. `prev` is the digest of the manifest this one replaces, None for the first."""

    lot: LotCode
    round: int
    plan: str
    bid: str
    gen: int
    prev: str | None
    documents: str
    bidder: Signer
    parts: tuple[SealedPart, ...]
    client: Client
    made: datetime
    suite: str = "W1"
    fmt: Literal["ggzy.sbe/1"] = "ggzy.sbe/1"

    @classmethod
    def read(cls, encoded: bytes) -> "Manifest":
        """Raises ValueError unless these are the canonical bytes of a manifest."""
        return _read(encoded)

    def encoded(self) -> bytes:
        """规范字节: what is stored and, behind a label, signed."""
        return canon.dumps(events.body(self))

    @property
    def digest(self) -> str:
        """清单摘要."""
        return digest(self.encoded(), suites.suite(self.suite).hash_name)

    def part(self, id: str) -> SealedPart:
        """One part; KeyError if there is none of that name."""
        return {part.id: part for part in self.parts}[id]

    def context(self, part: str) -> bytes:
        """分册的上下文, 32 bytes."""
        place = Place(self.suite, self.lot, self.round, self.plan, self.bid, self.gen, part)
        return place.context(suites.suite(self.suite))

    def derivation(self, part: str) -> Derivation:
        """分册的密钥派生; KeyError for a part this manifest does not have."""
        return Derivation(suites.suite(self.suite), self.part(part).salt, self.context(part))


@lru_cache(maxsize=512)  # one bid's manifest is asked for a dozen times on its way through the opening
def _read(encoded: bytes) -> Manifest:
    manifest = events.restore(Manifest, canon.loads(encoded))
    suites.suite(manifest.suite)
    if manifest.encoded() != encoded:
        raise ValueError("清单缺少字段或写法不规范")
    return manifest


def check_manifest(encoded: bytes, signature: bytes, certificate: bytes, plan: OpeningPlan) -> Verdict:
    """核验清单: format, plan, parts, shares, padding and the bidder's signature.

    `certificate` is PEM. Whether the organisation may use it, and at that moment, is for identity to say.
    """
    try:
        manifest = Manifest.read(encoded)
        mark, key = suites.fingerprint(certificate), suites.certified_key(certificate)
    except ValueError as error:
        return Verdict((Reason("malformed", f"投标文件清单或证书无法识别：{error}"),))
    suite = suites.suite(manifest.suite)
    return judge(
        [
            (manifest.suite == plan.suite, Reason("suite", "投标文件的密码套件与开标方案不符")),
            (
                (manifest.lot, manifest.round) == (plan.lot, plan.round),
                Reason("other_tender", "投标文件是为另一个标段或轮次制作的"),
            ),
            (
                manifest.plan == plan.digest,
                Reason(
                    "other_plan", "投标文件不是按现行开标方案加密的", remedy="请下载最新的开标方案后重新加密"
                ),
            ),
            (BID.fullmatch(manifest.bid) is not None, Reason("bid_id", "投标编号格式不正确")),
            (
                manifest.gen >= 1 and (manifest.gen == 1) == (manifest.prev is None),
                Reason("generation", "投标文件的版次与所替换的前一版不一致"),
            ),
            (manifest.bidder.cert == mark, Reason("other_certificate", "清单所写证书与签名证书不符")),
            (suite.verify(key, SIGNED + encoded, signature), Reason("bad_signature", "投标文件的签名无效")),
            *_check_parts(manifest, plan),
        ]
    )


def _check_parts(manifest: Manifest, plan: OpeningPlan) -> Iterator[tuple[bool, Reason]]:
    wanted = {part.id: part for part in plan.parts}
    ids = [part.id for part in manifest.parts]
    yield ids == list(wanted), Reason("parts", "分册与开标方案要求的不一致：应为" + "、".join(wanted))
    for part in manifest.parts:
        if (planned := wanted.get(part.id)) is None:
            continue
        name = f"分册“{planned.title}”"
        yield part.stage == plan.stage_of(part.id), Reason("stage", f"{name}的开标阶段不正确")
        largest = container_bytes(planned.bytes_max, planned.pad)
        yield (
            0 < part.size <= largest and part.size % planned.pad == 0,
            Reason("size", f"{name}的大小不符合开标方案"),
        )
        yield part.n == chunk_count(part.size), Reason("chunks", f"{name}的分块数与大小不符")
        yield _has_check_values(part, plan), Reason("check_values", f"{name}的校验值不完整")
        yield _has_shares(part, plan), Reason("shares", f"{name}的密钥份额与保管人不一致")


def _has_check_values(part: SealedPart, plan: OpeningPlan) -> bool:
    return (
        len(part.salt) == SECRET
        and len(part.commit) == SECRET
        and (part.hc is not None and len(part.hc) == SECRET if plan.needs_custodians else part.hc is None)
        and (part.hb is not None and len(part.hb) == SECRET if plan.needs_bidder else part.hb is None)
        and HASH.fullmatch(part.root) is not None
        and HASH.fullmatch(part.plain_commit) is not None
        and bool(part.bidder_slots) == plan.needs_bidder
    )


def _has_shares(part: SealedPart, plan: OpeningPlan) -> bool:
    holders = [custodian.x for custodian in plan.custodians] if plan.needs_custodians else []
    size = suites.suite(plan.suite).wrap_bytes + SHARE_BYTES
    return [share.x for share in part.shares] == holders and all(
        len(share.ct) == size and HASH.fullmatch(share.h) for share in part.shares
    )
