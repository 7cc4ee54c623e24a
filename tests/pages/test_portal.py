"""Portal pages: on an empty installation, with notices, and what a visitor may get wrong."""

import io
import json
import re
import zipfile

import pytest
from django.test import Client

from ggzy.foundation.journal import queries as journal
from ggzy.foundation.journal import timers
from ggzy.foundation.sealing.signing import SignerAway, check
from ggzy.kernel import note
from ggzy.trading.dossier import queries
from ggzy.trading.dossier import services as dossiers
from ggzy.trading.notices import queries as notices
from ggzy.trading.projects import services as projects
from tests.pages import markup
from tests.services.tendering import hall as stage

PAGES = ["/", "/notices/", "/openings/", "/openings/?span=month", "/verify/", "/help/", "/help/bid/"]
PAGES += ["/accessibility/", "/api/", "/api/openapi.json", "/notices/index.rss", "/notices/index.atom"]
PAGES += ["/notices/index.json", "/notices/index.csv", "/openings/index.ics", "/api/notices", "/api/lots"]


@pytest.mark.parametrize("path", PAGES)
def test_page_answers_on_an_empty_installation(db, client: Client, path: str):
    assert client.get(path).status_code == 200


def test_pages_answer_with_a_tender(announced: stage.Hall, client: Client):
    assert {path: client.get(path).status_code for path in PAGES} == dict.fromkeys(PAGES, 200)


def test_home_shows_the_notice(announced: stage.Hall, client: Client):
    assert "江州一中教学楼施工" in client.get("/").content.decode()


def test_search_finds_by_words_and_names(announced: stage.Hall, client: Client):
    for words in ("教学楼", "江州市教育局", "教学楼 施工", str(announced.code)):
        assert "共 1 条公告" in client.get("/notices/", {"q": words}).content.decode(), words


def test_search_marks_whole_words_and_escapes(announced: stage.Hall, client: Client):
    assert "<mark>教学楼</mark>" in client.get("/notices/", {"q": "教学楼"}).content.decode()
    assert "<script>" not in client.get("/notices/", {"q": "<script>"}).content.decode().split("<body")[1]


def test_empty_search_offers_what_to_drop(announced: stage.Hall, client: Client):
    page = client.get("/notices/", {"q": "教学楼", "kind": "contract_notice"}).content.decode()
    assert "没有找到符合全部条件的公告" in page and "去掉“信息类型”后有 1 条" in page


def test_turned_dates_are_read_and_said(announced: stage.Hall, client: Client):
    page = client.get("/notices/", {"since": "2026-03-31", "until": "2026-03-01"}).content.decode()
    assert "结束日期早于开始日期，已按 3月1日至3月31日 查询。" in page


@pytest.mark.parametrize(
    "name, value",
    [
        ("page", "abc"),
        ("page", "999999"),
        ("size", "-1"),
        ("region", "xx"),
        ("owner", "1"),
        ("kind", "x"),
        ("since", "x"),
    ],
)
def test_wrong_filters_never_break_the_page(db, client: Client, name: str, value: str):
    assert client.get("/notices/", {name: value}).status_code == 200


def test_notice_page_shows_facts_and_leads_to_the_lot(announced: stage.Hall, client: Client):
    (notice,) = notices.notices(lot=announced.code)
    page = client.get(f"/notices/{notice.id}/").content.decode()
    assert notice.title in page and f"/lots/{announced.code}/" in page and notice.digest[-8:] in page


@pytest.mark.parametrize(
    "path",
    [
        "/notices/none/",
        "/openings/none/",
        "/help/none/",
        "/lots/none/",
        "/api/lots/none",
        "/api/notices/none",
        "/notices/index.exe",
    ],
)
def test_unknown_things_are_missing(db, client: Client, path: str):
    assert client.get(path).status_code == 404


def test_calendar_has_the_opening(announced: stage.Hall, client: Client):
    page = client.get("/openings/", {"from": "2026-06-22", "span": "week"}).content.decode()
    assert "江州一中教学楼施工" in page and "09:30" in page


def test_hall_shows_no_name_before_the_opening(announced: stage.Hall, client: Client):
    stage.submit(announced, announced.people.firms[0])
    page = client.get(f"/openings/{announced.code}/").content.decode()
    assert announced.people.firms[0].name not in page


