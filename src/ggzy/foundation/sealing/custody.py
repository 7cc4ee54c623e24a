"""密钥保管 (trust §7.6, §9): shares of a part's key, dealt by the bidder, released by the custodians.

A record holds the share, a blind so that its hash says nothing, and the part it belongs to.
"""

from ggzy.foundation.sealing import suites
from ggzy.foundation.sealing.manifest import SHARE_BYTES, Manifest, SealedShare
from ggzy.foundation.sealing.plan import OpeningPlan
from ggzy.foundation.sealing.suites import Suite
from ggzy.kernel import shamir
from ggzy.kernel.verdict import Reason, Refused, Verdict, judge

RECORD = b"ggzy.share/1"
VERSION = 1
BLIND_BYTES = 16
MARK_BYTES = 16


def deal(suite: Suite, plan: OpeningPlan, secret: bytes, ctx: bytes) -> tuple[SealedShare, ...]:
    """分割密钥: one record for each custodian, encrypted to its key for this tender."""
    shares = shamir.split(secret, plan.threshold, len(plan.custodians), random=suites.fresh)
    return tuple(
        _sealed(suite, custodian.x, custodian.pub, shares[custodian.x], ctx) for custodian in plan.custodians
    )


def release(manifest: Manifest, part: str, x: int, private_key: bytes) -> bytes:
    """取出一份份额: the record m_x, decrypted with the custodian's key (PKCS#8) and checked.

    Raises Refused when it cannot be read or is not the one the manifest names. What must be true before
    a custodian may do this is `case.may_release`.
    """
    shares = {share.x: share for share in manifest.part(part).shares}
    if x not in shares:
        raise Refused([Reason("no_share", f"分册“{part}”没有第 {x} 位保管人的份额")])
    try:
        ctx = manifest.context(part)
        record = suites.suite(manifest.suite).unwrap(private_key, shares[x].ct, ctx)
    except suites.Unreadable:
        text = f"分册“{part}”的份额无法用本保管人的密钥解开"
        raise Refused([Reason("unreadable_share", text)]) from None
    check_share(manifest, part, record).require()
    return record


def check_share(manifest: Manifest, part: str, record: bytes) -> Verdict:
    """核验份额: well-formed, of this very part, and under the hash in the manifest."""
    ctx = manifest.context(part)
    if len(record) != SHARE_BYTES or record[0] != VERSION:
        return Verdict((Reason("share_form", "份额格式不正确"),))
    known = {share.x: share.h for share in manifest.part(part).shares}
    found = record_hash(suites.suite(manifest.suite), record)
    return judge(
        [
            (record[-MARK_BYTES:] == ctx[:MARK_BYTES], Reason("share_context", "份额不属于这个分册")),
            (known.get(record[1]) == found, Reason("share_hash", "份额与清单中的校验值不符")),
        ]
    )


def record_hash(suite: Suite, record: bytes) -> str:
    """份额记录的校验值: 64 hex digits."""
    return suite.hash(RECORD + record).hex()


def _sealed(suite: Suite, x: int, public_key: bytes, share: bytes, ctx: bytes) -> SealedShare:
    record = bytes([VERSION, x]) + share + suites.fresh(BLIND_BYTES) + ctx[:MARK_BYTES]
    return SealedShare(x, record_hash(suite, record), suite.wrap(public_key, record, ctx))
