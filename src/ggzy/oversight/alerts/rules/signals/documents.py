"""文件信号: near-identical text, the same slips, the same author. What the bidding documents say is taken off."""

from collections.abc import Iterator
from decimal import Decimal

from ggzy.oversight.alerts.rules.signals.pairing import (
    CLUE,
    Side,
    Signal,
    names,
    parties,
    row,
    sharing,
    sides,
)
from ggzy.oversight.alerts.values import Evidence, Params
from ggzy.trading.dossier.values.record import LotRecord
from ggzy.trading.dossier.values.traces import Common, FileTrace

FAMILY = "documents"
SHOWN = 5
FIELDS = (("author", "作者"), ("changed_by", "最后修改者"), ("company", "单位"))
ANYBODY = frozenset(
    {
        "", "administrator", "admin", "user", "users", "owner", "author", "作者", "用户", "微软用户", "windows 用户",
        "windows user", "microsoft", "microsoft office user", "wps", "wps office", "pc", "lenovo", "hp", "dell",
        "unknown", "none", "微软中国", "中国", "china", "anonymous", "root", "python-docx", "apache poi",
    }
)  # fmt: skip


def similar(record: LotRecord, params: Params) -> Iterator[Signal]:
    """文本雷同 after the bidding documents' own text was taken off."""
    limit = Decimal(params["similarity"])
    for one, other, common in compared(record):
        if common.similarity is not None and common.similarity >= limit:
            share = f"{common.similarity * 100:.1f} %"
            rows = (
                row(one, f"与{other.bid.name}的文本相似度 {share}（已去除招标文件原文）"),
                *(Evidence("相同段落", f"“{text}”") for text in common.passages[:SHOWN]),
            )
            yield Signal(
                "B10",
                FAMILY,
                parties((one, other)),
                f"{names((one, other))}的投标文件去除招标文件原文后，文本相似度 {share}，达到 {limit * 100:.0f} %。{CLUE}",
                rows,
                Decimal("0.6"),
            )


def same_slips(record: LotRecord, params: Params) -> Iterator[Signal]:
    """错误雷同: slips that no more than half of the bids share; or a bid that names the other bidder."""
    least = int(params["slips_min"])
    for one, other, common in compared(record):
        if len(common.slips) >= least or common.named:
            named = [
                (side, rival) for side, rival in ((one, other), (other, one)) if side.bid.bid in common.named
            ]
            words = [f"有 {len(common.slips)} 处相同的罕见差错"] if len(common.slips) >= least else []
            words += [f"{side.bid.name}的文件中出现“{rival.bid.name}”" for side, rival in named]
            yield Signal(
                "B11",
                FAMILY,
                parties((one, other)),
                f"{names((one, other))}的投标文件{'，'.join(words)}。{CLUE}",
                (
                    row(one, "；".join(words)),
                    *(Evidence("相同差错", slip) for slip in common.slips[:SHOWN]),
                ),
                Decimal("0.75") if named and len(common.slips) >= least else Decimal("0.65"),
            )


def same_author(record: LotRecord, params: Params) -> Iterator[Signal]:
    """文档属性相同: author, last editor or company, other than everybody's and other than the documents' own."""
    known = {
        (field, _plain(getattr(file, field)))
        for file in (record.compared.documents if record.compared else ())
        for field, _ in FIELDS
    }
    for field, label in FIELDS:

        def told(side: Side, field: str = field) -> Iterator[str]:
            return (_plain(getattr(file, field)) for file in side.trace.files)

        for name, some in sharing(sides(record), told):
            if name in ANYBODY or len(name) < 2 or (field, name) in known or _is_own(name, some):
                continue
            yield Signal(
                "D01",
                FAMILY,
                parties(some),
                f"{names(some)}的投标文件文档属性中{label}同为“{name}”。{CLUE}",
                tuple(row(side, f"{label}“{name}”：{_holding(side, field, name)}") for side in some),
                Decimal("0.4"),
                about=f"{field}:{name}",
            )


def compared(record: LotRecord) -> Iterator[tuple[Side, Side, Common]]:
    """已比对的每两方."""
    held = {side.bid.bid: side for side in sides(record)}
    for common in record.compared.common if record.compared else ():
        if common.one in held and common.other in held:
            yield held[common.one], held[common.other], common


def _plain(text: str) -> str:
    return " ".join(text.split()).lower()


def _is_own(name: str, some: tuple[Side, ...]) -> bool:
    """A consortium's partner or a branch may bear the name of the bidder itself; then the other holds a rival's."""
    return all(name in side.bid.name.lower() for side in some)


def _holding(side: Side, field: str, name: str) -> str:
    files: list[FileTrace] = [file for file in side.trace.files if _plain(getattr(file, field)) == name]
    return "、".join(f"《{file.name}》" for file in files[:SHOWN])
