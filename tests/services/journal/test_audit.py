import pytest
from django.db import connection, transaction

from ggzy.foundation.journal import chain, queries, services
from ggzy.foundation.sealing import signing
from tests.services.journal.heads import clerk, head, overwrite
from tests.services.journal.trial import AT, Hidden, Told, someone, tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    """A journal of more than a full tile with signed heads; the height of a fact in it."""
    for number in range(3):
        facts = [Told(lot=str(lot % 9), text="x") for lot in range(100)]
        services.record_all([*facts, Hidden(lot="a", round=number)], actor=someone(), at=AT)
        services.pad()
        services.checkpoint()
    receipt = tell(someone(), "a", "x", at=AT)
    services.pad()
    services.checkpoint()
    return receipt.height


def faults() -> str:
    return "\n".join(queries.audit().faults)


def test_an_honest_journal_has_no_fault(place):
    found = queries.audit()
    assert found.faults == found.gaps == []
    assert found.entries == found.bodies == queries.head()
    assert (found.heads, found.nodes) == (4, 1)


def test_what_two_persons_erased_is_no_fault(place):
    services.erase(clerk("p2"), place, "个人信息保护法 §47", clerk("p3"), at=AT)
    found = queries.audit()
    assert (found.faults, found.erased) == ([], 1)


REWRITES = {
    "a body": "UPDATE journal_payload SET canon = overlay(canon placing 'z'::bytea from 40) WHERE height = %s",
    "a nonce": "UPDATE journal_payload SET nonce = sha256(nonce) WHERE height = %s",
    "a code": "UPDATE journal_payload SET code = 'AAAA-AAAA-AAAA-AAAA' WHERE height = %s",
    "a lost body": "DELETE FROM journal_payload WHERE height = %s",
    "a chain value": "UPDATE journal_entry SET chain = sha256(chain) WHERE height = %s",
    "a moment": "UPDATE journal_entry SET at = at + interval '1 s' WHERE height = %s",
    "a person": "UPDATE journal_entry SET actor = jsonb_set(actor, '{id}', '\"p9\"') WHERE height = %s",
    "a kind": "UPDATE journal_entry SET kind = 'trial.published' WHERE height = %s",
    "an audience": "UPDATE journal_entry SET audience = 'public' WHERE height = %s",
    "a lost entry": "DELETE FROM journal_entry WHERE height = %s",
    "another stream": "UPDATE journal_entry SET subject = 'trial/zz', seq = 1 WHERE height = %s",
    "another place": "UPDATE journal_entry SET height = 100000 WHERE height = %s",
    "a head's root": "UPDATE journal_checkpoint SET root = sha256(root) WHERE size > %s",
    "a head's note": "UPDATE journal_checkpoint SET note = replace(note, chr(10) || chr(8212), chr(8212)) WHERE size > %s",
    "a signature": "UPDATE journal_checkpoint SET note = regexp_replace(note, '.....\\n$', 'AAAA=' || chr(10)) WHERE size > %s",
    "a tile": "UPDATE journal_node SET hash = sha256(hash) WHERE position < %s",
    "a lost tile": "DELETE FROM journal_node WHERE position < %s",
}  # fmt: skip


def test_every_rewrite_by_a_superuser_is_found(place):
    silent = []
    for kind, statement in REWRITES.items():
        savepoint = transaction.savepoint()
        overwrite(statement, place)
        if not faults():
            silent.append(kind)
        transaction.savepoint_rollback(savepoint)
    assert silent == []
    assert faults() == ""


def test_a_whole_entry_forged_with_its_chain_is_found_by_the_head(place):
    """Somebody rewrites body, commitment and chain so that they fit one another."""
    entry = next(queries.disclosed(after=place - 1, until=place))
    row, hasher = entry.header, queries.hasher()
    assert entry.event is not None and entry.nonce is not None and entry.previous is not None
    event = entry.event.replace(b'"x"', b'"y"')
    committed = chain.commitment(entry.nonce, event, hasher)
    link = chain.link(
        subject=row.subject,
        seq=row.seq,
        at=row.at,
        previous=entry.previous,
        commitment=committed,
        hasher=hasher,
    )
    code = chain.code(entry.nonce, link, hasher)
    overwrite(
        "UPDATE journal_entry SET commitment = %s, chain = %s WHERE height = %s", committed, link, place
    )
    overwrite("UPDATE journal_payload SET canon = %s, code = %s WHERE height = %s", event, code, place)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_subject DISABLE TRIGGER USER")
        cursor.execute("UPDATE journal_subject SET chain = %s WHERE subject = %s", [link, row.subject])
    assert faults() == f"{head().size} 条的存证点与条目不符"


def test_a_log_cut_at_its_end_is_found(place):
    overwrite("DELETE FROM journal_entry WHERE height > %s", place)
    assert "末位为" in faults()


def test_without_the_signer_the_signatures_are_a_gap(place, monkeypatch):
    class Away:
        def keys(self):
            raise signing.SignerAway("none")

    monkeypatch.setitem(queries.audit.__globals__, "signer", Away)
    found = queries.audit()
    assert found.faults == []
    assert found.gaps
