"""公告: the notice and what hangs on it; changed, extended, made again."""

from dataclasses import replace
from datetime import datetime

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.foundation.vault import queries as vault
from ggzy.foundation.vault import services as vault_services
from ggzy.kernel import events as kernel_events
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.instants import local_date
from ggzy.kernel.money import Money
from ggzy.kernel.roles import Permission
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.registers.catalog import queries as catalog
from ggzy.trading.auctions import access, events, queries, rules
from ggzy.trading.auctions.lifecycle import AUCTION
from ggzy.trading.auctions.models import Auction
from ggzy.trading.auctions.rules import notices
from ggzy.trading.auctions.services import picturing, publishing
from ggzy.trading.auctions.services.unsealing import fix_plan, ready
from ggzy.trading.auctions.values import AuctionTerms, Consent, Document
from ggzy.trading.deposits import services as deposits
from ggzy.trading.projects import queries as project_queries
from ggzy.trading.projects import services as projects
from ggzy.trading.projects.values import Phase


@command
def announce(actor: Actor, lot: LotCode, terms: AuctionTerms, *, at: datetime) -> Receipt:
    """发布出让、转让公告: dates and amounts against the rulebook, the deposit asked, the notice published."""
    grip = access.auction_to_run(actor, lot, Permission.AUCTION_ANNOUNCE)
    consent, calendar = grip.row.consented(), catalog.calendar()
    verdict = rules.may_announce(grip.lot, grip.facts, grip.format, terms, calendar, at, consent)
    keys = ready(grip.row) if grip.format.is_sealed else Verdict()
    barred = project_queries.gate(grip.lot, (grip.lot.agency,), at, as_agency=True)
    (verdict & barred & _follows(grip, terms, consent, at) & are_stored(terms.documents) & keys).require()
    projects.advance(lot, Phase.CONTESTED, at)
    if terms.deposit.fen > 0:
        deposits.require(
            actor, lot, terms.deposit, due=terms.deposit_until, by_credit=terms.deposit_by_credit,
            floor=terms.floor, at=at,
        )  # fmt: skip
    notice = publishing.publish(actor, notices.transfer_notice(grip.lot, grip.format, terms), at=at)
    vault_services.publish([file.digest for file in terms.documents], at=at)
    picturing.publish(lot, at)
    grip.row.state = AUCTION.after(grip.facts.state, "announce")
    grip.row.announced_at, grip.row.notice = at, notice
    grip.row.first_announced_on = grip.row.first_announced_on or local_date(at)
    _set_terms(grip.row, terms, at)
    draft = rules.Draft(grip.lot, grip.format, terms, consent)
    announced = events.AuctionAnnounced(
        lot=lot, round=grip.row.round, format=grip.row.format, terms=terms, notice=notice,
        warnings=tuple(reason.code for reason in rules.warnings(draft, calendar, at)),
    )  # fmt: skip
    fixed = [fix_plan(grip.row, terms)] if grip.format.is_sealed else []
    return journal.record_all([*fixed, announced], actor=actor, at=at)


def _follows(grip: access.Grip, terms: AuctionTerms, consent: Consent | None, at: datetime) -> Verdict:
    """A later round keeps what binds it to the one before: the cut, the consent, the twelve months."""
    if grip.row.round == 1:
        return Verdict()
    before = queries.row_of(grip.lot.code, grip.row.round - 1)
    if before is None:
        return Verdict()
    facts = before.facts()
    is_fresh = facts.terms is not None and terms.appraisal != facts.terms.appraisal
    return rules.may_relist(
        grip.lot.rulebook, facts, terms.floor, terms.appraisal, consent, at, has_new_appraisal=is_fresh
    )


def are_stored(files: tuple[Document, ...]) -> Verdict:
    """文件已到达平台."""
    missing = [file.name for file in files if not vault.exists(file.digest)]
    text = f"文件还没有到达平台：{'、'.join(missing)}"
    return judge([(not missing, Reason("document_missing", text, remedy="请重新上传"))])


@command
def amend(
    actor: Actor, lot: LotCode, terms: AuctionTerms, reason: str, *, is_material: bool, at: datetime
) -> Receipt:
    """变更公告, through the channel of the first notice."""
    grip = access.auction_to_run(actor, lot, Permission.AUCTION_ANNOUNCE)
    draft = rules.Draft(grip.lot, grip.format, terms, grip.row.consented())
    verdict = rules.may_amend(
        grip.facts, draft, is_material=is_material, reason=reason, calendar=catalog.calendar(), at=at
    )
    (verdict & _same_deposit(grip, terms) & are_stored(terms.documents)).require()
    said = notices.amendment(grip.lot, grip.format, terms, reason.strip(), grip.row.notice)
    grip.row.notice = publishing.publish(actor, said, at=at)
    vault_services.publish([file.digest for file in terms.documents], at=at)
    _set_terms(grip.row, terms, at)
    if terms.deposit.fen > 0:
        deposits.move_due(lot, terms.deposit_until, at=at)
    amended = events.AuctionAmended(
        lot=lot, round=grip.row.round, terms=terms, is_material=is_material, reason=reason.strip(),
        notice=grip.row.notice,
    )  # fmt: skip
    return journal.record(amended, actor=actor, at=at)


