"""案卷章节: one fold per stage."""

from collections.abc import Iterable, Sequence

from ggzy.foundation.journal.values import Fact
from ggzy.kernel import events, plugins
from ggzy.kernel.codes import LotCode
from ggzy.trading.dossier.values import Chapter, ChapterForm, Dossier, Line


def forms() -> tuple[ChapterForm, ...]:
    """全部章节, in the order of the book."""
    return tuple(sorted(plugins.discover(__name__, "CHAPTER").values(), key=lambda form: form.order))


def kinds(wanted: Iterable[ChapterForm]) -> tuple[str, ...]:
    """事实种类 these chapters tell."""
    told = {cls for form in wanted for cls in form.lines}
    return tuple(sorted(kind for kind, entry in events.KINDS.items() if entry.cls in told))


def compile_dossier(lot: LotCode, wanted: Sequence[ChapterForm], facts: Iterable[Fact]) -> Dossier:
    """编成案卷: each fact in the one chapter that tells it."""
    home = {cls: form.code for form in wanted for cls in form.lines}
    lines: dict[str, list[Line]] = {form.code: [] for form in wanted}
    tell = {cls: words for form in wanted for cls, words in form.lines.items()}
    height = 0
    for fact in facts:
        cls = type(fact.event)
        if cls in home:
            words = tell[cls](fact.event)
            lines[home[cls]].append(
                Line(fact.height, fact.subject, fact.seq, fact.at, fact.kind, fact.audience, words)
            )
            height = max(height, fact.height)
    return Dossier(lot, height, tuple(Chapter(f.code, f.name, tuple(lines[f.code])) for f in wanted))


def missing(wanted: Sequence[ChapterForm], facts: Iterable[Fact], way: str) -> tuple[str, ...]:
    """缺少的章节: required ones of this way of a lot without a single fact."""
    told = {type(fact.event) for fact in facts}
    needed = (form for form in wanted if form.is_required and form.way in ("", way))
    return tuple(form.name for form in needed if told.isdisjoint(form.lines))
