"""The test run's own database: one embedded PostgreSQL, one dialect."""

import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_test_database_is_postgresql_in_utf8() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_encoding'), current_setting('TimeZone'), lower('ÄÖ')")
        assert cursor.fetchone() == ("UTF8", "UTC", "äö")
