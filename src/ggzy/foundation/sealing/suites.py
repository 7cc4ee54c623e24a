"""密码套件: the one place of the house that calls a cipher, a signature or a key wrap.

A stored object names its suite, so that archives of fifteen years can be read when newer suites rule.
A suite is one entry of `SUITES`; there is no negotiation inside a file.
"""

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import InvalidSignature, InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, hpke, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from cryptography.x509 import load_pem_x509_certificate
from cryptography.x509.oid import NameOID

from ggzy.kernel.digest import function, mac

SECRET_BYTES = 32
TAG_BYTES = 16
PASSWORD_ROUNDS = 600_000


class Unreadable(Exception):
    """解不开: a key, a password or the bytes are not the right ones; which of them cannot be told."""


@dataclass(frozen=True)
class Suite:
    """密码套件. Keys cross this border as bytes: private keys PKCS#8 DER, public keys as the raw point.

    `wrap` encrypts to a public key and binds `info`; a wrapped message is `wrap_bytes` longer.
    """

    name: str
    hash_name: str
    key_bytes: int
    wrap_bytes: int
    seal: Callable[[bytes, bytes, bytes], bytes]  # key, nonce, plaintext → ciphertext with tag
    unseal: Callable[[bytes, bytes, bytes], bytes]  # key, nonce, ciphertext; Unreadable
    wrap: Callable[[bytes, bytes, bytes], bytes]  # public key, message, info
    unwrap: Callable[[bytes, bytes, bytes], bytes]  # private key, wrapped, info; Unreadable
    new_key: Callable[[], bytes]  # private key
    public_of: Callable[[bytes], bytes]  # private key → raw public key
    is_public: Callable[[bytes], bool]
    sign: Callable[[bytes, bytes], bytes]  # private key, message
    verify: Callable[[bytes, bytes, bytes], bool]  # raw public key, message, signature
    stretch: Callable[[str, bytes, int], bytes]  # password, salt, rounds → key

    def hash(self, data: bytes) -> bytes:
        """摘要. 32 bytes."""
        return function(self.hash_name)(data)

    def derive(self, salt: bytes, secret: bytes, info: bytes, size: int) -> bytes:
        """派生密钥 (HKDF, RFC 5869). `size` bytes bound to `info`; an empty salt is allowed."""
        pseudorandom = mac(salt, secret, self.hash_name)
        derived, block, counter = b"", b"", 0
        while len(derived) < size:
            counter += 1
            block = mac(pseudorandom, block + info + bytes([counter]), self.hash_name)
            derived += block
        return derived[:size]


def suite(name: str) -> Suite:
    """按名称取套件. ValueError for one this installation does not have."""
    if name not in SUITES:
        raise ValueError(f"不支持的密码套件：{name}")
    return SUITES[name]


def is_same(left: bytes, right: bytes) -> bool:
    """常时比较: without telling by its duration where two secrets differ."""
    return hmac.compare_digest(left, right)


def fresh(size: int = SECRET_BYTES) -> bytes:
    """新的随机字节: secrets, salts and blinds."""
    return secrets.token_bytes(size)


def fingerprint(certificate: bytes) -> str:
    """证书指纹. SHA-256 over the DER of a PEM certificate, 64 hex digits; ValueError when it is none."""
    return load_pem_x509_certificate(certificate).fingerprint(hashes.SHA256()).hex()


def certified_key(certificate: bytes) -> bytes:
    """证书公钥. The raw public key of a PEM certificate; ValueError unless it is a P-256 key."""
    try:
        key = load_pem_x509_certificate(certificate).public_key()
    except UnsupportedAlgorithm:
        raise ValueError("证书公钥的算法不受支持") from None
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise ValueError("证书公钥不是 P-256 公钥")
    return _point(key)


def private_from_pem(pem: bytes, password: bytes | None = None) -> bytes:
    """读取 PEM 私钥. As the PKCS#8 DER that suites take; ValueError when it cannot be read."""
    try:
        return _der(serialization.load_pem_private_key(pem, password))
    except TypeError:
        raise ValueError("私钥文件的口令缺失或多余") from None


def certificate_request(private: bytes, name: str, organisation: str) -> bytes:
    """证书请求 (PKCS#10, PEM): what a certificate authority signs for the holder of this private key."""
    fields = [
        x509.NameAttribute(NameOID.COMMON_NAME, name[:64]),
        x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, organisation),
    ]
    asked = x509.CertificateSigningRequestBuilder().subject_name(x509.Name(fields))
    return asked.sign(_private(private), hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


_HPKE = hpke.Suite(hpke.KEM.P256, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
_ECDSA = ec.ECDSA(hashes.SHA256())


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def _der(key: object) -> bytes:
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError("不是椭圆曲线私钥")
    return key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _private(der: bytes) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_der_private_key(der, None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError("不是椭圆曲线私钥")
    return key


def _public(raw: bytes) -> ec.EllipticCurvePublicKey:
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)


def _is_point(raw: bytes) -> bool:
    try:
        return _point(_public(raw)) == raw
    except ValueError:
        return False


def _gcm_seal(key: bytes, nonce: bytes, plaintext: bytes) -> bytes:
    return AESGCM(key).encrypt(nonce, plaintext, None)


def _gcm_unseal(key: bytes, nonce: bytes, ciphertext: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(nonce, ciphertext, None)
    except InvalidTag:
        raise Unreadable from None


def _hpke_wrap(public: bytes, message: bytes, info: bytes) -> bytes:
    return _HPKE.encrypt(message, _public(public), info)


def _hpke_unwrap(private: bytes, wrapped: bytes, info: bytes) -> bytes:
    try:
        return _HPKE.decrypt(wrapped, _private(private), info)
    except (InvalidTag, ValueError):
        raise Unreadable from None


def _ecdsa_sign(private: bytes, message: bytes) -> bytes:
    return _private(private).sign(message, _ECDSA)


def _ecdsa_verify(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        _public(public).verify(signature, message, _ECDSA)
    except (InvalidSignature, ValueError):
        return False
    return True


def _pbkdf2(password: str, salt: bytes, rounds: int) -> bytes:
    return PBKDF2HMAC(hashes.SHA256(), 32, salt, rounds).derive(password.encode())


SUITES: dict[str, Suite] = {
    "W1": Suite(
        name="W1",
        hash_name="sha256",
        key_bytes=32,
        wrap_bytes=65 + TAG_BYTES,
        seal=_gcm_seal,
        unseal=_gcm_unseal,
        wrap=_hpke_wrap,
        unwrap=_hpke_unwrap,
        new_key=lambda: _der(ec.generate_private_key(ec.SECP256R1())),
        public_of=lambda private: _point(_private(private).public_key()),
        is_public=_is_point,
        sign=_ecdsa_sign,
        verify=_ecdsa_verify,
        stretch=_pbkdf2,
    ),
}
