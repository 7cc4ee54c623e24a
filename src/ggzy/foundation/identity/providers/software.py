"""软件证书: P-256 certificates in a file, issued by an accepted authority or, in a demo, by its own.

The trust lies in the accepted roots, which the caller brings; nothing here reads a folder or a clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from ggzy.foundation.identity.values import CertificateFacts, Provider
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.verdict import Reason, Refused

ORGANISATION_FIELDS = (NameOID.ORGANIZATION_IDENTIFIER, NameOID.SERIAL_NUMBER)
CHAIN_LENGTH_MAX = 4
ROOT_DAYS, HOLDER_DAYS = 60 * 365, 730


def read(pem: bytes, roots: Sequence[bytes]) -> CertificateFacts:
    """读取证书: the holder's certificate first, then the chain up to one of the roots.

    Raises Refused if it is no certificate, not of this kind, or leads to no accepted root.
    """
    try:
        chain = x509.load_pem_x509_certificates(pem)
        anchors = [x509.load_pem_x509_certificate(root) for root in roots]
    except ValueError as error:
        raise Refused(
            [Reason("not_a_certificate", "这不是可以识别的证书文件", remedy="请提交 PEM 格式的证书")]
        ) from error
    holder = chain[0]
    reasons = [reason for holds, reason in _checks(holder, chain, anchors) if not holds]
    if reasons:
        raise Refused(reasons)
    return CertificateFacts(
        fingerprint=holder.fingerprint(hashes.SHA256()).hex(),
        holder=_common_name(holder.subject),
        organisation=_organisation(holder.subject),
        issuer=_common_name(holder.issuer),
        certificate_pem=holder.public_bytes(serialization.Encoding.PEM),
        public_key_pem=holder.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        ),
        valid_from=holder.not_valid_before_utc,
        valid_to=holder.not_valid_after_utc,
    )


def _checks(
    holder: x509.Certificate, chain: Sequence[x509.Certificate], anchors: Sequence[x509.Certificate]
) -> list[tuple[bool, Reason]]:
    key = holder.public_key()
    return [
        (
            isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1),
            Reason("key_kind", "证书公钥不是 P-256 椭圆曲线密钥"),
        ),
        (_may_sign(holder), Reason("key_usage", "证书不能用于数字签名")),
        (_leads_to(chain, anchors), Reason("untrusted", "证书不是由平台认可的发证机构签发的")),
    ]


def _may_sign(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.KeyUsage).value.digital_signature
    except x509.ExtensionNotFound:
        return False


def _leads_to(chain: Sequence[x509.Certificate], anchors: Sequence[x509.Certificate]) -> bool:
    """Each certificate signed by the next; the last one an anchor, or signed by one."""
    if len(chain) > CHAIN_LENGTH_MAX:
        return False
    links = pairwise(chain)
    if not all(_is_authority(issuer) and _is_signed_by(issued, issuer) for issued, issuer in links):
        return False
    return any(_is_authority(anchor) and _is_signed_by(chain[-1], anchor) for anchor in anchors)


def _is_signed_by(issued: x509.Certificate, issuer: x509.Certificate) -> bool:
    """A certificate from the same hand must also lie inside the life of the one that signed it."""
    try:
        issued.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return issuer.not_valid_before_utc <= issued.not_valid_before_utc < issuer.not_valid_after_utc


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def _common_name(name: x509.Name) -> str:
    return "、".join(str(found.value) for found in name.get_attributes_for_oid(NameOID.COMMON_NAME))


def _organisation(name: x509.Name) -> CreditCode | None:
    """统一社会信用代码 in the subject, wherever the issuer puts it."""
    for field in ORGANISATION_FIELDS:
        for found in name.get_attributes_for_oid(field):
            try:
                return CreditCode.parse(str(found.value))
            except ValueError:
                continue
    return None


@dataclass(frozen=True)
class Authority:
    """发证机构 of the demo: a root that signs holders' certificates."""

    certificate: bytes
    key: bytes

    def issue(self, name: str, organisation: CreditCode | None, at: datetime) -> tuple[bytes, bytes]:
        """签发证书: a new key pair and its certificate as (certificate PEM, private key PEM)."""
        root = x509.load_pem_x509_certificate(self.certificate)
        signer = serialization.load_pem_private_key(self.key, None)
        assert isinstance(signer, ec.EllipticCurvePrivateKey)
        holder = ec.generate_private_key(ec.SECP256R1())
        code = [x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, organisation)] if organisation else []
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64]), *code])
        built = _builder(subject, root.subject, holder.public_key(), at, HOLDER_DAYS, is_authority=False)
        return built.sign(signer, hashes.SHA256()).public_bytes(serialization.Encoding.PEM), _pem(holder)


def found(name: str, at: datetime) -> Authority:
    """设立发证机构 of the demo: a self-signed root."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    built = _builder(subject, subject, key.public_key(), at, ROOT_DAYS, is_authority=True)
    root = built.sign(key, hashes.SHA256())
    return Authority(root.public_bytes(serialization.Encoding.PEM), _pem(key))


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    at: datetime,
    days: int,
    *,
    is_authority: bool,
) -> x509.CertificateBuilder:
    usage = x509.KeyUsage(
        digital_signature=not is_authority, content_commitment=not is_authority, key_encipherment=False,
        data_encipherment=False, key_agreement=not is_authority, key_cert_sign=is_authority,
        crl_sign=is_authority, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at)
        .not_valid_after(at + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=0 if is_authority else None), True)
        .add_extension(usage, True)
    )


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


PROVIDER = Provider(code="software", name="软件证书", read=read)
