"""主体信用、名单、异议与修复、导入、专家信用: the pages, by those who use them, and what they refuse."""

import io
import itertools
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.instants import local_date
from ggzy.registers.credit import queries, rules, services
from ggzy.registers.credit.values import Decision, Gravity, NewListing, NewRecord, RecordKind
from tests.world import CITY, World, browser

pytestmark = pytest.mark.django_db
_forms = itertools.count(1)
REASON = "处罚决定已被撤销，见云复〔2026〕3号"


def decision(document: str = "云建罚〔2026〕7号", days_ago: int = 10) -> Decision:
    day = local_date(journal.now()) - timedelta(days=days_ago)
    return Decision("云岭省住房和城乡建设厅", document, "招标投标法 §53", day)


def record(world: World, days_ago: int = 10, **change) -> str:
    firm = world.bidders[0].organisation
    said = {"gravity": Gravity.GENERAL, "title": "串通投标"} | change
    new = NewRecord(firm, RecordKind.PENALTY, text="处罚款", decision=decision(days_ago=days_ago), **said)
    services.record(world.supervisor.acts(), new, at=journal.now())
    return queries.records_of(firm)[0].code


def proposed(world: World) -> str:
    firm = world.bidders[0]
    new = NewListing(firm.organisation, firm.organisation_name, "procurement", "提供虚假材料谋取成交")
    services.propose(world.supervisor.acts(), new, at=journal.now())
    return queries.listings_of(firm.organisation)[0].code


def read(client: Client, path: str, status: int = 200, **given: Any) -> str:
    answer = client.get(path, given)
    assert answer.status_code == status, path
    return answer.content.decode()


def post(client: Client, path: str, status: int = 303, **said: Any) -> str:
    answer = client.post(path, {"request": f"form-{next(_forms)}", **said})
    text = answer.content.decode()
    assert answer.status_code == status, text[text.find("error") : text.find("error") + 800]
    return text


def test_a_citizen_sees_how_a_grade_comes_about(world: World) -> None:
    record(world)
    page = read(Client(), f"/credit/parties/{world.bidders[0].organisation}/")
    for words in ("信用等级", "基础分", "+100", "-15 × 1.0000", "串通投标", "平台默认", "招标投标法 §53"):
        assert words in page
    assert "不含用户对服务的评价" in page


def test_a_minor_record_counts_without_its_name(world: World) -> None:
    record(world, gravity=Gravity.MINOR, title="轻微瑕疵")
    page = read(Client(), f"/credit/parties/{world.bidders[0].organisation}/")
    assert "不公示的轻微记录" in page and "轻微瑕疵" not in page


def test_the_rules_of_credit_are_public() -> None:
    page = read(Client(), "/credit/rules/")
    for words in (
        "默认参数",
        "拖欠农民工工资",
        "限制评优评先",
        "失信被执行人名单",
        "满12个月",
        "招标投标法 §60",
    ):
        assert words in page


@pytest.mark.parametrize("code", ["x", "91980100000001017X", "%25", "a" * 300])
def test_nobody_s_credit_is_missing(code: str) -> None:
    assert Client().get(f"/credit/parties/{code}/").status_code == 404


@pytest.mark.parametrize(
    "given", [{"q": "a\tb"}, {"q": "<script>"}, {"list": "lists", "page": "99"}, {"list": "lists", "q": "%_"}]
)
def test_strange_words_find_nothing_and_break_nothing(given: dict[str, Any]) -> None:
    page = read(Client(), "/credit/", **given)
    assert "<script>" not in page


def test_a_listing_goes_its_way_through_the_pages(world: World) -> None:
    desk, firm = browser(world.supervisor), browser(world.bidders[0])
    code = proposed(world)
    page = f"/desk/credit/lists/{code}/"
    assert "告知主体" in read(desk, page) and "作出决定" not in read(desk, page)
    assert "拟列入" not in read(Client(), f"/credit/parties/{world.bidders[0].organisation}/")
    post(desk, f"{page}notify/")
    assert "可以陈述申辩" in read(firm, "/desk/my-credit/")
    form: dict[str, Any] = {
        "authority": "云岭省财政厅", "document": "云财采〔2026〕9号", "article": "政府采购法 §77",
        "decided_on": local_date(journal.now()).isoformat(), "answer": "不予采纳，材料系伪造",
    }  # fmt: skip
    assert "陈述申辩期还没有届满" in post(desk, f"{page}decide/", 422, **form)
    post(firm, f"/desk/my-credit/{code}/plead/", text="材料是真实的")
    assert "材料是真实的" in read(desk, f"{page}decide/")
    assert "采纳情况" in post(desk, f"{page}decide/", 422, **{**form, "answer": ""})
    post(desk, f"{page}decide/", **form)
    post(desk, f"{page}publish/")
    public = read(Client(), "/credit/", list="lists")
    assert "提供虚假材料谋取成交" in public and "政府采购法 §22" in public
    assert "公布中" in read(firm, "/desk/my-credit/")
    post(desk, f"{page}withdraw/", reason="行政复议撤销", document="云复〔2026〕3号")
    assert "提供虚假材料谋取成交" not in read(Client(), "/credit/", list="lists")


