"""目录的值: categories, limits, rulebooks, subjects to classify and the answer."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, lru_cache

from ggzy.kernel import events
from ggzy.kernel.canon import dumps, loads
from ggzy.kernel.codes import RegionCode
from ggzy.kernel.digest import digest
from ggzy.kernel.money import Money, Rate
from ggzy.kernel.verdict import Reason


@dataclass(frozen=True)
class Limit:
    """限额、期限: one number of the law, with what it counts and where it stands.

    `unit`: d calendar days, wd working days, count, ratio (a fraction), year, flag. `op`: min, max, eq.
    `severity`: block for statute, warn for guidance, info for local practice.
    """

    value: Decimal
    unit: str
    article: str
    severity: str = "block"
    op: str = "min"
    name: str = ""
    status: str = "found"
    row: str = ""
    text: str = ""


@dataclass(frozen=True)
class Rulebook:
    """交易规则: the numbers in force for a category. A lot keeps a copy for life.

    `sources` are the files it was made of, the law's first; `region` and `effective` are those of the last.
    Two lots under the same numbers carry the same copy.
    """

    code: str
    region: RegionCode
    effective: date
    sources: tuple[str, ...]
    limits: tuple[Limit, ...]

    def number(self, name: str) -> Limit:
        """The limit of that name. Raises `KeyError`: asking for a number nobody wrote is our mistake."""
        return self._by_name[name]

    def get(self, name: str) -> Limit | None:
        return self._by_name.get(name)

    def has(self, name: str) -> bool:
        return name in self._by_name

    def copy(self) -> dict[str, object]:
        """副本: the canonical object a lot keeps."""
        return events.body(self)

    @classmethod
    def read(cls, copy: object) -> "Rulebook":
        """From what `copy` gave. Raises `ValueError` for anything else."""
        return _restored(dumps(copy))

    @cached_property
    def digest(self) -> str:
        """规则版本摘要."""
        return digest(dumps(self.copy()))

    @cached_property
    def _by_name(self) -> dict[str, Limit]:
        return {limit.name: limit for limit in self.limits}


@lru_cache(maxsize=256)
def _restored(canonical: bytes) -> Rulebook:
    """Few rulebooks serve many lots, and every held lot reads its own."""
    return events.restore(Rulebook, loads(canonical))


@dataclass(frozen=True)
class CategoryCode:
    """交易分类: one national code, its name and who supervises it."""

    code: str
    name: str
    authority: str


class TraitKind(StrEnum):
    """标的要素的写法."""

    TEXT = "text"  # 文字
    NUMBER = "number"  # 大于零的数
    YEARS = "years"  # 年限: 50, or 商业40年、住宅70年


@dataclass(frozen=True)
class Trait:
    """标的要素: what a lot of a category is described by at registration."""

    code: str
    name: str
    kind: TraitKind = TraitKind.TEXT
    unit: str = ""
    is_required: bool = True
    example: str = ""

    @property
    def label(self) -> str:
        return f"{self.name}（{self.unit}）" if self.unit else self.name


@dataclass(frozen=True)
class Particular:
    """标的情况: one trait of one lot, in words. `name` carries the unit."""

    code: str
    name: str
    text: str


@dataclass(frozen=True)
class Term:
    """最高年限: the limit of the rulebook for what these words stand for; no words: for everything."""

    limit: str
    words: tuple[str, ...] = ()


class Side(StrEnum):
    """交易方向: whether the owner pays or is paid."""

    BUY = "buy"  # 招标、采购
    SELL = "sell"  # 出让、转让、出租


@dataclass(frozen=True)
class Category:
    """目录条目: one block of the catalogue. Amounts in yuan.

    `owner_word` and `lot_word` are what this trade calls the owner and the lot; `no_tender` says why the law
    sells it by no tender.
    """

    key: str
    name: str
    scope: str
    authority: str
    methods: tuple[str, ...]
    basis: str
    status: str
    scoring: tuple[str, ...] = ()
    codes: tuple[CategoryCode, ...] = ()
    rulebook: str = ""
    is_open: bool = False
    batch: int | None = None
    threshold: Money | None = None
    threshold_basis: str = ""
    below_venue: str = ""
    side: Side = Side.BUY
    owner_word: str = "招标人"
    lot_word: str = "标段"
    traits: tuple[Trait, ...] = ()
    terms: tuple[Term, ...] = ()
    no_tender: Reason | None = None


@dataclass(frozen=True)
class Method:
    """交易方式 or 评审办法: its name, article and the condition under which it may be used.

    `is_scored`: a committee scores what is handed in; otherwise the open price alone decides.
    """

    code: str
    name: str
    article: str
    condition: str = ""
    is_scored: bool = False


class Funding(StrEnum):
    """资金性质: what decides whether the law obliges to tender."""

    STATE = "state"  # 财政性资金
    ENTERPRISE = "enterprise"  # 国有企业资金
    AID = "aid"  # 国际组织、外国政府贷款或援助
    PRIVATE = "private"  # 非国有资金
    UNSTATED = "unstated"  # 未写明: treated as public until the owner says otherwise


@dataclass(frozen=True)
class Thresholds:
    """必须招标的规模标准 from a day on; with the articles that set them."""

    effective: date
    source: str
    works: Money
    goods: Money
    services: Money
    budget: Money
    budget_share: Rate
    investment: Money | None
    article_funds: str
    article_aid: str
    article_utility: str
    article_amount: str
    article_together: str

    def of(self, nature: str) -> Money:
        """The amount from which a single contract of that nature must be tendered."""
        return {"works": self.works, "goods": self.goods, "services": self.services}[nature]


@dataclass(frozen=True)
class Exemption:
    """可以不进行招标的情形."""

    code: str
    text: str
    article: str


@dataclass(frozen=True)
class Subject:
    """待判定的标的: what is to be traded, in the words the catalogue understands.

    `category` is a national code ("A01") or a key of the catalogue. `nature` is works, goods or services.
    `budget` and `budget_share` are the state funds in the project, where known. `together` is what the
    same project buys besides, of the same nature; `combinable` says it could be bought in one contract.
    """

    category: str
    nature: str
    estimate: Money
    region: RegionCode
    funding: Funding = Funding.UNSTATED
    budget: Money | None = None
    budget_share: Rate | None = None
    investment: Money | None = None
    is_utility: bool = False
    together: tuple[Money, ...] = ()
    combinable: bool = True
    exemption: str = ""


class Entry(StrEnum):
    """进场判定: 应进必进."""

    MUST = "must_enter"
    MAY = "may_enter"
    OUTSIDE = "outside"

    @property
    def label(self) -> str:
        return {"must_enter": "必须进场", "may_enter": "可以进场", "outside": "不在目录"}[self.value]


@dataclass(frozen=True)
class Classification:
    """目录判定: must enter, may enter or outside; with which methods, under whom, and why."""

    kind: Entry
    category: str = ""
    name: str = ""
    national: str = ""
    authority: str = ""
    methods: tuple[str, ...] = ()
    scoring: tuple[str, ...] = ()
    rulebook: str = ""
    threshold: Money | None = None
    must_tender: bool = False
    reasons: tuple[Reason, ...] = field(default=())
    side: Side = Side.BUY
    is_open: bool = True
    no_tender: Reason | None = None


@dataclass(frozen=True)
class RegionFacts:
    """行政区划. `full_name` carries the province and the city: 云岭省江州市望江区."""

    code: RegionCode
    name: str
    full_name: str
    level: str
    is_invented: bool = False