def test_hall_shows_the_record_after_the_opening(opened: stage.Hall, client: Client):
    page = client.get(f"/openings/{opened.code}/").content.decode()
    assert all(firm.name in page for firm in opened.people.firms[:3])
    assert "19000000元" in page


def test_interface_repeats_what_the_page_says(opened: stage.Hall, client: Client):
    record = json.loads(client.get(f"/api/openings/{opened.code}").content)
    assert [bid["amount"]["fen"] for bid in record["bids"]] == ["1900000000", "1901000000", "1902000000"]
    lot = json.loads(client.get(f"/api/lots/{opened.code}").content)
    assert lot["estimate"] == {"fen": "2000000000", "text": "20,000,000.00 元"}


def test_interface_declares_and_gives_422(db, client: Client):
    answer = client.get("/api/lots", {"size": "1000"})
    assert answer.status_code == 422 and json.loads(answer.content)["fields"] == ["size"]


def test_examples_of_the_interface_run(opened: stage.Hall, client: Client):
    dossiers.refresh(stage.lot(opened.people))  # a newer lot, of which the public knows nothing yet
    for move in timers.due(stage.DEADLINE):
        move()
    page = client.get("/api/").content.decode()
    examples = re.findall(r'例：<a href="([^"]+)"', page)
    assert len(examples) >= 6
    assert {client.get(address).status_code for address in examples} == {200}


def test_receipt_is_verified_without_an_account(announced: stage.Hall, client: Client):
    receipt = stage.submit(announced, announced.people.firms[0])
    page = client.get("/verify/", {"q": receipt.code.lower()}).content.decode()
    assert str(receipt.height) in page and "投标" in page


def test_receipt_file_goes_to_the_holder_of_the_code(announced: stage.Hall, client: Client):
    receipt = stage.submit(announced, announced.people.firms[0])
    answer = client.get(f"/verify/receipts/{receipt.code}.ggzy")
    assert answer.status_code == 200 and receipt.chain.hex()[:16] in answer.content.decode()
    assert client.get("/verify/receipts/0000-0000-0000-0000.ggzy").status_code == 404


@pytest.mark.parametrize("asked", ["0000-0000-0000-0000", "sha256:" + "0" * 64, "99999999", "随便写的"])
def test_unknown_receipt_says_what_a_code_looks_like(db, client: Client, asked: str):
    answer = client.get("/verify/", {"q": asked})
    assert answer.status_code == 404


def test_verify_knows_lot_height_and_digest(announced: stage.Hall, client: Client):
    (notice,) = notices.notices(lot=announced.code)
    for asked in (str(announced.code), "1", notice.digest):
        assert client.get("/verify/", {"q": asked}).status_code == 200


def test_the_keys_are_shown_and_open_what_the_platform_signed(announced: stage.Hall, client: Client):
    receipt = stage.submit(announced, announced.people.firms[0])
    page = client.get("/verify/").content.decode().replace("<wbr>", "")
    told = client.get("/verify/keys.json").json()
    assert told["log"] in page and told["receipt"] in page
    assert client.get("/log/").json()["log_key"] == told["log"]
    keys = {name: note.VerifierKey.parse(text) for name, text in told.items()}
    assert all(key.id.hex() in page for key in keys.values())
    signed = client.get(f"/verify/receipts/{receipt.code}.ggzy").json()
    assert note.Note.parse(signed["note"]).is_signed_by(keys["receipt"], check)
    assert not note.Note.parse(signed["note"]).is_signed_by(keys["log"], check)


def test_without_the_signer_the_page_says_so(announced: stage.Hall, client: Client, monkeypatch):
    def away(*_: object) -> None:
        raise SignerAway

    monkeypatch.setattr("ggzy.foundation.journal.queries.receipts.signer", away)
    assert "签名机暂不可用" in client.get("/verify/").content.decode()
    assert client.get("/verify/keys.json").status_code == client.get("/log/").status_code == 503


def test_csv_opens_in_a_spreadsheet(announced: stage.Hall, client: Client):
    text = client.get("/notices/index.csv").content.decode("utf-8")
    assert text.startswith("\ufeff标题,") and "江州市教育局" in text


