"""单位登记的共用表单."""

from typing import Any

FORM: dict[str, Any] = {
    "name": "江州远山建设有限公司",
    "kind": "legal",
    "region": "9801",
    "roles": ["bidder"],
    "representative": "何理",
    "address": "云岭省江州市望江区一路 1 号",
    "phone": "0980-1234567",
    "licence_until": "2099-12-31",
    "account_bank": "江州农商银行",
    "account_number": "6222 0200 0000 0911",
    "qualifications": "建筑工程施工总承包，二级，D2980001，2098-06-30\n安全生产许可证，无，云JZ安许证字001",
    "holdings": "云岭集团有限公司，60%\n王敏，40%",
    "is_pledged": "on",
}
