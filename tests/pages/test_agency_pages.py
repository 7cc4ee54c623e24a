"""代理机构执业评价: from the facts of the lots to the page, the agency's line by line, and who may read it."""

from datetime import date

from django.test import Client

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.models import Cursor
from ggzy.kernel.codes import LotCode
from ggzy.oversight.alerts import services as alerting
from ggzy.oversight.cases import followers
from ggzy.oversight.cases.models import PracticeRow
from ggzy.oversight.cases.queries import agencies as queries
from ggzy.registers.credit import services as credit
from ggzy.registers.credit.values import Decision, Gravity, NewRecord, RecordKind
from ggzy.trading.projects.events import ComplaintDecided, RoundBegun
from tests.pages.markup import faults
from tests.services.alerts.stage import second_wins, told
from tests.world import CITY, START, World, browser

LIST = "/desk/agencies/"
DECIDED = Decision("江州市住房和城乡建设局", "江建罚决〔2026〕3号", "招标投标法 §50", date(2026, 6, 1))


def handled(world: World) -> list[LotCode]:
    """Five lots: the first was contested twice, the second complained of, the third led to a confirmed alert."""
    lots = [world.lot() for _ in range(5)]
    told(lots[0], RoundBegun(lot=lots[0], round=2, reason="流标"))
    decided = ComplaintDecided(
        lot=lots[1],
        complaint="TS1",
        outcome="upheld",
        document="江建诉〔2026〕1号",
        text="属实",
        article="招标投标法实施条例 §61",
        is_late=False,
    )
    told(lots[1], decided)
    alerting.confirm(world.supervisor.acts(), second_wins(world, lot=lots[2]).code, "没有放弃声明", at=START)
    pass_on()
    return lots


def pass_on() -> None:
    while journal.follow("cases", followers.FOLLOWERS):
        pass


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, f"{path} answers {answer.status_code}"
    shown = answer.content.decode()
    assert faults(shown) == [], path
    return shown


def test_the_points_come_from_the_facts_line_by_line(world: World):
    lots = handled(world)
    found, facts = queries.practice(CITY, world.agency.organisation, START)
    lost = {line.item.code: str(line.lost) for line in found.lines if line.lost}
    assert (found.lots, lost) == (5, {"failed": "4.0", "complaint": "20.0", "alert": "20.0"})
    assert str(found.points) == "56.0"
    assert {(one.item, one.lot) for one in facts} == {
        ("failed", lots[0]), ("complaint", lots[1]), ("alert", lots[2]),
    }  # fmt: skip
    assert all(one.height for one in facts)


def test_a_penalty_in_the_window_counts_with_its_document(world: World):
    handled(world)
    agency = world.agency.organisation
    new = NewRecord(agency, RecordKind.PENALTY, "泄露资料", "罚款", DECIDED, Gravity.GENERAL)
    credit.record(world.supervisor.acts(), new, at=START)
    found, facts = queries.practice(CITY, agency, START)
    assert str(found.points) == "36.0" and DECIDED.document in {
        one.text.split("：")[0].split()[-1] for one in facts
    }


def test_facts_heard_twice_count_once(world: World):
    handled(world)
    before = PracticeRow.objects.count()
    Cursor.objects.filter(app="cases").update(height=0)
    pass_on()
    assert PracticeRow.objects.count() == before


def test_supervisors_read_the_list_and_each_agency(world: World, django_assert_max_num_queries):
    lots = handled(world)
    reader, code = browser(world.supervisor), world.agency.organisation
    shown = page(reader, LIST)
    assert world.agency.organisation_name in shown and "56.0" in shown
    one = page(reader, f"{LIST}{code}/")
    assert "江建诉〔2026〕1号" in one and lots[0] in one
    told = reader.get("/api/oversight/agencies").json()
    assert [row["points"] for row in told["agencies"]] == ["56.0"] and told["source"] == "local"
    assert len(reader.get(f"/api/oversight/agencies/{code}").json()["facts"]) == 3
    with django_assert_max_num_queries(4):
        queries.practices(CITY, START)


def test_others_and_unknown_codes_are_answered_in_words(world: World):
    handled(world)
    for player in (world.agency, world.bidders[0]):
        assert browser(player).get(LIST).status_code == 403
        assert browser(player).get("/api/oversight/agencies").status_code == 403
    reader = browser(world.supervisor)
    for code in ("x", "../", "9" * 300, str(world.bidders[0].organisation)):
        assert reader.get(f"/api/oversight/agencies/{code}").status_code == 404, code
    page(reader, f"{LIST}{world.bidders[0].organisation}/", 404)
