"""申请的值: what a party says against an entry, and that it has put the matter right."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ggzy.kernel.codes import CreditCode


class AppealKind(StrEnum):
    """申请种类."""

    OBJECTION = "objection"  # 信用信息异议
    REPAIR = "repair"  # 信用修复

    @property
    def label(self) -> str:
        return {"objection": "信用信息异议", "repair": "信用修复申请"}[self.value]


class AppealState(StrEnum):
    """申请状态."""

    OPEN = "open"  # 核实中
    KEPT = "kept"  # 维持
    CORRECTED = "corrected"  # 已更正
    WITHDRAWN = "withdrawn"  # 已撤销该信息
    GRANTED = "granted"  # 准予修复
    DENIED = "denied"  # 不予修复

    @property
    def label(self) -> str:
        return APPEAL_LABELS[self]


APPEAL_LABELS = {
    AppealState.OPEN: "核实中",
    AppealState.KEPT: "核实后维持",
    AppealState.CORRECTED: "核实后更正",
    AppealState.WITHDRAWN: "核实后撤销该信息",
    AppealState.GRANTED: "准予修复",
    AppealState.DENIED: "不予修复",
}


@dataclass(frozen=True)
class Appeal:
    """异议 or 修复申请 about one entry. `due_on` is the last day of the check."""

    code: str
    kind: AppealKind
    party: CreditCode
    entry: str
    text: str
    filed_at: datetime
    due_on: date
    state: AppealState
    answer: str = ""
    decided_at: datetime | None = None
    is_late: bool = False


@dataclass(frozen=True)
class Correction:
    """更正: what the record says from now on."""

    title: str
    text: str
