"""Every plug-in is wired, every migration is written, and the programs beside the platform know nothing of it."""

import ast
from importlib import import_module
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from ggzy.kernel.plugins import discover

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"
PLUGINS = {
    "ggzy.trading.tendering.methods": "METHOD",
    "ggzy.trading.auctions.formats": "FORMAT",
    "ggzy.trading.evaluation.scoring": "METHOD",
    "ggzy.oversight.alerts.indicators": "INDICATOR",
    "ggzy.service.statistics.measures": "MEASURE",
    "ggzy.service.exchange.mappings": "MAPPING",
    "ggzy.service.messages.channels": "CHANNEL",
    "ggzy.foundation.identity.providers": "PROVIDER",
}
MAY_USE_THE_PURE_PARTS = {"sealer", "custodian"}
PURE_PARTS = ("ggzy.kernel", "ggzy.foundation.sealing")


@pytest.mark.parametrize(("package", "name"), PLUGINS.items())
def test_every_plug_in_exports_its_value(package: str, name: str) -> None:
    folder = Path(str(import_module(package).__file__)).parent
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert len(discover(package, name)) == len(modules)


def test_every_app_of_the_tree_is_installed() -> None:
    written = {".".join(path.parent.relative_to(SOURCE).parts) for path in SOURCE.glob("ggzy/**/apps.py")}
    assert written == {config.name for config in apps.get_app_configs() if config.name.startswith("ggzy.")}


def test_every_app_is_installed_after_what_it_may_import() -> None:
    order = [name for name in settings.INSTALLED_APPS if name.startswith("ggzy.")]
    floors = ["foundation", "registers", "trading", "oversight", "service", "desk"]
    assert order == sorted(order, key=lambda name: floors.index(name.split(".")[1]))


@pytest.mark.django_db
def test_every_change_of_a_table_has_its_migration() -> None:
    said = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said, verbosity=2)
    except SystemExit as missing:
        raise AssertionError(said.getvalue()) from missing


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text())
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return names | {
        node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module
    }


def test_the_programs_beside_the_platform_do_not_lean_on_it() -> None:
    wrong = {}
    for path in SOURCE.glob("*/**/*.py"):
        program = path.relative_to(SOURCE).parts[0]
        if program == "ggzy":
            continue
        allowed = PURE_PARTS if program in MAY_USE_THE_PURE_PARTS else ()
        leaning = {
            name
            for name in imported(path)
            if name.split(".")[0] == "ggzy" and not name.startswith(allowed or "\0")
        }
        if leaning:
            wrong[str(path.relative_to(ROOT))] = leaning
    assert not wrong
