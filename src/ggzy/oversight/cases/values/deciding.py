"""决定程序的值: who proposes, who reviews the law, who decides."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ggzy.kernel.codes import CreditCode
from ggzy.oversight.cases.values.casework import Draft, MeasureKind, Officer, Opinion

__all__ = ["Condition", "Course", "Draft", "Officer", "Opinion", "PostFacts", "PostKind", "Seats"]


class PostKind(StrEnum):
    """岗位."""

    OFFICER = "officer"  # 执法人员
    REVIEWER = "reviewer"  # 法制审核人员
    HEAD = "head"  # 行政机关负责人

    @property
    def label(self) -> str:
        return {"officer": "执法人员", "reviewer": "法制审核人员", "head": "行政机关负责人"}[self.value]


@dataclass(frozen=True)
class PostFacts:
    """岗位任职: of whom, in which authority, on which paper (执法证号、法律职业资格证号、任职文号)."""

    code: str
    person: str
    name: str
    organisation: CreditCode
    kind: PostKind
    paper: str
    since: datetime
    is_ended: bool


@dataclass(frozen=True)
class Condition:
    """法制审核的一种情形. `is_heard` holds by itself once a hearing was held; the others the investigator names."""

    code: str
    words: str
    is_heard: bool = False


@dataclass(frozen=True)
class Course:
    """决定的程序 as the law's file gives it, each step with its article."""

    officers_least: int
    officers_article: str
    conditions: tuple[Condition, ...]
    review_article: str
    discussed: tuple[MeasureKind, ...]
    discussed_fine_yuan: int
    discussed_conditions: tuple[str, ...]
    heads_least: int
    discussion_article: str
    head_article: str


@dataclass(frozen=True)
class Seats:
    """一个人能坐的位置: the posts this person holds in the authority that leads the case, and how many heads
    that authority has who may judge it."""

    person: str
    posts: Collection[PostKind]
    heads: int = 0
