"""设备信号: the machine, the pricing software's lock, the marks of creation."""

from collections.abc import Iterator
from decimal import Decimal

from ggzy.oversight.alerts.rules.signals import network
from ggzy.oversight.alerts.rules.signals.pairing import (
    CLUE,
    Side,
    Signal,
    names,
    pairs,
    parties,
    row,
    sharing,
    sides,
    tail,
)
from ggzy.oversight.alerts.values import Grade, Params
from ggzy.trading.dossier.values.record import LotRecord
from ggzy.trading.dossier.values.traces import FileTrace

FAMILY = "device"
LABELS = {"mac": "网卡", "cpu": "处理器", "disk": "硬盘"}
WHOLE = ("mac", "cpu", "disk")
SOFTWARE = ("guid:",)  # written by tools made for bids; the rest by everyday programs


def machine(side: Side) -> dict[str, set[str]]:
    """本机特征 of one bid by kind: as its sealing tool told them, and as its priced files do."""
    told = side.trace.device
    found = {kind: set[str]() for kind in WHOLE}
    if told is not None:
        found["mac"].update(told.macs)
        found["disk"].update(told.disks)
        found["cpu"].update({told.cpu} - {""})
    for file in side.trace.files:
        for mark in file.machines:
            kind = mark.partition(":")[0]
            if kind in found:
                found[kind].add(mark)
    return found


def same_machine(record: LotRecord, params: Params) -> Iterator[Signal]:
    """同一台设备: network card, processor and disk all the same."""
    for one, other, shared in _shared(record, params):
        if all(shared[kind] for kind in WHOLE):
            yield _alike("B01", one, other, shared, Decimal("0.95"), "网卡、处理器、硬盘特征码全部相同")


def same_part(record: LotRecord, params: Params) -> Iterator[Signal]:
    """部分设备特征相同: a disk or a card alone; a processor alone only where its number is one of a kind."""
    for one, other, shared in _shared(record, params):
        held = [kind for kind in WHOLE if shared[kind]]
        is_model_only = held == ["cpu"] and not any(":" in mark for mark in shared["cpu"])
        if not held or len(held) == len(WHOLE) or (is_model_only and not params["cpu_alone"]):
            continue
        words = "、".join(LABELS[kind] for kind in held)
        weight = Decimal("0.3") if held == ["cpu"] else Decimal("0.5")
        yield _alike("B04", one, other, shared, weight, f"{words}特征码相同，其余不同或者没有记录")


def same_lock(record: LotRecord, params: Params) -> Iterator[Signal]:
    """计价软件加密锁号相同, other than the one the bidding documents were priced with."""
    known = {lock for file in _documents(record) for lock in file.locks}
    for lock, some in sharing(sides(record), lambda side: (k for f in side.trace.files for k in f.locks)):
        if lock not in known:
            yield Signal(
                "B02",
                FAMILY,
                parties(some),
                f"{names(some)}的计价文件由同一加密锁（{tail(lock)}）编制。{CLUE}",
                tuple(
                    row(side, f"计价软件加密锁号{tail(lock)}：{_files(side, 'locks', lock)}") for side in some
                ),
                Decimal("0.95"),
                about=tail(lock),
            )


def same_creation(record: LotRecord, params: Params) -> Iterator[Signal]:
    """文件创建标识、工具机器码相同. Marks the bidding documents carry too prove nothing."""
    known = {mark for file in _documents(record) for mark in file.ids}
    everyone = sides(record)
    for mark, some in sharing(everyone, _creation):
        is_strong = mark.startswith((*SOFTWARE, "system:", "machine:"))
        if mark in known or not (is_strong or len(some) <= max(2, len(everyone) // 2)):
            continue  # what most bids carry comes from a form or a program that all use
        yield Signal(
            "B03",
            FAMILY,
            parties(some),
            f"{names(some)}的投标文件{_kind(mark)}相同（{tail(mark)}）。{CLUE}",
            tuple(row(side, f"{_kind(mark)}{tail(mark)}{_where(side, mark)}") for side in some),
            Decimal("0.9") if is_strong else Decimal("0.6"),
            grade=None if is_strong else Grade.YELLOW,
            about=f"{mark.partition(':')[0]}:{tail(mark)}",
        )


def _creation(side: Side) -> Iterator[str]:
    if side.trace.device is not None and side.trace.device.system:
        yield f"system:{side.trace.device.system}"
    for file in side.trace.files:
        yield from file.ids
        yield from (mark for mark in file.machines if mark.startswith("machine:"))


def _kind(mark: str) -> str:
    kinds = {"system": "编制工具所在系统的机器码", "machine": "编制工具机器码", "guid": "文件创建标识码"}
    return kinds.get(mark.partition(":")[0], "文档创建标识")


def _where(side: Side, mark: str) -> str:
    held = _files(side, "ids", mark) or _files(side, "machines", mark)
    return f"：{held}" if held else ""


def _files(side: Side, field: str, mark: str) -> str:
    return "、".join(f"《{file.name}》" for file in side.trace.files if mark in getattr(file, field))


def _documents(record: LotRecord) -> tuple[FileTrace, ...]:
    return record.compared.documents if record.compared else ()


def _shared(record: LotRecord, params: Params) -> Iterator[tuple[Side, Side, dict[str, set[str]]]]:
    onsite = network.onsite(record, str(params["onsite"]))
    for one, other in pairs(record):
        if {one.bid.bidder, other.bid.bidder} <= onsite:
            continue
        ours, theirs = machine(one), machine(other)
        yield one, other, {kind: ours[kind] & theirs[kind] for kind in WHOLE}


def _alike(
    code: str, one: Side, other: Side, shared: dict[str, set[str]], weight: Decimal, words: str
) -> Signal:
    shown = "，".join(f"{LABELS[kind]}{tail(min(shared[kind]))}" for kind in WHOLE if shared[kind])
    return Signal(
        code,
        FAMILY,
        parties((one, other)),
        f"{names((one, other))}编制投标文件的设备{words}。{CLUE}",
        tuple(row(side, f"编制设备特征码：{shown}") for side in (one, other)),
        weight,
    )
