"""监督的读取."""

from datetime import datetime

from ggzy.foundation.ui.offers import Offer
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.oversight.cases.queries import casework
from ggzy.oversight.cases.queries import complaints as desk
from ggzy.oversight.cases.queries.braking import brake, brake_offers, brakes, effects, in_force
from ggzy.oversight.cases.queries.casework import (
    case,
    cases,
    decided_about,
    demands,
    offences,
    orders,
    published,
)
from ggzy.oversight.cases.queries.duties import counts, duties
from ggzy.oversight.cases.queries.listing import exercises
from ggzy.oversight.cases.queries.present import files, standing


def offers(actor: Actor, lot: LotCode, at: datetime) -> tuple[Offer, ...]:
    """可办事项 of supervision on a lot."""
    return (
        *brake_offers(actor, lot, at),
        *casework.offers(actor, lot, at),
        *desk.complaint_offers(actor, lot),
    )


__all__ = [
    "brake",
    "brakes",
    "case",
    "cases",
    "counts",
    "decided_about",
    "demands",
    "duties",
    "effects",
    "exercises",
    "files",
    "in_force",
    "offences",
    "offers",
    "orders",
    "published",
    "standing",
]