def test_an_objection_is_marked_settled_and_told(world: World) -> None:
    desk, firm = browser(world.supervisor), browser(world.bidders[0])
    entry = record(world)
    assert "请填写" in post(firm, f"/desk/my-credit/{entry}/object/", 422, text=" ")
    post(firm, f"/desk/my-credit/{entry}/object/", text=REASON)
    public = f"/credit/parties/{world.bidders[0].organisation}/"
    assert "异议核实中" in read(Client(), public)
    assert REASON in read(desk, "/desk/credit/")
    assert "处理信用信息异议" in read(desk, "/desk/")
    (appeal,) = queries.open_appeals()
    page = f"/desk/credit/appeals/{appeal.code}/"
    assert REASON in read(desk, page)
    post(desk, page, 422, state="corrected", answer="笔误", title="", text="")
    post(desk, page, state="corrected", answer="笔误", title="未按期公示合同", text="责令改正")
    page = read(Client(), public)
    assert "未按期公示合同" in page and "异议核实中" not in page
    assert "核实后更正" in read(firm, "/desk/my-credit/")


def test_repair_is_a_dead_button_with_its_day_until_it_may_be_asked_for(world: World) -> None:
    firm = browser(world.bidders[0])
    entry = record(world)
    page = read(firm, "/desk/my-credit/")
    assert "自决定之日起公示未满3个月" in page and "最早" in page
    assert f"{entry}/repair/" not in page
    assert "最早" in post(firm, f"/desk/my-credit/{entry}/repair/", 422, text="罚款已缴清")


def test_repair_is_granted_through_the_pages(world: World) -> None:
    desk, firm = browser(world.supervisor), browser(world.bidders[0])
    entry = record(world, days_ago=120)
    assert f"{entry}/repair/" in read(firm, "/desk/my-credit/")
    post(firm, f"/desk/my-credit/{entry}/repair/", text="罚款已缴清")
    (appeal,) = queries.open_appeals()
    page = f"/desk/credit/appeals/{appeal.code}/"
    assert "请填写修复决定" in post(desk, page, 422, state="granted", answer="已整改")
    form: dict[str, Any] = {
        "authority": "云岭省住房和城乡建设厅", "document": "云信修〔2026〕1号", "article": "信用修复管理办法",
        "decided_on": local_date(journal.now()).isoformat(),
    }  # fmt: skip
    post(desk, page, state="granted", answer="已整改", **form)
    assert "串通投标" not in read(Client(), "/credit/", list="penalty")
    assert "准予修复" in read(firm, "/desk/my-credit/")


def test_the_interface_says_what_the_pages_say(world: World) -> None:
    entry = record(world)
    firm = world.bidders[0]
    services.object_to(firm.acts(), entry, REASON, at=journal.now())
    told = Client().get(f"/api/credit/parties/{firm.organisation}").json()
    assert (told["grade"], told["score"], told["is_default_model"]) == ("B", "85.00", True)
    assert [line["value"] for line in told["lines"]] == ["-15.00"]
    (shown,) = told["entries"]
    assert (
        shown["code"] == entry and shown["is_disputed"] and shown["decision"]["article"] == "招标投标法 §53"
    )
    assert told["inspection_tickets"] == 2
    assert Client().get("/api/credit/bans").json() == {"total": 0, "entries": []}
    post(browser(world.supervisor), "/desk/credit/import/", 200, source="第1批", file=table(world))
    (listed,) = Client().get("/api/credit/bans", {"q": firm.organisation_name}).json()["entries"]
    assert listed["kind"] == "失信被执行人名单" and listed["end"]


def test_the_interface_reckons_a_deposit_by_credit(world: World) -> None:
    path = f"/api/credit/parties/{world.bidders[1].organisation}/deposit"
    told = Client().get(path, {"asked": "1000000"}).json()
    assert told["due"] == {"fen": "500000", "text": "5,000.00 元"} and "27号" in told["effects"][0]["text"]
    assert Client().get(path, {"asked": "-1"}).status_code == 422


