"""A market for the bench of the models: lots registered by commands, their courses told as facts, many at once."""

import itertools
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction

from ggzy.foundation.journal import services as journal
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode, ProjectCode, RegionCode
from ggzy.kernel.money import Money
from ggzy.kernel.roles import Role
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.catalog.values import Particular
from ggzy.registers.parties import services as parties
from ggzy.registers.parties.values import BankAccount, PartyForm, PartyKind, PartyRole
from ggzy.trading.contracting import events as contracting
from ggzy.trading.contracting.values import Runner
from ggzy.trading.deposits import events as deposits
from ggzy.trading.evaluation import events as evaluation
from ggzy.trading.evaluation.values import Candidate, Mark, Purpose, Result, SeatPlan
from ggzy.trading.notices.events import NoticePublished
from ggzy.trading.projects import services as projects
from ggzy.trading.projects.values import Nature, NewLot, NewProject
from ggzy.trading.tendering import events as tendering
from ggzy.trading.tendering.values import Bidder, Price, TenderTerms

CITY = RegionCode("980100")
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
ESTIMATE = Money.yuan("4980000")
DIGEST = "sha256:" + "0" * 64
CRITERIA = ("price", "plan", "team")
SEATS = 5
_requests = itertools.count(1)


class Market:
    """招标人、代理机构和一批投标人. Bidders of one circle of six meet more often than chance would have it."""

    def __init__(self, at: datetime, firms: int = 60) -> None:
        self.chance = random.Random(980100)
        owner = _party(11, "云岭城建管理处", PartyRole.OWNER, at)
        self.owner = Actor(f"bench-{owner}", owner, Role.OWNER, CITY, "")
        self.firms = [
            Bidder(_party(1000 + n, f"云岭第{n}建设有限公司", PartyRole.BIDDER, at), f"云岭第{n}建设有限公司")
            for n in range(1, firms + 1)
        ]
        new = NewProject("江州市校舍维修", owner, None, CITY, "财政资金", "江发改审〔2026〕1号")
        receipt = projects.register_project(self._anew(), new, at=at)
        self.project = ProjectCode(receipt.subject.split("/")[1])

    def lot(self, number: int, at: datetime) -> LotCode:
        """一个登记的标段."""
        form = NewLot(
            project=self.project, title=f"校舍维修第{number}标段", content="屋面、门窗和外墙维修", nature=Nature.WORKS,
            deal_category="A02", method="open_tender", scoring="comprehensive", estimate=ESTIMATE,
            period="90 日历天", quality="合格", particulars=_particulars(),
        )  # fmt: skip
        return LotCode(projects.register_lot(self._anew(), form, at=at).subject.split("/")[1])

    def tell(self, lot: LotCode, at: datetime) -> int:
        """一个标段的全程, as facts; how many."""
        told = 0
        for moment, facts in self._course(lot, at):
            with transaction.atomic():
                journal.record_all(facts, actor=self._anew(), at=moment)
            told += len(facts)
        return told

    def _course(self, lot: LotCode, at: datetime) -> Iterator[tuple[datetime, list[object]]]:
        bidders = self.chance.sample(self.firms[:6] if self.chance.random() < 0.1 else self.firms, 5)
        prices = [Money.yuan(f"{self.chance.randrange(430_000_000, 497_000_000) / 100:.2f}") for _ in bidders]
        close = at + 21 * DAY
        yield at + HOUR, self._announced(lot, at + HOUR, close)
        yield at + 2 * DAY, [_draw(lot)]
        for turn, bidder in enumerate(bidders):
            yield close - (turn + 1) * HOUR, _bid(lot, turn, bidder, close)
        yield close, _opened(lot, bidders, prices, close)
        yield close + 3 * HOUR, list(_evaluated(lot, bidders, prices))
        yield close + DAY, _decided(lot, bidders, prices, close + DAY)

    def _announced(self, lot: LotCode, at: datetime, close: datetime) -> list[object]:
        terms = TenderTerms(
            sale_start=at, sale_end=at + 6 * DAY, deadline=close, venue="网上", documents=(), deposit=Money.yuan("50000"),
            validity_days=60, qualification="建筑工程施工总承包三级及以上",
        )  # fmt: skip
        announced = tendering.TenderAnnounced(
            lot=lot, round=1, method="open_tender", terms=terms, documents=DIGEST, plan=DIGEST, notice="n1"
        )
        asked = deposits.DepositRequired(
            lot=lot, round=1, amount=terms.deposit, due=close, valid_until=(close + 60 * DAY).date()
        )
        return [announced, asked, _notice(lot, "tender_notice")]

    def _anew(self) -> Actor:
        who = self.owner
        return Actor(who.person, who.organisation, who.role, who.region, f"bench-market-{next(_requests)}")


def second_wins(lot: LotCode, winner: Bidder) -> contracting.AwardMade:
    """A fact that raises an alert at once (P09): the second candidate wins and nobody says why."""
    return contracting.AwardMade(lot=lot, round=1, rank=2, winner=winner, price=None, passed=(), notice="n9")


def _notice(lot: LotCode, kind: str) -> object:
    return NoticePublished(
        lot=lot, round=1, notice=f"{kind}-{lot}", kind_code=kind, title="校舍维修公告", digest=DIGEST, amends=None,
        attachments=(), findings=(),
    )  # fmt: skip


def _draw(lot: LotCode) -> object:
    return evaluation.DrawRequested(
        lot=lot, round=1, draw=f"d-{lot}", purpose=Purpose.COMMITTEE, serial=1,
        seats=(SeatPlan(specialty="A080101", count=4),), owner_seats=1, region=CITY, rulebook=DIGEST,
    )  # fmt: skip


