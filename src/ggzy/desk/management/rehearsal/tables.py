"""公告正文里的表: cells of an HTML notice, read without guessing at its styles."""

import re

from lxml import html

Row = list[str]


def _root(body: str) -> html.HtmlElement:
    try:
        parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
        return html.document_fromstring(body.encode("utf-8", "replace"), parser=parser)
    except (html.etree.ParserError, ValueError) as error:
        raise ValueError(f"正文不是网页：{error}") from error


def text(body: str) -> str:
    """正文文字, white space made single."""
    return re.sub(r"\s+", " ", _root(body).text_content()).strip()


def title(body: str) -> str:
    """The page's own title, or its first words."""
    return str(_root(body).findtext(".//title") or text(body)[:80])


def rows(body: str) -> list[Row]:
    """每行的单元格文字, in document order."""
    return [
        [re.sub(r"\s+", " ", cell.text_content()).strip() for cell in row.xpath("./td|./th")]
        for row in _root(body).iter("tr")
    ]


def columns(found: list[Row], *labels: str) -> list[tuple[str, ...]]:
    """Values that stand under each other: the row of each label, label cell dropped, zipped."""
    picked = []
    for label in labels:
        row = next((r for r in found if r and r[0].replace(" ", "").startswith(label)), None)
        if row is None:
            return []
        picked.append(row[1:])
    return list(zip(*picked, strict=False))


def pairs(found: list[Row]) -> dict[str, str]:
    """标签—内容: cells two by two, the label's colon dropped."""
    out: dict[str, str] = {}
    for row in found:
        for label, value in zip(row[::2], row[1::2], strict=False):
            if label:
                out.setdefault(label.rstrip(":： "), value)
    return out


def project(body: str) -> str:
    """招标概况 names the project before 于…发布招标公告."""
    found = re.search(r"一、招标概况\s*(.+?)于\s*\d{4}\s*年", text(body))
    return found.group(1).strip() if found else ""


def publicity(body: str) -> str:
    """公示期为 … 至 …, as published; empty if the notice is silent."""
    found = re.search(
        r"公示期(?:为|：|:)?\s*(\d{4}年[^至]{4,24}至\s*\d{4}年\s*\d+月\s*\d+日(?:\s*\d+时\s*\d+分)?)",
        text(body),
    )
    return found.group(1) if found else ""
