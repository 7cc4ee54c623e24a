"""标的图片的事实: what was shown of the object, by digest."""

from ggzy.kernel.codes import LotCode
from ggzy.kernel.events import Audience, event
from ggzy.trading.auctions.values.pictures import Picture

LOT = "lot/{lot}"


@event("picture.added", Audience.PUBLIC, subject=LOT)
class PictureAdded:
    """标的图片已上传: its digest is that of the file without metadata, as it is shown."""

    lot: LotCode
    round: int
    picture: Picture


@event("picture.removed", Audience.PUBLIC, subject=LOT)
class PictureRemoved:
    """标的图片已撤下, before the notice."""

    lot: LotCode
    round: int
    digest: str
