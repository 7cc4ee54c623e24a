"""案卷的规则: what a stream of facts says now, for people and for machines; when a lot may be archived. Pure."""

from ggzy.trading.dossier.rules.recording import TOLD, unveils
from ggzy.trading.dossier.rules.recording import fold as fold_record
from ggzy.trading.dossier.rules.recording import step as step_record
from ggzy.trading.dossier.rules.summarising import (
    NO_WINNER,
    digest_of,
    fold,
    follow_opening,
    has_moved,
    lot_of,
    may_archive,
    may_export,
    summarise,
)

__all__ = [
    "NO_WINNER",
    "TOLD",
    "digest_of",
    "fold",
    "fold_record",
    "follow_opening",
    "has_moved",
    "lot_of",
    "may_archive",
    "may_export",
    "step_record",
    "summarise",
    "unveils",
]
