"""核验: walks the whole journal, then folds the facts of every lot, party and file of supervision against its rows.

    ./ggzy verify [--json]

Exit code 0: everything agrees. 1: something does not. 2: something could not be looked at.
"""

import json
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandParser

from ggzy.foundation.journal import queries as journal
from ggzy.foundation.journal.values import Fact
from ggzy.foundation.sealing.signing import SignerAway
from ggzy.kernel.errors import Missing
from ggzy.oversight.alerts import queries as alerting
from ggzy.oversight.cases import queries as cases
from ggzy.trading.projects import queries as projects

SHOWN_MAX = 40
SIGNER_SECONDS = 3.0
STEP = 20_000
FILES = ("case", "petition", "complaint", "check", "post")  # what supervision keeps a file of
Fold = Callable[[Iterable[Fact]], dict[str, object]]
Standing = Callable[[str], dict[str, object]]


@dataclass(frozen=True)
class Teller:
    """An app that can say the same twice: from its facts and from its rows."""

    label: str
    fold: Fold
    standing: Standing


@dataclass
class Folds:
    """How many things were folded, and where facts and rows differ."""

    lots: int = 0
    parties: int = 0
    experts: int = 0
    files: int = 0
    compared: int = 0
    faults: list[str] = field(default_factory=list)


class Command(BaseCommand):
    help = "Walks the journal and compares its facts with the rows."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="figures and faults for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        await_signer()
        with journal.at_one_moment():
            found = journal.audit(self._silent if options["json"] else self._progress)
            walked = time.monotonic() - began
            folds = compare(found)
        faults = [*found.faults, *folds.faults]
        figures = {
            "entries": found.entries,
            "bodies": found.bodies,
            "erased": found.erased,
            "subjects": len(found.subjects),
            "heads": found.heads,
            "tiles": found.nodes,
            "lots": folds.lots,
            "parties": folds.parties,
            "experts": folds.experts,
            "files": folds.files,
            "folds": folds.compared,
            "seconds": round(time.monotonic() - began, 3),
            "entries_per_second": round(found.entries / walked) if walked else 0,
            "faults": faults,
            "gaps": found.gaps,
        }
        code = 1 if faults else 2 if found.gaps else 0
        if options["json"]:
            self.stdout.write(json.dumps({**figures, "exit_code": code}, ensure_ascii=False))
        else:
            self._report(faults, found.gaps)
        self.stdout.write(summary(figures, code), self.style.SUCCESS if code == 0 else self.style.ERROR)
        if code:
            sys.exit(code)

    def _report(self, faults: list[str], gaps: list[str]) -> None:
        for text in faults[:SHOWN_MAX]:
            self.stdout.write(f"  不符  {text}")
        if len(faults) > SHOWN_MAX:
            self.stdout.write(f"  另有 {len(faults) - SHOWN_MAX} 处不符")
        for text in gaps:
            self.stdout.write(f"  未核  {text}")

    def _progress(self, entries: int) -> None:
        if entries % STEP == 0:
            self.stdout.write(f"  已核验 {entries:,} 条")

    def _silent(self, entries: int) -> None:
        return None


def await_signer() -> None:
    """The signer tells the public keys; it may have been started a moment ago. Without it, that is a gap."""
    limit = time.monotonic() + SIGNER_SECONDS
    while time.monotonic() < limit:
        try:
            journal.signer().keys()
            return
        except SignerAway:
            time.sleep(0.05)


def summary(figures: dict[str, Any], code: int) -> str:
    """The one line at the end."""
    verdict = {0: "核验通过", 1: "核验不通过", 2: "核验不完整"}[code]
    return (
        f"{verdict}：留痕 {figures['entries']:,} 条，{figures['subjects']:,} 个流，存证点 {figures['heads']:,} 个，"
        f"标段 {figures['lots']:,} 个，监督卷 {figures['files']:,} 个，事实与数据比对 {figures['folds']:,} 次，"
        f"不符 {len(figures['faults'])} 处，{figures['seconds']} 秒"
    )


def compare(found: journal.Audit) -> Folds:
    """事实与数据比对. Every lot, party and file of supervision that the journal knows or that has rows."""
    folds = Folds()
    parties = tellers("ggzy.registers.", only={"parties", "credit"})
    experts = tellers("ggzy.registers.", only={"experts"})
    oversight = tellers("ggzy.oversight.", only={"cases"})
    lots = tellers("ggzy.trading.") + oversight
    for code in known(found, "lot", (lot.code for lot in projects.lots())):
        folds.lots += 1
        _compare_one(folds, lots, code, ("lot", "draw"))
    for code in known(found, "party", ()):
        folds.parties += 1
        _compare_one(folds, parties, code, ("party",))
    alerts = tellers("ggzy.oversight.", only={"alerts"})
    for code in known(found, "alert", alerting.told()):
        _compare_one(folds, alerts, code, ("alert",))
    for code in known(found, "expert", ()):
        folds.experts += 1
        _compare_one(folds, experts, code, ("expert",))
    for kind in FILES:
        for code in known(found, kind, cases.files(kind)):
            folds.files += 1
            _compare_one(folds, oversight, code, (kind,))
    return folds


def tellers(prefix: str, only: set[str] | None = None) -> tuple[Teller, ...]:
    """The apps of a floor that have both `rules.fold` and `queries.standing`."""
    found = []
    for config in apps.get_app_configs():
        if not config.name.startswith(prefix) or (only is not None and config.label not in only):
            continue
        try:
            rules, queries = import_module(f"{config.name}.rules"), import_module(f"{config.name}.queries")
        except ModuleNotFoundError:
            continue
        if hasattr(rules, "fold") and hasattr(queries, "standing"):
            found.append(Teller(config.label, rules.fold, queries.standing))
    return tuple(found)


def known(found: journal.Audit, kind: str, rows: Iterable[str]) -> list[str]:
    """The codes of lots or parties: of the journal's streams and of the rows, each once."""
    streams = (subject.split("/") for subject in found.subjects if subject.startswith(f"{kind}/"))
    return sorted({parts[1] for parts in streams} | set(rows))


def facts_of(code: str, kinds: Iterable[str]) -> list[Fact]:
    """All facts of one lot or party, in the order of the journal."""
    told = [fact for kind in kinds for fact in journal.facts(prefix=f"{kind}/{code}")]
    return sorted(told, key=lambda fact: fact.height)


def _compare_one(folds: Folds, tellers: tuple[Teller, ...], code: str, kinds: Iterable[str]) -> None:
    try:
        facts = facts_of(code, kinds)
    except ValueError as error:
        folds.faults.append(f"{code}：事实不能读取：{error}")
        return
    for teller in tellers:
        folds.compared += 1
        told, stands = teller.fold(facts), _standing(teller, code)
        for name in sorted(told.keys() | stands.keys()):
            if told.get(name) != stands.get(name):
                folds.faults.append(
                    f"{code} {teller.label}.{name}：事实为 {told.get(name)!r}，数据为 {stands.get(name)!r}"
                )


def _standing(teller: Teller, code: str) -> dict[str, object]:
    """What the rows say; nothing where the row itself is gone."""
    try:
        return teller.standing(code)
    except Missing:
        return {}
