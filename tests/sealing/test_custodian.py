"""The custodian's tool: keys in its own folder, a platform at the other end of a wire, no trust between."""

import json
import os
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import custodian.__main__ as program
from custodian.holder import Holder
from custodian.platform import DOORS, Platform, PlatformAway, is_protected
from ggzy.foundation.sealing import requests, suites
from ggzy.foundation.sealing.custody import check_share
from ggzy.foundation.sealing.envelope import Sealed
from ggzy.foundation.sealing.plan import Custodian, KeyStatement, OpeningPlan, check_statement
from ggzy.kernel.verdict import Refused
from tests.sealing.cast import AUTHORITY, DEADLINE, KEEPERS, LOT, PLAN, RIVAL, a_bid
from tests.sealing.log import Log, a_case, a_log

LATER = DEADLINE + timedelta(minutes=1)
KEEPER = KEEPERS[0]


@pytest.fixture
def holder(tmp_path: Path) -> Holder:
    return Holder.create(tmp_path / "holder", certificate=KEEPER.certificate, identity_key=KEEPER.key)


def planned(holder: Holder) -> OpeningPlan:
    first = Custodian.of(holder.statement(LOT, 1), x=1, name=KEEPER.name, org=KEEPER.org, kind=KEEPER.kind)
    return replace(PLAN, custodians=(first, *PLAN.custodians[1:]))


def bids(plan: OpeningPlan, count: int = 3) -> list[Sealed]:
    return [a_bid(to=plan, bid=f"000{number}") for number in range(count)]


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def test_a_holder_makes_one_key_for_each_tender(holder: Holder) -> None:
    first = holder.statement(LOT, 1)
    assert check_statement(first, KEEPER.certificate).ok
    assert holder.statement(LOT, 1).pub == first.pub
    assert holder.statement(LOT, 2).pub != first.pub
    holder.forget(LOT, 1)
    assert holder.statement(LOT, 1).pub != first.pub


def test_keys_are_for_the_owner_only(holder: Holder, tmp_path: Path) -> None:
    holder.statement(LOT, 1)
    keys = [path for path in (tmp_path / "holder").rglob("*") if path.is_file()]
    assert len(keys) == 3
    assert {stat.S_IMODE(path.stat().st_mode) for path in keys} == {0o600}


def test_a_password_locks_every_key(tmp_path: Path) -> None:
    place = tmp_path / "locked"
    made = Holder.create(
        place, certificate=KEEPER.certificate, identity_key=KEEPER.key, password="correct horse"
    )
    said = made.statement(LOT, 1)
    assert Holder(place, "correct horse").statement(LOT, 1).pub == said.pub
    for password, code in ((None, "no_password"), ("wrong horse", "wrong_password")):
        with pytest.raises(Refused) as refused:
            Holder(place, password)
        assert codes(refused) == [code]


def test_a_key_that_is_not_the_certificates_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        Holder.create(tmp_path, certificate=KEEPER.certificate, identity_key=RIVAL.key)
    assert codes(refused) == ["other_key"]


def test_a_holder_releases_what_its_checks_allow(holder: Holder) -> None:
    plan = planned(holder)
    sealed = bids(plan)
    log = a_log(sealed)
    holder.pin(log.signer.keys().log)
    shares = holder.release(a_case(log, sealed, plan=plan), LATER)
    assert [(share.bid, share.part) for share in shares] == [(f"000{n}", "price") for n in range(3)]
    for share, bid in zip(shares, sealed, strict=True):
        assert check_share(bid.manifest, "price", share.record).ok


def test_a_holder_releases_nothing_else(holder: Holder) -> None:
    plan = planned(holder)
    sealed = bids(plan)
    log = a_log(sealed)
    case = a_case(log, sealed, plan=plan)
    with pytest.raises(Refused) as refused:
        holder.release(case, LATER)
    assert codes(refused) == ["no_trust"]
    holder.pin(log.signer.keys().log)
    for spoiled, at, code in (
        (case, DEADLINE - timedelta(seconds=1), "too_early"),
        (a_case(log, sealed), LATER, "not_in_plan"),
        (replace(case, opening_set=case.opening_set[:2]), LATER, "other_set"),
        (replace(case, plan=replace(plan, threshold=1)), LATER, "threshold"),
    ):
        with pytest.raises(Refused) as refused:
            holder.release(spoiled, at)
        assert code in codes(refused)


