"""解密: one bid from its envelope, the custodians' shares and the bidder's keys (trust §9.5, §10)."""

from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from ggzy.foundation.sealing import content, opening, package
from ggzy.foundation.vault import services as vault
from ggzy.kernel.verdict import Refused
from ggzy.trading.tendering.models import Bid
from ggzy.trading.tendering.queries import envelopes
from ggzy.trading.tendering.values import PRICE_PART, Cause, Decrypted, OpenedFile, Price

IN_MEMORY = 1 << 20


def decrypt(bid: Bid, shares: dict[tuple[str, str], list[bytes]], k: int) -> Decrypted:
    """解密一份投标文件: all its parts, or the finding of the first that does not open (trust §9.5, §10)."""
    try:
        with envelopes.opened(bid.package) as held:
            return _decrypt(bid, held, shares, k)
    except (OSError, Refused) as error:
        return _failed(bid, "F7", Cause.PLATFORM, str(error))


def _decrypt(
    bid: Bid, held: package.Package, shares: dict[tuple[str, str], list[bytes]], k: int
) -> Decrypted:
    secrets = {part: bytes.fromhex(secret) for part, secret in (bid.secrets or {}).items()}
    files, roots, contents = [], [], content.Contents(None, ())
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
                contents = _read(plain)
            plain.seek(0)
            name = f"{bid.bid}-{part.id}"
            digest = vault.put(plain, name=name, media_type="application/octet-stream", owner=bid.party)
            files.append(OpenedFile(part.id, digest, found.size))
    return _read_out(bid, contents.offer, tuple(roots), tuple(files))


def _read(plain: BinaryIO) -> content.Contents:
    """A part that opens but cannot be read is kept as it is; evaluation decides about it (F11)."""
    try:
        return content.read_bundle(plain)
    except Refused:
        return content.Contents(None, ())


def _read_out(
    bid: Bid, offer: content.Offer | None, roots: tuple[str, ...], files: tuple[OpenedFile, ...]
) -> Decrypted:
    if offer is None:
        return Decrypted(bid.bid, roots, files, note="报价文件已解密，但开标一览表无法识别，由评标委员会认定")
    return Decrypted(
        bid=bid.bid,
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
