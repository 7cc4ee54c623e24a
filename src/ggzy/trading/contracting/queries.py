"""定标与合同的读取."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from ggzy.foundation.journal import queries as journal
from ggzy.foundation.ui.offers import Offer
from ggzy.kernel import events
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.instants import local_date
from ggzy.kernel.roles import Permission, Role
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.registers.catalog import queries as catalog
from ggzy.trading.auctions import queries as auctions
from ggzy.trading.auctions.values import AuctionState
from ggzy.trading.contracting import rules
from ggzy.trading.contracting.lifecycle import AWARD
from ggzy.trading.contracting.models import Award, Contract, Performance
from ggzy.trading.contracting.values import AwardFacts, AwardState, ContractFacts, Delay, Due, Sale
from ggzy.trading.evaluation import queries as evaluation
from ggzy.trading.evaluation.values import EvaluationState
from ggzy.trading.objections import queries as objections
from ggzy.trading.objections.values import Stage
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects.values import LotFacts

UNSIGNED = (AwardState.NOTIFIED, AwardState.OFFERED)
BREAKABLE = tuple(state for state in AwardState if AWARD.may(state, "break"))


def award(lot: LotCode, round: int | None = None) -> AwardFacts | None:
    """定标, of the current round unless another is asked for; None before the publicity."""
    wanted = round if round is not None else projects.lot(lot).round
    row = Award.objects.filter(lot=lot, round=wanted).first()
    return facts_of(row) if row else None


def facts_of(row: Award) -> AwardFacts:
    """The row with its contract and steps; its periods moved by the time the clocks stood still."""
    contract = Contract.objects.filter(award=row).first()
    steps = tuple(step.facts() for step in Performance.objects.filter(award=row).order_by("number"))
    facts = row.facts(contract, steps)
    set_at = [(facts.publicity_until, facts.publicised_at)]
    told_at = facts.letter.issued_at if facts.letter else facts.awarded_at if facts.sale else None
    if facts.contract and told_at:
        set_at.append((facts.contract.sign_by, told_at))
    until, *sign_by = projects.effective_all(facts.lot, set_at, journal.now())
    moved = replace(facts.contract, sign_by=sign_by[0]) if facts.contract and sign_by else facts.contract
    return replace(facts, publicity_until=until, contract=_scheduled(moved, facts.sale))


def _scheduled(contract: ContractFacts | None, sale: Sale | None) -> ContractFacts | None:
    """The contract of a sale with its instalments, once it is signed."""
    if contract is None or sale is None or contract.signed_at is None or contract.form.amount is None:
        return contract
    days = rules.instalments(sale, contract.form.amount, local_date(contract.signed_at))
    return replace(contract, instalments=days)


def to_receive() -> tuple[LotCode, ...]:
    """待办理合同的成交: confirmed, and nobody has begun."""
    confirmed = auctions.ended_sales(AuctionState.CONFIRMED)
    begun = set(Award.objects.filter(lot__in=[lot for lot, _ in confirmed]).values_list("lot_id", "round"))
    return tuple(lot for lot, round in confirmed if (lot, round) not in begun)


def to_break() -> tuple[LotCode, ...]:
    """待终结的成交合同: the winner is in default."""
    rows = Award.objects.filter(sale__isnull=False, state__in=BREAKABLE)
    unfinished = set(rows.values_list("lot_id", "round"))
    return tuple(
        lot for lot, round in auctions.ended_sales(AuctionState.DEFAULTED) if (lot, round) in unfinished
    )


def start_by(lot: LotFacts, reported_at: datetime, at: datetime) -> datetime:
    """公示依法最晚的开始, moved by the time the clocks stood still."""
    limit = rules.start_by(lot.rulebook, catalog.calendar(), reported_at)
    return projects.effective(lot.code, limit, reported_at, at)


def report_by(lot: LotFacts, awarded_at: datetime, at: datetime) -> datetime:
    """书面报告依法最晚的提交, moved likewise."""
    limit = rules.report_by(lot.rulebook, catalog.calendar(), awarded_at)
    return projects.effective(lot.code, limit, awarded_at, at)


def sign_by(lot: LotFacts, letter_at: datetime, at: datetime) -> datetime:
    """合同依法最晚的签订, moved likewise."""
    limit = rules.sign_by(lot.rulebook, catalog.calendar(), letter_at)
    return projects.effective(lot.code, limit, letter_at, at)


def delays(lot: LotFacts) -> tuple[Delay, ...]:
    """逾期的法定事项 of the current round: what the owner did, but later than the law wants."""
    row = Award.objects.filter(lot=lot.code, round=lot.round).first()
    if row is None:
        return ()
    signed = Contract.objects.filter(award=row).values_list("signed_at", flat=True).first()
    began, calendar = evaluation.reported_at([lot.code]).get((lot.code, lot.round)), catalog.calendar()
    told = (
        ("开始公示中标候选人", rules.start_by, began, row.publicised_at, rules.BR54),
        (REPORT, rules.report_by, row.awarded_at, row.reported_at, rules.BL47),
        (SIGN, rules.sign_by, row.letter_at, signed, rules.BL46),
    )
    return tuple(
        Delay(title, due, done_at, article)
        for title, last_day, set_at, done_at, article in told
        if set_at is not None and done_at is not None
        if title != REPORT or _reports(lot)
        for due in [projects.effective(lot.code, last_day(lot.rulebook, calendar, set_at), set_at, done_at)]
        if done_at > due
    )


SALE = "成交确认书"
PUBLICISE, REPORT, SIGN = "公示中标候选人", "提交招标投标情况书面报告", "签订合同"


def dues(lots: Sequence[LotFacts], at: datetime) -> tuple[Due, ...]:
    """依法有期限的事项 after the committee's report, over many lots at once."""
    codes = [lot.code for lot in lots]
    awards = {(row.lot_id, row.round): row for row in Award.objects.filter(lot_id__in=codes)}
    reported, calendar = evaluation.reported_at(codes), catalog.calendar()
    found: list[tuple[Due, datetime]] = []
    for lot in lots:
        row, began = awards.get((lot.code, lot.round)), reported.get((lot.code, lot.round))
        if row is None and began is not None:
            until = rules.start_by(lot.rulebook, calendar, began)
            found.append((Due(lot.code, PUBLICISE, until, rules.BR54), began))
        if row is not None and row.awarded_at and not row.reported_at and _reports(lot):
            until = rules.report_by(lot.rulebook, calendar, row.awarded_at)
            found.append((Due(lot.code, REPORT, until, rules.BL47), row.awarded_at))
        if row is not None and row.letter_at and AwardState(row.state) in UNSIGNED:
            until = rules.sign_by(lot.rulebook, calendar, row.letter_at)
            found.append((Due(lot.code, SIGN, until, rules.BL46), row.letter_at))
        if row is not None and row.sale and not row.letter_at and AwardState(row.state) in UNSIGNED:
            assert row.awarded_at is not None, "confirmed"
            sign_by = events.restore(Sale, row.sale).sign_by
            found.append((Due(lot.code, SIGN, sign_by, SALE), row.awarded_at))
    moved = projects.effective_among(((due.lot, due.until, set_at) for due, set_at in found), at)
    return tuple(replace(due, until=until) for (due, _), until in zip(found, moved, strict=True))


