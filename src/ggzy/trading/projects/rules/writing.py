"""填写的规则: texts that are there and fit."""

from collections.abc import Iterable

from ggzy.kernel.verdict import Reason

TITLE_MAX = 200
TEXT_MAX = 5000


def titled(what: str, text: str) -> Iterable[tuple[bool, Reason]]:
    yield bool(text.strip()), Reason("title_missing", f"未填写{what}")
    yield (
        len(text) <= TITLE_MAX,
        Reason("title_too_long", f"{what}最多{TITLE_MAX}个字，现为{len(text)}个字"),
    )


def bounded(what: str, text: str, most: int = TEXT_MAX) -> Iterable[tuple[bool, Reason]]:
    yield len(text) <= most, Reason("text_too_long", f"{what}最多{most}个字，现为{len(text)}个字")
