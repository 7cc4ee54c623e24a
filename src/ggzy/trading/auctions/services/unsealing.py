"""密封报价: keys held by custodians, offers sealed to their plan, opened by k of them after the end.

The press in the room names the digest of the manifest. What does not open is told with its finding and
does not count; nobody, the platform least, reads an offer before the room waits for it (trust §7, policy K).
"""

from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.journal import queries as clock
from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.foundation.sealing import content, envelope, manifest, opening
from ggzy.foundation.sealing.custody import check_share
from ggzy.foundation.sealing.plan import (
    Custodian,
    KeyStatement,
    OpeningPlan,
    PlanPart,
    Stage,
    check_statement,
    may_plan,
)
from ggzy.foundation.vault import services as vault
from ggzy.kernel import events as kernel_events
from ggzy.kernel import merkle
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Permission, Role
from ggzy.kernel.verdict import Reason, Refused, Verdict, judge
from ggzy.trading.auctions import access, events, queries
from ggzy.trading.auctions.models import Auction, OfferFile, OfferKey, OfferRecord
from ggzy.trading.auctions.rules import custody as rules
from ggzy.trading.auctions.services.conducting import unseal
from ggzy.trading.auctions.values import AuctionTerms, Measure, Opened, Room, Sealed
from ggzy.trading.auctions.values.custody import PART, STAGE, OfferShare
from ggzy.trading.projects.values import CustodyPlan, Holder

BYTES_MAX, PAD = 64 * 1024, 4096
UNSEALING = "phase.began"


@command
def name_custody(actor: Actor, lot: LotCode, custody: CustodyPlan, *, at: datetime) -> Receipt:
    """确定报价密钥保管人, before the notice. Naming others again voids the keys already posted."""
    grip = access.auction_to_run(actor, lot, Permission.AUCTION_ANNOUNCE)
    strangers = tuple(one.name for one in custody.holders if not _is_custodian(one))
    is_sealed = grip.format.is_sealed
    rules.may_name_custody(grip.facts, grip.lot, custody, strangers, is_sealed=is_sealed).require()
    OfferKey.objects.filter(auction=grip.row).delete()
    grip.row.custody = kernel_events.body(custody)
    grip.row.save(update_fields=["custody"])
    named = events.OfferCustodyNamed(lot=lot, round=grip.row.round, custody=custody)
    return journal.record(named, actor=actor, at=at)


def _is_custodian(holder: Holder) -> bool:
    return any(
        held.role is Role.CUSTODIAN and held.organisation == holder.organisation
        for held in identity.memberships(holder.person)
    )


@command
def post_offer_key(actor: Actor, lot: LotCode, statement: KeyStatement, *, at: datetime) -> Receipt:
    """提交保管人公钥: made for this auction alone, signed with the custodian's certificate."""
    grip, holder = access.auction_of_custodian(actor, lot, Permission.KEY_POST)
    certificate = next(
        (held.certificate_pem for held in identity.certificates(at, person=actor.person)
         if held.fingerprint == statement.who),
        None,
    )  # fmt: skip
    if certificate is None:
        raise Missing("没有找到这份证书，或者它没有绑定到您的账号")
    same = (statement.lot, statement.round) == (lot, grip.row.round)
    judge(
        [
            (grip.row.plan is None, Reason("already_announced", "本轮公告已经发布，公钥不能再改")),
            (holder.x not in queries.keys_posted(grip.row), Reason("key_posted", "您已经提交过公钥")),
            (same, Reason("other_auction", "公钥声明属于另一个标的或另一轮竞价")),
        ]
    ).require()
    check_statement(statement, certificate).require()
    OfferKey.objects.create(auction=grip.row, x=holder.x, statement=statement.body())
    posted = events.OfferKeyPosted(
        lot=lot, round=grip.row.round, x=holder.x, organisation=holder.organisation,
        certificate=statement.who,
    )  # fmt: skip
    return journal.record(posted, actor=actor, at=at)


