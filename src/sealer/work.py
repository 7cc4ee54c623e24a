"""加密与自检: what the commands do, without the command line."""

import base64
import json
import os
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ggzy.foundation.sealing import envelope, keyfile, opening, package, suites
from ggzy.foundation.sealing.chunks import FolderChunks
from ggzy.foundation.sealing.content import Bundle, Offer, PartFile
from ggzy.foundation.sealing.envelope import Sealed
from ggzy.foundation.sealing.manifest import SIGNED, Client
from ggzy.foundation.sealing.plan import check_custodians, may_plan
from ggzy.foundation.sealing.trace import Hardware, device
from ggzy.kernel.verdict import Reason, Refused, Verdict, judge
from sealer.order import Order

CLIENT = Client("ggzy-seal", "1.1.0", "python")
PRICE = "price"
UNTOLD = Hardware()


@dataclass(frozen=True)
class SigningKey:
    """签名密钥 and its certificate (PEM)."""

    private: bytes
    certificate: bytes

    @classmethod
    def open(cls, encoded: bytes, password: str) -> "SigningKey":
        """Raises Refused for a wrong password, or a key that has no certificate yet."""
        about, private = keyfile.unlock(encoded, password, "signing")
        certificate = str(about["certificate"]).encode()
        if not certificate:
            raise Refused([Reason("no_certificate", "签名密钥还没有证书，请先用 key certify 装入证书")])
        return cls(private, certificate)


def new_signing_key(name: str, organisation: str, password: str) -> tuple[bytes, bytes]:
    """生成签名密钥: the locked key file, and the request for a certificate authority (PEM)."""
    private = suites.suite("W1").new_key()
    request = suites.certificate_request(private, name, organisation)
    return keyfile.lock("signing", {"certificate": ""}, private, password), request


def certify(private: bytes, certificate: bytes, password: str) -> bytes:
    """装入证书. The key file with its certificate; Refused unless the two belong together."""
    try:
        matches = suites.certified_key(certificate) == suites.suite("W1").public_of(private)
    except ValueError as error:
        raise Refused([Reason("not_a_certificate", f"证书无法使用：{error}")]) from None
    if not matches:
        raise Refused([Reason("other_key", "证书与私钥不是一对")])
    return keyfile.lock("signing", {"certificate": certificate.decode()}, private, password)


def seal(
    order: Order,
    offer: Offer,
    files: Mapping[str, Sequence[Path]],
    key: SigningKey,
    *,
    password: str,
    made: datetime,
    out: Path,
    pins: Mapping[str, bytes] | None = None,
    made_on: Hardware = UNTOLD,
) -> tuple[Path, Path]:
    """加密: writes `<bid>-<gen>.sbe` and `.sbekey` to `out`. `pins` are custodians' trusted certificates.

    Marks of the machine it is `made_on` go into the sealed offer; nobody sees them before the opening.

    Raises Refused for a plan that is unlawful, custodians that are not the pinned ones, or wrong parts.
    """
    verdict = may_plan(order.plan)
    if pins is not None:
        verdict &= check_custodians(order.plan, pins)
    verdict.require()
    out.mkdir(parents=True, exist_ok=True)
    name = f"{order.bid}-{order.gen}"
    chunks = out / f"{name}.chunks"
    told = device(CLIENT.name, CLIENT.version, made_on, order.plan.lot)
    with ExitStack() as opened:
        parts = {
            part.id: Bundle.of(
                offer if part.id == PRICE else None,
                [
                    PartFile(path.name, opened.enter_context(path.open("rb")))
                    for path in files.get(part.id, ())
                ],
                told if part.id == PRICE else None,
            )
            for part in order.plan.parts
        }
        unknown = {id: Bundle.of(None) for id in files if id not in parts}
        sealed = envelope.seal(
            order.plan,
            {**parts, **unknown},
            bid=order.bid,
            gen=order.gen,
            prev=order.prev,
            bidder=order.bidder,
            documents=order.documents,
            certificate=key.certificate,
            signing_key=key.private,
            made=made,
            password=password,
            into=FolderChunks(chunks),
            client=CLIENT,
        )
    return _write(sealed, out / f"{name}.sbe", chunks)


def check(package_file: Path, sbekey: bytes, password: str) -> Verdict:
    """自检: signature and ciphertext are whole, and this key is the bidder's half of every part."""
    key = keyfile.open_sbekey(sbekey, password)
    with package_file.open("rb") as file:
        found = package.open_package(file)
        manifest = found.manifest
        suite = suites.suite(manifest.suite)
        public = suites.certified_key(found.certificate)
        verdict = judge(
            [
                (key.opens(manifest), Reason("other_key", "解密密钥属于另一份投标文件")),
                (
                    suite.verify(public, SIGNED + found.manifest_bytes, found.signature),
                    Reason("bad_signature", "投标文件的签名无效"),
                ),
            ]
        )
        for part in manifest.parts:
            verdict &= envelope.check_chunks(manifest, part.id, found.chunks)
            secret = keyfile.part_secret(key.master, manifest, part.id)
            failure = opening.check_bidder_secret(manifest, part.id, secret)
            if failure is not None:
                verdict &= Verdict((Reason(failure.code, f"分册“{part.id}”：{failure.text}"),))
    return verdict


def unlock(package_file: Path, sbekey: bytes, password: str, parts: Sequence[str]) -> str:
    """开标时的解密密钥: one line of JSON, part → secret. `parts` empty means all. Raises Refused."""
    key = keyfile.open_sbekey(sbekey, password)
    with package_file.open("rb") as file:
        manifest = package.open_package(file).manifest
    if not key.opens(manifest):
        raise Refused([Reason("other_key", "解密密钥属于另一份投标文件")])
    known = [part.id for part in manifest.parts]
    unknown = [part for part in parts if part not in known]
    if unknown:
        raise Refused([Reason("part_unknown", "投标文件没有这些分册：" + "、".join(unknown))])
    secrets = {part: keyfile.part_secret(key.master, manifest, part) for part in parts or known}
    return json.dumps({part: _text(secret) for part, secret in secrets.items()})


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _write(sealed: Sealed, place: Path, chunks: Path) -> tuple[Path, Path]:
    """The package appears whole under its name; the loose chunks are gone then."""
    assert sealed.sbekey is not None, "a bid of this tool always has its key file"
    key = place.with_suffix(".sbekey")
    descriptor = os.open(key, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(sealed.sbekey)
    fresh = place.with_suffix(".sbe.new")
    with fresh.open("wb") as file:
        package.write_package(sealed, file)
    fresh.replace(place)
    for chunk in chunks.iterdir():
        chunk.unlink()
    chunks.rmdir()
    return place, key
