"""One embedded PostgreSQL for the whole run, started when the first test asks for a database."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from hypothesis import HealthCheck, settings

from tools import system
from tools.postgres import OWNER, Server

pytest_plugins = ["tests.world"]

# How fast the machine is says nothing of the law that is tested.
settings.register_profile("ggzy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ggzy")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server | None]:
    """The server of this run: without fsync, gone afterwards. None if DATABASE_URL names another."""
    if os.environ.get("DATABASE_URL"):
        yield None
        return
    home = Path(tempfile.mkdtemp(prefix="ggzy-test-"))
    server = Server(home / "db", durable=False)
    home.chmod(0o711)
    server.start()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(postgres: Server | None) -> None:
    """Tells Django the address before pytest-django makes the test database."""
    if postgres is not None:
        postgres.ensure_database("ggzy_frame")
        default = connections.settings["default"]
        default.update(NAME="ggzy_frame", USER=OWNER, HOST=str(postgres.socket))
        default["TEST"]["TEMPLATE"] = "ggzy_frame"  # with the app's rights in it, as in a real installation


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser that browser tests drive."""
    found = system.chromium()
    assert found is not None, "a browser test was chosen where there is no browser"
    return found


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without a Chromium the browser tests are left out; pytest's last line counts them as deselected."""
    if system.chromium() is None:
        browser = [item for item in items if item.get_closest_marker("browser")]
        config.hook.pytest_deselected(items=browser)
        items[:] = [item for item in items if item not in browser]
