"""监管指标试算: the platform's indicators over files of OCDS releases, records or packages.

./ggzy manage indicators FILE...                    a table
./ggzy manage indicators FILE... --format json      the same as one JSON object
./ggzy manage indicators FILE... --rules construction

Nothing is kept and nothing is told to the journal. What is doubtful in a file goes to standard error with its
line. `--rules` names the category whose limits the tenders are held to; without it no limit of law is asked.
"""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ggzy.kernel.errors import Missing
from ggzy.oversight.alerts import services
from ggzy.oversight.alerts.values import Grade
from ggzy.oversight.alerts.values.tried import Asked, Clue, Tried
from redflags import reading, trees

DOUBTS_MAX = 1_000
WORDS_MAX = 2_000


class Command(BaseCommand):
    help = "asks the indicators about files of OCDS releases (监管指标试算)"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="OCDS as JSON or lines, also compressed")
        parser.add_argument("--format", choices=("text", "json"), default="text", help="what to print")
        parser.add_argument(
            "--rules", default="", metavar="CATEGORY", help="whose limits the tenders are held to"
        )

    def handle(self, *args: object, **options: Any) -> None:
        self._doubts = 0
        try:
            trial = services.Trial(options["rules"])
        except Missing as error:
            raise CommandError(str(error)) from None
        unread = sum(not self._read(name, trial) for name in options["files"])
        if self._doubts > DOUBTS_MAX:
            self.stderr.write(f"……存疑共 {self._doubts:,} 处，以上为前 {DOUBTS_MAX:,} 处")
        tried = trial.conclude()
        self.stdout.write(_as_json(tried) if options["format"] == "json" else _as_text(tried))
        if unread:
            raise CommandError(f"{unread} 个文件不能读取")

    def _read(self, name: str, trial: services.Trial) -> bool:
        """A file that cannot be read is said, and the others go on."""
        try:
            with reading.opened(name) as sources:
                for source in sources:
                    for told in trees.told(source):
                        words = (told.fault,) if told.release is None else trial.take(told.release)
                        for one in words:
                            self._doubt(f"{source.name}：第 {told.line} 行：{one}")
        except reading.Unreadable as error:
            self.stderr.write(_plain(f"{name}：{error}"))
            return False
        return True

    def _doubt(self, words: str) -> None:
        self._doubts += 1
        if self._doubts <= DOUBTS_MAX:
            self.stderr.write(_plain(words))


def _as_text(tried: Tried) -> str:
    rows = [
        f"采购过程 {tried.processes:,} 个，标段 {tried.lots:,} 个，线索 {len(tried.clues):,} 条。线索供核查，不是结论。"
    ]
    rows += ["", "代码\t等级\t对象\t发现"]
    rows += [_row(clue) for clue in tried.clues]
    rows += ["", "代码\t指标\t可算标段\t线索\t未能查看\t所需内容"]
    rows += [
        f"{one.indicator.code}\t{one.indicator.name}\t{one.lots or '不可计算'}\t{one.found}\t{one.failed}\t{one.needs}"
        for one in tried.asked
    ]
    return "\n".join(rows)


def _row(clue: Clue) -> str:
    label = Grade(clue.grade).label
    cells = (clue.indicator.code, label, clue.about, clue.sentence)
    return "\t".join(_plain(cell) for cell in cells)


def _as_json(tried: Tried) -> str:
    whole = {
        "processes": tried.processes,
        "lots": tried.lots,
        "findings": [_finding(clue) for clue in tried.clues],
        "indicators": [_indicator(one) for one in tried.asked],
    }
    return json.dumps(whole, ensure_ascii=True, indent=1)


def _finding(clue: Clue) -> dict[str, object]:
    return {
        "indicator": clue.indicator.code,
        "name": clue.indicator.name,
        "grade": clue.grade,
        "about": clue.about,
        "sentence": clue.sentence,
        "currency": clue.currency,
        "parties": clue.parties,
        "score": str(clue.score),
        "evidence": [{"label": row.label, "text": row.text} for row in clue.evidence],
        "basis": clue.indicator.basis,
        "innocent": clue.indicator.quiet,
    }


def _indicator(one: Asked) -> dict[str, object]:
    return {
        "indicator": one.indicator.code,
        "name": one.indicator.name,
        "computable": one.lots > 0,
        "lots": one.lots,
        "findings": one.found,
        "failed": one.failed,
        "needs": one.needs,
    }


def _plain(words: str) -> str:
    """A hostile text cannot move the cursor or end the line."""
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in words[:WORDS_MAX])
