"""开标方案 (trust §7.2): which parts open at which stage, and who must turn a key for it.

Published with the notice; every sealed bid names the plan's digest, so neither can be changed alone.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ggzy.foundation.sealing import suites
from ggzy.kernel import canon, events
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.digest import digest
from ggzy.kernel.verdict import Reason, Verdict, judge

STATEMENT = b"ggzy.custody.key/1\n"
NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
CUSTODIANS_MAX = 15
MEBIBYTE = 1024 * 1024

Policy = Literal["K", "B", "KB"]  # custodians alone, the bidder alone, both together
CustodianKind = Literal["centre", "owner", "supervisor", "notary", "audit", "other"]


@dataclass(frozen=True)
class PlanPart:
    """分册. The container is padded to a multiple of `pad` bytes; the plaintext is `bytes_max` at most."""

    id: str
    title: str
    pad: int = MEBIBYTE
    bytes_max: int = 2048 * MEBIBYTE


@dataclass(frozen=True)
class Stage:
    """开标阶段. Its parts open once the fact named in `after` stands in the journal."""

    id: str
    after: str
    parts: tuple[PlanPart, ...]


@dataclass(frozen=True)
class KeyStatement:
    """保管人公钥声明: a key made for this tender alone, signed with the custodian's identity key.

    `who` is the fingerprint of the identity certificate.
    """

    lot: LotCode
    round: int
    who: str
    pub: bytes
    sig: bytes = b""

    def message(self) -> bytes:
        """What is signed."""
        said = {name: value for name, value in events.body(self).items() if name != "sig"}
        return STATEMENT + canon.dumps(said)

    def body(self) -> dict[str, object]:
        """As canonical JSON values."""
        return events.body(self)

    @classmethod
    def read(cls, value: object) -> "KeyStatement":
        """Raises ValueError unless it is a statement."""
        return events.restore(cls, value)


@dataclass(frozen=True)
class Custodian:
    """开标密钥保管人: the holder of the x-th share, x from 1, with the key made for this tender."""

    x: int
    who: str
    name: str
    org: CreditCode
    kind: CustodianKind
    pub: bytes
    sig: bytes

    @classmethod
    def of(
        cls, statement: KeyStatement, *, x: int, name: str, org: CreditCode, kind: CustodianKind
    ) -> "Custodian":
        """Takes its place in the plan with the key it has stated."""
        return cls(x, statement.who, name, org, kind, statement.pub, statement.sig)


@dataclass(frozen=True)
class OpeningPlan:
    """开标方案. `deadline` is the one announced; a later one stands in the fact that closes the bidding.

    `threshold` of the custodians together open a part (policies K and KB). Windows are seconds.
    """

    lot: LotCode
    round: int
    deadline: datetime
    min_bids: int
    stages: tuple[Stage, ...]
    threshold: int
    custodians: tuple[Custodian, ...]
    suite: str = "W1"
    policy: Policy = "KB"
    bidder_window_s: int = 1800
    custodian_window_s: int = 1800
    remedy: Literal["plaintext-match", "none"] = "plaintext-match"
    fmt: Literal["ggzy.plan/1"] = "ggzy.plan/1"

    @property
    def parts(self) -> tuple[PlanPart, ...]:
        """所有分册, stage by stage."""
        return tuple(part for stage in self.stages for part in stage.parts)

    @property
    def digest(self) -> str:
        """方案摘要: what every manifest names."""
        return digest(canon.dumps(self.body()), suites.suite(self.suite).hash_name)

    @property
    def needs_custodians(self) -> bool:
        """是否需要保管人."""
        return "K" in self.policy

    @property
    def needs_bidder(self) -> bool:
        """是否需要投标人解密."""
        return "B" in self.policy

    def stage_of(self, part: str) -> str:
        """The stage that opens a part; KeyError for a part the plan does not have."""
        return {known.id: stage.id for stage in self.stages for known in stage.parts}[part]

    def body(self) -> dict[str, object]:
        """As canonical JSON values."""
        return events.body(self)

    @classmethod
    def read(cls, value: object) -> "OpeningPlan":
        """From canonical bytes or from their values. Raises ValueError unless it is a plan."""
        if isinstance(value, bytes):
            value = canon.loads(value)
        plan = events.restore(cls, value)
        suites.suite(plan.suite)
        return plan


def state_key(lot: LotCode, round: int, who: str, pub: bytes, identity_key: bytes) -> KeyStatement:
    """签署公钥声明. `identity_key` is the custodian's own private key, PKCS#8."""
    unsigned = KeyStatement(lot, round, who, pub)
    signature = suites.suite("W1").sign(identity_key, unsigned.message())
    return KeyStatement(lot, round, who, pub, signature)


