"""编制与公告: name the custodians, take their keys, announce with a fixed opening plan.

The custodians' keys come first: nobody ever meets an announced tender to which no bid can be sealed, and
no day of the bidders' period passes before they can begin.
"""

from datetime import datetime

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.foundation.sealing.plan import (
    Custodian,
    KeyStatement,
    OpeningPlan,
    PlanPart,
    Stage,
    check_statement,
    may_plan,
)
from ggzy.foundation.vault import queries as vault
from ggzy.foundation.vault import services as vault_services
from ggzy.kernel import events as kernel_events
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Permission, Role
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.registers.catalog import queries as catalog
from ggzy.trading.deposits import services as deposits
from ggzy.trading.objections import services as objections
from ggzy.trading.objections.values import Stage as ObjectionStage
from ggzy.trading.projects import queries as project_queries
from ggzy.trading.projects import services as projects
from ggzy.trading.projects.values import CustodyPlan, Phase
from ggzy.trading.tendering import access, events, queries, rules
from ggzy.trading.tendering.lifecycle import TENDER
from ggzy.trading.tendering.models import CustodianKey, Documents, Invitee, Tender
from ggzy.trading.tendering.rules import drafting
from ggzy.trading.tendering.services import publishing
from ggzy.trading.tendering.values import PARTS, STAGE, DocumentFile, TenderState, TenderTerms

AFTER = "bidding.closed"


@command
def prepare(actor: Actor, lot: LotCode, custody: CustodyPlan, *, at: datetime) -> Receipt:
    """编制招标: names the custodians of this round. Naming others again voids the keys already posted."""
    grip = access.tender_to_run(actor, lot, Permission.TENDER_PREPARE)
    strangers = tuple(
        holder.name for holder in custody.holders if not _is_custodian(holder.person, holder.organisation)
    )
    rules.may_prepare(grip.facts, grip.lot, custody, strangers).require()
    CustodianKey.objects.filter(tender=grip.row).delete()
    grip.row.custody, grip.row.keys_posted = kernel_events.body(custody), []
    grip.row.save(update_fields=["custody", "keys_posted"])
    fact = events.TenderPrepared(lot=lot, round=grip.row.round, method=grip.row.method, custody=custody)
    return journal.record(fact, actor=actor, at=at)


def _is_custodian(person: str, organisation: CreditCode) -> bool:
    return any(
        held.role is Role.CUSTODIAN and held.organisation == organisation
        for held in identity.memberships(person)
    )


@command
def post_custodian_key(actor: Actor, lot: LotCode, statement: KeyStatement, *, at: datetime) -> Receipt:
    """提交开标公钥: a key made for this tender alone, signed with the custodian's certificate."""
    grip, holder = access.tender_of_custodian(actor, lot, Permission.KEY_POST)
    certificate = _own_certificate(actor, statement.who, at)
    _may_post(grip, holder.x, statement).require()
    check_statement(statement, certificate).require()
    CustodianKey.objects.create(tender=grip.row, x=holder.x, statement=statement.body(), posted_at=at)
    grip.row.keys_posted = sorted([*grip.row.keys_posted, holder.x])
    grip.row.save(update_fields=["keys_posted"])
    body = statement.body()
    fact = events.CustodianKeyPosted(
        lot=lot,
        round=grip.row.round,
        x=holder.x,
        organisation=holder.organisation,
        certificate=statement.who,
        key=str(body["pub"]),
        signature=str(body["sig"]),
    )
    return journal.record(fact, actor=actor, at=at)


def _own_certificate(actor: Actor, fingerprint: str, at: datetime) -> bytes:
    for held in identity.certificates(at, person=actor.person):
        if held.fingerprint == fingerprint:
            return held.certificate_pem
    raise Missing("没有找到这份证书，或者它没有绑定到您的账号")


def _may_post(grip: access.Grip, x: int, statement: KeyStatement) -> Verdict:
    return judge(
        [
            (
                TENDER.may(grip.facts.state, "prepare"),
                Reason("not_drafted", "招标公告已经发布，公钥不能再改"),
            ),
            (x not in grip.facts.keys_posted, Reason("key_posted", "您已经提交过本标段的公钥")),
            (
                (statement.lot, statement.round) == (grip.lot.code, grip.row.round),
                Reason("other_tender", "公钥声明属于另一个标段或另一轮招标"),
            ),
        ]
    )


