"""密钥文件: a secret behind a password, in one small canonical file.

The same form keeps a bidder's opening key (.sbekey), a signing key with its certificate, and a
custodian's key for one tender.
"""

from dataclasses import dataclass, replace
from typing import Literal

from ggzy.foundation.sealing import suites
from ggzy.foundation.sealing.manifest import Manifest
from ggzy.kernel import canon, events
from ggzy.kernel.verdict import Reason, Refused

LABEL = b"ggzy.key/1\n"
ROUNDS_MAX = 10_000_000
PASSWORD_LENGTH_MIN = 8

Kind = Literal["bid", "signing", "custody"]


@dataclass(frozen=True)
class KeyFile:
    """密钥文件. `about` is canonical JSON text that is shown without the password and bound to the secret."""

    kind: Kind
    about: str
    rounds: int
    salt: bytes
    nonce: bytes
    ct: bytes = b""
    suite: str = "W1"
    fmt: Literal["ggzy.key/1"] = "ggzy.key/1"

    @classmethod
    def read(cls, encoded: bytes) -> "KeyFile":
        """Raises Refused unless it is a key file."""
        try:
            file = events.restore(cls, canon.loads(encoded))
            suites.suite(file.suite)
        except ValueError:
            raise Refused([Reason("not_a_key_file", "这不是密钥文件，或文件已损坏")]) from None
        if not 0 < file.rounds <= ROUNDS_MAX:
            raise Refused([Reason("rounds", "密钥文件的参数超出允许范围")])
        return file

    def facts(self) -> dict[str, object]:
        """What the file says about its key, not yet proved by the password."""
        value = canon.loads(self.about.encode())
        if not isinstance(value, dict):
            raise Refused([Reason("not_a_key_file", "密钥文件的说明无法识别")])
        return value


def lock(kind: Kind, about: dict[str, object], secret: bytes, password: str) -> bytes:
    """加锁. The key file; Refused for a password that is too short."""
    if len(password) < PASSWORD_LENGTH_MIN:
        text = f"口令至少需要 {PASSWORD_LENGTH_MIN} 个字符"
        raise Refused([Reason("password_short", text)])
    file = KeyFile(
        kind=kind,
        about=canon.dumps(about).decode(),
        rounds=suites.PASSWORD_ROUNDS,
        salt=suites.fresh(16),
        nonce=suites.fresh(12),
    )
    suite = suites.suite(file.suite)
    ciphertext = suite.seal(_key(file, password), file.nonce, secret)
    return canon.dumps(events.body(replace(file, ct=ciphertext)))


def unlock(encoded: bytes, password: str, kind: Kind) -> tuple[dict[str, object], bytes]:
    """解锁. What the key is about, and the secret; Refused for a wrong password or another kind of key."""
    file = KeyFile.read(encoded)
    if file.kind != kind:
        raise Refused([Reason("other_kind", "这个密钥文件不是用于此处的")])
    try:
        secret = suites.suite(file.suite).unseal(_key(file, password), file.nonce, file.ct)
    except suites.Unreadable:
        raise Refused([Reason("wrong_password", "口令不正确，或密钥文件已损坏")]) from None
    return file.facts(), secret


@dataclass(frozen=True)
class BidderKey:
    """投标人解密密钥: the master secret of one generation of a bid, and the manifest it belongs to."""

    master: bytes
    manifest: str

    def opens(self, manifest: Manifest) -> bool:
        """是否属于这份投标文件."""
        return self.manifest == manifest.digest


def lock_master(manifest: Manifest, master: bytes, password: str) -> bytes:
    """制作 .sbekey 文件."""
    about = {
        "bid": manifest.bid,
        "gen": manifest.gen,
        "lot": manifest.lot,
        "manifest": manifest.digest,
        "round": manifest.round,
    }
    return lock("bid", about, master, password)


def open_sbekey(encoded: bytes, password: str) -> BidderKey:
    """打开 .sbekey 文件. Raises Refused for a wrong password or another file."""
    about, master = unlock(encoded, password, "bid")
    return BidderKey(master, str(about["manifest"]))


def part_secret(master: bytes, manifest: Manifest, part: str) -> bytes:
    """分册解密密钥 S_b: what the bidder releases for one part, never the master secret itself."""
    return manifest.derivation(part).bidder_secret(master)


def _key(file: KeyFile, password: str) -> bytes:
    suite = suites.suite(file.suite)
    header = {name: value for name, value in events.body(file).items() if name != "ct"}
    stretched = suite.stretch(password, file.salt, file.rounds)
    return suite.derive(b"", stretched, LABEL + canon.dumps(header), suite.key_bytes)
