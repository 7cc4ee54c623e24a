"""The frame of every page: parts, words of errors, preferences, the guards in the headers."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import engines
from django.test import Client, RequestFactory

from ggzy.foundation.ui import catalogue, errors, forms, navigation, pages, show, views
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import RegionCode
from ggzy.kernel.errors import Conflict, Forbidden, Missing
from ggzy.kernel.money import Money, Rate
from ggzy.kernel.roles import Role
from ggzy.kernel.verdict import Reason, Refused

AT = datetime(2026, 3, 26, 1, 30, tzinfo=UTC)


def request(path: str = "/", cookies: Mapping[str, str] | None = None, actor: Actor | None = None) -> Any:
    made: Any = RequestFactory().get(path)
    made.COOKIES.update(cookies or {})
    made.at, made.actor, made.memberships = AT, actor, ()
    return made


def test_catalogue_shows_every_part():
    page = views.parts(request("/tour/parts/")).content.decode()
    for group in catalogue.groups():
        assert f'id="{group.name}"' in page


def test_every_part_file_has_an_example_or_is_part_of_the_frame():
    folder = views.sheet.FOLDER.parents[1] / "templates" / "ui" / "parts"
    frame = {"masthead", "desk_head", "footer", "print_head", "print_foot", "demo_band", "done", "field"}
    frame |= {"form_fields", "filters"}
    assert {file.stem for file in folder.glob("*.html")} == frame | {
        group.name for group in catalogue.groups()
    }


def test_pages_carry_no_inline_script_or_style():
    page = views.parts(request("/tour/parts/")).content.decode()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", page)


def test_instant_names_day_and_weekday_in_beijing_time():
    told = '<span class="nowrap">2026年3月26日（周四）</span><wbr>09:30'
    assert show.instant(AT) == f'<time datetime="2026-03-26T01:30:00Z">{told}</time>'


def test_a_day_ends_at_twenty_four_hours():
    midnight = datetime(2026, 4, 2, 16, tzinfo=UTC)
    told = '<span class="nowrap">2026年4月2日（周四）</span><wbr>24:00'
    assert show.until(midnight) == f'<time datetime="2026-04-02T16:00:00Z">{told}</time>'
    assert show.until(AT) == show.instant(AT)


@pytest.mark.parametrize(
    "word, tag, shape",
    [
        ("公告中", "open", "●"),
        ("即将截止", "soon", "◐"),
        ("正在开标", "live", "▶"),
        ("流标", "stopped", "■"),
        ("无名", "neutral", "○"),
    ],
)
def test_state_is_word_shape_and_colour(word, tag, shape):
    drawn = show.state(word)
    assert f"tag-{tag}" in drawn and shape in drawn and word in drawn


def test_marked_words_are_whole_and_escaped():
    assert show.marked("<b>灌区</b>施工", ["灌区"]) == "&lt;b&gt;<mark>灌区</mark>&lt;/b&gt;施工"


class Bid(forms.Form):
    amount = forms.AmountField(label="报价")
    rate = forms.RateField(label="费率", required=False)
    deadline = forms.InstantField(label="时间", required=False)


@pytest.mark.parametrize("text", ["198万", "1,980,000", "1980000", "壹佰玖拾捌万元整", "１９８００００"])
def test_amount_is_read_in_every_form(text):
    form = Bid({"amount": text})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["amount"] == Money.yuan("1980000")


def test_amount_is_echoed_in_figures_and_characters():
    assert forms.AmountField().echo("198万") == "1,980,000.00 元（壹佰玖拾捌万元整）"


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-26T09:30",
        "2026-03-26 09:30",
        "2026/03/26 09:30",
        "2026年3月26日 09:30",
        "２０２６－０３－２６　０９：３０",
    ],
)
def test_instant_is_read_in_every_form(text):
    form = Bid({"amount": "1", "deadline": text})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["deadline"] == AT


def test_rate_is_read():
    form = Bid({"amount": "1", "rate": "20.5%"})
    assert form.is_valid() and form.cleaned_data["rate"] == Rate.percent("20.5")


def test_mistakes_name_field_and_words():
    form = Bid({"amount": "", "deadline": "明天"})
    assert not form.is_valid()
    assert [target for target, _ in form.mistakes] == ["id_amount", "id_deadline"]


def test_refusal_keeps_what_was_typed_and_gives_every_reason():
    def run(actor, data):
        raise Refused([Reason("early", "截止时间太早", "招标投标法 第二十四条"), Reason("low", "金额太小")])

    sent: Any = RequestFactory().post("/", {"amount": "198万", "request": "r1"})
    sent.at, sent.memberships = AT, ()
    sent.actor = _actor()
    answer = pages.act(sent, Bid, run, template="ui/parts/form.html", context={"submit": "递交"}, done="/")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert (
        "截止时间太早" in page
        and "招标投标法 第二十四条" in page
        and "金额太小" in page
        and 'value="198万"' in page
    )


def test_success_redirects_and_the_next_page_says_so_once():
    seen: dict[str, object] = {}

    def run(actor, data):
        seen.update(request=actor.request, amount=data["amount"])
        return type("Receipt", (), {"code": "7K3M-9QTE-2XHD-51RA", "height": 7})()

    sent: Any = RequestFactory().post("/", {"amount": "198万", "request": "r1"})
    sent.actor = _actor()
    answer = pages.act(sent, Bid, run, template="ui/parts/form.html", done="/next/", words="已递交")
    assert (answer.status_code, answer["Location"]) == (303, "/next/")
    assert seen == {"request": "r1", "amount": Money.yuan("1980000")}
    following = request("/next/", {pages.DONE_COOKIE: answer.cookies[pages.DONE_COOKIE].value})
    assert pages.done(following) == {"words": "已递交", "code": "7K3M-9QTE-2XHD-51RA", "height": 7}
    assert pages.done(request("/", {pages.DONE_COOKIE: "forged"})) is None


@pytest.mark.parametrize(
    "raised, status, words",
    [
        (Missing(), 404, "没有找到这个页面，或者您没有查看它的权限。"),
        (Refused([Reason("no", "保证金未到账")]), 422, "保证金未到账"),
        (Conflict("内容已更新"), 409, "内容已更新"),
    ],
)
def test_kernel_errors_become_pages(raised, status, words):
    answer = errors.ErrorPages(lambda asked: None).process_exception(request(), raised)
    assert answer is not None and answer.status_code == status and words in answer.content.decode()


def test_forbidden_and_missing_say_the_same_to_somebody_signed_in():
    asked = request(actor=_actor())
    handler = errors.ErrorPages(lambda asked: None)
    one, other = handler.process_exception(asked, Forbidden()), handler.process_exception(asked, Missing())
    assert one and other and one.content == other.content


def test_forbidden_leads_a_stranger_to_the_door():
    answer = errors.ErrorPages(lambda asked: None).process_exception(request("/desk/?a=1"), Forbidden())
    assert answer and (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=%2Fdesk%2F%3Fa%3D1")


@pytest.mark.parametrize(
    "raised, status, words",
    [
        (RequestDataTooBig(), 413, "文件太大"),
        (TooManyFieldsSent(), 413, "文件太大"),
        (SuspiciousOperation(), 400, "请求不完整"),
    ],
)
def test_broken_requests_are_answered_in_words(raised: Exception, status: int, words: str):
    answer = errors.bad_request(request(), raised)
    assert answer.status_code == status and words in answer.content.decode()


@pytest.mark.parametrize(
    "path", ["/notices/?q=%00", "/lots/%00/", "/verify/?q=a%00b", "/api/oversight/acts/%00/cases/new/open"]
)
def test_a_nul_is_no_text(db, client: Client, path: str):
    assert client.get(path).status_code == 400


def test_every_answer_carries_the_policy(db, client: Client):
    for path in ("/", "/none/", "/clock/", "/api/lots"):
        policy = client.get(path)["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy, path


def test_file_above_the_cap_is_refused_with_the_cap():
    class Upload(forms.Form):
        file = forms.FileField(label="文件", cap=1024, endings=(".pdf",))

    def sent(name: str, size: int) -> list[tuple[str, str]]:
        form = Upload({}, {"file": SimpleUploadedFile(name, b"x" * size)})
        form.is_valid()
        return form.mistakes

    assert "超过上限" in sent("a.pdf", 2048)[0][1]
    assert "只接受 .pdf 文件" in sent("a.exe", 10)[0][1]
    assert "文件是空的" in sent("a.pdf", 0)[0][1]
    assert sent("a.PDF", 10) == []


def test_trouble_names_a_number():
    assert re.search("编号 A[0-9A-F]{6}", errors.trouble(request()).content.decode())


def test_preferences_are_remembered_in_the_browser_only():
    answer = views.preferences(request("/preferences/?type=large&contrast=high&next=/help/"))
    assert answer["Location"] == "/help/"
    assert answer.cookies["ui_type"].value == "large" and answer.cookies["ui_contrast"].value == "high"


def test_preferences_never_lead_away():
    assert views.preferences(request("/preferences/?next=https://elsewhere.invalid/"))["Location"] == "/"


def test_large_type_is_on_the_page():
    template = engines.all()[0].get_template("ui/error.html")
    page = template.render(
        {"title": "t", "text": "x", "reasons": ()}, request("/", {"ui_type": "large", "ui_contrast": "dark"})
    )
    assert 'data-type="large"' in page and 'data-contrast="dark"' in page


def test_style_sheet_is_kept_under_its_digest_only():
    fresh = views.stylesheet(request(), views.sheet.fingerprint())
    stale = views.stylesheet(request(), "0" * 16)
    assert "immutable" in fresh["Cache-Control"] and stale["Cache-Control"] == "no-cache"


def _actor() -> Actor:
    return Actor("p1", None, Role.BIDDER, RegionCode("530000"), "session")


def test_amounts_days_and_numbers_are_kept_whole():
    text = "中标价 3,779,891.00 元，公示至 2026年11月30日（周一）24:00，电话 0980-12345 <b>"
    kept = show.whole(text)
    assert kept.unescape().replace('<span class="nowrap">', "").replace("</span>", "") == text
    for piece in ("3,779,891.00 元", "2026年11月30日（周一）", "0980-12345"):
        assert f'<span class="nowrap">{piece}</span>' in kept
    assert show.whole(show.money(Money.yuan("1"))) == show.money(Money.yuan("1"))


def test_columns_of_figures_stand_to_the_right():
    table = (
        ("名次", "投标人", "报价", "公示日"),
        ("1", "甲", "1,200.00 元", "2026-03-26"),
        ("2", "乙", "—", "无"),
    )
    assert show.columns(table) == [("名次", "number"), "投标人", ("报价", "number"), "公示日"]
    assert show.columns((("名次", "投标人"),)) == ["名次", "投标人"]


@pytest.mark.parametrize(
    "path, label",
    [
        ("/desk/", "待办"),
        ("/desk/lots/", "我的标段"),
        ("/desk/lots/A01-1/", "我的标段"),
        ("/desk/lots/register/", "入场登记"),
        ("/desk/projects/E1/lots/register/", "入场登记"),
        ("/desk/objections/", None),
    ],
)
def test_one_entry_of_the_navigation_is_current(path: str, label: str | None):
    found = navigation.current(navigation.DESK[Role.OWNER], path)
    assert (found and found.label) == label


def test_a_day_may_end_at_twenty_four():
    form = Bid({"amount": "1", "deadline": "2026-03-26 24:00"})
    assert form.is_valid() and show.until(form.cleaned_data["deadline"]).striptags().endswith(
        "26日（周四）24:00"
    )
    assert forms.InstantField().prepare_value(form.cleaned_data["deadline"]) == "2026-03-26 24:00"
    assert forms.InstantField().prepare_value(AT) == "2026-03-26 09:30"
