"""A whole lot as a dossier, told with the platform's kernel: what the verifier has to agree with.

`Story` writes facts the way the journal does; `files()` gives the members of the ZIP. A dishonest platform is
a story told with other facts; a forger is somebody who changes the members afterwards.
"""

import base64
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ggzy.foundation.journal import chain
from ggzy.foundation.journal.values import Receipt
from ggzy.foundation.sealing.signing import KeyPair
from ggzy.kernel import canon, draw, merkle
from ggzy.kernel.digest import function
from ggzy.kernel.events import instant_of, instant_text
from ggzy.kernel.note import Checkpoint, LogProof, Note

LOT = "A01" + "0" * 37
START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DEADLINE = START + timedelta(days=21)
PROGRAM = Path(__file__).parents[2] / "src" / "verify"
BIDS, OPENING, EVALUATION, AWARD, DRAW = (
    f"lot/{LOT}/1/bids",
    f"lot/{LOT}/1/opening",
    f"lot/{LOT}/1/evaluation",
    f"lot/{LOT}/1/award",
    f"draw/{LOT}/1",
)
Body = dict[str, Any]
Change = Callable[[str, Body], Body | None]


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Story:
    """Facts written one after another into one log with other people's entries between them."""

    def __init__(self, algorithm: str = "sha256", change: Change = lambda kind, body: body) -> None:
        self.algorithm, self.hasher, self.change = algorithm, function(algorithm), change
        origin = f"ggzy.example/journal/2026-1/simulated/{algorithm}"
        self.log = KeyPair(origin, Ed25519PrivateKey.generate())
        self.receipts = KeyPair(f"{origin}/receipt", Ed25519PrivateKey.generate())
        self.lines: list[Body] = []
        self.leaves: list[bytes] = []
        self.heads: list[Note] = []
        self.streams: dict[str, tuple[int, bytes]] = {}
        self.documents: dict[str, bytes] = {}
        self.members: list[Body] = []

    def tell(self, stream: str, kind: str, at: datetime, **body: object) -> Body:
        """One fact; `change` may forge or drop it, as a dishonest platform would."""
        told = self.change(kind, {"lot": LOT, **body})
        if told is None:
            return {}
        event = canon.dumps(
            {
                "v": 1,
                "stream": stream,
                "type": kind,
                "actor": {"id": "p1", "org": None, "role": "owner", "region": "150200"},
                "req": {"id": f"r{len(self.lines)}"},
                "vis": "public",
                "body": told,
            }
        )
        return self._write(stream, at, event)

    def last(self, stream: str) -> tuple[int, bytes]:
        return self.streams.get(stream, (0, chain.start(stream, self.hasher)))

    def sign(self) -> Note:
        """Others' entries, then a signed head over everything."""
        self.leaves += [merkle.leaf_hash(bytes([7]) * 33, self.hasher)] * 3
        head = Checkpoint(self.log.name, len(self.leaves), merkle.root(self.leaves, self.hasher))
        self.heads.append(self.log.sign(head.text()))
        return self.heads[-1]

    def receipt(self, line: Body) -> Body:
        """The 回执.ggzy of a fact, with its proof under the first head that covers it."""
        note = self.receipts.sign(self._receipt_text(line))
        head = next(note for note in self.heads if Checkpoint.parse(note.text).size >= line["height"])
        size = Checkpoint.parse(head.text).size
        index = line["height"] - 1
        hashes = merkle.inclusion(index, size, merkle.nodes_of(self.leaves, self.hasher), self.hasher)
        proof = str(LogProof(index, hashes, head))
        return {"fmt": "ggzy.receipt/1", "note": str(note), "event": line["event"], "proof": proof}

    def batch_receipt(self, line: Body, others: Sequence[Body]) -> Body:
        """The same, signed with the receipts of `others` by one signature."""
        texts = [self._receipt_text(one) for one in (*others, line)]
        leaves = [merkle.leaf_hash(text.encode(), self.hasher) for text in texts]
        root, paths = merkle.inclusions(leaves, self.hasher)
        signed = self.receipts.sign(Checkpoint(self.receipts.public.name, len(texts), root).text())
        note = f"{texts[-1]}\n{LogProof(len(others), paths[-1], signed)}"
        return {**self.receipt(line), "note": note}

    def files(self) -> dict[str, bytes]:
        """The members of the dossier, without its index."""
        last = Checkpoint.parse(self.heads[-1].text)
        node = merkle.nodes_of(self.leaves, self.hasher)
        proofs = [
            {
                "height": line["height"],
                "hashes": self._hex(merkle.inclusion(line["height"] - 1, last.size, node, self.hasher)),
            }
            for line in self.lines
        ]
        heads = [
            {
                "note": str(note),
                "hashes": self._hex(
                    merkle.consistency(Checkpoint.parse(note.text).size, last.size, node, self.hasher)
                ),
            }
            for note in self.heads
        ]
        keys = {"log": str(self.log.public), "receipt": str(self.receipts.public)}
        return {
            "checkpoint": str(self.heads[-1]).encode(),
            "keys.json": json.dumps(keys).encode(),
            "events.jsonl": jsonl(self.lines),
            "proofs.jsonl": jsonl(proofs),
            "heads.jsonl": jsonl(heads),
            **self.documents,
            **{f"verify/{path.name}": path.read_bytes() for path in sorted(PROGRAM.glob("*.py"))},
            "__main__.py": (PROGRAM / "__main__.py").read_bytes(),
        }

    def _write(self, stream: str, at: datetime, event: bytes) -> Body:
        seq, previous = self.last(stream)
        nonce = hashlib.sha256(b"nonce" + event).digest()
        committed = chain.commitment(nonce, event, self.hasher)
        link = chain.link(
            subject=stream, seq=seq + 1, at=at, previous=previous, commitment=committed, hasher=self.hasher
        )
        self.streams[stream] = (seq + 1, link)
        self.leaves.append(merkle.leaf_hash(chain.leaf(link), self.hasher))
        line: Body = {
            "height": len(self.leaves),
            "stream": stream,
            "seq": seq + 1,
            "at": instant_text(at),
            "previous": previous.hex(),
            "commitment": committed.hex(),
            "nonce": nonce.hex(),
            "event": event.decode(),
        }
        self.lines.append(line)
        return line

    def _receipt_text(self, line: Body) -> str:
        link = chain.link(
            subject=line["stream"],
            seq=line["seq"],
            at=instant_of(line["at"]),
            previous=bytes.fromhex(line["previous"]),
            commitment=bytes.fromhex(line["commitment"]),
            hasher=self.hasher,
        )
        return Receipt(
            height=line["height"],
            subject=line["stream"],
            seq=line["seq"],
            kind=json.loads(line["event"])["type"],
            at=instant_of(line["at"]),
            algorithm=self.algorithm,
            previous=bytes.fromhex(line["previous"]),
            chain=link,
            nonce=bytes.fromhex(line["nonce"]),
            code="",
            request="r",
        ).text()

    def _hex(self, hashes: tuple[bytes, ...]) -> list[str]:
        return [step.hex() for step in hashes]


