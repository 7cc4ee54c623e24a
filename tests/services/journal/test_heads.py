from datetime import UTC, datetime

import pytest
from django.db import connection

from ggzy.foundation.journal import queries, services, timers
from ggzy.foundation.journal.events import Padded
from ggzy.foundation.journal.models import Checkpoint, Entry, Node, Payload
from ggzy.foundation.sealing import signing
from ggzy.foundation.sealing.signer import Ledger
from ggzy.kernel import merkle
from ggzy.kernel.errors import Conflict, Forbidden, Missing
from ggzy.kernel.note import Checkpoint as CheckpointText
from ggzy.kernel.note import Note
from tests.services.journal.heads import clerk, head, overwrite
from tests.services.journal.trial import AT, Told, someone, tell

pytestmark = pytest.mark.django_db


def tick():
    moves = list(timers.due(queries.now()))
    for move in moves:
        move()
    return len(moves)


def tell_many(number: int, lot: str = "a"):
    facts = [Told(lot=lot, text=str(text)) for text in range(number)]
    return services.record_all(facts, actor=someone(), at=queries.now())


def rebuilt_root() -> bytes:
    chains = Entry.objects.order_by("height").values_list("chain", flat=True)
    return merkle.root([merkle.leaf_hash(b"\x01" + bytes(chain)) for chain in chains])


def test_a_head_is_signed_over_everything_recorded():
    tell(someone(), "a", "x", at=AT)
    tick()
    note = Note.parse(head().note)
    assert note.is_signed_by(queries.signer().keys().log, signing.check)
    said = CheckpointText.parse(note.text)
    assert (said.size, said.root) == (queries.head(), rebuilt_root())
    assert said.origin.endswith("/simulated/sha256")


def test_one_fact_makes_eight_entries_and_padding_makes_no_head():
    before = queries.head()
    tell(someone(), "a", "x", at=AT)
    assert tick() == 2
    assert queries.head() == before + 8
    assert Entry.objects.filter(subject="padding").count() >= 7
    assert tick() == 0


def test_many_facts_need_no_padding():
    tick()
    before = queries.head()
    tell_many(9)
    tick()
    assert queries.head() == before + 9


def test_each_receipt_gains_its_proof():
    receipt = tell(someone(), "a", "x", at=AT)
    assert not queries.receipt(receipt.code).is_proven
    tick()
    view = queries.receipt(receipt.code.lower().replace("-", " "))
    leaf, proof = merkle.leaf_hash(b"\x01" + receipt.chain), view.proof
    assert proof is not None
    signed = CheckpointText.parse(proof.checkpoint.text)
    assert merkle.verify_inclusion(leaf, proof.index, signed.size, proof.hashes, signed.root)
    assert view.receipt == receipt
    assert view.fact.event == Told(lot="a", text="x")


def test_heads_grow_consistently_across_full_tiles():
    heads = []
    for number in (5, 240, 300, 1):
        tell_many(number)
        tick()
        heads.append(head())
    assert Node.objects.filter(level=1).count() == heads[-1].size // 256
    for old in heads:
        assert old.root == merkle.frontier(old.size, queries.reader(old.size)).root()
        for new in heads:
            if old.size < new.size:
                proof = queries.consistency(old.size, new.size)
                assert merkle.verify_consistency(old.size, new.size, proof, old.root, new.root)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET chain = sha256(chain) WHERE height = %s",
        "UPDATE journal_entry SET at = at + interval '1 us' WHERE height = %s",
        "UPDATE journal_entry SET kind = 'trial.untold' WHERE height = %s",
        "UPDATE journal_entry SET audience = 'public' WHERE height = %s",
        "UPDATE journal_entry SET request = 'other' WHERE height = %s",
        "UPDATE journal_entry SET actor = jsonb_set(actor, '{id}', '\"p9\"') WHERE height = %s",
        "UPDATE journal_payload SET canon = replace(convert_from(canon, 'UTF8'), '\"x\"', '\"y\"')::bytea"
        " WHERE height = %s",
        "UPDATE journal_payload SET nonce = sha256(nonce) WHERE height = %s",
        "UPDATE journal_payload SET code = 'AAAA' WHERE height = %s",
        "DELETE FROM journal_entry WHERE height = %s",
    ],
)
def test_an_entry_changed_before_its_head_is_not_signed(statement):
    tell(someone("1"), "a", "x", at=AT)
    receipt = tell(someone("2"), "a", "x", at=AT)
    tell(someone("3"), "a", "x", at=AT)
    overwrite(statement, receipt.height)
    with pytest.raises(services.JournalBroken):
        services.checkpoint()
    assert not Checkpoint.objects.filter(size__gte=receipt.height).exists()


