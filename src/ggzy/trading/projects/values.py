"""项目与标段的值: what crosses the border of this app."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from ggzy.kernel.codes import CreditCode, LotCode, ProjectCode, RegionCode
from ggzy.kernel.money import Money, Rate
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.registers.catalog.values import Classification, Limit, Particular, Rulebook
from ggzy.registers.parties.values import PartyRole


class Phase(StrEnum):
    """阶段. Where the lot is on its one way; each stage keeps its own finer states."""

    REGISTERED = "registered"  # 已登记: nothing has been announced in this round
    CONTESTED = "contested"  # 交易中: from the notice to the evaluated result
    AWARDED = "awarded"  # 已定标: the winner is fixed
    CONTRACTED = "contracted"  # 已签约: the contract is signed
    ARCHIVED = "archived"  # 已归档: nothing changes any more

    @property
    def label(self) -> str:
        return PHASE_LABELS[self]


PHASE_LABELS = {
    Phase.REGISTERED: "已登记",
    Phase.CONTESTED: "交易中",
    Phase.AWARDED: "已定标",
    Phase.CONTRACTED: "已签约",
    Phase.ARCHIVED: "已归档",
}


class Nature(StrEnum):
    """标的性质. What is bought, for the thresholds differ; or that something is sold."""

    WORKS = "works"  # 施工、工程
    GOODS = "goods"  # 货物
    SERVICES = "services"  # 服务
    ASSET = "asset"  # 权利、资产: what is sold or let

    @property
    def label(self) -> str:
        return NATURE_LABELS[self]


NATURE_LABELS = {
    Nature.WORKS: "工程施工",
    Nature.GOODS: "货物",
    Nature.SERVICES: "服务",
    Nature.ASSET: "权利、资产",
}


class PriceForm(StrEnum):
    """报价形式. How a price is written in this lot."""

    AMOUNT = "amount"  # 金额
    RATE = "rate"  # 费率、下浮率
    TEXT = "text"  # 文字报价: a sentence; any form is accepted

    @property
    def label(self) -> str:
        return {"amount": "金额（元）", "rate": "费率、下浮率（%）", "text": "文字报价"}[self.value]


@dataclass(frozen=True)
class Still:
    """停表: one cause for which the clocks of a lot stand still, from `since` to `until`."""

    cause: str
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class StandingStill:
    """正在停表: since when, and every cause that still holds."""

    since: datetime
    causes: tuple[str, ...]


@dataclass(frozen=True)
class NewProject:
    """项目登记表: what a person writes to register a project.

    `funding` is needed where something is bought; `invest_code` is the 投资项目统一代码, where there is one.
    """

    title: str
    owner: CreditCode
    agency: CreditCode | None
    region: RegionCode
    funding: str
    approval: str = ""
    invest_code: str = ""


@dataclass(frozen=True)
class ProjectFacts:
    """项目: one registration, one or more lots."""

    code: ProjectCode
    title: str
    owner: CreditCode
    agency: CreditCode | None
    region: RegionCode
    funding: str
    approval: str
    invest_code: str
    registered_at: datetime


@dataclass(frozen=True)
class NewLot:
    """标段登记表: what a person writes to register a lot. `content` says in words what is bought or sold.

    `particulars` are what the category of the lot asks for.
    """

    project: ProjectCode
    title: str
    content: str
    nature: Nature
    deal_category: str
    method: str
    scoring: str
    estimate: Money
    price_form: PriceForm = PriceForm.AMOUNT
    period: str = ""
    quality: str = ""
    particulars: tuple[Particular, ...] = ()


@dataclass(frozen=True)
class Order:
    """监督指令: who orders, why, on which article, and when the order is looked at again."""

    authority: str
    reason: str
    article: str
    review_on: date | None = None


@dataclass(frozen=True)
class OrderKind:
    """责令的种类: what it demands, and which acts it forbids until it is met."""

    code: str
    name: str
    demands: str
    article: str
    forbids: tuple[str, ...]


@dataclass(frozen=True)
class LotOrder:
    """责令: an order to the owner's side of a lot that is not met yet."""

    code: str
    kind: str
    round: int
    authority: str
    until: date


@dataclass(frozen=True)
class LotFacts:
    """标段: the unit that travels. The rulebook is the copy taken at registration."""

    code: LotCode
    title: str
    project: ProjectCode
    project_title: str
    owner: CreditCode
    agency: CreditCode | None
    category: str
    nature: str
    region: RegionCode
    method: str
    scoring: str
    estimate: Money
    price_form: str
    must_tender: bool
    rulebook: Rulebook
    round: int
    phase: Phase
    registered_at: datetime
    terminated: bool
    standing: StandingStill | None
    suspended: bool = False
    content: str = ""
    funding: str = ""
    approval: str = ""
    period: str = ""
    quality: str = ""
    particulars: tuple[Particular, ...] = ()
    orders: tuple[LotOrder, ...] = ()

    @property
    def is_sold(self) -> bool:
        """是否出让、转让: the price is income of the owner."""
        return self.nature == Nature.ASSET

    @property
    def is_bound(self) -> bool:
        """招标的法定期限是否约束: what must be tendered, and every sale by tender."""
        return self.must_tender or self.is_sold