@command
def announce(
    actor: Actor,
    lot: LotCode,
    terms: TenderTerms,
    *,
    invitees: tuple[CreditCode, ...] = (),
    at: datetime,
) -> Receipt:
    """发布招标公告: dates against the rulebook, the opening plan fixed, the notice published, all at once."""
    grip = access.tender_to_run(actor, lot, Permission.TENDER_ANNOUNCE)
    calendar, method = catalog.calendar(), queries.method(grip.row.method)
    verdict = rules.may_announce(grip.lot, grip.facts, terms, method, invitees, calendar, at)
    barred = project_queries.gate(grip.lot, (grip.lot.agency,), at, as_agency=True)
    (verdict & barred & _are_stored(terms.documents)).require()
    assert grip.facts.custody is not None, "judged above"
    plan = _plan(grip, terms)
    may_plan(plan).require()
    projects.advance(lot, Phase.CONTESTED, at)
    _place(grip.row, terms, plan, invitees, at)
    _open_deposit_and_objections(actor, grip, terms, at)
    notice = ""
    if method.is_public:
        notice = publishing.publish(actor, drafting.tender_notice(grip.lot, terms, grip.facts.custody), at=at)
    Tender.objects.filter(pk=grip.row.pk).update(notice=notice)
    vault_services.publish([file.digest for file in terms.documents], at=terms.sale_start)
    announced = events.TenderAnnounced(
        lot=lot,
        round=grip.row.round,
        method=grip.row.method,
        terms=terms,
        documents=grip.row.documents_digest,
        plan=plan.digest,
        notice=notice,
        warnings=tuple(reason.code for reason in rules.warnings(grip.lot, terms, calendar, at)),
    )
    fixed = events.OpeningPlanFixed(lot=lot, round=grip.row.round, plan=plan, digest=plan.digest)
    invited = events.BiddersInvited(lot=lot, round=grip.row.round, invitees=invitees)
    return journal.record_all([fixed, *([invited] if invitees else []), announced], actor=actor, at=at)


def _are_stored(files: tuple[DocumentFile, ...]) -> Verdict:
    missing = [file.name for file in files if not vault.exists(file.digest)]
    return judge(
        [
            (
                not missing,
                Reason("document_missing", f"文件还没有到达平台：{'、'.join(missing)}", remedy="请重新上传"),
            )
        ]
    )


def _plan(grip: access.Grip, terms: TenderTerms) -> OpeningPlan:
    custody = grip.facts.custody
    assert custody is not None, "judged above"
    statements = {
        key.x: KeyStatement.read(key.statement) for key in CustodianKey.objects.filter(tender=grip.row)
    }
    return OpeningPlan(
        lot=grip.lot.code,
        round=grip.row.round,
        deadline=terms.deadline,
        min_bids=int(grip.lot.rulebook.number("tender.bidders_min").value),
        stages=(
            Stage(STAGE, AFTER, tuple(PlanPart(code, name, pad=terms.pad_bytes) for code, name in PARTS)),
        ),
        threshold=custody.k,
        custodians=tuple(
            Custodian.of(
                statements[holder.x], x=holder.x, name=holder.name, org=holder.organisation, kind=holder.kind
            )
            for holder in custody.holders
        ),
        bidder_window_s=terms.bidder_window_s,
        custodian_window_s=terms.custodian_window_s,
        remedy=terms.remedy,
    )


def _place(
    row: Tender, terms: TenderTerms, plan: OpeningPlan, invitees: tuple[CreditCode, ...], at: datetime
) -> None:
    files = [kernel_events.body(file) for file in terms.documents]
    row.state = TENDER.after(TenderState(row.state), "announce")
    row.terms, row.plan, row.plan_digest = kernel_events.body(terms), plan.body(), plan.digest
    row.documents_version, row.documents_digest = 1, rules.documents_digest(terms.documents)
    row.deadline, row.deadline_set_at, row.announced_at = terms.deadline, at, at
    row.save()
    Documents.objects.create(
        tender=row, version=1, digest=row.documents_digest, files=files, issued_at=terms.sale_start
    )
    Invitee.objects.bulk_create(Invitee(tender=row, party=party) for party in dict.fromkeys(invitees))


def _open_deposit_and_objections(actor: Actor, grip: access.Grip, terms: TenderTerms, at: datetime) -> None:
    if terms.deposit.fen > 0:
        valid_until = drafting.valid_until(terms, terms.deadline)
        deposits.require(
            actor, grip.lot.code, terms.deposit, due=terms.deadline, valid_until=valid_until,
            by_credit=terms.deposit_by_credit, floor=terms.floor.amount if terms.floor else None, at=at,
        )  # fmt: skip
    objections.open_window(
        grip.lot.code, ObjectionStage.DOCUMENT, opens=at, closes=terms.deadline, parties=None, at=at
    )