def test_a_signed_tree_changed_afterwards_is_not_continued():
    receipt = tell(someone("1"), "a", "x", at=AT)
    tick()
    overwrite("UPDATE journal_entry SET chain = sha256(chain) WHERE height = %s", receipt.height)
    tell(someone("2"), "b", "x", at=AT)
    with pytest.raises(services.JournalBroken):
        services.checkpoint()


@pytest.fixture
def ledger(tmp_path, monkeypatch):
    """A signer that remembers, inside this process."""
    ledger = Ledger(tmp_path / "signer")
    origin = queries.log().origin

    class Local:
        def state(self):
            return ledger.state(origin)

        def head(self, checkpoint, proof):
            return Note.parse(ledger.head(origin, checkpoint, list(proof)))

    monkeypatch.setattr(queries, "signer", Local)
    yield ledger
    ledger.close()


def test_the_signer_that_remembers_takes_each_longer_head(ledger):
    for number in (1, 300, 20):
        tell_many(number)
        tick()
        assert ledger.state(queries.log().origin) == (head().size, head().root)


def test_a_restored_backup_gets_no_head(ledger):
    tell_many(20)
    tick()
    overwrite("DELETE FROM journal_checkpoint")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_head DISABLE TRIGGER USER")
        cursor.execute("UPDATE journal_head SET height = height - 3")
        cursor.execute("DELETE FROM journal_entry WHERE height > (SELECT height FROM journal_head)")
    with pytest.raises(signing.SignerRefused):
        services.checkpoint()


def test_two_persons_may_erase_a_body_and_the_chain_still_holds():
    receipt = tell(someone(), "a", "x", at=AT)
    services.erase(clerk("p2"), receipt.height, "个人信息保护法 §47", clerk("p3", "supervisor"), at=AT)
    tick()
    assert not Payload.objects.filter(height=receipt.height).exists()
    assert queries.entry(receipt.height).chain == receipt.chain
    assert [fact.event for fact in queries.facts(subject="trial/a")] == []
    assert [fact.event.height for fact in queries.facts(kinds=["payload.erased"])] == [receipt.height]
    with pytest.raises(Missing):
        queries.receipt(receipt.code)


@pytest.mark.parametrize(
    "first, second",
    [(clerk("p2"), clerk("p2")), (clerk("p2"), clerk("p3", "bidder")), (clerk("p2", "owner"), clerk("p3"))],
)
def test_one_person_alone_or_without_the_permission_may_not_erase(first, second):
    receipt = tell(someone(), "a", "x", at=AT)
    with pytest.raises(Forbidden):
        services.erase(first, receipt.height, "x", second, at=AT)
    assert Payload.objects.filter(height=receipt.height).exists()


def test_what_is_erased_cannot_be_erased_again():
    receipt = tell(someone(), "a", "x", at=AT)
    services.erase(clerk("p2"), receipt.height, "x", clerk("p3"), at=AT)
    with pytest.raises(Conflict):
        services.erase(clerk("p2", request="erase-2"), receipt.height, "x", clerk("p3"), at=AT)
    with pytest.raises(Missing):
        services.erase(clerk("p2", request="erase-3"), 10**9, "x", clerk("p3"), at=AT)


def test_the_signer_away_stops_proofs_but_no_command(monkeypatch):
    class Away:
        def receipts(self, texts):
            raise signing.SignerAway("none")

    monkeypatch.setattr(queries.receipts, "signer", Away)
    assert tell(someone(), "a", "x", at=AT).signature == ""
    monkeypatch.undo()
    assert tell(someone(), "a", "x", at=datetime.now(UTC)).signature


def test_padding_says_nothing():
    assert Padded.__dataclass_fields__ == {}
