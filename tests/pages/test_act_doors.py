"""监督事项的接口: the acts of a case by signed requests and at the command line · once only · refusals · who may not."""

import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from ggzy.desk.management.commands.act import Command
from ggzy.foundation.identity import services as identity
from ggzy.foundation.journal import queries as journal
from ggzy.foundation.sealing import requests, suites
from ggzy.kernel.actor import Actor
from ggzy.oversight.cases import queries
from tests.authority import Authority, staffed
from tests.world import CITY, START, Player, World

FINE = {
    "text": "设备相同，构成串通投标",
    "measures": ["fine", "retender"],
    "base": "1000万",
    "amount": "6万",
}


@dataclass(frozen=True)
class Signer:
    """A person with a certificate and the key to it."""

    certificate: bytes
    key: bytes

    def ask(self, path: str, said: object = None, *, method: str = "POST", at: datetime | None = None) -> Any:
        who = suites.fingerprint(self.certificate)
        address = f"/api/oversight/acts/{who}/{path}"
        body = b"" if method == "GET" else json.dumps(said, ensure_ascii=False).encode()
        key = suites.private_from_pem(self.key)
        header = requests.sign(method, address, body, who=who, key=key, at=at or datetime.now(UTC))
        return Client().generic(method, address, body, "application/json", headers={"Authorization": header})


def signer(player: Player) -> Signer:
    certificate, key = identity.demo_certificate(player.name, player.organisation, START)
    machine = Actor.system(f"bind-{player.person}")
    identity.bind_certificate(machine, player.person, certificate, at=START)
    return Signer(certificate, key)


@pytest.fixture
def authority(world: World) -> Authority:
    return staffed(world)


def case_of(world: World, officer: Signer) -> str:
    told = {
        "title": "串通投标案",
        "offence": "collusion",
        "parties": world.bidders[0].organisation,
        "text": "设备相同",
        "lot": str(world.lot()),
        "request": "a",
    }
    answer = officer.ask("cases/new/open", told)
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()["subject"].split("/")[1]


def test_case_is_led_to_its_decision_by_signed_requests(world: World, authority: Authority):
    officer, second, head = (signer(one) for one in (authority.officer, authority.second, authority.head))
    code = case_of(world, officer)
    file = {"name": "比对.pdf", "base64": base64.b64encode(b"%PDF-1.4 x").decode()}
    party = signer(world.bidders[0])
    for who, step, told in (
        (second, "join", {"sure": True}),
        (officer, "evidence", {"title": "设备比对报告", "file": file}),
        (officer, "notify", FINE),
        (party, "state", {"text": "没有串通"}),
        (officer, "propose", {**FINE, "grounds": []}),
        (head, "decide", {"document": "江建罚决〔2026〕1号", "sure": True}),
        (head, "publish", {"sure": True}),
    ):
        kind = "heard" if step == "state" else "cases"
        answer = who.ask(f"{kind}/{code}/{step}", {**told, "request": step})
        assert answer.status_code == 200, (step, answer.content.decode())
    (found,) = queries.cases(CITY, journal.now())
    assert found.document == "江建罚决〔2026〕1号" and found.orders[0].kind.value == "retender"
    answer = officer.ask(f"orders/{found.orders[0].code}/meet", {"note": "已重新招标", "request": "m"})
    assert answer.status_code == 200 and queries.cases(CITY, journal.now())[0].orders[0].met_at


def test_same_request_is_one_act_and_another_content_under_it_conflicts(world: World, authority: Authority):
    officer, second = signer(authority.officer), signer(authority.second)
    code = case_of(world, officer)
    first = second.ask(f"cases/{code}/join", {"sure": True, "request": "j"})
    again = second.ask(f"cases/{code}/join", {"sure": True, "request": "j"})
    assert (first.status_code, again.status_code) == (200, 200) and first.json() == again.json()
    assert second.ask(f"cases/{code}/join", {"sure": True, "request": "k"}).status_code == 422
    kept = queries.cases(CITY, journal.now())
    assert len(kept) == 1 and len(kept[0].officers) == 2
    other = officer.ask("cases/new/open", {"title": "另一案", "offence": "collusion", "parties":
                        world.bidders[1].organisation, "text": "线索", "request": "a"})  # fmt: skip
    assert other.status_code == 409


