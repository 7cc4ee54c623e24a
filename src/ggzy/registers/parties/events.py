"""主体的事实. What the register tells everybody, and apart from it what it keeps to itself."""

from datetime import date

from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.events import Audience, event
from ggzy.registers.parties.values import Holding, PartyKind, PartyRole, Qualification


@event("party.registered", Audience.PUBLIC, subject="party/{party}")
class PartyRegistered:
    """主体已登记."""

    party: CreditCode
    name: str
    kind_of_party: PartyKind
    region: RegionCode
    roles: tuple[PartyRole, ...]
    licence_until: date | None
    qualifications: tuple[Qualification, ...]
    holdings: tuple[Holding, ...] = ()
    branches: tuple[str, ...] = ()


@event("party.changed", Audience.PUBLIC, subject="party/{party}")
class PartyChanged:
    """主体信息已变更: the whole public part as it stands after the change."""

    party: CreditCode
    name: str
    kind_of_party: PartyKind
    region: RegionCode
    roles: tuple[PartyRole, ...]
    licence_until: date | None
    qualifications: tuple[Qualification, ...]
    holdings: tuple[Holding, ...] = ()
    branches: tuple[str, ...] = ()


@event("party.account_told", Audience.RESTRICTED, subject="party/{party}")
class AccountTold:
    """基本账户与联系方式已登记."""

    party: CreditCode
    account_name: str
    account_bank: str
    account_number: str
    representative: str
    address: str
    phone: str