def test_a_second_history_is_refused_and_said(holder: Holder) -> None:
    plan = planned(holder)
    sealed = bids(plan)
    log = a_log(sealed)
    holder.pin(log.signer.keys().log)
    holder.release(a_case(log, sealed, plan=plan), LATER)
    other = a_log(sealed)
    other.signer = log.signer
    with pytest.raises(Refused) as refused:
        holder.release(a_case(other, sealed, plan=plan), LATER)
    assert codes(refused) == ["two_histories"]


def test_a_share_wrapped_wrongly_does_not_stop_the_others(holder: Holder) -> None:
    plan = planned(holder)
    first = plan.custodians[0]
    broken = replace(plan, custodians=(replace(first, pub=PLAN.custodians[1].pub), *plan.custodians[1:]))
    lied = a_bid(to=broken, bid="0000")
    manifest = replace(lied.manifest, plan=plan.digest)
    sealed = [replace(lied, manifest=manifest, manifest_bytes=manifest.encoded()), *bids(plan)[1:]]
    log = a_log(sealed)
    holder.pin(log.signer.keys().log)
    shares = holder.release(a_case(log, sealed, plan=plan), LATER)
    assert [share.bid for share in shares] == ["0001", "0002"]


# Over the wire


class Desk:
    """A platform of the test: what it would answer, and what it was told."""

    def __init__(self) -> None:
        self.answers: dict[str, bytes] = dict.fromkeys(
            (f"{door}/{suites.fingerprint(KEEPER.certificate)}/todo.json" for door in DOORS), todo([], [])
        )
        self.told: list[tuple[str, dict]] = []
        self.refused: list[str] = []