@pytest.mark.parametrize(
    "path, said, status, words",
    [
        ("cases/{code}/notify", {**FINE, "request": "x"}, 422, "卷中还没有证据"),
        ("cases/{code}/notify", {**FINE, "months": "一年", "request": "x"}, 422, "月数请写成"),
        ("cases/{code}/notify", FINE, 422, "没有请求编号"),
        ("cases/{code}/notify", {**FINE, "request": 7}, 422, "没有请求编号"),
        ("cases/{code}/notify", {**FINE, "request": "x" * 65}, 422, "没有请求编号"),
        ("cases/{code}/notify", [], 422, "不是一个 JSON 对象"),
        ("cases/{code}/evidence", {"title": "一", "file": {"name": "a.pdf", "base64": "%%"}, "request": "x"},
         422, "不是 base64"),
        ("cases/{code}/evidence", {"title": "一", "request": "x"}, 422, "文件"),
        ("cases/{code}/approve", {"request": "x"}, 404, ""),
        ("cases/AJ0/notify", {**FINE, "request": "x"}, 404, ""),
        ("lots/{code}/notify", {"request": "x"}, 404, ""),
        ("heard/{code}/state", {"text": "没有", "request": "x"}, 404, ""),
    ],
)  # fmt: skip
def test_refusals_come_in_words(world: World, authority: Authority, path, said, status, words):
    officer = signer(authority.officer)
    code = case_of(world, officer)
    answer = officer.ask(path.format(code=code), said)
    assert answer.status_code == status and words in "".join(answer.json()["reasons"])


def test_who_may_not(world: World, authority: Authority):
    officer = signer(authority.officer)
    code = case_of(world, officer)
    told = {"sure": True, "request": "j"}
    for player in (world.bidders[0], world.other_supervisor, world.operator):
        assert signer(player).ask(f"cases/{code}/join", told).status_code == 404
    stranger = identity.demo_certificate("无名", authority.officer.organisation, START)
    assert Signer(*stranger).ask(f"cases/{code}/join", told).status_code == 404
    forged = Signer(officer.certificate, stranger[1])
    assert forged.ask(f"cases/{code}/join", told).status_code == 422
    assert officer.ask(f"cases/{code}/join", told, at=START).status_code == 422
    bare = f"/api/oversight/acts/{suites.fingerprint(officer.certificate)}/cases/{code}/join"
    assert Client().post(bare, told, "application/json").status_code == 422


def test_fields_are_told(world: World, authority: Authority):
    officer = signer(authority.officer)
    code = case_of(world, officer)
    fields = {one["name"]: one for one in officer.ask(f"cases/{code}/propose", method="GET").json()["fields"]}
    assert (
        fields["text"]["required"] and "complex" in fields["grounds"]["choices"] and "request" not in fields
    )


def test_command_line_is_the_same_door(world: World, authority: Authority, tmp_path, monkeypatch, capsys):
    officer, second = signer(authority.officer), signer(authority.second)
    code = case_of(world, officer)

    def carried(self, url, method, path, body, header):
        answer = Client().generic(method, path, body, "application/json", headers={"Authorization": header})
        return answer.status_code, answer.json()

    monkeypatch.setattr(Command, "send", carried)
    (tmp_path / "c.pem").write_bytes(second.certificate)
    (tmp_path / "k.pem").write_bytes(second.key)
    (tmp_path / "d.json").write_text('{"sure": true}')
    named = {"certificate": tmp_path / "c.pem", "key": tmp_path / "k.pem"}
    for _ in range(2):
        call_command("act", "cases", code, "join", data=str(tmp_path / "d.json"), request="r1", **named)
    first, again = capsys.readouterr().out.splitlines()
    assert first == again and json.loads(first)["subject"] == f"case/{code}"
    with pytest.raises(CommandError, match="您已是本案承办人"):
        call_command("act", "cases", code, "join", data=str(tmp_path / "d.json"), request="r2", **named)
    call_command("act", "cases", code, "review", fields=True, **named)
    assert '"agreed"' in capsys.readouterr().out
