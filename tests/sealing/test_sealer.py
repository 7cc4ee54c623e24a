"""The bidder's tool, from a new key to an envelope its own key opens; all of it offline."""

import base64
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

import sealer.__main__ as program
from ggzy.foundation.sealing import content, custody, keyfile, opening, package
from ggzy.foundation.sealing.manifest import check_manifest
from ggzy.foundation.sealing.trace import Hardware
from ggzy.kernel import events
from ggzy.kernel.money import Money, Rate
from sealer.order import Order
from tests.sealing.cast import AUTHORITY, BIDDER, KEEPERS, MADE, PLAN, a_plan

PASSWORD = "correct horse"
ORDER = Order(plan=PLAN, bid="0007", gen=1, prev=None, documents="sha256:00", bidder=BIDDER.org)


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(program.PASSWORD, PASSWORD)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A bidder's folder with a key, a sealing order and an attachment."""
    certificate, key = AUTHORITY.issue(BIDDER.name, BIDDER.org, MADE)
    (tmp_path / "c.pem").write_bytes(certificate)
    (tmp_path / "k.pem").write_bytes(key)
    (tmp_path / "seal.json").write_text(json.dumps(events.body(ORDER)))
    (tmp_path / "custodians.pem").write_bytes(b"".join(keeper.certificate for keeper in KEEPERS))
    (tmp_path / "清单.txt").write_text("水泥 3 吨")
    run(
        "key",
        "import",
        "--certificate",
        tmp_path / "c.pem",
        "--key",
        tmp_path / "k.pem",
        "--out",
        tmp_path / "my.key",
    )
    return tmp_path


def run(*arguments: object) -> int:
    return program.main([str(argument) for argument in arguments])


def seal(desk: Path, *more: object) -> int:
    given = ("--plan", desk / "seal.json", "--key", desk / "my.key", "--out", desk / "out")
    return run("seal", *given, *more)


def opened(desk: Path) -> content.Contents:
    with (desk / "out" / "0007-1.sbe").open("rb") as file:
        found = package.open_package(file)
        assert check_manifest(found.manifest_bytes, found.signature, found.certificate, PLAN).ok
        key = keyfile.open_sbekey((desk / "out" / "0007-1.sbekey").read_bytes(), PASSWORD)
        out = io.BytesIO()
        outcome = opening.open_part(
            found.manifest,
            "price",
            found.chunks,
            shares=[
                custody.release(found.manifest, "price", keeper.x, keeper.tender_key)
                for keeper in KEEPERS[:3]
            ],
            bidder_secret=keyfile.part_secret(key.master, found.manifest, "price"),
            threshold=3,
            out=out,
        )
        assert isinstance(outcome, opening.Opened)
        return content.read_bundle(out)


def test_a_bid_is_sealed_checked_and_opened(desk: Path, capsys: pytest.CaptureFixture) -> None:
    offer = ("--price", "198万", "--period", "180 日历天", "--quality", "合格", "--field", "安全=零事故")
    pins = ("--custodians", desk / "custodians.pem")
    assert seal(desk, *offer, *pins, "--file", f"price={desk / '清单.txt'}") == 0
    assert "未核对" not in capsys.readouterr().out
    assert sorted(path.name for path in (desk / "out").iterdir()) == ["0007-1.sbe", "0007-1.sbekey"]
    assert run("check", desk / "out" / "0007-1.sbe") == 0
    contents = opened(desk)
    assert contents.offer is not None
    assert (contents.offer.amount, contents.offer.text) == (Money.yuan("1980000.00"), "198万")
    assert contents.offer.fields == (content.OfferField("安全", "零事故"),)
    assert [file.name for file in contents.files] == ["清单.txt"]


@pytest.mark.parametrize(
    "given, kind, rate, text",
    [
        (("--rate", "20.5%"), "rate", Rate.percent("20.5"), "20.5%"),
        (("--text", "按实结算"), "text", None, "按实结算"),
        (("--rate", "20.5%", "--text", "下浮率20.5%"), "rate", Rate.percent("20.5"), "下浮率20.5%"),
    ],
)
def test_prices_of_every_kind_are_sealed(desk: Path, given, kind: str, rate: Rate | None, text: str) -> None:
    assert seal(desk, *given) == 0
    offer = opened(desk).offer
    assert offer is not None and (offer.price_kind, offer.rate, offer.text) == (kind, rate, text)


