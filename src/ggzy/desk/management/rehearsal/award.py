"""公示、定标、合同、履约、归档."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from ggzy.desk.management.rehearsal import money
from ggzy.desk.management.rehearsal.clock import at_moment
from ggzy.desk.management.rehearsal.schedule import Schedule
from ggzy.desk.management.rehearsal.walk import Entrant, Walk
from ggzy.foundation.vault import services as vault
from ggzy.kernel.instants import BEIJING, local_date
from ggzy.kernel.money import Money
from ggzy.registers.catalog import queries as catalog
from ggzy.trading.contracting import queries, services
from ggzy.trading.contracting.values import AwardFacts, ContractForm, Step, StepKind
from ggzy.trading.dossier import services as dossier
from ggzy.trading.tendering.values import Price

SECURITY_SHARE = 20  # one twentieth of the contract
UNPRICED_PAYMENT = Money.yuan("1000")


def publicise(walk: Walk, when: Schedule) -> None:
    """中标候选人公示, at the published hour where that is lawful."""
    with at_moment(when.publicity):
        actor = walk.cast.act(walk.agency)
        services.publicise(actor, walk.lot, until=when.publicity_end, at=when.publicity)


def award(walk: Walk) -> datetime:
    """定标, 中标通知书, 书面报告. The moment of the letter."""
    found = _award(walk)
    at = _working_morning(found.publicity_until)
    with at_moment(at):
        services.award(walk.cast.act(walk.owner), walk.lot, at=at)
    letter = at + timedelta(hours=2)
    with at_moment(letter):
        services.issue_letter(walk.cast.act(walk.agency), walk.lot, at=letter)
    reported = letter + timedelta(days=2)
    with at_moment(reported):
        words = "招标投标情况书面报告（演练）"
        services.report(walk.cast.act(walk.agency), walk.lot, words, at=reported)
    return letter


def contract(walk: Walk, letter: datetime, entrants: Sequence[Entrant]) -> datetime:
    """合同: drafted by the owner, signed by the winner; deposits go back. The moment of signing."""
    found = _award(walk)
    runner = found.winner
    assert runner is not None, "the letter has been issued"
    winner = next(e.who for e in entrants if e.who.code == runner.bidder.leader)
    at = letter + timedelta(days=7)
    text = f"{walk.script.title} 合同（演练）".encode()
    with at_moment(at):
        price = runner.price or Price("text", text="按投标文件")
        form = ContractForm(
            number=f"YL-{walk.lot[-16:]}",
            price=price,
            amount=price.amount,
            security=Money(price.amount.fen // SECURITY_SHARE) if price.amount else Money(0),
            period=runner.period,
            quality=runner.quality,
            file=vault.put(text, name="合同.txt", owner=walk.owner.code),
        )
        services.draft(walk.cast.act(walk.owner), walk.lot, form, at=at)
    signed = at + timedelta(days=1)
    with at_moment(signed):
        services.sign(walk.cast.act(winner), walk.lot, at=signed)
    return_deposits(walk, signed + walk.refund_after)
    return signed


def return_deposits(walk: Walk, at: datetime) -> None:
    """退还保证金: what is due goes to the bank, which has paid it out an hour later."""
    money.give_back(walk.cast, walk.lot, at)


def perform(walk: Walk, signed: datetime) -> datetime:
    """履约: report, acceptance, payment, completion. The moment of completion."""
    found = _award(walk)
    assert found.contract is not None, "signed"
    amount = found.contract.form.amount or UNPRICED_PAYMENT
    done = signed + timedelta(days=60)
    steps = (
        (signed + timedelta(days=30), Step(StepKind.REPORT, "按约定履行", local_date(signed))),
        (done, Step(StepKind.ACCEPTANCE, "验收合格", local_date(done))),
        (done + timedelta(days=1), Step(StepKind.PAYMENT, "支付合同价款", local_date(done), amount)),
    )
    for at, step in steps:
        with at_moment(at):
            services.perform(walk.cast.act(walk.owner), walk.lot, step, at=at)
    end = done + timedelta(days=2)
    with at_moment(end):
        services.complete(walk.cast.act(walk.owner), walk.lot, "合同履行完毕", at=end)
    return end


def archive(walk: Walk, completed: datetime) -> None:
    """归档, by the centre."""
    at = completed + timedelta(days=1)
    with at_moment(at):
        dossier.archive(walk.cast.act(walk.cast.centre), walk.lot, at=at)
        dossier.refresh(walk.lot)


def _award(walk: Walk) -> AwardFacts:
    found = queries.award(walk.lot)
    assert found is not None, "publicised"
    return found


def _working_morning(after: datetime) -> datetime:
    day = catalog.calendar().add_workdays(local_date(after), 1)
    return datetime.combine(day, time(10), BEIJING)
