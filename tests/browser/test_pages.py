"""Pages as people meet them: keyboard, phone, print, without script, with a wrong clock."""

import hashlib
import re

import pytest
from django.test import Client
from playwright.sync_api import expect

from tests.browser.contrasts import CONTRASTS
from tests.browser.served import Gate
from tests.services.tendering import hall as stage

pytestmark = pytest.mark.browser
PUBLIC = [
    "/",
    "/notices/",
    "/openings/?from=2026-06-20",
    "/verify/?q=1",
    "/help/bid/",
    "/api/",
    "/sign-in/",
    "/none/",
]


def lot_pages(hall: stage.Hall) -> list[str]:
    return [f"/lots/{hall.code}/", f"/lots/{hall.code}/record/", f"/openings/{hall.code}/"]


@pytest.mark.parametrize("width", [320, 360, 768, 1280])  # 320 is a window of 1280 at 400 %
def test_public_pages_fit_and_complain_of_nothing(opened: stage.Hall, client: Client, window, width: int):
    visitor = window(client, width)
    wide = [found for path in PUBLIC + lot_pages(opened) for found in visitor.wide(path)]
    assert (wide, visitor.complaints, visitor.outside) == ([], [], [])


def test_large_type_fits_a_phone(opened: stage.Hall, client: Client, sign_in, window):
    client.cookies["ui_type"] = "large"
    visitor = window(client, 360)
    assert [found for path in PUBLIC + lot_pages(opened) for found in visitor.wide(path)] == []
    owner = sign_in(opened.people.owner)
    owner.cookies["ui_type"] = "large"
    worker = window(owner, 360)
    paths = ["/desk/", f"/desk/lots/{opened.code}/", "/desk/organisation/", "/desk/me/"]
    assert [found for path in paths for found in worker.wide(path)] == []


def test_file_and_date_fields_speak_chinese_and_take_keys(db, client: Client, window):
    page = window(client).go("/tour/parts/")
    expect(page.locator(".file").first).to_contain_text("未选择文件")
    page.locator(".file input").first.set_input_files(
        {"name": "招标文件.pdf", "mimeType": "", "buffer": b"1"}
    )
    expect(page.locator(".file").first).to_contain_text("招标文件.pdf")
    page.locator(".file input").first.focus()
    outline = "getComputedStyle(document.querySelector('.file')).outlineStyle"
    assert page.evaluate(outline) == "solid"
    expect(page.get_by_role("button", name="选日期").first).to_be_visible()


def test_every_stop_of_the_keyboard_is_seen(opened: stage.Hall, client: Client, window):
    page = window(client).go(f"/lots/{opened.code}/")
    unseen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        name, style = page.evaluate(
            "() => { const a = document.activeElement, s = getComputedStyle(a);"
            " return [a.tagName + a.textContent.slice(0, 12), s.outlineStyle]; }"
        )
        if name.startswith("BODY"):
            break
        unseen += [name] if style == "none" else []
    assert unseen == []


def test_a_crowded_opening_fits_a_phone(crowded: stage.Hall, client: Client, window):
    visitor = window(client, 360)
    assert [found for path in lot_pages(crowded) for found in visitor.wide(path)] == []


@pytest.mark.parametrize("role", ["owner", "operator", "supervisor"])
def test_desk_fits_a_phone(opened: stage.Hall, sign_in, window, role: str):
    visitor = window(sign_in(getattr(opened.people, role)), 360)
    paths = ["/desk/", "/desk/lots/", f"/desk/lots/{opened.code}/"]
    wide = [found for path in paths for found in visitor.wide(path)]
    assert (wide, visitor.complaints) == ([], [])


def test_text_stands_out_from_its_ground(opened: stage.Hall, client: Client, sign_in, window):
    visitor = window(client)
    weak = {path: visitor.go(path).evaluate(CONTRASTS) for path in PUBLIC + lot_pages(opened)}
    worker = window(sign_in(opened.people.owner))
    weak |= {path: worker.go(path).evaluate(CONTRASTS) for path in ("/desk/", f"/desk/lots/{opened.code}/")}
    assert {path: found for path, found in weak.items() if found} == {}


