"""走完一宗竞价: each step one or more ordinary commands, each at its own simulated moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from ggzy.desk.management.rehearsal import money
from ggzy.desk.management.rehearsal.cast import REGION, Cast, Organisation
from ggzy.desk.management.rehearsal.clock import at_moment
from ggzy.foundation.vault import services as vault
from ggzy.kernel.codes import LotCode, ProjectCode
from ggzy.kernel.instants import local_date
from ggzy.kernel.money import Money
from ggzy.registers.catalog import queries as catalog
from ggzy.trading.auctions import queries, services
from ggzy.trading.auctions.queries import sales
from ggzy.trading.auctions.values import (
    Answer,
    AuctionState,
    AuctionTerms,
    Document,
    Offer,
    RoomPhase,
)
from ggzy.trading.contracting import queries as contract_queries
from ggzy.trading.contracting import services as contracting
from ggzy.trading.contracting.values import ContractForm, Step, StepKind
from ggzy.trading.dossier import services as dossier
from ggzy.trading.projects import queries as project_queries
from ggzy.trading.projects import services as projects
from ggzy.trading.projects.values import Nature, NewLot, NewProject

PAPERS = "本文件为演练而写：标的情况、竞买须知、成交确认书和合同样本，以公告为准。\n"
SOON, DAY = timedelta(minutes=1), timedelta(days=1)


@dataclass(frozen=True)
class Subject:
    """待交易的标的, as its owner registers it. `given` are the traits its category asks for."""

    title: str
    content: str
    deal_category: str
    method: str
    estimate: Money
    given: Mapping[str, str]
    nature: Nature = Nature.ASSET


class Sale:
    """一宗竞价的行程. `lot` is known from the registration on."""

    def __init__(self, cast: Cast, owner: Organisation, agency: Organisation | None) -> None:
        self.cast = cast
        self.owner = owner
        self.agency = agency
        self.lot = LotCode("")
        self.round = 1
        self._seat: services.Seat | None = None

    @property
    def runner(self) -> Organisation:
        """代理机构, or the owner itself where there is none."""
        return self.agency or self.owner

    def register(self, about: Subject, at: datetime) -> None:
        """入场登记."""
        is_bought = about.nature is not Nature.ASSET
        project = NewProject(
            title=about.title,
            owner=self.owner.code,
            agency=self.agency.code if self.agency else None,
            region=REGION,
            funding="财政资金" if is_bought else "",
            approval="江政函〔演练〕1号",
        )
        with at_moment(at):
            receipt = projects.register_project(self.cast.act(self.runner), project, at=at)
            lot = NewLot(
                project=ProjectCode(receipt.subject.split("/")[1]),
                title=about.title,
                content=about.content,
                nature=about.nature,
                deal_category=about.deal_category,
                method=about.method,
                scoring="",
                estimate=about.estimate,
                particulars=catalog.particulars(about.deal_category, about.given),
            )
            receipt = projects.register_lot(self.cast.act(self.runner), lot, at=at)
        self.lot = LotCode(receipt.subject.split("/")[1])

    def announce(self, terms: AuctionTerms, at: datetime) -> None:
        """公告, with its papers."""
        with at_moment(at):
            whole = replace(terms, documents=(self._paper("竞买须知", self.runner),))
            services.announce(self.cast.act(self.runner), self.lot, whole, at=at)

    def join(self, bidders: Sequence[Organisation], at: datetime) -> None:
        """缴保证金, 报名, 确认资格: everybody in turn, minutes apart."""
        self.come(bidders, at)
        since = at + (len(bidders) + 1) * SOON
        for place, who in enumerate(bidders):
            with at_moment(since + place * SOON):
                services.admit(self.cast.act(self.cast.centre), self.lot, who.code)

    def come(self, bidders: Sequence[Organisation], at: datetime) -> None:
        """缴保证金, 报名. Money first: a clock that finds the applications over admits who has paid."""
        money.pay(self.cast, self.lot, bidders, at)
        for place, who in enumerate(bidders, start=1):
            with at_moment(at + place * SOON):
                services.apply(self.cast.act(who), self.lot, (self._paper("竞买申请书", who),))

    def _paper(self, name: str, owner: Organisation) -> Document:
        data = f"{name}\n{owner.name}\n{PAPERS}".encode()
        return Document(f"{name}.txt", vault.put(data, name=f"{name}.txt", owner=owner.code), len(data))

    def paddle(self, who: Organisation) -> int:
        """其号牌."""
        number = queries.paddle_of(self.lot, self.round, who.code)
        assert number is not None, "admitted"
        return number

    def prepare(self, starts_at: datetime) -> None:
        """准备竞价室, as the clock does it."""
        with at_moment(starts_at - 5 * SOON):
            services.prepare_room(self.cast.platform(), self.lot)

    def press(self, at: datetime, *offers: Offer) -> tuple[Answer, ...]:
        """报价, at that moment; without offers only the clock is served."""
        with at_moment(at):
            if self._seat is None:
                self._seat = services.take(self.lot)
            return self._seat.press(offers)

    def run_out(self, within: timedelta = timedelta(days=60)) -> datetime:
        """走到结束: the clock alone, phase after phase. The moment of the end."""
        room = queries.room(self.lot)
        assert room is not None and room.end is not None, "the room waits or runs"
        last = room.end + within
        while room.phase is not RoomPhase.CLOSED and room.end is not None and room.end <= last:
            self.press(room.end)
            assert self._seat is not None, "the seat was taken"
            room = self._seat.room
        return room.at or last

    def settle(self, at: datetime) -> AuctionState:
        """确定结果, 公开号牌: the clock's acts."""
        with at_moment(at):
            services.settle(self.cast.platform(), self.lot, at=at)
        with at_moment(at + SOON):
            services.reveal_paddles(self.cast.platform(), self.lot, at=at + SOON)
        return queries.auction(self.lot).state

    def winner(self, bidders: Sequence[Organisation]) -> Organisation:
        """竞得人 among them."""
        code = queries.winner_of(self.lot, self.round)
        return next(who for who in bidders if who.code == code)

    def confirm(self, winner: Organisation, at: datetime) -> None:
        """签署成交确认书: the winner, then the owner."""
        for place, who in enumerate((winner, self.owner)):
            moment = at + place * SOON
            with at_moment(moment):
                deal = sales.deal(project_queries.lot(self.lot))
                assert deal is not None, "sold"
                services.sign(self.cast.act(who), self.lot, deal.digest, at=moment)

    def relist(self, start: Money, reason: str, at: datetime) -> None:
        """再次公告的新一轮."""
        with at_moment(at):
            services.relist(self.cast.act(self.runner), self.lot, start, reason, at=at)
        self.round += 1
        self._seat = None

    def contract(self, winner: Organisation, at: datetime) -> datetime:
        """成交合同: taken up by the clock, drafted by the owner, signed by the winner after the publicity."""
        with at_moment(at):
            contracting.receive_sale(self.cast.platform(), self.lot, at=at)
        award = contract_queries.award(self.lot)
        assert award is not None and award.winner is not None and award.winner.price is not None, "confirmed"
        price = award.winner.price
        drafted = max(at, award.publicity_until) + DAY
        with at_moment(drafted):
            form = ContractForm(
                number=f"YL-{self.lot[-16:]}",
                price=price,
                amount=price.amount,
                security=Money.zero,
                period=award.winner.period,
                quality=award.winner.quality,
                file=self._paper("成交合同", self.owner).digest,
            )
            contracting.draft(self.cast.act(self.owner), self.lot, form, at=drafted)
        signed = drafted + DAY
        with at_moment(signed):
            contracting.sign(self.cast.act(winner), self.lot, at=signed)
        money.give_back(self.cast, self.lot, signed + DAY)
        return signed

    def perform(self, signed: datetime) -> datetime:
        """付款, 移交, 完结: half of what is owed by each of two days. The moment of completion."""
        award = contract_queries.award(self.lot)
        assert award is not None and award.sale is not None and award.contract is not None, "signed"
        owed = (award.contract.form.amount or Money.zero) - award.sale.deposit
        half = Money(owed.fen // 2)
        for days, paid in ((20, owed - half), (50, half)):
            self._step(Step(StepKind.PAYMENT, "收到成交价款", _on(signed, days), paid), signed + days * DAY)
        self._step(Step(StepKind.TRANSFER, "标的已移交", _on(signed, 52)), signed + 52 * DAY)
        end = signed + 55 * DAY
        with at_moment(end):
            contracting.complete(self.cast.act(self.owner), self.lot, "价款付清，标的已移交", at=end)
        return end

    def _step(self, step: Step, at: datetime) -> None:
        with at_moment(at):
            contracting.perform(self.cast.act(self.owner), self.lot, step, at=at)

    def archive(self, at: datetime) -> None:
        """归档, by the centre."""
        with at_moment(at):
            dossier.archive(self.cast.act(self.cast.centre), self.lot, at=at)
            dossier.refresh(self.lot)


def _on(signed: datetime, days: int) -> date:
    return local_date(signed + days * DAY)
