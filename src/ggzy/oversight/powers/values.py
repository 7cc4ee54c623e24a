"""权责清单和查阅的值: what a supervisor may do, and what was read."""

from dataclasses import dataclass
from datetime import datetime

from ggzy.kernel.codes import CreditCode, RegionCode

POWER_KINDS = {
    "filing": "备案接收",
    "supervision": "监督",
    "order": "责令",
    "complaint": "投诉举报处理",
    "penalty": "行政处罚",
    "inspection": "监督检查",
    "reading": "查阅调取",
}


@dataclass(frozen=True)
class Remit:
    """监督分工, as it binds one person: the branches of its authority, none where it supervises all or nothing
    binds it; and of everybody who supervises, where, and which branches.
    """

    organisation: CreditCode | None = None
    branches: frozenset[str] = frozenset()
    serving: tuple[tuple[RegionCode, frozenset[str]], ...] = ()


UNBOUND = Remit()


@dataclass(frozen=True)
class Power:
    """权责事项: one row of the list, with the commands, permissions and facts that are bound to it."""

    code: str
    item: str
    kind: str
    authority: str
    basis: str
    step: str
    trigger: str
    limit: str
    forms: tuple[str, ...]
    result: str
    public: bool
    post: str
    permissions: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    against: tuple[str, ...] = ()

    @property
    def kind_label(self) -> str:
        return POWER_KINDS[self.kind]


@dataclass(frozen=True)
class Reading:
    """一次查阅: who read what, for which reason, and whom it concerns."""

    what: str
    title: str
    person: str
    organisation: str
    role: str
    reason: str
    at: datetime
    height: int
    concerning: tuple[CreditCode, ...]