def ready(row: Auction) -> Verdict:
    """保管人与公钥是否齐备."""
    return rules.has_keys(queries.custody_of(row), len(queries.keys_posted(row)))


def fix_plan(row: Auction, terms: AuctionTerms) -> events.OfferPlanFixed:
    """报价开启方案, with the notice: nothing in it changes afterwards. The fact."""
    custody = queries.custody_of(row)
    assert custody is not None, "judged before"
    keys = {key.x: KeyStatement.read(key.statement) for key in OfferKey.objects.filter(auction=row)}
    plan = OpeningPlan(
        lot=LotCode(row.lot_id),
        round=row.round,
        deadline=terms.format.timing.ends_at,
        min_bids=terms.format.bidders_min,
        stages=(Stage(STAGE, UNSEALING, (PlanPart(PART, "报价", PAD, BYTES_MAX),)),),
        threshold=custody.k,
        custodians=tuple(
            Custodian.of(keys[one.x], x=one.x, name=one.name, org=one.organisation, kind=one.kind)
            for one in custody.holders
        ),
        policy="K",
        bidder_window_s=0,
        remedy="none",
    )
    may_plan(plan).require()
    row.plan = plan.body()
    row.save(update_fields=["plan"])
    return events.OfferPlanFixed(lot=plan.lot, round=row.round, plan=plan, digest=plan.digest)


def hold_offer(actor: Actor, lot: LotCode, data: BinaryIO | bytes) -> str:
    """收下密封报价文件: checked whole, kept in the vault. The digest of its manifest, for the press.

    No command: it is not an offer yet, and nothing is told. Raises Refused, Missing.
    """
    party = actor.organisation
    if party is None or not actor.has(Permission.APPLICATION_FILE):
        raise Missing()
    facts, row = access.current(lot)
    held = queries.room_row(lot, facts.round)
    room = queries.restored(held, lot, facts.round)[0] if held else None
    paddle = queries.paddle_of(lot, facts.round, party)
    plan = queries.offer_plan(lot, facts.round)
    rules.may_hold_offer(room, paddle, has_plan=plan is not None).require()
    assert plan is not None, "judged above"
    digest = vault.put(
        data, name="报价.sbe", media_type="application/octet-stream", owner=party, cap=4 * BYTES_MAX
    )
    with queries.offer_package(digest) as opened:
        verdict = manifest.check_manifest(opened.manifest_bytes, opened.signature, opened.certificate, plan)
        verdict.require()
        verdict &= envelope.check_chunks(opened.manifest, PART, opened.chunks)
        (verdict & _signer(opened.manifest.bidder, party)).require()
        named = opened.manifest.digest
    OfferFile.objects.get_or_create(auction=row, manifest=named, defaults={"party": party, "package": digest})
    return named


def _signer(signer: manifest.Signer, party: CreditCode) -> Verdict:
    bound = {held.fingerprint for held in identity.certificates(clock.now(), party=party)}
    return judge(
        [
            (signer.org == party, Reason("other_bidder", "报价文件由另一单位签名")),
            (signer.cert in bound, Reason("certificate", "签名证书没有绑定到本单位，或者已经过期、停用")),
        ]
    )


@command
def release_offer_shares(actor: Actor, lot: LotCode, shares: tuple[OfferShare, ...]) -> Receipt:
    """释放份额: one custodian, all offers of the turn at once; a share that fails its check is not kept."""
    grip, holder = access.auction_of_custodian(actor, lot, Permission.SHARE_RELEASE)
    room, *_ = queries.restored(access.room_of(grip.row), lot, grip.row.round)
    given = {share.manifest: share.record for share in shares}
    wanted = {one.digest for one in room.sealed} & set(given)
    done = queries.released(grip.row, room.turn)
    rules.may_release(room, holder.x, done, len(wanted)).require()
    files = queries.offer_files(grip.row)
    good = {
        digest: given[digest]
        for digest in sorted(wanted)
        if digest in files and _is_good(files[digest].package, holder.x, given[digest])
    }
    records = list(good.items())
    OfferRecord.objects.bulk_create(
        OfferRecord(auction=grip.row, turn=room.turn, x=holder.x, manifest=digest, record=record)
        for digest, record in [("", b""), *records]
    )
    root = merkle.root([merkle.leaf_hash(record) for _, record in records])
    fact = events.OfferSharesReleased(
        lot=lot, round=grip.row.round, turn=room.turn, x=holder.x, good=len(good),
        bad=len(wanted) - len(good), root=f"sha256:{root.hex()}",
    )  # fmt: skip
    return journal.record(fact, actor=actor, at=grip.at)


