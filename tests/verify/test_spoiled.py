"""Each kind of spoiling is caught by the check that is named for it, whoever spoils.

A forger changes the file afterwards, and may mend its index. A dishonest platform writes, chains and signs
other facts: the journal's own checks hold then, and the checks of the trade must find it.
"""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ggzy.foundation.sealing.signing import KeyPair
from ggzy.kernel.events import instant_text
from tests.verify.story import BIDS, DEADLINE, DRAW, START, jsonl, packed, whole, zipped
from tests.verify.verifying import verified
from verify.report import BROKEN


@pytest.fixture(scope="module")
def files():
    return whole().files()


def lines(files, name):
    return [json.loads(line) for line in files[name].splitlines()]


def place(rows, stream, seq):
    return next(number for number, row in enumerate(rows) if (row["stream"], row["seq"]) == (stream, seq))


def edit(files, stream, seq, /, **changes):
    rows = lines(files, "events.jsonl")
    rows[place(rows, stream, seq)] |= changes
    return {**files, "events.jsonl": jsonl(rows)}


def edit_body(files, stream, seq, old, new):
    rows = lines(files, "events.jsonl")
    row = rows[place(rows, stream, seq)]
    assert old in row["event"]
    return edit(files, stream, seq, event=row["event"].replace(old, new))


def without(files, stream, seq):
    rows = lines(files, "events.jsonl")
    del rows[place(rows, stream, seq)]
    return {**files, "events.jsonl": jsonl(rows)}


def swapped(files, stream):
    rows = lines(files, "events.jsonl")
    first, second = place(rows, stream, 1), place(rows, stream, 2)
    rows[first], rows[second] = rows[second], rows[first]
    return {**files, "events.jsonl": jsonl(rows)}


def proof(files, **changes):
    rows = lines(files, "proofs.jsonl")
    rows[3] |= changes
    return {**files, "proofs.jsonl": jsonl(rows)}


def head(files, **changes):
    """The first of the earlier heads, changed; a value may be made from the rows."""
    rows = lines(files, "heads.jsonl")
    rows[0] |= {key: value(rows) if callable(value) else value for key, value in changes.items()}
    return {**files, "heads.jsonl": jsonl(rows)}


def renoted(old, new):
    return lambda rows: rows[0]["note"].replace(old, new)


def text(files, name, old, new):
    assert old in files[name].decode()
    return {**files, name: files[name].decode().replace(old, new, 1).encode()}


def dropped(files, name):
    return {key: data for key, data in files.items() if key != name}


def flipped(hashes):
    return [f"{int(hashes[0], 16) ^ 1:064x}", *hashes[1:]]


def another_key(files):
    name = json.loads(files["keys.json"])["log"].split("+")[0]
    keys = {**json.loads(files["keys.json"]), "log": str(KeyPair(name, Ed25519PrivateKey.generate()).public)}
    return {**files, "keys.json": json.dumps(keys).encode()}


def document(files):
    return next(name for name in files if name.startswith("documents/"))


FORGED = {
    "a body is changed": ("V6", lambda f: edit_body(f, BIDS, 1, '"gen":1', '"gen":9')),
    "a body and its nonce are changed": ("V6", lambda f: edit(f, BIDS, 1, nonce="00" * 32)),
    "a commitment is changed": ("V4", lambda f: edit(f, BIDS, 1, commitment="00" * 32)),
    "a moment is changed": ("V4", lambda f: edit(f, BIDS, 1, at="2026-03-01T00:00:00.000000Z")),
    "a number is changed": ("V6", lambda f: edit(f, BIDS, 2, seq=9)),
    "a predecessor is changed": ("V6", lambda f: edit(f, BIDS, 2, previous="00" * 32)),
    "an entry changes its stream": ("V6", lambda f: edit(f, BIDS, 1, stream=DRAW)),
    "an entry comes from another lot": ("V6", lambda f: edit(f, BIDS, 1, stream="lot/other/1/bids")),
    "a height is changed": ("V4", lambda f: edit(f, BIDS, 1, height=5)),
    "the first bid is left out": ("V6", lambda f: without(f, BIDS, 1)),
    "a bid in the middle is left out": ("V6", lambda f: without(f, BIDS, 3)),
    "the last fact of a stream is left out": ("V6", lambda f: without(f, DRAW, 14)),
    "two bids change places": ("V6", lambda f: swapped(f, BIDS)),
    "entries run backwards": ("V8", lambda f: swapped(f, BIDS)),
    "an event is written in another form": ("V6", lambda f: edit_body(f, BIDS, 1, '"gen":1', '"gen": 1')),
    "a body is taken but its nonce stays": ("V6", lambda f: edit(f, BIDS, 1, event=None)),
    "an inclusion proof is changed": ("V4", lambda f: proof(f, hashes=flipped(lines(f, "proofs.jsonl")[3]["hashes"]))),
    "an inclusion proof is cut": ("V4", lambda f: proof(f, hashes=[])),
    "an inclusion proof is missing": ("V4", lambda f: proof(f, height=10_000)),
    "the root is changed": ("V2", lambda f: text(f, "checkpoint", "\n\n", "\nextra\n\n")),
    "the size is changed": ("V2", lambda f: text(f, "checkpoint", "sha256\n", "sha256\n1")),
    "the signature is gone": ("V1", lambda f: {**f, "checkpoint": f["checkpoint"].split(b"\n\n")[0]}),
    "the log key is exchanged": ("V2", another_key),
    "the key does not fit its id": ("V1", lambda f: text(f, "keys.json", "+", "+0")),
    "an earlier head is changed": ("V2", lambda f: head(f, note=renoted("sha256\n", "sha256\n1"))),
    "a consistency proof is changed": ("V5", lambda f: head(f, hashes=lambda rows: flipped(rows[0]["hashes"]))),
    "a consistency proof is cut": ("V5", lambda f: head(f, hashes=[])),
    "two heads change their proofs": ("V5", lambda f: head(f, hashes=lambda rows: rows[1]["hashes"])),
    "an earlier head is of another log": ("V2", lambda f: head(f, note=renoted("example", "elsewhere"))),
    "a document is changed": ("V1", lambda f: {**f, document(f): b"other"}),
    "the events are gone": ("V1", lambda f: dropped(f, "events.jsonl")),
    "the proofs are gone": ("V1", lambda f: dropped(f, "proofs.jsonl")),
    "a line is no JSON": ("V1", lambda f: text(f, "events.jsonl", "{", "")),
    "a line lacks a field": ("V1", lambda f: text(f, "events.jsonl", '"previous"', '"before"')),
}  # fmt: skip