@pytest.mark.parametrize(
    "given, words",
    [
        ((), "给出报价"),
        (("--price", "一百块左右"), "未能完成"),
        (("--price", "1", "--file", "price=/nowhere/x.pdf"), "未能完成"),
        (("--price", "1", "--file", "other=清单.txt"), "没有这些分册"),
    ],
)
def test_what_cannot_be_sealed_is_said(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture, given, words: str
) -> None:
    monkeypatch.chdir(desk)
    assert seal(desk, *given) == 1
    assert words in capsys.readouterr().err
    assert not list((desk / "out").glob("*.sbe"))


def test_swapped_custodians_are_refused(desk: Path, capsys: pytest.CaptureFixture) -> None:
    first = PLAN.custodians[0]
    swapped = replace(
        PLAN, custodians=(replace(first, pub=PLAN.custodians[1].pub[::-1]), *PLAN.custodians[1:])
    )
    (desk / "seal.json").write_text(json.dumps(events.body(replace(ORDER, plan=swapped))))
    assert seal(desk, "--price", "1", "--custodians", desk / "custodians.pem") == 1
    assert "签名无效" in capsys.readouterr().err


def test_an_unlawful_plan_is_refused(desk: Path, capsys: pytest.CaptureFixture) -> None:
    (desk / "seal.json").write_text(json.dumps(events.body(replace(ORDER, plan=a_plan(threshold=1)))))
    assert seal(desk, "--price", "1") == 1
    assert "门限" in capsys.readouterr().err


def test_a_damaged_envelope_does_not_pass_the_check(desk: Path, capsys: pytest.CaptureFixture) -> None:
    seal(desk, "--price", "1")
    place = desk / "out" / "0007-1.sbe"
    whole = place.read_bytes()
    place.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert run("check", place) == 1
    assert "密文与清单不符" in capsys.readouterr().err


def test_the_key_of_another_bid_does_not_pass_the_check(desk: Path, capsys: pytest.CaptureFixture) -> None:
    seal(desk, "--price", "1")
    key = (desk / "out" / "0007-1.sbekey").read_bytes()
    seal(desk, "--price", "2")
    (desk / "old.sbekey").write_bytes(key)
    assert run("check", desk / "out" / "0007-1.sbe", "--sbekey", desk / "old.sbekey") == 1
    assert "另一份投标文件" in capsys.readouterr().err


def test_the_key_for_the_opening_is_one_line(desk: Path, capsys: pytest.CaptureFixture) -> None:
    seal(desk, "--price", "1")
    capsys.readouterr()
    place = desk / "out" / "0007-1.sbe"
    assert run("unlock", place) == 0
    released = json.loads(capsys.readouterr().out)
    with place.open("rb") as file:
        found = package.open_package(file).manifest
    secret = base64.urlsafe_b64decode(released["price"] + "=")
    assert opening.check_bidder_secret(found, "price", secret) is None
    assert run("unlock", place, "--part", "other") == 1


def test_a_new_key_waits_for_its_certificate(
    tmp_path: Path, capsys: pytest.CaptureFixture, desk: Path
) -> None:
    place = tmp_path / "new.key"
    assert run("key", "new", "--name", BIDDER.name, "--org", BIDDER.org, "--out", place) == 0
    assert (tmp_path / "new.csr.pem").read_bytes().startswith(b"-----BEGIN CERTIFICATE REQUEST-----")
    given = ("--plan", desk / "seal.json", "--key", place, "--out", desk / "out", "--price", "1")
    assert run("seal", *given) == 1
    assert "还没有证书" in capsys.readouterr().err
    assert run("key", "certify", place, desk / "c.pem") == 1
    assert "不是一对" in capsys.readouterr().err
    assert run("key", "certify", desk / "my.key", desk / "c.pem") == 0


def test_a_wrong_order_is_said(desk: Path, capsys: pytest.CaptureFixture) -> None:
    (desk / "seal.json").write_text("{}")
    assert seal(desk, "--price", "1") == 1
    assert "投标任务文件" in capsys.readouterr().err


def test_the_machine_is_told_inside_the_bid_and_said_to_the_bidder(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setattr(
        program.device, "hardware", lambda: Hardware(("34:97:f6:5a:00:1c",), "cpu", ("WD-1",))
    )
    assert seal(desk, "--price", "1") == 0
    assert "特征码" in capsys.readouterr().out
    told = opened(desk).device
    assert told is not None and (told.tool, len(told.macs), len(told.disks)) == ("ggzy-seal", 1, 1)
    assert told.macs[0].encode() not in (desk / "out" / "0007-1.sbe").read_bytes()
