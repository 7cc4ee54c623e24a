"""Office 文件 (docx, xlsx, pptx): properties, marks of creation, text, and the cells of priced sheets.

`rsidRoot` and `docId` are written when a Word document is first made and survive every copy of it.
"""

import re
from typing import Any

from imprint import priced
from imprint.values import TEXT_MAX, Imprint, word, words
from imprint.zipped import Package, first, local, values

OF_ALL = {"00172A27", "00000000"}  # roots that one program writes into every document
SHEETS_MAX = 40
ROWS_MAX = 20_000
LETTERS = re.compile(r"[A-Z]+")
TEXTS = re.compile(r"(word/(document|footnotes|endnotes|header\d*|footer\d*)|ppt/slides/slide\d+)\.xml")


def read(package: Package, found: Imprint) -> None:
    """Fills in what the package says."""
    core, app = package.tree("docProps/core.xml"), package.tree("docProps/app.xml")
    found.author, found.changed_by = word(first(core, "creator")), word(first(core, "lastModifiedBy"))
    found.created = word(first(core, "created"))
    found.company, found.template = word(first(app, "Company")), word(first(app, "Template"))
    found.tool = word(f"{first(app, 'Application')} {first(app, 'AppVersion')}")
    settings = package.tree("word/settings.xml")
    marks = [f"rsidRoot:{one}" for one in values(settings, "rsidRoot", "val") if one.upper() not in OF_ALL]
    marks += [f"docId:{one}" for one in values(settings, "docId", "val")]
    found.ids = words([*found.ids, *marks])
    if found.kind == "xlsx":
        _sheets(package, found)
    else:
        found.text = _text(package)


def _text(package: Package) -> str:
    """Paragraphs, one a line."""
    lines: list[str] = []
    left = TEXT_MAX
    for name in package.names:
        if TEXTS.fullmatch(name) is None or left <= 0:
            continue
        for paragraph in package.tree(name).iter():
            if local(paragraph.tag) == "p":
                line = "".join(one.text or "" for one in paragraph.iter() if local(one.tag) == "t")
                lines.append(line)
                left -= len(line) + 1
    return "\n".join(lines)[:TEXT_MAX]


def _sheets(package: Package, found: Imprint) -> None:
    shared = ["".join(text.text or "" for text in one.iter() if local(text.tag) == "t")
              for one in package.tree("xl/sharedStrings.xml") if local(one.tag) == "si"]  # fmt: skip
    lines: list[str] = []
    for name in [one for one in package.names if one.startswith("xl/worksheets/sheet")][:SHEETS_MAX]:
        rows = [_row(row, shared) for row in package.tree(name).iter() if local(row.tag) == "row"][:ROWS_MAX]
        found.items |= priced.of_rows(rows)
        lines += ["\t".join(row[column] for column in sorted(row)) for row in rows]
    found.text = "\n".join(lines)[:TEXT_MAX]


def _row(row: Any, shared: list[str]) -> dict[str, str]:
    cells = {}
    for cell in row:
        place = LETTERS.match(cell.get("r") or "")
        value = next((one.text or "" for one in cell.iter() if local(one.tag) in ("v", "t")), "")
        if cell.get("t") == "s":
            value = shared[int(value)] if value.isdigit() and int(value) < len(shared) else ""
        if place and value:
            cells[place.group()] = value
    return cells
