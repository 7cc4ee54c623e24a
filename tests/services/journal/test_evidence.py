import json
from typing import Any

import pytest

from ggzy.foundation.journal import queries, services
from ggzy.kernel import merkle
from ggzy.kernel.errors import Conflict
from ggzy.kernel.events import Audience
from ggzy.kernel.note import Checkpoint, Note
from tests.services.journal.trial import AT, Hidden, Told, someone

pytestmark = pytest.mark.django_db


def collected(may_read=lambda header: True) -> dict[str, Any]:
    files = {name: b"".join(chunks) for name, chunks in queries.evidence(["trial/a"], may_read)}
    lines: dict[str, Any] = {
        name: [json.loads(line) for line in data.splitlines()]
        for name, data in files.items()
        if name.endswith("jsonl")
    }
    return lines | {"checkpoint": files["checkpoint"].decode()}


def recorded():
    for number in range(3):
        facts = [Told(lot="a", text="长" * 20_000), Told(lot="b", text="x"), Hidden(lot="a", round=1)]
        services.record_all(facts, actor=someone(), at=AT)
        services.record_all([Told(lot="c", text="x")] * (100 * number + 1), actor=someone(), at=AT)
        services.pad()
        services.checkpoint()


def test_every_line_is_proven_under_the_last_head():
    recorded()
    files = collected()
    head = Checkpoint.parse(Note.parse(files["checkpoint"]).text)
    proofs = {
        line["height"]: [bytes.fromhex(step) for step in line["hashes"]] for line in files["proofs.jsonl"]
    }
    assert [line["stream"] for line in files["events.jsonl"]] == ["trial/a", "trial/a/1/bids"] * 3
    for line in files["events.jsonl"]:
        leaf = merkle.leaf_hash(b"\x01" + queries.entry(line["height"]).chain)
        assert merkle.verify_inclusion(leaf, line["height"] - 1, head.size, proofs[line["height"]], head.root)


def test_the_heads_that_holders_saw_are_proven_to_be_beginnings_of_the_last():
    recorded()
    files = collected()
    last = Checkpoint.parse(Note.parse(files["checkpoint"]).text)
    assert len(files["heads.jsonl"]) == 3
    for line in files["heads.jsonl"]:
        old = Checkpoint.parse(Note.parse(line["note"]).text)
        steps = [bytes.fromhex(step) for step in line["hashes"]]
        assert merkle.verify_consistency(old.size, last.size, steps, old.root, last.root)


def test_a_withheld_body_keeps_its_place():
    recorded()
    lines = collected(lambda header: header.audience is not Audience.SEALED)["events.jsonl"]
    assert [line["event"] is None for line in lines] == [False, True] * 3
    assert all((line["nonce"] is None) == (line["event"] is None) for line in lines)
    assert all(len(line["commitment"]) == 64 for line in lines)


def test_evidence_waits_for_the_signed_head():
    recorded()
    services.record(Told(lot="a", text="x"), actor=someone(), at=AT)
    with pytest.raises(Conflict):
        collected()


def test_a_receipt_file_holds_receipt_fact_and_proof():
    receipt = services.record(Told(lot="a", text="长" * 20_000), actor=someone(), at=AT)
    assert json.loads(queries.receipt_file(receipt.code))["proof"] is None
    services.pad()
    services.checkpoint()
    file = json.loads(queries.receipt_file(receipt.code))
    assert file["proof"].startswith("c2sp.org/tlog-proof@v1\n")
    assert file["note"].startswith("ggzy.receipt/1\n")
    assert json.loads(file["event"])["body"]["text"] == "长" * 20_000
