"""链接脚注: on paper each link has a number, and its address stands at the end."""

import pytest
from django.test import Client
from markupsafe import Markup

from ggzy.foundation.ui.notes import noted
from ggzy.trading.notices import queries as notices
from tests.pages import markup
from tests.services.tendering import hall as stage


def addresses(html: str) -> list[str]:
    _, _, listed = html.partition('<section class="link-notes"')
    return [item.split("</li>")[0] for item in listed.partition("</section>")[0].split("<li>")[1:]]


@pytest.mark.parametrize(
    ("content", "numbers", "listed"),
    [
        ("<p>没有链接</p>", [], []),
        (
            '<a href="/a/">甲</a>，<a class="x" href="/b/?q=1&amp;r=2">乙</a>',
            [1, 2],
            ["/a/", "/b/?q=1&amp;r=2"],
        ),
        ('<a href="/a/">甲</a><a href="/b/">乙</a><a href="/a/">又甲</a>', [1, 2, 1], ["/a/", "/b/"]),
        ('<a href="#top">上</a><a href="?page=2">二</a>', [], []),
        ('<nav><a href="/a/">甲</a></nav><a href="/b/">乙</a>', [1], ["/b/"]),
        ('<p class="hint no-print"><a href="/a/">甲</a></p><p><a href="/b/">乙</a></p>', [1], ["/b/"]),
        ('<a href="https://a.example/">https://a.example/</a>', [], []),
    ],
)
def test_links_are_numbered_by_address(content: str, numbers: list[int], listed: list[str]):
    html = noted(Markup(content))
    assert [int(part.split("]")[0]) for part in html.split('aria-hidden="true">[')[1:]] == numbers
    assert addresses(html) == listed


def test_an_address_cannot_break_out_of_the_list():
    assert addresses(noted('<a href="/&lt;script&gt;">x</a>')) == ["/&lt;script&gt;"]


def test_a_notice_on_paper_names_its_links(announced: stage.Hall, client: Client):
    (notice,) = notices.notices(lot=announced.code)
    page = client.get(f"/notices/{notice.id}/").content.decode()
    assert not markup.faults(page)
    assert addresses(page) == [f"/notices/{notice.id}/files/0/"], "what stands beside the text is not printed"
