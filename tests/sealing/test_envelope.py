"""What is sealed opens with k shares and the bidder's key; anything else is refused or attributed."""

import io
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ggzy.foundation.sealing import custody, envelope, keyfile, manifest, opening, suites
from ggzy.foundation.sealing.chunks import CHUNK_BYTES, ChunkStore, FolderChunks, MemoryChunks
from ggzy.foundation.sealing.envelope import Sealed
from ggzy.foundation.sealing.manifest import SIGNED, Manifest, SealedPart
from ggzy.foundation.sealing.opening import Failure, Opened
from ggzy.foundation.sealing.plan import OpeningPlan, PlanPart, Policy
from ggzy.kernel import shamir
from ggzy.kernel.verdict import Refused
from tests.sealing.cast import BIDDER, KEEPERS, PLAN, RIVAL, a_bid, a_plan

CONTENT = bytes(range(256)) * 9000  # a little over two chunks
BIG = a_bid(CONTENT)


def released(sealed: Sealed, keepers: tuple[int, ...] = (1, 3, 5), part: str = "price") -> list[bytes]:
    return [custody.release(sealed.manifest, part, x, KEEPERS[x - 1].tender_key) for x in keepers]


def opened(
    sealed: Sealed,
    *,
    shares: list[bytes] | None = None,
    secret: bytes | None = b"",
    chunks: ChunkStore | None = None,
    part: str = "price",
) -> tuple[Opened | Failure, bytes]:
    out = io.BytesIO()
    own = keyfile.part_secret(sealed.master, sealed.manifest, part) if secret == b"" else secret
    outcome = opening.open_part(
        sealed.manifest,
        part,
        chunks or sealed.chunks,
        shares=released(sealed, part=part) if shares is None else shares,
        bidder_secret=own,
        threshold=3,
        out=out,
    )
    return outcome, out.getvalue()


def code(outcome: Opened | Failure) -> str:
    return outcome.code if isinstance(outcome, Failure) else "opened"


@pytest.mark.parametrize("keepers", list(combinations(range(1, 6), 3)))
def test_any_three_custodians_and_the_bidder_open_the_bid(keepers: tuple[int, ...]) -> None:
    outcome, plaintext = opened(BIG, shares=released(BIG, keepers))
    assert plaintext == CONTENT
    assert isinstance(outcome, Opened) and outcome.size == len(CONTENT)


@pytest.mark.parametrize("size", [0, 1, 4087, 4088, 4089, CHUNK_BYTES - 8, CHUNK_BYTES, CHUNK_BYTES * 2 - 8])
def test_every_size_comes_back(size: int) -> None:
    sealed = a_bid(b"x" * size)
    outcome, plaintext = opened(sealed)
    assert code(outcome) == "opened" and plaintext == b"x" * size
    assert sealed.manifest.part("price").size % 4096 == 0


def test_size_does_not_tell_the_content() -> None:
    sizes = {a_bid(b"1" * length).manifest.part("price").size for length in (0, 100, 4000)}
    assert sizes == {4096}


@pytest.mark.parametrize(
    "policy, shares, secret, expected",
    [
        ("KB", True, True, "opened"),
        ("KB", False, True, "F4"),
        ("KB", True, False, "F1"),
        ("K", True, False, "opened"),
        ("K", False, False, "F4"),
        ("B", False, True, "opened"),
        ("B", False, False, "F1"),
    ],
)
def test_the_policy_says_who_must_turn_a_key(
    policy: Policy, shares: bool, secret: bool, expected: str
) -> None:
    sealed = a_bid(to=a_plan(policy=policy))
    given_shares = released(sealed) if shares else []
    outcome, _ = opened(sealed, shares=given_shares, secret=b"" if secret else None)
    assert code(outcome) == expected


def test_a_folder_keeps_chunks_too(tmp_path) -> None:
    sealed = a_bid(CONTENT, into=FolderChunks(tmp_path / "bid"))
    assert opened(sealed, chunks=FolderChunks(tmp_path / "bid"))[1] == CONTENT


class Endless:
    """A large file that lies on no disk."""

    size = 48 * CHUNK_BYTES

    def read(self) -> Iterator[bytes]:
        for _ in range(48):
            yield bytes(CHUNK_BYTES)


