"""A bidder with nothing but a browser: seals, uploads, submits, and unlocks at the opening."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.identity import services as people
from ggzy.foundation.identity.values import Method
from ggzy.foundation.identity.views import COOKIE
from ggzy.foundation.journal import services as journal
from ggzy.foundation.sealing.custody import release
from ggzy.foundation.sealing.manifest import Manifest
from ggzy.kernel.money import Money
from ggzy.trading.tendering import queries, services
from ggzy.trading.tendering.values import ShareRecord
from sealer import work
from tests.sealing.relay import browse
from tests.services.tendering import hall as stage
from tests.services.tendering.hall import BIDDING, DEADLINE, clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
PASSWORD = "correct horse"
SOON = DEADLINE + timedelta(minutes=2)


def seal_and_submit(page: Page, folder: Path) -> None:
    page.get_by_label("签名密钥文件").set_input_files(folder / "my.key")
    page.get_by_label("签名密钥的口令").fill(PASSWORD)
    page.get_by_label("投标报价").fill("1905万元")
    page.get_by_label("商务技术文件附件").set_input_files(folder / "商务标.pdf")
    page.get_by_label("解密密钥的新口令").fill(PASSWORD)
    page.get_by_label("再输入一次新口令").fill(PASSWORD)
    page.get_by_role("button", name="在浏览器中加密").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="保存").click()
    download.value.save_as(folder / "my.sbekey")
    page.get_by_role("button", name="上传到平台").click()
    page.get_by_role("button", name="递交投标文件").click()
    page.wait_for_url("**/receipt/*")


def unlock(page: Page, folder: Path) -> None:
    page.get_by_label("解密密钥文件").set_input_files(folder / "my.sbekey")
    page.get_by_label("解密密钥的口令").fill(PASSWORD)
    page.get_by_role("button", name="核对并填入解密密钥").click()
    page.get_by_text("与您的投标文件相符").wait_for()
    page.get_by_role("button", name="提交解密密钥").click()
    page.wait_for_load_state()


def signed_in(person: stage.Person) -> Client:
    token, now = people.new_token(), datetime.now(UTC)
    held = identity.memberships(person.actor.person)[0]
    people.sign_in(person.anew(), held.id, token, Method.PASSWORD, seen_at=now, at=now)
    client = Client()
    client.cookies[COOKIE] = token
    return client


def release_shares(hall: stage.Hall) -> None:
    """Two of the three custodians, for every bid of the opening set."""
    journal.checkpoint()
    manifests = [Manifest.read(text) for text in queries.custody_case(hall.code, 1, "open-1").manifests]
    for x, keeper in enumerate(hall.people.custodians[:2], start=1):
        private = hall.tender_keys[keeper.who]
        records = tuple(
            ShareRecord(manifest.bid, part.id, release(manifest, part.id, x, private))
            for manifest in manifests
            for part in manifest.parts
        )
        services.release_shares(keeper.anew(), hall.code, records)


def test_a_bidder_needs_only_a_browser(chromium: str, tmp_path: Path) -> None:
    hall = stage.announced()
    firm, desk = hall.people.firms[0], f"/desk/lots/{hall.code}/"
    (tmp_path / "my.key").write_bytes(work.certify(firm.key, firm.certificate, PASSWORD))
    (tmp_path / "商务标.pdf").write_bytes(b"%PDF-1.7 bid")

    def submit(page: Page, address: str) -> None:
        page.goto(f"{address}{desk}bid/")
        seal_and_submit(page, tmp_path)

    def rehearse(page: Page, address: str) -> None:
        page.goto(f"{address}{desk}bid/")
        page.get_by_role("link", name="开标前自检").click()
        page.get_by_text("以平台时间为准；到平台的往返时间").wait_for()
        sent: list[tuple[str, str | None]] = []
        page.on("request", lambda request: sent.append((request.method, request.post_data)))
        page.get_by_label("解密密钥文件").set_input_files(tmp_path / "my.sbekey")
        for password, words in (("wrong password", "口令不正确"), (PASSWORD, "能打开您递交的投标文件")):
            page.get_by_label("解密密钥的口令").fill(password)
            page.get_by_role("button", name="试开我的投标文件").click()
            page.get_by_text(words).wait_for()
        assert page.get_by_label("解密密钥的口令").input_value() == ""
        assert set(sent) == {("GET", None)}, "the key and its password stay in the browser"

    def attend(page: Page, address: str) -> None:
        page.goto(f"{address}{desk}hall/")
        unlock(page, tmp_path)

    with clock(BIDDING):
        browse(chromium, signed_in(firm), submit)
        browse(chromium, signed_in(firm), rehearse)
    assert stage.mine(hall, firm).price is None
    for rival in hall.people.firms[1:3]:
        stage.submit(hall, rival)
    stage.close(hall)
    with clock(SOON):
        release_shares(hall)
        browse(chromium, signed_in(firm), attend)
    assert stage.progress(hall).keys_released == 1
    stage.release_keys(hall, (1, 2), at=SOON)
    stage.decrypt(hall, at=SOON)
    with clock(SOON):
        services.read_out(hall.agency, hall.code)
    bid = next(bid for bid in queries.opened_bids(hall.code) if bid.bidder.leader == firm.code)
    assert bid.price is not None and bid.price.amount == Money.yuan("19050000")
