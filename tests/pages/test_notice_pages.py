"""公告在工作台的页面: checked, published, corrected by hand; who may not; bad input; the same form twice."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.codes import LotCode
from ggzy.trading.notices import queries, services
from ggzy.trading.notices.values import KeyFact, NoticeDraft
from tests.pages.markup import faults
from tests.world import World, browser

FORM = {
    "kind": "correction",
    "amends": "",
    "title": "望江路改造工程施工更正公告",
    "facts": "更正事项：联系人\n更正后:张工",
    "body": "特此更正。",
}


@pytest.fixture
def lot(world: World) -> LotCode:
    """A lot with a notice to correct."""
    code = world.lot()
    draft = NoticeDraft(code, 1, "failure", "流标公告", (KeyFact("流标原因", "少于三家"),))
    services.publish(world.agency.acts(), draft, at=journal.now())
    return code


def test_correction_is_checked_and_published_by_hand(world: World, lot: LotCode):
    client, path = browser(world.agency), f"/desk/lots/{lot}/notices/new/"
    assert faults(client.get(path).content.decode()) == []
    form = FORM | {"amends": f"{lot}-01"}
    checked = client.post(path, form | {"check": "1"})
    page = checked.content.decode()
    assert checked.status_code == 200 and "应载明的事项齐全" in page and faults(page) == []
    assert len(queries.notices(lot=lot)) == 1
    file = SimpleUploadedFile("更正.zip", b"PK\x05\x06" + b"\x00" * 18)
    sent = client.post(path, form | {"file": file})
    assert sent.status_code == 303, sent.content.decode()
    (_, notice) = queries.versions(f"{lot}-01")
    assert (notice.fact("更正后"), notice.amends, notice.attachments[0].name) == (
        "张工",
        f"{lot}-01",
        "更正.zip",
    )
    listed = client.get(sent["Location"]).content.decode()
    assert "第 2 版" in listed and "已被更正" in listed and faults(listed) == []


def test_excluding_phrase_is_marked_with_its_rule(world: World, lot: LotCode):
    form = FORM | {"body": "投标人须在本市注册并设有分公司。", "check": "1"}
    page = browser(world.owner).post(f"/desk/lots/{lot}/notices/new/", form).content.decode()
    assert "<mark>" in page and "实施条例 §32(七)" in page and faults(page) == []


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"kind": "tender_notice"}, "请在所列各项中选择"),
        ({"facts": "没有冒号"}, "第1行应写成"),
        ({"facts": "更正：\n"}, "第1行应写成"),
        ({"facts": "别的：事"}, "未载明“更正事项”"),
        ({"title": ""}, "请填写本项"),
        ({"title": "长" * 301}, "最多300个字，现为301个字"),
        ({"amends": "别处-01"}, "请在所列各项中选择"),
    ],
)
def test_bad_input_is_answered_in_words_and_nothing_is_published(world: World, lot: LotCode, changes, words):
    answer = browser(world.agency).post(f"/desk/lots/{lot}/notices/new/", FORM | changes)
    page = answer.content.decode()
    assert answer.status_code == 422 and words in page and faults(page) == []
    assert "特此更正" in page and len(queries.notices(lot=lot)) == 1


def test_same_form_sent_twice_is_one_notice(world: World, lot: LotCode):
    client, path = browser(world.agency), f"/desk/lots/{lot}/notices/new/"
    found = re.search(r'name="request" value="(\w+)"', client.get(path).content.decode())
    assert found
    sent = FORM | {"request": found[1]}
    assert [client.post(path, sent).status_code for _ in range(2)] == [303, 303]
    assert len(queries.notices(lot=lot)) == 2


def test_pages_answer_every_role_as_the_matrix_says(world: World, lot: LotCode):
    owners, readers = {world.owner, world.agency}, {world.operator, world.supervisor, world.auditor}
    pages = {f"/desk/lots/{lot}/notices/": owners | readers, f"/desk/lots/{lot}/notices/new/": owners}
    for player in {*owners, *readers, world.bidders[0], world.other_owner}:
        client = browser(player)
        for path, allowed in pages.items():
            answer = client.get(path)
            assert (answer.status_code == 200) is (player in allowed), (player.name, path)
            if player in allowed:
                assert faults(answer.content.decode()) == [], path