def whole(algorithm: str = "sha256", change: Change = lambda kind, body: body) -> Story:
    """From registration to the signed contract and the archive."""
    story = Story(algorithm, change)
    story.tell(f"lot/{LOT}", "lot.registered", START, title="一标段")
    story.tell(f"lot/{LOT}", "tender.announced", START + timedelta(hours=1), round=1)
    _bid(story)
    _open(story)
    _draw(story)
    _evaluate(story)
    _award(story)
    document = "招标文件".encode()
    story.documents[f"documents/sha256-{hashlib.sha256(document).hexdigest()}"] = document
    story.sign()
    return story


def _bid(story: Story) -> None:
    at = START + timedelta(days=3)
    for number, bid in enumerate(["b1", "b2", "b3", "b4", "b1", "b5"]):
        body = {"round": 1, "bid": bid, "gen": 2 if number == 4 else 1, "manifest": f"sha256:{number:064x}"}
        story.tell(BIDS, "bid.submitted", at + timedelta(hours=number), **body)
        story.sign()
    story.tell(BIDS, "bid.withdrawn", at + timedelta(days=1), round=1, bid="b4", gen=1, manifest="")
    seq, link = story.last(BIDS)
    story.tell(
        BIDS,
        "bidding.closed",
        DEADLINE,
        round=1,
        deadline=instant_text(DEADLINE),
        count=4,
        last_seq=seq,
        chain=f"{story.algorithm}:{link.hex()}",
    )


