"""./ggzy bench sealing: what it costs to seal a bid, to open thirty, and to stream a large file.

The figures are medians of single operations on one core; memory is the peak of the large file.
"""

import argparse
import io
import json
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

from ggzy.foundation.identity.providers import software
from ggzy.foundation.sealing import custody, envelope, keyfile, manifest, opening, plan, suites
from ggzy.foundation.sealing.chunks import ChunkStore, FolderChunks
from ggzy.foundation.sealing.envelope import Payload, Sealed
from ggzy.foundation.sealing.plan import Custodian, CustodianKind, OpeningPlan, PlanPart, Stage
from ggzy.kernel.codes import CreditCode, LotCode, RegionCode

MADE = datetime(2026, 1, 20, tzinfo=UTC)
MEBIBYTE = 1024 * 1024
KINDS: tuple[CustodianKind, ...] = ("centre", "supervisor", "owner", "notary", "audit")
PARTS = ("qualification", "business", "price")
REGION = RegionCode("980100")
SUITE = suites.suite("W1")


@dataclass(frozen=True)
class Cast:
    """A tender with five custodians, and one bidder."""

    plan: OpeningPlan
    keys: tuple[bytes, ...]
    bidder: CreditCode
    certificate: bytes
    signing_key: bytes


@dataclass(frozen=True)
class Zeros:
    """A file of that many bytes that lies on no disk."""

    size: int

    def read(self) -> Iterator[bytes]:
        block = bytes(MEBIBYTE)
        for _ in range(self.size // MEBIBYTE):
            yield block


def main() -> int:
    parser = argparse.ArgumentParser("./ggzy bench sealing")
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    parser.add_argument("--bids", type=int, default=30, help="bids of the opening")
    parser.add_argument("--stream", type=int, default=256, help="MiB of the large file")
    asked = parser.parse_args()
    # First, because the peak of memory is that of the process so far.
    figures = _stream(_cast(MEBIBYTE, parts=("business",)), asked.stream)
    for name, pad in (("4_kib", 4096), ("4_mib", 4 * MEBIBYTE)):
        figures |= _parts(_cast(pad), name, asked.bids)
    if asked.json:
        print(json.dumps(figures, indent=2))
    else:
        for name, value in figures.items():
            print(f"{name:36} {value:10.2f}")
    print(
        f"sealing: {figures['seal_ms_per_part_4_kib']:.1f} ms a part · opening {asked.bids} bids, 3 of 5: "
        f"{figures['open_s_4_kib']:.2f} s · {figures['seal_mib_per_s']:.0f} MiB/s · "
        f"{figures['peak_memory_mib']:.0f} MiB of memory"
    )
    return 0


def _cast(pad: int, parts: tuple[str, ...] = PARTS) -> Cast:
    authority = software.found("bench", MADE)
    lot = LotCode.make(
        category="A01",
        platform=CreditCode.make(authority="12", region=REGION, serial=1),
        on=MADE.date(),
        serial=1,
    )
    custodians, keys = [], []
    for x, kind in enumerate(KINDS, start=1):
        organisation = CreditCode.make(region=REGION, serial=x)
        certificate, pem = authority.issue(f"custodian {x}", organisation, MADE)
        key = SUITE.new_key()
        statement = plan.state_key(
            lot, 1, suites.fingerprint(certificate), SUITE.public_of(key), suites.private_from_pem(pem)
        )
        custodians.append(Custodian.of(statement, x=x, name=str(x), org=organisation, kind=kind))
        keys.append(key)
    bidder = CreditCode.make(region=REGION, serial=99)
    certificate, pem = authority.issue("bidder", bidder, MADE)
    stages = (Stage("open-1", "bidding.closed", tuple(PlanPart(part, part, pad) for part in parts)),)
    made = OpeningPlan(lot, 1, MADE, 3, stages, 3, tuple(custodians))
    return Cast(made, tuple(keys), bidder, certificate, suites.private_from_pem(pem))


def _seal(cast: Cast, content: bytes | Payload, bid: int, into: ChunkStore | None = None) -> Sealed:
    return envelope.seal(
        cast.plan,
        {part.id: content for part in cast.plan.parts},
        bid=str(bid),
        gen=1,
        prev=None,
        bidder=cast.bidder,
        documents="sha256:00",
        certificate=cast.certificate,
        signing_key=cast.signing_key,
        made=MADE,
        into=into,
    )


def _parts(cast: Cast, name: str, bids: int) -> dict[str, float]:
    """Seal, check and open `bids` bids of three parts each."""
    sealed: list[Sealed] = []
    sealing = _times(lambda number: sealed.append(_seal(cast, b"1980000.00", number)), bids)
    checking = _times(lambda number: _check(cast, sealed[number]), bids)
    released: list[dict[str, list[bytes]]] = []
    releasing = _times(lambda number: released.append(_release(cast, sealed[number])), bids)
    start = perf_counter()
    for number in range(bids):
        _open(sealed[number], released[number])
    parts = len(cast.plan.parts)
    return {
        f"seal_ms_per_part_{name}": median(sealing) * 1000 / parts,
        f"check_ms_per_bid_{name}": median(checking) * 1000,
        f"release_3_shares_ms_per_bid_{name}": median(releasing) * 1000,
        f"open_s_{name}": perf_counter() - start,
    }


def _times(run: Callable[[int], object], times: int) -> list[float]:
    taken = []
    for number in range(times):
        start = perf_counter()
        run(number)
        taken.append(perf_counter() - start)
    return taken


def _check(cast: Cast, sealed: Sealed) -> None:
    verdict = manifest.check_manifest(sealed.manifest_bytes, sealed.signature, cast.certificate, cast.plan)
    for part in sealed.manifest.parts:
        verdict &= envelope.check_chunks(sealed.manifest, part.id, sealed.chunks)
    verdict.require()


def _release(cast: Cast, sealed: Sealed) -> dict[str, list[bytes]]:
    return {
        part.id: [custody.release(sealed.manifest, part.id, x, cast.keys[x - 1]) for x in (1, 3, 5)]
        for part in sealed.manifest.parts
    }


def _open(sealed: Sealed, shares: dict[str, list[bytes]]) -> None:
    for part in sealed.manifest.parts:
        outcome = opening.open_part(
            sealed.manifest,
            part.id,
            sealed.chunks,
            shares=shares[part.id],
            bidder_secret=keyfile.part_secret(sealed.master, sealed.manifest, part.id),
            threshold=3,
            out=io.BytesIO(),
        )
        if isinstance(outcome, opening.Failure):
            raise SystemExit(f"a bid of the bench did not open: {outcome.text}")


def _stream(cast: Cast, mebibytes: int) -> dict[str, float]:
    """One large part through a folder: the whole of it is never in memory."""
    with tempfile.TemporaryDirectory() as folder:
        start = perf_counter()
        sealed = _seal(cast, Zeros(mebibytes * MEBIBYTE), 1, FolderChunks(Path(folder)))
        taken = perf_counter() - start
        part = sealed.manifest.parts[0].id
        start = perf_counter()
        with open("/dev/null", "wb") as out:
            outcome = opening.open_part(
                sealed.manifest,
                part,
                sealed.chunks,
                shares=_release(cast, sealed)[part],
                bidder_secret=keyfile.part_secret(sealed.master, sealed.manifest, part),
                threshold=3,
                out=out,
            )
        if isinstance(outcome, opening.Failure):
            raise SystemExit(f"the large file did not open: {outcome.text}")
        opened = perf_counter() - start
    return {
        "seal_mib_per_s": mebibytes / taken,
        "open_mib_per_s": mebibytes / opened,
        "peak_memory_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    sys.exit(main())
