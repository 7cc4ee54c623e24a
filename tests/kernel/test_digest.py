import hashlib
import hmac
import json
from pathlib import Path

import pytest

from ggzy.kernel import digest

VECTORS = json.loads((Path(__file__).parent / "vectors" / "sm3.json").read_text())


@pytest.mark.parametrize("vector", VECTORS)
def test_sm3_gives_the_published_digests(vector):
    message = bytes.fromhex(vector["message"])
    assert digest.digest(message, "sm3") == f"sm3:{vector['digest']}"
    assert digest.digest_of([message[:7], message[7:]], "sm3") == f"sm3:{vector['digest']}"


def test_sha256_is_the_default_and_is_named():
    assert digest.digest(b"abc") == f"sha256:{hashlib.sha256(b'abc').hexdigest()}"
    assert digest.digest_of([b"a", b"", b"bc"]) == digest.digest(b"abc")


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
@pytest.mark.parametrize("key", [b"k", b"k" * 32, b"k" * 64, b"k" * 65])
def test_mac_is_the_standard_construction(algorithm, key):
    hasher = digest.function(algorithm)
    block = (hasher(key) if len(key) > 64 else key).ljust(64, b"\0")
    inner = hasher(bytes(byte ^ 0x36 for byte in block) + b"message")
    assert digest.mac(key, b"message", algorithm) == hasher(bytes(byte ^ 0x5C for byte in block) + inner)
    if algorithm == "sha256":
        assert digest.mac(key, b"message") == hmac.digest(key, b"message", "sha256")


def test_digest_is_parsed_back():
    assert digest.parse(digest.digest(b"x", "sm3")) == ("sm3", digest.function("sm3")(b"x"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sha256",
        "sha256:",
        "md5:" + "0" * 32,
        "sha256:" + "A" * 64,
        "sha256:" + "0" * 63,
        "sha256:" + "0 " * 32,
    ],
)
def test_what_is_no_digest_is_refused(text):
    with pytest.raises(ValueError):
        digest.parse(text)


@pytest.mark.parametrize("call", [digest.digest, lambda data, name: digest.mac(b"k", data, name)])
def test_unknown_algorithm_is_refused(call):
    with pytest.raises(ValueError):
        call(b"", "md5")