@pytest.mark.parametrize("kind", FORGED)
def test_a_forged_file_is_caught(kind, files, tmp_path):
    check, spoil = FORGED[kind]
    path = tmp_path / "forged.zip"
    path.write_bytes(packed(spoil(files)))
    assert verified(path).get(check) == BROKEN


def test_each_entry_is_guarded(files, tmp_path):
    """No body of the dossier can be changed in a single character."""
    for number, row in enumerate(lines(files, "events.jsonl")):
        if number % 4 == 0:
            rows = lines(files, "events.jsonl")
            rows[number]["event"] = row["event"].replace('"v":1', '"v":2')
            path = tmp_path / f"{number}.zip"
            path.write_bytes(packed({**files, "events.jsonl": jsonl(rows)}))
            assert verified(path)["V6"] == BROKEN


def index_of(files):
    with zipfile.ZipFile(io.BytesIO(packed(files))) as archive:
        return json.loads(archive.read("index.json"))


INDEX = {
    "a member is not listed": lambda index, files: files.update({"more.txt": b"x"}),
    "a listed member is missing": lambda index, files: files.pop("heads.jsonl"),
    "a member has another content": lambda index, files: files.update(
        {"keys.json": files["keys.json"] + b" "}
    ),
    "a size is changed": lambda index, files: index["files"][0].update(bytes=1),
    "the program is exchanged": lambda index, files: files.update({"verify/log.py": b"# nothing"}),
    "the format is unknown": lambda index, files: index.update(fmt="ggzy.dossier/2"),
}


@pytest.mark.parametrize("kind", INDEX)
def test_a_file_that_does_not_fit_its_index_is_caught(kind, files, tmp_path):
    members = dict(files)
    index = index_of(members)
    INDEX[kind](index, members)
    path = tmp_path / "index.zip"
    path.write_bytes(zipped({"index.json": json.dumps(index).encode(), **members}))
    assert verified(path)["V1"] == BROKEN


def on(kind, **changes):
    """A platform that tells this kind of fact otherwise."""
    return lambda told, body: {**body, **changes} if told == kind else body


def never(kind):
    return lambda told, body: None if told == kind else body


def first(kind, change):
    """A platform that tells the first fact of this kind otherwise."""
    done: list[str] = []

    def told_otherwise(told, body):
        if told != kind or done:
            return body
        done.append(kind)
        return change(body)

    return told_otherwise


def result(number, **changes):
    def change(body):
        rows = [dict(row) for row in body["results"]]
        rows[number] |= changes
        return {**body, "results": rows}

    return first("evaluation.concluded", change)


def entry(number, **changes):
    def change(body):
        rows = [dict(row) for row in body["entries"]]
        rows[number] |= changes
        return {**body, "entries": rows}

    return first("evaluation.concluded", change)


def other_leaf(body):
    rows = [dict(row) for row in body["drawn"]]
    rows[0]["leaf"], rows[1]["leaf"] = rows[1]["leaf"], rows[0]["leaf"]
    return {**body, "drawn": rows}


def other_friend(body):
    rows = [dict(row) for row in body["drawn"]]
    rows[-1]["leaf"] = "A" * 43
    return {**body, "drawn": rows}


