"""读入: auctions from JSON (an auction or a bid each) and tables (a bid a row, or an auction a row), packed or not.

Nothing in a file ends the reading: what cannot be used is a Trouble with its line, the rest goes on.
"""

import csv
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TextIO

from screens import columns
from screens.columns import Columns
from screens.distribution import usable
from screens.numbers import has_decimal_comma, has_decimal_point, is_absent, listed, number
from screens.opening import DAMAGED, delimiter, opened
from screens.values import Auction, Trouble

LINE_MAX = 16 * 2**20  # characters; more is no auction
FIELD_MAX = 2**20
JSON, TABLES = (".jsonl", ".json", ".ndjson"), (".csv", ".tsv", ".tab", ".txt")
LISTS = ("auctions", "tenders", "data", "results")  # under which a JSON document may hold its auctions
SAYS = {
    True: "1 1.0 true yes y 是 oui sì si sí ja sim collusive collusion cartel 串标 围标",
    False: "0 0.0 false no n 否 non nein não nao competitive competition 正常",
}
LABELS = {word: label for label, words in SAYS.items() for word in words.split()}


@dataclass
class Gathered:
    """收集中的一次竞价: its bids as written, each with its line; `place` is where it began."""

    key: str
    market: str
    place: str
    bids: list[tuple[str, object]] = field(default_factory=list)
    labels: list[bool] = field(default_factory=list)


@dataclass
class Reader:
    """读入器. Gathers what is wrong while the auctions pass. `told` names columns, by their names or patterns."""

    told: Mapping[str, Sequence[str]] = field(default_factory=dict)
    encoding: str | None = None
    troubles: list[Trouble] = field(default_factory=list)

    def read(self, path: Path) -> Iterator[Auction]:
        """竞价, in the order of the file. Raises OSError if it cannot be opened, Unusable if nothing reads its kind."""
        before = len(self.troubles)
        with opened(path, self.encoding) as stream:
            rows = Rows(self, path)
            try:
                for auction in rows.auctions(stream):
                    yield self._checked(auction)
            except DAMAGED as error:
                yield from map(self._checked, rows.ended())
                self.say(path.name, f"压缩文件不完整，其后未读 ({error})")
        self.troubles[before:] = sorted(self.troubles[before:], key=_line)

    def _checked(self, auction: Auction) -> Auction:
        positive = sum(math.isfinite(bid) and bid > 0 for bid in auction.bids)
        aside = positive - len(usable(auction.bids))
        if aside:
            self.say(
                auction.place, f"{auction.key[:60]}：{aside} 个报价的单位与其余不同（相差五十倍以上），不计入"
            )
        return auction

    def say(self, place: str, reason: str) -> None:
        """记下一处."""
        self.troubles.append(Trouble(place, reason))


