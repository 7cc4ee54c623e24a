"""A real installation: its settings are asked for, its people get in, and nothing invented does."""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, replace
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from django.core.management import call_command

from ggzy.kernel.codes import CreditCode, RegionCode
from tools.installation import TEMPLATE, Unsettled, settle
from tools.system import free_port

ROOT = Path(__file__).resolve().parents[2]
CODE = CreditCode.make(authority="12", region=RegionCode("980100"), serial=772)
PASSWORD = "a quiet river in spring"
READY_SECONDS = 240


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment says nothing, and forgets afterwards what was brought into it."""
    monkeypatch.setattr(os, "environ", {"PATH": os.environ["PATH"]})


def test_the_first_start_makes_the_file_and_says_what_to_write(tmp_path: Path, told: None) -> None:
    file = tmp_path / "real" / "settings"
    with pytest.raises(Unsettled, match="GGZY_PLATFORM_CODE and GGZY_PLATFORM_URL into"):
        settle(file)
    assert file.read_text() == TEMPLATE
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ("GGZY_PLATFORM_CODE=12980100000000001X\nGGZY_PLATFORM_URL=https://a.example", "统一社会信用代码"),
        (f"GGZY_PLATFORM_CODE={CODE}\nGGZY_PLATFORM_URL=a.example", "begins with https://"),
        (f"GGZY_PLATFORM_CODE={CODE}", "write GGZY_PLATFORM_URL into"),
        ("GGZY_PLATFORM_CODE", "line 1"),
        ("PATH=/", "no setting of ours"),
    ],
)
def test_unfit_settings_are_refused(tmp_path: Path, told: None, lines: str, reason: str) -> None:
    file = tmp_path / "settings"
    file.write_text(f"{lines}\nGGZY_DEPOSIT_GATEWAY=no_bank\n")
    with pytest.raises(Unsettled, match=reason):
        settle(file)


@pytest.mark.parametrize(("scheme", "secure"), [("https", "yes"), ("http", "no")])
def test_what_follows_from_the_address_need_not_be_said(
    tmp_path: Path, told: None, scheme: str, secure: str
) -> None:
    file = tmp_path / "settings"
    file.write_text(
        f"GGZY_PLATFORM_CODE={CODE}\nGGZY_PLATFORM_URL={scheme}://a.example\nGGZY_DEPOSIT_GATEWAY=no_bank\n"
    )
    os.environ["GGZY_DEPOSIT_GATEWAY"] = "some_bank"
    settle(file)
    assert os.environ["GGZY_HOSTS"].startswith("a.example,localhost")
    assert os.environ["GGZY_LOG_ORIGIN"] == "a.example/journal/1/sha256"
    assert (os.environ["GGZY_HTTPS"], os.environ["GGZY_BEHIND_PROXY"]) == (secure, secure)
    assert os.environ["GGZY_DEPOSIT_GATEWAY"] == "some_bank", "the environment wins"


@pytest.mark.django_db
def test_the_frameworks_own_checks_pass() -> None:
    """The launcher starts its children without them."""
    call_command("check", fail_level="WARNING")


@dataclass(frozen=True)
class Installation:
    """A running one: how to reach it, and its command line."""

    address: str
    environment: dict[str, str]

    def manage(self, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        return self.verb("manage", *words, typed=typed)

    def verb(self, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "tools.verbs", *words], cwd=ROOT, env=self.environment, input=typed,
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    def status(self, path: str) -> int:
        try:
            with urllib.request.urlopen(self.address + path, timeout=30) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    def sign_in(self, login: str, password: str) -> str:
        """Where the door leads to."""
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        door = f"{self.address}/sign-in/"
        page = browser.open(door, timeout=30).read().decode()
        hidden = re.findall(r'name="(csrfmiddlewaretoken|request)" value="([^"]+)"', page)
        form = urllib.parse.urlencode({**dict(hidden), "login": login, "password": password})
        return str(browser.open(door, form.encode(), timeout=30).geturl())


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    """`./ggzy run` in a folder of its own, as a stranger starts it."""
    with tempfile.TemporaryDirectory(prefix="ggzy-real-") as folder:
        Path(folder).chmod(0o711)
        port = free_port()
        settings = {"GGZY_PLATFORM_CODE": str(CODE), "GGZY_PLATFORM_URL": f"http://localhost:{port}"}
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "PGBIN") if name in os.environ}
        path = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
        environment = {**kept, "GGZY_VAR": folder, "GGZY_PORT": str(port), "PYTHONPATH": path}
        (Path(folder) / "real").mkdir(mode=0o700)
        lines = "".join(f"{name}={value}\n" for name, value in settings.items())
        (Path(folder) / "real" / "settings").write_text(f"{lines}GGZY_DEPOSIT_GATEWAY=no_bank\n")
        with (Path(folder) / "said").open("w+") as said:
            running = subprocess.Popen(
                [sys.executable, "-m", "tools.verbs", "run"],
                cwd=ROOT,
                env=environment,
                stdout=said,
                stderr=said,
            )
            found = Installation(settings["GGZY_PLATFORM_URL"], environment)
            try:
                await_words(Path(folder) / "said", found.address, running)
                yield found
            finally:
                running.send_signal(signal.SIGINT)
                assert running.wait(60) == 0
                assert "Traceback" not in (Path(folder) / "said").read_text()


def await_words(file: Path, words: str, running: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + READY_SECONDS
    while words not in file.read_text():
        assert running.poll() is None, file.read_text()
        assert time.monotonic() < limit, file.read_text()
        time.sleep(0.1)


def test_a_stranger_makes_the_first_operator_and_gets_in(installation: Installation) -> None:
    party = installation.manage(
        "register_party", "--code", str(CODE), "--name", "某市公共资源交易中心", "--region", "110000",
        "--role", "centre", "--representative", "王敏", "--address", "公园路1号", "--phone", "12345678", "--pledged",
    )  # fmt: skip
    assert party.returncode == 0, party.stderr
    person = installation.manage(
        "register_person", "--login", "wang", "--name", "王敏", "--role", "operator", "--organisation", str(CODE),
        "--region", "110000", typed=f"{PASSWORD}\n",
    )  # fmt: skip
    assert person.returncode == 0, person.stderr
    assert installation.sign_in("wang", PASSWORD) == f"{installation.address}/desk/"
    verified = installation.verb("verify", "--json")
    figures = json.loads(verified.stdout.splitlines()[-2])
    assert (figures["exit_code"], figures["parties"]) == (0, 1)


@pytest.mark.parametrize("path", ["/tour/", "/tour/as/", "/desk/me/certificate/"])
def test_the_doors_of_the_demo_are_not_there(installation: Installation, path: str) -> None:
    assert installation.status("/") == 200
    assert installation.status(path) == 404


@pytest.mark.parametrize("words", [("demo",), ("robots",), ("rehearse", "README.md")])
def test_nothing_is_invented_or_simulated(installation: Installation, words: tuple[str, ...]) -> None:
    done = installation.manage(*words)
    assert done.returncode == 1
    assert "CommandError" in done.stderr


def test_a_region_of_the_demo_is_refused(installation: Installation) -> None:
    done = installation.manage(
        "register_person", "--login", "x", "--name", "x", "--role", "expert", "--region", "980100"
    )
    assert done.returncode == 2
    assert "不在区划表中" in done.stderr


def test_it_is_run_once(installation: Installation) -> None:
    port = {"GGZY_PORT": str(free_port())}
    again = replace(installation, environment={**installation.environment, **port}).verb("run")
    assert again.returncode == 1
    assert f"in use at {installation.address}" in again.stderr
