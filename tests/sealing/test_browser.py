"""The page seals what the platform's tools open, and opens the keys they make; in a real browser."""

import base64
import io
import json
import mimetypes
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast

import pytest
from playwright.sync_api import Page, sync_playwright

from ggzy.foundation.sealing import content, custody, keyfile, opening, package
from ggzy.foundation.sealing.chunks import CHUNK_BYTES
from ggzy.foundation.sealing.envelope import Sealed, check_chunks
from ggzy.foundation.sealing.manifest import Manifest, check_manifest
from ggzy.foundation.sealing.plan import OpeningPlan, PlanPart
from ggzy.foundation.ui import errors
from ggzy.kernel import canon, events
from ggzy.kernel.codes import LotCode
from ggzy.kernel.digest import digest
from ggzy.kernel.money import Money, Rate
from sealer import work
from sealer.order import Order
from tests.sealing.cast import BIDDER, KEEPERS, MADE, PLAN, a_bid, a_plan

pytestmark = pytest.mark.browser
STATIC = Path(errors.__file__).parent / "static"
PASSWORD = "correct horse 江州"
KEY = work.certify(BIDDER.key, BIDDER.certificate, PASSWORD)
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
BIG = bytes(range(256)) * (2 * CHUNK_BYTES // 256) + b"end"
HEAD = '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>投标</title>'
SEAL_PAGE = f"""{HEAD}<div data-seal="/seal.json" data-field="package"></div>
<form method="post" action="/submit" enctype="multipart/form-data"><label for="package">上传</label>
<input type="file" id="package" name="package"><button>递交</button></form>
<script type="module" src="/static/ui/seal/seal.js"></script>"""
UPLOAD_PAGE = f"""{HEAD}<form method="post" action="/submit" enctype="multipart/form-data"
data-pieces="/pieces/"><input type="hidden" name="csrfmiddlewaretoken" value="token"><label for="file">文件</label>
<input type="file" id="file" name="file"><button>上传</button></form>
<script type="module" src="/static/ui/seal/upload.js"></script>"""
UNLOCK_PAGE = f"""{HEAD}<div data-unlock="/unlock.json" data-field="secrets"></div>
<label for="secrets">解密</label><textarea id="secrets"></textarea>
<script type="module" src="/static/ui/seal/unlock.js"></script>"""


def text_of(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass
class Site:
    """A platform of the test: the two pages, and the .sbe that was submitted."""

    pages: dict[str, str] = field(
        default_factory=lambda: {"/seal": SEAL_PAGE, "/unlock": UNLOCK_PAGE, "/upload": UPLOAD_PAGE}
    )
    submitted: bytes = b""
    pieces: dict[int, bytes] = field(default_factory=dict)
    puts: list[int] = field(default_factory=list)
    faults: list[int] = field(default_factory=list)  # pieces whose first arrival is answered with a cut line
    port: int = 0

    def order(self, plan: OpeningPlan, price_form: Any = "amount") -> None:
        order = Order(plan, "0007", 2, "sha256:" + "1" * 64, "sha256:" + "d" * 64, BIDDER.org, price_form)
        self.pages["/seal.json"] = json.dumps(events.body(order))

    def unlock(self, sealed: Sealed, parts: list[str]) -> None:
        text = text_of(sealed.manifest_bytes)
        self.pages["/unlock.json"] = json.dumps({"manifest": text, "parts": parts})


@contextmanager
def served(site: Site) -> Iterator[None]:
    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.startswith("/pieces/"):
                self._answer(json.dumps({"held": sorted(site.pieces)}).encode(), "application/json")
            elif self.path.startswith("/static/"):
                place = STATIC / self.path.removeprefix("/static/")
                self._answer(place.read_bytes(), mimetypes.guess_type(place.name)[0] or "")
            elif self.path in site.pages:
                kind = "application/json" if self.path.endswith(".json") else "text/html"
                self._answer(site.pages[self.path].encode(), f"{kind}; charset=utf-8")
            else:
                self.send_error(404)

        def do_PUT(self) -> None:
            index = int(self.path.rstrip("/").rpartition("/")[2])
            body = self.rfile.read(int(self.headers["Content-Length"]))
            site.puts.append(index)
            if index in site.faults:
                site.faults.remove(index)
                self.close_connection = True
                self.connection.close()
                return
            assert self.headers["X-CSRFToken"] == "token"
            assert self.headers["X-Content-Digest"] == digest(body)
            site.pieces[index] = body
            self.send_response(204)
            self.end_headers()

        def do_POST(self) -> None:
            if self.path.endswith("/done/"):
                said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                site.submitted = b"".join(site.pieces[index] for index in range(said["count"]))
                self._answer(b"{}", "application/json")
                return
            head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
            body = self.rfile.read(int(self.headers["Content-Length"]))
            for part in message_from_bytes(head + body, policy=policy.HTTP).iter_parts():
                site.submitted = cast(bytes, part.get_payload(decode=True))
            self._answer(b"<title>done</title>", "text/html")

        def _answer(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Security-Policy", errors.POLICY)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *given: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    site.port = server.server_port
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    made.order(PLAN)
    with served(made):
        yield made


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    with sync_playwright() as driver:
        opened = driver.chromium.launch(
            executable_path=chromium, args=[*OPTIONS, "--host-resolver-rules=MAP lan.test 127.0.0.1"]
        )
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any, site: Site) -> Iterator[Page]:
    context = browser.new_context(accept_downloads=True)
    opened: Page = context.new_page()
    opened.set_default_timeout(90_000)
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
    yield opened
    context.close()
    assert not faults


def visit(page: Page, site: Site, path: str, host: str = "127.0.0.1") -> None:
    page.goto(f"http://{host}:{site.port}{path}")


def fill(page: Page, tmp_path: Path, *, price: str = "198万元", password: str = PASSWORD) -> None:
    (tmp_path / "my.key").write_bytes(KEY)
    page.get_by_label("签名密钥文件").set_input_files(tmp_path / "my.key")
    page.get_by_label("签名密钥的口令").fill(password)
    page.get_by_label("投标报价", exact=False).fill(price)
    page.get_by_label("解密密钥的新口令").fill(PASSWORD)
    page.get_by_label("再输入一次新口令").fill(PASSWORD)


def sealed_on(page: Page, site: Site) -> tuple[package.Package, bytes]:
    """Presses the button, keeps the key, submits the form."""
    page.get_by_role("button", name="在浏览器中加密").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="保存 0007-2.sbekey").click()
    page.get_by_role("button", name="递交").click()
    page.wait_for_url("**/submit")
    return package.open_package(io.BytesIO(site.submitted)), download.value.path().read_bytes()


def opened(found: package.Package, sbekey: bytes, part: str) -> tuple[content.Contents, io.BytesIO]:
    out = io.BytesIO()
    shares = [custody.release(found.manifest, part, keeper.x, keeper.tender_key) for keeper in KEEPERS[1:4]]
    key = keyfile.open_sbekey(sbekey, PASSWORD)
    outcome = opening.open_part(
        found.manifest,
        part,
        found.chunks,
        shares=shares,
        bidder_secret=keyfile.part_secret(key.master, found.manifest, part),
        threshold=3,
        out=out,
    )
    assert isinstance(outcome, opening.Opened)
    return content.read_bundle(out), out


def test_a_bid_sealed_in_the_browser_opens_here(page: Page, site: Site, tmp_path: Path) -> None:
    plan = a_plan(parts=(PlanPart("business", "商务技术文件", 4096, 10**7), *PLAN.parts))
    site.order(plan)
    (tmp_path / "图纸.pdf").write_bytes(BIG)
    (tmp_path / "清单.xlsx").write_bytes(b"cells")
    visit(page, site, "/seal")
    fill(page, tmp_path)
    page.get_by_label("工期").fill("180 日历天")
    page.get_by_label("商务技术文件附件").set_input_files([tmp_path / "图纸.pdf", tmp_path / "清单.xlsx"])
    found, sbekey = sealed_on(page, site)

    assert check_manifest(found.manifest_bytes, found.signature, found.certificate, plan).ok
    assert all(check_chunks(found.manifest, part.id, found.chunks).ok for part in found.manifest.parts)
    assert (found.manifest.gen, found.manifest.prev) == (2, "sha256:" + "1" * 64)
    assert found.manifest.bidder.org == BIDDER.org
    assert keyfile.open_sbekey(sbekey, PASSWORD).opens(found.manifest)

    price, _ = opened(found, sbekey, "price")
    assert price.offer == content.Offer(
        "amount", amount=Money.yuan("1980000.00"), text="198万元", period="180 日历天"
    )
    business, payload = opened(found, sbekey, "business")
    assert [file.name for file in business.files] == ["图纸.pdf", "清单.xlsx"]
    assert [b"".join(content.extract(payload, file)) for file in business.files] == [BIG, b"cells"]


def test_a_page_tells_only_that_it_is_this_browser_again(page: Page, site: Site, tmp_path: Path) -> None:
    told = []
    other_lot = LotCode.make(category="A01", platform=BIDDER.org, on=MADE.date(), serial=2)
    for plan in (PLAN, PLAN, replace(PLAN, lot=other_lot)):
        site.order(plan)
        visit(page, site, "/seal")
        fill(page, tmp_path)
        found, sbekey = sealed_on(page, site)
        told.append(opened(found, sbekey, "price")[0].device)
    one, again, other = told
    assert one is not None and (one.tool, one.macs, one.cpu, one.disks) == ("ggzy-page", (), "", ())
    assert one == again and other is not None
    assert len(one.system) == 16 and one.system != other.system


@pytest.mark.parametrize(
    "form, typed, rate", [("rate", "20.50％", Rate.percent("20.5")), ("text", "按实结算，下浮 3%", None)]
)
def test_prices_that_are_not_amounts_are_sealed(
    page: Page, site: Site, tmp_path: Path, form: Any, typed: str, rate: Rate | None
) -> None:
    site.order(PLAN, form)
    visit(page, site, "/seal")
    fill(page, tmp_path, price=typed)
    found, sbekey = sealed_on(page, site)
    assert opened(found, sbekey, "price")[0].offer == content.Offer(form, rate=rate, text=typed)


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"price": "一百万左右"}, "报价应为金额"),
        ({"price": "1.234"}, "报价应为金额"),
        ({"price": "3%"}, "报价应为金额"),
        ({"price": ""}, "报价应为金额"),
        ({"password": "wrong horse"}, "口令不正确"),
    ],
)
def test_what_cannot_be_sealed_is_said_on_the_page(
    page: Page, site: Site, tmp_path: Path, changes: dict[str, str], words: str
) -> None:
    visit(page, site, "/seal")
    fill(page, tmp_path, **changes)
    page.get_by_role("button", name="在浏览器中加密").click()
    page.get_by_role("alert").get_by_text(words).wait_for()
    assert page.locator("#package").evaluate("field => field.files.length") == 0