def test_a_large_part_is_never_in_memory_as_a_whole(tmp_path: Path) -> None:
    plan = a_plan(parts=(PlanPart("price", "报价", 4096, Endless.size),))
    store = FolderChunks(tmp_path / "bid")
    tracemalloc.start()
    try:
        sealed = a_bid({"price": Endless()}, to=plan, into=store)
        own = keyfile.part_secret(sealed.master, sealed.manifest, "price")
        with (tmp_path / "plain").open("wb") as out:
            outcome = opening.open_part(
                sealed.manifest,
                "price",
                store,
                shares=released(sealed),
                bidder_secret=own,
                threshold=3,
                out=out,
            )
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert isinstance(outcome, Opened) and outcome.size == Endless.size
    assert peak < 12 * CHUNK_BYTES


def test_parts_open_alone() -> None:
    plan = a_plan(
        parts=(PlanPart("business", "商务文件", 4096, 10**6), PlanPart("price", "报价", 4096, 10**6))
    )
    sealed = a_bid({"business": b"team", "price": b"1"}, to=plan)
    assert opened(sealed, part="business")[1] == b"team"
    outcome, _ = opened(sealed, part="price", shares=released(sealed, part="business"))
    assert code(outcome) == "F4"
    own = keyfile.part_secret(sealed.master, sealed.manifest, "business")
    assert code(opened(sealed, part="price", secret=own)[0]) == "F2"


@pytest.mark.parametrize(
    "parts, reason",
    [
        ({}, "part_missing"),
        ({"price": b"1", "extra": b"2"}, "part_unknown"),
        ({"price": b"1" * (8 * 1024 * 1024 + 1)}, "part_too_large"),
    ],
)
def test_other_parts_than_the_plan_names_are_not_sealed(parts: dict[str, bytes], reason: str) -> None:
    with pytest.raises(Refused) as refused:
        a_bid(parts)
    assert [found.code for found in refused.value.reasons] == [reason]


# The manifest


def checked(sealed: Sealed, plan: OpeningPlan = PLAN, **changes: bytes) -> list[str]:
    given_ = {
        "encoded": sealed.manifest_bytes,
        "signature": sealed.signature,
        "certificate": sealed.certificate,
        **changes,
    }
    return [reason.code for reason in manifest.check_manifest(**given_, plan=plan).reasons]


def resigned(changed: Manifest) -> dict[str, bytes]:
    encoded = changed.encoded()
    signature = suites.suite("W1").sign(BIDDER.key, SIGNED + encoded)
    return {"encoded": encoded, "signature": signature}


def with_part(**changes: Any) -> Manifest:
    part = replace(BIG.manifest.part("price"), **changes)
    return replace(BIG.manifest, parts=(part,))


def test_a_true_manifest_passes() -> None:
    assert checked(BIG) == []
    assert Manifest.read(BIG.manifest_bytes) == BIG.manifest


def test_a_manifest_of_another_plan_or_tender_is_refused() -> None:
    assert checked(BIG, a_plan(threshold=4)) == ["other_plan"]
    assert checked(BIG, a_plan(round=2)) == ["other_tender", "other_plan"]


def test_a_manifest_signed_by_somebody_else_is_refused() -> None:
    assert checked(BIG, certificate=RIVAL.certificate) == ["other_certificate", "bad_signature"]
    assert checked(BIG, signature=BIG.signature[:-1]) == ["bad_signature"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda encoded: encoded + b" ",
        lambda encoded: encoded.replace(b'"gen":1', b'"gen":01'),
        lambda encoded: encoded.replace(b'"gen":1', b'"gen":1,"gen":1'),
        lambda encoded: encoded.replace(b'"gen":1', b'"gen":true'),
        lambda encoded: encoded.replace(b'"gen":1', b'"gap":1'),
        lambda encoded: encoded.replace(b"W1", b"W9"),
        lambda encoded: b"[]",
        lambda encoded: b"\xff",
    ],
)
def test_bytes_that_are_not_canonical_are_no_manifest(spoil) -> None:
    assert checked(BIG, encoded=spoil(BIG.manifest_bytes)) == ["malformed"]


PRICE: SealedPart = BIG.manifest.part("price")


