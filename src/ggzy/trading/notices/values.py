"""公告的值: what is drafted, what was published, what is found."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib import resources
from types import MappingProxyType
from typing import Literal

from ggzy.kernel.codes import CreditCode, LotCode, RegionCode
from ggzy.kernel.money import Money


@dataclass(frozen=True)
class Item:
    """应载明事项: something a notice must say, and the labels under which it may say it."""

    name: str
    labels: tuple[str, ...]
    article: str
    agency: bool = False


@dataclass(frozen=True)
class Kind:
    """公告种类. Data: see `data/kinds.toml`."""

    code: str
    name: str
    info: str
    group: str
    basis: str
    amends: bool
    items: tuple[Item, ...]
    by_hand: bool = False


@dataclass(frozen=True)
class KeyFact:
    """关键信息: one labelled line of a notice."""

    label: str
    text: str


@dataclass(frozen=True)
class Block:
    """正文段落: a heading with text, a table, or both. The first row of a table is its head."""

    heading: str
    text: str = ""
    table: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Attachment:
    """附件: a file in the vault. `bytes` is its size."""

    name: str
    digest: str
    bytes: int


@dataclass(frozen=True)
class NoticeDraft:
    """公告稿. `amends` is the id of the notice this one corrects."""

    lot: LotCode
    round: int
    kind: str
    title: str
    facts: tuple[KeyFact, ...] = ()
    body: tuple[Block, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    amends: str | None = None


@dataclass(frozen=True)
class Finding:
    """排斥性表述: a phrase that may shut out competitors, where it stands, and the rule it meets."""

    code: str
    phrase: str
    where: str
    text: str
    rule: str


@dataclass(frozen=True)
class Gap:
    """缺项: an item the notice should carry and does not."""

    name: str
    article: str


@dataclass(frozen=True)
class Check:
    """公告检查: what is missing and what may exclude, told before publishing."""

    gaps: tuple[Gap, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Change:
    """前后对照: one entry that differs from the amended notice. Empty text: it was not there."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class NoticeFacts:
    """公告. Immutable; `amended_by` is the next link of the version chain."""

    id: str
    lot: LotCode
    round: int
    number: int
    kind: str
    kind_name: str
    title: str
    facts: tuple[KeyFact, ...]
    body: tuple[Block, ...]
    attachments: tuple[Attachment, ...]
    amends: str | None
    amended_by: str | None
    version: int
    published_at: datetime
    publisher: CreditCode | None
    digest: str
    findings: tuple[Finding, ...]

    def fact(self, label: str) -> str:
        """The text of a labelled line; empty if there is none."""
        return next((fact.text for fact in self.facts if fact.label == label), "")


@dataclass(frozen=True)
class NoticeRow:
    """公告行: what a list shows."""

    id: str
    lot: LotCode
    round: int
    kind: str
    kind_name: str
    title: str
    project_title: str
    owner: CreditCode
    region: RegionCode
    category: str
    nature: str
    method: str
    estimate: Money
    published_at: datetime
    version: int
    is_amended: bool


Order = Literal["newest", "oldest", "amount", "lots"]


@dataclass(frozen=True)
class Wanted:
    """查询条件 of the public search. Dates are days in Beijing, both included; amounts are the lot's estimate.

    The order "lots" is that in which `lots` are named, and newest first within one of them.
    """

    text: str = ""
    kinds: tuple[str, ...] = ()
    group: str = ""
    region: RegionCode | None = None
    category: str = ""
    nature: str = ""
    owner: CreditCode | None = None
    lot: LotCode | None = None
    lots: tuple[LotCode, ...] | None = None
    method: str = ""
    amount_from: Money | None = None
    amount_below: Money | None = None
    since: date | None = None
    until: date | None = None
    order: Order = "newest"


@dataclass(frozen=True)
class Found:
    """查询结果: one page, and how many there are by kind, region, nature, method and owner (the most first)."""

    rows: tuple[NoticeRow, ...]
    total: int
    page: int
    pages: int
    by_kind: tuple[tuple[str, str, int], ...]
    by_region: tuple[tuple[RegionCode, int], ...]
    by_nature: tuple[tuple[str, int], ...] = ()
    by_method: tuple[tuple[str, int], ...] = ()
    by_owner: tuple[tuple[CreditCode, int], ...] = ()


def _read_kinds() -> Mapping[str, Kind]:
    text = resources.files(__package__).joinpath("data/kinds.toml").read_text(encoding="utf-8")
    return MappingProxyType({code: _kind(code, block) for code, block in tomllib.loads(text).items()})


def _kind(code: str, block: dict) -> Kind:
    items = tuple(Item(**{**item, "labels": tuple(item["labels"])}) for item in block.pop("items"))
    return Kind(code=code, items=items, **block)


KINDS: Mapping[str, Kind] = _read_kinds()
"""公告种类, in the order a lot meets them."""
