"""The files people hold: the .sbe package, the key file behind a password, the content of a part."""

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ggzy.foundation.sealing import content, keyfile, package, suites
from ggzy.foundation.sealing.chunks import CHUNK_BYTES
from ggzy.foundation.sealing.content import Bundle, Offer, OfferField, PartFile
from ggzy.foundation.sealing.envelope import Sealed, check_chunks
from ggzy.kernel.money import Money, Rate
from ggzy.kernel.verdict import Refused
from tests.sealing.cast import a_bid

PASSWORD = "江州 pass 2026"
OFFER = Offer(
    price_kind="amount",
    amount=Money.yuan("1980000.00"),
    text="198万元",
    period="180 日历天",
    quality="合格",
    leader="张工",
    fields=(OfferField("安全目标", "零事故"),),
)


def packed(sealed: Sealed) -> bytes:
    file = io.BytesIO()
    package.write_package(sealed, file)
    return file.getvalue()


SEALED = a_bid(b"x" * (CHUNK_BYTES + 5))
PACKED = packed(SEALED)


def refused(data: bytes) -> str:
    with pytest.raises(Refused) as error:
        package.open_package(io.BytesIO(data))
    return error.value.reasons[0].code


# The package


def test_a_package_gives_back_what_was_sealed() -> None:
    opened = package.open_package(io.BytesIO(PACKED))
    assert opened.manifest == SEALED.manifest
    assert (opened.signature, opened.certificate) == (SEALED.signature, SEALED.certificate)
    assert check_chunks(opened.manifest, "price", opened.chunks).ok
    assert opened.size == len(PACKED)
    with pytest.raises(KeyError):
        opened.chunks.get("price", 2)


@pytest.mark.parametrize(
    "data, reason",
    [
        (b"", "not_a_package"),
        (b"%PDF-1.7 an unsealed bid", "not_a_package"),
        (b"PK\x03\x04" + PACKED, "not_a_package"),
        (PACKED[:-1], "package_size"),
        (PACKED + b"\0", "package_size"),
        (PACKED[:20], "malformed"),
        (package.MAGIC + b"\xff\xff\xff\xff" + PACKED, "malformed"),
        (package.MAGIC + b"\0\0\0\2{}\0\0\0\0\0\0\0\0", "malformed"),
    ],
)
def test_what_is_not_exactly_one_package_is_refused(data: bytes, reason: str) -> None:
    assert refused(data) == reason


@settings(max_examples=200)
@given(cut=st.integers(0, len(PACKED) - 1))
def test_no_cut_package_is_taken(cut: int) -> None:
    refused(PACKED[:cut])