@pytest.mark.parametrize("path", ["/seal", "/unlock"])
def test_a_page_without_cryptography_says_so(page: Page, site: Site, path: str) -> None:
    visit(page, site, path, host="lan.test")
    page.get_by_role("alert").get_by_text("https").wait_for()


def test_a_key_made_here_opens_in_the_browser(page: Page, site: Site, tmp_path: Path) -> None:
    sealed = a_bid(password=PASSWORD)
    assert sealed.sbekey is not None
    (tmp_path / "bid.sbekey").write_bytes(sealed.sbekey)
    site.unlock(sealed, ["price"])
    visit(page, site, "/unlock")
    page.get_by_label("解密密钥文件").set_input_files(tmp_path / "bid.sbekey")
    page.get_by_label("解密密钥的口令").fill("wrong password")
    page.get_by_role("button", name="核对并填入解密密钥").click()
    page.get_by_role("alert").get_by_text("口令不正确").wait_for()
    page.get_by_label("解密密钥的口令").fill(PASSWORD)
    page.get_by_role("button", name="核对并填入解密密钥").click()
    page.get_by_role("status").get_by_text("相符").wait_for()
    released = json.loads(page.locator("#secrets").input_value())
    own = keyfile.part_secret(sealed.master, sealed.manifest, "price")
    assert released == {"price": text_of(own)}