@pytest.mark.parametrize(
    "changed, reason",
    [
        (replace(BIG.manifest, gen=2), "generation"),
        (replace(BIG.manifest, prev="sha256:0"), "generation"),
        (replace(BIG.manifest, bid="../../etc"), "bid_id"),
        (replace(BIG.manifest, parts=()), "parts"),
        (replace(BIG.manifest, parts=(PRICE, PRICE)), "parts"),
        (with_part(stage="open-2"), "stage"),
        (with_part(size=PRICE.size + 1), "size"),
        (with_part(size=0, n=0), "size"),
        (with_part(n=PRICE.n + 1), "chunks"),
        (with_part(salt=b""), "check_values"),
        (with_part(hc=None), "check_values"),
        (with_part(hb=None), "check_values"),
        (with_part(root="x" * 64), "check_values"),
        (with_part(bidder_slots=()), "check_values"),
        (with_part(shares=PRICE.shares[:4]), "shares"),
        (with_part(shares=tuple(reversed(PRICE.shares))), "shares"),
        (with_part(shares=(*PRICE.shares[:4], replace(PRICE.shares[4], ct=b"short"))), "shares"),
    ],
)
def test_a_manifest_that_breaks_the_plan_is_refused(changed: Manifest, reason: str) -> None:
    assert reason in checked(BIG, PLAN, **resigned(changed))


# Tampering with the ciphertext


def copy(sealed: Sealed) -> MemoryChunks:
    chunks = MemoryChunks()
    for index in range(sealed.manifest.part("price").n):
        chunks.put("price", index, sealed.chunks.get("price", index))
    return chunks


def flipped(chunk: bytes, place: int) -> bytes:
    return chunk[:place] + bytes([chunk[place] ^ 1]) + chunk[place + 1 :]


@pytest.mark.parametrize("index", range(3))
@pytest.mark.parametrize("place", [0, 100, -1])
def test_a_flipped_bit_is_found(index: int, place: int) -> None:
    chunks = copy(BIG)
    chunk = BIG.chunks.get("price", index)
    chunks.put("price", index, flipped(chunk, place % len(chunk)))
    assert not envelope.check_chunks(BIG.manifest, "price", chunks).ok
    assert code(opened(BIG, chunks=chunks)[0]) == "F7"


@pytest.mark.parametrize(
    "order", [(1, 0, 2), (0, 0, 2), (0, 2, 1), (0, 1, 1)], ids=["swap", "repeat", "last first", "repeat last"]
)
def test_moved_and_repeated_chunks_are_found(order: tuple[int, ...]) -> None:
    chunks = MemoryChunks()
    for index, source in enumerate(order):
        chunks.put("price", index, BIG.chunks.get("price", source))
    assert code(opened(BIG, chunks=chunks)[0]) == "F7"


@pytest.mark.parametrize("spoil", [lambda chunk: chunk[:-1], lambda chunk: chunk + b"\0", lambda chunk: b""])
def test_cut_and_appended_bytes_are_found(spoil) -> None:
    chunks = copy(BIG)
    chunks.put("price", 2, spoil(BIG.chunks.get("price", 2)))
    assert code(opened(BIG, chunks=chunks)[0]) == "F7"


def test_a_missing_chunk_is_the_platforms_fault() -> None:
    outcome, _ = opened(BIG, chunks=MemoryChunks())
    assert isinstance(outcome, Failure)
    assert (outcome.code, outcome.attribution) == ("F7", "platform")


def relabelled(chunks: MemoryChunks) -> Sealed:
    """A bidder who signs a manifest over ciphertext that its key did not make."""
    root = envelope.Root(suites.suite("W1"))
    for index in range(PRICE.n):
        root.add(chunks.get("price", index))
    return replace(BIG, manifest=with_part(root=root.value().hex()), chunks=chunks)


@settings(max_examples=150)
@given(data=st.data())
def test_no_ciphertext_but_the_sealed_one_opens(data: st.DataObject) -> None:
    chunks = copy(BIG)
    index = data.draw(st.integers(0, 2))
    chunk = BIG.chunks.get("price", index)
    place = data.draw(st.integers(0, len(chunk) - 1))
    bit = data.draw(st.integers(0, 7))
    chunks.put("price", index, chunk[:place] + bytes([chunk[place] ^ 1 << bit]) + chunk[place + 1 :])
    outcome, _ = opened(relabelled(chunks))
    assert code(outcome) == "F8"


def test_swapped_chunks_under_a_new_root_still_do_not_open() -> None:
    chunks = copy(BIG)
    chunks.put("price", 0, BIG.chunks.get("price", 1))
    chunks.put("price", 1, BIG.chunks.get("price", 0))
    assert code(opened(relabelled(chunks))[0]) == "F8"


