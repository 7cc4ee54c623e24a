"""招标出让、转让: land, mining rights and state equity by tender, each to its archived dossier, verified offline."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.foundation.journal import services as signed
from ggzy.foundation.vault import services as vault
from ggzy.kernel.instants import local_date
from ggzy.kernel.money import Money
from ggzy.kernel.verdict import Refused
from ggzy.trading.contracting import queries, rules, services
from ggzy.trading.contracting.values import AwardFacts, ContractForm, Step, StepKind
from ggzy.trading.dossier import queries as dossier
from ggzy.trading.dossier import services as dossiers
from ggzy.trading.dossier.values import Stage
from ggzy.trading.evaluation import queries as evaluation
from ggzy.trading.evaluation import services as evaluation_services
from ggzy.trading.evaluation.values import (
    Criterion,
    CriterionKind,
    Ground,
    Part,
    Rejection,
    ReportFacts,
    best_value_scheme,
    highest_price_scheme,
)
from ggzy.trading.notices import queries as notices
from tests.services.evaluation import tender_sale as stage
from tests.services.evaluation.room import Room
from tests.services.tendering import hall as halls

DAY = timedelta(days=1)
PLAN = Criterion(
    code="plan", name="开发建设方案", kind=CriterionKind.SUBJECTIVE, part=Part.TECHNICAL, weight=Decimal(40)
)
HIGHEST, BEST = highest_price_scheme(), best_value_scheme(PLAN, price_weight=Decimal(60))
pytestmark = pytest.mark.django_db
OTHERS = [(code, HIGHEST, 1) for code in ("C02", "L02", "L10", "L13", "L14") if os.environ.get("EVERY_WALK")]
"""They sell by the same rules; `EVERY_WALK=1` walks them too."""


def low(room: Room) -> tuple[Rejection, ...]:
    return (Rejection(bid=room.bids()[2], grounds=(Ground.BELOW_FLOOR,), text="报价低于起始价"),)


def points(room: Room) -> dict[str, str]:
    return dict(zip(room.bids(), ("95", "60", "0", "90"), strict=True))


def awarded(room: Room) -> AwardFacts:
    found = queries.award(room.code)
    assert found is not None, "publicised"
    return found


def reported(room: Room) -> ReportFacts:
    found = evaluation.report(room.code)
    assert found is not None, "concluded"
    return found


def contract(room: Room) -> ContractForm:
    runner = awarded(room).winner
    assert runner is not None and runner.price is not None and runner.price.amount is not None
    file = vault.put(b"contract", name="合同.txt", owner=room.people.owner.code)
    return ContractForm(
        "CR-2026-1", runner.price, runner.price.amount, Money(0), runner.period, runner.quality, file
    )


def archived(room: Room, winner: int) -> None:
    """From the report to the archive: publicity, award, letter, contract, price, transfer."""
    at, owner = room.at + DAY, room.people.owner
    with halls.clock(at):
        services.publicise(owner.anew(), room.code, at=at)
    at = awarded(room).publicity_until + DAY
    with halls.clock(at):
        services.award(owner.anew(), room.code, at=at)
        services.issue_letter(owner.anew(), room.code, at=at)
        services.draft(owner.anew(), room.code, contract(room), at=at)
        services.sign(room.people.firms[winner].anew(), room.code, at=at)
        sale = awarded(room).sale
        assert sale is not None and sale.deposit == stage.DEPOSIT
        paid = Step(StepKind.PAYMENT, "收到价款", local_date(at), rules.owing(awarded(room)))
        with pytest.raises(Refused):  # the winner pays, the owner says that it was paid
            services.perform(room.people.firms[winner].anew(), room.code, paid, at=at)
        services.perform(owner.anew(), room.code, paid, at=at)
        services.perform(owner.anew(), room.code, Step(StepKind.TRANSFER, "已移交", local_date(at)), at=at)
        services.complete(owner.anew(), room.code, "价款付清，标的已移交", at=at)
    with halls.clock(at + DAY):
        dossiers.archive(room.people.operator.anew(), room.code, at=at + DAY)
        dossiers.refresh(room.code)
        signed.pad()
        signed.checkpoint()


def verified(room: Room, folder: Path) -> dict[str, str]:
    file = folder / "dossier.zip"
    file.write_bytes(dossier.export(room.code, "supervision"))
    found = subprocess.run(
        [sys.executable, "-I", str(file), "--json"], capture_output=True, text=True, check=False, timeout=60
    )
    report = json.loads(found.stdout)
    assert found.returncode == report["exit_code"] == 0, found.stdout
    return {check["check"]: check["state"] for check in report["checks"]}


@pytest.mark.parametrize(
    "category, scheme, winner",
    [("B01", HIGHEST, 1), ("B03", BEST, 3), ("C01", HIGHEST, 1), ("L09", BEST, 3), *OTHERS],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_sale_by_tender_reaches_its_archive_and_verifies(tmp_path, category, scheme, winner):
    room = stage.opened(category, scheme)
    stage.reported(room, low(room), points(room) if scheme is BEST else None)
    report = reported(room)
    assert report.candidates[0].bidder.leader == room.people.firms[winner].code
    assert [one.bidder.leader for one in report.rejected] == [room.people.firms[2].code]
    archived(room, winner)
    assert dossier.summary(room.code).stage is Stage.ARCHIVED
    assert rules.fold(list(journal.facts(prefix=f"lot/{room.code}"))) == queries.standing(room.code)
    assert verified(room, tmp_path)["V15"] == "holds"
    told = " ".join(
        f"{notice.title} {fact.label}{fact.text}"
        for notice in notices.notices(lot=room.code)
        for fact in notice.facts
    )
    assert (
        "招标出让（转让）公告" in told
        and "起始价10,000,000.00 元" in told
        and "价款支付合同签订后 30 日内支付 50%" in told
    )
    assert "最高投标限价" not in told and "工期" not in told and "估算价" not in told


def test_what_is_below_the_start_price_or_the_reserve_told_at_the_opening_must_be_rejected():
    room = stage.opened("B01", HIGHEST, reserve=Money.yuan(14_800_000))
    sitting = evaluation.sitting(room.code)
    assert sitting is not None
    assert sitting.below_floor == {room.bids()[number] for number in (0, 2, 3)} and not sitting.above_ceiling
    with halls.clock(room.at), pytest.raises(Refused) as refused:
        room.begin()
        room.review(low(room))
        evaluation_services.finish_review(room.member(1), room.code, at=room.at)
    assert [reason.code for reason in refused.value.reasons] == ["below_floor"]
