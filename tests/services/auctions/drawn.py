"""图片 made by code for tests: a PNG of any size, a small JPEG, and what cameras and programs add to them."""

import base64
import struct
import zlib

GREY = (
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWG"
    "kJ6jq62rZ4C8ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSk"
    "pKSkpKSkpKSkpKSkpKT/wAARCAAGAAgDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAT/xAAUEAEAAAAAAAAAAAAA"
    "AAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAAAwX/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCMAKi//9k="
)
PDF = b"%PDF-1.7\n%plan\n"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int = 12, height: int = 8, *, extra: bytes = b"", shade: int = 0) -> bytes:
    """A PNG of one grey; `extra` chunks stand before its pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress((b"\0" + bytes([shade]) * width) * height)
    body = chunk(b"IHDR", header) + extra + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def jpeg(*segments: tuple[int, bytes]) -> bytes:
    """A JPEG of eight by six pixels, these segments first."""
    bare = base64.b64decode(GREY)
    added = b"".join(struct.pack(">BBH", 0xFF, kind, len(data) + 2) + data for kind, data in segments)
    return bare[:2] + added + bare[2:]


def exif(turned: int = 1, place: bytes = b"N 30 16 E 120 9", order: str = ">") -> bytes:
    """What a camera says: which way is up, and where it stood."""
    mark = b"MM" if order == ">" else b"II"
    head = struct.pack(f"{order}2sHIH", mark, 42, 8, 1)
    return b"Exif\0\0" + head + struct.pack(f"{order}HHIHH", 0x0112, 3, 1, turned, 0) + bytes(4) + place
