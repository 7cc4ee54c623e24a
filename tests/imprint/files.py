"""Files as bidders' programs write them, made here; and files that nobody should have to read."""

import io
import zipfile

CORE = (
    '<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t"><dc:creator>{author}</dc:creator>'
    "<cp:lastModifiedBy>{changed_by}</cp:lastModifiedBy><dcterms:created>2026-06-20T02:11:00Z</dcterms:created>"
    "</cp:coreProperties>"
)
APP = (
    '<Properties xmlns="p"><Template>投标模板.dotm</Template><Application>Microsoft Office Word</Application>'
    "<AppVersion>16.0000</AppVersion><Company>{company}</Company></Properties>"
)
SETTINGS = '<w:settings xmlns:w="w"><w:rsids><w:rsidRoot w:val="{root}"/></w:rsids></w:settings>'


def zipped(members: dict[str, str | bytes]) -> bytes:
    """A package with these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return out.getvalue()


def docx(
    *paragraphs: str,
    author: str = "王工",
    changed_by: str = "李工",
    company: str = "云岭造价",
    root: str = "00A1",
) -> bytes:
    """A Word document."""
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "docProps/core.xml": CORE.format(author=author, changed_by=changed_by),
            "docProps/app.xml": APP.format(company=company),
            "word/settings.xml": SETTINGS.format(root=root),
            "word/document.xml": f'<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>',
        }
    )


def xlsx(rows: list[list[str]]) -> bytes:
    """A workbook of one sheet, its words shared."""
    words: list[str] = []
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = []
        for column, value in zip("ABCDEFGH", row, strict=False):
            if value.replace(".", "").isdigit():
                cells.append(f'<c r="{column}{number}"><v>{value}</v></c>')
            else:
                words.append(value)
                cells.append(f'<c r="{column}{number}" t="s"><v>{len(words) - 1}</v></c>')
        lines.append(f"<row>{''.join(cells)}</row>")
    shared = "".join(f"<si><t>{word}</t></si>" for word in words)
    return zipped(
        {
            "xl/workbook.xml": "<workbook/>",
            "xl/sharedStrings.xml": f"<sst>{shared}</sst>",
            "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{''.join(lines)}</sheetData></worksheet>",
        }
    )


def priced(
    prices: dict[str, str], *, lock: str = "GL-77123", mac: str = "34-97-F6-5A-00-1C", guid: str = "{A1}"
) -> bytes:
    """A priced bill of quantities as one region's XML writes it."""
    items = "".join(f'<清单 项目编码="{code}" 综合单价="{price}"/>' for code, price in prices.items())
    head = f'<软件信息 加密锁号="{lock}" MAC地址="{mac}" 硬盘序列号="WD-1" 文件创建标识码="{guid}"/>'
    return f'<?xml version="1.0" encoding="UTF-8"?><投标>{head}<分部>{items}</分部></投标>'.encode()


def pdf(text: str = "cement 3 tons", *, author: str = "wang", identifier: str = "0011") -> bytes:
    """A PDF of one page."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Author ({author}) /Creator (WPS) /CreationDate (D:20260620101100) >>".encode(),
    ]
    return _pdf(objects, f"/Root 1 0 R /Info 6 0 R /ID [<{identifier}> <ff>]".encode())


def chinese_pdf(lines: list[str]) -> bytes:
    """A PDF of one page with these lines, in a font that says which character each glyph is."""
    letters = sorted(set("".join(lines)))
    glyphs = {letter: f"{number:04X}" for number, letter in enumerate(letters, start=1)}
    shown = " 0 -20 Td ".join(f"<{''.join(glyphs[one] for one in line)}> Tj" for line in lines)
    pairs = "\n".join(f"<{glyphs[one]}> <{ord(one):04X}>" for one in letters)
    meaning = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(letters)} beginbfchar\n{pairs}\nendbfchar endcmap end end"
    )
    streams = [f"BT /F1 12 Tf 72 720 Td {shown} ET".encode(), meaning.encode()]
    page, cmap = (b"<< /Length %d >>\nstream\n%s\nendstream" % (len(one), one) for one in streams)
    return _pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>",
            page,
            b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H"
            b" /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /DW 1000"
            b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
            cmap,
        ],
        b"/Root 1 0 R",
    )


def _pdf(objects: list[bytes], trailer: bytes) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(out), len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF" % (size, trailer, start)


def ofd(text: str = "水泥三吨") -> bytes:
    """An OFD of one page."""
    info = "<DocInfo><DocID>d0c1</DocID><Author>王工</Author><Creator>数科</Creator></DocInfo>"
    return zipped(
        {
            "OFD.xml": f'<OFD xmlns="o"><DocBody>{info}</DocBody></OFD>',
            "Doc_0/Pages/Page_0/Content.xml": f'<Page xmlns="o"><TextCode>{text}</TextCode></Page>',
        }
    )


def bomb() -> bytes:
    """A document that would fill a disk."""
    return zipped({"word/document.xml": b"<a>" + b" " * (40 << 20) + b"</a>"})


def entities() -> bytes:
    """The billion laughs."""
    rounds = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    return f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a0 "ha">{rounds}]><a>&a11;</a>'.encode()


def fetching() -> bytes:
    """An entity that would read a file of the server."""
    return b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