def _open(story: Story) -> None:
    live = [("b2", 1, 1), ("b3", 1, 2), ("b1", 2, 4), ("b5", 1, 5)]
    leaves = [merkle.leaf_hash(canon.dumps([bid, gen, f"sha256:{place:064x}"])) for bid, gen, place in live]
    root = f"sha256:{merkle.root(leaves).hex()}"
    story.tell(OPENING, "opening.began", DEADLINE, round=1, count=4, root=root)
    prices = {"b2": "100", "b3": "90", "b1": "95"}
    for bid, yuan in prices.items():
        price = {
            "kind": "amount",
            "amount": {"amount": f"{yuan}00", "unit": "fen"},
            "rate": None,
            "text": yuan,
        }
        at = DEADLINE + timedelta(minutes=len(story.lines))
        story.tell(OPENING, "bid.read_out", at, round=1, bid=bid, price=price)
    after = DEADLINE + timedelta(hours=2)
    story.tell(OPENING, "failure.decided", after, round=1, bid="b5", cause="bidder")
    told = {"round": 1, "submitted": 4, "opened": 3, "failed": 1}
    story.tell(OPENING, "bids.opened", after + timedelta(minutes=1), **told)


def _draw(story: Story) -> None:
    """Five seats from twelve, three givers, one replacement."""
    at = iter(DEADLINE + timedelta(hours=3, minutes=minute) for minute in range(60))
    name, salts = f"{LOT}-1-committee-1", [bytes([number]) * 32 for number in range(12)]
    people = [
        {"id": f"E{number}", "specialty": "A08", "employer": "", "region": "150200"} for number in range(12)
    ]
    pool = sorted(draw.leaf(salt, canon.dumps(person)) for salt, person in zip(salts, people, strict=True))
    body: Body = {"round": 1, "draw": name}
    requested = {"lot": LOT, **body, "purpose": "committee", "serial": 1, "algorithm": "sha256"}
    requested |= {"seats": [{"specialty": "A08", "count": 5}], "owner_seats": 0, "region": "150200"}
    del requested["lot"]
    story.tell(DRAW, "draw.requested", next(at), **requested)
    root, empty = draw.root(pool).hex(), draw.root([]).hex()
    leaves = [b64(leaf) for leaf in pool]
    story.tell(
        DRAW,
        "draw.committed",
        next(at),
        **body,
        group="A08",
        count=12,
        root=root,
        leaves=leaves,
        excluded_root=empty,
    )
    nonces = {
        party: [hashlib.sha256(f"{party}{turn}".encode()).digest() for turn in (0, 1)]
        for party in ("centre", "owner", "supervisor")
    }
    for party, own in nonces.items():
        promised = [b64(draw.commitment(name, party, turn, nonce)) for turn, nonce in enumerate(own)]
        story.tell(DRAW, "nonce.committed", next(at), **body, party=party, commitments=promised)
    closed = {"parties": sorted(nonces), "pool_root": root, "excluded_root": empty}
    story.tell(DRAW, "commits.closed", next(at), **body, **closed)
    head = story.last(DRAW)[1]
    _reveal(story, body, nonces, 0, next(at))
    seed = draw.seed(
        request=function("sha256")(canon.dumps({"lot": LOT, **requested})),
        pool=bytes.fromhex(root),
        excluded=bytes.fromhex(empty),
        head=head,
        nonces={party: own[0] for party, own in nonces.items()},
    )
    drawn = draw.draw(pool, 5, seed)
    seats = [{"seat": seat, "group": "A08", "leaf": b64(leaf)} for seat, leaf in enumerate(drawn, 1)]
    story.tell(DRAW, "committee.drawn", next(at), **body, turn=0, head=b64(head), seed=b64(seed), drawn=seats)
    story.tell(DRAW, "seat.vacated", next(at), round=1, seat=2, reason="declined")
    _reveal(story, body, nonces, 1, next(at))
    second = draw.next_seed(seed, {party: own[1] for party, own in nonces.items()})
    (replacement,) = draw.draw([leaf for leaf in pool if leaf not in drawn], 1, second)
    taken = [{"seat": 2, "group": "A08", "leaf": b64(replacement)}]
    story.tell(DRAW, "member.replaced", next(at), **body, turn=1, seed=b64(second), drawn=taken)
    final = [drawn[0], replacement, *drawn[2:]]
    by_leaf = {
        draw.leaf(salt, canon.dumps(person)): (salt, person)
        for salt, person in zip(salts, people, strict=True)
    }
    story.members = [
        {
            "seat": seat,
            "kind": "expert",
            "leaf": b64(leaf),
            "salt": b64(by_leaf[leaf][0]),
            **_named(by_leaf[leaf][1]),
        }
        for seat, leaf in enumerate(final, 1)
    ]


def _named(person: dict[str, str]) -> dict[str, str]:
    return {
        "name": "某某",
        "expert": person["id"],
        **{key: person[key] for key in ("specialty", "employer", "region")},
    }


def _reveal(story: Story, body: Body, nonces: dict[str, list[bytes]], turn: int, at: datetime) -> None:
    for number, (party, own) in enumerate(nonces.items()):
        moment = at + timedelta(seconds=number)
        story.tell(DRAW, "nonce.revealed", moment, **body, party=party, turn=turn, nonce=b64(own[turn]))


