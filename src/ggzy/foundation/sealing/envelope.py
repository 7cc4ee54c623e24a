"""投标文件的密封 (trust §7): the bidder's tool deals the keys and encrypts; nobody else is trusted.

The bidder knows the bid anyway, so it may deal the shares: no server and no dealer takes part.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ggzy.foundation.sealing import custody, keyfile, suites
from ggzy.foundation.sealing.chunks import CHUNK_BYTES, ChunkStore, MemoryChunks, each
from ggzy.foundation.sealing.container import (
    Root,
    StreamKey,
    blocks,
    chunk_count,
    container_bytes,
    framed,
)
from ggzy.foundation.sealing.derivation import Derivation, Place
from ggzy.foundation.sealing.manifest import (
    SIGNED,
    BidderSlot,
    Client,
    Manifest,
    SealedPart,
    Signer,
)
from ggzy.foundation.sealing.plan import OpeningPlan, PlanPart
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.verdict import Reason, Verdict, judge

CLIENT = Client("ggzy-seal", "1.0.0")


class Payload(Protocol):
    """分册内容: bytes of known number, in pieces of any size."""

    @property
    def size(self) -> int: ...

    def read(self) -> Iterator[bytes]: ...


@dataclass(frozen=True)
class Sealed:
    """已密封的投标文件. `master` is the bidder's secret; `sbekey` keeps it behind the password, if any."""

    manifest: Manifest
    manifest_bytes: bytes
    signature: bytes
    certificate: bytes
    chunks: ChunkStore
    sbekey: bytes | None
    master: bytes


def seal(
    plan: OpeningPlan,
    parts: Mapping[str, bytes | Payload],
    *,
    bid: str,
    gen: int,
    prev: str | None,
    bidder: CreditCode,
    documents: str,
    certificate: bytes,
    signing_key: bytes,
    made: datetime,
    password: str | None = None,
    into: ChunkStore | None = None,
    client: Client = CLIENT,
) -> Sealed:
    """加密投标文件. Chunks go to `into` (memory if None) as they are made.

    `certificate` is PEM, `signing_key` PKCS#8 DER; `prev` the digest of the manifest replaced. Without a
    `password` no .sbekey is made and the caller keeps `master`. Raises Refused for parts the plan does not
    have or that are too large. Basis: 电子招标投标办法 §26.
    """
    may_seal(plan, {id: _size(content) for id, content in parts.items()}).require()
    suite = suites.suite(plan.suite)
    store = MemoryChunks() if into is None else into
    master = suites.fresh()
    sealer = _Sealer(plan, bid, gen, master, store)
    manifest = Manifest(
        lot=plan.lot,
        round=plan.round,
        plan=plan.digest,
        bid=bid,
        gen=gen,
        prev=prev,
        documents=documents,
        bidder=Signer(bidder, suites.fingerprint(certificate)),
        parts=tuple(sealer.part(part, parts[part.id]) for part in plan.parts),
        client=client,
        made=made,
        suite=plan.suite,
    )
    encoded = manifest.encoded()
    signature = suite.sign(signing_key, SIGNED + encoded)
    sbekey = None if password is None else keyfile.lock_master(manifest, master, password)
    return Sealed(manifest, encoded, signature, certificate, store, sbekey, master)


def may_seal(plan: OpeningPlan, sizes: Mapping[str, int]) -> Verdict:
    """密封条件: exactly the parts of the plan, each within its size (bytes)."""
    wanted = {part.id: part for part in plan.parts}
    missing = [part.title for id, part in wanted.items() if id not in sizes]
    unknown = [id for id in sizes if id not in wanted]
    large = [part.title for id, part in wanted.items() if sizes.get(id, 0) > part.bytes_max]
    return judge(
        [
            (not missing, Reason("part_missing", "缺少分册：" + "、".join(missing))),
            (not unknown, Reason("part_unknown", "开标方案没有这些分册：" + "、".join(unknown))),
            (not large, Reason("part_too_large", "分册超过大小上限：" + "、".join(large))),
        ]
    )


def check_chunks(manifest: Manifest, part: str, chunks: ChunkStore) -> Verdict:
    """核验密文分块: all there, of the right length, and under the root in the manifest."""
    sealed = manifest.part(part)
    suite = suites.suite(manifest.suite)
    root = Root(suite)
    is_sized = True
    try:
        for index, chunk in enumerate(each(chunks, part, sealed.n)):
            is_sized &= len(chunk) == chunk_bytes(sealed, index)
            root.add(chunk)
    except KeyError:
        return Verdict((Reason("chunk_missing", f"分册“{part}”的密文不完整"),))
    return judge(
        [
            (is_sized, Reason("chunk_size", f"分册“{part}”的密文长度不正确")),
            (root.value().hex() == sealed.root, Reason("root", f"分册“{part}”的密文与清单不符")),
        ]
    )


def chunk_bytes(part: SealedPart, index: int) -> int:
    """密文分块的长度, bytes: plaintext and tag."""
    return min(CHUNK_BYTES, part.size - index * CHUNK_BYTES) + suites.TAG_BYTES


@dataclass(frozen=True)
class _Sealer:
    """Seals the parts of one generation of a bid under one master secret."""

    plan: OpeningPlan
    bid: str
    gen: int
    master: bytes
    store: ChunkStore

    def part(self, part: PlanPart, content: bytes | Payload) -> SealedPart:
        plan, suite = self.plan, suites.suite(self.plan.suite)
        place = Place(suite.name, plan.lot, plan.round, plan.digest, self.bid, self.gen, part.id)
        keys = Derivation(suite, suites.fresh(), place.context(suite))
        custodians = suites.fresh() if plan.needs_custodians else b""
        own = keys.bidder_secret(self.master) if plan.needs_bidder else b""
        stream, commit = keys.stream(custodians + own)
        plain, cipher = self._encrypt(part, content, stream)
        container = container_bytes(_size(content), part.pad)
        return SealedPart(
            id=part.id,
            stage=plan.stage_of(part.id),
            size=container,
            n=chunk_count(container),
            salt=keys.salt,
            commit=commit,
            hc=keys.custodians_check(custodians) if custodians else None,
            hb=keys.bidder_check(own) if own else None,
            root=cipher.hex(),
            plain_commit=keys.plain_commitment(custodians or own, _size(content), plain),
            shares=custody.deal(suite, plan, custodians, keys.ctx) if custodians else (),
            bidder_slots=(BidderSlot("file"),) if own else (),
        )

    def _encrypt(self, part: PlanPart, content: bytes | Payload, stream: StreamKey) -> tuple[bytes, bytes]:
        """The roots over plaintext and ciphertext; the chunks are in the store."""
        size, plain, cipher = _size(content), Root(stream.suite), Root(stream.suite)
        last = chunk_count(container_bytes(size, part.pad)) - 1
        payload = _counted(blocks(_read(content), size), plain)
        for index, chunk in enumerate(framed(payload, size, part.pad)):
            sealed = stream.seal(index, index == last, chunk)
            cipher.add(sealed)
            self.store.put(part.id, index, sealed)
        return plain.value(), cipher.value()


def _counted(payload: Iterator[bytes], root: Root) -> Iterator[bytes]:
    for block in payload:
        root.add(block)
        yield block


def _size(content: bytes | Payload) -> int:
    return len(content) if isinstance(content, bytes) else content.size


def _read(content: bytes | Payload) -> Iterator[bytes]:
    return iter((content,)) if isinstance(content, bytes) else content.read()