@dataclass(frozen=True, kw_only=True)
class Payment:
    """价款支付: `first` share within `first_days` of the contract, all of it within `all_days`."""

    first: Rate
    first_days: int
    all_days: int

    @property
    def text(self) -> str:
        """As a notice says it."""
        first = self.first.percent_text()
        return f"合同签订后 {self.first_days} 日内支付 {first}，{self.all_days} 日内付清"


@dataclass(frozen=True)
class Held:
    """锁定的标段: the lot as it is while nobody else can change it, and the moment of the lock."""

    lot: LotFacts
    at: datetime


@dataclass(frozen=True)
class BrakeVerdicts:
    """刹车可否: what a supervisor may do to the lot now, apart from the words of the order."""

    suspend: Verdict
    resume: Verdict
    terminate: Verdict


@dataclass(frozen=True)
class Effect:
    """影响: one line of what an order will do, shown before it is confirmed."""

    title: str
    text: str


@dataclass(frozen=True)
class Words:
    """用词表: words that point to a code of the catalogue or to a nature."""

    code: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Guess:
    """按用词推测: category and nature; the category is empty where no word points to one."""

    deal_category: str
    nature: Nature


@dataclass(frozen=True)
class Milestone:
    """期限推算: a day computed from the calendar, and the article that sets it."""

    label: str
    on: date
    article: str
    note: str = ""


@dataclass(frozen=True)
class Answer:
    """登记前的答复: what the catalogue says about the lot, its days and limits, and the hint on splitting.

    The deposit lies between `deposit_min` and `deposit_max`, where the rules set them.
    """

    new: NewLot
    found: Classification
    milestones: tuple[Milestone, ...]
    limits: tuple[Limit, ...]
    deposit_min: Money | None
    deposit_max: Money | None
    hint: str
    verdict: Verdict


HOLDERS_MAX = 15
HolderKind = Literal["centre", "owner", "supervisor", "notary", "audit", "other"]
HOLDER_KINDS: Mapping[PartyRole, HolderKind] = {
    PartyRole.CENTRE: "centre",
    PartyRole.AUTHORITY: "supervisor",
    PartyRole.NOTARY: "notary",
    PartyRole.OWNER: "owner",
    PartyRole.AGENCY: "owner",
}


def holder_kind(roles: Iterable[PartyRole]) -> HolderKind:
    """保管人的类别, by the roles of its organisation."""
    return next((HOLDER_KINDS[role] for role in roles if role in HOLDER_KINDS), "other")


@dataclass(frozen=True)
class Holder:
    """密钥保管人: the `x`-th holder of a share, x from 1. `person` is the account that acts."""

    x: int
    person: str
    name: str
    organisation: CreditCode
    kind: HolderKind


@dataclass(frozen=True)
class CustodyPlan:
    """保管方案: any `k` of the holders together, and no fewer, open what is sealed."""

    k: int
    holders: tuple[Holder, ...]

    def flaws(self, owner_side: Collection[CreditCode | None], strangers: tuple[str, ...]) -> Verdict:
        """方案的缺陷 (trust §9.1): nobody alone, and not the centre with the owner's side, opens anything.

        `strangers` are the names of holders who hold no custodian's membership at their organisation.
        """
        count = len(self.holders)
        organisations = [holder.organisation for holder in self.holders]
        inside = sum(
            holder.kind in ("centre", "owner") or holder.organisation in owner_side for holder in self.holders
        )
        most = max((organisations.count(code) for code in organisations), default=0)
        in_order = [holder.x for holder in self.holders] == list(range(1, count + 1))
        return judge(
            [
                (in_order, Reason("custody_places", "保管人须从 1 起连续编号")),
                (
                    2 <= self.k <= count <= HOLDERS_MAX,
                    Reason(
                        "custody_threshold", f"{count} 位保管人不能设为 {self.k} 位同开",
                        remedy="同开人数至少 2 位，且不多于保管人数",
                    ),
                ),
                (
                    most < self.k,
                    Reason("custody_one", "同一单位持有的份额已够单独开启", remedy="请改由不同单位保管"),
                ),
                (
                    inside < self.k,
                    Reason(
                        "custody_inside", "交易中心与业主（出让、采购）一方合计持有的份额已够开启",
                        remedy="请增加监督部门、公证或审计单位的保管人",
                    ),
                ),
                (
                    len({holder.person for holder in self.holders}) == count,
                    Reason("custody_person", "同一人不能保管两份"),
                ),
                (not strangers, Reason("custody_stranger", f"没有密钥保管人身份：{'、'.join(strangers)}")),
            ]
        )  # fmt: skip