@dataclass
class Rows:
    """一个文件的各行. Bids of one auction need not stand together: rows of bids are gathered to the end."""

    reader: Reader
    path: Path
    gathered: dict[tuple[str, str, str], Gathered] = field(default_factory=dict)
    headers: dict[tuple[str, ...], Columns] = field(default_factory=dict)

    def auctions(self, stream: TextIO) -> Iterator[Auction]:
        """竞价 of the file, those of one row as they come."""
        lines = ((number, line) for number, line in enumerate(self._bounded(stream), 1) if line.strip())
        first = next(lines, None)
        if first is None:
            return
        rows = self._objects if self._is_json(first[1]) else self._table
        yield from rows(chain([first], lines))
        yield from self.ended()

    def ended(self) -> Iterator[Auction]:
        """收齐: what was gathered. A column is read by the mark for decimals that more of its values need."""
        written = [bid for one in self.gathered.values() for _, bid in one.bids if isinstance(bid, str)]
        comma = sum(map(has_decimal_comma, written)) > sum(map(has_decimal_point, written))
        for one in self.gathered.values():
            yield self._auction(one, comma)
        self.gathered.clear()

    def _is_json(self, first: str) -> bool:
        kinds = self.path.suffixes[-1:] + self.path.suffixes[-2:-1]
        kind = next((kind.lower() for kind in kinds if kind.lower() in JSON + TABLES), "")
        return kind in JSON or (kind not in TABLES and first.lstrip().startswith(("{", "[")))

    def _objects(self, lines: Iterator[tuple[int, str]]) -> Iterator[Auction]:
        """JSON Lines; or, where the first line is none, one document over many."""
        number, line = next(lines)
        told = _parsed(line)
        if told is None:
            held = [(number, line), *lines]
            whole = _parsed("".join(line for _, line in held))
            lines = iter(held if whole is None else ())
            told = whole
        if told is not None:
            yield from self._object(told, f"{self.path.name}:{number}")
        for number, line in lines:
            place, told = f"{self.path.name}:{number}", _parsed(line.rstrip().removesuffix(","))
            if told is None:
                self.reader.say(place, "不是完整的 JSON")
            else:
                yield from self._object(told, place)

    def _object(self, told: object, place: str) -> Iterator[Auction]:
        inner = next((told[name] for name in LISTS if name in told), None) if isinstance(told, dict) else told
        if isinstance(inner, list) and all(isinstance(one, dict) for one in inner):
            for one in inner:
                yield from self._object(one, place)
        elif isinstance(told, dict):
            yield from self._row(told, self._columns(tuple(told)), place, at_once=True)
        else:
            self.reader.say(place, "不是一个竞价对象")

    def _table(self, lines: Iterator[tuple[int, str]]) -> Iterator[Auction]:
        number, first = next(lines)
        numbers = [number]

        def counted() -> Iterator[str]:
            yield first
            for number, line in lines:
                numbers[0] = number
                yield line.replace("\0", "")

        csv.field_size_limit(FIELD_MAX)
        table = csv.reader(counted(), delimiter=delimiter(first))
        header = _unlike([name.strip() for name in next(table, [])])
        known = self._columns(tuple(header))
        if not known.bids or (len(known.bids) == 1 and known.key is None):
            self.reader.say(
                f"{self.path.name}:{number}",
                f"认不出竞价编号列或报价列，请用 --auction、--bid 指明；列名有：{'、'.join(header)[:300]}",
            )
            return
        while True:
            try:
                row = next(table, None)
            except csv.Error as error:
                self.reader.say(f"{self.path.name}:{numbers[0]}", f"不是一行 CSV ({error})")
                continue
            if row is None:
                break
            told = dict(zip(header, (cell.strip() for cell in row), strict=False))
            yield from self._row(told, known, f"{self.path.name}:{numbers[0]}", at_once=False)

    def _columns(self, header: tuple[str, ...]) -> Columns:
        if header not in self.headers:
            self.headers[header] = columns.columns(header, self.reader.told)
        return self.headers[header]

    def _row(
        self, told: Mapping[str, object], known: Columns, place: str, *, at_once: bool
    ) -> Iterator[Auction]:
        """One bid of an auction; or a whole auction, which is passed on at once if its numbers can be read alone."""
        values = [told[name] for name in known.bids if name in told]
        if not values:
            self.reader.say(place, "没有报价列表 bids")
            return
        many = values if len(known.bids) > 1 else listed(values[0])
        key, market = _text(told, known.key), _text(told, known.market)
        if many is None and not key:
            self.reader.say(place, "没有竞价编号")
            return
        new = Gathered(key or place, market, place)
        one = self.gathered.setdefault((market, key, "" if many is None else place), new)
        one.bids += [
            (place, value) for value in many or values if len(known.bids) == 1 or not is_absent(value)
        ]
        label = self._label(told.get(known.label or ""), place)
        if label is not None:
            one.labels.append(label)
        if many is not None and at_once:
            yield self._auction(self.gathered.pop((market, key, place)), comma=False)

    def _auction(self, one: Gathered, comma: bool) -> Auction:
        """It is collusive if any of its bids is."""
        bids = [self._number(told, place, comma) for place, told in one.bids]
        known = tuple(bid for bid in bids if bid is not None)
        return Auction(one.key, one.market, known, any(one.labels) if one.labels else None, one.place)

    def _number(self, told: object, place: str, comma: bool) -> float | None:
        value = number(told, comma=comma)
        if is_absent(told):
            self.reader.say(place, "报价为空")
        elif value is None:
            self.reader.say(place, f"报价不是数：{str(told)[:40]!r}")
        elif not math.isfinite(value) or value <= 0:
            self.reader.say(place, f"报价 {value} 不是正数，不计入")
        return value

    def _label(self, told: object, place: str) -> bool | None:
        if is_absent(told):
            return None
        label = LABELS.get(str(told).strip().lower())
        if label is None:
            self.reader.say(place, f"标记不是 0 或 1：{str(told)[:40]!r}")
        return label

    def _bounded(self, stream: TextIO) -> Iterator[str]:
        """Lines; an empty one for one too long, of which no more than a piece is ever held."""
        for place, line in enumerate(iter(lambda: stream.readline(LINE_MAX), ""), 1):
            if len(line) == LINE_MAX and not line.endswith("\n"):
                while (piece := stream.readline(LINE_MAX)) and not piece.endswith("\n"):
                    pass
                self.reader.say(f"{self.path.name}:{place}", f"一行超过 {LINE_MAX} 字，未读")
                yield ""
            else:
                yield line


def _parsed(line: str) -> object:
    """None for what is no JSON, and for its null."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _text(told: Mapping[str, object], name: str | None) -> str:
    value = told.get(name or "")
    return "" if value is None else str(value).strip()


def _line(trouble: Trouble) -> float:
    """What is said of the whole file stands last."""
    line = trouble.place.rpartition(":")[2]
    return int(line) if line.isdecimal() else math.inf


def _unlike(header: Sequence[str]) -> list[str]:
    """Names that stand several times numbered."""
    return [
        f"{name} {header[:place].count(name) + 1}" if header.count(name) > 1 else name
        for place, name in enumerate(header)
    ]