def _evaluate(story: Story) -> None:
    """Lowest evaluated price with a second for each month over ten; one bid is rejected."""
    at = iter(DEADLINE + timedelta(days=1, minutes=minute) for minute in range(60))
    scheme = {
        "scoring": "lowest_price",
        "criteria": [{"code": "price", "kind": "price", "part": "price", "weight": "100", "full": "100"}],
        "formula": None,
        "adjustments": [
            {"code": "months", "threshold": "10", "per": "1", "amount": "4", "share": "0", "units_max": None}
        ],
        "rate_reading": "discount",
        "ties": ["draw"],
        "member_trim": "none",
        "candidates_max": 3,
    }
    digest = f"sha256:{function('sha256')(canon.dumps(scheme)).hex()}"
    story.tell(
        EVALUATION, "scheme.published", START + timedelta(hours=2), round=1, scheme=scheme, digest=digest
    )
    story.tell(EVALUATION, "evaluation.begun", next(at), round=1, chair=1, seats=[1, 2, 3, 4, 5])
    measures = [
        {"bid": "b3", "code": "months", "value": "12"},
        {"bid": "b1", "code": "months", "value": "10"},
    ]
    story.tell(EVALUATION, "measures.recorded", next(at), round=1, measures=measures)
    rejected = [{"bid": "b2", "grounds": ["signature"], "text": "未签字"}]
    story.tell(EVALUATION, "review.finished", next(at), round=1, passed=2, rejected=rejected)
    concluded = {
        "round": 1,
        "scheme": digest,
        "coefficients": [],
        "tie_order": [],
        "ceiling": None,
        "entered": [],
        "entries": [
            {"bid": "b2", "price": "100", "passed": False, "adjustment": "0"},
            {"bid": "b3", "price": "90", "passed": True, "adjustment": "8"},
            {"bid": "b1", "price": "95", "passed": True, "adjustment": "0"},
        ],
        "benchmark": None,
        "results": [_result("b1", 1, "95"), _result("b3", 2, "98")],
        "candidates": [{"rank": 1, "bid": "b1"}, {"rank": 2, "bid": "b3"}],
        "is_all_rejected": False,
    }
    told = story.change("evaluation.concluded", {"lot": LOT, **concluded}) or {}
    honest = {**told, "digest": ""}
    report = f"sha256:{function('sha256')(canon.dumps(honest)).hex()}"
    change, story.change = story.change, lambda kind, body: body
    story.tell(EVALUATION, "evaluation.concluded", next(at), **{**told, "digest": report})
    story.change = change
    story.tell(EVALUATION, "report.signed", next(at), round=1, seat=1, digest=report)
    story.tell(EVALUATION, "evaluation.reported", next(at), round=1, digest=report)


def _result(bid: str, rank: int, total: str) -> Body:
    return {"bid": bid, "rank": rank, "total": total, "points": [], "evaluated": total, "deviation": None}


def _award(story: Story) -> None:
    until = DEADLINE + timedelta(days=5)
    shown = {"round": 1, "until": instant_text(until)}
    story.tell(AWARD, "candidates.publicised", DEADLINE + timedelta(days=2), **shown)
    story.tell(AWARD, "award.made", until + timedelta(hours=1), round=1, rank=1)
    story.tell(EVALUATION, "committee.published", until + timedelta(hours=2), round=1, members=story.members)
    story.tell(f"lot/{LOT}/1/contract", "contract.signed", until + timedelta(days=9), round=1)
    rows = [
        canon.dumps({"height": line["height"], "at": line["at"], "body": json.loads(line["event"])["body"]})
        + b"\n"
        for line in story.lines
    ]
    digest = f"sha256:{hashlib.sha256(b''.join(rows)).hexdigest()}"
    counted = {"digest": digest, "height": story.lines[-1]["height"], "facts": len(story.lines)}
    story.tell(f"lot/{LOT}", "dossier.archived", until + timedelta(days=30), **counted)


def jsonl(rows: list[Body]) -> bytes:
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


def packed(files: dict[str, bytes], algorithm: str = "sha256") -> bytes:
    """The ZIP, with an index that fits its members."""
    rows = [
        {"path": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in files.items()
    ]
    index = {
        "fmt": "ggzy.dossier/1",
        "lot": LOT,
        "algorithm": algorithm,
        "streams": [f"lot/{LOT}", f"draw/{LOT}"],
        "files": rows,
    }
    return zipped({"index.json": json.dumps(index).encode(), **files})


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()
