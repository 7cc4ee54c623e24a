"""信用 in a real browser: nothing scrolls sideways, nothing complains, an objection goes its way by hand."""

from datetime import timedelta

import pytest
from django.test import Client
from playwright.sync_api import expect

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.instants import add_months, local_date
from ggzy.registers.credit import queries, services
from ggzy.registers.credit.values import (
    Decision,
    Gravity,
    NewBan,
    NewListing,
    NewRecord,
    RecordKind,
)
from tests.world import World
from tests.world import browser as signed_in

pytestmark = pytest.mark.browser


@pytest.fixture
def marked(world: World) -> World:
    """A bidder with everything on record: a ban, penalties, a reward, a listing that waits for its plea."""
    now, firm = journal.now(), world.bidders[0]
    today = local_date(now)

    def decided(number: int, days_ago: int) -> Decision:
        day = today - timedelta(days=days_ago)
        return Decision("江州市住房和城乡建设局", f"江建罚〔2026〕{number}号", "招标投标法 §53", day)

    for number, (kind, gravity, title, days_ago, topic) in enumerate(
        (
            (RecordKind.PENALTY, Gravity.SERIOUS, "串通投标", 200, ""),
            (RecordKind.BREACH, Gravity.GENERAL, "未按期签订合同", 20, ""),
            (RecordKind.BREACH, Gravity.MINOR, "材料迟交", 10, ""),
            (RecordKind.PERFORMANCE, None, "望江路改造工程履约良好", 90, "performed"),
            (RecordKind.REWARD, None, "市级优质工程", 60, "award"),
        ),
        start=1,
    ):
        decision = decided(number, days_ago)
        new = NewRecord(firm.organisation, kind, title, "决定书全文见附件。", decision, gravity, topic=topic)
        services.record(world.supervisor.acts(), new, at=now)
    ban = NewBan(firm.organisation, "collusion", today, add_months(today, 12), decided(9, 3))
    services.ban(world.supervisor.acts(), ban, at=now)
    listed = NewListing(firm.organisation, firm.organisation_name, "wages", "拖欠农民工工资 320 万元")
    services.propose(world.supervisor.acts(), listed, at=now)
    services.notify(world.supervisor.acts(), queries.listings_of(firm.organisation)[0].code, at=now)
    return world


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_of_credit_fit_and_complain_of_nothing(marked: World, window, width: int):
    party = marked.bidders[0].organisation
    listing = queries.listings_of(party)[0].code
    visits = {
        "citizen": (
            Client(),
            ["/credit/", "/credit/?list=penalty", f"/credit/parties/{party}/", "/credit/rules/"],
        ),
        "bidder": (signed_in(marked.bidders[0]), ["/desk/my-credit/", f"/desk/my-credit/{listing}/plead/"]),
        "supervisor": (
            signed_in(marked.supervisor),
            [
                "/desk/credit/",
                f"/desk/credit/lists/{listing}/",
                "/desk/credit/import/",
                "/desk/expert-marks/",
            ],
        ),
        "expert": (signed_in(marked.experts[0]), ["/desk/my-marks/"]),
    }
    for who, (client, paths) in visits.items():
        visitor = window(client, width)
        wide = [found for path in paths for found in visitor.wide(path)]
        assert (wide, visitor.complaints, visitor.outside) == ([], [], []), who


def test_an_objection_is_made_and_kept_by_hand(marked: World, window):
    firm, desk = window(signed_in(marked.bidders[0])), window(signed_in(marked.supervisor))
    page = firm.go("/desk/my-credit/")
    page.get_by_role("link", name="提出异议").first.click()
    page.get_by_label("事实和理由").fill("处罚决定已被行政复议撤销")
    page.get_by_role("button", name="提出异议").click()
    expect(page.get_by_text("已提出异议，该信息已标注")).to_be_visible()
    desk.go("/desk/credit/").get_by_role("link", name="信用信息异议").click()
    desk.page.get_by_label("核实后维持").check()
    desk.page.get_by_label("核实情况和理由").fill("经核实，复议维持原决定")
    desk.page.get_by_role("button", name="处理").click()
    expect(desk.page.get_by_text("已处理，即时生效")).to_be_visible()
    expect(firm.go("/desk/my-credit/").get_by_text("核实后维持")).to_be_visible()
