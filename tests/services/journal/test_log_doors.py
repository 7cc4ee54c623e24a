import json

import pytest

from ggzy.foundation.journal import queries, services
from ggzy.foundation.sealing import signing
from ggzy.kernel import merkle
from ggzy.kernel.digest import function
from ggzy.kernel.note import Checkpoint, LogProof, Note, VerifierKey
from tests.services.journal.trial import AT, Hidden, Public, Told, someone

pytestmark = pytest.mark.django_db
SHA256 = function("sha256")


@pytest.fixture
def log(client):
    """A log of more than one full tile, read by a stranger: path → answer."""
    facts: list[object] = [Told(lot=str(number % 7), text="x") for number in range(300)]
    facts += [Public(lot="7", text="公告"), Hidden(lot="7", round=1)]
    services.record_all(facts, actor=someone(), at=AT)
    services.pad()
    services.checkpoint()
    shard = client.get("/log/").json()["shard"]
    return lambda path: client.get(f"/log/{shard}/{path}")


def head(log) -> Checkpoint:
    return Checkpoint.parse(Note.parse(log("checkpoint").content.decode()).text)


def leaves(log) -> list[bytes]:
    size, found = head(log).size, []
    for number in range(-(-size // 256)):
        width = min(256, size - number * 256)
        data = log(f"tile/entries/{number:03}" + ("" if width == 256 else f".p/{width}")).content
        found += [data[place + 2 : place + 35] for place in range(0, len(data), 35)]
    return found


def test_a_stranger_rebuilds_the_signed_root_from_the_leaves(client, log):
    key = VerifierKey.parse(client.get("/log/").json()["log_key"])
    assert Note.parse(log("checkpoint").content.decode()).is_signed_by(key, signing.check)
    assert merkle.root([merkle.leaf_hash(leaf) for leaf in leaves(log)]) == head(log).root


def test_tiles_hold_the_hashes_of_the_leaves(log):
    hashes = [merkle.leaf_hash(leaf) for leaf in leaves(log)]
    assert log("tile/0/000").content == b"".join(hashes[:256])
    assert log("tile/0/001.p/3").content == b"".join(hashes[256:259])
    assert log("tile/1/000.p/1").content == merkle.root(hashes[:256])


def test_proofs_are_those_of_the_tree(log):
    proof = LogProof.parse(log("proof/inclusion?index=299").content.decode())
    leaf = merkle.leaf_hash(leaves(log)[299])
    assert merkle.verify_inclusion(leaf, 299, head(log).size, proof.hashes, head(log).root)
    steps = [bytes.fromhex(step) for step in log("proof/consistency?old=256").json()["hashes"]]
    old = merkle.root([merkle.leaf_hash(leaf) for leaf in leaves(log)[:256]])
    assert merkle.verify_consistency(256, head(log).size, steps, old, head(log).root)


def test_public_facts_are_disclosed_with_all_that_proves_them_and_nothing_else(log):
    lines = [json.loads(line) for line in log("public/001.p/46").content.splitlines()]
    (told,) = [line for line in lines if line["stream"].startswith("trial/")]
    event = told["event"].encode()
    assert json.loads(event)["body"] == {"lot": "7", "text": "公告"}
    commitment = SHA256(b"\x02" + bytes.fromhex(told["nonce"]) + event)
    assert leaves(log)[told["index"]].hex() == (b"\x01" + queries.entry(told["index"] + 1).chain).hex()
    assert queries.entry(told["index"] + 1).commitment == commitment
    assert not any("bids" in line["stream"] for line in lines)


UNCOVERED = [
    "tile/0/002",
    "tile/0/001",
    "tile/0/000.p/0",
    "tile/0/000.p/257",
    "tile/1/000",
    "tile/9/000",
    "tile/0/x001/000",
    "tile/entries/009",
    "public/001",
    "proof/inclusion",
    "proof/inclusion?index=99999",
    "proof/inclusion?index=1&size=3",
    "proof/inclusion?index=-1",
    "proof/consistency?old=9&new=3",
    "proof/consistency?old=1&new=99999",
    "proof/consistency?old=x",
]


def test_what_the_head_does_not_cover_is_not_found(log):
    assert {path: log(path).status_code for path in UNCOVERED} == dict.fromkeys(UNCOVERED, 404)


def test_another_shard_is_not_found(client, log):
    assert client.get("/log/other/checkpoint").status_code == 404


def test_nothing_can_be_posted(client, log):
    assert client.post("/log/").status_code == 405


@pytest.mark.parametrize(
    "number, text", [(0, "000"), (67, "067"), (1234067, "x001/x234/067"), (1000, "x001/000")]
)
def test_tile_numbers_are_written_as_the_standard_says(number, text):
    from ggzy.foundation.journal.urls import TileNumber

    assert TileNumber().to_url(number) == text
    assert TileNumber().to_python(text) == number
