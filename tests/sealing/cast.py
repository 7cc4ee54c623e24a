"""The cast of the sealing tests: a tender with five custodians, and bidders with certificates."""

from collections.abc import Mapping
from datetime import UTC, datetime

from ggzy.foundation.identity.providers import software
from ggzy.foundation.sealing import envelope, plan, suites
from ggzy.foundation.sealing.chunks import ChunkStore
from ggzy.foundation.sealing.content import Bundle
from ggzy.foundation.sealing.envelope import Payload, Sealed
from ggzy.foundation.sealing.plan import Custodian, CustodianKind, OpeningPlan, PlanPart, Policy, Stage
from ggzy.kernel.codes import CreditCode, LotCode, RegionCode

MADE = datetime(2026, 1, 20, 2, 0, tzinfo=UTC)
DEADLINE = datetime(2026, 2, 10, 1, 30, tzinfo=UTC)
REGION = RegionCode("110108")
LOT = LotCode.make(
    category="A01",
    platform=CreditCode.make(authority="12", region=REGION, serial=1),
    on=MADE.date(),
    serial=1,
)
SUITE = suites.suite("W1")
KINDS: tuple[CustodianKind, ...] = ("centre", "supervisor", "owner", "notary", "audit")
AUTHORITY = software.found("江州测试证书中心", MADE)
DOCUMENTS = "sha256:" + "d" * 64


class Person:
    """Anyone with a software certificate."""

    def __init__(self, name: str, serial: int) -> None:
        self.name = name
        self.org = CreditCode.make(region=REGION, serial=serial)
        self.certificate, pem = AUTHORITY.issue(name, self.org, MADE)
        self.key = suites.private_from_pem(pem)
        self.who = suites.fingerprint(self.certificate)


class Keeper(Person):
    """A custodian with a key for this tender."""

    def __init__(self, x: int, kind: CustodianKind) -> None:
        super().__init__(f"保管人{x}", 1000 + x)
        self.x, self.kind = x, kind
        self.tender_key = SUITE.new_key()

    def place(self, round: int = 1) -> Custodian:
        public = SUITE.public_of(self.tender_key)
        statement = plan.state_key(LOT, round, self.who, public, self.key)
        return Custodian.of(statement, x=self.x, name=self.name, org=self.org, kind=self.kind)


KEEPERS = tuple(Keeper(x, kind) for x, kind in enumerate(KINDS, start=1))
BIDDER = Person("江州建设集团有限公司", 7)
RIVAL = Person("临江市政工程有限公司", 8)
PARTS = (PlanPart("price", "报价文件", pad=4096, bytes_max=8 * 1024 * 1024),)


def a_plan(
    *, policy: Policy = "KB", parts: tuple[PlanPart, ...] = PARTS, round: int = 1, threshold: int = 3
) -> OpeningPlan:
    """The tender's plan: three of five."""
    return OpeningPlan(
        lot=LOT,
        round=round,
        deadline=DEADLINE,
        min_bids=3,
        stages=(Stage("open-1", "bidding.closed", parts),),
        threshold=threshold,
        custodians=tuple(keeper.place(round) for keeper in KEEPERS),
        policy=policy,
    )


PLAN = a_plan()


def a_bid(
    content: bytes | Bundle | Mapping[str, bytes | Payload] = b"offer",
    *,
    to: OpeningPlan = PLAN,
    by: Person = BIDDER,
    bid: str = "0001",
    password: str | None = None,
    into: ChunkStore | None = None,
) -> Sealed:
    """A sealed bid, by default of the one price part."""
    parts = content if isinstance(content, Mapping) else {"price": content}
    return envelope.seal(
        to,
        parts,
        bid=bid,
        gen=1,
        prev=None,
        bidder=by.org,
        documents=DOCUMENTS,
        certificate=by.certificate,
        signing_key=by.key,
        made=MADE,
        password=password,
        into=into,
    )
