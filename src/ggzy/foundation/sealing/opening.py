"""开标解密 (trust §9.5, §10): from shares and the bidder's secret to the plaintext, or to a finding.

Who caused a failure is evidence, not opinion: each finding says what was observed and what it proves.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import BinaryIO, Literal

from ggzy.foundation.sealing import suites
from ggzy.foundation.sealing.chunks import ChunkStore
from ggzy.foundation.sealing.container import Malformed, Root, Unframer, blocks, pieces
from ggzy.foundation.sealing.custody import check_share
from ggzy.foundation.sealing.envelope import check_chunks
from ggzy.foundation.sealing.manifest import Manifest
from ggzy.kernel import shamir

FindingCode = Literal["F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F10", "F11"]
Attribution = Literal["bidder", "custody", "platform", "undecided"]


@dataclass(frozen=True)
class Finding:
    """认定: one row of the table of trust §10: what it looks like, who caused it, what happens next."""

    code: FindingCode
    text: str
    attribution: Attribution
    next: str


FAILURES: dict[str, Finding] = {
    finding.code: finding
    for finding in (
        Finding("F1", "投标人未在解密时间内交出解密密钥", "bidder", "解密时间届满后，拟视为撤销投标文件"),
        Finding(
            "F2", "投标人交出的解密密钥与投标文件不符", "bidder", "解密时间内可以重试，届满后按补救方案办理"
        ),
        Finding("F3", "一份保管人密钥份额未通过校验", "custody", "改用其他保管人的份额"),
        Finding(
            "F4",
            "解密时间内有效的保管人份额不足",
            "custody",
            "自动延长一次，仍不足的由招标人与监督部门推迟开标",
        ),
        Finding("F5", "份额均有效但合成的密钥不符：投标工具分割密钥有误", "bidder", "按补救方案办理"),
        Finding("F6", "两方密钥均正确但与密钥承诺不符：清单有误", "bidder", "按补救方案办理"),
        Finding("F7", "平台保存的密文与回执不符", "platform", "改用备份，或由投标人重新上传同一密文"),
        Finding("F8", "密文完好但无法解密：密封有误", "bidder", "按补救方案办理"),
        Finding("F9", "明文与清单中的承诺不符：清单有误", "bidder", "按补救方案办理"),
        Finding("F10", "解密时间内平台发生故障", "platform", "计时暂停，恢复后补足剩余时间"),
        Finding("F11", "已解密，但格式或病毒检查未通过", "undecided", "原样保存，由评标委员会认定"),
    )
}


@dataclass(frozen=True)
class Evidence:
    """证据: what was seen, as name and value."""

    name: str
    value: str


@dataclass(frozen=True)
class Opened:
    """已解密. `size` is bytes of plaintext, `plain_root` hex; `findings` what was wrong on the way."""

    part: str
    size: int
    plain_root: str
    findings: tuple["Failure", ...] = ()


@dataclass(frozen=True)
class Failure:
    """未能解密: the finding and its evidence."""

    part: str
    finding: Finding
    evidence: tuple[Evidence, ...] = ()

    @property
    def code(self) -> FindingCode:
        """F1 … F11."""
        return self.finding.code

    @property
    def attribution(self) -> Attribution:
        """Who the evidence says is the cause."""
        return self.finding.attribution

    @property
    def text(self) -> str:
        """In words."""
        return self.finding.text


def open_part(
    manifest: Manifest,
    part: str,
    chunks: ChunkStore,
    *,
    shares: Sequence[bytes],
    bidder_secret: bytes | None,
    threshold: int,
    out: BinaryIO,
) -> Opened | Failure:
    """解密一个分册. Writes the plaintext to `out`; after a Failure what was written is worth nothing.

    `shares` are records m_x as custodians released them, good or bad; `bidder_secret` is S_b of this
    part, None if nothing was released. `threshold` is the plan's.
    """
    secret = join_shares(manifest, part, shares, threshold)
    if isinstance(secret, Failure):
        return secret
    if failure := check_bidder_secret(manifest, part, bidder_secret):
        return failure
    own = bidder_secret if manifest.part(part).hb is not None else b""
    opened = _decrypt(manifest, part, chunks, _Secrets(secret, own or b""), out)
    if isinstance(opened, Failure):
        return opened
    bad = tuple(_bad_share(part, record) for record in shares if not check_share(manifest, part, record).ok)
    return replace(opened, findings=bad)


def check_bidder_secret(manifest: Manifest, part: str, secret: bytes | None) -> Failure | None:
    """核验投标人的解密密钥 against its public check value: F1 when there is none, F2 when it is wrong."""
    sealed = manifest.part(part)
    if sealed.hb is None:
        return None
    if secret is None:
        return Failure(part, FAILURES["F1"])
    found = manifest.derivation(part).bidder_check(secret)
    if suites.is_same(found, sealed.hb):
        return None
    return Failure(part, FAILURES["F2"], (Evidence("hb", sealed.hb.hex()), Evidence("found", found.hex())))


def is_same_plaintext(manifest: Manifest, part: str, secret: bytes, plaintext: BinaryIO, size: int) -> bool:
    """补救核验 (plaintext-match): is this plaintext of `size` bytes the one that was sealed?

    `secret` is S_c (S_b under policy B). Needs no trust in the bidder and gives it no advantage.
    """
    keys = manifest.derivation(part)
    root = Root(keys.suite)
    for block in blocks(pieces(plaintext), size):
        root.add(block)
    return keys.plain_commitment(secret, size, root.value()) == manifest.part(part).plain_commit


def join_shares(manifest: Manifest, part: str, shares: Sequence[bytes], threshold: int) -> bytes | Failure:
    """合成保管人密钥 S_c from any `threshold` good records; F4 or F5 if that cannot be."""
    sealed = manifest.part(part)
    if sealed.hc is None:
        return b""
    held = {record[1]: record[2:34] for record in shares if check_share(manifest, part, record).ok}
    if len(held) < threshold:
        seen = (Evidence("good", str(len(held))), Evidence("needed", str(threshold)))
        return Failure(part, FAILURES["F4"], seen)
    keys = manifest.derivation(part)
    # A cheat may deal shares that do not lie on one line. Whether its bid opens must not hang on which
    # custodians came first, so every choice of them is tried.
    for chosen in combinations(sorted(held), threshold):
        secret = shamir.join({x: held[x] for x in chosen})
        if suites.is_same(keys.custodians_check(secret), sealed.hc):
            return secret
    return Failure(part, FAILURES["F5"], (Evidence("shares", "、".join(map(str, sorted(held)))),))


@dataclass(frozen=True)
class _Secrets:
    custodians: bytes
    bidder: bytes


def _decrypt(
    manifest: Manifest, part: str, chunks: ChunkStore, secrets: _Secrets, out: BinaryIO
) -> Opened | Failure:
    sealed, keys = manifest.part(part), manifest.derivation(part)
    stream, commit = keys.stream(secrets.custodians + secrets.bidder)
    if not suites.is_same(commit, sealed.commit):
        return Failure(part, FAILURES["F6"], (Evidence("commit", commit.hex()),))
    stored = check_chunks(manifest, part, chunks)
    if not stored.ok:
        return Failure(part, FAILURES["F7"], (Evidence("ciphertext", str(stored.reasons[0])),))
    plain = _Plaintext(Root(keys.suite), out)
    unframer = Unframer(plain.write)
    try:
        for index in range(sealed.n):
            unframer.feed(stream.unseal(index, index == sealed.n - 1, chunks.get(part, index)))
        unframer.finish()
    except (suites.Unreadable, Malformed) as error:
        return Failure(part, FAILURES["F8"], (Evidence("error", str(error) or "AEAD"),))
    root = plain.root.value()
    commitment = keys.plain_commitment(secrets.custodians or secrets.bidder, plain.size, root)
    if commitment != sealed.plain_commit:
        return Failure(part, FAILURES["F9"], (Evidence("found", commitment),))
    return Opened(part, plain.size, root.hex())


class _Plaintext:
    """Writes blocks of 1 MiB on, and counts and hashes them as they pass."""

    def __init__(self, root: Root, out: BinaryIO) -> None:
        self.root, self.size, self._out = root, 0, out

    def write(self, block: bytes) -> None:
        self.root.add(block)
        self.size += len(block)
        self._out.write(block)


def _bad_share(part: str, record: bytes) -> Failure:
    holder = str(record[1]) if len(record) > 1 else "?"
    return Failure(part, FAILURES["F3"], (Evidence("x", holder), Evidence("record_bytes", str(len(record)))))
