"""A small app of two facts to try the journal with."""

from datetime import UTC, datetime

from ggzy.foundation.journal import services
from ggzy.foundation.journal.services import command
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import RegionCode
from ggzy.kernel.events import Audience, event
from ggzy.kernel.roles import Role

AT = datetime(2026, 1, 31, 1, 30, tzinfo=UTC)


@event("trial.told", Audience.PARTIES, subject="trial/{lot}")
class Told:
    """试记."""

    lot: str
    text: str


@event("trial.hidden", Audience.SEALED, subject="trial/{lot}/{round}/bids")
class Hidden:
    """试密."""

    lot: str
    round: int


@event("trial.published", Audience.PUBLIC, subject="trial/{lot}")
class Public:
    """试公开."""

    lot: str
    text: str


def someone(request: str = "form-1", person: str = "p1") -> Actor:
    return Actor(person, None, Role.OWNER, RegionCode("150200"), request)


@command
def tell(actor: Actor, lot: str, text: str, *, at: datetime):
    return services.record(Told(lot=lot, text=text), actor=actor, at=at)
