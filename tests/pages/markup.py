"""What an accessibility checker would find in the text of a page, without a browser."""

import re
from collections import Counter
from html.parser import HTMLParser

WANTED = (
    ("th", "scope", "a th has no scope"),
    ("img", "alt", "an image has no words"),
    ("script", "src", "inline script"),
)
QUIET = frozenset(["code", "pre", "script", "style", "textarea"])
CODE = re.compile(r"\b[a-z]{2,}(?:_[a-z]+)+\b")  # must_enter, bid_file: ours, not the reader's
VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)


class Page(HTMLParser):
    """One page, read once: headings, ids, fields, labels, links, tables."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.fields: list[dict[str, str]] = []
        self.labels: set[str] = set()
        self.references: list[str] = []
        self.links: list[str] = []
        self.faults: list[str] = []
        self.mains = 0
        self.captions: list[bool] = []
        self._open: list[str] = []
        self._said: list[tuple[str, str]] = []
        self.feed(text)
        self.close()
        self.text = text

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self._open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if "id" in given:
            self.ids.append(given["id"])
        if tag in ("input", "select", "textarea") and given.get("type") != "hidden":
            self.fields.append(given)
        if tag == "label" and "for" in given:
            self.labels.add(given["for"])
        if "style" in given or any(name.startswith("on") for name in given):
            self.faults.append(f"inline style or script on {tag}")
        for name, wanted, words in WANTED:
            if tag == name and wanted not in given:
                self.faults.append(words)
        for name in ("aria-describedby", "aria-labelledby"):
            self.references += given.get(name, "").split()
        if tag == "img" and self._said:
            self._said = [(href, said + given.get("alt", "")) for href, said in self._said]
        self._structure(tag, given)
        self._address(tag, given)

    def _structure(self, tag: str, given: dict[str, str]) -> None:
        self.mains += tag == "main"
        if tag == "table":
            self.captions.append(False)
        if tag == "caption" and self.captions:
            self.captions[-1] = True
        has_name = bool(given.keys() & {"aria-label", "aria-labelledby"})
        if (tag == "nav" or given.get("role") == "region") and not has_name:
            self.faults.append(f"a {tag} has no name")

    def _address(self, tag: str, given: dict[str, str]) -> None:
        if tag == "a":
            self.links.append(given.get("href", ""))
        if tag in ("a", "button"):
            self._said.append((given.get("href", ""), given.get("aria-label", "")))
        outside = given.get("href", "") + given.get("src", "") if tag in ("link", "script", "img") else ""
        if outside.startswith(("http:", "https:", "//")) and given.get("rel") != "alternate":
            self.faults.append(f"a request to the outside: {outside}")

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self._open or self._open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self._open[-1] if self._open else 'nothing'}")
        if tag in self._open:
            while self._open.pop() != tag:
                continue
        if tag in ("a", "button"):
            self._end_of_said(tag)

    def _end_of_said(self, tag: str) -> None:
        href, said = self._said.pop()
        if not said.strip():
            self.faults.append(f"a link to {href} says nothing" if tag == "a" else "a button says nothing")
        if tag == "a" and not href:
            self.faults.append(f"a link “{said}” leads nowhere")

    def handle_data(self, data: str) -> None:
        self._said = [(href, said + data) for href, said in self._said]
        if not QUIET.intersection(self._open):
            self.faults += [f"a code was printed: {word}" for word in CODE.findall(data)]


def faults(text: str) -> list[str]:
    """Everything wrong with a page, in words; nothing means that it may be shown."""
    page = Page(text)
    found = list(page.faults)
    if page.headings.count(1) != 1:
        found.append(f"{page.headings.count(1)} h1")
    found += [
        f"h{one} is followed by h{two}"
        for one, two in zip(page.headings, page.headings[1:], strict=False)
        if two > one + 1
    ]
    found += [f"id {name} stands {number} times" for name, number in Counter(page.ids).items() if number > 1]
    found += [f"nothing has the id {name}" for name in page.references if name not in page.ids]
    for field in page.fields:
        if field.get("id", "") not in page.labels and not field.get("aria-label"):
            found.append(f"no label for {field.get('name')}")
    if '<html lang="zh-CN"' not in text:
        found.append("the language is not said")
    title = re.search("<title>(.*?)</title>", text, re.DOTALL)
    if title is None or not title[1].strip():
        found.append("no title")
    elif title[1].count("错误：") > 1:
        found.append("the title says twice that something is wrong")
    if page.mains != 1:
        found.append(f"{page.mains} main")
    if not all(page.captions):
        found.append("a table has no caption")
    if "&lt;function" in text or ">None<" in text or "object at 0x" in text:
        found.append("a value was printed raw")
    return found
