"""导入: what is right and new is taken in, with one receipt; the rest is told by its line."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.errors import Forbidden
from ggzy.kernel.roles import Role
from ggzy.kernel.verdict import Refused
from ggzy.registers.credit import queries, rules, services
from ggzy.registers.credit.values import ListState
from tests.services.credit.cast import CITY, PARTY, is_folded, register, supervisor, today
from tests.world import World

pytestmark = pytest.mark.django_db
STRANGER = CreditCode.make(region=CITY, serial=99)


@pytest.fixture(autouse=True)
def _registered() -> None:
    register(PARTY, "江州第一建设有限公司")


def table(*lines: tuple[object, ...]) -> str:
    head = (*rules.HEAD, *rules.MORE)
    return "\n".join(",".join(str(cell) for cell in line) for line in (head, *lines))


def court(party: CreditCode, document: str = "（2026）云执1号") -> tuple[object, ...]:
    return (
        party, "某公司", "失信被执行人名单", "江州市中级人民法院", document, "民事诉讼法 §266", today(),
        "拒不履行", "", "",
    )  # fmt: skip


def penalty(party: CreditCode) -> tuple[object, ...]:
    return (
        party, "某公司", "行政处罚", "江州市住建局", "江建罚〔2026〕3号", "招标投标法 §53", today(), "罚款",
        "一般", "",
    )  # fmt: skip


def test_a_file_is_taken_in_whole_with_its_source() -> None:
    text = table(court(PARTY), court(STRANGER), penalty(PARTY))
    services.import_entries(supervisor(), text, "省法院2026年第1批", at=journal.now())
    assert queries.is_banned(PARTY, journal.now()) and queries.is_banned(STRANGER, journal.now())
    assert queries.shown_count(journal.now()) == 1
    assert queries.listings_of(PARTY)[0].state is ListState.PUBLISHED
    (fact,) = journal.facts(subject=f"party/{STRANGER}/credit")
    assert fact.event.source == "省法院2026年第1批" and is_folded() and is_folded(STRANGER)


def test_what_is_known_is_not_taken_in_twice() -> None:
    text = table(court(PARTY), penalty(PARTY))
    services.import_entries(supervisor(), text, "第1批", at=journal.now())
    found = queries.screened(
        table(court(PARTY), penalty(PARTY), court(PARTY, "（2026）云执2号")), journal.now()
    )
    assert (found.ready, found.known) == ((), (2, 3, 4))
    with pytest.raises(Refused, match="没有可以导入"):
        services.import_entries(supervisor(), text, "第1批", at=journal.now())


def test_a_record_of_nobody_is_told_by_its_line() -> None:
    found = queries.screened(table(court(PARTY), penalty(STRANGER)), journal.now())
    assert [row.line for row in found.ready] == [2]
    assert [(fault.line, fault.reasons) for fault in found.faults] == [
        (3, ("主体尚未在平台登记，记录没有归属",))
    ]


def test_who_may_not() -> None:
    for role in (Role.OPERATOR, Role.BIDDER, Role.INSPECTOR):
        with pytest.raises(Forbidden):
            services.import_entries(supervisor(role), table(court(PARTY)), "第1批", at=journal.now())


def test_the_command_line_takes_a_file_in_and_tells_every_wrong_line(world: World, tmp_path: Path) -> None:
    file = tmp_path / "名单.csv"
    file.write_text(table(court(PARTY), court(PARTY), penalty(STRANGER), ("只有一栏",)), encoding="gb18030")
    said = io.StringIO()
    known = {"by": world.supervisor.person, "source": "第1批", "stdout": said}
    call_command("import_credit", str(file), **known)
    lines = said.getvalue().splitlines()
    assert lines[0].startswith("第 4 行：主体尚未") and lines[1].startswith("第 5 行：有1栏")
    assert lines[2].startswith("第 3 行：已经记入") and lines[3].startswith("导入 1 条")
    assert queries.is_banned(PARTY, journal.now()) is not None


@pytest.mark.parametrize("data, words", [(b"\xff\xfe\xff", "不能读取"), (b"", "导入 0 条")])
def test_the_command_line_says_what_it_cannot_read(world: World, tmp_path: Path, data, words) -> None:
    file, said = tmp_path / "名单.csv", io.StringIO()
    file.write_bytes(data)
    try:
        call_command("import_credit", str(file), by=world.supervisor.person, source="第1批", stdout=said)
    except CommandError as error:
        said.write(str(error))
    assert words in said.getvalue()


def test_the_command_line_wants_a_supervisor(world: World, tmp_path: Path) -> None:
    file = tmp_path / "名单.csv"
    file.write_text(table(court(PARTY)))
    with pytest.raises(CommandError, match="没有行政监督部门的任职身份"):
        call_command("import_credit", str(file), by=world.operator.person, source="第1批")