def test_a_key_of_another_bid_is_refused_in_the_browser(page: Page, site: Site, tmp_path: Path) -> None:
    other = a_bid(password=PASSWORD, bid="0009")
    assert other.sbekey is not None
    (tmp_path / "other.sbekey").write_bytes(other.sbekey)
    site.unlock(a_bid(), ["price"])
    visit(page, site, "/unlock")
    page.get_by_label("解密密钥文件").set_input_files(tmp_path / "other.sbekey")
    page.get_by_label("解密密钥的口令").fill(PASSWORD)
    page.get_by_role("button", name="核对并填入解密密钥").click()
    page.get_by_role("alert").get_by_text("另一份投标文件").wait_for()
    assert page.locator("#secrets").input_value() == ""


FOUR = 4 * CHUNK_BYTES
LARGE = BIG * 5  # a little over ten mebibytes: three pieces


def upload(page: Page, site: Site, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "bid.sbe").write_bytes(data)
    visit(page, site, "/upload")
    page.get_by_label("文件").set_input_files(tmp_path / "bid.sbe")
    page.get_by_role("button", name="上传").click()


def test_a_large_file_goes_in_pieces_over_a_line_that_breaks(page: Page, site: Site, tmp_path: Path) -> None:
    site.faults = [1, 2]
    with page.expect_event("framenavigated", lambda frame: site.submitted != b""):
        upload(page, site, tmp_path, LARGE)
    assert site.submitted == LARGE
    assert site.puts == [0, 1, 1, 2, 2]


