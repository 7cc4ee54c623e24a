"""办理监督事项 at the command line: one act of a person, signed with that person's own key, at the platform's door.

    ./ggzy manage act cases AJ980100-2026-0001 propose --certificate 证书.pem --key 私钥.pem --data 意见.json
    ./ggzy manage act cases new open … --data -          the fields from standard input
    ./ggzy manage act complaints TS… accept … --fields   only asks which fields there are

The same `--request` twice is one act. Exit code 1 with every reason when the platform refuses.
"""

import json
import sys
import urllib.error
import urllib.request
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ggzy.foundation.sealing import requests, suites
from ggzy.foundation.ui.forms import new_request

SECONDS_MAX = 60
ANSWER_MAX = 1024**2


class Command(BaseCommand):
    help = "does one act of supervision as its signer (办理监督事项)"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", help="cases、orders、heard、complaints、petitions、checks、brakes")
        parser.add_argument("code", help="编号；立案填 new")
        parser.add_argument("step", help="步骤，如 propose、review、decide")
        parser.add_argument("--certificate", type=Path, required=True, help="本人的数字证书（PEM）")
        parser.add_argument("--key", type=Path, required=True, help="证书的私钥（PEM）")
        parser.add_argument("--data", default="", help="各项内容，JSON 文件；- 从标准输入读")
        parser.add_argument("--request", default="", help="请求编号；重试时用同一个，不会办两次")
        parser.add_argument("--fields", action="store_true", help="只看要填哪些内容")
        parser.add_argument("--url", default="", help="平台地址，默认本平台")

    def handle(self, *args: object, **options: Any) -> None:
        certificate = options["certificate"].read_bytes()
        who = suites.fingerprint(certificate)
        path = "/api/oversight/acts/" + "/".join(
            quote(one, safe="") for one in (who, options["kind"], options["code"], options["step"])
        )
        said = (
            {}
            if options["fields"]
            else {**_read(options["data"]), "request": options["request"] or new_request()}
        )
        method = "GET" if options["fields"] else "POST"
        body = b"" if options["fields"] else json.dumps(said, ensure_ascii=False, sort_keys=True).encode()
        key = suites.private_from_pem(options["key"].read_bytes())
        header = requests.sign(method, path, body, who=who, key=key, at=datetime.now(UTC))
        status, answer = self.send(options["url"] or settings.PLATFORM_URL, method, path, body, header)
        if status != 200:
            reasons = answer.get("reasons", ["平台没有说明原因"])
            raise CommandError("\n".join(f"不予办理：{reason}" for reason in reasons))
        self.stdout.write(json.dumps(answer, ensure_ascii=False))

    def send(self, url: str, method: str, path: str, body: bytes, header: str) -> tuple[int, dict[str, Any]]:
        """Carries one signed request over the wire. Raises CommandError."""
        request = urllib.request.Request(
            url.rstrip("/") + path,
            data=body if method == "POST" else None,
            method=method,
            headers={"Authorization": header, "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=SECONDS_MAX) as answer:
                return answer.status, _object(answer.read(ANSWER_MAX))
        except urllib.error.HTTPError as error:
            return error.code, _object(error.read(ANSWER_MAX))
        except OSError as error:
            raise CommandError(f"无法连接平台：{error}") from error


def _read(name: str) -> dict[str, Any]:
    text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8") if name else "{}"
    try:
        said = json.loads(text)
    except ValueError as mistake:
        raise CommandError(f"内容不是 JSON：{mistake}") from mistake
    if not isinstance(said, dict):
        raise CommandError("内容不是一个 JSON 对象")
    return said


def _object(text: bytes) -> dict[str, Any]:
    try:
        said = json.loads(text)
    except ValueError:
        said = None
    return said if isinstance(said, dict) else {"reasons": ["平台的答复无法识别"]}
