"""保管人工具与平台的请求: each one signed with the custodian's identity key, so that no session is needed.

`Authorization: Ggzy-Custodian who=<fingerprint>,at=<instant>,sig=<base64url>` over method, path, moment
and the hash of the body.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from ggzy.foundation.sealing import suites
from ggzy.kernel import canon, events
from ggzy.kernel.digest import digest
from ggzy.kernel.verdict import Reason, Refused, Verdict, judge

LABEL = b"ggzy.custody.request/1\n"
SCHEME = "Ggzy-Custodian"
HEADER = re.compile(r"Ggzy-Custodian who=([0-9a-f]{64}),at=([0-9TZ:.-]{27}),sig=([0-9A-Za-z_-]{1,200})")
DRIFT_MAX = timedelta(minutes=5)


@dataclass(frozen=True)
class Signed:
    """签名头. `who` is the fingerprint of the certificate that must bear it out."""

    who: str
    at: datetime
    sig: bytes

    @classmethod
    def read(cls, header: str) -> "Signed":
        """Raises Refused unless it is the header of this scheme."""
        found = HEADER.fullmatch(header)
        try:
            if found is None:
                raise ValueError(header)
            signature = base64.b64decode(found[3] + "=" * (-len(found[3]) % 4), b"-_", validate=True)
            return cls(found[1], events.instant_of(found[2]), signature)
        except (ValueError, binascii.Error):
            raise Refused([Reason("no_signature", "请求没有保管人的签名")]) from None


def sign(method: str, path: str, body: bytes, *, who: str, key: bytes, at: datetime) -> str:
    """签署请求: the value of the Authorization header. `key` is PKCS#8, `path` without host and query."""
    signature = suites.suite("W1").sign(key, _message(method, path, body, at))
    text = base64.urlsafe_b64encode(signature).rstrip(b"=").decode()
    return f"{SCHEME} who={who},at={events.instant_text(at)},sig={text}"


def check(header: str, method: str, path: str, body: bytes, *, certificate: bytes, now: datetime) -> Verdict:
    """核验请求: signed by the holder of this PEM certificate, for this very request, within five minutes.

    Raises Refused when there is no such header.
    """
    signed = Signed.read(header)
    key = suites.certified_key(certificate)
    message = _message(method, path, body, signed.at)
    return judge(
        [
            (
                suites.fingerprint(certificate) == signed.who,
                Reason("other_certificate", "请求由另一张证书签名"),
            ),
            (
                suites.suite("W1").verify(key, message, signed.sig),
                Reason("bad_signature", "请求的签名无效"),
            ),
            (
                abs(now - signed.at) <= DRIFT_MAX,
                Reason("stale", "请求的时间与平台相差超过 5 分钟", remedy="请校准本机时钟后重试"),
            ),
        ]
    )


def _message(method: str, path: str, body: bytes, at: datetime) -> bytes:
    said = {"at": events.instant_text(at), "body": digest(body), "method": method, "path": path}
    return LABEL + canon.dumps(said)
