"""计价文件: the number of the pricing software's lock, what it wrote of the computer, and priced items.

Every region has its own XML; names of elements and attributes are looked up in lists, so that a new
region's file is a word more here.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from imprint.values import ITEMS_MAX, Imprint, words
from imprint.zipped import local

LOCKS = {
    "加密锁号",
    "软件锁号",
    "计价软件加密锁号",
    "加密锁序列号",
    "锁号",
    "lockno",
    "locknumber",
    "softlock",
    "doglockno",
    "dogno",
}
MACHINES = {
    "mac": "mac", "mac地址": "mac", "网卡mac地址": "mac", "macaddress": "mac",
    "cpu": "cpu", "cpu序列号": "cpu", "cpuid": "cpu",
    "硬盘序列号": "disk", "硬盘号": "disk", "harddiskserialnumber": "disk", "hdid": "disk", "harddisk": "disk",
    "机器码": "machine", "制作机器码": "machine", "machinecode": "machine",
}  # fmt: skip
IDS = {"文件创建标识码", "创建标识码", "文件标识码", "guid", "fileguid", "创建标识"}
CODES = {"项目编码", "清单编码", "编码", "编号", "code", "itemcode"}
PRICES = {"综合单价", "投标单价", "单价", "unitprice", "price"}
NUMBER = re.compile(r"\d+(\.\d+)?")
LETTERS_MAX = 64
UNTOLD = {"", "0", "none", "null", "无"}


def of_tree(tree: Any, found: Imprint) -> None:
    """Fills in what a priced XML file says."""
    locks, machines, ids = [], [], []
    for element in tree.iter():
        told = _told(element)
        for name, value in told.items():
            if value.lower() in UNTOLD:
                continue
            if name in LOCKS:
                locks.append(value.upper())
            elif name in MACHINES:
                machines.append(f"{MACHINES[name]}:{_plain(value)}")
            elif name in IDS:
                ids.append(f"guid:{value.upper()}")
        _item(told, found.items)
    found.locks, found.machines = words(locks), words(machines)
    found.ids = words([*found.ids, *ids])


def of_rows(rows: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """清单 in a sheet: below a head that names a code and a unit price."""
    items: dict[str, str] = {}
    code = price = ""
    for row in rows:
        heads = {"".join(value.split()).lower(): column for column, value in row.items()}
        named = next((heads[name] for name in heads if name in CODES), "")
        priced = next((heads[name] for name in heads if name.split("(")[0].split("（")[0] in PRICES), "")
        if named and priced:
            code, price = named, priced
        elif code:
            _item({"code": row.get(code, ""), "price": row.get(price, "")}, items)
    return items


def _told(element: Any) -> dict[str, str]:
    """Attributes and plain children of an element, by lower-case local name."""
    told = {local(key).lower(): value.strip() for key, value in element.attrib.items()}
    if not isinstance(element.tag, str):
        return told
    if len(element) == 0:
        return told | {local(element.tag).lower(): (element.text or "").strip()}
    plain = {local(one.tag).lower(): (one.text or "").strip() for one in element if len(one) == 0}
    return plain | told


def _item(told: Mapping[str, str], items: dict[str, str]) -> None:
    """A code said twice, as lists of several buildings do, is counted by its place."""
    code = next((told[name] for name in told if name in CODES), "")[:LETTERS_MAX]
    price = next((told[name] for name in told if name in PRICES), "").replace(",", "")
    if not code or NUMBER.fullmatch(price) is None or len(items) >= ITEMS_MAX:
        return
    try:
        value = Decimal(price)
    except InvalidOperation:
        return
    if value <= 0:
        return
    number = 1
    while (key := code if number == 1 else f"{code}#{number}") in items:
        number += 1
    items[key] = str(value)


def _plain(value: str) -> str:
    return "".join(letter for letter in value.upper() if letter.isalnum())
