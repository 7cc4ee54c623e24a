"""他处登记簿的行: as a file of another platform holds them."""

from tests.indicators.market import OWNER, REGION

HEADS = "合同编号,业主代码,合同名称,金额（元）,签订日期,供应方,交易分类,性质,行政区划,标识码"


def line(**said: str) -> str:
    cells = {
        "number": "HT-1", "owner": str(OWNER), "title": "望江路改造工程", "amount": "5000000", "on": "2026-03-02",
        "supplier": "望江第1建设公司", "category": "construction", "nature": "工程", "region": str(REGION), "lot": "",
    }  # fmt: skip
    return ",".join((cells | said).values())
