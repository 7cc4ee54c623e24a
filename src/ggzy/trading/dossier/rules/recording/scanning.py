"""招标文件扫描 in the record."""

from ggzy.trading.dossier import events
from ggzy.trading.dossier.rules.recording.telling import Steps, Told, moved, place
from ggzy.trading.dossier.values.record import LotRecord
from ggzy.trading.dossier.values.scanning import Scanned


def _scanned(record: LotRecord, fact: events.DocumentsScanned, told: Told) -> LotRecord:
    return moved(record, scanned=(*record.scanned, Scanned(**place(told), files=fact.files)))


STEPS: Steps = {events.DocumentsScanned: _scanned}
