"""主体的值: what crosses the border of the register."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.money import Rate

NAME_CHARACTERS_MAX = 2000


class PartyKind(StrEnum):
    """主体类别 (数据规范 cs2001)."""

    LEGAL = "legal"  # 法人
    NATURAL = "natural"  # 自然人
    OTHER = "other"  # 其他组织

    @property
    def label(self) -> str:
        return {"legal": "法人", "natural": "自然人", "other": "其他组织"}[self.value]


class PartyRole(StrEnum):
    """主体角色 (数据规范 cs26). One party may have several."""

    OWNER = "owner"  # 招标人
    AGENCY = "agency"  # 招标代理机构
    BIDDER = "bidder"  # 投标人
    AUTHORITY = "authority"  # 行政监督部门
    CENTRE = "centre"  # 交易中心
    NOTARY = "notary"  # 公证、审计等见证机构

    @property
    def label(self) -> str:
        return ROLE_LABELS[self]


ROLE_LABELS = {
    PartyRole.OWNER: "招标人",
    PartyRole.AGENCY: "招标代理机构",
    PartyRole.BIDDER: "投标人",
    PartyRole.AUTHORITY: "行政监督部门",
    PartyRole.CENTRE: "交易中心",
    PartyRole.NOTARY: "见证机构",
}


@dataclass(frozen=True)
class BankAccount:
    """基本账户: in whose name, at which bank, under which number. Never public."""

    name: str
    bank: str
    number: str


@dataclass(frozen=True)
class Qualification:
    """资质. `valid_until` None means without end."""

    name: str
    grade: str
    number: str
    valid_until: date | None = None


@dataclass(frozen=True)
class Holding:
    """出资: who holds how much of a party; `code` where the holder is an organisation with a code."""

    holder: str
    share: Rate
    code: CreditCode | None = None

    @property
    def key(self) -> str:
        """The holder as others are compared with it."""
        return str(self.code or self.holder)


@dataclass(frozen=True)
class PartyForm:
    """主体登记表. `branches` is what an authority supervises, by the catalogue's codes; empty: all (综合监管)."""

    code: CreditCode
    name: str
    kind: PartyKind
    region: RegionCode
    roles: tuple[PartyRole, ...]
    representative: str
    address: str
    phone: str
    basic_account: BankAccount | None = None
    licence_until: date | None = None
    qualifications: tuple[Qualification, ...] = ()
    is_pledged: bool = False
    holdings: tuple[Holding, ...] = ()
    branches: tuple[str, ...] = ()


@dataclass(frozen=True)
class PartyFacts:
    """主体. The basic account is for the deposit's gateway and the party itself, nobody else."""

    code: CreditCode
    name: str
    kind: PartyKind
    region: RegionCode
    roles: tuple[PartyRole, ...]
    registered_at: datetime
    basic_account: BankAccount | None = None
    licence_until: date | None = None
    qualifications: tuple[Qualification, ...] = ()
    representative: str = ""
    address: str = ""
    phone: str = ""
    holdings: tuple[Holding, ...] = ()
    branches: tuple[str, ...] = ()

    def has(self, role: PartyRole) -> bool:
        """Whether the party is registered in this role."""
        return role in self.roles


@dataclass(frozen=True)
class Bearer:
    """同名的人: a name, who bears it in words, in which organisation; `note` says why one should look."""

    name: str
    words: str
    organisation: CreditCode | None = None
    note: str = ""
