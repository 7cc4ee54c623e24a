"""数据接口的形状: what each answer is made of, as the description tells it."""

from datetime import date, datetime
from typing import Any

from ninja import Schema


class Mistake(Schema):
    """错误: what was wrong, in words."""

    message: str
    fields: list[str] = []


class Amount(Schema):
    """金额: `fen` as text, so that no reader rounds it."""

    fen: str
    text: str


class Notice(Schema):
    """公告."""

    id: str
    title: str
    kind: str
    kind_name: str
    lot: str
    round: int
    owner: str
    region: str
    published_at: datetime
    version: int


class Labelled(Schema):
    """一项内容."""

    label: str
    text: str


class File(Schema):
    """附件."""

    name: str
    digest: str
    bytes: int
    url: str


class FullNotice(Schema):
    """公告全文."""

    id: str
    title: str
    kind: str
    kind_name: str
    lot: str
    round: int
    version: int
    published_at: datetime
    amends: str | None
    amended_by: str | None
    digest: str
    facts: list[Labelled]
    body: list[Labelled]
    attachments: list[File]


class Notices(Schema):
    """一页公告."""

    total: int
    page: int
    pages: int
    notices: list[Notice]


class Lot(Schema):
    """标段."""

    code: str
    title: str
    stage: str
    state: str
    owner: str
    agency: str | None
    category: str
    nature: str
    region: str
    method: str
    estimate: Amount
    round: int
    is_suspended: bool
    registered_at: datetime
    announced_at: datetime | None
    deadline: datetime | None
    closed_at: datetime | None
    submitted: int | None
    publicity_until: datetime | None
    winner: str
    award_amount: Amount | None
    height: int


class Lots(Schema):
    """一页标段."""

    total: int
    page: int
    lots: list[Lot]


class Bid(Schema):
    """开标记录的一行."""

    seq: int
    bidder: str
    code: str
    price: str
    amount: Amount | None
    period: str
    quality: str


class Opening(Schema):
    """开标."""

    lot: str
    round: int
    began_at: datetime | None
    concluded_at: datetime | None
    submitted: int
    decrypted: int
    failed: int
    total: int
    page: int
    bids: list[Bid]


class Checkpoint(Schema):
    """存证头."""

    size: int
    note: str
    issued_at: datetime


class Fact(Schema):
    """公开的事实."""

    height: int
    subject: str
    seq: int
    kind: str
    at: datetime
    body: dict[str, Any]


class Decided(Schema):
    """决定: who decided, in which document, on which article, on which day."""

    authority: str
    document: str
    article: str
    decided_on: date


class CreditEntry(Schema):
    """信用信息: a ban, an entry of a list or a record, while it is public."""

    code: str
    party: str
    name: str
    kind: str
    text: str
    decision: Decided
    start: date | None
    end: date | None
    is_disputed: bool


class CreditEntries(Schema):
    """公示中的信用信息."""

    total: int
    entries: list[CreditEntry]


class GradeLine(Schema):
    """计分明细."""

    item: str
    entry: str
    on: date
    points: str
    factor: str
    value: str


class CreditFile(Schema):
    """主体信用: the grade with every line, what it leads to, and what is public."""

    party: str
    name: str
    grade: str
    score: str
    model: str
    is_default_model: bool
    base: str
    lines: list[GradeLine]
    effects: list[Labelled]
    inspection_tickets: int
    entries: list[CreditEntry]


class CreditDeposit(Schema):
    """按信用应缴的保证金: where the notice says that credit counts."""

    asked: Amount
    due: Amount
    effects: list[Labelled]
