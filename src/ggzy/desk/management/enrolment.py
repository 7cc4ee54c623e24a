"""登记: how an installation gets its first organisations and people, by the ordinary commands.

Whoever holds the machine acts, as the platform, under the name of `installer`; the journal keeps every act.
"""

import sys
from abc import ABC, abstractmethod
from argparse import ArgumentTypeError
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.ui.forms import new_request
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.errors import Conflict, Forbidden, Missing
from ggzy.kernel.roles import Role
from ggzy.kernel.verdict import Refused
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.parties import queries as parties

INSTALLER = "installer"
GRANTED = tuple(role.value for role in Role if role is not Role.SYSTEM)


class Enrolment(BaseCommand, ABC):
    """登记命令: one act, or two that belong together, whole or not at all."""

    requires_system_checks: list[str] = []

    def handle(self, *args: object, **options: Any) -> None:
        with plainly():
            ready = self.ask(options)
        with plainly(), transaction.atomic():
            said = self.enrol(options, ready)
        self.stdout.write(said)

    def ask(self, options: dict[str, Any]) -> str:
        """What must be known before the transaction, such as a password's slow hash."""
        return ""

    @abstractmethod
    def enrol(self, options: dict[str, Any], ready: str) -> str:
        """办理; gives the line to say."""


def installer() -> Actor:
    """安装人: one act of the person at the machine."""
    return replace(Actor.system(new_request()), person=INSTALLER)


@contextmanager
def plainly() -> Iterator[None]:
    """Every reason of a refusal on a line of its own, instead of a traceback."""
    try:
        yield
    except Refused as refused:
        raise CommandError("\n".join(f"不予办理：{reason}" for reason in refused.reasons)) from None
    except (Missing, Conflict, Forbidden) as error:
        raise CommandError(f"不予办理：{error.message}") from None


def known_region(text: str) -> RegionCode:
    """行政区划代码 of the table. Raises ValueError, in a real installation for an invented region too."""
    region = RegionCode.parse(text)
    if not catalog.may_work_in(region):
        raise ValueError(f"行政区划代码 {region} 不在区划表中")
    return region


def parsed(parse: Callable[[str], Any]) -> Callable[[str], Any]:
    """A code or a date on the command line, refused in the words of its own parser."""

    def read(text: str) -> Any:
        try:
            return parse(text)
        except ValueError as error:
            raise ArgumentTypeError(str(error)) from error

    return read


def require_registered(organisation: CreditCode | None) -> None:
    """单位须先登记. Raises CommandError."""
    if organisation is not None and not parties.is_registered(organisation):
        raise CommandError(f"不予办理：单位 {organisation} 尚未登记，请先办理 register_party")


def require_person(person: str) -> str:
    """人员 by number; gives the name. Raises Missing."""
    return identity.person(person).name


def typed_password() -> str:
    """口令: asked twice at a terminal, else the first line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    typed = getpass("口令（不少于 15 个字符）：")
    if getpass("再输入一次：") != typed:
        raise CommandError("两次输入的口令不一致")
    return typed
