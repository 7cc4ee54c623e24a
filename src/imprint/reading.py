"""读取一个文件: what it is by its first bytes, whatever it is called, and then its own reader."""

from imprint import office, pdf, priced
from imprint.values import TEXT_MAX, Imprint, Place, Unread, word, words
from imprint.zipped import Package, first, local, parse

FILE_BYTES_MAX = 64 * 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENDINGS = (".txt", ".csv", ".md")
PLAIN = ("utf-8-sig", "gb18030")


def read(place: Place) -> Imprint:
    """文件痕迹; `unread` says why there is none."""
    found = Imprint(word(place.name), bytes=place.size)
    if place.size > FILE_BYTES_MAX:
        found.unread = f"超过 {FILE_BYTES_MAX // 1024**2} MB，未读取"
        return found
    try:
        _read(place.read(), found)
    except (Unread, OSError) as error:
        found.unread = word(error)
    return found


def _read(data: bytes, found: Imprint) -> None:
    if data.startswith(b"%PDF-"):
        found.kind = "pdf"
        pdf.read(data, found)
    elif data.startswith(b"PK\x03\x04"):
        _package(Package(data), found)
    elif data.startswith(OLE):
        found.kind = "ole"
        raise Unread("旧版 Office 格式，未读取")
    elif data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml"):
        found.kind = "xml"
        _xml(data, found)
    elif found.name.lower().endswith(ENDINGS):
        found.kind, found.text = "txt", _plain(data)


def _package(package: Package, found: Imprint) -> None:
    homes = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
    if "OFD.xml" in package.names:
        found.kind = "ofd"
        _ofd(package, found)
        return
    found.kind = next(
        (kind for home, kind in homes.items() if any(name.startswith(home) for name in package.names)), "zip"
    )
    if found.kind == "zip":
        raise Unread("压缩包，未读取")
    office.read(package, found)


def _ofd(package: Package, found: Imprint) -> None:
    told = package.tree("OFD.xml")
    found.author, found.created = word(first(told, "Author")), word(first(told, "CreationDate"))
    found.tool = word(f"{first(told, 'Creator')} {first(told, 'CreatorVersion')}")
    found.ids = words([f"ofd:{first(told, 'DocID')}"] if first(told, "DocID") else [])
    pages = [name for name in package.names if name.endswith("/Content.xml")]
    lines: list[str] = []
    for name in pages:
        lines += [one.text or "" for one in package.tree(name).iter() if local(one.tag) == "TextCode"]
        if sum(map(len, lines)) > TEXT_MAX:
            break
    found.text = "\n".join(lines)[:TEXT_MAX]


def _xml(data: bytes, found: Imprint) -> None:
    tree = parse(data)
    priced.of_tree(tree, found)
    found.text = "" if found.items else "\n".join(tree.itertext())[:TEXT_MAX]


def _plain(data: bytes) -> str:
    for encoding in PLAIN:
        try:
            return data.decode(encoding)[:TEXT_MAX]
        except UnicodeDecodeError:
            continue
    raise Unread("文字编码无法识别")
