"""The traces of bids: noted when a party comes, read once the bids are open, and told to nobody before."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction

from ggzy.foundation.journal import queries as journal
from ggzy.foundation.sealing import trace
from ggzy.foundation.sealing.content import Offer, OfferField, PartFile
from ggzy.foundation.sealing.trace import Hardware
from ggzy.kernel.errors import Forbidden
from ggzy.kernel.money import Money
from ggzy.kernel.verdict import Refused
from ggzy.trading.dossier import queries as dossier
from ggzy.trading.projects import services as projects
from ggzy.trading.projects.values import Phase
from ggzy.trading.tendering import queries, services, timers
from ggzy.trading.tendering.services import tracing
from ggzy.trading.tendering.values.traces import Person, Visit
from tests.imprint import files
from tests.sealing.cast import LOT
from tests.services.tendering import hall as stage
from tests.services.tendering.banned import ban
from tests.services.tendering.hall import BIDDING, DEADLINE, clock

pytestmark = pytest.mark.django_db
LATER = DEADLINE + timedelta(hours=1)
HERE = Visit("203.0.113.7", "Firefox", "a" * 32)
MACHINE = Hardware(("34:97:f6:5a:00:1c",), "cpu", ("WD-1",), "system")
PRICES = {f"0101{n:05}": f"{n + 10}.50" for n in range(30)}


def told(hall: stage.Hall, *kinds: str):
    return list(journal.facts(prefix=f"lot/{hall.code}", kinds=kinds))


def opened(*bids: dict) -> stage.Hall:
    """A concluded opening of these bids."""
    hall = stage.announced()
    for number, bid in enumerate(bids):
        stage.submit(hall, hall.people.firms[number], BIDDING + timedelta(minutes=number), **bid)
    stage.close(hall)
    stage.release_shares(hall)
    stage.release_keys(hall, tuple(range(len(bids))))
    stage.decrypt(hall)
    with clock(DEADLINE + timedelta(minutes=5)):
        services.read_out(hall.agency, hall.code)
        services.conclude_opening(hall.agency, hall.code)
    return hall


def tick(hall: stage.Hall) -> None:
    with clock(LATER) as at:
        for move in timers.due(at):
            move()


def test_a_visit_is_noted_for_few_and_marked_for_this_lot_alone():
    hall, other = stage.announced(), Visit("203.0.113.7", "Firefox", "b" * 32)
    firm = hall.people.firms[0]
    with clock(BIDDING):
        for visit in (HERE, HERE, other):
            services.note_visit(firm.anew(), hall.code, "upload", "sha256:00", visit)
    facts = told(hall, "visit.noted")
    assert {fact.audience for fact in facts} == {"restricted"}
    one, again, different = [fact.event for fact in facts]
    assert (one.act, one.party, one.visit.address, one.visit.browser) == (
        "upload",
        firm.code,
        "203.0.113.7",
        "Firefox",
    )
    assert one.visit.mark == again.visit.mark != different.visit.mark
    assert one.visit.mark not in HERE.mark and len(one.visit.mark) == 16


def test_only_a_bidder_is_noted():
    hall = stage.announced()
    with clock(BIDDING), pytest.raises(Forbidden):
        services.note_visit(hall.people.operator.anew(), hall.code, "upload", "x", HERE)


def test_opened_bids_are_traced_once_by_the_clock():
    told_by = {"offer": Offer("amount", Money.yuan("19000000"), text="1900万元", leader="李某",
                              fields=(OfferField("联系电话", "0980-7654321"), OfferField("安全目标", "零事故")))}  # fmt: skip
    papers = (PartFile("技术标.docx", files.docx("施工组织设计")), PartFile("计价.xml", files.priced(PRICES)))
    made = trace.device("ggzy-seal", "1.1.0", MACHINE, LOT)
    hall = opened({"papers": papers, "device": made} | told_by, {"papers": papers}, {})
    assert list(queries.untraced(5)) == [hall.code] and not told(hall, "bid.traced")
    tick(hall)
    assert not list(queries.untraced(5))
    traced = [fact.event for fact in told(hall, "bid.traced")]
    assert {fact.audience for fact in told(hall, "bid.traced", "bids.compared")} == {"restricted"}
    assert [one.device for one in traced] == [made, None, None]
    assert traced[0].people == (Person("项目负责人", "李某"), Person("联系电话", "0980-7654321"))
    kinds = {file.name: file.kind for file in traced[0].files}
    assert kinds == {"商务标.txt": "txt", "技术标.docx": "docx", "计价.xml": "xml"}
    (word,) = [file for file in traced[0].files if file.kind == "docx"]
    assert (word.author, word.ids) == ("王工", ("rsidRoot:00A1",))
    (contact,) = traced[0].contacts
    assert (contact.party, contact.representative) == (hall.people.firms[0].code, "法人第11人")
    (compared,) = [fact.event for fact in told(hall, "bids.compared")]
    (pair,) = compared.common
    assert (compared.bids, compared.is_complete, pair.prices.equal) == (3, True, 1)
    assert [file.name for file in compared.documents] == ["招标文件.txt"]
    with clock(LATER), pytest.raises(Refused):
        services.trace_bids(stage.system(), hall.code)


def test_a_ban_in_force_at_the_opening_is_told():
    hall = opened({}, {}, {})
    firm = hall.people.firms[1]
    ban(hall, firm)
    tick(hall)
    banned = {c.party: c.ban for fact in told(hall, "bid.traced") for c in fact.event.contacts}
    assert [party for party, words in banned.items() if words] == [firm.code]


def test_a_reader_that_does_not_answer_is_told_as_such(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tracing.asking.sys, "executable", "/nowhere/python")
    hall = opened({}, {}, {})
    tick(hall)
    (first, *_) = [fact.event for fact in told(hall, "bid.traced")]
    assert [file.unread for file in first.files] == ["读取程序中止，未读取"]
    (compared,) = [fact.event for fact in told(hall, "bids.compared")]
    assert not compared.is_complete


def test_a_lot_that_has_gone_on_is_not_read_any_more():
    hall = opened({}, {}, {})
    with clock(LATER) as at, transaction.atomic():
        projects.advance(hall.code, Phase.AWARDED, at)
    assert not list(queries.untraced(5))


def test_hostile_files_stop_nobody():
    bad = (
        PartFile("a.xml", files.entities()),
        PartFile("b.docx", files.bomb()),
        PartFile("c.pdf", b"%PDF-1.7 no"),
    )
    hall = opened({"papers": bad}, {}, {})
    tick(hall)
    first = told(hall, "bid.traced")[0].event
    assert {file.name: bool(file.unread) for file in first.files} == {
        "商务标.txt": False, "a.xml": True, "b.docx": True, "c.pdf": True,
    }  # fmt: skip


def test_the_record_knows_a_visit_only_after_the_close():
    hall = stage.announced()
    with clock(BIDDING):
        services.note_visit(hall.people.firms[0].anew(), hall.code, "download", "1", HERE)
    record = dossier.record(hall.code)
    assert record is not None and record.visits == ()
    for number in range(3):
        stage.submit(hall, hall.people.firms[number])
    stage.close(hall)
    record = dossier.record(hall.code)
    assert record is not None and [one.address for one in record.visits] == ["203.0.113.7"]


def test_the_record_tells_the_traces():
    hall = opened({}, {}, {})
    tick(hall)
    record = dossier.record(hall.code)
    assert record is not None and record.compared is not None
    assert [one.bid for one in record.traces] == [bid.bid for bid in record.bids]
    assert replace(record.traces[0], height=0).files[0].name == "商务标.txt"
