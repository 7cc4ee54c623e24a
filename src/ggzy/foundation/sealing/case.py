"""开标案 (trust §9.4): what a custodian's own tool must see before it releases one share.

The platform hands the case over; the tool believes none of it, recomputes the chains and asks its own
clock and its own pinned keys.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from ggzy.foundation.sealing.manifest import Manifest
from ggzy.foundation.sealing.plan import OpeningPlan
from ggzy.foundation.sealing.signing import check as check_signature
from ggzy.kernel import canon, chain, events, merkle
from ggzy.kernel.digest import Hash, function
from ggzy.kernel.note import Checkpoint, LogProof, VerifierKey
from ggzy.kernel.verdict import Reason, Refused, Verdict, judge

SUBMITTED, WITHDRAWN, CLOSED = "bid.submitted", "bid.withdrawn", "bidding.closed"
SEALED, BEGAN, UNSEALING = "offer.sealed", "phase.began", "unsealing"
TERMINATED = "lot.terminated"
STOPS = {"lot.suspended": True, "lot.resumed": False}


@dataclass(frozen=True)
class Trust:
    """可信名单: what the custodian has pinned: the log's key, and the log's hash algorithm."""

    log: VerifierKey
    algorithm: str = "sha256"

    @property
    def hasher(self) -> Hash:
        """The log's hash function."""
        return function(self.algorithm)


@dataclass(frozen=True)
class CaseEntry:
    """一条留痕. `event` is its canonical text, `nonce` what its commitment was salted with."""

    seq: int
    at: datetime
    nonce: bytes
    event: str

    def said(self) -> dict[str, Any]:
        """The event; ValueError when it is not canonical."""
        value = canon.loads(self.event.encode())
        if not isinstance(value, dict) or not isinstance(value.get("body"), dict):
            raise ValueError("an event is an object with a body")
        return value


@dataclass(frozen=True)
class CaseStream:
    """一个流, whole: its entries from the first, and a proof (C2SP tlog-proof) of the last one's place."""

    stream: str
    entries: tuple[CaseEntry, ...]
    proof: str


@dataclass(frozen=True)
class Case:
    """开标案. `opening_set` names the bids that are to open, `manifests` are their canonical bytes."""

    plan: OpeningPlan
    stage: str
    bids: CaseStream
    lifecycle: CaseStream
    opening_set: tuple[str, ...]
    manifests: tuple[bytes, ...]
    fmt: Literal["ggzy.custody.case/1"] = "ggzy.custody.case/1"

    def encoded(self) -> bytes:
        """As it is sent. Not one canonical object: a thousand manifests are larger than one may be."""
        return json.dumps(events.body(self), ensure_ascii=False, sort_keys=True).encode()

    @classmethod
    def read(cls, encoded: bytes) -> "Case":
        """Raises Refused unless it is a case."""
        try:
            return events.restore(cls, json.loads(encoded))
        except (ValueError, RecursionError):
            raise Refused([Reason("not_a_case", "平台给出的开标资料无法识别")]) from None

    @property
    def names(self) -> tuple[str, str]:
        """The streams a case of this plan must show: the lot's own, and that of its bids."""
        lot, round = self.plan.lot, self.plan.round
        return f"lot/{lot}", f"lot/{lot}/{round}/{'offers' if self.is_auction else 'bids'}"

    @property
    def is_auction(self) -> bool:
        """一次报价: the plan opens what was sealed in an auction room, when the room waits for it."""
        return any(stage.after == BEGAN for stage in self.plan.stages)


def may_release(case: Case, trust: Trust, at: datetime) -> Verdict:
    """释放份额的条件 (trust §9.4), at this moment of the custodian's own clock. Every reason against."""
    return Verdict(tuple(_reasons(case, trust, at)))


def opening_set(case: Case) -> dict[str, str]:
    """开标名单, folded from the bids' own stream: bid → digest of its last manifest.

    In a room the paddle stands for the bid, and a round of offers begins with its phase.
    """
    live: dict[str, str] = {}
    if case.is_auction:
        for entry in case.bids.entries:
            said = entry.said()
            if said["type"] == SEALED:
                live[str(said["body"]["paddle"])] = str(said["body"]["digest"])
            elif said["type"] == BEGAN and said["body"]["phase"] != UNSEALING:
                live.clear()
        return live
    for entry in case.bids.entries:
        said = entry.said()
        body = said["body"]
        if said["type"] == SUBMITTED:
            live[str(body["bid"])] = str(body["manifest"])
        elif said["type"] == WITHDRAWN:
            live.pop(str(body["bid"]), None)
    return live


def _reasons(case: Case, trust: Trust, at: datetime) -> Iterator[Reason]:
    lifecycle, bids = case.names
    for stream, name in ((case.lifecycle, lifecycle), (case.bids, bids)):
        broken = _why_not_true(stream, name, trust)
        if broken is not None:
            yield Reason("journal", f"留痕“{name}”不可信：{broken}")
            return
    try:
        yield from _check_moment(case, at).reasons
        yield from _check_set(case).reasons
    except (ValueError, KeyError, TypeError) as error:
        yield Reason("event_form", f"留痕的内容无法识别：{error}")