def exchanged(body):
    rows = [dict(row) for row in body["members"]]
    rows[0]["expert"] = "E-friend"
    return {**body, "members": rows}


NEW = "sha256:" + "ab" * 32
DISHONEST = {
    "a bid without an announcement": ("V9", never("tender.announced")),
    "an opening without a close": ("V9", never("bidding.closed")),
    "an award before the publicity ended": (
        "V9",
        on("candidates.publicised", until=instant_text(DEADLINE + timedelta(days=90))),
    ),
    "an award without publicity": ("V9", never("candidates.publicised")),
    "a contract without an award": ("V9", never("award.made")),
    "a report nobody signed": ("V9", never("report.signed")),
    "a close before the deadline": ("V11", on("bidding.closed", deadline=instant_text(DEADLINE + timedelta(1)))),
    "a deadline before the bids": ("V11", on("bidding.closed", deadline=instant_text(START + timedelta(days=3)))),
    "a close that names another last place": ("V11", on("bidding.closed", last_seq=6)),
    "a close that names another chain": ("V11", on("bidding.closed", chain=NEW)),
    "a count that is not that of the stream": ("V12", on("bidding.closed", count=5)),
    "another opening set": ("V12", on("opening.began", root=NEW)),
    "another number of openings": ("V12", on("bids.opened", opened=2)),
    "another number of bids": ("V12", on("bids.opened", submitted=3)),
    "a bid that was never read out": ("V12", first("bid.read_out", lambda body: None)),
    "a bid read out that was withdrawn": ("V12", first("bid.read_out", lambda body: {**body, "bid": "b4"})),
    "a failure nobody decided": ("V12", never("failure.decided")),
    "a pool with another root": ("V13", on("draw.committed", root="00" * 32)),
    "a pool that grew in secret": ("V13", on("draw.committed", count=13)),
    "another request": ("V13", lambda told, body: {**body, "owner_seats": 1} if told == "draw.requested" else body),
    "a nonce that was not promised": ("V13", first("nonce.revealed", lambda body: {**body, "nonce": "A" * 43})),
    "a nonce kept back": ("V13", first("nonce.revealed", lambda body: None)),
    "a giver nobody counted": ("V13", on("commits.closed", parties=["centre", "owner"])),
    "another seed": ("V13", on("committee.drawn", seed="A" * 43)),
    "another head": ("V13", on("committee.drawn", head="A" * 43)),
    "seats in another order": ("V13", first("committee.drawn", other_leaf)),
    "a friend on the committee": ("V13", first("committee.drawn", other_friend)),
    "a friend as a replacement": ("V13", first("member.replaced", other_friend)),
    "a seed for the replacement": ("V13", on("member.replaced", seed="A" * 43)),
    "no close of the commits": ("V13", never("commits.closed")),
    "another name behind a drawn leaf": ("V13", first("committee.published", exchanged)),
    "another winner": ("V15", result(0, bid="b3")),
    "another total": ("V15", result(0, total="94", evaluated="94")),
    "another rank": ("V15", result(1, rank=1)),
    "another candidate": ("V15", on("evaluation.concluded", candidates=[{"rank": 1, "bid": "b3"}])),
    "a price that was not read out": ("V15", entry(2, price="85")),
    "an adjustment nobody measured": ("V15", entry(1, adjustment="0")),
    "a rejected bid let in": ("V15", entry(0, passed=True)),
    "a passed bid thrown out": ("V15", entry(1, passed=False)),
    "a scheme that was not published": ("V15", on("scheme.published", digest=NEW)),
    "a report other than the signed one": ("V15", on("report.signed", digest=NEW)),
    "a benchmark where there is none": (
        "V15",
        on("evaluation.concluded", benchmark={"entered": [], "dropped_low": [], "dropped_high": [], "mean": "1", "base": "1"}),
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", DISHONEST)
def test_a_dishonest_platform_is_caught(kind, tmp_path):
    check, change = DISHONEST[kind]
    path = tmp_path / "dishonest.zip"
    path.write_bytes(packed(whole(change=change).files()))
    states = verified(path)
    is_undecidable = kind == "a scheme that was not published"
    assert states[check] == ("unknown" if is_undecidable else BROKEN)
    assert [states[code] for code in ("V1", "V2", "V4", "V5", "V6", "V8")] == ["holds"] * 6


def test_a_bid_after_the_close_is_caught(tmp_path):
    late = {"round": 1, "bid": "b9", "gen": 1, "manifest": NEW}
    story = whole()
    story.tell(BIDS, "bid.submitted", DEADLINE + timedelta(seconds=1), **late)
    story.sign()
    path = tmp_path / "late.zip"
    path.write_bytes(packed(story.files()))
    assert verified(path)["V11"] == BROKEN


def test_more_than_sixty_kinds_of_spoiling_are_tried():
    assert len(FORGED) + len(INDEX) + len(DISHONEST) > 60
