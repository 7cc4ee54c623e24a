from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from ggzy.foundation.journal import chain, queries, services
from ggzy.foundation.journal.models import Entry, Payload, Request
from ggzy.foundation.journal.services import command, recording
from ggzy.foundation.journal.values import Fact
from ggzy.foundation.sealing.signing import check
from ggzy.kernel import merkle
from ggzy.kernel.actor import Actor
from ggzy.kernel.digest import function
from ggzy.kernel.errors import Conflict, Forbidden
from ggzy.kernel.events import Audience
from ggzy.kernel.note import Checkpoint, LogProof
from ggzy.kernel.roles import Role
from tests.services.journal.trial import AT, Hidden, Told, someone, tell

SHA256 = function("sha256")
pytestmark = pytest.mark.django_db


@command
def tell_twice(actor: Actor, lot: str, *, at: datetime):
    tell(Actor.system("inner"), lot, "inner", at=at)
    return services.record(Told(lot=lot, text="outer"), actor=actor, at=at)


@command
def forget(actor: Actor):
    return None


def test_heights_are_dense_and_each_subject_has_its_own_numbers():
    before = queries.head()
    receipts = [tell(someone(f"r{number}"), lot, "x", at=AT) for number, lot in enumerate("aba")]
    assert [receipt.height - before for receipt in receipts] == [1, 2, 3]
    assert [(receipt.subject, receipt.seq) for receipt in receipts] == [
        ("trial/a", 1),
        ("trial/b", 1),
        ("trial/a", 2),
    ]


def test_a_receipt_lets_the_holder_recompute_commitment_chain_and_code():
    first, second = (tell(someone(f"r{number}"), "a", "x", at=AT) for number in range(2))
    body = bytes(Payload.objects.get(height=second.height).canon)
    commitment = SHA256(b"\x02" + second.nonce + body)
    place = b"\x00\x07trial/a" + (2).to_bytes(8) + int((AT.timestamp() * 10**6) + 1).to_bytes(8)
    assert second.chain == SHA256(b"\x04" + place + first.chain + commitment)
    assert first.previous == SHA256(b"\x05trial/a")
    assert second.code == chain.code(second.nonce, second.chain, SHA256)
    assert second.digest == f"sha256:{second.chain.hex()}"


def test_moments_of_a_subject_only_grow():
    later, earlier = (
        tell(someone(text), "a", text, at=at) for text, at in [("1", AT), ("2", AT - timedelta(1))]
    )
    assert (later.at, earlier.at) == (AT, AT + timedelta(microseconds=1))


def test_the_receipt_is_signed_by_the_receipt_key():
    receipt = tell(someone(), "a", "x", at=AT)
    assert receipt.text() in receipt.signature
    assert queries.signer().keys().receipt.name in receipt.signature


def test_receipts_signed_together_share_one_signature():
    receipts = [replace(tell(someone(text), "a", text, at=AT), signature="") for text in "xyz"]
    for place, (one, alone) in enumerate(zip(queries.signed_each(receipts), receipts, strict=True)):
        text, _, rest = one.signature.partition("\n\n")
        proof = LogProof.parse(rest)
        batch, key = Checkpoint.parse(proof.checkpoint.text), queries.signer().keys().receipt
        assert f"{text}\n" == alone.text() and (batch.origin, batch.size) == (key.name, 3)
        assert proof.checkpoint.is_signed_by(key, check)
        leaf = merkle.leaf_hash(alone.text().encode())
        assert merkle.verify_inclusion(leaf, place, 3, proof.hashes, batch.root)


def test_the_same_request_gives_the_same_receipt_and_no_second_fact():
    first = tell(someone(), "a", "x", at=AT)
    again = tell(someone(), "a", "x", at=AT + timedelta(seconds=3))
    assert again == first
    assert queries.head() == first.height


