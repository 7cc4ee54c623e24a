"""公告公示: what the public was told, and when."""

from ggzy.trading.dossier.values import ChapterForm, Detail, Words
from ggzy.trading.notices import events as notices


def _published(fact: notices.NoticePublished) -> Words:
    return Words(
        fact.title,
        (Detail("公告编号", fact.notice), Detail("摘要", fact.digest)),
    )


CHAPTER = ChapterForm(code="notices", name="公告公示", order=10, lines={notices.NoticePublished: _published})
