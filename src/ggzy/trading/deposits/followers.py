"""对留痕的反应: a terminated lot gives every deposit back (招标投标法实施条例 §31)."""

from collections.abc import Callable

from ggzy.foundation.journal.values import Fact
from ggzy.kernel.actor import Actor
from ggzy.trading.deposits import services
from ggzy.trading.projects.events import LotTerminated


def give_back(fact: Fact) -> None:
    """终止招标，退还全部保证金. What is settled already stays as it is."""
    it: LotTerminated = fact.event
    services.release_many(
        Actor.system(f"return-after-{fact.height}"),
        it.lot,
        None,
        "招标终止",
        "招标投标法实施条例 §31",
        at=fact.at,
    )


FOLLOWERS: dict[str, Callable[[Fact], None]] = {"lot.terminated": give_back}
