"""招标文件扫描的规则: which passages of a file's text are kept. Pure."""

import re

from ggzy.registers.catalog.values import Phrase, exclusions
from ggzy.trading.dossier.values.scanning import Passage

AROUND = 30
PASSAGES_MAX = 50  # of one file
# A page ends its lines where the paper ends, not where the sentence does.
_BROKEN = re.compile(r"(?<=[\u4e00-\u9fff，、（）])[ \t]*\n[ \t]*(?=[\u4e00-\u9fff，、（）])")


def passages(text: str, kind: str) -> tuple[Passage, ...]:
    """文件中的排斥性表述, in the order of the text, each phrase of a kind once."""
    whole = _BROKEN.sub("", text) if kind == "pdf" else text
    found: dict[tuple[str, str], Passage] = {}
    for hit in exclusions(whole):
        found.setdefault((hit.code, hit.phrase), Passage(hit.code, hit.phrase, _excerpt(whole, hit)))
    return tuple(found.values())[:PASSAGES_MAX]


def _excerpt(text: str, hit: Phrase) -> str:
    ahead, behind = text[max(0, hit.start - AROUND) : hit.start], text[hit.end : hit.end + AROUND]
    return " ".join(f"…{ahead}{hit.phrase}{behind}…".split())
