"""异议的页面: raised, answered, withdrawn by hand; who sees what; bad input; the same form twice."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ggzy.kernel.codes import LotCode
from ggzy.trading.dossier import services as dossiers
from ggzy.trading.objections import queries, services
from ggzy.trading.objections.values import Stage
from ggzy.trading.projects import services as projects
from ggzy.trading.projects.values import Phase
from tests.pages.markup import faults
from tests.world import World, browser

DAY = timedelta(days=1)


@pytest.fixture
def lot(world: World) -> Iterator[LotCode]:
    """A contested lot whose document may be objected to for ten more days."""
    code = world.lot()
    at = queries.journal.now()
    projects.advance(code, Phase.CONTESTED, at)
    services.open_window(code, Stage.DOCUMENT, opens=at - DAY, closes=at + 20 * DAY, at=at)
    yield code


def test_bidder_raises_owner_answers_by_hand(world: World, lot: LotCode):
    bidder, owner = browser(world.bidders[0]), browser(world.owner)
    form = {"stage": "document", "text": "业绩要求过高，请降低"}
    file = SimpleUploadedFile("证明.txt", "附件".encode())
    sent = bidder.post(f"/desk/lots/{lot}/objections/raise/", form | {"file": file})
    assert sent.status_code == 303, sent.content.decode()
    seen = owner.get(f"/desk/lots/{lot}/objections/").content.decode()
    assert "业绩要求过高" in seen and world.bidders[0].organisation_name not in seen
    assert "投标截止前不显示" in seen and "证明.txt" in seen and faults(seen) == []
    answer = {"upheld": "yes", "text": "将修改招标文件"}
    assert owner.post(f"/desk/lots/{lot}/objections/1/answer/", answer).status_code == 303
    mine = bidder.get(f"/desk/lots/{lot}/objections/").content.decode()
    assert "将修改招标文件" in mine and "异议成立" in mine and "本单位" in mine and faults(mine) == []


@pytest.mark.parametrize(
    "form, words",
    [
        ({"stage": "document", "text": ""}, "请填写本项"),
        ({"stage": "document", "text": "长" * 5001}, "5001"),
        ({"stage": "gossip", "text": "文字"}, "请在所列各项中选择"),
        ({"stage": "result", "text": "文字"}, "现在不是对评标结果提出异议的时间"),
    ],
)
def test_bad_input_is_answered_in_words_and_kept(world: World, lot: LotCode, form, words):
    answer = browser(world.bidders[0]).post(f"/desk/lots/{lot}/objections/raise/", form)
    page = answer.content.decode()
    assert answer.status_code == 422 and words in page and faults(page) == []
    assert form["text"] in page and queries.objections(lot) == ()


def test_oversized_evidence_is_refused_before_anything_is_kept(world: World, lot: LotCode):
    file = SimpleUploadedFile("证明.txt", b"x" * (20 * 1024 * 1024 + 1))
    form = {"stage": "document", "text": "文字", "file": file}
    answer = browser(world.bidders[0]).post(f"/desk/lots/{lot}/objections/raise/", form)
    assert answer.status_code in (413, 422) and queries.objections(lot) == ()


def test_objector_withdraws_with_a_tick(world: World, lot: LotCode):
    client = browser(world.bidders[0])
    client.post(f"/desk/lots/{lot}/objections/raise/", {"stage": "document", "text": "文字"})
    path = f"/desk/lots/{lot}/objections/1/withdraw/"
    page = client.get(path).content.decode()
    assert faults(page) == [] and client.post(path, {}).status_code == 422
    assert client.post(path, {"sure": "on"}).status_code == 303
    assert queries.open_objections(lot) == ()
    assert client.post(path, {"sure": "on"}).status_code == 422


def test_pages_answer_every_role_as_the_matrix_says(world: World, lot: LotCode):
    bidder = browser(world.bidders[0])
    bidder.post(f"/desk/lots/{lot}/objections/raise/", {"stage": "document", "text": "文字"})
    owners, readers = {world.owner, world.agency}, {world.operator, world.supervisor, world.auditor}
    first, other = world.bidders[0], world.bidders[1]
    pages = {
        f"/desk/lots/{lot}/objections/": owners | readers | {first, other},
        f"/desk/lots/{lot}/objections/raise/": {first, other},
        f"/desk/lots/{lot}/objections/1/answer/": owners,
        f"/desk/lots/{lot}/objections/1/withdraw/": {first},
        f"/desk/lots/{lot}/objections/9/answer/": set(),
    }
    for player in {*owners, *readers, first, other, world.other_owner, world.experts[0]}:
        client = browser(player)
        for path, allowed in pages.items():
            answer = client.get(path)
            assert (answer.status_code == 200) is (player in allowed), (player.name, path)
            if player in allowed:
                assert faults(answer.content.decode()) == [], path
            else:
                assert answer.status_code in (403, 404)


def test_the_public_page_says_that_there_is_an_objection_and_not_whose(world: World, lot: LotCode, client):
    dossiers.refresh(lot)
    path, bidder = f"/lots/{lot}/", world.bidders[0]
    page = client.get(path).content.decode()
    assert "没有收到异议" in page and "对招标文件有异议的，请在" in page and faults(page) == []
    browser(bidder).post(f"/desk/lots/{lot}/objections/raise/", {"stage": "document", "text": "业绩要求过高"})
    page = client.get(path).content.decode()
    section = page.partition('id="objections"')[2].partition("</section>")[0]
    assert "招标文件" in section and "待答复，最迟" in section and faults(page) == []
    assert "业绩要求过高" not in page and bidder.organisation_name not in page
    browser(world.owner).post(f"/desk/lots/{lot}/objections/1/answer/", {"upheld": "yes", "text": "将修改"})
    page = client.get(path).content.decode()
    section = page.partition('id="objections"')[2].partition("</section>")[0]
    assert "答复</td>" in section and "待答复" not in section and "逾期" not in section
    assert "将修改" not in page


def test_offers_and_lists_ask_few_questions(world: World, lot: LotCode, django_assert_max_num_queries):
    at = queries.journal.now()
    with django_assert_max_num_queries(5):
        queries.offers(world.bidders[0].acts(), lot, at)
