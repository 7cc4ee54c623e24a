"""异议的值: at which stage, by whom, until when."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.instants import end_of_day


class Stage(StrEnum):
    """异议事项. What is objected to."""

    DOCUMENT = "document"  # 对招标文件的异议
    OPENING = "opening"  # 对开标的异议
    RESULT = "result"  # 对评标结果的异议
    SALE = "sale"  # 对成交结果的异议

    @property
    def label(self) -> str:
        return STAGE_LABELS[self]

    @property
    def article(self) -> str:
        """依据: the article that gives the right and the time to answer."""
        return STAGE_ARTICLES[self]


STAGE_LABELS = {
    Stage.DOCUMENT: "招标文件",
    Stage.OPENING: "开标",
    Stage.RESULT: "评标结果",
    Stage.SALE: "成交结果",
}
STAGE_ARTICLES = {
    Stage.DOCUMENT: "招标投标法实施条例 §22",
    Stage.OPENING: "招标投标法实施条例 §44",
    Stage.RESULT: "招标投标法实施条例 §54",
    Stage.SALE: "交易规则关于成交公示的规定",
}


class ObjectionState(StrEnum):
    """异议状态."""

    PENDING = "pending"  # 待答复
    ANSWERED = "answered"  # 已答复
    WITHDRAWN = "withdrawn"  # 已撤回

    @property
    def label(self) -> str:
        return OBJECTION_LABELS[self]


OBJECTION_LABELS = {
    ObjectionState.PENDING: "待答复",
    ObjectionState.ANSWERED: "已答复",
    ObjectionState.WITHDRAWN: "已撤回",
}


@dataclass(frozen=True)
class WindowFacts:
    """异议期: who may object to what, and until when. `parties` None means any registered bidder.

    `closes` already moved by the time the clock stood still. For the document it is the bid deadline;
    the last day to object lies before it.
    """

    lot: LotCode
    round: int
    stage: Stage
    opens: datetime
    closes: datetime
    parties: frozenset[CreditCode] | None


@dataclass(frozen=True)
class ObjectionFacts:
    """异议. `raised_by` is None for a reader who may not know it yet."""

    id: str
    number: int
    lot: LotCode
    round: int
    stage: Stage
    raised_by: CreditCode | None
    raised_at: datetime
    text: str
    files: tuple[str, ...]
    due_on: date
    state: ObjectionState
    answer: str
    upheld: bool | None
    answered_at: datetime | None
    is_late: bool

    @property
    def due(self) -> datetime:
        """最迟答复时刻: the end of the last day."""
        return end_of_day(self.due_on)
