"""本人与证书, through the browser's door."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from ggzy.foundation.identity import queries, services
from ggzy.foundation.identity.values import NewPerson
from ggzy.foundation.sealing import keyfile, suites
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.roles import Role

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 26, 1, 0, tzinfo=UTC)
CITY = RegionCode("990100")
FIRM = CreditCode.make(region=CITY, serial=1)
PASSWORD = "江州的春天总是来得比别处早一些啊"
NEWER = "江州的秋天总是来得比别处晚一些啊"


@pytest.fixture(autouse=True)
def _own_roots(tmp_path: Path, settings: Settings) -> Iterator[None]:
    settings.ROOTS_DIR = tmp_path / "roots"
    yield


def a_bidder(login: str, organisation: CreditCode = FIRM) -> str:
    new = NewPerson(login=login, name="周岚", password_hash=services.hash_password(PASSWORD))
    person = services.register_person(Actor.system(f"register-{login}"), new, at=AT).subject.removeprefix(
        "user/"
    )
    services.grant_membership(Actor.system(f"grant-{login}"), person, organisation, Role.BIDDER, CITY, at=AT)
    return person


@pytest.fixture
def person() -> str:
    return a_bidder("zhoulan")


@pytest.fixture
def desk(client: Client, person: str) -> Client:
    client.post("/sign-in/", {"login": "zhoulan", "password": PASSWORD})
    return client


def claimed(desk: Client) -> Any:
    return desk.post("/desk/me/certificate/", {"password": PASSWORD})


def test_a_stranger_is_shown_the_door(client: Client) -> None:
    for address in ("/desk/me/", "/desk/me/password/", "/desk/me/certificate/"):
        assert client.get(address).status_code in (302, 403)


def test_the_page_names_the_person_the_seat_and_the_session(desk: Client, person: str) -> None:
    page = desk.get("/desk/me/").content.decode()
    for words in ("周岚", person, "投标人", "正在使用", "还没有绑定证书", "登录中的设备"):
        assert words in page


def test_a_claimed_key_opens_with_its_password_and_fits_its_certificate(desk: Client, person: str) -> None:
    answer = claimed(desk)
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="{person}.key"'
    about, secret = keyfile.unlock(answer.content, PASSWORD, "signing")
    (bound,) = queries.certificates(timezone.now(), person=person)
    assert bound.organisation == FIRM
    certificate = str(about["certificate"]).encode()
    assert certificate == bound.certificate_pem
    assert suites.certified_key(certificate) == suites.suite("W1").public_of(secret)
    assert bound.tail in desk.get("/desk/me/").content.decode()


def test_a_short_password_for_the_key_is_refused_and_binds_nothing(desk: Client, person: str) -> None:
    answer = desk.post("/desk/me/certificate/", {"password": "短"})
    assert answer.status_code == 422
    assert "口令至少需要" in answer.content.decode()
    assert queries.certificates(timezone.now(), person=person) == ()


def test_a_real_installation_issues_no_certificate(desk: Client, person: str, settings: Settings) -> None:
    settings.REAL = True
    assert claimed(desk).status_code == 404
    assert queries.certificates(timezone.now(), person=person) == ()


def test_a_certificate_is_stopped_with_a_reason(desk: Client, person: str) -> None:
    claimed(desk)
    (bound,) = queries.certificates(timezone.now(), person=person)
    address = f"/desk/me/certificates/{bound.fingerprint}/revoke/"
    assert "停用证书" in desk.get(address).content.decode()
    assert desk.post(address, {"reason": ""}).status_code == 422
    assert desk.post(address, {"reason": "密钥遗失"}).status_code == 303
    assert queries.certificate(bound.fingerprint).revoked_at is not None


def test_the_certificate_of_somebody_else_is_not_found(desk: Client, person: str) -> None:
    other = a_bidder("lisi", CreditCode.make(region=CITY, serial=2))
    pem, _ = services.demo_certificate("别的公司", CreditCode.make(region=CITY, serial=2), AT)
    services.bind_certificate(Actor.system("bind"), other, pem, at=AT)
    (bound,) = queries.certificates(timezone.now(), person=other)
    assert (
        desk.post(f"/desk/me/certificates/{bound.fingerprint}/revoke/", {"reason": "捣乱"}).status_code == 404
    )
    assert queries.certificate(bound.fingerprint).revoked_at is None


def test_other_devices_are_signed_out(desk: Client, person: str) -> None:
    elsewhere = Client()
    elsewhere.post("/sign-in/", {"login": "zhoulan", "password": PASSWORD})
    assert len(queries.sessions(person, timezone.now())) == 2
    assert "退出其他设备" in desk.get("/desk/me/").content.decode()
    assert desk.post("/desk/me/sessions/end/").status_code == 303
    assert len(queries.sessions(person, timezone.now())) == 1
    assert desk.get("/desk/me/").status_code == 200
    assert elsewhere.get("/desk/me/").status_code in (302, 403)


def test_a_changed_password_leads_back_to_the_door(desk: Client, person: str) -> None:
    typed = {"current": PASSWORD, "new": NEWER, "again": NEWER}
    answer = desk.post("/desk/me/password/", typed)
    assert (answer.status_code, answer["Location"]) == (303, "/sign-in/")
    assert queries.sessions(person, timezone.now()) == ()
    assert services.authenticate("zhoulan", NEWER, "::1", timezone.now()).id == person


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"current": "错"}, "现在的口令不正确"),
        ({"again": PASSWORD}, "两次输入的新口令不一致"),
        ({"new": "短", "again": "短"}, "口令不足 15 个字符"),
    ],
)
def test_a_change_of_password_is_refused(
    desk: Client, person: str, change: dict[str, str], words: str
) -> None:
    typed = {"current": PASSWORD, "new": NEWER, "again": NEWER, **change}
    answer = desk.post("/desk/me/password/", typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert not re.search(rf'value="({PASSWORD}|{NEWER})"', page)
