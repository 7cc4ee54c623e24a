"""办理页面的值: what the pages around the room show; nothing is judged by them."""

from dataclasses import dataclass
from datetime import datetime

from ggzy.kernel.codes import CreditCode
from ggzy.kernel.money import Money
from ggzy.trading.auctions.values.amounts import Amount
from ggzy.trading.auctions.values.sale import ApplicationState, Document, PriorityClaim


@dataclass(frozen=True, kw_only=True)
class Applied:
    """一份竞买申请, as far as its reader may know it."""

    party: CreditCode
    name: str
    state: ApplicationState
    label: str
    filed_at: datetime
    documents: tuple[Document, ...]
    reasons: tuple[str, ...]
    paddle: int | None
    priority: int | None
    claim: PriorityClaim | None = None

    @property
    def is_waiting(self) -> bool:
        """待确认."""
        return self.state is ApplicationState.FILED


@dataclass(frozen=True, kw_only=True)
class Deal:
    """成交: who, for how much, what both sides sign and until when."""

    winner: CreditCode
    name: str
    paddle: int
    price: Amount
    total: Money
    second: Amount | None
    text: str
    digest: str
    signed: tuple[str, ...]
    confirm_by: datetime | None
    confirmed_at: datetime | None
    contract_by: datetime | None
