"""拍卖、挂牌、竞价的规则: values in, a verdict or a value out. No clock, no rows."""

from ggzy.trading.auctions.rules.announcing import (
    may_amend,
    may_announce,
    reserve_commitment,
    warnings,
)
from ggzy.trading.auctions.rules.auditing import Flaw, audit
from ggzy.trading.auctions.rules.claiming import (
    LAPSED,
    is_decided,
    is_grounded,
    may_claim,
    may_decide_claim,
    may_seat,
)
from ggzy.trading.auctions.rules.dating import dates
from ggzy.trading.auctions.rules.disclosure import Item, Moment, Relation, may_see
from ggzy.trading.auctions.rules.folding import fold
from ggzy.trading.auctions.rules.joining import (
    may_admit,
    may_apply,
    may_book_viewing,
    may_decline,
    may_still_admit,
    may_withdraw,
)
from ggzy.trading.auctions.rules.limits import Draft
from ggzy.trading.auctions.rules.pausing import (
    may_pause,
    may_resume,
    may_stand_still,
    outages,
    pause,
    resume,
    stand_still,
)
from ggzy.trading.auctions.rules.reading import from_number, from_text, paddle_of, press_of
from ggzy.trading.auctions.rules.relisting import may_extend_disclosure, may_relist
from ggzy.trading.auctions.rules.replaying import prepared, replay
from ggzy.trading.auctions.rules.seating import (
    bar,
    clear,
    give,
    may_bar,
    may_clear,
    may_give,
    may_prepare,
    number_for,
)
from ggzy.trading.auctions.rules.selling import (
    Breach,
    Due,
    confirmation,
    due_by,
    dues,
    is_confirmed,
    may_declare_default,
    may_reveal,
    may_settle,
    may_sign,
    publicity_until,
    settle,
)
from ggzy.trading.auctions.rules.ties import clashes, missing, tie
from ggzy.trading.auctions.rules.unsealing import (
    draw_lots,
    lot_leaf,
    may_draw_lots,
    may_unseal,
    unseal,
)

__all__ = [
    "LAPSED",
    "Breach",
    "Draft",
    "Due",
    "Flaw",
    "Item",
    "Moment",
    "Relation",
    "audit",
    "bar",
    "clashes",
    "clear",
    "confirmation",
    "dates",
    "draw_lots",
    "due_by",
    "dues",
    "fold",
    "from_number",
    "from_text",
    "give",
    "is_confirmed",
    "is_decided",
    "is_grounded",
    "lot_leaf",
    "may_admit",
    "may_amend",
    "may_announce",
    "may_apply",
    "may_bar",
    "may_book_viewing",
    "may_claim",
    "may_clear",
    "may_decide_claim",
    "may_declare_default",
    "may_decline",
    "may_draw_lots",
    "may_extend_disclosure",
    "may_give",
    "may_pause",
    "may_prepare",
    "may_relist",
    "may_resume",
    "may_reveal",
    "may_seat",
    "may_see",
    "may_settle",
    "may_sign",
    "may_stand_still",
    "may_still_admit",
    "may_unseal",
    "may_withdraw",
    "missing",
    "number_for",
    "outages",
    "paddle_of",
    "pause",
    "prepared",
    "press_of",
    "publicity_until",
    "replay",
    "reserve_commitment",
    "resume",
    "settle",
    "stand_still",
    "tie",
    "unseal",
    "warnings",
]
