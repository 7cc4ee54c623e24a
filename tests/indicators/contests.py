"""竞争的共用条件."""

from typing import Any

from ggzy.trading.dossier.values.record import Terms
from tests.indicators.market import AT, DAY, yuan


def terms(**changes: Any) -> Terms:
    fields: dict[str, Any] = {
        "at": AT, "height": 10, "method": "open_tender", "sale_start": AT, "sale_end": AT, "deposit": yuan(0),
        "announced_deadline": AT + 20 * DAY, "deadline": AT + 20 * DAY, "validity_days": 90,
    }  # fmt: skip
    return Terms(**fields | changes)
