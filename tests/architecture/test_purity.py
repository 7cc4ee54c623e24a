"""What no rule may do, searched for in the text of every module: clocks, chance, category codes."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "src" / "ggzy"
PURE = ("events.py", "values.py", "lifecycle.py", "rules.py", "chain.py")
PURE_FOLDERS = (
    "rules",
    "values",
    "events",
    "methods",
    "formats",
    "scoring",
    "chapters",
    "indicators",
    "measures",
    "mappings",
    "sealing",
)
EVERYDAY_WORDS = {"other", "forfeited"}
CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "monotonic", "perf_counter"}
CLOCK_OWNERS = {"datetime", "date", "time", "timezone"}


def is_pure(path: Path) -> bool:
    parts = path.relative_to(HOUSE).parts
    return parts[0] == "kernel" or path.name in PURE or any(part in PURE_FOLDERS for part in parts[:-1])


def modules() -> list[Path]:
    return sorted(HOUSE.glob("**/*.py"))


def clock_reads(tree: ast.AST) -> Iterator[str]:
    """Calls such as datetime.now(), time.time(), timezone.now(), and bare ones imported from `time`."""
    imported = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "time"
        for alias in node.names
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        match node.func:
            case ast.Attribute(attr=name, value=ast.Name(id=owner)) if (
                name in CLOCKS and owner in CLOCK_OWNERS
            ):
                yield f"{owner}.{name}() on line {node.lineno}"
            case ast.Attribute(attr=name, value=ast.Attribute(attr=owner)) if (
                name in CLOCKS and owner in CLOCK_OWNERS
            ):
                yield f"{owner}.{name}() on line {node.lineno}"
            case ast.Name(id=name) if name in imported and name in CLOCKS:
                yield f"{name}() on line {node.lineno}"


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


@pytest.mark.parametrize(
    "source", ["datetime.now(UTC)", "dt.datetime.utcnow()", "time.time()", "timezone.now()"]
)
def test_the_search_for_clocks_finds_one(source: str) -> None:
    assert list(clock_reads(ast.parse(source)))


def test_no_pure_module_reads_a_clock() -> None:
    found = {
        str(path.relative_to(ROOT)): reads
        for path in modules()
        if is_pure(path) and (reads := list(clock_reads(ast.parse(path.read_text()))))
    }
    assert not found


def test_nothing_calls_random() -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in modules()
        if "random" in set(imports(ast.parse(path.read_text())))
    ]
    assert not found


def category_codes() -> set[str]:
    """Codes of categories and of their classes, but for words that mean something else elsewhere."""
    data = tomllib.loads((HOUSE / "registers" / "catalog" / "data" / "categories.toml").read_text())
    classes = {code for category in data.values() for code in category.get("codes", {})}
    return (set(data) | classes) - EVERYDAY_WORDS


def literals(tree: ast.AST) -> Iterator[ast.Constant]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))


def test_no_category_code_stands_in_the_code() -> None:
    codes = category_codes()
    found = {
        f"{path.relative_to(ROOT)}:{node.lineno}": node.value
        for path in modules()
        if "management" not in path.parts and "alerts" not in path.parts  # B02 is an indicator there
        for node in literals(ast.parse(path.read_text()))
        if node.value in codes
    }
    assert codes, "the catalogue names no category"
    assert not found


def test_no_pure_module_counts_in_floats() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in modules()
        if is_pure(path)
        for node in ast.walk(ast.parse(path.read_text()))
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float")
    ]
    assert not found


def test_no_test_leans_on_another():
    """What two tests share stands in a module of its own, so that each can be run, moved and read alone."""
    leaning = re.compile(r"^(?:from|import) tests\.[a-z_.]*(?: import )?\btest_", re.MULTILINE)
    root = Path(__file__).parents[1]
    assert [path.name for path in root.rglob("*.py") if leaning.search(path.read_text())] == []
