"""Near-duplicate texts: what is alike is found, what the tender itself says is not."""

import random
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import likeness
from likeness.comparing import FEW, shared
from likeness.shingles import SIZE, folded, hashes

TENDER = "投标人应当按照招标文件的要求编制投标文件，投标文件应当对招标文件提出的实质性要求和条件作出响应。"
LETTERS = [chr(0x4E00 + number) for number in range(3_000)]


def prose(seed: int, length: int = 600) -> str:
    return "".join(random.Random(seed).choices(LETTERS, k=length))


def test_the_tenders_own_text_makes_nobody_alike() -> None:
    texts = {number: TENDER * 5 + prose(number) for number in range(5)}
    assert likeness.compare(texts, TENDER * 5) == ()


def test_a_copy_is_found_with_its_passages() -> None:
    copied = prose(100, 300)
    texts = {"甲": prose(1, 100) + copied, "乙": copied + prose(2, 100), "丙": prose(3)}
    (pair,) = likeness.compare(texts, TENDER)
    assert {pair.left, pair.right} == {"甲", "乙"}
    assert pair.similarity == pytest.approx(293 / (393 + 393 - 293), abs=0.01)
    assert pair.passages[0].text == copied
    assert texts["甲"][pair.passages[0].left_at :].startswith(copied)
    assert texts["乙"][pair.passages[0].right_at :].startswith(copied)


def test_spaces_width_case_and_punctuation_do_not_hide_a_copy() -> None:
    plain = "本工程采用ABC型路面结构，施工期限为１２０日历天" + prose(7, 60)
    dressed = " ".join(plain).replace("ABC", "abc").replace("，", "、\n").replace("１２０", "120")
    (pair,) = likeness.compare({1: plain, 2: dressed}, "")
    assert pair.similarity == 1.0
    assert pair.passages[0].text == plain


def test_three_identical_rare_errors_are_told_where_the_texts_differ() -> None:
    wrong = [prose(number, 12) for number in (21, 22, 23)]
    texts = {
        "甲": "".join(prose(30 + n) + error for n, error in enumerate(wrong)) + prose(41),
        "乙": "".join(prose(50 + n) + error for n, error in enumerate(wrong)) + prose(61),
        "丙": prose(70),
    }
    (pair,) = likeness.compare(texts, TENDER, similarity_min=0.5, rare_min=3)
    assert pair.similarity < 0.05
    assert sorted(passage.text for passage in pair.rare) == sorted(wrong)
    assert likeness.compare(texts, TENDER, similarity_min=0.5, rare_min=4) == ()


def test_what_a_third_text_has_too_is_not_rare() -> None:
    common = prose(100, 400)
    texts = {number: common + prose(number, 100) for number in range(3)}
    pairs = likeness.compare(texts, "")
    assert len(pairs) == 3
    assert all(pair.passages and not pair.rare for pair in pairs)


@pytest.mark.parametrize("text", ["", "短", "。" * 100, "\ud800" * 20, "\0" * 30, "e\u0301" * 20])
def test_odd_texts_break_nothing(text: str) -> None:
    assert likeness.compare({1: text, 2: prose(1)}, text) == ()
    assert likeness.compare({1: text}, "") == ()
    assert likeness.compare({}, "") == ()


@settings(max_examples=30)
@given(st.lists(st.lists(st.integers(0, 8), min_size=0, max_size=12), min_size=2, max_size=FEW + 6))
def test_every_pair_is_counted_exactly(recipe: list[list[int]]) -> None:
    blocks = [prose(1_000 + number, 20) for number in range(9)]
    own = [set(hashes(folded("".join(blocks[block] for block in one))).tolist()) for one in recipe]
    found = shared([np.array(sorted(one), dtype=np.uint64) for one in own])
    for left, right in combinations(range(len(own)), 2):
        both = own[left] & own[right]
        others = set().union(*(one for number, one in enumerate(own) if number not in (left, right)), set())
        assert found.counts[left, right] == len(both)
        assert found.only[left, right] == len(both - others)


def test_different_pieces_get_different_numbers() -> None:
    pieces = {prose(seed, SIZE) for seed in range(20_000)}
    assert len({int(hashes(piece)[0]) for piece in pieces}) == len(pieces)
