"""条目: the canonical event, what is wrong with a stored entry, and the code of its receipt.

The chain itself stands in the kernel, where custodians' tools recompute it (trust design §5.2).
"""

import base64
from typing import Any

from ggzy.foundation.journal.values import ActorRef, Disclosed
from ggzy.kernel import canon
from ggzy.kernel.chain import MICROSECOND, commitment, leaf, link, start
from ggzy.kernel.digest import Hash

EVENT_VERSION = 1
CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U to be misread
CODE_LABEL = b"ggzy.code/1"
CODE_BYTES = 10
CROCKFORD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", CODE_ALPHABET)

__all__ = [
    "MICROSECOND",
    "code",
    "commitment",
    "event",
    "faults",
    "leaf",
    "link",
    "person",
    "start",
    "typed_code",
]


def event(
    *, subject: str, kind: str, actor: ActorRef, request: str, audience: str, body: dict[str, object]
) -> bytes:
    """规范事件. The bytes a commitment binds."""
    return canon.dumps(
        {
            "v": EVENT_VERSION,
            "stream": subject,
            "type": kind,
            "actor": person(actor),
            "req": {"id": request},
            "vis": audience,
            "body": body,
        }
    )


def person(actor: ActorRef) -> dict[str, str | None]:
    """行为人的规范写法."""
    return {"id": actor.person, "org": actor.organisation, "role": actor.role, "region": actor.region}


def faults(entry: Disclosed, hasher: Hash) -> tuple[str, ...]:
    """条目的毛病. Everything in a stored entry that does not follow from its body and its predecessor."""
    header = entry.header
    if entry.previous is None:
        return (f"{header.subject} 第 {header.seq} 条之前缺一条",)
    found = []
    linked = link(
        subject=header.subject,
        seq=header.seq,
        at=header.at,
        previous=entry.previous,
        commitment=header.commitment,
        hasher=hasher,
    )
    if linked != header.chain:
        found.append("链值与条目不符")
    if entry.nonce is None or entry.event is None:
        return tuple(found)
    if commitment(entry.nonce, entry.event, hasher) != header.commitment:
        found.append("内容与承诺不符")
    if code(entry.nonce, header.chain, hasher) != entry.code:
        found.append("回执编号不符")
    said: Any = canon.loads(entry.event)
    shown = {
        "v": EVENT_VERSION,
        "stream": header.subject,
        "type": header.kind,
        "actor": person(header.actor),
        "req": {"id": header.request},
        "vis": header.audience,
    }
    found += [f"{key} 与内容不符" for key in shown if said.get(key) != shown[key]]
    return tuple(found)


def code(nonce: bytes, link: bytes, hasher: Hash) -> str:
    """回执编号. 80 bits in Crockford base 32, four groups of four; only the holder can know it."""
    signs = base64.b32encode(hasher(CODE_LABEL + nonce + link)[:CODE_BYTES]).decode().translate(CROCKFORD)
    return "-".join(signs[place : place + 4] for place in range(0, 16, 4))


def typed_code(text: str) -> str:
    """录入的回执编号. As people type it: lower case, O for 0, I or L for 1, any dashes or spaces."""
    signs = text.upper().replace("O", "0").replace("I", "1").replace("L", "1")
    signs = "".join(sign for sign in signs if sign in CODE_ALPHABET)
    return "-".join(signs[place : place + 4] for place in range(0, len(signs), 4))