@pytest.mark.parametrize("actor, text", [(someone(), "y"), (someone(person="p2"), "x")])
def test_the_same_request_with_another_content_is_a_conflict(actor, text):
    tell(someone(), "a", "x", at=AT)
    with pytest.raises(Conflict):
        tell(actor, "a", text, at=AT)


def test_a_nested_command_joins_the_outer_one():
    receipt = tell_twice(someone(), "a", at=AT)
    assert [fact.event.text for fact in queries.facts(subject="trial/a")] == ["inner", "outer"]
    assert receipt.seq == 2
    assert set(Request.objects.values_list("request", flat=True)) == {"form-1"}


def test_a_command_that_records_nothing_fails_loudly():
    with pytest.raises(AssertionError):
        forget(someone())


def test_a_failed_command_leaves_nothing():
    before = queries.head()

    @command
    def tell_and_fall(actor: Actor, *, at: datetime):
        services.record(Told(lot="a", text="x"), actor=actor, at=at)
        raise Forbidden()

    with pytest.raises(Forbidden):
        tell_and_fall(someone(), at=AT)
    assert (queries.head(), Request.objects.count()) == (before, 0)
    assert tell(someone(), "a", "x", at=AT).height == before + 1


def test_many_facts_share_one_lock_and_keep_their_order():
    facts = [Told(lot=lot, text=str(number)) for number, lot in enumerate("abab")]
    with transaction.atomic():
        last = services.record_all(facts, actor=someone(), at=AT)
    told = [(fact.height, fact.event.text) for fact in queries.facts(prefix="trial/")]
    assert told == [(last.height - 3 + number, str(number)) for number in range(4)]


@pytest.mark.parametrize(
    "wanted, kinds",
    [
        ({"subject": "trial/a"}, ["trial.told", "trial.told"]),
        ({"prefix": "trial/a"}, ["trial.told", "trial.told", "trial.hidden"]),
        ({"prefix": "trial/", "kinds": ["trial.hidden"]}, ["trial.hidden"]),
        ({"prefix": "trial/", "limit": 2}, ["trial.told", "trial.told"]),
        ({"subject": "padding"}, []),
    ],
)
def test_facts_are_found_by_subject_prefix_and_kind(wanted, kinds):
    for fact in [Told(lot="a", text="1"), Told(lot="a", text="2"), Hidden(lot="a", round=1)]:
        services.record(fact, actor=someone(), at=AT)
    assert [fact.kind for fact in queries.facts(**wanted)] == kinds


def test_a_fact_comes_back_as_it_was_told():
    receipt = tell(someone(), "a", "文", at=AT)
    (fact,) = queries.facts(after=receipt.height - 1)
    assert fact.event == Told(lot="a", text="文")
    assert (fact.actor.person, fact.actor.role, fact.at) == ("p1", Role.OWNER, AT)
    assert fact.audience is Audience.PARTIES


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET kind = 'x'",
        "DELETE FROM journal_entry",
        "TRUNCATE journal_entry",
        "UPDATE journal_payload SET canon = ''",
        "DELETE FROM journal_payload",
        "TRUNCATE journal_payload",
        "UPDATE journal_subject SET seq = seq",
        "DELETE FROM journal_subject",
        "UPDATE journal_head SET height = 0",
        "DELETE FROM journal_head",
        "UPDATE journal_log SET origin = 'x'",
        "DELETE FROM journal_request",
    ],
)
def test_the_database_refuses_to_change_the_past(statement):
    tell(someone(), "a", "x", at=AT)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO journal_entry SELECT 9, 's', 9, 'k', '{}', now(), 'r', 'a', '', ''",
        "UPDATE journal_entry SET kind = 'x'",
        "DELETE FROM journal_payload",
        "UPDATE journal_head SET height = 99",
        "UPDATE journal_checkpoint SET note = ''",
    ],
)
def test_the_role_of_the_site_has_no_right_to_the_tables(statement):
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET LOCAL ROLE ggzy_app")
        cursor.execute(statement)


