"""摇号的事实: nonces promised before anybody knows among whom lots are drawn, told afterwards."""

from ggzy.kernel.codes import LotCode
from ggzy.kernel.events import Audience, event

LOTS = "lot/{lot}/{round}/lots"


@event("lot_nonce.committed", Audience.PUBLIC, subject=LOTS)
class LotNonceCommitted:
    """摇号随机数已承诺."""

    lot: LotCode
    round: int
    party: str
    commitment: bytes


@event("lot_nonce.revealed", Audience.PUBLIC, subject=LOTS)
class LotNonceRevealed:
    """摇号随机数已公开. The platform's own comes last, in the act that draws."""

    lot: LotCode
    round: int
    party: str
    nonce: bytes


@event("lot_nonce.missed", Audience.PUBLIC, subject=LOTS)
class LotNonceMissed:
    """未按时公开摇号随机数: who was silent; the lots are drawn without it."""

    lot: LotCode
    round: int
    party: str
