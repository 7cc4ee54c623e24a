"""摘要: digests that name their algorithm ("sha256:…", "sm3:…").

So the algorithm can change without breaking the past.
"""

import hashlib
import hmac
import re
from collections.abc import Callable, Iterable

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import hmac as keyed

Hash = Callable[[bytes], bytes]
FIGURES = re.compile(r"[0-9a-f]{64}")


def digest(data: bytes, algorithm: str = "sha256") -> str:
    """摘要. The digest as text with the name of its algorithm; ValueError for an unknown algorithm."""
    return f"{algorithm}:{function(algorithm)(data).hex()}"


def digest_of(chunks: Iterable[bytes], algorithm: str = "sha256") -> str:
    """分块摘要. The same digest, of a file too large to hold at once."""
    if algorithm == "sm3":
        sm3 = hashes.Hash(hashes.SM3())
        for chunk in chunks:
            sm3.update(chunk)
        return f"sm3:{sm3.finalize().hex()}"
    function(algorithm)
    sha256 = hashlib.sha256()
    for chunk in chunks:
        sha256.update(chunk)
    return f"sha256:{sha256.hexdigest()}"


def function(algorithm: str) -> Hash:
    """摘要算法. The bare hash function of that name; ValueError for an unknown one."""
    if algorithm not in FUNCTIONS:
        raise ValueError(f"未知的摘要算法：{algorithm}")
    return FUNCTIONS[algorithm]


def mac(key: bytes, data: bytes, algorithm: str = "sha256") -> bytes:
    """带密钥摘要 (HMAC). 32 bytes."""
    if algorithm == "sm3":
        sm3 = keyed.HMAC(key, hashes.SM3())
        sm3.update(data)
        return sm3.finalize()
    function(algorithm)
    return hmac.digest(key, data, algorithm)


def parse(text: str) -> tuple[str, bytes]:
    """解析摘要. "sha256:…" → (algorithm, 32 bytes); ValueError when it is not a digest."""
    algorithm, colon, figures = text.partition(":")
    function(algorithm)
    if not colon or not FIGURES.fullmatch(figures):
        raise ValueError("摘要应为算法名、冒号和 64 位小写十六进制数")
    return algorithm, bytes.fromhex(figures)


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _sm3(data: bytes) -> bytes:
    hasher = hashes.Hash(hashes.SM3())
    hasher.update(data)
    return hasher.finalize()


FUNCTIONS: dict[str, Hash] = {"sha256": _sha256, "sm3": _sm3}