def _bid(lot: LotCode, turn: int, bidder: Bidder, close: datetime) -> list[object]:
    submitted = tendering.BidSubmitted(
        lot=lot, round=1, bid=f"b{turn}", gen=1, bidder=bidder, manifest=DIGEST, prev=None, documents=DIGEST,
        plan=DIGEST, parts=(),
    )  # fmt: skip
    paid = deposits.DepositReceived(
        lot=lot, round=1, party=bidder.leader, serial=f"{lot}-{turn}", amount=Money.yuan("50000"),
        payer_name=bidder.name, payer_tail=f"{turn:04d}", booked_at=close - DAY, is_secured=True,
    )  # fmt: skip
    return [paid, submitted]


def _opened(lot: LotCode, bidders: list[Bidder], prices: list[Money], close: datetime) -> list[object]:
    until = close + HOUR
    read = [
        tendering.BidReadOut(
            lot=lot, round=1, bid=f"b{turn}", seq=turn + 1, bidder=bidder,
            price=Price("amount", amount=price, text=price.figures()), period="90 日历天", quality="合格",
            leader="何理", note="",
        )
        for turn, (bidder, price) in enumerate(zip(bidders, prices, strict=True))
    ]  # fmt: skip
    return [
        tendering.BiddingClosed(
            lot=lot, round=1, deadline=close, count=len(bidders), last_seq=len(bidders), chain=DIGEST
        ),
        tendering.OpeningBegan(
            lot=lot, round=1, count=len(bidders), root=DIGEST, bidder_window_until=until,
            custodian_window_until=until,
        ),
        *read,
        tendering.BidsOpened(
            lot=lot, round=1, deadline=close, submitted=len(bidders), opened=len(bidders), failed=0, root=DIGEST,
            base_price=None, notice="n2",
        ),
        _notice(lot, "opening_record"),
    ]  # fmt: skip


def _evaluated(lot: LotCode, bidders: list[Bidder], prices: list[Money]) -> Iterator[object]:
    order = sorted(range(len(bidders)), key=lambda turn: prices[turn].fen)
    yield evaluation.EvaluationBegun(lot=lot, round=1, chair=1, seats=tuple(range(1, SEATS + 1)))
    for seat in range(1, SEATS + 1):
        marks = tuple(
            Mark(bid=f"b{turn}", points=(Decimal(80), Decimal(85 - rank), Decimal(78 + seat)))
            for rank, turn in enumerate(order)
        )
        yield evaluation.ScoresSubmitted(
            lot=lot, round=1, seat=seat, gen=1, criteria=CRITERIA, marks=marks, notes=()
        )
    totals = [Decimal(90 - 3 * rank) for rank in range(len(order))]
    results = tuple(
        Result(bid=f"b{turn}", rank=rank, total=total, points=(total, total, total), evaluated=None)
        for rank, (turn, total) in enumerate(zip(order, totals, strict=True), start=1)
    )
    candidates = tuple(
        Candidate(
            rank=rank, bid=f"b{turn}", bidder=bidders[turn], price=Price("amount", amount=prices[turn]),
            total=totals[rank - 1],
        )
        for rank, turn in enumerate(order[:3], start=1)
    )  # fmt: skip
    yield evaluation.EvaluationConcluded(
        lot=lot, round=1, scheme=DIGEST, coefficients=(), tie_order=(), ceiling=None, entered=(), entries=(),
        benchmark=None, results=results, candidates=candidates, is_all_rejected=False, digest=DIGEST,
    )  # fmt: skip
    yield evaluation.EvaluationReported(lot=lot, round=1, digest=DIGEST, candidates=3, is_all_rejected=False)


def _decided(lot: LotCode, bidders: list[Bidder], prices: list[Money], at: datetime) -> list[object]:
    best = min(range(len(bidders)), key=lambda turn: prices[turn].fen)
    price = Price("amount", amount=prices[best], text=prices[best].figures())
    runner = Runner(1, f"b{best}", bidders[best], price, Decimal(90))
    return [
        contracting.CandidatesPublicised(
            lot=lot, round=1, runners=(runner,), since=at, until=at + 5 * DAY, report=DIGEST, notice="n3",
            is_late=False,
        ),
        contracting.AwardMade(
            lot=lot, round=1, rank=1, winner=bidders[best], price=price, passed=(), notice="n4"
        ),
        contracting.AwardLetterIssued(
            lot=lot, round=1, number="1", code=f"C{lot[-8:]}", digest=DIGEST, winner=bidders[best].leader, told=()
        ),
        contracting.ContractSigned(
            lot=lot, round=1, number="1", supplier=bidders[best], price=price, amount=prices[best],
            security=Money(0), file=DIGEST, sign_by=at + 30 * DAY, is_late=False, notice="n5",
        ),
        contracting.AwardReported(lot=lot, round=1, text="招标投标情况书面报告", is_late=False),
        *(_notice(lot, kind) for kind in ("candidates", "award_notice", "contract_notice")),
    ]  # fmt: skip


def _particulars() -> tuple[Particular, ...]:
    category = catalog.find_category("A02")
    traits = category.traits if category else ()
    return catalog.particulars("A02", {trait.code: trait.example for trait in traits})


def _party(serial: int, name: str, role: PartyRole, at: datetime) -> CreditCode:
    code = CreditCode.make(authority="91", region=CITY, serial=serial)
    form = PartyForm(
        code=code, name=name, kind=PartyKind.LEGAL, region=CITY, roles=(role,), representative=f"何理{serial}",
        address=f"云岭路 {serial} 号", phone="0980-1234567",
        basic_account=BankAccount(name, "江州农商银行", f"6222{serial:012d}"), is_pledged=True,
    )  # fmt: skip
    parties.register(Actor.system(f"party-{code}"), form, at=at)
    return code
