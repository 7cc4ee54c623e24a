"""解密: one bid from its envelope, the custodians' shares and the bidder's keys (trust §9.5, §10)."""

from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from ggzy.foundation.sealing import content, opening, package
from ggzy.foundation.vault import services as vault
from ggzy.foundation.vault.values import KeptFile
from ggzy.kernel import events
from ggzy.kernel.verdict import Refused
from ggzy.trading.tendering.models import Bid
from ggzy.trading.tendering.queries import envelopes
from ggzy.trading.tendering.values import PRICE_PART, BidState, Cause, Decrypted, OpenedFile, Price

IN_MEMORY = 1 << 20


def decrypt(bid: Bid, shares: dict[tuple[str, str], list[bytes]], k: int, files: list[KeptFile]) -> Decrypted:
    """解密一份投标文件: all its parts, or the finding of the first that does not open (trust §9.5, §10).

    What opened lies on the disk and is added to `files`, for the caller to enter into the vault.
    """
    try:
        with envelopes.opened(bid.package) as held:
            return _decrypt(bid, held, shares, k, files)
    except (OSError, Refused) as error:
        return _failed(bid, "F7", Cause.PLATFORM, str(error))


def _decrypt(
    bid: Bid,
    held: package.Package,
    shares: dict[tuple[str, str], list[bytes]],
    k: int,
    kept: list[KeptFile],
) -> Decrypted:
    secrets = {part: bytes.fromhex(secret) for part, secret in (bid.secrets or {}).items()}
    files, roots, offer = [], [], None
    for part in held.manifest.parts:
        with SpooledTemporaryFile(max_size=IN_MEMORY) as out:
            plain = cast(BinaryIO, out)
            found = opening.open_part(
                held.manifest,
                part.id,
                held.chunks,
                shares=shares.get((bid.bid, part.id), []),
                bidder_secret=secrets.get(part.id),
                threshold=k,
                out=plain,
            )
            if isinstance(found, opening.Failure):
                return _failed(bid, found.code, _cause(found.attribution), _evidence(found))
            roots.append(found.plain_root)
            if part.id == PRICE_PART:
                offer = read_offer(plain)
            plain.seek(0)
            name = f"{bid.bid}-{part.id}"
            kept.append(vault.keep(plain, name=name, media_type="application/octet-stream", owner=bid.party))
            files.append(OpenedFile(part.id, kept[-1].digest, found.size))
    return opened(bid.bid, offer, tuple(roots), tuple(files))


def read_offer(plain: BinaryIO) -> content.Offer | None:
    """开标一览表. A part that opens but cannot be read is kept as it is; evaluation decides (F11)."""
    try:
        return content.read_bundle(plain).offer
    except Refused:
        return None


def opened(
    bid: str, offer: content.Offer | None, roots: tuple[str, ...], files: tuple[OpenedFile, ...]
) -> Decrypted:
    """已解密的结果: what the offer says, or that it cannot be read."""
    if offer is None:
        return Decrypted(bid, roots, files, note="报价文件已解密，但开标一览表无法识别，由评标委员会认定")
    return Decrypted(
        bid=bid,
        roots=roots,
        files=files,
        price=Price(offer.price_kind, offer.amount, offer.rate, offer.text),
        period=offer.period,
        quality=offer.quality,
        leader=offer.leader,
        note="；".join(f"{field.label}：{field.text}" for field in offer.fields),
    )


def _failed(bid: Bid, finding: str, cause: Cause, evidence: str) -> Decrypted:
    return Decrypted(bid.bid, finding=finding, attributed_to=cause, evidence=evidence)


def _cause(attribution: str) -> Cause:
    return Cause.PLATFORM if attribution == "undecided" else Cause(attribution)


def _evidence(found: opening.Failure) -> str:
    seen = "；".join(f"{item.name}={item.value}" for item in found.evidence)
    return f"{found.text}（{seen}）" if seen else found.text


def enter(bid: Bid, outcome: Decrypted, at: datetime) -> None:
    """Writes an outcome onto the row; the caller saves the columns of `ENTERED`."""
    bid.finding, bid.evidence = outcome.finding, outcome.evidence
    bid.attributed_to = outcome.attributed_to if outcome.finding else ""
    if outcome.finding:
        return
    bid.state, bid.opened_at = BidState.OPENED, at
    bid.files = [events.body(file) for file in outcome.files]
    bid.price = events.body(outcome.price) if outcome.price else None
    bid.period, bid.quality = outcome.period, outcome.quality
    bid.leader, bid.note = outcome.leader, outcome.note


ENTERED = [
    "state", "opened_at", "files", "price", "period", "quality", "leader", "note",
    "finding", "attributed_to", "evidence",
]  # fmt: skip
