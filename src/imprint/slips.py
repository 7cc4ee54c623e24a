"""相同差错: where two bids depart from the wording of the bidding documents by the same wrong character, and
where one bid names another bidder."""

import re
from collections.abc import Iterable, Mapping

SIDE = 4  # characters left and right that must be as in the documents
HAN = re.compile(r"[\u4e00-\u9fff]")
NAME_MIN = 6  # characters of a name that is looked for
SHOWN_MAX = 12
LETTERS_MAX = 200_000  # characters of one bid that are looked at


def contexts(template: str) -> dict[str, str]:
    """招标文件的上下文: what stands between two stretches, where it is always the same character."""
    text = squeezed(template)
    known: dict[str, str] = {}
    for place in range(SIDE, len(text) - SIDE):
        around = text[place - SIDE : place] + text[place + 1 : place + 1 + SIDE]
        letter = text[place]
        known[around] = letter if known.get(around, letter) == letter else ""
    return {around: letter for around, letter in known.items() if letter and HAN.fullmatch(letter)}


def slips(text: str, known: Mapping[str, str]) -> set[str]:
    """差错: “…左[错]右…” for each character that departs from the documents."""
    if not known:
        return set()
    plain = squeezed(text)[:LETTERS_MAX]
    found = set()
    for place in range(SIDE, len(plain) - SIDE):
        left, right = plain[place - SIDE : place], plain[place + 1 : place + 1 + SIDE]
        right_one = known.get(left + right)
        if right_one and right_one != plain[place] and HAN.fullmatch(plain[place]):
            found.add(f"{left}[{plain[place]}]{right}（应为“{right_one}”）")
    return found


def shared(found: Mapping[str, set[str]], one: str, other: str) -> list[str]:
    """罕见的相同差错: held by both, and by no more than half of the bids where there are more than four."""
    limit = max(2, len(found) // 2)
    held = found[one] & found[other]
    return sorted(slip for slip in held if sum(slip in slips for slips in found.values()) <= limit)[
        :SHOWN_MAX
    ]


def naming(text: str, name: str, template: str) -> bool:
    """文中出现这个名称, which the documents do not name."""
    plain = squeezed(name)
    return len(plain) >= NAME_MIN and plain in squeezed(text) and plain not in squeezed(template)


def squeezed(text: str) -> str:
    """Without spaces and line ends, which every layout sets in its own way."""
    return "".join(text.split())


def joined(texts: Iterable[str]) -> str:
    """Texts of several files as one."""
    return "\n".join(texts)
