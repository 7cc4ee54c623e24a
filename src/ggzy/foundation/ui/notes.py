"""链接脚注: on paper a link says nothing, so that each gets a number and its address stands at the end."""

import re
from html import unescape
from itertools import count

from markupsafe import Markup, escape

# What print.css hides stands on no paper; anchors within the page need no address.
UNPRINTED = ("no-print", "action", "search", "pager", "filters", "tabs", "crumbs", "help-box", "drop")
_HIDDEN = re.compile(
    r"<(nav|aside|form)\b.*?</\1>"
    r'|<(\w+)\b[^>]*\bclass="(?:[^"]*\s)?(?:' + "|".join(UNPRINTED) + r')(?:\s[^"]*)?"[^>]*>.*?</\2>',
    re.DOTALL,
)
_LINK = re.compile(r'<a\b[^>]*?\bhref="([^"#?][^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_LIST = Markup(
    '<section class="link-notes" aria-hidden="true"><h2>链接地址</h2><p>以 / 开头的地址前加本站网址。</p>'
    "<ol>{}</ol></section>"
)


def noted(content: str) -> Markup:
    """正文与链接脚注: the same address has the same number; nothing is added where there is no link."""
    numbers: dict[str, int] = {}
    following = count(1)
    hidden = [found.span() for found in _HIDDEN.finditer(content)]

    def mark(link: re.Match[str]) -> str:
        address, words = link[1], link[2]
        if any(start <= link.start() < end for start, end in hidden) or address in words:
            return link[0]
        if address not in numbers:
            numbers[address] = next(following)
        note = f'<sup class="link-note" aria-hidden="true">[{numbers[address]}]</sup>'
        return link[0].removesuffix("</a>") + note + "</a>"

    marked = Markup(_LINK.sub(mark, content))
    lines = Markup("").join(Markup("<li>{}</li>").format(escape(unescape(address))) for address in numbers)
    return marked + _LIST.format(lines) if numbers else marked
