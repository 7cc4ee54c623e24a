"""A small journal of the tests: streams, one tree, and heads signed by a throwaway key."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from ggzy.foundation.sealing import suites
from ggzy.foundation.sealing.case import Case, CaseEntry, CaseStream, Trust
from ggzy.foundation.sealing.envelope import Sealed
from ggzy.foundation.sealing.plan import OpeningPlan
from ggzy.foundation.sealing.signing import Throwaway
from ggzy.kernel import canon, chain, merkle
from ggzy.kernel.digest import function
from ggzy.kernel.events import instant_text
from ggzy.kernel.note import Checkpoint, LogProof
from tests.sealing.cast import DEADLINE, LOT, PLAN

HASHER = function("sha256")


@dataclass(frozen=True)
class Entry:
    """One entry, as the journal discloses it."""

    stream: str
    seq: int
    at: datetime
    nonce: bytes
    event: bytes
    link: bytes
    index: int


class Log:
    """Appends facts; gives streams with proofs."""

    def __init__(self, origin: str = "example.org/log") -> None:
        self.signer = Throwaway(origin)
        self.origin = origin
        self.entries: list[Entry] = []

    @property
    def trust(self) -> Trust:
        return Trust(self.signer.keys().log)

    def add(self, stream: str, kind: str, at: datetime, body: Mapping[str, object]) -> None:
        mine = [entry for entry in self.entries if entry.stream == stream]
        event = canon.dumps({"v": 1, "stream": stream, "type": kind, "body": dict(body)})
        nonce = suites.fresh()
        link = chain.link(
            subject=stream,
            seq=len(mine) + 1,
            at=at,
            previous=mine[-1].link if mine else chain.start(stream, HASHER),
            commitment=chain.commitment(nonce, event, HASHER),
            hasher=HASHER,
        )
        self.entries.append(Entry(stream, len(mine) + 1, at, nonce, event, link, len(self.entries)))

    def stream(self, name: str) -> CaseStream:
        leaves = [merkle.leaf_hash(chain.leaf(entry.link)) for entry in self.entries]
        mine = [entry for entry in self.entries if entry.stream == name]
        head = self.signer.head(Checkpoint(self.origin, len(leaves), merkle.root(leaves)), ())
        path = merkle.inclusion(mine[-1].index, len(leaves), merkle.nodes_of(leaves))
        told = tuple(CaseEntry(entry.seq, entry.at, entry.nonce, entry.event.decode()) for entry in mine)
        return CaseStream(name, told, str(LogProof(mine[-1].index, path, head)))


def a_log(bids: list[Sealed], *, closed: bool = True, at: datetime = DEADLINE) -> Log:
    """The journal of a tender with these bids."""
    log = Log()
    log.add(f"lot/{LOT}", "lot.registered", DEADLINE - timedelta(days=30), {"lot": LOT})
    for place, sealed in enumerate(bids):
        submit(log, sealed, DEADLINE - timedelta(days=1) + timedelta(minutes=place))
    if closed:
        close(log, at)
    return log


def submit(log: Log, sealed: Sealed, at: datetime) -> None:
    manifest = sealed.manifest
    body = {"lot": LOT, "round": 1, "bid": manifest.bid, "gen": manifest.gen, "manifest": manifest.digest}
    log.add(f"lot/{LOT}/1/bids", "bid.submitted", at, body)


def withdraw(log: Log, sealed: Sealed, at: datetime) -> None:
    body = {"lot": LOT, "round": 1, "bid": sealed.manifest.bid}
    log.add(f"lot/{LOT}/1/bids", "bid.withdrawn", at, body)


def close(log: Log, at: datetime, deadline: datetime = DEADLINE) -> None:
    body = {"lot": LOT, "round": 1, "deadline": instant_text(deadline)}
    log.add(f"lot/{LOT}/1/bids", "bidding.closed", at, body)


def a_case(log: Log, bids: list[Sealed], *, plan: OpeningPlan = PLAN, stage: str = "open-1") -> Case:
    """What an honest platform hands to a custodian."""
    return Case(
        plan=plan,
        stage=stage,
        bids=log.stream(f"lot/{LOT}/1/bids"),
        lifecycle=log.stream(f"lot/{LOT}"),
        opening_set=tuple(sealed.manifest.bid for sealed in bids),
        manifests=tuple(sealed.manifest_bytes for sealed in bids),
    )
