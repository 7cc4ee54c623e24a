"""留痕的值: what crosses the journal's border."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ggzy.kernel import canon
from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.events import Audience, instant_text
from ggzy.kernel.note import LogProof
from ggzy.kernel.roles import Role

RECEIPT_FORMAT = "ggzy.receipt/1"


@dataclass(frozen=True)
class ActorRef:
    """行为人记录. Who acted, as the fact remembers it."""

    person: str
    organisation: CreditCode | None
    role: Role
    region: RegionCode


@dataclass(frozen=True)
class Fact:
    """事实. One entry with its body; `event` is the frozen value of its kind."""

    height: int
    subject: str
    seq: int
    kind: str
    actor: ActorRef
    at: datetime
    audience: Audience
    event: Any


@dataclass(frozen=True)
class Receipt:
    """回执. Place and chain value of a fact; `signature` is the signed note, "" while the signer is away.

    `code` is private to the holder. The bytes are those of trust design §8.3.
    """

    height: int
    subject: str
    seq: int
    kind: str
    at: datetime
    algorithm: str
    previous: bytes
    chain: bytes
    nonce: bytes
    code: str
    request: str
    signature: str = ""

    @property
    def digest(self) -> str:
        """链值. As people compare it: "sha256:…"."""
        return f"{self.algorithm}:{self.chain.hex()}"

    def text(self) -> str:
        """回执正文. The text that is signed."""
        facts = {
            "stream": self.subject,
            "seq": self.seq,
            "height": self.height,
            "type": self.kind,
            "at": instant_text(self.at),
            "algorithm": self.algorithm,
            "previous": self.previous.hex(),
            "chain": self.chain.hex(),
            "nonce": self.nonce.hex(),
            "request": self.request,
        }
        return f"{RECEIPT_FORMAT}\n{canon.dumps(facts).decode()}\n"


@dataclass(frozen=True)
class ReceiptView:
    """回执查验. A receipt with its fact and, once a head covers it, the proof of its place."""

    receipt: Receipt
    fact: Fact
    proof: LogProof | None

    @property
    def is_proven(self) -> bool:
        """已存证. Whether a signed head covers the fact."""
        return self.proof is not None


@dataclass(frozen=True)
class EntryFacts:
    """留痕条目. The header of an entry: what stays when its body is erased."""

    height: int
    subject: str
    seq: int
    kind: str
    actor: ActorRef
    at: datetime
    audience: Audience
    request: str
    commitment: bytes
    chain: bytes


@dataclass(frozen=True)
class Disclosed:
    """披露条目. One entry with all that is needed to recompute it: trust design §5.2."""

    header: EntryFacts
    previous: bytes | None  # None: the entry before it is not there
    nonce: bytes | None  # None: erased
    event: bytes | None  # None: erased; else the canonical event
    code: str | None  # None: erased


@dataclass(frozen=True)
class Head:
    """存证. One signed checkpoint of the log."""

    size: int
    root: bytes
    note: str
    issued_at: datetime


@dataclass(frozen=True)
class LogFacts:
    """日志. Its name, its algorithm, and whether its time is simulated."""

    origin: str
    algorithm: str
    is_simulated: bool
