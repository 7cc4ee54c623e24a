"""案卷: exported, it checks itself without us; what the public may not read stays closed and stays provable."""

import io
import subprocess
import sys
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ggzy.desk.management.rehearsal.clock import at_moment
from ggzy.desk.management.rehearsal.readings import BidderReading, LotReading, read_price
from ggzy.desk.management.rehearsal.runner import Rehearsal
from ggzy.foundation.journal import services as journal
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Forbidden
from ggzy.kernel.instants import BEIJING
from ggzy.kernel.verdict import Refused
from ggzy.trading.dossier import models, queries, services

pytestmark = pytest.mark.django_db
PRICES = ("1799255.53", "1809900.75", "1801325.31")
PUBLICITY = (datetime(2025, 6, 13, 18, tzinfo=BEIJING), datetime(2025, 6, 16, 18, tzinfo=BEIJING))


@pytest.fixture
def walked(tmp_path: Path) -> tuple[Rehearsal, LotCode]:
    named = tuple(
        BidderReading(f"云岭{n}号建设有限公司", read_price(p)) for n, p in enumerate(PRICES, start=1)
    )
    reading = LotReading("test", 1, "江州市第一小学教学楼工程", publicity=PUBLICITY, bidders=named)
    rehearsal = Rehearsal("t", tmp_path / "custodians", [reading], first_serial=1)
    (outcome,) = rehearsal.run()
    assert outcome.lot is not None and outcome.is_good
    journal.pad()
    journal.checkpoint()
    return rehearsal, outcome.lot


def _checked(tmp_path: Path, dossier: bytes) -> subprocess.CompletedProcess[str]:
    file = tmp_path / "dossier.zip"
    file.write_bytes(dossier)
    return subprocess.run(
        [sys.executable, str(file)], capture_output=True, text=True, check=False, timeout=60
    )


def _spoilt(dossier: bytes) -> bytes:
    """One price of the read-out told differently."""
    told = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(dossier)) as old, zipfile.ZipFile(told, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b"1799255.53", b"1799255.54") if name == "events.jsonl" else data)
    return told.getvalue()


def test_the_whole_dossier_verifies_itself_and_a_changed_price_is_found(walked, tmp_path):
    _, lot = walked
    whole = queries.export(lot, "supervision")
    assert b"1799255.53" in zipfile.ZipFile(io.BytesIO(whole)).read("events.jsonl")
    sound = _checked(tmp_path, whole)
    assert sound.returncode == 0, sound.stdout
    assert "不通过" not in sound.stdout
    assert _checked(tmp_path, _spoilt(whole)).returncode == 1


def test_the_public_dossier_withholds_what_is_sealed_and_keeps_its_place(walked, tmp_path):
    _, lot = walked
    public = queries.export(lot, "public")
    events = zipfile.ZipFile(io.BytesIO(public)).read("events.jsonl").decode().splitlines()
    sealed = [line for line in events if f"lot/{lot}/1/bids" in line]
    assert len(sealed) == 4
    assert all('"event":null' in line.replace(" ", "") for line in sealed)
    assert _checked(tmp_path, public).returncode == 2


def test_a_refresh_from_nothing_equals_what_was_followed(walked):
    _, lot = walked
    followed, opening = queries.summary(lot), queries.opening(lot)
    services.refresh(lot)
    assert queries.summary(lot) == followed
    for table in (models.Summary, models.Opening, models.OpenedBid):
        table.objects.filter(lot=lot).delete()
    services.refresh(lot)
    assert queries.summary(lot) == followed
    assert queries.opening(lot) == opening


def test_the_whole_is_read_for_a_reason_and_by_those_who_watch(walked):
    rehearsal, lot = walked
    at = PUBLICITY[1] + timedelta(days=200)
    cast = rehearsal.cast
    with at_moment(at):
        with pytest.raises(Refused):
            services.read_whole(cast.act(cast.supervisor), lot, "supervision", " ", at=at)
        with pytest.raises(Forbidden):
            services.read_whole(cast.act(cast.agency), lot, "supervision", "看看", at=at)
        receipt = services.read_whole(cast.act(cast.supervisor), lot, "supervision", "投诉处理", at=at)
    assert receipt.subject == f"lot/{lot}/reads"