def _why_not_true(stream: CaseStream, name: str, trust: Trust) -> str | None:
    """None if the stream is dense, chained, and its last link lies under a head of the pinned log."""
    if stream.stream != name or not stream.entries:
        return "给出的不是这个流"
    hasher, link = trust.hasher, chain.start(name, trust.hasher)
    for number, entry in enumerate(stream.entries, start=1):
        if entry.seq != number:
            return f"第 {number} 条缺失"
        commitment = chain.commitment(entry.nonce, entry.event.encode(), hasher)
        link = chain.link(
            subject=name, seq=number, at=entry.at, previous=link, commitment=commitment, hasher=hasher
        )
    try:
        proof = LogProof.parse(stream.proof)
        head = Checkpoint.parse(proof.checkpoint.text)
    except ValueError:
        return "存证证明无法识别"
    if head.origin != trust.log.name or not proof.checkpoint.is_signed_by(trust.log, check_signature):
        return "存证点不是由可信的平台密钥签名的"
    leaf = merkle.leaf_hash(chain.leaf(link), hasher)
    if not merkle.verify_inclusion(leaf, proof.index, head.size, proof.hashes, head.root, hasher=hasher):
        return "最后一条不在存证点之下"
    return None


def _check_moment(case: Case, at: datetime) -> Verdict:
    """Closed, the deadline past by the custodian's own clock, nothing suspended, the stage's turn."""
    if case.is_auction:
        return _check_room(case, at)
    said = [entry.said() for entry in case.bids.entries]
    types = [event["type"] for event in said]
    history = [str(entry.said()["type"]) for entry in case.lifecycle.entries]
    is_closed = types.count(CLOSED) == 1 and types[-1] == CLOSED
    if not is_closed:
        return Verdict((Reason("not_closed", "投标尚未截止"),))
    deadline = events.instant_of(said[-1]["body"]["deadline"])
    stops = [STOPS[kind] for kind in history if kind in STOPS]
    after = {stage.id: stage.after for stage in case.plan.stages}.get(case.stage)
    return judge(
        [
            (deadline >= case.plan.deadline, Reason("early_close", "投标在公告的截止时间之前就已截止")),
            (at >= deadline, Reason("too_early", "按本机时钟，投标截止时间未到")),
            (case.bids.entries[-1].at >= deadline, Reason("early_close", "截止的留痕早于截止时间")),
            (TERMINATED not in history, Reason("terminated", "项目已终止")),
            (not stops or not stops[-1], Reason("suspended", "项目处于暂停状态")),
            (after in (*types, *history), Reason("stage_not_due", "尚未到这个开标阶段")),
        ]
    )


def _check_room(case: Case, at: datetime) -> Verdict:
    """The room waits for its sealed offers to be opened, since a moment that has come by the own clock."""
    phases = [entry.said()["body"] for entry in case.bids.entries if entry.said()["type"] == BEGAN]
    if not phases or phases[-1]["phase"] != UNSEALING:
        return Verdict((Reason("not_closed", "报价尚未截止，或者已经开启"),))
    began = events.instant_of(phases[-1]["at"])
    history = [str(entry.said()["type"]) for entry in case.lifecycle.entries]
    stops = [STOPS[kind] for kind in history if kind in STOPS]
    return judge(
        [
            (began >= case.plan.deadline, Reason("early_close", "报价在公告的截止时间之前就已截止")),
            (at >= began, Reason("too_early", "按本机时钟，报价截止时间未到")),
            (TERMINATED not in history, Reason("terminated", "项目已终止")),
            (not stops or not stops[-1], Reason("suspended", "项目处于暂停状态")),
        ]
    )


def _check_set(case: Case) -> Verdict:
    """The set that is to open is the one the stream gives, large enough, and sealed to this plan."""
    live = opening_set(case)
    manifests = {manifest.bid: manifest for manifest in map(Manifest.read, case.manifests)}
    bids, told = set(live), {bid: manifest.digest for bid, manifest in manifests.items()}
    if case.is_auction:
        # Who names a file that never came cannot keep the others shut: what is there must be what was named.
        bids = set(manifests)
        live = told if set(told.values()) <= set(live.values()) else live
    return judge(
        [
            (
                len(live) >= case.plan.min_bids,
                Reason(
                    "too_few_bids",
                    f"投标人少于 {case.plan.min_bids} 个，不得开标，投标文件原封退回",
                    "招标投标法 §28",
                ),
            ),
            (
                len(case.opening_set) == len(bids) and set(case.opening_set) == bids,
                Reason("other_set", "开标名单与投标留痕不符"),
            ),
            (
                len(case.manifests) == len(bids) and told == live,
                Reason("other_manifests", "投标文件清单与投标留痕不符"),
            ),
            (
                all(_is_sealed_to(manifest, case.plan) for manifest in manifests.values()),
                Reason("other_plan", "有的投标文件不是按这个开标方案加密的"),
            ),
        ]
    )


def _is_sealed_to(manifest: Manifest, plan: OpeningPlan) -> bool:
    return (manifest.lot, manifest.round, manifest.plan) == (plan.lot, plan.round, plan.digest)
