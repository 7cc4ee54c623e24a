import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ggzy.kernel import merkle, note

# The example of the signed-note documentation of golang.org/x/mod/sumdb/note.
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
QUOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
# The key and the example of the C2SP tlog-checkpoint page.
SOFA = (
    "example.com/behind-the-sofa\n"
    "20852163\n"
    "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    "\n"
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
)


def check(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = note.VerifierKey(
    "ggzy.example/journal/2026-1/sha256", note.ED25519, PRIVATE.public_key().public_bytes_raw()
)


def test_published_note_verifies_and_keeps_its_bytes():
    read = note.Note.parse(QUOTE)
    assert read.is_signed_by(note.VerifierKey.parse(PETER), check)
    assert str(read) == QUOTE
    assert str(note.VerifierKey.parse(PETER)) == PETER


def test_published_checkpoint_is_read():
    read = note.Note.parse(SOFA)
    checkpoint = note.Checkpoint.parse(read.text)
    assert (checkpoint.origin, checkpoint.size, len(checkpoint.root)) == (
        "example.com/behind-the-sofa",
        20852163,
        32,
    )
    assert checkpoint.text() == read.text
    assert str(read) == SOFA


def test_own_note_verifies_with_its_key_only():
    other = note.VerifierKey("other", note.ED25519, KEY.public)
    signed = note.Note("origin\n1\nAAAA\n").signed(KEY, PRIVATE.sign)
    assert signed.is_signed_by(KEY, check)
    assert not signed.is_signed_by(other, check)
    assert not note.Note("origin\n2\nAAAA\n", signed.signatures).is_signed_by(KEY, check)
    assert note.Note.parse(str(signed)) == signed
    assert not note.Note(signed.text, signed.signatures * 2).is_signed_by(KEY, check)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "text\n",
        "text\n\n",
        "text\n\n- name AAAAAAAA\n",
        "text\n\n— name AAAA\n",
        "text\n\n— na+me AAAAAAAA\n",
        "text\n\n— name AAAAAAA\n",
        "text\n\n— name AAAAAAAA",
        "te\tx\n\n— name AAAAAAAA\n",
    ],
)
def test_what_is_no_note_is_refused(text):
    with pytest.raises(ValueError):
        note.Note.parse(text)


@pytest.mark.parametrize(
    "text", ["", "o\n1\n", "o\n01\nAAAA\n", "o\n-1\nAAAA\n", "o\n1\nA\n", "o\n1\nAAAA", "o\n１\nAAAA\n"]
)
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(ValueError):
        note.Checkpoint.parse(text)


@pytest.mark.parametrize("text", ["", "n", "n+00000000+", PETER.replace("c74f20a3", "c74f20a4")])
def test_what_is_no_verifier_key_is_refused(text):
    with pytest.raises(ValueError):
        note.VerifierKey.parse(text)


@pytest.mark.parametrize("extra", [b"", b"more"])
def test_log_proof_round_trips_and_proves(extra):
    leaves = [merkle.leaf_hash(bytes([number])) for number in range(5)]
    head = note.Checkpoint(KEY.name, 5, merkle.root(leaves))
    proof = note.LogProof(
        3,
        merkle.inclusion(3, 5, merkle.nodes_of(leaves)),
        note.Note(head.text()).signed(KEY, PRIVATE.sign),
        extra,
    )
    read = note.LogProof.parse(str(proof))
    assert read == proof
    root = note.Checkpoint.parse(read.checkpoint.text).root
    assert merkle.verify_inclusion(leaves[3], read.index, 5, read.hashes, root)


@pytest.mark.parametrize(
    "text", ["", "c2sp.org/tlog-proof@v1\n", "c2sp.org/tlog-proof@v2\nindex 1\n\n" + SOFA]
)
def test_what_is_no_log_proof_is_refused(text):
    with pytest.raises(ValueError):
        note.LogProof.parse(text)


def test_bundle_prefixes_each_leaf_with_its_length():
    assert note.bundle([b"a", b"bc"]) == b"\x00\x01a\x00\x02bc"
