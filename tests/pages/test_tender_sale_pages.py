"""招标出让的页面: registered, its scheme and its notice composed in the words of a sale, bids told by the floor."""

import pytest

from ggzy.kernel.codes import LotCode, ProjectCode
from ggzy.trading.evaluation import queries as evaluation
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects import services as project_services
from ggzy.trading.projects.values import NewProject
from ggzy.trading.tendering import queries
from tests.pages.auction_walk import carried, proposed
from tests.pages.markup import faults
from tests.services.evaluation import tender_sale as sale
from tests.services.tendering import hall as stage
from tests.services.tendering.announcement import documents, typed

pytestmark = pytest.mark.django_db


def text(answer) -> str:
    return answer.content.decode()


def test_land_is_registered_for_a_tender_on_the_page(sign_in):
    people = stage.cast()
    with stage.clock(stage.REGISTERED) as at:
        new = NewProject(
            "江州出让项目", people.owner.code, people.agency.code, stage.REGION, "", "江政〔2026〕9号"
        )
        project = ProjectCode(
            project_services.register_project(people.agency.anew(), new, at=at).subject.split("/")[1]
        )
        path, browser = f"/desk/projects/{project}/lots/register/?category=B01", sign_in(people.agency)
        page = browser.get(path)
        assert "最高报价法" in text(page) and faults(text(page)) == []
        form = proposed(page) | {
            "title": "望江区 G(2026)9 号地块", "content": "住宅用地", "estimate": "1000万", "deal_category": "B01",
            "method": "open_tender", "scoring": "highest_price",
            "trait_location": "滨江路北", "trait_area": "32917", "trait_use": "城镇住宅用地", "trait_years": "70年",
        }  # fmt: skip
        done = browser.post(path, form)
        assert done.status_code == 303, text(done)
    lot = projects.lot(LotCode(done.headers["Location"].split("/")[3]))
    assert (lot.method, lot.scoring, lot.is_sold) == ("open_tender", "highest_price", True)


@pytest.mark.parametrize(
    "scoring, form, words",
    [
        ("highest_price", {}, "报价最高的排名第一"),
        (
            "best_value",
            {"price_weight": "60", "c1_name": "开发方案", "c1_kind": "subjective", "c1_part": "technical", "c1_weight": "40"},
            "报价 ÷ 最高报价 × 满分",
        ),
    ],
)  # fmt: skip
def test_scheme_and_notice_of_a_sale_are_composed_and_published(sign_in, scoring, form, words):
    people = stage.cast()
    code = sale.registered(people, "B01", scoring)
    stage.prepared(people, code)
    with stage.clock(stage.ANNOUNCED):
        browser, base = sign_in(people.agency), f"/desk/lots/{code}"
        page = browser.get(f"{base}/scheme/")
        assert words in text(page) and faults(text(page)) == [] and "限价" not in text(page)
        parts = {f"c{number}_part": "technical" for number in range(1, 11)} if form else {}
        done = browser.post(f"{base}/scheme/", proposed(page) | parts | form)
        assert done.status_code == 303, text(done)
        page = browser.get(f"{base}/announce/")
        assert "起始价" in text(page) and "底价承诺" in text(page) and "最高投标限价" not in text(page)
        said = {"floor": "1000万", "deposit": "200万", "first": "50%", "first_days": "30", "all_days": "60"}
        said |= {"deadline": "2026-07-01T09:30", "ceiling": ""}
        check = browser.post(f"{base}/announce/", typed(**said, documents=documents(), step="check"))
        assert "招标出让（转让）公告" in text(check)
        low = browser.post(
            f"{base}/announce/", typed(**said | {"deposit": "1万"}, documents=documents(), step="check")
        )
        assert "低于起始价的 20%" in text(low)
        done = browser.post(
            f"{base}/announce/", typed(**said, carried=carried(check)["carried"], step="publish")
        )
        assert done.status_code == 303, text(done)
    terms, scheme = queries.terms(code, 1), evaluation.scheme(code)
    assert terms is not None and terms.floor is not None and terms.payment is not None and scheme is not None
    assert (terms.floor.amount, terms.payment.all_days, terms.ceiling) == (sale.FLOOR, 60, None)
    assert (scheme.scoring, scheme.floor) == (scoring, sale.FLOOR.to_yuan())
