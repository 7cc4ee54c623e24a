"""文件库的规则: what a file may be called, and whether its content is what its name says."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from ggzy.kernel.verdict import Reason, Verdict, judge

AS_IS = "application/octet-stream"
HEAD_BYTES = 4096
NAME_LENGTH_MAX = 255
MEMBERS_MAX = 2_000
EXPANDED_BYTES_MAX = 4 * 1024**3
EXPANSION_MAX = 100
SMALL_ARCHIVE_BYTES = 1024 * 1024
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
NESTED = (".zip", ".rar", ".7z", ".gz", ".tar")
OFFICE = "application/vnd.openxmlformats-officedocument"
LINE = b"\t\r\n\f"


@dataclass(frozen=True)
class FileKind:
    """文件类型: its media type, and how its first bytes begin."""

    media_type: str
    is_like: Callable[[bytes], bool]
    is_archive: bool = False


def _begins(*magics: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(magics)


def _is_text(head: bytes) -> bool:
    """No control bytes but those of a line: true of UTF-8 and of GB 18030 alike."""
    return head.translate(None, LINE) == head.translate(None, bytes(range(32)))


_ZIP, _OLE = _begins(b"PK\x03\x04", b"PK\x05\x06"), _begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
KINDS: dict[str, FileKind] = {
    ".pdf": FileKind("application/pdf", _begins(b"%PDF-")),
    ".ofd": FileKind("application/ofd", _ZIP, is_archive=True),
    ".zip": FileKind("application/zip", _ZIP, is_archive=True),
    ".docx": FileKind(f"{OFFICE}.wordprocessingml.document", _ZIP, is_archive=True),
    ".xlsx": FileKind(f"{OFFICE}.spreadsheetml.sheet", _ZIP, is_archive=True),
    ".pptx": FileKind(f"{OFFICE}.presentationml.presentation", _ZIP, is_archive=True),
    ".doc": FileKind("application/msword", _OLE),
    ".xls": FileKind("application/vnd.ms-excel", _OLE),
    ".wps": FileKind("application/vnd.ms-works", _OLE),
    ".png": FileKind("image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    ".jpg": FileKind("image/jpeg", _begins(b"\xff\xd8\xff")),
    ".jpeg": FileKind("image/jpeg", _begins(b"\xff\xd8\xff")),
    ".dwg": FileKind("image/vnd.dwg", _begins(b"AC10")),
    ".txt": FileKind("text/plain", _is_text),
    ".csv": FileKind("text/csv", _is_text),
    ".xml": FileKind("application/xml", _is_text),
    ".json": FileKind("application/json", _is_text),
    ".sbe": FileKind("application/vnd.ggzy.sbe", _begins(b"ggzy.sbe/1\n")),
}


def kind_of(name: str) -> FileKind | None:
    """按扩展名取文件类型; None for one the platform does not take."""
    dot = name.rfind(".")
    return KINDS.get(name[dot:].lower()) if dot >= 0 else None


def may_be_called(name: str) -> Verdict:
    """文件名条件: a name for people to read, not a path."""
    return judge(
        [
            (bool(name.strip()), Reason("name_empty", "文件没有名称")),
            (
                len(name) <= NAME_LENGTH_MAX,
                Reason("name_long", f"文件名超过 {NAME_LENGTH_MAX} 个字", remedy="请缩短文件名后再上传"),
            ),
        ]
    )


def may_be_kept(name: str, head: bytes) -> Verdict:
    """文件类型条件: an accepted ending, and first bytes that agree with it. Basis: trust §16."""
    verdict = may_be_called(name)
    kind = kind_of(name)
    if kind is None:
        taken = "、".join(ending.removeprefix(".") for ending in KINDS if ending != ".sbe")
        return verdict & Verdict(
            (Reason("kind_unknown", "平台不接收这种类型的文件", remedy=f"可以上传：{taken}"),)
        )
    return verdict & judge(
        [
            (
                kind.is_like(head),
                Reason(
                    "kind_differs",
                    f"文件“{shown(name)}”的内容与扩展名不符",
                    remedy="请用原来的软件另存为正确的格式后再上传",
                ),
            )
        ]
    )


def may_be_unpacked(file: IO[bytes], size: int) -> Verdict:
    """压缩包条件: no paths out of it, no nesting, no bomb. Office documents and OFD are archives too."""
    try:
        members = zipfile.ZipFile(file).infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return Verdict((Reason("archive_broken", "压缩包已损坏，无法打开"),))
    expanded = sum(member.file_size for member in members)
    names = [member.filename for member in members]
    return judge(
        [
            (len(members) <= MEMBERS_MAX, Reason("archive_members", f"压缩包内的文件超过 {MEMBERS_MAX} 个")),
            (
                expanded <= EXPANDED_BYTES_MAX and expanded <= max(EXPANSION_MAX * size, SMALL_ARCHIVE_BYTES),
                Reason("archive_expands", "压缩包展开后过大"),
            ),
            (not any(map(_leads_out, names)), Reason("archive_paths", "压缩包内含有不安全的路径")),
            (
                not any(member.external_attr >> 16 & 0o170000 == 0o120000 for member in members),
                Reason("archive_links", "压缩包内含有链接"),
            ),
            (
                not any(name.lower().endswith(NESTED) for name in names),
                Reason("archive_nested", "压缩包内不能再有压缩包", remedy="请展开内层压缩包后重新打包"),
            ),
        ]
    )


def storable(name: str) -> str:
    """可存储的文件名: as given, but for the two signs that no database text can hold."""
    return name.replace("\0", "_").encode(errors="replace").decode()


def shown(name: str) -> str:
    """可显示的文件名: without signs that would break a line, a header or the order of reading."""
    return CONTROLS.sub("_", name)


def _leads_out(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]