@pytest.mark.parametrize("size", [0, -1, 2**53 - 1])
def test_sizes_that_cannot_be_are_refused(size: int) -> None:
    manifest = json.loads(SEALED.manifest_bytes)
    manifest["parts"][0]["size"] = size
    encoded = json.dumps(manifest, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    head = b"".join(len(piece).to_bytes(4) + piece for piece in (encoded, b"", b""))
    assert refused(package.MAGIC + head) == "malformed"


# The key file


def test_the_password_opens_the_bidders_key() -> None:
    sealed = a_bid(password=PASSWORD)
    assert sealed.sbekey is not None
    key = keyfile.open_sbekey(sealed.sbekey, PASSWORD)
    assert key.master == sealed.master and key.opens(sealed.manifest)
    assert not key.opens(SEALED.manifest)


@pytest.fixture(scope="module")
def locked() -> bytes:
    return keyfile.lock("signing", {"certificate": "…"}, b"secret", PASSWORD)


def test_a_wrong_password_is_refused(locked: bytes) -> None:
    with pytest.raises(Refused) as error:
        keyfile.unlock(locked, PASSWORD + " ", "signing")
    assert error.value.reasons[0].code == "wrong_password"


def test_a_key_file_says_what_it_is_for_and_means_it(locked: bytes) -> None:
    assert keyfile.KeyFile.read(locked).facts() == {"certificate": "…"}
    with pytest.raises(Refused) as error:
        keyfile.unlock(locked, PASSWORD, "bid")
    assert error.value.reasons[0].code == "other_kind"
    with pytest.raises(Refused) as error:
        keyfile.unlock(locked.replace("…".encode(), b"..."), PASSWORD, "signing")
    assert error.value.reasons[0].code == "wrong_password"


@pytest.mark.parametrize(
    "spoil, reason",
    [
        (lambda file: file[:-1], "not_a_key_file"),
        (lambda file: b"{}", "not_a_key_file"),
        (lambda file: file.replace(b"600000", b"60000000000"), "rounds"),
        (lambda file: file.replace(b"600000", b"0"), "rounds"),
    ],
)
def test_a_spoiled_key_file_is_refused(locked: bytes, spoil, reason: str) -> None:
    with pytest.raises(Refused) as error:
        keyfile.unlock(spoil(locked), PASSWORD, "signing")
    assert error.value.reasons[0].code == reason


def test_a_short_password_is_refused() -> None:
    with pytest.raises(Refused):
        keyfile.lock("bid", {}, b"secret", "1234567")


# The content


def bundled(offer: Offer | None, *files: PartFile) -> io.BytesIO:
    bundle = Bundle.of(offer, files)
    payload = b"".join(bundle.read())
    assert len(payload) == bundle.size
    return io.BytesIO(payload)


@pytest.mark.parametrize(
    "offer",
    [
        OFFER,
        None,
        Offer("rate", rate=Rate.percent("20.5"), text="下浮率20.5%"),
        Offer("text", text="按实结算"),
    ],
)
def test_an_offer_comes_back(offer: Offer | None) -> None:
    assert content.read_bundle(bundled(offer)) == content.Contents(offer, ())


def test_files_come_back_by_name() -> None:
    big = io.BytesIO(b"b" * (CHUNK_BYTES + 1))
    hostile = '../../etc/passwd\r\nX: "1"'
    payload = bundled(OFFER, PartFile("清单.xlsx", b"cells"), PartFile(hostile, big), PartFile("空", b""))
    contents = content.read_bundle(payload)
    assert [file.name for file in contents.files] == ["清单.xlsx", hostile, "空"]
    found = [b"".join(content.extract(payload, file)) for file in contents.files]
    assert found == [b"cells", big.getvalue(), b""]


def test_a_bundle_can_be_sealed() -> None:
    bundle = Bundle.of(OFFER, [PartFile("清单.xlsx", io.BytesIO(b"cells" * 300_000))])
    sealed = a_bid(bundle)
    assert check_chunks(sealed.manifest, "price", sealed.chunks).ok


def test_a_file_that_changes_meanwhile_is_not_sealed() -> None:
    growing = io.BytesIO(b"1")
    bundle = Bundle.of(None, [PartFile("a", growing)])
    growing.seek(0, io.SEEK_END)
    growing.write(b"2")
    with pytest.raises(Refused):
        a_bid(bundle)


@pytest.mark.parametrize(
    "names, reason",
    [
        (["a", "a"], "name_twice"),
        ([" "], "file_name"),
        (["长" * 256], "file_name"),
        ([str(number) for number in range(201)], "too_many_files"),
    ],
)
def test_impossible_files_are_refused(names: list[str], reason: str) -> None:
    with pytest.raises(Refused) as error:
        Bundle.of(None, [PartFile(name, b"") for name in names])
    assert error.value.reasons[0].code == reason


BUNDLE = bundled(OFFER, PartFile("a", b"1"), PartFile("b", b"2")).getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7",
        BUNDLE[:-1],
        BUNDLE + b"0",
        BUNDLE.replace(b'"size":1', b'"size":2'),
    ],
)
def test_a_payload_that_is_no_bundle_is_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        content.read_bundle(io.BytesIO(data))


# The suite


def test_a_wrapped_message_opens_only_whole_and_in_its_context() -> None:
    suite = suites.suite("W1")
    private = suite.new_key()
    wrapped = suite.wrap(suite.public_of(private), b"m", b"info")
    assert suite.unwrap(private, wrapped, b"info") == b"m"
    for spoiled in (wrapped[:-1], wrapped[:10], b"", bytes(len(wrapped))):
        with pytest.raises(suites.Unreadable):
            suite.unwrap(private, spoiled, b"info")
    with pytest.raises(suites.Unreadable):
        suite.unwrap(private, wrapped, b"other")


def test_hkdf_is_that_of_rfc_5869() -> None:
    """Appendix A.1."""
    derived = suites.suite("W1").derive(bytes(range(13)), b"\x0b" * 22, bytes(range(0xF0, 0xFA)), 42)
    assert derived.hex() == (
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    )


def test_an_unknown_suite_is_refused() -> None:
    with pytest.raises(ValueError, match="S9"):
        suites.suite("S9")
