"""分册密钥的派生 (trust §7.4): every key and check value of a part, from its secrets.

S_c is the custodians' secret, S_b the bidder's; the policy says which of them open the part.
"""

from dataclasses import dataclass

from ggzy.foundation.sealing.container import PREFIX_BYTES, StreamKey
from ggzy.foundation.sealing.suites import SECRET_BYTES, Suite
from ggzy.kernel import canon

CONTEXT = b"ggzy.sbe/1 ctx"
BIDDER = b"ggzy.sbe/1 sb"
STREAM = b"ggzy.sbe/1 stream"
CUSTODIANS_CHECK = b"ggzy.sbe/1 hc"
BIDDER_CHECK = b"ggzy.sbe/1 hb"
PLAIN = b"ggzy.sbe/1 plain"


@dataclass(frozen=True)
class Place:
    """分册的位置: binds every key of a part to this tender, plan, bid and generation."""

    suite: str
    lot: str
    round: int
    plan: str
    bid: str
    gen: int
    part: str

    def context(self, suite: Suite) -> bytes:
        """分册的上下文, 32 bytes."""
        assert suite.name == self.suite
        return suite.hash(CONTEXT + canon.dumps(vars(self)))


@dataclass(frozen=True)
class Derivation:
    """派生. `salt` is public and random; `ctx` the context of the part."""

    suite: Suite
    salt: bytes
    ctx: bytes

    def bidder_secret(self, master: bytes) -> bytes:
        """S_b of this part from the bidder's master secret."""
        return bidder_secret(self.suite, master, self.ctx)

    def stream(self, ikm: bytes) -> tuple[StreamKey, bytes]:
        """The key of the chunks, and the commitment to it: GCM alone lets one text open under two keys."""
        length = self.suite.key_bytes
        info = STREAM + self.ctx
        material = self.suite.derive(self.salt, ikm, info, length + PREFIX_BYTES + SECRET_BYTES)
        prefix = material[length : length + PREFIX_BYTES]
        return StreamKey(self.suite, material[:length], prefix), material[length + PREFIX_BYTES :]

    def custodians_check(self, secret: bytes) -> bytes:
        """h_c: tells wrong shares from a wrong bid."""
        return self._derive(secret, CUSTODIANS_CHECK)

    def bidder_check(self, secret: bytes) -> bytes:
        """h_b: tells a wrong key of the bidder from a wrong bid."""
        return self._derive(secret, BIDDER_CHECK)

    def plain_commitment(self, secret: bytes, size: int, root: bytes) -> str:
        """明文承诺: hides and binds a plaintext of `size` bytes with this root; 64 hex digits."""
        blind = self._derive(secret, PLAIN)
        return self.suite.hash(b"\x03" + blind + size.to_bytes(8) + root).hex()

    def _derive(self, secret: bytes, label: bytes) -> bytes:
        return self.suite.derive(self.salt, secret, label + self.ctx, SECRET_BYTES)


def bidder_secret(suite: Suite, master: bytes, ctx: bytes) -> bytes:
    """S_b of the part with this context."""
    return suite.derive(b"", master, BIDDER + ctx, SECRET_BYTES)
