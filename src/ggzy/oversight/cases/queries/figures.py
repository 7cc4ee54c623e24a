"""监督数据的读取: one query for the lots of a period, at most so many."""

from datetime import datetime

from ggzy.kernel.codes import RegionCode
from ggzy.oversight.cases.models import OutcomeRow
from ggzy.oversight.cases.values.figures import Outcome

LOTS_MAX = 20_000
KINDS = (
    "award.made", "award.ended", "auction.sold", "auction.failed", "tender.failed", "round.begun",
    "sale.defaulted", "objection.raised", "complaint.filed",
)  # fmt: skip


def outcomes(
    region: RegionCode, since: datetime, until: datetime, *, category: str = ""
) -> tuple[Outcome, ...]:
    """期间内定标或者流标的标段, the latest first."""
    rows = OutcomeRow.objects.filter(region__startswith=region.prefix, at__gt=since, at__lte=until)
    rows = rows.filter(category=category) if category else rows
    return tuple(row.facts() for row in rows.order_by("-at", "lot")[:LOTS_MAX])
