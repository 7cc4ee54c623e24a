"""权责清单的值: what a supervisor may do, and each time it was done."""

from dataclasses import dataclass
from datetime import datetime

from ggzy.kernel.codes import CreditCode, LotCode, RegionCode

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
class Exercise:
    """监管事项办理 (数据集 400): one exercise of a power, read off the fact it left."""

    power: str
    item: str
    basis: str
    step: str
    lot: LotCode | None
    lot_title: str
    region: RegionCode
    authority: str
    person: str
    opinion: str
    is_passed: bool
    is_public: bool
    at: datetime
    kind: str
    height: int
    organisation: CreditCode | None = None
