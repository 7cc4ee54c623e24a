import ast
import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.apps import apps

from ggzy.kernel import events

KIND = re.compile(r"[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*")
SOURCES = sorted(Path("src/verify").glob("*.py"))


def named(source: Path) -> set[str]:
    """Every string of the verifier that looks like the kind of a fact."""
    strings = (
        node.value
        for node in ast.walk(ast.parse(source.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return {text for text in strings if KIND.fullmatch(text) and not text.endswith((".json", ".jsonl"))}


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_every_fact_the_verifier_reads_is_one_the_platform_tells(source):
    for config in apps.get_app_configs():
        if find_spec(f"{config.name}.events"):
            import_module(f"{config.name}.events")
    assert named(source) - events.KINDS.keys() == set()


def test_the_verifier_names_facts_at_all():
    assert sum(len(named(source)) for source in SOURCES) > 30
