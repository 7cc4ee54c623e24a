"""试算: the indicators over releases of others. Nothing is kept: no row, no alert, no fact.

Releases of one process are merged in the order of their dates. What looks over many lots is asked at the
end of every quarter, of the lots told by then, so that a window that has passed is still seen.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from ggzy.kernel.codes import RegionCode
from ggzy.kernel.instants import local_date
from ggzy.oversight.alerts import indicators, rules
from ggzy.oversight.alerts.rules import ocds
from ggzy.oversight.alerts.rules.ocds import Mapped
from ggzy.oversight.alerts.values import Model, Note
from ggzy.oversight.alerts.values.alerts import Found
from ggzy.oversight.alerts.values.tried import Asked, Clue, Tried
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.catalog.values import Rulebook
from redflags.merging import merged

_YUAN = re.compile(r"(\d\.\d\d) ?元")
KEPT = ("ocid", "date", "buyer", "tender", "bids", "awards", "contracts", "parties")
RELEASES_MAX = 200  # of one process: each is merged into the ones before
NO_LAW = Rulebook("", RegionCode.COUNTRY, date.min, (), ())


class Trial:
    """试算 of whatever is taken in, until it is concluded.

    `category` names the rules whose limits, of the day of each tender, it is held to; none for an empty one.
    Raises `Missing` for a category without rules.
    """

    def __init__(self, category: str = "") -> None:
        self.category = category
        self.taken: dict[str, Mapped] = {}
        self.trees: dict[str, dict[str, Any]] = {}
        self.times = Counter[str]()
        self.said: dict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
        self._law(date.max)

    def _law(self, on: date) -> Rulebook:
        return catalog.rulebook(self.category, RegionCode.COUNTRY, on) if self.category else NO_LAW

    def take(self, release: dict[str, Any]) -> tuple[str, ...]:
        """计入一份发布; what is doubtful in it is told."""
        ocid = release["ocid"]
        said = ocds.deadline(release)
        if said is not None and len(self.said[ocid]) < RELEASES_MAX:
            self.said[ocid].append(said)
        before = self.taken.get(ocid)
        if before is not None:
            self.times[ocid] += 1
            if self.times[ocid] > RELEASES_MAX:
                return (f"同一 ocid 超过 {RELEASES_MAX} 条，已略过",)
            release = merged([self.trees[ocid], release])
        self.trees[ocid] = {key: release[key] for key in KEPT if key in release}
        law = self._law(ocds.began_on(release) or date.max)
        mapped = ocds.mapped(release, law, sorted(self.said[ocid]))
        self.taken[ocid] = mapped
        if before is None:
            return mapped.doubts
        return ("ocid 重复，已按日期合并", *(words for words in mapped.doubts if words not in before.doubts))

    def conclude(self) -> Tried:
        """得出线索, the gravest first."""
        clues: list[Clue] = []
        asked: list[Asked] = []
        for code, model in indicators.models().items():
            able, failed, found = self._ask(code, model)
            clues += found
            asked.append(
                Asked(
                    indicator=model.indicator,
                    lots=able,
                    found=len(found),
                    failed=failed,
                    needs=ocds.words(code),
                )
            )
        order = ["red", "yellow", "green"]
        clues.sort(key=lambda clue: (order.index(clue.grade), clue.indicator.code, -clue.score, clue.about))
        lots = sum(len(mapped.records) for mapped in self.taken.values())
        return Tried(len(self.taken), lots, tuple(clues), tuple(asked))

    def _ask(self, code: str, model: Model) -> tuple[int, int, list[Clue]]:
        """In how many lots it could be computed, in how many it failed, what it found."""
        able = failed = 0
        clues: list[Clue] = []
        notes: dict[str, list[Note]] = defaultdict(list)
        for mapped in self.taken.values():
            for record in mapped.records:
                if not ocds.is_able(code, record):
                    continue
                able += 1
                if model.inspect is not None:
                    looked = rules.look(model, record, model.indicator.defaults(), record.at)
                    failed += bool(looked.error)
                    clues += (_clue(model, one, str(record.lot), mapped.currency) for one in looked.found)
                elif model.collect is not None:
                    noted, error = rules.collect(model, record)
                    failed += bool(error)
                    for note in noted:
                        notes[note.key].append(note)
        return able, failed, clues + list(_concluded(model, notes))


def _concluded(model: Model, notes: dict[str, list[Note]]) -> Iterator[Clue]:
    found: dict[str, tuple[str, Found]] = {}
    for key in sorted(notes):
        for told in _quarters(notes[key]):
            for one in rules.conclude(model, key, told, model.indicator.defaults()):
                found[one.uid] = key, one
    return (_clue(model, one, key) for key, one in found.values())


def _quarters(notes: Sequence[Note]) -> Iterator[Sequence[Note]]:
    """All notes told by the end of each quarter in which there was one."""
    told = sorted(notes, key=lambda note: (note.at, str(note.lot)))
    ends = Counter(_quarter(note.at) for note in told)
    upto = 0
    for quarter in sorted(ends):
        upto += ends[quarter]
        yield told[:upto]


def _quarter(at: datetime) -> tuple[int, int]:
    on = local_date(at)
    return on.year, (on.month + 2) // 3


def _in(currency: str, words: str) -> str:
    """The sums of a sentence in the currency they are in: indicators write yuan."""
    return words if currency in ("", "CNY") else _YUAN.sub(rf"\1 {currency}", words)


def _clue(model: Model, found: Found, about: str, currency: str = "") -> Clue:
    return Clue(
        indicator=model.indicator,
        grade=found.grade.value,
        about=about,
        sentence=_in(currency, found.sentence),
        parties=tuple(map(str, found.parties)),
        score=found.score,
        evidence=tuple(replace(row, text=_in(currency, row.text)) for row in found.evidence),
        currency=currency,
    )
