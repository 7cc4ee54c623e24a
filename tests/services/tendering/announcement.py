"""招标公告的表单 as a person types it, for every test that sends one."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

TYPED = {
    "sale_start": "2026-06-01T09:00",
    "sale_end": "2026-06-08T17:00",
    "deadline": "2026-06-23T09:30",
    "venue": "第一开标室",
    "deposit": "40万",
    "validity_days": "90",
    "ceiling": "1,980万",
    "base_price": "",
    "qualification": "建筑工程施工总承包二级及以上资质",
    "consortium": "yes",
    "contact": "张工 0980-1234567",
    "bidder_minutes": "30",
    "custodian_minutes": "30",
    "remedy": "plaintext-match",
}


def typed(**changes: Any) -> dict[str, Any]:
    """The announcement, with what is typed otherwise; what is left empty is sent empty."""
    return {**TYPED, **changes}


def documents() -> SimpleUploadedFile:
    """招标文件 as a browser sends it."""
    return SimpleUploadedFile("招标文件.txt", "招标文件".encode())
