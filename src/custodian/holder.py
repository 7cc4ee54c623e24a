"""保管人: keys in a folder of its own, and the checks before a share leaves it."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ggzy.foundation.sealing import custody, keyfile, suites
from ggzy.foundation.sealing.case import Case, Trust, may_release
from ggzy.foundation.sealing.manifest import Manifest
from ggzy.foundation.sealing.plan import KeyStatement, OpeningPlan, may_plan, state_key
from ggzy.kernel.codes import LotCode
from ggzy.kernel.note import Checkpoint, LogProof, VerifierKey
from ggzy.kernel.verdict import Reason, Refused

CERTIFICATE, IDENTITY, TRUST, HEADS = "certificate.pem", "identity.key", "trust.json", "heads.json"
SUITE = "W1"


@dataclass(frozen=True)
class Release:
    """释放的一份份额: the record m_x of one part of one bid."""

    bid: str
    part: str
    record: bytes


class Holder:
    """保管人. With a `password` every key on the disk is locked; without one, files are for the owner only."""

    def __init__(self, folder: Path, password: str | None = None) -> None:
        self._folder = folder
        self._password = password
        try:
            self.certificate = (folder / CERTIFICATE).read_bytes()
        except FileNotFoundError:
            raise _refused("not_set_up", f"“{folder}”中没有保管人的证书，请先运行 init") from None
        self.who = suites.fingerprint(self.certificate)
        self._identity = self._load(folder / IDENTITY)

    @classmethod
    def create(
        cls, folder: Path, *, certificate: bytes, identity_key: bytes, password: str | None = None
    ) -> "Holder":
        """建立保管人的文件夹. `certificate` is PEM, `identity_key` its private key, PKCS#8."""
        if suites.certified_key(certificate) != suites.suite(SUITE).public_of(identity_key):
            raise _refused("other_key", "私钥与证书不是一对")
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write(folder / CERTIFICATE, certificate)
        _save(folder / IDENTITY, identity_key, password, {"who": suites.fingerprint(certificate)})
        return cls(folder, password)

    def pin(self, log: VerifierKey, algorithm: str = "sha256") -> None:
        """钉住平台日志的公钥: no head signed by another key is believed from now on."""
        text = json.dumps({"algorithm": algorithm, "log": str(log)})
        _write(self._folder / TRUST, text.encode())

    @property
    def trust(self) -> Trust:
        """可信名单. Raises Refused until the log's key has been pinned."""
        try:
            said = json.loads((self._folder / TRUST).read_text())
        except FileNotFoundError:
            raise _refused("no_trust", "尚未钉住平台日志的公钥，请先运行 trust") from None
        return Trust(VerifierKey.parse(said["log"]), said["algorithm"])

    @property
    def identity_key(self) -> bytes:
        """The private key of the certificate, PKCS#8; it signs requests."""
        return self._identity

    def statement(self, lot: LotCode, round: int) -> KeyStatement:
        """公钥声明 for one tender. The first call makes the key, later calls state the same one."""
        place = self._key_of(lot, round)
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            about: dict[str, object] = {"lot": lot, "round": round, "who": self.who}
            _save(place, suites.suite(SUITE).new_key(), self._password, about)
        public = suites.suite(SUITE).public_of(self._load(place))
        return state_key(lot, round, self.who, public, self._identity)

    def place(self, plan: OpeningPlan) -> int:
        """Own number x in the plan. Raises Refused unless the plan names this holder with its very key."""
        statement = self.statement(plan.lot, plan.round)
        for custodian in plan.custodians:
            if (custodian.who, custodian.pub) == (self.who, statement.pub):
                return custodian.x
        raise _refused("not_in_plan", "开标方案中没有本保管人为此标段生成的公钥")

    def release(self, case: Case, at: datetime) -> tuple[Release, ...]:
        """释放一个阶段的全部份额, at this moment of the holder's own clock.

        Raises Refused with every reason; nothing is released then.
        """
        may_plan(case.plan).require()
        x = self.place(case.plan)
        may_release(case, self.trust, at).require()
        self._remember(case)
        key = self._load(self._key_of(case.plan.lot, case.plan.round))
        return tuple(_released(case, x, key))

    def forget(self, lot: LotCode, round: int) -> None:
        """销毁一个标段的密钥, once the award is final."""
        self._key_of(lot, round).unlink(missing_ok=True)

    def _remember(self, case: Case) -> None:
        """Two heads of one size and different roots are proof that the log has two histories."""
        place = self._folder / HEADS
        seen: dict[str, str] = json.loads(place.read_text()) if place.exists() else {}
        for stream in (case.lifecycle, case.bids):
            head = Checkpoint.parse(LogProof.parse(stream.proof).checkpoint.text)
            if seen.setdefault(str(head.size), head.root.hex()) != head.root.hex():
                raise _refused("two_histories", "平台对同一位置给出了两个不同的存证点，请立即报告监督部门")
        _write(place, json.dumps(seen).encode())

    def _key_of(self, lot: LotCode, round: int) -> Path:
        return self._folder / "tenders" / LotCode.parse(lot) / f"{int(round)}.key"

    def _load(self, place: Path) -> bytes:
        try:
            data = place.read_bytes()
        except FileNotFoundError:
            raise _refused("no_key", f"找不到密钥文件“{place.name}”") from None
        if not data.startswith(b"{"):
            return data
        if self._password is None:
            raise _refused("no_password", "密钥文件有口令保护，请提供口令")
        return keyfile.unlock(data, self._password, "custody")[1]


def _released(case: Case, x: int, key: bytes) -> Iterator[Release]:
    parts = {stage.id: stage.parts for stage in case.plan.stages}[case.stage]
    for encoded in case.manifests:
        manifest = Manifest.read(encoded)
        for part in parts:
            try:
                yield Release(manifest.bid, part.id, custody.release(manifest, part.id, x, key))
            except Refused:
                # A share the bidder has wrapped wrongly is the bidder's fault; the others still open.
                continue


def _save(place: Path, secret: bytes, password: str | None, about: dict[str, object]) -> None:
    _write(place, secret if password is None else keyfile.lock("custody", about, secret, password))


def _write(place: Path, data: bytes) -> None:
    """Whole or not at all, and for the owner only."""
    fresh = place.with_name(place.name + ".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(place)


def _refused(code: str, text: str) -> Refused:
    return Refused([Reason(code, text)])