def test_the_role_of_the_site_can_record():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE ggzy_app")
        assert tell(someone(), "a", "x", at=AT).seq == 1


@pytest.mark.parametrize("change", [{"seq": 5}, {"previous": b"x" * 32}, {"at": AT}])
def test_an_entry_that_does_not_follow_is_refused(change):
    tell(someone(), "a", "x", at=AT)
    place = recording._hold(["trial/a"])[1]["trial/a"]
    by = recording._By.of(someone())
    row = recording._row("trial/a", Told(lot="a", text="x"), place, by, AT + timedelta(1), SHA256)
    with pytest.raises(DatabaseError, match="does not follow"), transaction.atomic():
        recording._insert([row._replace(**change)])


def test_an_entry_that_does_not_follow_the_one_before_it_in_its_batch_is_refused():
    place, by = recording._hold(["trial/a"])[1].get("trial/a"), recording._By.of(someone())
    start = recording._Place(0, recording.chain.start("trial/a", SHA256), AT)
    first = recording._row("trial/a", Told(lot="a", text="x"), place or start, by, AT + timedelta(1), SHA256)
    with pytest.raises(DatabaseError, match="does not follow"), transaction.atomic():
        recording._insert([first, first._replace(seq=2, nonce=b"y" * 32, code="other")])


def test_simulated_time_moves_now_inside_the_block_only():
    with services.simulate(timedelta(days=400)):
        moved = queries.now()
    assert timedelta(days=399) < moved - queries.now() < timedelta(days=401)


def test_a_real_installation_refuses_simulated_time(settings):
    settings.SIMULATION = False
    with pytest.raises(Forbidden), services.simulate(timedelta(days=1)):
        pass


@pytest.fixture
def real_log():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_log DISABLE TRIGGER USER")
        cursor.execute("UPDATE journal_log SET is_simulated = false")


def test_the_database_of_a_real_log_refuses_an_offset(real_log):
    token = queries.OFFSET.set(timedelta(seconds=1))
    with pytest.raises(DatabaseError, match="real time"), transaction.atomic():
        queries.now()
    queries.OFFSET.reset(token)


@pytest.mark.parametrize("offset", [timedelta(seconds=-6), timedelta(seconds=30)])
def test_a_real_log_takes_no_moment_but_the_present(real_log, offset):
    with pytest.raises(Conflict), transaction.atomic():
        services.record(Told(lot="a", text="x"), actor=someone(), at=queries.now() + offset)


def test_a_real_log_takes_the_present(real_log, transaction_now):
    services.record(Told(lot="a", text="x"), actor=someone(), at=transaction_now)


@pytest.fixture
def transaction_now():
    with connection.cursor() as cursor:
        cursor.execute("SELECT transaction_timestamp()")
        return cursor.fetchone()[0]


def test_followers_see_each_entry_once_and_skip_what_they_do_not_want():
    seen = []
    services.follow("trial", {}, limit=10**9)
    tell(someone("1"), "a", "1", at=AT)
    services.record(Hidden(lot="a", round=1), actor=someone(), at=AT)
    tell(someone("2"), "a", "2", at=AT)
    handlers = {"trial.told": lambda fact: seen.append(fact.event.text)}
    assert services.follow("trial", handlers, limit=2) == 2
    assert services.follow("trial", handlers, limit=2) == 1
    assert services.follow("trial", handlers, limit=2) == 0
    assert seen == ["1", "2"]


def test_a_follower_that_falls_sees_the_same_entry_again():
    tell(someone("1"), "a", "1", at=AT)

    def fall(fact):
        raise RuntimeError

    with pytest.raises(RuntimeError), transaction.atomic():
        services.follow("trial", {"trial.told": fall})
    seen: list[Fact] = []
    services.follow("trial", {"trial.told": seen.append})
    assert len(seen) == Entry.objects.filter(kind="trial.told").count() == 1
