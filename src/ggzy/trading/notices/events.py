"""公告的事实."""

from ggzy.kernel.codes import LotCode
from ggzy.kernel.events import Audience, event


@event("notice.published", Audience.PUBLIC, subject="lot/{lot}")
class NoticePublished:
    """公告发布. `digest` covers title, facts, body and attachments in canonical form."""

    lot: LotCode
    round: int
    notice: str
    kind_code: str
    title: str
    digest: str
    amends: str | None
    attachments: tuple[str, ...]
    findings: tuple[str, ...]
