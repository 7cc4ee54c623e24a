"""招标文件扫描: which passages of a file's text are kept."""

import pytest

from ggzy.trading.dossier.rules import scanning

SHUTS = "投标人须在本市设有分公司"


@pytest.mark.parametrize(
    "text, kind, phrases",
    [
        (f"一、{SHUTS}。", "docx", ("本市设有分公司",)),
        ("投标人须在本\n市设有分\n公司。", "pdf", ("本市设有分公司",)),  # the lines of a page
        ("投标人须在本\n市设有分公司。", "docx", ()),  # two paragraphs are two sentences
        (f"{SHUTS}。{SHUTS}。", "txt", ("本市设有分公司",)),  # once each
        ("招标人不得要求投标人在本市设有分公司。", "pdf", ()),
        ("", "pdf", ()),
    ],
)
def test_passages_of_a_text(text, kind, phrases):
    assert tuple(one.phrase for one in scanning.passages(text, kind)) == phrases


def test_a_passage_has_its_kind_and_the_words_around_it():
    (one,) = scanning.passages(f"{'甲' * 90}，{SHUTS}，{'乙' * 90}。", "txt")
    assert one.code == "local_presence" and one.phrase in one.excerpt and len(one.excerpt) < 90


def test_of_one_file_not_more_than_its_share_is_kept():
    text = "".join(f"投标人须在{chr(0x4E00 + n)}{chr(0x4E90 + n)}市设有分公司。" for n in range(80))
    assert len(scanning.passages(text, "txt")) == scanning.PASSAGES_MAX
