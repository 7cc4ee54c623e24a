"""案卷的事实: that it was archived, read whole, and what its documents say."""

from ggzy.kernel.codes import LotCode
from ggzy.kernel.events import Audience, event
from ggzy.trading.dossier.values.scanning import ScannedFile


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


@event("documents.scanned", Audience.RESTRICTED, subject="lot/{lot}/scans")
class DocumentsScanned:
    """招标文件已扫描: the words of new files that may shut bidders out; a clue for those who supervise."""

    lot: LotCode
    round: int
    files: tuple[ScannedFile, ...]