def check_statement(statement: KeyStatement, certificate: bytes) -> Verdict:
    """核验公钥声明: the key is a key, and the holder of this PEM certificate has signed it."""
    suite = suites.suite("W1")
    key = suites.certified_key(certificate)
    return judge(
        [
            (
                suites.fingerprint(certificate) == statement.who,
                Reason("other_certificate", "公钥声明与保管人的证书不符"),
            ),
            (suite.is_public(statement.pub), Reason("not_a_key", "声明中的公钥无效")),
            (
                suite.verify(key, statement.message(), statement.sig),
                Reason("bad_signature", "公钥声明的签名无效"),
            ),
        ]
    )


def check_custodians(plan: OpeningPlan, certificates: Mapping[str, bytes]) -> Verdict:
    """核验保管人: each key of the plan is signed by a certificate the reader already trusts.

    Without this check whoever runs the server could put keys of his own into the plan.
    """
    verdict = Verdict()
    for custodian in plan.custodians:
        pinned = certificates.get(custodian.who)
        if pinned is None:
            text = f"保管人“{custodian.name}”不在可信名单中"
            verdict &= Verdict((Reason("unknown_custodian", text),))
            continue
        statement = KeyStatement(plan.lot, plan.round, custodian.who, custodian.pub, custodian.sig)
        verdict &= check_statement(statement, pinned)
    return verdict


def may_hold(plan: OpeningPlan) -> Verdict:
    """保管方案条件 (trust §9.1): no organisation, nor centre and owner together, can open alone."""
    if not plan.needs_custodians:
        return Verdict()
    k, custodians = plan.threshold, plan.custodians
    organisations = [custodian.org for custodian in custodians]
    inside = sum(custodian.kind in ("centre", "owner") for custodian in custodians)
    largest = max((organisations.count(org) for org in organisations), default=0)
    numbers = [custodian.x for custodian in custodians]
    return judge(
        [
            (
                2 <= k <= len(custodians) <= CUSTODIANS_MAX,
                Reason("threshold", f"开标密钥需由 2 至 {CUSTODIANS_MAX} 位保管人分持，门限应在此范围内"),
            ),
            (
                numbers == list(range(1, len(custodians) + 1)),
                Reason("numbering", "保管人编号应从 1 起连续"),
            ),
            (largest < k, Reason("one_organisation", f"同一单位持有的份额应少于门限 {k}")),
            (
                inside < k,
                Reason("centre_and_owner", f"交易中心与招标人一方合计持有的份额应少于门限 {k}"),
            ),
            (_are_distinct(c.pub for c in custodians), Reason("shared_key", "两位保管人不能使用同一公钥")),
        ]
    )


def may_plan(plan: OpeningPlan) -> Verdict:
    """开标方案条件: parts and stages are named once, sizes are possible, and custody is lawful."""
    parts = plan.parts
    return judge(
        [
            (bool(parts), Reason("no_parts", "开标方案没有分册")),
            (
                all(NAME.fullmatch(part.id) for part in parts),
                Reason("part_name", "分册代号应以小写字母开头，只含小写字母、数字和连字符"),
            ),
            (_are_distinct(part.id for part in parts), Reason("part_twice", "分册重复")),
            (_are_distinct(stage.id for stage in plan.stages), Reason("stage_twice", "开标阶段重复")),
            (
                all(part.pad > 0 and part.bytes_max > 0 for part in parts),
                Reason("part_size", "分册的填充与大小上限应为正数"),
            ),
        ]
    ) & may_hold(plan)


def _are_distinct(values: Iterable[object]) -> bool:
    listed = list(values)
    return len(set(listed)) == len(listed)
