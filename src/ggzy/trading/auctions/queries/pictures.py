"""标的图片的读取: as its owner and every visitor see them."""

from collections.abc import Collection, Mapping

from ggzy.kernel import events
from ggzy.kernel.codes import LotCode
from ggzy.trading.auctions.models import PictureRow
from ggzy.trading.auctions.values.pictures import Picture


def pictures(lot: LotCode) -> tuple[Picture, ...]:
    """标的的图片和平面图, in the order of their arrival."""
    return pictures_of([lot]).get(lot, ())


def pictures_of(lots: Collection[LotCode]) -> Mapping[LotCode, tuple[Picture, ...]]:
    """各标的的图片, of those that have any."""
    found: dict[LotCode, tuple[Picture, ...]] = {}
    for row in PictureRow.objects.filter(lot_id__in=lots).order_by("pk"):
        lot = LotCode(row.lot_id)
        found[lot] = (*found.get(lot, ()), events.restore(Picture, row.picture))
    return found
