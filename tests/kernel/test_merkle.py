import base64
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ggzy.kernel import merkle
from ggzy.kernel.digest import function

SM3 = function("sm3")
VECTORS = json.loads((Path(__file__).parent / "vectors" / "merkle.json").read_text())
LEAVES = [merkle.leaf_hash(number.to_bytes(2)) for number in range(64)]


def decoded(text: str) -> bytes:
    return base64.b64decode(text)


def slow_root(leaves, hasher=merkle.SHA256):
    """The recursive definition of RFC 6962 §2.1, word for word."""
    if len(leaves) == 1:
        return leaves[0]
    split = max(1 << power for power in range(20) if 1 << power < len(leaves))
    left, right = slow_root(leaves[:split], hasher), slow_root(leaves[split:], hasher)
    return hasher(b"\x01" + left + right)


@pytest.mark.parametrize("vector", VECTORS["inclusion"], ids=lambda vector: vector["name"])
def test_published_inclusion_proofs_get_their_verdict(vector):
    found = merkle.verify_inclusion(
        decoded(vector["leafHash"]),
        vector["leafIdx"],
        vector["treeSize"],
        [decoded(step) for step in vector["proof"]],
        decoded(vector["root"]),
    )
    assert found is not vector["wantErr"]


@pytest.mark.parametrize("vector", VECTORS["consistency"], ids=lambda vector: vector["name"])
def test_published_consistency_proofs_get_their_verdict(vector):
    found = merkle.verify_consistency(
        vector["size1"],
        vector["size2"],
        [decoded(step) for step in vector["proof"]],
        decoded(vector["root1"]),
        decoded(vector["root2"]),
    )
    assert found is not vector["wantErr"]


def test_root_of_an_empty_tree_is_the_hash_of_nothing():
    assert merkle.root([]) == merkle.SHA256(b"")


@pytest.mark.parametrize("hasher", [merkle.SHA256, SM3], ids=["sha256", "sm3"])
def test_roots_agree_with_the_definition_up_to_64_leaves(hasher):
    for size in range(1, 65):
        assert merkle.root(LEAVES[:size], hasher) == slow_root(LEAVES[:size], hasher)


def test_every_inclusion_proof_up_to_64_leaves_holds_for_its_leaf_and_no_other():
    for size in range(1, 65):
        node, root = merkle.nodes_of(LEAVES), merkle.root(LEAVES[:size])
        for index in range(size):
            proof = merkle.inclusion(index, size, node)
            for claimed in {index, index - 1, index + 1, size - 1, 0}:
                held = merkle.verify_inclusion(LEAVES[index], claimed, size, proof, root)
                assert held is (claimed == index), (size, index, claimed)
            other = LEAVES[(index + 1) % 64]
            assert not merkle.verify_inclusion(other, index, size, proof, root)
            assert not merkle.verify_inclusion(LEAVES[index], index, size, proof, merkle.SHA256(root))
            assert not merkle.verify_inclusion(LEAVES[index], index, size, [*proof, root], root)


def test_every_consistency_proof_up_to_64_leaves_holds_for_its_roots_and_no_others():
    node = merkle.nodes_of(LEAVES)
    roots = [merkle.root(LEAVES[:size]) for size in range(65)]
    for new in range(1, 65):
        for old in range(1, new + 1):
            proof = merkle.consistency(old, new, node)
            assert merkle.verify_consistency(old, new, proof, roots[old], roots[new])
            assert not merkle.verify_consistency(old, new, proof, roots[old - 1], roots[new])
            assert not merkle.verify_consistency(old, new, proof, roots[old], merkle.SHA256(roots[new]))
            assert not merkle.verify_consistency(old, new, [*proof, roots[new]], roots[old], roots[new])
            for cut in range(len(proof)):
                spoiled = [*proof[:cut], merkle.SHA256(proof[cut]), *proof[cut + 1 :]]
                assert not merkle.verify_consistency(old, new, spoiled, roots[old], roots[new])


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=40), st.integers(0, 40))
def test_frontier_extended_in_two_parts_is_that_of_the_whole(hashes, cut):
    parts = merkle.Frontier().extend(hashes[:cut]).extend(hashes[cut:])
    assert parts == merkle.Frontier().extend(hashes) == merkle.frontier(len(hashes), merkle.nodes_of(hashes))
    assert parts.root() == merkle.root(hashes)


def test_all_proofs_at_once_are_those_one_by_one():
    node = merkle.nodes_of(LEAVES)
    for size in range(1, 65):
        root, paths = merkle.inclusions(LEAVES[:size])
        assert root == merkle.root(LEAVES[:size])
        assert paths == [merkle.inclusion(index, size, node) for index in range(size)]
    with pytest.raises(ValueError, match="leaf"):
        merkle.inclusions([])


@pytest.mark.parametrize("index, size", [(0, 0), (3, 3), (-1, 3)])
def test_inclusion_of_a_missing_leaf_is_refused(index, size):
    with pytest.raises(ValueError):
        merkle.inclusion(index, size, merkle.nodes_of(LEAVES))


@pytest.mark.parametrize("old, new", [(2, 1), (-1, 1)])
def test_a_shrinking_tree_has_no_proof(old, new):
    with pytest.raises(ValueError):
        merkle.consistency(old, new, merkle.nodes_of(LEAVES))