def _same_deposit(grip: access.Grip, terms: AuctionTerms) -> Verdict:
    before = grip.facts.terms
    same = before is None or _of_deposit(before) == _of_deposit(terms)
    return judge(
        [(same, Reason("deposit_changed", "保证金的数额和核定办法不能变更", remedy="请终止后重新公告"))]
    )


def _of_deposit(terms: AuctionTerms) -> tuple[Money, bool]:
    return terms.deposit, terms.deposit_by_credit


@command
def extend_disclosure(
    actor: Actor,
    lot: LotCode,
    apply_until: datetime,
    starts_at: datetime,
    ends_at: datetime,
    *,
    at: datetime,
) -> Receipt:
    """延长信息披露: nobody came, the conditions stay; the deposit may arrive as long as one may apply."""
    grip = access.auction_to_run(actor, lot, Permission.AUCTION_ANNOUNCE)
    calendar = catalog.calendar()
    verdict = rules.may_extend_disclosure(grip.lot.rulebook, grip.facts, apply_until, calendar, at)
    verdict.require()
    assert grip.facts.terms is not None, "announced"
    before = grip.facts.terms
    timing = replace(before.format.timing, starts_at=starts_at, ends_at=ends_at)
    terms = replace(
        before,
        format=replace(before.format, timing=timing),
        apply_until=apply_until,
        deposit_until=apply_until,
    )
    (grip.format.flaws(terms.format) & _in_order(grip, terms)).require()
    grip.row.notice = publishing.publish(actor, notices.extension(grip.lot, terms, grip.row.notice), at=at)
    _set_terms(grip.row, terms, at)
    if terms.deposit.fen > 0:
        deposits.move_due(lot, terms.deposit_until, at=at)
    extended = events.DisclosureExtended(
        lot=lot, round=grip.row.round, apply_until=apply_until, starts_at=starts_at, ends_at=ends_at,
        notice=grip.row.notice,
    )  # fmt: skip
    return journal.record(extended, actor=actor, at=at)


def _in_order(grip: access.Grip, terms: AuctionTerms) -> Verdict:
    timing = terms.format.timing
    latest = timing.ends_at if grip.format.is_joined_late else timing.starts_at
    text = "报名截止时间不能晚于竞价开始（挂牌的不能晚于挂牌结束）"
    return judge(
        [
            (terms.apply_until <= latest, Reason("apply_after_start", text)),
            (not grip.facts.is_prepared, Reason("prepared", "竞价室已经就绪，不能再变更竞价条件")),
        ]
    )


@command
def record_consent(actor: Actor, lot: LotCode, consent: Consent, *, at: datetime) -> Receipt:
    """登记批准单位的书面同意 to the price of this round, before it is announced."""
    grip = access.auction_to_run(actor, lot, Permission.AUCTION_ANNOUNCE)
    whole = bool(consent.authority.strip()) and vault.exists(consent.document)
    judge(
        [
            (AUCTION.may(grip.facts.state, "announce"), Reason("already_announced", "本轮公告已经发布")),
            (whole, Reason("consent_incomplete", "请写明批准单位并上传书面同意")),
            (consent.on <= local_date(at), Reason("consent_later", "书面同意的日期不能晚于今日")),
        ]
    ).require()
    grip.row.consent = kernel_events.body(consent)
    grip.row.save(update_fields=["consent"])
    return journal.record(
        events.ConsentRecorded(lot=lot, round=grip.row.round, consent=consent), actor=actor, at=at
    )


@command
def relist(
    actor: Actor,
    lot: LotCode,
    start: Money,
    reason: str,
    *,
    appraisal: Money | None = None,
    consent: Consent | None = None,
    at: datetime,
) -> Receipt:
    """再次公告: a new round of the same lot. Its price is judged now, and again when it is announced."""
    grip = access.auction_to_run(actor, lot, Permission.AUCTION_ANNOUNCE)
    known = appraisal or (grip.facts.terms.appraisal if grip.facts.terms else None)
    rules.may_relist(
        grip.lot.rulebook, grip.facts, start, known, consent, at, has_new_appraisal=appraisal is not None
    ).require()
    receipt = projects.begin_round(actor, lot, reason, at=at)
    later = access.auction_to_run(actor, lot, Permission.AUCTION_ANNOUNCE).row
    later.first_announced_on = None if appraisal else grip.row.first_announced_on
    later.consent = kernel_events.body(consent) if consent else None
    later.save(update_fields=["first_announced_on", "consent"])
    if consent is None:
        return receipt
    told = events.ConsentRecorded(lot=lot, round=later.round, consent=consent)
    return journal.record(told, actor=actor, at=at)


def _set_terms(row: Auction, terms: AuctionTerms, at: datetime) -> None:
    row.terms, row.starts_at = kernel_events.body(terms), terms.format.timing.starts_at
    row.terms_at = at
    row.save()
