"""The interface keeps what its description promises, whatever it is asked."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings

from tests.services.tendering import hall as stage


@pytest.fixture
def interface(opened: stage.Hall) -> Iterator[Any]:
    """The description, read from the running platform; the test's connection survives each request."""
    ends = (request_started, request_finished)
    for end in ends:
        end.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
    for end in ends:
        end.connect(close_old_connections)


def test_every_answer_is_as_described(interface: Any):
    operations = [found.ok() for found in interface.get_all_operations()]
    assert len(operations) >= 7
    for operation in operations:

        @given(case=operation.as_strategy())
        @settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
        def asked(case: Any) -> None:
            case.call_and_validate()

        asked()
