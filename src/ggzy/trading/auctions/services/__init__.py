"""竞价的命令. Fetch, judge, change, record; safe to repeat; refused with every reason."""

from ggzy.trading.auctions.services.announcing import (
    amend,
    announce,
    extend_disclosure,
    record_consent,
    relist,
)
from ggzy.trading.auctions.services.claiming import claim_priority, decide_priority
from ggzy.trading.auctions.services.conducting import (
    bar_paddle,
    clear_paddle,
    pause,
    prepare_room,
    resume,
    stand_still,
    unseal,
)
from ggzy.trading.auctions.services.joining import admit, apply, book_viewing, decide, decline, withdraw
from ggzy.trading.auctions.services.keeping import beat, claim, release
from ggzy.trading.auctions.services.lottery import commit_lot_nonce, draw_lots, reveal_lot_nonce
from ggzy.trading.auctions.services.outages import note_outage, outlast, pulse, stand_through
from ggzy.trading.auctions.services.picturing import add_picture, keep_picture, remove_picture
from ggzy.trading.auctions.services.refusing import note_refused_announcement
from ggzy.trading.auctions.services.seats import Done, Fenced, Seat, press, take
from ggzy.trading.auctions.services.settling import declare_default, reveal_paddles, settle, sign
from ggzy.trading.auctions.services.unsealing import (
    hold_offer,
    name_custody,
    open_offers,
    post_offer_key,
    release_offer_shares,
)

__all__ = [
    "Done",
    "Fenced",
    "Seat",
    "add_picture",
    "admit",
    "amend",
    "announce",
    "apply",
    "bar_paddle",
    "beat",
    "book_viewing",
    "claim",
    "claim_priority",
    "clear_paddle",
    "commit_lot_nonce",
    "decide",
    "decide_priority",
    "declare_default",
    "decline",
    "draw_lots",
    "extend_disclosure",
    "hold_offer",
    "keep_picture",
    "name_custody",
    "note_outage",
    "note_refused_announcement",
    "open_offers",
    "outlast",
    "pause",
    "post_offer_key",
    "prepare_room",
    "press",
    "pulse",
    "record_consent",
    "release",
    "release_offer_shares",
    "relist",
    "remove_picture",
    "resume",
    "reveal_lot_nonce",
    "reveal_paddles",
    "settle",
    "sign",
    "stand_still",
    "stand_through",
    "take",
    "unseal",
    "withdraw",
]