def test_a_spreadsheet_holds_text_and_sums(announced: stage.Hall, client: Client):
    answer = client.get("/notices/index.xlsx")
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        sheet, strings = (
            book.read(f"xl/{name}").decode() for name in ("worksheets/sheet1.xml", "sharedStrings.xml")
        )
    assert str(announced.code) in strings and "公开招标" in strings and "江州市教育局" in strings
    assert "<v>20000000.00</v>" in sheet and "<f>" not in sheet


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"amount": "1000-5000"}, True),
        ({"amount": "-100"}, False),
        ({"amount": "nonsense"}, True),
        ({"method": "open_tender"}, True),
        ({"method": "invited_tender"}, False),
        ({"sort": "deadline"}, True),
        ({"sort": "deadline", "q": "不存在的词"}, False),
        ({"sort": "amount"}, True),
    ],
)
def test_search_by_amount_method_and_deadline(
    announced: stage.Hall, client: Client, asked: dict, found: bool
):
    with stage.clock(stage.BIDDING):
        page = client.get("/notices/", asked).content.decode()
    assert ("江州一中教学楼施工" in page.split('class="results-bar"')[-1]) is found


def test_search_offers_methods_buyers_and_amounts(announced: stage.Hall, client: Client):
    with stage.clock(stage.BIDDING):
        page = client.get("/notices/", {"sort": "deadline"}).content.decode()
        assert "只列出正在接收投标的标段" in page and "<strong>截止最近</strong>" in page
        owner = announced.people.owner
        page = client.get("/notices/", {"owner": str(owner.code), "amount": "-100"}).content.decode()
        assert "去掉“金额”后有 1 条" in page
        page = client.get("/notices/").content.decode()
    assert not markup.faults(page)
    for words in ("公开招标", owner.name, "400 万至 1000 万元"):
        assert words in page


def test_a_clock_that_stands_still_is_counted_down_nowhere(announced: stage.Hall, client: Client):
    (notice,) = notices.notices(lot=announced.code)
    paths = ["/", "/notices/", f"/notices/{notice.id}/", f"/openings/{announced.code}/"]
    paths.append(f"/openings/?span=today&from={stage.DEADLINE:%Y-%m-%d}")
    with stage.clock(stage.BIDDING) as at:
        told = {path: client.get(path).content.decode() for path in paths}
        assert all("剩余" in page or "距投标截止" in page or "即将截止" in page for page in told.values())
        projects.pause(announced.code, "objection-1", at=at)
        told = {path: client.get(path).content.decode() for path in paths}
    for words in ("剩余", "距投标截止", "即将截止"):
        assert [path for path, page in told.items() if words in page] == []
    assert "期限停止计算" in told["/notices/"]


def test_verify_says_what_a_public_fact_is_and_hides_the_others(opened: stage.Hall, client: Client):
    facts = {
        entry.header.kind: entry.header.height for entry in journal.disclosed(after=0, until=journal.head())
    }
    told = client.get("/verify/", {"q": facts["bids.opened"]}).content.decode()
    assert "开标记录" in told and "第 1 轮 开标" in told and f"/lots/{opened.code}/record/" in told
    hidden = client.get("/verify/", {"q": facts["bid.submitted"]}).content.decode()
    assert "递交" not in hidden.split("<main")[1].split("当前存证头")[0] and "取决于它的披露时点" in hidden


def test_a_lot_not_yet_announced_is_known_and_not_linked(db, client: Client):
    code = stage.lot(stage.cast())
    dossiers.refresh(code)
    told = client.get("/verify/", {"q": code}).content.decode()
    assert "平台登记了这个标段" in told and f'href="/lots/{code}/"' not in told


def test_the_record_speaks_no_codes(opened: stage.Hall):
    told = queries.dossier(opened.code, "supervision")
    texts = {
        detail.text for chapter in told.chapters for line in chapter.lines for detail in line.words.details
    }
    assert [text for text in texts if re.fullmatch(r"[a-z_]+(?:[-、][a-z_]+)*", text)] == []


def test_notices_are_filtered_by_where_their_lot_stands(announced: stage.Hall, client: Client):
    with stage.clock(stage.BIDDING):
        assert "共 1 条公告" in client.get("/notices/", {"state": "open"}).content.decode()
        none = client.get("/notices/", {"state": "publicity"}).content.decode()
        assert "共 0 条公告" in none and "去掉“标段状态”后有 1 条" in none
        assert json.loads(client.get("/notices/index.json", {"state": "open"}).content)["total"] == 1
    with stage.clock(stage.DEADLINE):
        assert "共 0 条公告" in client.get("/notices/", {"state": "open"}).content.decode()
    assert client.get("/notices/", {"state": "没有"}).status_code == 200
