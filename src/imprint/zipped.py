"""压缩包与 XML: read member by member under limits; no entity is resolved, nothing is fetched."""

import io
import zipfile
from typing import Any

from lxml import etree

from imprint.values import Unread

MEMBERS_MAX = 4_000
MEMBER_BYTES_MAX = 24 * 1024 * 1024
TOTAL_BYTES_MAX = 96 * 1024 * 1024


class Package:
    """压缩包 of an Office or OFD file. What a member claims of its size is not believed."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError):
            raise Unread("压缩结构损坏") from None
        if len(self._zip.infolist()) > MEMBERS_MAX:
            raise Unread(f"包内文件超过 {MEMBERS_MAX} 个")
        self.names = sorted(self._zip.namelist())
        self._left = TOTAL_BYTES_MAX

    def read(self, name: str) -> bytes:
        """One member; empty where there is none."""
        if name not in self.names:
            return b""
        try:
            with self._zip.open(name) as member:
                data = member.read(MEMBER_BYTES_MAX + 1)
        except (
            zipfile.BadZipFile,
            RuntimeError,
            NotImplementedError,
            ValueError,
            OSError,
            EOFError,
        ) as error:
            raise Unread("包内文件损坏或已加密") from error
        self._left -= len(data)
        if len(data) > MEMBER_BYTES_MAX or self._left < 0:
            raise Unread("解压后过大")
        return data

    def tree(self, name: str) -> Any:
        """One member as XML; an empty element where there is none."""
        data = self.read(name)
        return parse(data) if data else etree.Element("none")


def parse(data: bytes) -> Any:
    """XML without entities, DTD or network. Raises Unread."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Unread("XML 无法识别") from None


def local(tag: Any) -> str:
    """A tag's or attribute's name without its namespace; empty for comments and the like."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def first(tree: Any, name: str) -> str:
    """Text of the first element of this local name."""
    found = next((one for one in tree.iter() if local(one.tag) == name), None)
    return (found.text or "") if found is not None else ""


def values(tree: Any, element: str, attribute: str) -> list[str]:
    """An attribute, by local names, of every element that has it."""
    return [
        value
        for one in tree.iter()
        if local(one.tag) == element
        for key, value in one.attrib.items()
        if local(key) == attribute
    ]
