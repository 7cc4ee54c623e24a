"""双随机抽查的事实. All of them public but a result before its publication."""

from datetime import date

from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.events import Audience, event
from ggzy.oversight.cases.values.checks import Drawn, Finding, Seats

CHECK = "check/{check}"


@event("check.planned", Audience.PUBLIC, subject=CHECK)
class CheckPlanned:
    """抽查计划: pool and tickets are fixed before anybody commits a nonce. `weights` are those of the leaves, or all 1."""

    check: str
    item: str
    region: RegionCode
    authority: str
    request: bytes
    pool_root: bytes
    excluded_root: bytes
    seats: tuple[Seats, ...]
    leaves: tuple[bytes, ...]
    weights: tuple[int, ...] = ()


@event("check.committed", Audience.PUBLIC, subject=CHECK)
class CheckCommitted:
    """随机数承诺."""

    check: str
    party: str
    commitment: bytes


@event("check.closed", Audience.PUBLIC, subject=CHECK)
class CheckClosed:
    """承诺截止."""

    check: str
    parties: tuple[str, ...]


@event("check.revealed", Audience.PUBLIC, subject=CHECK)
class CheckRevealed:
    """随机数公开."""

    check: str
    party: str
    nonce: bytes


@event("check.drawn", Audience.PUBLIC, subject=CHECK)
class CheckDrawn:
    """抽取结果: anyone can run it again."""

    check: str
    head: bytes
    seed: bytes
    drawn: tuple[Drawn, ...]


@event("check.recused", Audience.PUBLIC, subject=CHECK)
class InspectorRecused:
    """检查人员回避: the next lowest ticket takes the place."""

    check: str
    inspector: str
    reason: str
    successor: Drawn


@event("check.recorded", Audience.RESTRICTED, subject=CHECK)
class ResultRecorded:
    """检查结果登记."""

    check: str
    party: CreditCode
    finding: Finding
    text: str
    rectify_by: date | None


@event("check.published", Audience.PUBLIC, subject=CHECK)
class CheckPublished:
    """检查结果公开."""

    check: str
    results: tuple[tuple[CreditCode, Finding], ...]
    is_late: bool


@event("check.rechecked", Audience.PUBLIC, subject=CHECK)
class ResultRechecked:
    """整改复查."""

    check: str
    party: CreditCode
    text: str


@event("check.abandoned", Audience.PUBLIC, subject=CHECK)
class CheckAbandoned:
    """中止抽查, openly."""

    check: str
    reason: str
