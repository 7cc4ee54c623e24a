"""标段的阶段: the coarse phases and the moves between them.

A move is named after the phase it leads to, so a stage says `advance(code, Phase.AWARDED, at)`.
"""

from ggzy.kernel.lifecycle import Lifecycle
from ggzy.trading.projects.values import PHASE_LABELS, Phase

PHASES = Lifecycle(
    start=Phase.REGISTERED,
    moves={
        (Phase.REGISTERED, "contested"): Phase.CONTESTED,
        (Phase.CONTESTED, "awarded"): Phase.AWARDED,
        # The winner refuses: the next candidate is awarded, or the lot is contested again.
        (Phase.AWARDED, "contested"): Phase.CONTESTED,
        (Phase.AWARDED, "contracted"): Phase.CONTRACTED,
        (Phase.CONTRACTED, "archived"): Phase.ARCHIVED,
        # A failed or terminated lot ends without a contract and is archived all the same.
        (Phase.REGISTERED, "archived"): Phase.ARCHIVED,
        (Phase.CONTESTED, "archived"): Phase.ARCHIVED,
        (Phase.AWARDED, "archived"): Phase.ARCHIVED,
        # 重新招标: a new round of the same lot.
        (Phase.CONTESTED, "registered"): Phase.REGISTERED,
        (Phase.AWARDED, "registered"): Phase.REGISTERED,
        # 竞得人违约: the contract of a sale whose price is not paid is rescinded.
        (Phase.CONTRACTED, "awarded"): Phase.AWARDED,
    },
    names=PHASE_LABELS,
)
