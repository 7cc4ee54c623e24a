"""The same journal under the other algorithm: chains, tree, heads, receipts and verification in SM3."""

import pytest
from django.db import connection

from ggzy.foundation.journal import queries, services
from ggzy.foundation.journal.queries import reading
from ggzy.foundation.sealing import signing
from ggzy.kernel import merkle
from ggzy.kernel.digest import function
from ggzy.kernel.note import Checkpoint, Note
from tests.services.journal.trial import AT, Told, someone, tell

pytestmark = pytest.mark.django_db
SM3 = function("sm3")


@pytest.fixture
def sm3_log(settings):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_log DISABLE TRIGGER USER")
        cursor.execute("UPDATE journal_log SET algorithm = 'sm3', origin = replace(origin, 'sha256', 'sm3')")
    settings.DIGEST_ALGORITHM = "sm3"
    reading._log.cache_clear()
    yield
    reading._log.cache_clear()


def test_everything_is_sm3_and_verifies(sm3_log):
    receipt = tell(someone(), "a", "x", at=AT)
    services.record_all([Told(lot="b", text="x")] * 300, actor=someone(), at=AT)
    services.pad()
    services.checkpoint()
    head = queries.checkpoint()
    assert head is not None
    note = Note.parse(head.note)
    said = Checkpoint.parse(note.text)
    assert said.origin.endswith("/sm3")
    assert note.is_signed_by(queries.signer().keys().log, signing.check)
    assert receipt.digest.startswith("sm3:")
    assert receipt.previous == SM3(b"\x05trial/a")
    proof = queries.inclusion(receipt.height)
    assert proof is not None
    leaf = merkle.leaf_hash(b"\x01" + receipt.chain, SM3)
    assert merkle.verify_inclusion(leaf, proof.index, said.size, proof.hashes, said.root, hasher=SM3)
    assert queries.audit().faults == []


@pytest.mark.parametrize("changed, value", [("DIGEST_ALGORITHM", "sm3"), ("SIMULATION", False)])
def test_settings_that_are_not_those_of_the_log_stop_it(settings, changed, value):
    setattr(settings, changed, value)
    with pytest.raises(AssertionError, match="this database was made"):
        tell(someone(), "a", "x", at=AT)