@pytest.mark.parametrize("contrast", ["high", "dark"])
def test_high_contrast_stands_out_too(opened: stage.Hall, client: Client, window, contrast: str):
    client.cookies["ui_contrast"] = contrast
    visitor = window(client)
    weak = {
        path: visitor.go(path).evaluate(CONTRASTS) for path in ("/", f"/lots/{opened.code}/", "/help/bid/")
    }
    assert {path: found for path, found in weak.items() if found} == {}


def test_first_tab_stop_skips_to_the_text(db, client: Client, window):
    page = window(client).go("/help/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_countdown_follows_the_platform_not_the_device(announced: stage.Hall, client: Client, window):
    with stage.clock(stage.BIDDING):
        page = window(client).go(f"/lots/{announced.code}/")
        page.get_by_text("您的设备比平台快").wait_for()
        assert "18 小时" in page.locator("[data-left]").inner_text()


def test_everything_is_said_without_script(announced: stage.Hall, client: Client, window):
    with stage.clock(stage.BIDDING):
        page = window(client, script=False).go(f"/lots/{announced.code}/")
        text = page.locator("main").inner_text()
        assert "18 小时" in text and "以平台服务器时间为准" in text


def test_dropped_file_is_digested_in_the_browser_and_not_sent(announced: stage.Hall, client: Client, window):
    text = "招标文件第一版".encode()
    visitor = window(client)
    page = visitor.go("/verify/")
    page.locator("#drop-file").set_input_files(
        {"name": "招标文件.txt", "mimeType": "text/plain", "buffer": text}
    )
    page.get_by_text("摘要一致").wait_for()
    assert page.locator("#q").input_value() == "sha256:" + hashlib.sha256(text).hexdigest()


def test_mistakes_take_the_focus(db, client: Client, window):
    page = window(client).go("/sign-in/")
    page.locator("main").get_by_role("button", name="登录").click()
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    assert page.title().startswith("错误：")


def test_amount_is_echoed_while_typing(db, client: Client, window):
    page = window(client).go("/tour/parts/")
    page.locator("#id_empty-amount").press_sequentially("1.2亿")
    expect(page.locator("[data-echo=id_empty-amount]")).to_have_text("120,000,000.00 元（壹亿贰仟万元整）")


def test_what_was_done_before_the_script_came_counts(db, client: Client, window):
    visitor = window(client)
    first, second = Gate(), Gate()
    visitor.page.route(re.compile(r"/parts/(amount|when)\.js"), first.take)
    visitor.page.route(re.compile(r"/parts/digest\.js"), second.take)
    page = visitor.go("/tour/parts/")
    page.locator("#id_empty-amount").press_sequentially("1.2亿")
    day = page.locator("[data-pick]").first
    day.press_sequentially("2026-12")
    first.open()
    expect(page.locator("[data-echo=id_empty-amount]")).to_have_text("120,000,000.00 元（壹亿贰仟万元整）")
    expect(page.get_by_role("button", name="选日期").first).to_be_visible()
    expect(day).to_be_focused()
    page = visitor.go("/verify/")
    page.locator("#drop-file").set_input_files({"name": "一.txt", "mimeType": "text/plain", "buffer": b"1"})
    second.open()
    page.wait_for_url(f"**/verify/?q=sha256*{hashlib.sha256(b'1').hexdigest()}*")


def test_only_an_authority_is_asked_what_it_supervises(opened: stage.Hall, sign_in, window):
    page = window(sign_in(opened.people.operator)).go("/desk/parties/register/")
    expect(page.get_by_label("行政监督部门", exact=True)).to_be_visible()
    expect(page.locator("#field-branches")).to_be_hidden()
    page.get_by_label("行政监督部门", exact=True).check()
    expect(page.locator("#field-branches")).to_be_visible()
    expect(page.get_by_label("住房城乡建设部门")).to_be_visible()


def test_print_leaves_the_frame_out(opened: stage.Hall, client: Client, window):
    page = window(client).go(f"/lots/{opened.code}/")
    page.emulate_media(media="print")
    assert not page.locator(".masthead").is_visible() and page.locator("h1").is_visible()
    assert page.locator(".print-foot").is_visible()


def test_targets_are_large_enough(opened: stage.Hall, client: Client, window):
    page = window(client, 360).go(f"/openings/{opened.code}/")
    small = page.evaluate(
        "() => [...document.querySelectorAll('button, .button, input:not([type=hidden]), select')]"
        ".filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 24).length"
    )
    assert small == 0
