"""软件证书: chain, purpose, key and subject."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from ggzy.foundation.identity.providers import software
from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.verdict import Refused

AT = datetime(2026, 3, 26, 1, 0, tzinfo=UTC)
FIRM = CreditCode.make(region=RegionCode("990100"), serial=1)
ROOT = software.found("演示发证机构", AT - timedelta(days=100))
STRANGER = software.found("演示发证机构", AT - timedelta(days=100))


def codes(pem: bytes, *roots: bytes) -> list[str]:
    with pytest.raises(Refused) as refused:
        software.read(pem, roots)
    return [reason.code for reason in refused.value.reasons]


def signed(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, usage: bool = True) -> bytes:
    """A certificate of the root for any key, with or without the right to sign."""
    root = x509.load_pem_x509_certificate(ROOT.certificate)
    signer = serialization.load_pem_private_key(ROOT.key, None)
    assert isinstance(signer, ec.EllipticCurvePrivateKey)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "甲")]))
        .issuer_name(root.subject)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(AT)
        .not_valid_after(AT + timedelta(days=1))
    )
    if usage:
        purposes = [
            "digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
            "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
        ]  # fmt: skip
        allowed = {purpose: purpose == "digital_signature" for purpose in purposes}
        builder = builder.add_extension(x509.KeyUsage(**allowed), True)
    return builder.sign(signer, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def test_an_issued_certificate_says_who_holds_it() -> None:
    pem, key = ROOT.issue("江州建设有限公司", FIRM, AT)
    facts = software.read(pem, [ROOT.certificate])
    assert (facts.holder, facts.organisation) == ("江州建设有限公司", FIRM)
    assert facts.issuer == "演示发证机构"
    assert facts.valid_from == AT
    private = serialization.load_pem_private_key(key, None)
    public = private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    assert facts.public_key_pem == public
    assert facts.fingerprint == x509.load_pem_x509_certificate(pem).fingerprint(hashes.SHA256()).hex()


def test_a_certificate_without_a_credit_code_speaks_for_a_person() -> None:
    pem, _ = ROOT.issue("沈和", None, AT)
    assert software.read(pem, [ROOT.certificate]).organisation is None


def test_a_root_of_the_same_name_is_not_the_same_root() -> None:
    pem, _ = STRANGER.issue("江州建设有限公司", FIRM, AT)
    assert codes(pem, ROOT.certificate) == ["untrusted"]


def test_without_accepted_roots_nothing_is_trusted() -> None:
    pem, _ = ROOT.issue("江州建设有限公司", FIRM, AT)
    assert codes(pem) == ["untrusted"]


def test_a_holder_cannot_issue() -> None:
    holder, key = ROOT.issue("江州建设有限公司", FIRM, AT)
    forged, _ = software.Authority(holder, key).issue("别的公司", FIRM, AT)
    assert codes(forged + holder, ROOT.certificate) == ["untrusted"]


@pytest.mark.parametrize(
    "pem", [b"", b"not a certificate", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
)
def test_what_is_no_certificate_is_refused(pem: bytes) -> None:
    assert codes(pem, ROOT.certificate) == ["not_a_certificate"]


def test_a_certificate_that_may_not_sign_is_refused_with_every_reason() -> None:
    weak = rsa.generate_private_key(65537, 2048)
    assert codes(signed(weak, usage=False), ROOT.certificate) == ["key_kind", "key_usage"]


def test_the_right_key_with_the_right_purpose_is_read() -> None:
    pem = signed(ec.generate_private_key(ec.SECP256R1()))
    assert software.read(pem, [ROOT.certificate]).holder == "甲"
