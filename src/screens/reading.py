"""读入: auctions from JSON Lines (one auction a line) and CSV (one bid a row), plain or gzipped.

Nothing in a file ends the reading: what cannot be used is a Trouble with its line, the rest goes on.
"""

import csv
import gzip
import json
import math
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from screens.distribution import usable
from screens.values import Auction, Trouble

LINE_MAX = 16 * 2**20  # characters; more is no auction
FIELD_MAX = 2**20
KEYS = ("auction", "auction_id", "tender", "lot", "ocid", "id", "标段编号", "项目编号")
MARKETS = ("dataset", "market", "市场")
BIDS = ("bids", "bid_values", "candidates", "报价")
BID = ("bid", "bid_value", "bidvalue", "amount", "price", "投标报价", "报价")
LABELS = ("collusive", "collusion", "collusive_auction", "collusive_competitor", "cartel", "label", "串标")
WORDS = {"1": True, "1.0": True, "true": True, "yes": True, "是": True}
WORDS |= {"0": False, "0.0": False, "false": False, "no": False, "否": False}
CURRENCY = re.compile(r"[,，\s]|^[¥￥$€£]|(?:元|CNY|RMB|%|％)$")


@dataclass
class Reader:
    """读入器. Gathers what is wrong while the auctions pass."""

    troubles: list[Trouble] = field(default_factory=list)

    def read(self, path: Path) -> Iterator[Auction]:
        """竞价, in the order of the file. Raises OSError if the file cannot be opened."""
        rows = self._rows if _plain(path).suffix.lower() in (".csv", ".tsv") else self._lines
        with _opened(path) as stream:
            try:
                yield from (self._checked(one) for one in rows(stream, path))
            except (EOFError, zlib.error, gzip.BadGzipFile) as error:
                self._say(path.name, f"压缩文件不完整，其后未读 ({error})")

    def _lines(self, stream: TextIO, path: Path) -> Iterator[Auction]:
        for number, line in enumerate(_bounded(stream), 1):
            place = f"{path.name}:{number}"
            if line is None:
                self._say(place, f"一行超过 {LINE_MAX} 字，未读")
            elif line.strip():
                try:
                    told = json.loads(line)
                except (ValueError, RecursionError) as error:
                    self._say(place, f"不是完整的 JSON ({type(error).__name__})")
                    continue
                if isinstance(told, dict):
                    yield from self._auction(told, place)
                else:
                    self._say(place, "不是一个竞价对象")

    def _auction(self, told: Mapping[str, object], place: str) -> Iterator[Auction]:
        told = {str(name).strip().lower(): value for name, value in told.items()}
        bids = _first(told, BIDS)
        if not isinstance(bids, list):
            self._say(place, "没有报价列表 bids")
            return
        values = [self._number(bid, place) for bid in bids]
        key = _first(told, KEYS)
        yield Auction(
            key=place if key in (None, "") else str(key),
            market=str(_first(told, MARKETS) or ""),
            bids=tuple(value for value in values if value is not None),
            collusive=self._label(_first(told, LABELS), place),
            place=place,
        )

    def _rows(self, stream: TextIO, path: Path) -> Iterator[Auction]:
        """Bids of one auction need not stand together; it is collusive if any of its bids is."""
        csv.field_size_limit(FIELD_MAX)
        lines = csv.reader(
            self._whole(stream, path), delimiter="\t" if _plain(path).suffix.lower() == ".tsv" else ","
        )
        header = [name.strip().lower() for name in next(lines, [])]
        asked = {"key": KEYS, "bid": BID, "market": MARKETS, "label": LABELS}
        at = {
            what: next((header.index(name) for name in names if name in header), None)
            for what, names in asked.items()
        }
        if at["key"] is None or at["bid"] is None:
            self._say(f"{path.name}:1", f"没有竞价编号列 ({'、'.join(KEYS)}) 或报价列 ({'、'.join(BID)})")
            return
        gathered: dict[tuple[str, str], tuple[str, list[float], list[bool]]] = {}
        while True:
            try:
                row = next(lines, None)
            except csv.Error as error:
                self._say(f"{path.name}:{lines.line_num}", f"不是一行 CSV ({error})")
                continue
            if row is None:
                break
            self._gather(
                row,
                {what: place for what, place in at.items() if place is not None},
                lines.line_num,
                path,
                gathered,
            )
        for (market, key), (place, bids, labels) in gathered.items():
            yield Auction(key, market, tuple(bids), any(labels) if labels else None, place)

    def _gather(
        self,
        row: list[str],
        at: Mapping[str, int],
        number: int,
        path: Path,
        gathered: dict[tuple[str, str], tuple[str, list[float], list[bool]]],
    ) -> None:
        place = f"{path.name}:{number}"
        if not row:
            return
        told = {what: row[column].strip() for what, column in at.items() if column < len(row)}
        if not told.get("key"):
            self._say(place, "没有竞价编号")
            return
        _, bids, labels = gathered.setdefault((told.get("market", ""), told["key"]), (place, [], []))
        value = self._number(told.get("bid"), place)
        if value is not None:
            bids.append(value)
        label = self._label(told.get("label") or None, place)
        if label is not None:
            labels.append(label)

    def _whole(self, stream: TextIO, path: Path) -> Iterator[str]:
        for number, line in enumerate(_bounded(stream), 1):
            if line is None:
                self._say(f"{path.name}:{number}", f"一行超过 {LINE_MAX} 字，未读")
                yield "\n"
            else:
                yield line.replace("\0", "")

    def _number(self, told: object, place: str) -> float | None:
        value = _value(told)
        if value is None:
            self._say(place, f"报价不是数：{str(told)[:40]!r}")
        elif not math.isfinite(value) or value <= 0:
            self._say(place, f"报价 {value} 不是正数，不计入")
        return value

    def _label(self, told: object, place: str) -> bool | None:
        if told is None:
            return None
        label = WORDS.get(str(told).strip().lower())
        if label is None:
            self._say(place, f"标记不是 0 或 1：{str(told)[:40]!r}")
        return label

    def _checked(self, auction: Auction) -> Auction:
        positive = sum(math.isfinite(bid) and bid > 0 for bid in auction.bids)
        aside = positive - len(usable(auction.bids))
        if aside:
            self._say(
                auction.place, f"{auction.key[:60]}：{aside} 个报价的单位与其余不同（相差五十倍以上），不计入"
            )
        return auction

    def _say(self, place: str, reason: str) -> None:
        self.troubles.append(Trouble(place, reason))


