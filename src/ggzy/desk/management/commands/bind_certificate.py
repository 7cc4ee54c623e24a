"""绑定数字证书 at the machine: issued by one of the authorities whose roots the installation accepts.

./ggzy manage bind_certificate PERSON FILE.pem
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from ggzy.desk.management.enrolment import Enrolment, installer, require_person
from ggzy.foundation.identity import services as identity
from ggzy.foundation.journal import queries as journal


class Command(Enrolment):
    help = "binds a certificate (PEM, the chain after it) to a registered person (绑定数字证书)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("person", help="人员编号")
        parser.add_argument("file", type=Path, help="PEM 证书，其后可以附上级证书")

    def enrol(self, options: dict[str, Any], ready: str) -> str:
        try:
            pem = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"读不了 {options['file']}：{error.strerror}") from error
        name = require_person(options["person"])
        receipt = identity.bind_certificate(installer(), options["person"], pem, at=journal.now())
        return f"已绑定证书：{name}，留痕第 {receipt.height} 条"
