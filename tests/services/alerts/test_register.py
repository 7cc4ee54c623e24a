"""The register of contracts: a file in, facts and alerts out, the same file again changes nothing."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from ggzy.desk.management.enrolment import installer
from ggzy.foundation.journal import queries as journal
from ggzy.kernel.errors import Conflict
from ggzy.oversight.alerts import models, queries, services
from ggzy.oversight.alerts.queries import register
from tests.indicators.lines import HEADS, line
from tests.world import START, World

pytestmark = pytest.mark.django_db


def bring(tmp_path: Path, *lines: str, encoding: str = "utf-8") -> tuple[str, str]:
    file = tmp_path / "contracts.csv"
    file.write_text("\n".join((HEADS, *lines)), encoding=encoding)
    out, err = StringIO(), StringIO()
    call_command("import_contracts", str(file), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_contract_that_should_have_been_traded_here_is_alerted_once(world: World, tmp_path: Path):
    owner, region = str(world.owner.organisation), "990102"
    lines = (
        line(number="1", owner=owner, region=region, title="滨河公园绿化养护", amount="8000000"),
        line(number="2", owner=owner, region=region, amount="坏"),
        line(number="3", owner=owner, region=region, title="零星维修", amount="20000", category="不在目录"),
    )
    said, faults = bring(tmp_path, *lines)
    assert (
        "第 3 行" in faults and "新登记 2 份" in said and "不属必须进场 1 份" in said and "预警 1 份" in said
    )
    (alert,) = queries.alerts(queries.Wanted(), limit=10)
    assert alert.indicator.code == "B35" and alert.parties == (owner,) and alert.lot is None

    said, _ = bring(tmp_path, *lines)
    assert "新登记 0 份、已登记 2 份" in said
    assert models.Alert.objects.count() == 1
    assert len(list(journal.facts(kinds=("contract.reported",)))) == 2


def test_lot_of_the_platform_is_recognised_by_its_code(world: World, tmp_path: Path):
    code = str(world.lot())
    said, _ = bring(
        tmp_path, line(owner=str(world.owner.organisation), lot=code, title="别的名称"), encoding="gb18030"
    )
    assert "对上 1 份" in said and not models.Alert.objects.exists()


def test_finding_of_a_register_survives_a_new_look_at_everything(world: World, tmp_path: Path):
    bring(tmp_path, line(owner=str(world.owner.organisation), title="滨河公园绿化养护"))
    services.look_at_all(START)
    assert models.FindingRow.objects.filter(indicator="B35", alert__isnull=False).count() == 1


def test_contracts_known_already_are_refused(world: World):
    entries, _ = register.contract_table(f"{HEADS}\n{line(owner=str(world.owner.organisation))}")
    services.report_contracts(installer(), entries, at=START)
    with pytest.raises(Conflict):
        services.report_contracts(installer(), entries, at=START)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", "合同编号\n1".encode()])
def test_file_that_is_no_table_is_refused(world: World, tmp_path: Path, content: bytes):
    file = tmp_path / "contracts.csv"
    file.write_bytes(content)
    with pytest.raises(CommandError):
        call_command("import_contracts", str(file), stderr=StringIO())
    with pytest.raises(CommandError):
        call_command("import_contracts", str(tmp_path / "missing.csv"))
