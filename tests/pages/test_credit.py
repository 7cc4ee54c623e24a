"""信用公开, and the supervisor's desk behind it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from ggzy.foundation.identity import services as identity
from ggzy.foundation.identity.values import NewPerson
from ggzy.foundation.journal import queries as journal
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.instants import local_date
from ggzy.kernel.roles import Role
from ggzy.registers.credit import queries, rules, services
from ggzy.registers.credit.values import Decision, Gravity, NewBan, NewRecord, RecordKind
from ggzy.registers.parties import services as parties
from ggzy.registers.parties.values import BankAccount, PartyForm, PartyKind, PartyRole

pytestmark = pytest.mark.django_db

CITY = RegionCode("980100")
PARTY = CreditCode.make(region=CITY, serial=901)
AUTHORITY = CreditCode.make(authority="11", region=CITY, serial=902)
PASSWORD = "江州的春天总是来得比别处早一些啊"
NAME = "江州某某建设有限公司"


def actor(request: str, role: Role = Role.SUPERVISOR) -> Actor:
    return Actor("p-sup", AUTHORITY, role, CITY, request)


def decision(document: str = "云建罚〔2026〕7号") -> Decision:
    today = local_date(journal.now())
    return Decision("云岭省住房和城乡建设厅", document, "招标投标法 §53", today - timedelta(days=10))


@pytest.fixture(autouse=True)
def _party() -> None:
    form = PartyForm(
        code=PARTY,
        name=NAME,
        kind=PartyKind.LEGAL,
        region=CITY,
        roles=(PartyRole.BIDDER,),
        representative="张三",
        address="云岭省江州市望江区一路1号",
        phone="0999-1234567",
        basic_account=BankAccount(NAME, "江州银行", "6222000000009010"),
        is_pledged=True,
    )
    parties.register(Actor("p-1", PARTY, Role.BIDDER, CITY, "party"), form, at=journal.now())


@pytest.fixture
def banned() -> str:
    today = local_date(journal.now())
    new = NewBan(PARTY, "collusion", today, rules.add_months(today, 12), decision())
    services.ban(actor("ban"), new, at=journal.now())
    return queries.bans_of(PARTY)[0].code


@pytest.fixture
def recorded() -> str:
    new = NewRecord(PARTY, RecordKind.PENALTY, "串通投标", "处罚款", decision(), Gravity.GENERAL)
    services.record(actor("record"), new, at=journal.now())
    services.record(
        actor("minor"),
        replace(new, title="轻微瑕疵", gravity=Gravity.MINOR, decision=decision("云建罚〔2026〕8号")),
        at=journal.now(),
    )
    return f"{PARTY}-R001"


def signed_in(client: Client, role: Role) -> Client:
    new = NewPerson(login="fengli", name="冯立", password_hash=identity.hash_password(PASSWORD))
    receipt = identity.register_person(Actor.system("person"), new, at=journal.now())
    person = receipt.subject.removeprefix("user/")
    identity.grant_membership(Actor.system("member"), person, AUTHORITY, role, CITY, at=journal.now())
    assert client.post("/sign-in/", {"login": "fengli", "password": PASSWORD}).status_code == 302
    return client


def read(client: Client, path: str, **given: str) -> str:
    answer = client.get(path, given)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_register_says_so(client: Client) -> None:
    page = read(client, "/credit/")
    assert "目前没有公示中的“市场禁入”" in page
    assert "招标投标法 §53" in read(client, "/credit/rules/"), "the grounds of the law are always shown"


def test_a_ban_is_shown_with_its_term_and_decision(client: Client, banned: str) -> None:
    page = read(client, "/credit/")
    for words in (NAME, str(PARTY)[-8:], "云建罚〔2026〕7号", "依法必须招标的项目", "串通投标"):
        assert words in page
    assert "没有找到符合条件的记录" in read(client, "/credit/", q="另一家公司")


def test_records_are_shown_by_kind_and_minor_ones_are_not(client: Client, recorded: str) -> None:
    page = read(client, "/credit/", list="penalty", q=NAME)
    assert "串通投标" in page and "处罚款" in page
    assert "轻微瑕疵" not in page
    assert "目前没有公示中的" in read(client, "/credit/", list="reward")


@pytest.mark.parametrize("given", [{"page": "99"}, {"page": "-1"}, {"list": "nonsense"}, {"page": "x"}])
def test_a_strange_address_still_answers(client: Client, banned: str, given: dict[str, str]) -> None:
    assert NAME in read(client, "/credit/", **given)


def test_a_supervisor_records_through_the_page(client: Client) -> None:
    desk = signed_in(client, Role.SUPERVISOR)
    assert "记入信用记录" in read(desk, "/desk/credit/")
    form = {
        "request": "form-1",
        "party": PARTY,
        "kind": "penalty",
        "gravity": "serious",
        "title": "弄虚作假骗取中标",
        "text": "处罚款并公告",
        "authority": "江州市住房和城乡建设局",
        "document": "江建罚〔2026〕3号",
        "article": "招标投标法 §54",
        "decided_on": local_date(journal.now()).isoformat(),
    }
    refused = desk.post("/desk/credit/record/", {**form, "gravity": ""})
    assert refused.status_code == 422
    assert "请选择严重程度" in refused.content.decode()
    assert "弄虚作假骗取中标" in refused.content.decode(), "nothing typed is cleared"
    answer = desk.post("/desk/credit/record/", {**form, "request": "form-2"})
    assert (answer.status_code, answer["Location"]) == (303, "/desk/credit/")
    assert "弄虚作假骗取中标" in read(desk, "/desk/credit/")


def test_a_supervisor_bans_and_lifts_through_the_page(client: Client) -> None:
    desk = signed_in(client, Role.SUPERVISOR)
    today = local_date(journal.now())
    made = {
        "authority": "江州市住房和城乡建设局",
        "document": "江建禁〔2026〕1号",
        "article": "招标投标法 §53",
        "decided_on": today.isoformat(),
    }
    ban = {"request": "f1", "party": PARTY, "ground": "collusion", "start": today.isoformat(), **made}
    short = desk.post("/desk/credit/ban/", {**ban, "end": (today + timedelta(days=5)).isoformat()})
    assert short.status_code == 422 and "1年至2年" in short.content.decode()
    lawful = desk.post(
        "/desk/credit/ban/", {**ban, "request": "f2", "end": rules.add_months(today, 12).isoformat()}
    )
    assert lawful.status_code == 303
    (found,) = queries.bans_of(PARTY)
    path = f"/desk/credit/bans/{found.code}/lift/"
    assert found.name in read(desk, path)
    lifted = desk.post(path, {**made, "request": "f3", "document": "江建撤〔2026〕1号", "text": "复议撤销"})
    assert lifted.status_code == 303
    assert "已解除" in read(desk, "/desk/credit/")


@pytest.mark.parametrize("start, end", [("9998-12-31", "9999-12-31"), ("0001-01-01", "0002-01-01")])
def test_days_outside_any_calendar_are_refused_in_words(client: Client, start: str, end: str) -> None:
    desk = signed_in(client, Role.SUPERVISOR)
    form = {
        "party": PARTY,
        "ground": "collusion",
        "start": start,
        "end": end,
        "authority": "江州市住房和城乡建设局",
        "document": "江建禁〔2026〕1号",
        "article": "招标投标法 §53",
        "decided_on": min(start, "2026-06-01"),
    }
    answer = desk.post("/desk/credit/ban/", form)
    assert answer.status_code == 422 and "日期请写成" in answer.content.decode()
    assert queries.bans_of(PARTY) == ()


def test_a_record_is_repaired_through_the_page_when_its_time_has_come(client: Client, recorded: str) -> None:
    desk = signed_in(client, Role.SUPERVISOR)
    form = {
        "request": "f1",
        "authority": "江州市住房和城乡建设局",
        "document": "江信修〔2026〕1号",
        "article": "信用修复管理办法",
        "decided_on": local_date(journal.now()).isoformat(),
        "text": "义务已履行",
    }
    answer = desk.post(f"/desk/credit/records/{recorded}/repair/", form)
    assert answer.status_code == 422
    assert "公示未满3个月" in answer.content.decode()


@pytest.mark.parametrize("path", ["", "record/", "ban/", "records/x/repair/", "bans/x/lift/"])
def test_the_desk_of_credit_is_for_supervisors(client: Client, path: str) -> None:
    answer = client.get(f"/desk/credit/{path}")
    assert answer.status_code in (302, 303, 403)
    assert signed_in(client, Role.OWNER).get(f"/desk/credit/{path}").status_code == 403


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.AUDITOR])
def test_who_watches_reads_the_desk_of_credit_and_changes_nothing(
    client: Client, banned: str, recorded: str, role: Role
) -> None:
    watching = signed_in(client, role)
    page = read(watching, "/desk/credit/")
    assert NAME in page and "串通投标" in page
    assert not any(words in page for words in ("记入信用记录", "提前解除", ">修复<"))
    for path in ("record/", "ban/", "import/", "lists/propose/", f"records/{recorded}/repair/"):
        assert watching.get(f"/desk/credit/{path}").status_code == 403


def test_an_unknown_entry_is_missing(client: Client) -> None:
    desk = signed_in(client, Role.SUPERVISOR)
    assert desk.get("/desk/credit/bans/none/lift/").status_code == 404
    assert desk.get("/desk/credit/records/none/repair/").status_code == 404
