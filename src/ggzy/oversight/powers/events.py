"""查阅的事实."""

from ggzy.kernel.codes import CreditCode
from ggzy.kernel.events import Audience, event


@event("file.read", Audience.RESTRICTED, subject="reading/{what}")
class FileRead:
    """查阅受限材料: recorded before the first byte leaves."""

    what: str
    title: str
    reason: str
    concerning: tuple[CreditCode, ...]
