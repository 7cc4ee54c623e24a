"""名单的值: lists of serious breaches, each entry from its proposal to its end."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.instants import end_of_day
from ggzy.registers.credit.values.effects import LawSource
from ggzy.registers.credit.values.records import Ban, Decision, Scope


class ListState(StrEnum):
    """名单状态."""

    PROPOSED = "proposed"  # 拟列入
    NOTICED = "noticed"  # 已告知: the subject may be heard
    DECIDED = "decided"  # 已决定
    PUBLISHED = "published"  # 已公布
    REPAIRED = "repaired"  # 已修复
    EXPIRED = "expired"  # 已届满
    WITHDRAWN = "withdrawn"  # 已撤销

    @property
    def label(self) -> str:
        return LIST_LABELS[self]

    @property
    def is_over(self) -> bool:
        """移出: neither shown nor used any more."""
        return self in (ListState.REPAIRED, ListState.EXPIRED, ListState.WITHDRAWN)


LIST_LABELS = {
    ListState.PROPOSED: "拟列入",
    ListState.NOTICED: "已告知，听取意见",
    ListState.DECIDED: "已决定，待公布",
    ListState.PUBLISHED: "公布中",
    ListState.REPAIRED: "已修复移出",
    ListState.EXPIRED: "届满移出",
    ListState.WITHDRAWN: "已撤销",
}


@dataclass(frozen=True)
class Blacklist:
    """一种名单: who decides, on which article, for how many months, and what it shuts out of.

    `scope` None means that the list warns but shuts out of nothing; `hearing_days` are working days.
    """

    code: str
    name: str
    authority: str
    article: str
    months_max: int
    hearing_days: int
    scope: Scope | None
    source: LawSource
    article_bar: str = ""


@dataclass(frozen=True)
class NewListing:
    """拟列入名单: the facts that speak for it. The subject need not be registered here."""

    party: CreditCode
    name: str
    list: str
    reason: str


@dataclass(frozen=True)
class Listing:
    """名单条目. `start` and `end` are both included; None until it is published."""

    code: str
    party: CreditCode
    name: str
    list: str
    reason: str
    state: ListState
    proposed_at: datetime
    hear_until: date | None = None
    plea: str = ""
    decision: Decision | None = None
    answer: str = ""
    start: date | None = None
    end: date | None = None
    published_at: datetime | None = None
    ended_at: datetime | None = None
    ended_why: str = ""

    def is_in_force(self, at: datetime) -> bool:
        """公布中: from its publication to the end of its last day, unless it ended before."""
        return (
            self.published_at is not None
            and self.end is not None
            and self.published_at <= at < end_of_day(self.end)
            and (self.ended_at is None or at < self.ended_at)
        )

    def as_ban(self, kind: Blacklist) -> Ban | None:
        """名单所带的市场禁入; None where the list shuts out of nothing, or before it is published."""
        if kind.scope is None or self.decision is None or self.start is None or self.end is None:
            return None
        assert self.published_at is not None, "published together with its days"
        decided = Decision(
            self.decision.authority, self.decision.document, kind.article_bar, self.decision.decided_on
        )
        return Ban(
            code=self.code,
            party=self.party,
            name=self.name,
            ground=self.list,
            scope=kind.scope,
            region=RegionCode.COUNTRY,
            start=self.start,
            end=self.end,
            decision=decided,
            imposed_at=self.published_at,
            lifted_at=self.ended_at,
        )
