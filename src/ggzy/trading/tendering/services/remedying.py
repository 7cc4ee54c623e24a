"""补救: a bid whose key is lost or whose envelope is faulty opens by its plaintext (trust §10).

The plaintext counts only if it is, byte for byte, what was sealed: its commitment stands in the manifest.
No trust is needed and no advantage given.
"""

from collections.abc import Iterable

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.foundation.sealing import suites
from ggzy.foundation.sealing.container import Root, blocks, pieces
from ggzy.foundation.sealing.manifest import Manifest
from ggzy.foundation.sealing.opening import Failure, is_same_plaintext, join_shares
from ggzy.foundation.vault import queries as vault
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Permission
from ggzy.kernel.verdict import Reason, Refused
from ggzy.trading.tendering import access, events, queries, rules
from ggzy.trading.tendering.queries import ceremony, envelopes
from ggzy.trading.tendering.services.decrypting import ENTERED, enter, opened, read_offer
from ggzy.trading.tendering.values import PRICE_PART, BidState, OpenedFile


@command
def supply_plaintext(actor: Actor, lot: LotCode, files: tuple[OpenedFile, ...]) -> Receipt:
    """提交明文补救: the payload of every part, already in the vault, within the bidders' window."""
    grip = access.tender_for_bidding(actor, lot, Permission.KEY_RELEASE)
    bid = queries.own_bid(grip.row, actor.organisation) if actor.organisation else None
    if bid is None:
        raise Missing()
    opening = ceremony.of_tender(grip.row, grip.at, is_counted=False)
    rules.may_remedy(grip.facts, opening, BidState(bid.state), grip.at).require()
    assert opening is not None, "judged above"
    manifest, shares = envelopes.manifest(bid.package), ceremony.shares_of(grip.row, [bid.bid])
    given = {file.part: file for file in files}
    parts = tuple(
        _proven(manifest, part.id, given.get(part.id), shares.get((bid.bid, part.id), ()), opening.k)
        for part in manifest.parts
    )
    files = tuple(given[part.part] for part in parts)
    with vault.open_file(given[PRICE_PART].digest) as plaintext:
        offer = read_offer(plaintext)
    enter(bid, opened(bid.bid, offer, tuple(part.root for part in parts), files), grip.at)
    bid.save(update_fields=ENTERED)
    told: list[object] = [
        events.BidRemedied(lot=lot, round=grip.row.round, bid=bid.bid),
        events.BidDecrypted(lot=lot, round=grip.row.round, bid=bid.bid, parts=parts),
    ]
    return journal.record_all(told, actor=actor, at=grip.at)


def _proven(
    manifest: Manifest, part: str, file: OpenedFile | None, shares: Iterable[bytes], k: int
) -> events.PartFacts:
    """The root of a plaintext that is what was sealed. Raises Refused for anything else."""
    if file is None:
        raise Refused([Reason("part_missing", f"没有提交分册“{part}”的明文")])
    secret = join_shares(manifest, part, list(shares), k)
    if isinstance(secret, Failure):
        raise Refused(
            [Reason("not_provable", f"分册“{part}”的份额不能合成密钥，无法核对明文：{secret.text}")]
        )
    root = Root(suites.suite(manifest.suite))
    with vault.open_file(file.digest) as plaintext:
        if not is_same_plaintext(manifest, part, secret, plaintext, file.bytes):
            text = f"分册“{part}”的明文与密封时的承诺不一致"
            raise Refused([Reason("plaintext_differs", text, remedy="请提交加密时的原文件，不能有任何改动")])
        plaintext.seek(0)
        for block in blocks(pieces(plaintext), file.bytes):
            root.add(block)
    return events.PartFacts(part, root.value().hex(), file.bytes)
