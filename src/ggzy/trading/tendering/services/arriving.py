"""到达: sealed files travel early and in pieces; what has arrived does not count before it is submitted.

No fact is recorded here: carrying is not submitting (trust §8.1). A repeated piece is harmless.
"""

import os
import re
import shutil
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO, cast

from django.conf import settings
from django.core.files.base import File

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.vault import services as vault_services
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.digest import digest
from ggzy.kernel.errors import Conflict, Missing
from ggzy.kernel.roles import Permission
from ggzy.kernel.verdict import Reason, Refused
from ggzy.trading.projects import queries as projects
from ggzy.trading.tendering import queries
from ggzy.trading.tendering.models import Arrival, Bid, Tender
from ggzy.trading.tendering.queries import envelopes
from ggzy.trading.tendering.values import BidState, TenderState

UPLOAD = re.compile(r"[0-9a-f]{32}")
PIECE_BYTES_MAX = 8 * 1024 * 1024
PIECES_MAX = 4_096
PACKAGE_BYTES_MAX = 4 * 1024**3


def arrive(actor: Actor, lot: LotCode, file: BinaryIO | File, name: str, *, at: datetime) -> str:
    """存入一份加密的投标文件, whole: its digest. Raises Refused for anything that is not one."""
    row, party = _door(actor, lot)
    kept = vault_services.put(file, name=_ending(name), owner=party, cap=PACKAGE_BYTES_MAX)
    with envelopes.opened(kept) as package:
        said = package.manifest
        Arrival.objects.update_or_create(
            tender=row,
            party=party,
            defaults={
                "package": kept,
                "name": name[:255],
                "bytes": package.size,
                "bid": said.bid,
                "gen": said.gen,
                "arrived_at": at,
            },
        )
    _mend(row, party, kept)
    return kept


def _mend(row: Tender, party: CreditCode, package: str) -> None:
    """F7: our storage lost or spoilt the ciphertext. The same bytes again are welcome at any time (trust §10):
    only what has the receipted digest lies in the vault under it, so the bid can be tried once more."""
    lost = Bid.objects.filter(tender=row, party=party, package=package, finding="F7", decided="")
    lost.filter(state=BidState.SUBMITTED).update(finding="", attributed_to="", evidence="")


def put_piece(actor: Actor, lot: LotCode, upload: str, index: int, data: bytes, said: str) -> None:
    """存入一块. 409 if other bytes are there already; the digest is what the sender computed."""
    _, party = _door(actor, lot)
    if not data or len(data) > PIECE_BYTES_MAX or not 0 <= index < PIECES_MAX:
        raise Refused(
            [Reason("piece_size", f"每块 1 字节至 {PIECE_BYTES_MAX // 1024**2} MB，最多 {PIECES_MAX} 块")]
        )
    if digest(data) != said:
        raise Refused([Reason("piece_digest", "这一块在传输中损坏", remedy="请重传这一块")])
    place = _folder(party, upload) / f"{index:06}"
    if place.exists():
        if place.read_bytes() != data:
            raise Conflict("同一位置已有不同的内容，请重新开始上传")
        return
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with NamedTemporaryFile(dir=place.parent, delete=False) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(file.name, place)


def pieces(actor: Actor, lot: LotCode, upload: str) -> tuple[int, ...]:
    """已到达的块, by index: where a broken upload goes on."""
    _, party = _door(actor, lot)
    folder = _folder(party, upload)
    if not folder.is_dir():
        return ()
    return tuple(sorted(int(one.name) for one in folder.iterdir() if one.name.isdigit()))


def assemble(actor: Actor, lot: LotCode, upload: str, count: int, name: str, *, at: datetime) -> str:
    """合并各块 into one arrived file. Raises Refused, naming what is missing."""
    _, party = _door(actor, lot)
    held = set(pieces(actor, lot, upload))
    missing = [str(index + 1) for index in range(min(count, PIECES_MAX)) if index not in held]
    if missing or not 0 < count <= PIECES_MAX:
        text = f"还有 {len(missing)} 块没有到达：第 {'、'.join(missing[:10])} 块"
        raise Refused([Reason("pieces_missing", text, remedy="请继续上传")])
    folder = _folder(party, upload)
    with NamedTemporaryFile(dir=folder) as whole:
        for index in range(count):
            with (folder / f"{index:06}").open("rb") as piece:
                shutil.copyfileobj(piece, whole)
        kept = arrive(actor, lot, cast(BinaryIO, whole), name, at=at)
    shutil.rmtree(folder, ignore_errors=True)
    return kept


def _door(actor: Actor, lot: LotCode) -> tuple[Tender, CreditCode]:
    """Uploads are taken while the tender is announced; the deadline itself is judged when one submits."""
    identity.permit(actor, Permission.BID_SUBMIT)
    row = queries.row_of(lot, projects.lot(lot).round)
    if row is None or row.state == TenderState.DRAFTED or actor.organisation is None:
        raise Missing()
    return row, actor.organisation


def _folder(party: CreditCode, upload: str) -> Path:
    if not UPLOAD.fullmatch(upload):
        raise Missing()
    return Path(settings.SCRATCH_DIR) / "uploads" / party / upload


def _ending(name: str) -> str:
    """The vault keeps what begins like a package only under its own ending."""
    return name if name.lower().endswith(".sbe") else f"{name[:200]}.sbe"