def _reports(lot: LotFacts) -> bool:
    """Whether the law wants a written report of this tender (招标投标法 §47)."""
    return lot.method not in auctions.formats() and lot.rulebook.has("tender.report_days_max")


def offers(actor: Actor, lot: LotCode, at: datetime) -> tuple[Offer, ...]:
    """可办事项 from the publicity on, for the owner's side and for the winner."""
    held = projects.lot(lot)
    base = f"/desk/lots/{lot}"
    if actor.role is Role.BIDDER:
        row = Award.objects.filter(lot=lot, round=held.round, winner=actor.organisation).first()
        return tuple(_of_winner(actor, facts_of(row), base, at)) if row else ()
    if not actor.has(Permission.CANDIDATES_PUBLICISE) or not projects.may_see(actor, held):
        return ()
    if held.method in auctions.formats():
        sold = award(lot, held.round)
        return tuple(_of_contract(actor, held, sold, base, at)) if sold else ()
    return tuple(_of_owner(actor, held, award(lot, held.round), base, at))


def _of_winner(actor: Actor, found: AwardFacts, base: str, at: datetime) -> Iterator[Offer]:
    if not found.is_winner(actor.organisation):
        return
    until = found.contract.sign_by if found.contract else None
    is_offered = found.state is AwardState.OFFERED
    ready = may_sign(found, actor.organisation, at)
    yield Offer("签订合同", f"{base}/sign/", ready, is_offered and ready.ok, until)
    if found.is_auctioned:
        yield Offer("登记履约情况", f"{base}/performance/", may_perform(found))
        return
    is_issued = judge([(found.letter is not None, Reason("no_letter", "招标人还没有发出中标通知书"))])
    yield Offer("中标通知书", f"{base}/letter/", is_issued)
    may_refuse = rules.may_refuse(found, actor.organisation, "—")
    yield Offer("放弃中标", f"{base}/refuse-award/", may_refuse, is_final=True)
    yield Offer("登记履约情况", f"{base}/performance/", may_perform(found))


