"""标的图片: cleaned of metadata, kept with a thumbnail, recorded by digest, public with the notice."""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.foundation.vault import services as vault
from ggzy.kernel import events as kernel_events
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.roles import Permission
from ggzy.kernel.verdict import Refused
from ggzy.trading.auctions import access, events, queries
from ggzy.trading.auctions.models import PictureRow
from ggzy.trading.auctions.rules import pictures as rules
from ggzy.trading.auctions.values import AuctionState
from ggzy.trading.auctions.values.pictures import Picture

THUMB_WIDTH = 480
SHEET = f"""
#set page(width: {THUMB_WIDTH}pt, height: auto, margin: 0pt)
#image(sys.inputs.file, width: 100%)
"""


def keep_picture(owner: CreditCode, name: str, data: bytes, alt: str) -> Picture:
    """收下图片: cleaned of what it tells beside itself, kept with a thumbnail. Nothing is told; raises Refused."""
    bare, shape = rules.cleaned(data)
    kept = _put(bare, name, owner)
    thumb = _put(_thumb(bare, name), "缩略图.png", owner) if shape else ""
    return Picture(name, kept, len(bare), alt.strip(), thumb, shape)


@command
def add_picture(actor: Actor, lot: LotCode, picture: Picture, *, at: datetime) -> Receipt:
    """上传标的图片、平面图; public at once where the notice is."""
    grip = access.auction_to_run(actor, lot, Permission.AUCTION_ANNOUNCE)
    rules.may_add(grip.facts, queries.pictures(lot), picture).require()
    vault.share(_files(picture), [code for code in (grip.lot.owner, grip.lot.agency) if code])
    PictureRow.objects.create(lot_id=lot, digest=picture.digest, picture=kernel_events.body(picture))
    if grip.facts.state is not AuctionState.DRAFTED:
        publish(lot, at)
    added = events.PictureAdded(lot=lot, round=grip.row.round, picture=picture)
    return journal.record(added, actor=actor, at=at)


@command
def remove_picture(actor: Actor, lot: LotCode, named: str, *, at: datetime) -> Receipt:
    """撤下标的图片, before the notice."""
    grip = access.auction_to_run(actor, lot, Permission.AUCTION_ANNOUNCE)
    rules.may_remove(grip.facts, queries.pictures(lot), named).require()
    PictureRow.objects.filter(lot_id=lot, digest=named).delete()
    removed = events.PictureRemoved(lot=lot, round=grip.row.round, digest=named)
    return journal.record(removed, actor=actor, at=at)


def publish(lot: LotCode, at: datetime) -> None:
    """公开标的的图片, with its notice."""
    vault.publish([one for picture in queries.pictures(lot) for one in _files(picture)], at=at)


def _files(picture: Picture) -> list[str]:
    return [one for one in (picture.digest, picture.thumb) if one]


def _put(data: bytes, name: str, owner: str) -> str:
    return vault.put(data, name=name, owner=owner, cap=rules.BYTES_MAX)


def _thumb(data: bytes, name: str) -> bytes:
    """缩略图 as PNG. Raises Refused where the picture cannot be drawn."""
    with TemporaryDirectory(prefix="ggzy-thumb-") as folder:
        held = f"picture{Path(name).suffix.lower()}"
        (Path(folder) / held).write_bytes(data)
        (Path(folder) / "sheet.typ").write_text(SHEET)
        try:
            drawn = typst.compile(
                str(Path(folder) / "sheet.typ"),
                root=folder,
                format="png",
                ppi=72.0,
                sys_inputs={"file": held},
            )
        except typst.TypstError:
            raise Refused([rules.STRANGE]) from None
    assert isinstance(drawn, bytes), "one page is one picture"
    return drawn
