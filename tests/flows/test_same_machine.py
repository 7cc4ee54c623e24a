"""Two bids made on one machine with the bidders' own tool: sealed, opened, traced, and an alert for supervision."""

import base64
import json
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import cast

import pytest

import sealer.__main__ as sealer
from ggzy.desk.management.commands import follow
from ggzy.foundation.journal import queries as journal
from ggzy.foundation.sealing.envelope import Sealed
from ggzy.foundation.sealing.package import Package, open_package
from ggzy.foundation.sealing.trace import Hardware
from ggzy.foundation.vault import services as vault
from ggzy.kernel import events
from ggzy.kernel.codes import CreditCode
from ggzy.oversight.alerts import queries as alerts
from ggzy.oversight.alerts.values.alerts import AlertFacts
from ggzy.trading.tendering import queries, services, timers
from ggzy.trading.tendering.values import PartSecret, SealedBid
from sealer import work
from sealer.order import Order
from tests.imprint import files
from tests.services.tendering import hall as stage
from tests.services.tendering.hall import BIDDING, DEADLINE, Hall, Person, clock

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse"
SIGNALS = {f"B{n:02}" for n in range(1, 14)} | {"B27", "B31", "B32", "C01", "D01", "D02"}


def machine(number: int) -> Hardware:
    return Hardware((f"34:97:f6:5a:00:{number:02x}",), f"cpu {number}", (f"WD-{number}",), f"system {number}")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(sealer.PASSWORD, PASSWORD)
    return tmp_path


def sealed(hall: Hall, firm: Person, price: str, paper: bytes, desk: Path) -> tuple[Path, Path]:
    """A bid as the firm makes it: with the order from its page and the tool's own command."""
    tender = queries.tender(hall.code)
    assert tender.plan is not None
    order = Order(tender.plan, f"1-{firm.code}", 1, None, tender.documents_digest, firm.code)
    home = desk / str(firm.code)
    home.mkdir()
    (home / "seal.json").write_text(json.dumps(events.body(order)))
    (home / "技术标.docx").write_bytes(paper)
    (home / "my.key").write_bytes(work.certify(firm.key, firm.certificate, PASSWORD))
    asked = ("seal", "--plan", home / "seal.json", "--key", home / "my.key", "--out", home, "--price", price,
             "--leader", f"负责{price[:3]}", "--file", f"business={home / '技术标.docx'}")  # fmt: skip
    assert sealer.main([str(word) for word in asked]) == 0
    return home / f"{order.bid}-1.sbe", home / f"{order.bid}-1.sbekey"


def submit(hall: Hall, firm: Person, package: Path, minute: int) -> None:
    with clock(BIDDING + timedelta(minutes=minute)):
        with package.open("rb") as file:
            kept = vault.put(file, name=package.name, owner=firm.code)
        services.submit_bid(firm.anew(), hall.code, SealedBid(kept))


def unlocked(package: Path, sbekey: Path) -> tuple[PartSecret, ...]:
    told = json.loads(work.unlock(package, sbekey.read_bytes(), PASSWORD, ()))
    return tuple(
        PartSecret(part, base64.urlsafe_b64decode(secret + "=" * (-len(secret) % 4)))
        for part, secret in told.items()
    )


def played(desk: Path, monkeypatch: pytest.MonkeyPatch, machines: Sequence[int]) -> Hall:
    """A whole tender, from the announcement to the traces of its bids; bid n was made on machine `machines[n]`."""
    hall = stage.announced()
    made: dict[CreditCode, tuple[Path, Path]] = {}
    for number, (firm, on) in enumerate(zip(hall.people.firms, machines, strict=False)):
        monkeypatch.setattr(sealer.device, "hardware", lambda on=on: machine(on))
        paper = files.docx(f"{firm.name}施工组织设计", author=f"编制{number}", changed_by=f"修改{number}",
                           company=firm.name, root=f"00A{number}00{number}")  # fmt: skip
        made[firm.code] = sealed(hall, firm, f"19{number * number}0000", paper, desk)
        submit(hall, firm, made[firm.code][0], minute=number * 45)
    stage.close(hall)
    assert all(b"macs" not in package.read_bytes() for package, _ in made.values())
    opened(hall, made)
    return hall


def opened(hall: Hall, made: dict[CreditCode, tuple[Path, Path]]) -> None:
    for firm in hall.people.firms:
        if firm.code in made:
            hall.sealed[firm.code] = cast(
                Sealed, held(made[firm.code][0])
            )  # its manifest is all that is asked
    stage.release_shares(hall)
    with clock(DEADLINE + timedelta(minutes=2)):
        for firm in hall.people.firms[: len(made)]:
            services.release_bidder_key(firm.anew(), hall.code, unlocked(*made[firm.code]))
    stage.decrypt(hall)
    with clock(DEADLINE + timedelta(minutes=5)):
        services.read_out(hall.agency, hall.code)
        services.conclude_opening(hall.agency, hall.code)
    with clock(DEADLINE + timedelta(minutes=6)) as at:
        for move in timers.due(at):
            move()
    follow.follow(follow.found())


def held(package: Path) -> Package:
    with package.open("rb") as file:
        return open_package(file)


def told(hall: Hall) -> dict[str, AlertFacts]:
    return {one.indicator.code: one for one in alerts.alerts_of(hall.code) if one.indicator.code in SIGNALS}


def test_two_bids_of_one_machine_raise_an_alert(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hall = played(desk, monkeypatch, (1, 2, 1))
    found = told(hall)
    one, _, third = hall.people.firms[:3]
    assert set(found) == {"B01", "B03"}
    alert = found["B01"]
    assert set(alert.parties) == {one.code, third.code}
    rows = [row for finding in alerts.findings(alert.code) for row in finding.evidence]
    assert [row.label for row in rows] == sorted((one.name, third.name))
    assert all("尾号" in row.text and "34:97" not in row.text for row in rows)
    clues = alerts.clues(hall.code)
    assert [clue.indicator for clue in clues] == ["B01", "B03"] and clues[0].score == Decimal("0.95")
    facts: dict[int | None, str] = {
        fact.height: fact.kind for fact in journal.facts(prefix=f"lot/{hall.code}")
    }
    assert {facts[row.height] for row in rows} == {"bid.traced"}


def test_bids_of_three_machines_raise_none(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(played(desk, monkeypatch, (1, 2, 3))) == {}