def _value(told: object) -> float | None:
    """A number as people write it; an object's `amount`, `value`, `bid` or `price` too."""
    if isinstance(told, Mapping):
        told = next((told[name] for name in ("amount", "value", "bid", "price") if name in told), None)
    if isinstance(told, bool) or not isinstance(told, int | float | str):
        return None
    try:
        return float(CURRENCY.sub("", told.strip())) if isinstance(told, str) else float(told)
    except (ValueError, OverflowError):
        return None


def _first(told: Mapping[str, object], names: Iterable[str]) -> object:
    return next((told[name] for name in names if told.get(name) is not None), None)


def _plain(path: Path) -> Path:
    return path.with_suffix("") if path.suffix.lower() == ".gz" else path


def _opened(path: Path) -> TextIO:
    if path.suffix.lower() == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", errors="replace", newline="")
    return path.open(encoding="utf-8-sig", errors="replace", newline="")


def _bounded(stream: TextIO) -> Iterator[str | None]:
    """Lines; None for one that is too long, of which no more than a piece is ever held."""
    while line := stream.readline(LINE_MAX):
        if len(line) == LINE_MAX and not line.endswith("\n"):
            while (piece := stream.readline(LINE_MAX)) and not piece.endswith("\n"):
                pass
            yield None
        else:
            yield line
