"""成交案卷: a sale from its notice to the archive, exported; anyone replays the room without us."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from ggzy.foundation.journal import services as journal
from ggzy.trading.contracting import rules, services
from ggzy.trading.contracting.values import StepKind
from ggzy.trading.dossier import queries as dossier
from ggzy.trading.dossier import services as dossiers
from tests.services.auctions.sale import AFTER, award_of, perform, signed
from tests.services.auctions.stage import DAY
from tests.world import World, clock


@pytest.fixture
def archived(world: World):
    lot, at = signed(world), AFTER + 20 * DAY
    perform(world, lot, StepKind.PAYMENT, at, rules.owing(award_of(lot)))
    perform(world, lot, StepKind.TRANSFER, at)
    with clock(at):
        services.complete(world.owner.acts(), lot, "价款付清，土地已移交", at=at)
        dossiers.archive(world.operator.acts(), lot, at=at + DAY)
    dossiers.refresh(lot)
    journal.pad()
    journal.checkpoint()
    return lot


def checked(tmp_path: Path, data: bytes) -> tuple[int, dict[str, str]]:
    file = tmp_path / "案卷.zip"
    file.write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-I", str(file), "--json"], capture_output=True, text=True, check=False, timeout=60
    )
    report = json.loads(done.stdout)
    return report["exit_code"], {check["check"]: check["state"] for check in report["checks"]}


def forged(data: bytes, old: bytes, new: bytes) -> bytes:
    told = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(told, "w") as copy:
        for name in whole.namelist():
            kept = whole.read(name)
            copy.writestr(name, kept.replace(old, new, 1) if name == "events.jsonl" else kept)
    return told.getvalue()


@pytest.mark.parametrize("view", ["public", "supervision"])
def test_anyone_replays_the_room_from_the_archived_dossier(archived, tmp_path, view):
    code, states = checked(tmp_path, dossier.export(archived, view))
    assert code == 0, states
    assert (states["V9"], states["V14"], states["V11"]) == ("holds", "holds", "absent")


def test_a_forged_price_is_found(archived, tmp_path):
    code, states = checked(tmp_path, forged(dossier.export(archived, "public"), b"260000000", b"261000000"))
    assert code == 1 and states["V14"] == "broken"