def _of_owner(
    actor: Actor, held: LotFacts, found: AwardFacts | None, base: str, at: datetime
) -> Iterator[Offer]:
    report = evaluation.report(held.code, held.round) if found is None else None  # publicised: it was there
    is_reported = found is not None or (report is not None and report.state is EvaluationState.REPORTED)
    is_rejected = report is not None and report.is_all_rejected
    calendar = catalog.calendar()
    earliest = rules.earliest_end(held.rulebook, calendar, at)
    may = rules.may_publicise(
        is_reported=is_reported,
        is_all_rejected=is_rejected,
        is_publicised=found is not None,
        is_long_enough=True,
        until=earliest,
        earliest=earliest,
        calendar=calendar,
    )
    due = start_by(held, report.reported_at, at) if report and report.reported_at else None
    yield Offer("公示中标候选人", f"{base}/publicise/", may, may.ok, due if may.ok else None)
    may_end = rules.may_end(found, "—", is_barred=found is not None and is_barred(held, found, at))
    yield Offer("结束本轮，重新招标", f"{base}/end-round/", may_end, is_final=True)
    if found is None:
        return
    if actor.has(Permission.AWARD_MAKE):
        ready = may_award_now(held, found, at)
        yield Offer("定标", f"{base}/award/", ready, ready.ok)
    is_awarded = found.state is AwardState.AWARDED
    may_notify = rules.may_issue_letter(found, date.max, at)
    yield Offer("中标通知书", f"{base}/letter/", Verdict() if found.letter else may_notify, is_awarded)
    yield from _after_award(actor, held, found, base, at)


def _after_award(actor: Actor, held: LotFacts, found: AwardFacts, base: str, at: datetime) -> Iterator[Offer]:
    due = report_by(held, found.awarded_at, at) if found.awarded_at and _reports(held) else None
    may_report = rules.may_report(found, "—")
    yield Offer(
        "书面报告", f"{base}/written-report/", may_report, may_report.ok, due if may_report.ok else None
    )
    yield from _of_contract(actor, held, found, base, at)


def _of_contract(actor: Actor, held: LotFacts, found: AwardFacts, base: str, at: datetime) -> Iterator[Offer]:
    if not actor.has(Permission.CONTRACT_SIGN):
        return
    may_draft = judge(
        [(AWARD.may(found.state, "draft"), Reason("not_notified", "尚未发出中标通知书，或者合同已签"))]
    )
    by = sign_by(held, found.letter.issued_at, at) if found.letter else None
    by = found.sale.sign_by if found.sale and found.is_auctioned else by
    is_due = found.state is AwardState.NOTIFIED
    yield Offer("拟定合同", f"{base}/contract/", may_draft, is_due, by if is_due else None)
    yield Offer("登记履约情况", f"{base}/performance/", may_perform(found))
    yield Offer("合同完结", f"{base}/complete/", rules.may_complete(found, rules.owing(found)))


def is_barred(lot: LotFacts, award: AwardFacts, at: datetime) -> bool:
    """应当确定的候选人依法不得中标: the first not passed over is under a ban, or nobody is left."""
    over = {one.rank for one in award.passed}
    first = next((one for one in award.runners if one.rank not in over), None)
    return first is None or not projects.gate(lot, first.bidder.parties, at).ok


def may_award_now(lot: LotFacts, found: AwardFacts, at: datetime) -> Verdict:
    """此刻能否定标, for the candidate whose turn it is."""
    pending = len(objections.open_objections(lot.code, stage=Stage.RESULT))
    rank = found.next_rank or 1
    return rules.may_award(found, rank, (), pending, at, is_ranked=lot.is_bound)


def may_sign(found: AwardFacts, party: CreditCode | None, at: datetime) -> Verdict:
    """此刻能否签订合同, for the winner; of a sale, once its publicity is over and no objection is open."""
    pending = len(objections.open_objections(found.lot, stage=Stage.SALE)) if found.sale else 0
    return rules.may_sign(found, party) & rules.may_sign_now(found, pending, at)


def may_perform(found: AwardFacts) -> Verdict:
    """履约登记条件: between the signature and the completion."""
    holds = found.state is AwardState.SIGNED
    return judge([(holds, Reason("not_signed", "合同尚未签订，或者已经履行完毕"))])


def standing(lot: LotCode) -> dict[str, object]:
    """What the rows of the latest round say now, for the verifier."""
    row = Award.objects.filter(lot=lot).order_by("-round").first()
    if row is None:
        return {}
    if row.state == "ended":
        return {"round": row.round, "state": "ended"}
    now: dict[str, object] = {
        "round": row.round,
        "state": row.state,
        "runners": len(row.runners),
    }
    if not row.sale or row.letter_digest:
        now["until"] = events.instant_text(row.publicity_until)
    if row.winner:
        now |= {"winner": str(row.winner), "rank": row.rank}
    if row.letter_digest:
        now["letter"] = row.letter_digest
    contract = Contract.objects.filter(award=row, signed_at__isnull=False).first()
    if contract:
        now["contract"] = contract.file
    steps = Performance.objects.filter(award=row).count()
    return now | {"steps": steps} if steps else now
