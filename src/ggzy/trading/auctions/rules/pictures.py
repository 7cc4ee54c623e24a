"""标的图片的规则: what may be shown, and what a picture says beside itself: that is cut out, byte by byte.

Nothing is decoded here. Of a photograph only the pixels, the colours and the way up are kept: not the place, the
moment, the camera or whatever was appended to the file.
"""

import re
import struct
import zlib
from collections.abc import Iterator

from ggzy.kernel.verdict import Reason, Refused, Verdict, judge
from ggzy.trading.auctions.values import AuctionFacts, AuctionState
from ggzy.trading.auctions.values.pictures import Picture, Shape

PICTURES_MAX = 12
BYTES_MAX = 10 * 1024**2
PIXELS_MAX = 24_000_000
ALT_MAX = 100
PNG, JPEG, PDF = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"%PDF-"
BEFORE = (AuctionState.DRAFTED, AuctionState.ANNOUNCED)
CHUNKS = frozenset([b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT"])
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
STRANGE = Reason("picture_broken", "图片已损坏或者不是 JPG、PNG", remedy="请用原来的软件重新导出后再上传")


def may_show(auction: AuctionFacts, held: tuple[Picture, ...]) -> Verdict:
    """能否再上传图片: before the contest, and not too many."""
    return judge(
        [
            (
                auction.state in BEFORE and not auction.is_prepared,
                Reason("started", "竞价室已经就绪或者竞价已经开始，不能再上传图片"),
            ),
            (len(held) < PICTURES_MAX, Reason("pictures_max", f"最多上传 {PICTURES_MAX} 份图片和平面图")),
        ]
    )


def may_add(auction: AuctionFacts, held: tuple[Picture, ...], picture: Picture) -> Verdict:
    """上传图片的条件: another one, with words for whoever cannot see it."""
    return may_show(auction, held) & judge(
        [
            (
                picture.digest not in {one.digest for one in held},
                Reason("picture_same", "这份图片已经上传过"),
            ),
            (
                0 < len(picture.alt.strip()) <= ALT_MAX,
                Reason("alt", f"请用不超过 {ALT_MAX} 个字说明图片的内容", remedy="供看不到图片的人阅读"),
            ),
        ]
    )


def may_remove(auction: AuctionFacts, held: tuple[Picture, ...], digest: str) -> Verdict:
    """撤下图片的条件: only before the notice; what was published stays published."""
    return judge(
        [
            (
                auction.state is AuctionState.DRAFTED,
                Reason("published", "公告已经发布，图片不能撤下，可以补充"),
            ),
            (digest in {one.digest for one in held}, Reason("no_picture", "没有这份图片")),
        ]
    )


def cleaned(data: bytes) -> tuple[bytes, Shape | None]:
    """去除元数据: the picture without what it tells beside itself, and its shape; a PDF plan as it is, without one.

    Raises Refused for anything else, and for a picture too large to be shown.
    """
    if data.startswith(PDF):
        return data, None
    try:
        if data.startswith(PNG):
            bare, shape = _png(data)
        elif data.startswith(JPEG):
            bare, shape = _jpeg(data)
        else:
            raise ValueError("another kind")
    except (ValueError, IndexError, struct.error):
        raise Refused([STRANGE]) from None
    too_large = Reason("picture_large", "图片的像素过多", remedy="请缩小到 2400 万像素以内后再上传")
    judge([(shape.width * shape.height <= PIXELS_MAX, too_large)]).require()
    return bare, shape


def _png(data: bytes) -> tuple[bytes, Shape]:
    kept, shape, at = [PNG], None, len(PNG)
    while True:
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        chunk = data[at : at + 12 + length]
        if struct.unpack(">I", chunk[8 + length :]) != (zlib.crc32(chunk[4 : 8 + length]),):
            raise ValueError("a broken chunk")
        if kind == b"IHDR":
            shape = _shape(*struct.unpack(">II", chunk[8:16]))
        if kind in CHUNKS:
            kept.append(chunk)
        if kind == b"IEND":
            break
        at += len(chunk)
    if shape is None:
        raise ValueError("no header")
    return b"".join(kept), shape


def _jpeg(data: bytes) -> tuple[bytes, Shape]:
    kept, shape, turned = [], None, 1
    for marker, piece in _segments(data):
        if marker in FRAMES:
            shape = _shape(*reversed(struct.unpack(">HH", piece[5:9])))
        if marker == 0xE1 and piece[4:10] == b"Exif\0\0":
            turned = _turned(piece[10:])
        elif _is_picture(marker, piece):
            kept.append(piece)
    if shape is None:
        raise ValueError("no frame")
    way_up = [_way_up(turned)] if turned != 1 else []
    return b"".join([b"\xff\xd8", *way_up, *kept, b"\xff\xd9"]), shape.turned if turned > 4 else shape


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each segment up to the end of the image, a scan together with its data; what follows the end is left out."""
    at = 2
    while True:
        while data[at : at + 2] == b"\xff\xff":
            at += 1
        if data[at] != 0xFF:
            raise ValueError("no marker")
        marker = data[at + 1]
        if marker == 0xD9:
            return
        (length,) = struct.unpack(">H", data[at + 2 : at + 4])
        end = at + 2 + length
        if marker == 0xDA:
            following = MARKER.search(data, end)
            if following is None:
                raise ValueError("no end")
            end = following.start()
        if length < 2 or end > len(data):
            raise ValueError("a broken segment")
        yield marker, data[at:end]
        at = end


def _is_picture(marker: int, piece: bytes) -> bool:
    """Whether the picture cannot be shown rightly without it: all but comments and what programs add."""
    if marker == 0xE0:
        return piece[4:9] == b"JFIF\0"
    if marker == 0xE2:
        return piece[4:16] == b"ICC_PROFILE\0"
    return marker == 0xEE or not (0xE1 <= marker <= 0xEF or marker == 0xFE)


def _turned(tiff: bytes) -> int:
    """拍摄方向 1…8 of the Exif data; 1 where it cannot be read."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    try:
        (start,) = struct.unpack(f"{order}I", tiff[4:8])
        (count,) = struct.unpack(f"{order}H", tiff[start : start + 2])
        for number in range(count):
            entry = tiff[start + 2 + 12 * number :][:12]
            tag, _, _, value = struct.unpack(f"{order}HHIH2x", entry)
            if tag == 0x0112 and 1 <= value <= 8:
                return int(value)
    except struct.error:
        return 1
    return 1


def _way_up(turned: int) -> bytes:
    """The Exif data that says nothing but which way is up."""
    tiff = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, 0x0112, 3, 1, turned, 0, 0)
    body = b"Exif\0\0" + tiff
    return struct.pack(">BBH", 0xFF, 0xE1, len(body) + 2) + body


def _shape(width: int, height: int) -> Shape:
    if min(width, height) < 1:
        raise ValueError("no size")
    return Shape(width, height)