def test_an_upload_resumes_where_it_stood(page: Page, site: Site, tmp_path: Path) -> None:
    site.pieces = {0: LARGE[:FOUR], 2: LARGE[2 * FOUR :]}
    with page.expect_event("framenavigated", lambda frame: site.submitted != b""):
        upload(page, site, tmp_path, LARGE)
    assert site.submitted == LARGE
    assert site.puts == [1]


def test_a_small_file_uses_the_plain_form(page: Page, site: Site, tmp_path: Path) -> None:
    upload(page, site, tmp_path, BIG)
    page.wait_for_url("**/submit")
    assert site.submitted == BIG and not site.puts


def made_up(chance: random.Random, depth: int = 0) -> object:
    """Any canonical value."""
    kind = chance.randrange(7 if depth < 4 else 5)
    if kind == 0:
        return chance.choice([None, True, False])
    if kind == 1:
        return chance.randrange(-(2**53) + 1, 2**53)
    if kind < 5:
        signs = 'aZ09"\\/\b\f\n\r\t\x00\x1f\x7f\u2028\u2029价元é🏗'
        return "".join(chance.choice(signs) for _ in range(chance.randrange(12)))
    if kind == 5:
        return [made_up(chance, depth + 1) for _ in range(chance.randrange(5))]
    keys = {
        f"{chance.choice('abz')}{chance.choice('_09az')}{number}" for number in range(chance.randrange(5))
    }
    return {key: made_up(chance, depth + 1) for key in keys}


def test_both_encoders_write_the_same_bytes(page: Page, site: Site) -> None:
    chance = random.Random(2026)
    values = [made_up(chance) for _ in range(10_000)]
    visit(page, site, "/unlock")
    written = page.evaluate(
        """async (values) => {
            const { canonical } = await import("/static/ui/seal/canon.js");
            return values.map((value) => new TextDecoder().decode(canonical(value)));
        }""",
        values,
    )
    assert written == [canon.dumps(value).decode() for value in values]


def test_the_manifest_of_the_browser_is_read_strictly(page: Page, site: Site, tmp_path: Path) -> None:
    visit(page, site, "/seal")
    fill(page, tmp_path, price="1")
    found, _ = sealed_on(page, site)
    assert Manifest.read(found.manifest_bytes).encoded() == found.manifest_bytes
    assert found.manifest.client.name == "ggzy-page"
