"""排斥性表述: words that shut out bidders, found with their place in the text so that a page can underline them."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parents[1] / "data" / "exclusions.toml"
_SENTENCE = re.compile(r"[^。；;！!\n]{1,600}")  # bounded: a hostile line costs what it is long
_COMMA = re.compile(r"[，,]")
_MARK = re.compile(r"\s*([（(]?)([一二三四五六七八九十]+|\d+)([）)、.．])(?!\d)")


@dataclass(frozen=True)
class Phrase:
    """一处表述: text[start:end] is what it says, `text` what is wrong with it and `rule` the article."""

    start: int
    end: int
    phrase: str
    code: str
    text: str
    rule: str


@dataclass(frozen=True)
class _Exclusion:
    code: str
    patterns: tuple[re.Pattern[str], ...]
    unless: tuple[str, ...]
    text: str
    basis: str


@dataclass(frozen=True)
class _Book:
    exclusions: tuple[_Exclusion, ...]
    before: re.Pattern[str]
    after: re.Pattern[str]
    duty: re.Pattern[str]
    opening: re.Pattern[str]


def exclusions(text: str) -> tuple[Phrase, ...]:
    """排斥性表述扫描, in the order of the text; one per kind and sentence. A clue: a person decides.

    A clause that forbids or waives the phrase is quiet, and so is a list that a prohibition opens.
    Basis: 招标投标法实施条例 §32, 政府采购法实施条例 §20, 公平竞争审查条例.
    """
    book = _book()
    found = (
        Phrase(at + hit.start(), at + hit.end(), hit[0], each.code, each.text, each.basis)
        for at, sentence in _stating(text, book)
        for each in book.exclusions
        if (hit := _hit(each, sentence, book))
    )
    return tuple(sorted(found, key=lambda phrase: (phrase.start, phrase.code)))


def exclusion(code: str) -> tuple[str, str] | None:
    """一类排斥性表述 by its code: what is wrong with it, and the article."""
    return next(((each.text, each.basis) for each in _book().exclusions if each.code == code), None)


def _stating(text: str, book: _Book) -> Iterator[tuple[int, str]]:
    """The sentences that are no item of a list of what is forbidden."""
    forbidden: tuple[str, bool, str] | None = None  # the shape of the marks of the list we are in
    is_open = False  # a prohibition ended in a colon: the next mark gives the shape
    for match in _SENTENCE.finditer(text):
        sentence, shape = match[0], _shape(match[0])
        if opened := book.opening.search(sentence):
            forbidden = _shape(opened["mark"]) if opened["mark"] else None
            is_open = forbidden is None
        elif is_open and shape:
            forbidden, is_open = shape, False
        elif not (forbidden and shape == forbidden):
            forbidden, is_open = None, False
            yield match.start(), sentence


def _shape(text: str) -> tuple[str, bool, str] | None:
    mark = _MARK.match(text)
    return (mark[1], mark[2].isdigit(), mark[3]) if mark else None


def _hit(each: _Exclusion, sentence: str, book: _Book) -> re.Match[str] | None:
    if any(word in sentence for word in each.unless):
        return None
    hits = (hit for pattern in each.patterns for hit in pattern.finditer(sentence))
    stated = (hit for hit in hits if not _is_waived(sentence, hit, book))
    return min(stated, key=lambda hit: (hit.start(), -hit.end()), default=None)


def _is_waived(sentence: str, hit: re.Match[str], book: _Book) -> bool:
    ahead, behind = sentence[: hit.start()], _COMMA.split(sentence[hit.end() :])[0]
    return bool(
        book.before.search(_COMMA.split(ahead)[-1]) or book.duty.search(ahead) or book.after.search(behind)
    )


@cache
def _book() -> _Book:
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    say, forms = data["negations"], data["forms"]
    return _Book(
        tuple(_exclusion(block, forms) for block in data["exclusion"]),
        before=_any(say["before"]),
        after=_any(say["after"]),
        duty=re.compile(f"(?:{'|'.join(say['duty'])})[^。；;\n]*(?:{'|'.join(say['before'])})"),
        opening=re.compile(say["list"]),
    )


def _any(words: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)))


def _exclusion(block: dict, forms: dict[str, str]) -> _Exclusion:
    return _Exclusion(
        code=block["code"],
        patterns=tuple(re.compile(_spelled(pattern, forms)) for pattern in block["patterns"]),
        unless=tuple(block["unless"]),
        text=block["text"],
        basis=block["basis"],
    )


def _spelled(pattern: str, forms: dict[str, str]) -> str:
    for name, form in forms.items():
        pattern = pattern.replace(f"<{name}>", form)
    return pattern