@pytest.mark.parametrize(
    "path, status",
    [
        ("/api/credit/parties/x", 404),
        ("/api/credit/parties/91980100000001017X", 404),
        ("/api/credit/bans?size=0", 422),
        ("/api/credit/bans?page=x", 422),
    ],
)
def test_the_interface_refuses_in_words(path: str, status: int) -> None:
    answer = Client().get(path)
    assert answer.status_code == status and answer.json()["message"]


def table(world: World, *more: str) -> io.BytesIO:
    day = local_date(journal.now())
    firm = world.bidders[0]
    line = f"{firm.organisation},{firm.organisation_name},失信被执行人名单,江州市中级人民法院,"
    line += f"（2026）云执1号,民事诉讼法 §266,{day},拒不履行"
    file = io.BytesIO("\n".join((",".join(rules.HEAD), line, *more)).encode("gb18030"))
    file.name = "名单.csv"
    return file


def test_a_file_is_taken_in_and_its_wrong_lines_are_told(world: World) -> None:
    desk = browser(world.supervisor)
    page = post(desk, "/desk/credit/import/", 200, source="第1批", file=table(world, "只有一栏"))
    assert "导入 1 条" in page and "第 3 行" in page and "有1栏" in page
    again = post(desk, "/desk/credit/import/", 422, source="第1批", file=table(world))
    assert "没有可以导入的新条目" in again and "没有重复导入的行：2" in again
    assert "失信被执行人" in read(Client(), "/credit/", list="lists")


def test_who_is_listed_without_being_registered_has_entries_and_no_grade(world: World) -> None:
    stranger = CreditCode.make(region=CITY, serial=9876)
    line = f"{stranger},外省某公司,失信被执行人名单,外省法院,（2026）执2号,民事诉讼法 §266,{local_date(journal.now())},拒不履行"
    post(browser(world.supervisor), "/desk/credit/import/", 200, source="第1批", file=table(world, line))
    page = read(Client(), f"/credit/parties/{stranger}/")
    assert "外省某公司" in page and "尚未在平台登记" in page and "信用等级" not in page
    assert Client().get(f"/parties/{stranger}/").status_code == 404


@pytest.mark.parametrize("data, name", [(b"\xff\xff", "名单.csv"), (b"", "名单.csv"), (b"x", "名单.exe")])
def test_a_file_that_is_none_is_refused_in_words(world: World, data: bytes, name: str) -> None:
    file = io.BytesIO(data)
    file.name = name
    page = post(browser(world.supervisor), "/desk/credit/import/", 422, source="第1批", file=file)
    assert "文件" in page or "只接受" in page


def test_an_expert_is_marked_by_the_supervisor_and_reads_it_itself(world: World) -> None:
    desk, expert = browser(world.supervisor), browser(world.experts[0])
    today = local_date(journal.now())
    form: dict[str, Any] = {
        "expert": str(world.expert_codes[0]), "kind": "sanction", "conduct": "duty", "text": "私下接触投标人",
        "authority": "江州市住建局", "document": "江建罚〔2026〕9号", "decided_on": today.isoformat(),
        "start": today.isoformat(), "end": rules.add_months(today, 12).isoformat(),
    }  # fmt: skip
    assert "惩戒应当选择" in post(desk, "/desk/expert-marks/enter/", 422, **{**form, "conduct": ""})
    post(desk, "/desk/expert-marks/enter/", **form)
    assert "禁止参加" in read(desk, "/desk/expert-marks/")
    assert "私下接触投标人" in read(expert, "/desk/my-marks/")
    assert "私下接触投标人" not in read(browser(world.experts[1]), "/desk/my-marks/")
    post(desk, f"/desk/expert-marks/{world.expert_codes[0]}-C001/clear/", reason="撤销", document="江建撤1号")
    assert "已解除" in read(expert, "/desk/my-marks/")


def test_strangers_stay_outside(world: World) -> None:
    entry = record(world)
    other, expert = browser(world.bidders[1]), browser(world.experts[0])
    assert entry not in read(other, "/desk/my-credit/")
    assert (
        other.post(f"/desk/my-credit/{entry}/object/", {"request": "r", "text": "不是我"}).status_code == 404
    )
    for path in ("/desk/my-credit/", "/desk/credit/", "/desk/expert-marks/", "/desk/credit/import/"):
        assert expert.get(path).status_code == 403
    for path in ("/desk/credit/appeals/x/", "/desk/credit/lists/x/", "/desk/expert-marks/x/clear/"):
        assert browser(world.supervisor).get(path).status_code == 404
