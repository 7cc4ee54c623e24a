"""开标: shares from the custodians, keys from the bidders, and the bids open as both come together."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.foundation.sealing.custody import check_share
from ggzy.foundation.sealing.opening import check_bidder_secret
from ggzy.foundation.vault import services as vault
from ggzy.foundation.vault.values import KeptFile
from ggzy.kernel import merkle
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Permission
from ggzy.kernel.verdict import Reason, Refused
from ggzy.trading.projects import queries as projects
from ggzy.trading.tendering import access, events, queries, rules
from ggzy.trading.tendering.models import Bid, CustodianKey, Opening, Share
from ggzy.trading.tendering.queries import ceremony, envelopes
from ggzy.trading.tendering.services.decrypting import ENTERED, decrypt, enter
from ggzy.trading.tendering.values import STAGE, BidState, Cause, Decrypted, PartSecret, ShareRecord

BATCH = 200
WRONG_KEY = Reason(
    "wrong_key",
    "这把密钥打不开您的投标文件",
    remedy="请使用递交这份投标文件时保存的密钥文件（.sbekey），解密时间结束前可以重试",
)
ENTERED_BEFORE = "already_entered"


@command
def sign_in(actor: Actor, lot: LotCode) -> Receipt:
    """开标签到. Nobody has to: a bid opens without it."""
    grip = access.tender_for_bidding(actor, lot, Permission.KEY_RELEASE)
    bid = _own(grip, actor.organisation)
    if bid.state != BidState.SUBMITTED or grip.facts.closed_at is None:
        raise Refused([Reason("not_opening", "本标段不在开标过程中")])
    Bid.objects.filter(pk=bid.pk).update(signed_in_at=grip.at)
    return journal.record(
        events.BidderSignedIn(lot=lot, round=grip.row.round, bid=bid.bid), actor=actor, at=grip.at
    )


@command
def release_shares(actor: Actor, lot: LotCode, records: tuple[ShareRecord, ...]) -> Receipt:
    """释放密钥份额: one custodian, all bids of the opening set at once (trust §9.4).

    A share that fails its public check (F3) is counted and not kept; others' shares stand in for it. One
    that the bidder wrapped wrongly is not among the records at all.
    """
    grip, holder = access.tender_of_custodian(actor, lot, Permission.SHARE_RELEASE)
    opening = ceremony.of_tender(grip.row, grip.at)
    bids = {bid.bid: bid for bid in ceremony.in_set(grip.row)}
    offered = {(record.bid, record.part): record.record for record in records if record.bid in bids}
    rules.may_release_shares(grip.facts, opening, holder.x, len(offered)).require()
    good = [
        Share(tender=grip.row, x=holder.x, bid=bid, part=part, record=record)
        for bid, held in bids.items()
        for part, record in _checked(held, holder.x, offered)
    ]
    Share.objects.bulk_create(good, batch_size=1_000)
    _mark_released(grip, holder.x)
    leaves = [merkle.leaf_hash(bytes(share.record)) for share in good]
    fact = events.SharesReleased(
        lot=lot,
        round=grip.row.round,
        x=holder.x,
        stage=STAGE,
        good=len(good),
        bad=len(offered) - len(good),
        root="sha256:" + merkle.root(leaves).hex(),
    )
    return journal.record(fact, actor=actor, at=grip.at)


def _checked(bid: Bid, x: int, offered: dict[tuple[str, str], bytes]) -> list[tuple[str, bytes]]:
    manifest = envelopes.manifest(bid.package)
    found = []
    for part in manifest.parts:
        record = offered.get((bid.bid, part.id), b"")
        if len(record) > 1 and record[1] == x and check_share(manifest, part.id, record).ok:
            found.append((part.id, record))
    return found


def _mark_released(grip: access.Grip, x: int) -> None:
    """A holder counts towards the threshold once it has released; a share that is missing or bad shows in
    the finding of its bid."""
    row = Opening.objects.get(tender=grip.row)
    row.shares_released = sorted({*row.shares_released, x})
    row.save(update_fields=["shares_released"])
    CustodianKey.objects.filter(tender=grip.row, x=x).update(released_at=grip.at)


@command
def release_bidder_key(actor: Actor, lot: LotCode, secrets: tuple[PartSecret, ...]) -> Receipt:
    """投标人解密: the secret of every part, checked against the manifest; a wrong one may be tried again."""
    grip = access.tender_for_bidding(actor, lot, Permission.KEY_RELEASE)
    bid = _own(grip, actor.organisation)
    rules.may_release_key(
        grip.facts,
        ceremony.of_tender(grip.row, grip.at, is_counted=False),
        BidState(bid.state),
        grip.at,
        released=bid.secrets is not None,
    ).require()
    manifest = envelopes.manifest(bid.package)
    given = {secret.part: secret.secret for secret in secrets}
    if any(check_bidder_secret(manifest, part.id, given.get(part.id)) for part in manifest.parts):
        raise Refused([WRONG_KEY])
    Bid.objects.filter(pk=bid.pk).update(secrets={part: secret.hex() for part, secret in given.items()})
    return journal.record(
        events.BidderKeyReleased(lot=lot, round=grip.row.round, bid=bid.bid), actor=actor, at=grip.at
    )


def _own(grip: access.Grip, party: CreditCode | None) -> Bid:
    bid = queries.own_bid(grip.row, party) if party is not None else None
    if bid is None:
        raise Missing()
    return bid


@command
def extend_window(
    actor: Actor, lot: LotCode, minutes: int, reason: str, *, cause: Cause = Cause.PLATFORM
) -> Receipt:
    """延长解密时间, for all alike: an outage of ours (F10) or late custodians (F4)."""
    grip = access.tender_to_run(actor, lot, Permission.OPENING_CONDUCT)
    rules.may_extend_window(grip.facts, ceremony.of_tender(grip.row, grip.at), minutes, reason).require()
    row = Opening.objects.get(tender=grip.row)
    more = timedelta(minutes=minutes)
    bidders, custodians = ceremony.windows(row, LotCode(lot), grip.at)
    row.bidder_window_until = max(bidders, grip.at) + more
    row.custodian_window_until = max(custodians, grip.at) + more
    row.windows_set_at = grip.at
    row.extensions += 1
    row.save()
    fact = events.WindowExtended(
        lot=lot,
        round=grip.row.round,
        cause=cause,
        bidder_window_until=row.bidder_window_until,
        custodian_window_until=row.custodian_window_until,
        reason=reason.strip(),
    )
    return journal.record(fact, actor=actor, at=grip.at)


def open_bids(actor: Actor, lot: LotCode) -> int:
    """解密 whatever both keys are there for, in batches; the number of bids looked at.

    Decrypting reads only, outside any lock; each batch is then entered by a command of its own.
    """
    row = queries.row_of(lot, projects.lot(lot).round)
    if row is None or row.custody is None:
        return 0
    k, done = row.custody["k"], 0
    for number in count():
        bids = ceremony.openable(row, k, BATCH)
        if not bids:
            return done
        shares = ceremony.shares_of(row, [bid.bid for bid in bids])
        files: list[KeptFile] = []
        outcomes = tuple(decrypt(bid, shares, k, files) for bid in bids)
        vault.enter(files)
        batch = replace(actor, request=f"{actor.request}/{number}/{bids[0].bid}")
        try:
            enter_decrypted(batch, lot, outcomes)
        except Refused as refused:
            if refused.reasons[0].code != ENTERED_BEFORE:
                raise
            return done  # another process is at it, and opens the rest too
        done += len(outcomes)
    raise AssertionError("unreachable")


@command
def enter_decrypted(actor: Actor, lot: LotCode, outcomes: tuple[Decrypted, ...]) -> Receipt:
    """登记解密结果 of one batch. Prices stay closed until all are open or the window is over."""
    grip = access.tender_to_run(actor, lot, Permission.OPENING_CONDUCT)
    rows = {
        bid.bid: bid
        for bid in ceremony.in_set(grip.row).filter(
            bid__in=[outcome.bid for outcome in outcomes], state=BidState.SUBMITTED, finding=""
        )
    }
    fresh = [outcome for outcome in outcomes if outcome.bid in rows]
    if not fresh:
        raise Refused([Reason(ENTERED_BEFORE, "这些投标文件的解密结果已经登记")])
    for outcome in fresh:
        enter(rows[outcome.bid], outcome, grip.at)
    Bid.objects.bulk_update(rows.values(), ENTERED, batch_size=200)
    return journal.record_all([_fact(grip, outcome) for outcome in fresh], actor=actor, at=grip.at)


def _fact(grip: access.Grip, outcome: Decrypted) -> object:
    if outcome.finding:
        return events.BidNotOpened(
            lot=grip.lot.code,
            round=grip.row.round,
            bid=outcome.bid,
            finding=outcome.finding,
            attributed_to=outcome.attributed_to,
            evidence=outcome.evidence,
        )
    return events.BidDecrypted(
        lot=grip.lot.code,
        round=grip.row.round,
        bid=outcome.bid,
        parts=tuple(
            events.PartFacts(file.part, root, file.bytes)
            for file, root in zip(outcome.files, outcome.roots, strict=True)
        ),
    )
