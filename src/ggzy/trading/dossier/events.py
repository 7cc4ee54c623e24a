"""案卷的事实: only that it was archived."""

from ggzy.kernel.codes import LotCode
from ggzy.kernel.events import Audience, event


@event("dossier.archived", Audience.PUBLIC, subject="lot/{lot}")
class DossierArchived:
    """案卷已归档. `digest` covers all facts of the lot up to `height`, in order."""

    lot: LotCode
    digest: str
    height: int
    facts: int


@event("dossier.exported", Audience.RESTRICTED, subject="lot/{lot}/reads")
class DossierExported:
    """案卷已导出, with bodies the public may not read: written before a byte leaves."""

    lot: LotCode
    view: str
    reason: str
