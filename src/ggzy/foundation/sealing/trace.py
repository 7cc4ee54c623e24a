"""投标痕迹 (EB §26, data specification 519 and 9010): the marks of the machine on which a bid was made.

A mark says only whether two machines are the same. It is made slowly and for one lot, so that nobody reads a
serial number out of it or follows a machine from lot to lot; it travels inside the sealed bid.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from ggzy.kernel.codes import LotCode

MARK = re.compile(r"[0-9a-f]{16}")
WORD = re.compile(r"[ -~]{1,64}")
MARKS_MAX = 8
COST, BLOCK_SIZE, LANES = 1 << 14, 8, 1  # of scrypt: some 50 ms and 16 MB a mark
UNTOLD = frozenset(
    {"", "none", "unknown", "default string", "to be filled by o.e.m.", "system serial number", "n/a", "null"}
)


@dataclass(frozen=True)
class Device:
    """制作设备: marks of its network cards, processor, disks and system; empty where a tool cannot know.

    A page in a browser knows none of the hardware: it tells `system` alone, a mark this browser keeps.
    """

    tool: str
    version: str
    macs: tuple[str, ...] = ()
    cpu: str = ""
    disks: tuple[str, ...] = ()
    system: str = ""


@dataclass(frozen=True)
class Hardware:
    """本机硬件, as the system tells it, in clear. Never leaves the machine."""

    macs: tuple[str, ...] = ()
    cpu: str = ""
    disks: tuple[str, ...] = ()
    system: str = ""


def mark(kind: str, value: str, lot: LotCode) -> str:
    """特征码 of one identifier for one lot; empty for what is no identifier at all."""
    plain = "".join(value.split()).lower()
    if kind == "mac":
        plain = plain.replace("-", "").replace(":", "").replace(".", "")
    if " ".join(value.split()).lower() in UNTOLD or not plain.strip("0f-:."):
        return ""
    salt = f"ggzy.trace/1 {kind} {lot}".encode()
    return hashlib.scrypt(plain.encode(), salt=salt, n=COST, r=BLOCK_SIZE, p=LANES, dklen=8).hex()


def device(tool: str, version: str, found: Hardware, lot: LotCode) -> Device:
    """制作设备 of a bid for this lot: what a tool writes beside the offer."""
    return Device(
        tool,
        version,
        macs=_marks("mac", found.macs, lot),
        cpu=mark("cpu", found.cpu, lot),
        disks=_marks("disk", found.disks, lot),
        system=mark("system", found.system, lot),
    )


def plausible(told: Device) -> Device:
    """制作设备 without what is no mark: anybody may write a tool, and anything into a bid."""
    return Device(
        told.tool if WORD.fullmatch(told.tool) else "",
        told.version if WORD.fullmatch(told.version) else "",
        macs=tuple(one for one in told.macs[:MARKS_MAX] if MARK.fullmatch(one)),
        cpu=told.cpu if MARK.fullmatch(told.cpu) else "",
        disks=tuple(one for one in told.disks[:MARKS_MAX] if MARK.fullmatch(one)),
        system=told.system if MARK.fullmatch(told.system) else "",
    )


def _marks(kind: str, values: Iterable[str], lot: LotCode) -> tuple[str, ...]:
    found = (mark(kind, value, lot) for value in tuple(dict.fromkeys(values))[:MARKS_MAX])
    return tuple(sorted({one for one in found if one}))
