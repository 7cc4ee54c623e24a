"""监督台账 at the machine: the list of powers and who used it, cases, complaints, petitions, checks.

./ggzy manage oversight powers | exercises | cases | complaints | petitions | checks [--region 980100] [--json]
"""

import json
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.codes import RegionCode
from ggzy.kernel.events import instant_text
from ggzy.oversight.cases import queries
from ggzy.oversight.cases.queries import checks, complaints, listing
from ggzy.oversight.powers import queries as listed

Row = dict[str, str]


class Command(BaseCommand):
    help = "lists what supervision did and has to do (监督台账)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=tuple(TABLES), help="台账")
        parser.add_argument(
            "--region", type=RegionCode.parse, default=RegionCode.COUNTRY, help="行政区划代码"
        )
        parser.add_argument("--json", action="store_true", help="one object a line, for programs")

    def handle(self, *args: object, **options: Any) -> None:
        rows = TABLES[options["what"]](options["region"], journal.now())
        for row in rows:
            text = json.dumps(row, ensure_ascii=False) if options["json"] else "\t".join(row.values())
            self.stdout.write(text)
        if not options["json"]:
            self.stdout.write(f"{len(rows)} 件")


def _powers(region: RegionCode, at: datetime) -> list[Row]:
    used = listing.exercised()
    return [
        {"code": row.code, "item": row.item, "basis": row.basis, "used": str(used.get(row.code, 0))}
        for row in listed.powers()
    ]


def _exercises(region: RegionCode, at: datetime) -> list[Row]:
    return [
        {
            "power": one.power,
            "at": instant_text(one.at),
            "lot": str(one.lot or ""),
            "person": one.person,
            "opinion": one.opinion,
        }
        for one in queries.exercises(region=region, limit=1000)
    ]


def _cases(region: RegionCode, at: datetime) -> list[Row]:
    return [
        {"code": one.code, "state": one.state.label, "until": one.decide_by.isoformat(), "title": one.title}
        for one in queries.cases(region, at, limit=1000)
    ]


def _complaints(region: RegionCode, at: datetime) -> list[Row]:
    return [
        {
            "code": one.code,
            "state": one.state.label,
            "until": (one.decide_by or one.accept_by).isoformat(),
            "matter": one.matter.name,
            "lot": str(one.lot),
        }
        for one in complaints.complaints(region, limit=1000)
    ]


def _petitions(region: RegionCode, at: datetime) -> list[Row]:
    """Never the words of one: reading them is journalled, and this is not."""
    return [
        {
            "code": one.code,
            "state": one.state.label,
            "until": one.answer_by.isoformat(),
            "category": one.new.category.label,
        }
        for one in complaints.petitions(region, at, limit=1000)
    ]


def _checks(region: RegionCode, at: datetime) -> list[Row]:
    return [
        {"code": one.code, "state": one.state.label, "item": one.item.name, "objects": str(len(one.results))}
        for one in checks.checks(at, region=region, limit=1000)
    ]


TABLES: dict[str, Callable[[RegionCode, datetime], Sequence[Row]]] = {
    "powers": _powers,
    "exercises": _exercises,
    "cases": _cases,
    "complaints": _complaints,
    "petitions": _petitions,
    "checks": _checks,
}