@contextmanager
def platform(desk: Desk) -> Iterator[str]:
    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(b"")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])))

        def _answer(self, body: bytes) -> None:
            header = self.headers["Authorization"]
            verdict = requests.check(
                header, self.command, self.path, body, certificate=KEEPER.certificate, now=LATER
            )
            desk.refused += [reason.code for reason in verdict.reasons]
            if self.command == "POST":
                desk.told.append((self.path, json.loads(body)))
            answer = desk.answers.get(self.path, b"" if self.command == "POST" else None)
            self.send_response(404 if answer is None else 200)
            self.end_headers()
            self.wfile.write(answer or b"")

        def log_message(self, *given: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def todo(keys: list[dict], cases: list[dict]) -> bytes:
    return json.dumps({"fmt": "ggzy.custody.todo/1", "keys": keys, "cases": cases}).encode()


def test_a_round_of_duties_over_http(holder: Holder) -> None:
    desk, home = Desk(), f"/custody/{holder.who}"
    desk.answers[f"{home}/todo.json"] = todo([{"lot": LOT, "round": 1}], [])
    with platform(desk) as url:
        door = Platform(url, holder, lambda: LATER)
        assert program.serve_once(door, lambda question: True) == [f"{LOT} 第 1 轮 生成公钥：已提交"]
        path, body = desk.told.pop()
        assert path == f"{home}/keys" and KeyStatement.read(body).pub == holder.statement(LOT, 1).pub

        plan = planned(holder)
        sealed = bids(plan)
        log: Log = a_log(sealed)
        holder.pin(log.signer.keys().log)
        desk.answers[f"{home}/todo.json"] = todo([], [{"lot": LOT, "round": 1, "stage": "open-1"}])
        desk.answers[f"{home}/{LOT}/1/open-1.json"] = a_case(log, sealed, plan=plan).encoded()
        assert "没有确认" in program.serve_once(door, lambda question: False)[0]
        assert not desk.told
        assert "3 份份额" in program.serve_once(door, lambda question: "3 份" in question)[0]
        path, body = desk.told.pop()
        assert path == f"{home}/{LOT}/1/open-1/shares"
        assert [share["bid"] for share in body["shares"]] == ["0000", "0001", "0002"]

        desk.answers[f"{home}/{LOT}/1/open-1.json"] = a_case(log, sealed[:2], plan=plan).encoded()
        assert "不予办理" in program.serve_once(door, lambda question: True)[0]
        assert not desk.told and not desk.refused


def test_an_absent_platform_is_said_and_not_fatal(holder: Holder) -> None:
    with platform(Desk()) as url:
        pass
    door = Platform(url, holder, lambda: LATER)
    (said,) = program.serve_once(door, lambda question: True)
    assert "无法连接平台" in said
    with pytest.raises(PlatformAway):
        door.todo(DOORS[0])


def test_a_closed_door_does_not_keep_the_tool_from_the_other(holder: Holder) -> None:
    desk = Desk()
    tender, auction = (f"{door}/{holder.who}/todo.json" for door in DOORS)
    del desk.answers[tender]
    desk.answers[auction] = todo([{"lot": LOT, "round": 1}], [])
    with platform(desk) as url:
        said = program.serve_once(Platform(url, holder, lambda: LATER), lambda question: True)
    assert ["404" in line for line in said] == [True, False] and "已提交" in said[1]
    assert [path for path, _ in desk.told] == [f"{DOORS[1]}/{holder.who}/keys"]


@pytest.mark.parametrize(
    "url, safe",
    [
        ("https://ggzy.example", True),
        ("http://127.0.0.1:8000", True),
        ("http://localhost:8000", True),
        ("http://ggzy.example", False),
        ("http://192.168.1.5", False),
    ],
)
def test_shares_do_not_travel_in_the_clear(url: str, safe: bool) -> None:
    assert is_protected(url) is safe


def test_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture, monkeypatch) -> None:
    certificate, key = AUTHORITY.issue("保管人", KEEPER.org, DEADLINE)
    (tmp_path / "c.pem").write_bytes(certificate)
    (tmp_path / "k.pem").write_bytes(key)
    monkeypatch.setitem(os.environ, program.PASSWORD, "correct horse")
    base = ["--folder", str(tmp_path / "holder")]
    assert program.main([*base, "status"]) == 1
    assert "请先运行 init" in capsys.readouterr().err
    paths = ["--certificate", str(tmp_path / "c.pem"), "--key", str(tmp_path / "k.pem")]
    assert program.main([*base, "init", *paths]) == 0
    log = Log()
    assert program.main([*base, "trust", "--log", str(log.signer.keys().log)]) == 0
    assert program.main([*base, "status"]) == 0
    assert log.origin in capsys.readouterr().out
    assert program.main([*base, "serve", "--once", "--url", "http://ggzy.example"]) == 1
    assert "https" in capsys.readouterr().err


def test_keys_and_shares_can_travel_as_files(holder: Holder, tmp_path: Path) -> None:
    base = ["--folder", str(tmp_path / "holder"), "--no-password"]
    statement, case, shares = (str(tmp_path / name) for name in ("key.json", "case.json", "shares.json"))
    assert program.main([*base, "key", "--lot", LOT, "--out", statement]) == 0
    assert KeyStatement.read(json.loads(Path(statement).read_text())).pub == holder.statement(LOT, 1).pub
    plan = planned(holder)
    sealed = bids(plan)
    log = a_log(sealed)
    holder.pin(log.signer.keys().log)
    Path(case).write_bytes(a_case(log, sealed, plan=plan).encoded())
    given = ["release", "--case", case, "--out", shares, "--unattended"]
    assert program.main([*base, *given, "--clock-offset=-1000000000"]) == 1
    assert not Path(shares).exists()
    assert program.main([*base, *given, "--clock-offset=1000000000"]) == 0
    assert len(json.loads(Path(shares).read_text())["shares"]) == 3
    assert program.main([*base, "forget", "--lot", LOT]) == 0
    assert program.main([*base, *given, "--clock-offset=1000000000"]) == 1
