"""An auction room beside the tender of these tests, with the same owner, agency and operator."""

from datetime import timedelta

from ggzy.foundation.vault import services as vault
from ggzy.kernel.codes import LotCode, ProjectCode
from ggzy.kernel.money import Money, Rate
from ggzy.trading.auctions import services
from ggzy.trading.auctions.values import Amount, AuctionTerms, Document, FormatTerms, Payment, Steps, Timing
from ggzy.trading.projects import services as projects
from ggzy.trading.projects.values import Nature, NewLot, NewProject
from tests.services.tendering import hall as stage
from tests.world import particulars

OPENS = stage.moment("2026-07-06T09:00")
FLOOR = Money.yuan(2_590_000)


def waiting(people: stage.Cast) -> LotCode:
    """Announced and prepared; it opens five minutes later."""
    new = NewProject(
        "闲置设备转让",
        people.owner.code,
        people.agency.code,
        stage.REGION,
        "国有资产处置",
        "江国资〔2026〕1号",
    )
    with stage.clock(stage.ANNOUNCED) as at:
        project = ProjectCode(
            projects.register_project(people.agency.anew(), new, at=at).subject.split("/")[1]
        )
        form = NewLot(
            project=project, title="闲置设备一批", content="机床及附属设备", nature=Nature.GOODS, deal_category="C02",
            method="ascending", scoring="", estimate=FLOOR, particulars=particulars("C02"),
        )  # fmt: skip
        lot = LotCode(projects.register_lot(people.agency.anew(), form, at=at).subject.split("/")[1])
        services.announce(people.agency.anew(), lot, terms(people), at=at)
    with stage.clock(OPENS - timedelta(minutes=5)):
        services.prepare_room(stage.system(), lot)
    return lot


def terms(people: stage.Cast) -> AuctionTerms:
    data = "转让须知".encode()
    digest = vault.put(data, name="转让须知.txt", owner=people.agency.code)
    timing = Timing(starts_at=OPENS, ends_at=OPENS + timedelta(hours=1), window_s=300, length_s=300)
    until = OPENS - timedelta(days=1)
    return AuctionTerms(
        format=FormatTerms(start=Amount.of_money(FLOOR), steps=Steps(step=10_000_00), timing=timing),
        apply_from=stage.ANNOUNCED, apply_until=until, deposit=Money(0), deposit_until=until,
        documents=(Document("转让须知.txt", digest, len(data)),),
        payment=Payment(first=Rate(1), first_days=5, all_days=5), contract_days=5,
    )  # fmt: skip
