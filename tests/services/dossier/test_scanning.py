"""扫描招标文件: read by the clock, once each, outside any lock; its phrases raise an alert."""

from datetime import timedelta

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.foundation.vault import services as vault
from ggzy.kernel.errors import Conflict, Forbidden
from ggzy.kernel.events import Audience
from ggzy.oversight.alerts import queries as alerts
from ggzy.oversight.alerts.models import Alert
from ggzy.trading.dossier import models, queries, services, timers
from ggzy.trading.tendering.values import DocumentFile
from tests.imprint import files
from tests.services.alerts.stage import passed_on
from tests.services.tendering import hall as stage
from tests.services.tendering.hall import ANNOUNCED, clock

pytestmark = pytest.mark.django_db
SHUTS = "投标人须在本市设有分公司，且近三年在本市有同类业绩。"
LATER = ANNOUNCED + timedelta(minutes=1)


def announced(**contents: bytes) -> stage.Hall:
    """A tender whose documents are these files."""
    people = stage.cast()
    documents = tuple(
        DocumentFile(
            name, vault.put(data, name=name, owner=people.agency.code), len(data), "application/octet-stream"
        )
        for name, data in ((name.replace("_", "."), data) for name, data in contents.items())
    )
    return stage.announced(people, documents=documents)


def tick() -> int:
    moves = list(timers.due(LATER))
    for move in moves:
        move()
    return len(moves)


def test_attached_files_are_scanned_once_and_their_phrases_are_evidence():
    with clock(LATER):
        hall = announced(
            要求_pdf=files.chinese_pdf(["投标人须在本市设有分", "公司，且近三年在本市有同类业绩。"]),
            格式_docx=files.docx(SHUTS),
            图纸_zip=files.zipped({"图.txt": "图"}),
        )
        assert queries.unscanned(LATER) == (hall.code,) and tick() == 1
        assert queries.unscanned(LATER) == () and tick() == 0
    (fact,) = journal.facts(prefix=f"lot/{hall.code}", kinds=["documents.scanned"])
    assert fact.audience is Audience.RESTRICTED
    told = {one.name: one for one in fact.event.files}
    for name in ("要求.pdf", "格式.docx"):
        assert "本市设有分公司" in [one.phrase for one in told[name].passages], told[name]
    assert told["图纸.zip"].unread and not told["图纸.zip"].passages
    passed_on(hall.code)
    (row,) = Alert.objects.filter(lot=hall.code, indicator="F01")
    (found,) = alerts.findings(row.code)
    assert "本市设有分公司" in found.phrases
    assert {"招标文件：要求.pdf", "招标文件：格式.docx"} <= {line.label for line in found.evidence}


def test_quiet_documents_are_scanned_and_raise_nothing():
    with clock(LATER):
        hall = announced(要求_txt="招标人不得要求投标人在本市设有分公司。".encode())
        tick()
    (fact,) = journal.facts(prefix=f"lot/{hall.code}", kinds=["documents.scanned"])
    assert [(one.unread, one.passages) for one in fact.event.files] == [("", ())]
    passed_on(hall.code)
    assert not Alert.objects.filter(lot=hall.code, indicator="F01").exists()


def test_a_file_that_is_gone_is_said_to_be_unread_and_not_asked_of_again(monkeypatch):
    monkeypatch.setattr(services.imprint, "ask", lambda request: {})
    with clock(LATER):
        hall = announced(要求_txt=SHUTS.encode())
        tick()
        assert queries.unscanned(LATER) == ()
    (fact,) = journal.facts(prefix=f"lot/{hall.code}", kinds=["documents.scanned"])
    assert [one.unread for one in fact.event.files] == ["未能读取"]


def test_nobody_scans_twice_and_no_stranger_scans_at_all(monkeypatch):
    monkeypatch.setattr(services.imprint, "ask", lambda request: {})
    with clock(LATER):
        hall = announced(要求_txt=SHUTS.encode())
        with pytest.raises(Forbidden):
            services.scan_documents(hall.people.firms[0].anew(), hall.code, at=LATER)
        tick()
        with pytest.raises(Conflict):
            services.scan_documents(stage.system(), hall.code, at=LATER)
    assert models.ScannedDocument.objects.filter(lot=hall.code).count() == 1


def test_what_is_older_than_a_week_is_left_as_it_is():
    with clock(LATER):
        announced(要求_txt=SHUTS.encode())
    assert queries.unscanned(ANNOUNCED + queries.FRESH + timedelta(minutes=2)) == ()
