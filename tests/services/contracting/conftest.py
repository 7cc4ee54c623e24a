"""The committee's report, reached once for the whole folder; what a test changes is rolled back after it."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.flows import story as stories
from tests.services.contracting.table import Table, strangers
from tests.services.evaluation.room import stage


@pytest.fixture(scope="package")
def reached(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Table]:
    with stage(django_db_blocker):
        story = stories.begun(tmp_path_factory.mktemp("custodians"))
        story.announce()
        story.bid()
        story.open()
        story.report()
        yield Table(story, strangers(story))


@pytest.fixture
def table(reached: Table, db: None) -> Table:
    """The lot at its report, for one test."""
    return reached