# The failure table


def test_a_wrong_secret_of_the_bidder_is_f2() -> None:
    outcome, _ = opened(BIG, secret=bytes(32))
    assert isinstance(outcome, Failure)
    assert (outcome.code, outcome.attribution) == ("F2", "bidder")


def test_a_bad_share_is_put_aside_and_named() -> None:
    shares = released(BIG, (1, 2, 3))
    bad = flipped(shares[0], 10)
    outcome, plaintext = opened(BIG, shares=[bad, *shares[1:], *released(BIG, (5,))])
    assert plaintext == CONTENT and isinstance(outcome, Opened)
    assert [(found.code, found.attribution) for found in outcome.findings] == [("F3", "custody")]


@settings(max_examples=60)
@given(st.lists(st.binary(max_size=80), max_size=4))
def test_arbitrary_shares_count_for_nothing(shares: list[bytes]) -> None:
    outcome, _ = opened(BIG, shares=[*shares, *released(BIG, (1, 2))])
    assert code(outcome) == "F4"


def test_too_few_shares_is_f4() -> None:
    outcome, _ = opened(BIG, shares=released(BIG, (2, 4)) * 3)
    assert isinstance(outcome, Failure)
    assert (outcome.code, outcome.attribution) == ("F4", "custody")


def dealt(monkeypatch: pytest.MonkeyPatch, spoil) -> Sealed:
    """A bid from a tool that deals its shares wrongly."""
    true = shamir.split
    monkeypatch.setattr(shamir, "split", lambda *given, **named: spoil(true(*given, **named)))
    return a_bid(CONTENT)


def test_wrong_dealing_is_f5(monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = dealt(monkeypatch, lambda shares: {x: bytes([x]) * 32 for x in shares})
    outcome, _ = opened(sealed)
    assert isinstance(outcome, Failure)
    assert (outcome.code, outcome.attribution) == ("F5", "bidder")


def test_one_wrongly_dealt_share_does_not_decide_when_others_suffice(monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = dealt(monkeypatch, lambda shares: {**shares, 1: bytes(32)})
    assert code(opened(sealed, shares=released(sealed, (1, 2, 3)))[0]) == "F5"
    assert opened(sealed, shares=released(sealed, (1, 2, 3, 4)))[1] == CONTENT


@pytest.mark.parametrize(
    "changes, expected", [({"commit": bytes(32)}, "F6"), ({"plain_commit": "0" * 64}, "F9")]
)
def test_a_manifest_that_lies_is_the_bidders_fault(changes: dict[str, Any], expected: str) -> None:
    outcome, _ = opened(replace(BIG, manifest=with_part(**changes)))
    assert isinstance(outcome, Failure)
    assert (outcome.code, outcome.attribution) == (expected, "bidder")


def test_a_share_of_another_bid_is_refused() -> None:
    other = a_bid(CONTENT, by=RIVAL, bid="0002")
    verdict = custody.check_share(BIG.manifest, "price", released(other)[0])
    assert {reason.code for reason in verdict.reasons} == {"share_context", "share_hash"}
    with pytest.raises(Refused):
        custody.release(BIG.manifest, "price", 1, KEEPERS[1].tender_key)
    with pytest.raises(Refused):
        custody.release(BIG.manifest, "price", 9, KEEPERS[1].tender_key)


def test_a_share_wrapped_for_another_generation_cannot_be_read() -> None:
    replaced = replace(BIG.manifest, gen=2, prev="sha256:0")
    with pytest.raises(Refused):
        custody.release(replaced, "price", 1, KEEPERS[0].tender_key)


def test_the_sealed_plaintext_can_stand_in_for_a_lost_key() -> None:
    secret = opening.join_shares(BIG.manifest, "price", released(BIG), 3)
    assert isinstance(secret, bytes)

    def same(plaintext: bytes) -> bool:
        return opening.is_same_plaintext(BIG.manifest, "price", secret, io.BytesIO(plaintext), len(plaintext))

    assert same(CONTENT)
    assert not same(CONTENT[:-1])
    assert not same(flipped(CONTENT, 5))


def test_every_row_of_the_failure_table_is_there() -> None:
    assert list(opening.FAILURES) == [f"F{row}" for row in range(1, 12)]
    assert all(finding.text and finding.next for finding in opening.FAILURES.values())