def _is_good(package: str, x: int, record: bytes) -> bool:
    with queries.offer_package(package) as opened:
        return len(record) > 1 and record[1] == x and check_share(opened.manifest, PART, record).ok


@command
def open_offers(actor: Actor, lot: LotCode) -> Receipt:
    """开启密封报价, once k custodians have released: every one received, readable or with its finding."""
    grip = access.auction_to_run(actor, lot, Permission.AUCTION_CONDUCT)
    room, *_ = queries.restored(access.room_of(grip.row), lot, grip.row.round)
    custody = queries.custody_of(grip.row)
    if custody is None:
        raise Missing()
    rules.may_open(room, custody, queries.released(grip.row, room.turn)).require()
    files = queries.offer_files(grip.row)
    opened = [_open(grip, room, one, files.get(one.digest), custody.k) for one in room.sealed]
    unopened = [fact for _, fact in opened if fact is not None]
    if unopened:
        journal.record_all(unopened, actor=actor, at=grip.at)
    return unseal(actor, lot, tuple(offer for offer, _ in opened))


def _open(
    grip: access.Grip, room: Room, sealed: Sealed, file: OfferFile | None, k: int
) -> tuple[Opened, events.SealedOfferUnopened | None]:
    """One sealed offer: what it says, and the finding where it says nothing."""
    if file is None or queries.paddle_of(grip.lot.code, room.round, CreditCode(file.party)) != sealed.paddle:
        return _unopened(room, sealed, "F11", "bidder", "没有收到这份报价文件，或者它不是该号牌的")
    records = OfferRecord.objects.filter(auction=grip.row, turn=room.turn, manifest=sealed.digest)
    shares = [bytes(record) for record in records.order_by("x").values_list("record", flat=True)]
    try:
        with queries.offer_package(file.package) as held, SpooledTemporaryFile(max_size=BYTES_MAX) as out:
            plain = cast(BinaryIO, out)
            found = opening.open_part(
                held.manifest, PART, held.chunks, shares=shares, bidder_secret=None, threshold=k, out=plain
            )
            if isinstance(found, opening.Failure):
                return _unopened(room, sealed, found.code, found.attribution, found.text)
            return _read(room, sealed, plain)
    except (OSError, Refused) as error:
        return _unopened(room, sealed, "F7", "platform", str(error))


def _read(room: Room, sealed: Sealed, plain: BinaryIO) -> tuple[Opened, events.SealedOfferUnopened | None]:
    try:
        told = content.read_bundle(plain).offer
    except Refused as refused:
        return _unopened(room, sealed, "F11", "bidder", str(refused.reasons[0]))
    amount = rules.amount_of(told, Measure(room.scale.measure))
    if amount is None:
        return _unopened(room, sealed, "F11", "bidder", "报价文件中没有可识别的报价")
    return Opened(sealed.paddle, amount), None


def _unopened(
    room: Room, sealed: Sealed, finding: str, attributed_to: str, evidence: str
) -> tuple[Opened, events.SealedOfferUnopened]:
    fact = events.SealedOfferUnopened(
        lot=room.lot, round=room.round, paddle=sealed.paddle, finding=finding,
        attributed_to=attributed_to, evidence=evidence,
    )  # fmt: skip
    return Opened(sealed.paddle, None), fact
